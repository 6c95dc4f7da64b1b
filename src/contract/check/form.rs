//! The form of what goes into documents and books: texts, numbers with check digits, accounts, VAT (rule 11).

use super::Findings;
use crate::charge::Vat;
use crate::contract::party::{Address, Contact, PayTo};
use crate::measure::check_digit::{self, is_digits};
use crate::measure::diagnostic::{Code, quote};
use rust_decimal::Decimal;

/// The most characters of a name, a reference, a line of an address.
pub(super) const LINE: usize = 100;
/// The most characters of what a charge is called.
pub(super) const CHARGE_TEXT: usize = 60;
/// The most characters of a reason.
const REASON: usize = 300;
/// The most digits that payment ids begin with.
const PREFIX: usize = 8;

/// The last key of a path.
fn key(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// The character of a text that no document can hold: a control character, or one that is none in XML 1.0.
fn unfit(text: &str) -> Option<char> {
    text.chars().find(|c| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// A text for documents: one line, not empty, not too long, with characters that a document can hold.
pub(super) fn text(found: &mut Findings, path: &str, text: &str, most: usize) {
    let (key, count) = (key(path), text.chars().count());
    let (message, help) = if let Some(wrong) = unfit(text) {
        let message = format!("`{key}` holds the character U+{:04X}, which no document can hold", u32::from(wrong));
        (message, "remove it: a text in a document is one line of letters, digits and signs".to_owned())
    } else if text.trim().is_empty() {
        (format!("`{key}` is empty"), "fill it in".to_owned())
    } else if text.trim() != text {
        (format!("`{key}` has blanks before or after it"), "remove them".to_owned())
    } else if count > most {
        (format!("`{key}` has {count} characters"), format!("it has at most {most}"))
    } else {
        return;
    };
    found.say(Code::DocumentText, path, message).help(help);
}

/// Reports a text that is not in the form wanted; the message says what it is not.
fn form(found: &mut Findings, path: &str, written: &str, is: bool, not: &str, help: &str) -> bool {
    if !is {
        found.say(Code::DocumentForm, path, format!("{} is no {not}", quote(written))).help(help);
    }
    is
}

/// A registration or location number: with documents its digits and its check digit have to be right, without it is odd if
/// they are not.
pub(super) fn number(found: &mut Findings, path: &str, written: &str, digits: usize, documents: bool) {
    let (name, right) = match digits {
        8 => ("registration number (CVR)", check_digit::cvr(written)),
        _ => ("location number (GLN)", check_digit::gln(written)),
    };
    let help = format!("a {name} has {digits} digits and no blanks; compare it with the public register");
    let counted = is_digits(written, digits);
    let (code, message) = match (right, counted, documents) {
        (true, ..) => return,
        (_, true, true) => (Code::CheckDigit, format!("{} fails the check digit of a {name}", quote(written))),
        (_, true, false) => (Code::DoubtfulNumber, format!("{} fails the check digit of a {name}", quote(written))),
        (_, false, true) => (Code::DocumentForm, format!("{} is no {name}", quote(written))),
        (_, false, false) => (Code::DoubtfulNumber, format!("{} is no {name}", quote(written))),
    };
    found.say(code, path, message).help(help);
}

pub(super) fn address(found: &mut Findings, path: &str, address: &Address) {
    text(found, &format!("{path}.street"), &address.street, LINE);
    text(found, &format!("{path}.city"), &address.city, LINE);
    let is = is_digits(&address.postcode, 4);
    form(
        found,
        &format!("{path}.postcode"),
        &address.postcode,
        is,
        "postcode",
        "a Danish postcode has 4 digits, such as \"7400\"",
    );
}

pub(super) fn contact(found: &mut Findings, path: &str, contact: &Contact) {
    let lines = [("name", &contact.name), ("phone", &contact.phone)];
    for (key, line) in lines.into_iter().filter_map(|(key, line)| Some((key, line.as_ref()?))) {
        text(found, &format!("{path}.{key}"), line, LINE);
    }
    if let Some(email) = &contact.email {
        let path = format!("{path}.email");
        let sound = |part: &str| !part.is_empty() && !part.contains(['@', ' ']);
        let is = email.split_once('@').is_some_and(|(name, host)| sound(name) && sound(host) && host.contains('.'));
        if form(found, &path, email, is, "electronic mail address", "it looks like \"regnskab@example.dk\"") {
            text(found, &path, email, LINE);
        }
    }
}

/// Where the money goes (BG-16).
pub(super) fn pay_to(found: &mut Findings, path: &str, pay_to: &PayTo) {
    match pay_to {
        PayTo::Iban(iban) => {
            let path = format!("{path}.iban");
            let sign = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
            let length = if iban.starts_with("DK") { iban.len() == 18 } else { (15..=34).contains(&iban.len()) };
            let help = "it is a country, two digits and the account, without blanks; a Danish one has 18 characters";
            if form(found, &path, iban, length && iban.bytes().all(sign), "account number (IBAN)", help)
                && !check_digit::iban(iban)
            {
                let message = format!("{} fails the check digits of an account number (IBAN)", quote(iban));
                found.say(Code::CheckDigit, &path, message).help("compare it with what the bank says");
            }
        }
        PayTo::Account { registration, account } => {
            let help = "a Danish bank's registration number has 4 digits";
            let is = is_digits(registration, 4);
            form(found, &format!("{path}.registration"), registration, is, "registration number of a bank", help);
            let is = (1..=10).any(|count| is_digits(account, count));
            form(
                found,
                &format!("{path}.account"),
                account,
                is,
                "account number",
                "an account has 1 to 10 digits, without blanks",
            );
        }
        PayTo::Fik { creditor, prefix } => {
            let is = is_digits(creditor, 8) && creditor.starts_with('8');
            let help = "a creditor of payment slips has a number of 8 digits that begins with 8";
            form(found, &format!("{path}.fik"), creditor, is, "creditor number", help);
            let is = is_digits(prefix, prefix.len()) && prefix.len() <= PREFIX;
            form(found, &format!("{path}.prefix"), prefix, is, "beginning of a payment id", "it has at most 8 digits");
        }
        PayTo::NemKonto => {}
    }
}

/// Whether that can be a VAT rate, in percent.
pub(super) fn is_rate(percent: Decimal) -> bool {
    percent > Decimal::ZERO && percent <= Decimal::ONE_HUNDRED && percent.normalize().scale() <= 2
}

/// How a charge is taxed (rule 11.4).
pub(super) fn vat(found: &mut Findings, path: &str, vat: &Vat) {
    match vat {
        Vat::Standard { percent } => {
            if !is_rate(*percent) {
                let message = format!("the VAT rate is {}", quote(&percent.normalize().to_string()));
                let help = "it is above 0 and at most 100, with at most 2 decimals; what is not taxed is `exempt` or `outside-scope`";
                found.say(Code::VatRate, &format!("{path}.percent"), message).help(help);
            }
        }
        Vat::Exempt { reason, code } => {
            text(found, &format!("{path}.reason"), reason, REASON);
            if let Some(code) = code {
                let is = code.strip_prefix("VATEX-EU-").is_some_and(is_article);
                let help = "it names an article of the VAT directive, such as \"VATEX-EU-132-1G\"; it may be left out";
                form(found, &format!("{path}.code"), code, is, "code of an exemption", help);
            }
        }
        Vat::OutsideScope { reason } => text(found, &format!("{path}.reason"), reason, REASON),
    }
}

/// The articles of the VAT directive that the code list of EN 16931 has for exemptions (BT-121, BR-CL-22), with the letters of
/// their points.
const ARTICLES: [(&str, &str); 14] = [
    ("79-", "C"),
    ("132", ""),
    ("132-1", "ABCDEFGHIJKLMNOPQ"),
    ("135-1", ""),
    ("143", ""),
    ("143-1", "ABCDEFGHIJKL"),
    ("144", ""),
    ("146-1", "E"),
    ("148", ""),
    ("148-", "ABCDEFG"),
    ("151", ""),
    ("151-1", "ABCDE"),
    ("153", ""),
    ("159", ""),
];

fn is_article(text: &str) -> bool {
    let listed = ARTICLES.iter().any(|(article, points)| match text.strip_prefix(article) {
        Some("") => points.is_empty(),
        Some(point) => point.len() == 1 && points.contains(point),
        None => false,
    });
    listed || ["143-1FA", "151-1AA", "309"].contains(&text)
}

/// What document numbers begin with: it is part of file names too.
pub(super) fn series(found: &mut Findings, path: &str, series: &str) {
    let sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let is = series.len() <= 20
        && series.chars().all(sign)
        && series.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !series.ends_with(|c: char| c.is_ascii_digit());
    let help = "it has at most 20 of A–Z, a–z, digits, `.`, `_` and `-`, begins with a letter or digit and does not end in a digit, such as \"HER-\"";
    form(found, path, series, is, "beginning of document numbers", help);
}

/// An account of the books: names divided by colons, without what divides things in a journal.
pub(super) fn account(found: &mut Findings, path: &str, account: &str) {
    let sign = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '_' | '-' | '/' | '&');
    let name = |name: &str| {
        name.starts_with(char::is_alphanumeric) && name.chars().all(sign) && !name.ends_with(' ') && !name.contains("  ")
    };
    let help = "it is names divided by `:`, each of letters, digits, single blanks and `.`, `_`, `-`, `/`, `&`, such as \"income:effect:weekly\"";
    let is = account.split(':').all(name) && account.chars().count() <= LINE;
    form(found, path, account, is, "account of the books", help);
}

/// The value of a dimension of the books: a text that ends nowhere before its end.
pub(super) fn dimension(found: &mut Findings, path: &str, value: &str) {
    let help = "it holds no `,`, which ends it in a journal";
    if form(found, path, value, !value.contains(','), "value of a dimension", help) {
        text(found, path, value, LINE);
    }
}
