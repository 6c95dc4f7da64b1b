//! What `invoice` makes of the settlements: documents, their evidence and the register of what has been issued (rule 11).

use super::earlier::Earlier;
use super::failure::Failure;
use super::follow::Follow;
use super::stage::{self, Stage};
use crate::contract::{Contract, SettlementPeriod};
use crate::documents::register::Register;
use crate::documents::{Document, Posted, issue};
use crate::formats::documents::{RegisterWriter, evidence};
use crate::formats::{Case, ledger_files};
use crate::ledger::Ledger;
use crate::measure::diagnostic::{Code, Diagnostic, Place, quote};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufWriter, Result};

/// The files of the register.
pub const REGISTER: [&str; 2] = ["documents.csv", "document-postings.csv"];
/// The folders of documents, and how a file in each is called after a number.
const FOLDERS: [(&str, &str); 1] = [("evidence", "csv")];

/// Issues documents while the settlements are written.
#[derive(Debug)]
pub struct Issuer<'a> {
    earlier: &'a Earlier,
    stage: &'a mut Stage,
    files: [BufWriter<File>; 2],
    register: Register,
    /// How many documents have been issued now.
    pub issued: usize,
}

impl<'a> Issuer<'a> {
    /// Begins the register's files.
    ///
    /// # Errors
    /// A failure of the machine.
    pub fn begin(stage: &'a mut Stage, earlier: &'a Earlier) -> std::result::Result<Issuer<'a>, Failure> {
        let [documents, postings] = REGISTER.map(|name| stage.file(name));
        let mut files = [documents?, postings?];
        let failed = |error| Failure::machine("cannot write into", stage.dir.path(), &error);
        RegisterWriter::headers(&mut files).map_err(failed)?;
        Ok(Issuer { earlier, stage, files, register: Register::default(), issued: 0 })
    }

    /// Ends the register's files.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(self) -> Result<()> {
        self.files.into_iter().try_for_each(stage::sync)
    }

    /// The files of a document that was issued earlier, as they are.
    fn keep(&mut self, number: &str) -> Result<()> {
        for (folder, ending) in FOLDERS {
            let path = format!("{folder}/{number}.{ending}");
            let bytes = fs::read(self.earlier.folder.join(&path))?;
            self.stage.write(&path, &bytes)?;
        }
        Ok(())
    }

    /// The files of a new document.
    fn write(&mut self, document: &Document) -> Result<()> {
        let evidence = evidence(document)?;
        self.stage.write(&format!("evidence/{}", evidence.name), &evidence.bytes)?;
        Ok(())
    }
}

impl Follow for Issuer<'_> {
    fn refuse(&self, contract: &Contract, made: Option<&Ledger>) -> Vec<Diagnostic> {
        let issued = self.earlier.issued.get(contract.id.as_str()).map(|of| &of.register);
        let place = |field: &str| Place { field: Some(field.to_owned()), ..Place::default() };
        let Some(terms) = &contract.invoicing else {
            let message = format!("the contract {} does not say how it is invoiced", quote(contract.id.as_str()));
            let help = "add `[invoicing]`, or leave the contract out with --contract";
            return vec![Diagnostic::new(Code::NoInvoicing, place("invoicing"), message).help(help).of(&contract.id)];
        };
        let today: Vec<&str> = contract.payers.iter().map(|payer| payer.id.as_str()).collect();
        let gone = issued.into_iter().flat_map(|register| register.payers_gone(&today)).map(|payer| {
            let message = format!("{} has had documents and is no payer any more", quote(payer));
            let help = "keep the payer, with a share of \"0\": what it has paid too much is given back to it";
            Diagnostic::new(Code::PayerGone, place("payer"), message).help(help).of(&contract.id)
        });
        let untaxed =
            |charge: &str| terms.vat.is_none() && !contract.charges.iter().any(|known| known.id.as_str() == charge);
        let charges: BTreeSet<&str> =
            made.into_iter().flat_map(|ledger| ledger.postings.iter().map(|made| ledger.text(made.charge))).collect();
        let lost = charges.into_iter().filter(|charge| untaxed(charge)).map(|charge| {
            let message = format!("nothing says how the charge {} of the ledger is taxed: it is gone", quote(charge));
            let help = "say with `vat` in `[invoicing]` how charges are taxed that do not say it themselves";
            Diagnostic::new(Code::ChargeUntaxed, place("invoicing.vat"), message).help(help).of(&contract.id)
        });
        gone.chain(lost).collect()
    }

    fn begin(&mut self, id: &str, _: Option<&Contract>) -> Result<()> {
        let Some(of) = self.earlier.issued.get(id) else {
            self.register = Register::default();
            return Ok(());
        };
        RegisterWriter::earlier(&mut self.files, &of.documents, &of.postings)?;
        self.register = of.register.clone();
        of.register.issued.iter().try_for_each(|issued| self.keep(&issued.number))
    }

    fn wants(&self, settlement: u32) -> bool {
        !self.register.settlements.contains(&settlement)
    }

    fn settlement(&mut self, contract: &Contract, period: SettlementPeriod, postings: Vec<Posted>) -> Result<()> {
        let documents = issue(contract, &mut self.register, period, postings).map_err(std::io::Error::other)?;
        for document in &documents {
            RegisterWriter::document(&mut self.files, document)?;
            self.write(document)?;
            self.issued += 1;
        }
        Ok(())
    }

    fn end(&mut self, _: Option<(&Contract, &Case)>) -> Result<()> {
        Ok(())
    }
}

/// The files of issued documents that a ledger should hold and does not.
pub fn missing(earlier: &Earlier) -> Vec<Diagnostic> {
    let numbers = earlier.issued.values().flat_map(|of| &of.register.issued).map(|issued| &issued.number);
    let paths = numbers.flat_map(|number| FOLDERS.map(|(folder, ending)| format!("{folder}/{number}.{ending}")));
    paths
        .filter(|path| !earlier.folder.join(path).is_file())
        .map(|path| {
            let message = format!("the ledger has no {path}, but documents.csv says that it was issued");
            Diagnostic::new(Code::LedgerUnreadable, Place::file(&path), message).help(ledger_files::AS_WRITTEN)
        })
        .collect()
}
