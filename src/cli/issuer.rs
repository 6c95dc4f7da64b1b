//! What `invoice` makes of the settlements: documents, their evidence and the register of what has been issued (rule 11).

use super::earlier::Earlier;
use super::failure::Failure;
use super::follow::Follow;
use super::issued::{BOOKS, FOLDERS, REGISTER};
use super::stage::Stage;
use super::writing::Writing;
use crate::contract::{Calendar, Contract, SettlementPeriod};
use crate::documents::register::Register;
use crate::documents::{self, Document, Issued, OpenItem, Posted, issue, journal, payment};
use crate::findings;
use crate::formats::documents::{RegisterWriter, evidence};
use crate::formats::ubl::{oioubl, peppol};
use crate::formats::{self, Case, finance, open_items};
use crate::ledger::Ledger;
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic, Place, quote};
use crate::measure::money::Currency;
use std::collections::BTreeSet;
use std::fs;
use std::io::Result;

/// Issues documents while the settlements are written.
#[derive(Debug)]
pub struct Issuer<'a> {
    earlier: &'a Earlier,
    stage: &'a mut Stage,
    files: [Writing; 2],
    register: Register,
    as_of: Day,
    /// The documents of the contract that is being gone through, earlier and new.
    documents: Vec<Issued>,
    /// Those of all contracts, with what is open on them.
    open: Vec<(Currency, Vec<OpenItem>)>,
    /// What there is to say of payments.
    pub found: Vec<Diagnostic>,
}

impl<'a> Issuer<'a> {
    /// Begins the register's files.
    ///
    /// # Errors
    /// A failure of the machine.
    pub fn begin(stage: &'a mut Stage, earlier: &'a Earlier, as_of: Day) -> std::result::Result<Issuer<'a>, Failure> {
        let [documents, postings] = REGISTER.map(|name| stage.file(name));
        let mut files = [documents?, postings?];
        let failed = |error| Failure::machine("cannot write into", stage.dir.path(), &error);
        RegisterWriter::headers(&mut files).map_err(failed)?;
        Ok(Issuer {
            earlier,
            stage,
            files,
            register: Register::default(),
            as_of,
            documents: Vec::new(),
            open: Vec::new(),
            found: Vec::new(),
        })
    }

    /// Ends the register's files, and writes what is open on all documents; returns what there is to say of payments.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(self) -> Result<Vec<Diagnostic>> {
        self.files.into_iter().try_for_each(Writing::sync)?;
        let open = self.open.iter().map(|(currency, items)| (*currency, items.as_slice()));
        self.stage.write("open-items.csv", open_items::write(open, self.as_of).as_bytes())?;
        Ok(self.found)
    }

    /// A file of an earlier run, as it is.
    fn keep(&mut self, path: &str) -> Result<()> {
        let bytes = fs::read(self.earlier.folder.join(path))?;
        self.stage.write(path, &bytes)
    }

    /// The files of a new document.
    fn write(&mut self, document: &Document) -> Result<()> {
        let evidence = evidence(document)?;
        self.stage.write(&format!("evidence/{}", evidence.name), &evidence.bytes)?;
        let attachments = [evidence];
        for (folder, text) in [("peppol", peppol(document, &attachments)), ("oioubl", oioubl(document, &attachments))] {
            let text = text.map_err(std::io::Error::other)?;
            self.stage.write(&format!("{folder}/{}.xml", document.number), text.as_bytes())?;
        }
        Ok(())
    }
}

