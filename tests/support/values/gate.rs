//! Gates as the library's values.

use super::{count, dates, id, p};
use effekt::charge::test::{Bound, Reach, Test, Than};
use effekt::charge::{Gate, Requirement};
use effekt::measure::ratio::Ratio;

pub fn gate(terms: &p::Gate) -> Gate {
    Gate {
        id: id(&terms.id),
        tests: terms.tests.iter().map(test).collect(),
        needs: terms.needs.map(count),
        dates: terms.dates.as_ref().map(dates),
    }
}

fn test(terms: &p::Test) -> Test {
    let ratio = |text: &str| Ratio::parse(text).unwrap();
    match terms {
        p::Test::Figure { figure, side, of, tolerance } => Test::Figure(Bound {
            figure: id(figure),
            than: match side {
                p::Side::AtLeast => Than::AtLeast,
                p::Side::Above => Than::Above,
                p::Side::AtMost => Than::AtMost,
                p::Side::Below => Than::Below,
            },
            number: ratio(of),
            tolerance: ratio(tolerance.as_deref().unwrap_or("1")),
        }),
        p::Test::Charge { charge, step, reached } => {
            Test::Charge(Reach { charge: Requirement { charge: id(charge), step: step.map(count) }, reached: *reached })
        }
        p::Test::Gate(gate) => Test::Gate(id(gate)),
        p::Test::Suspended(yes) => Test::Suspended(*yes),
    }
}
