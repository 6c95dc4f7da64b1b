//! Where reports of paid hours are looked at, and how they become weeks and days (mechanisms 3.2).

use crate::formats::reader::{Fields, Reader};
use crate::formats::tree::Node;
use crate::measure::diagnostic::Code;
use crate::timeline::payroll::{Spread, Weekly};
use crate::timeline::{Outcome, Payroll};

/// What the table `[payroll]` says, as far as the outcomes need it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    /// Whether it is there.
    given: bool,
    /// Its terms, if they can be read.
    terms: Option<Payroll>,
}

pub(super) fn payroll<'a>(reader: &mut Reader<'a>, root: &mut Fields<'a>) -> Said {
    let given = root.has("payroll");
    let terms = reader.optional(root, "payroll", |reader, node, path| {
        let mut fields = reader.fields(node, path);
        let weekly = [("average", Weekly::Average), ("calendar-days", Weekly::CalendarDays)];
        let spread =
            [("month-end", Spread::MonthEnd), ("calendar-days", Spread::CalendarDays), ("weekdays", Spread::Weekdays)];
        let weekly = reader.required(&mut fields, "weekly", |r, node, path| r.word(node, path, &weekly));
        let spread = reader.required(&mut fields, "spread", |r, node, path| r.word(node, path, &spread));
        reader.finish(&fields, &[]);
        Some(Payroll { weekly: weekly?, spread: spread? })
    });
    Said { given, terms }
}

/// A table that no outcome asks for.
pub(super) fn unused(reader: &mut Reader<'_>, root: &Fields<'_>, outcomes: Option<&[Outcome]>) {
    let used = outcomes.is_none_or(|outcomes| outcomes.iter().any(|outcome| outcome.payroll.is_some()));
    if root.has("payroll") && !used && reader.knows("outcome") {
        let span = reader.tree.find("payroll");
        let help = "write `source = \"payroll\"` in an outcome that looks at reports of paid hours, or remove the table";
        reader.report(Code::UnusedPayroll, &span, "payroll", "no outcome looks at reports of paid hours", help);
    }
}

/// What an outcome looks at: spells, or reports of paid hours, which need `[payroll]` (mechanisms 3.1).
pub(super) fn source<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>, said: Said) -> Option<Payroll> {
    let words = [("spells", false), ("payroll", true)];
    let source = |reader: &mut Reader<'a>, node: &'a Node, path: &str| {
        let from_payroll = reader.word(node, path, &words)?;
        if from_payroll && !said.given {
            let message = "the outcome looks at reports of paid hours, but the contract has no `[payroll]`";
            let help = "say in `[payroll]` how hours of a month become hours a week (`weekly`) and on which days they lie (`spread`)";
            reader.report(Code::NoPayroll, &node.span, path, message, help);
        }
        Some(from_payroll)
    };
    let from_payroll = reader.optional(fields, "source", source).unwrap_or(false);
    // Where the terms cannot be read the contract is refused; that reports are looked at is known all the same.
    let unread = Payroll { weekly: Weekly::Average, spread: Spread::MonthEnd };
    from_payroll.then(|| said.terms.unwrap_or(unread))
}