impl Follow for Issuer<'_> {
    fn refuse<'c>(&self, contract: &'c Contract, made: Option<&Ledger>) -> Vec<(&'c Contract, Diagnostic)> {
        let issued = self.earlier.issued.get(contract.id.as_str()).map(|of| &of.register);
        let documented = |number: u32| issued.is_some_and(|register| register.settlements.contains(&number));
        let open = Calendar::new(contract).until(self.as_of).filter(|period| !documented(period.number));
        let mut versions: Vec<&Contract> = open.map(|period| contract.in_force(period.cut_off)).collect();
        versions.dedup_by(|a, b| std::ptr::eq(*a, *b));
        let last = contract.in_force(self.as_of);
        if versions.is_empty() {
            versions.push(last);
        }
        let mut found: Vec<(&Contract, Diagnostic)> = Vec::new();
        for version in versions {
            found.extend(unfit(version, issued).into_iter().map(|diagnostic| (version, diagnostic)));
        }
        if last.invoicing.is_some() {
            found.extend(untaxed(last, made).into_iter().map(|diagnostic| (last, diagnostic)));
        }
        found
    }

    fn begin(&mut self, id: &str, terms: Option<&Contract>) -> Result<()> {
        let Some(of) = self.earlier.issued.get(id) else {
            (self.register, self.documents) = Default::default();
            return Ok(());
        };
        RegisterWriter::earlier(&mut self.files, &of.documents, &of.postings)?;
        (self.register, self.documents) = (of.register.clone(), of.issued.clone());
        for issued in &of.register.issued {
            FOLDERS.iter().try_for_each(|(folder, ending)| self.keep(&format!("{folder}/{}.{ending}", issued.number)))?;
        }
        // The books of a contract that is not read today stay as they were kept.
        let kept = if terms.is_none() { BOOKS } else { [].as_slice() };
        kept.iter().try_for_each(|(folder, ending)| self.keep(&format!("{folder}/{id}.{ending}")))
    }

    fn wants(&self, settlement: u32) -> bool {
        !self.register.settlements.contains(&settlement)
    }

    fn settlement(&mut self, contract: &Contract, period: SettlementPeriod, postings: Vec<Posted>) -> Result<()> {
        let documents = issue(contract, &mut self.register, period, postings).map_err(std::io::Error::other)?;
        for document in &documents {
            RegisterWriter::document(&mut self.files, document)?;
            self.write(document)?;
            self.documents.push(Issued::from(document));
        }
        Ok(())
    }

    fn end(&mut self, terms: Option<(&Contract, &Case)>) -> Result<()> {
        let Some((contract, case)) = terms else { return Ok(()) };
        let contract = contract.in_force(self.as_of);
        let paid = payment::known(&case.payments, self.as_of);
        let entries = journal::entries(contract, &self.documents, &paid);
        let texts = [formats::journal::write(contract, &entries), finance::write([(contract, self.documents.as_slice())])];
        for ((folder, ending), text) in BOOKS.iter().zip(texts) {
            self.stage.write(&format!("{folder}/{}.{ending}", contract.id), text.as_bytes())?;
        }
        let items = documents::open_items(contract, &self.documents, &paid, self.as_of);
        self.found.extend(findings::payments(contract, &items, &paid));
        self.open.push((contract.currency, items));
        Ok(())
    }
}

/// What keeps documents from being made by a version of the contract.
fn unfit(version: &Contract, issued: Option<&Register>) -> Vec<Diagnostic> {
    if version.invoicing.is_none() {
        let message = format!("the contract {} does not say how it is invoiced", quote(version.id.as_str()));
        let help = "add `[invoicing]`, or leave the contract out with --contract";
        return vec![Diagnostic::new(Code::NoInvoicing, place("invoicing"), message).help(help).of(&version.id)];
    }
    let today: Vec<&str> = version.payers.iter().map(|payer| payer.id.as_str()).collect();
    let gone = issued.into_iter().flat_map(|register| register.payers_gone(&today)).map(|payer| {
        let message = format!("{} has had documents and is no payer any more", quote(payer));
        let help = "keep the payer, with a share of \"0\": what it has paid too much is given back to it";
        Diagnostic::new(Code::PayerGone, place("payer"), message).help(help).of(&version.id)
    });
    gone.collect()
}

/// The charges of a ledger of which nothing says how they are taxed.
fn untaxed(contract: &Contract, made: Option<&Ledger>) -> Vec<Diagnostic> {
    let untaxed = |charge: &str| {
        let vat = contract.invoicing.as_ref().and_then(|terms| terms.vat.as_ref());
        vat.is_none() && !contract.charges.iter().any(|known| known.id.as_str() == charge)
    };
    let charges: BTreeSet<&str> =
        made.into_iter().flat_map(|ledger| ledger.postings.iter().map(|made| ledger.text(made.charge))).collect();
    let lost = charges.into_iter().filter(|charge| untaxed(charge)).map(|charge| {
        let message = format!("nothing says how the charge {} of the ledger is taxed: it is gone", quote(charge));
        let help = "say with `vat` in `[invoicing]` how charges are taxed that do not say it themselves";
        Diagnostic::new(Code::ChargeUntaxed, place("invoicing.vat"), message).help(help).of(&contract.id)
    });
    lost.collect()
}

fn place(field: &str) -> Place {
    Place { field: Some(field.to_owned()), ..Place::default() }
}
