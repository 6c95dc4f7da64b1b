//! Laws of distributions (investors 5).

use super::world::{By, World, funding, on, received, try_on, who};
use effekt::formats::distributions::{Beside, ledger, read};
use effekt::investors::funding::{Pays, Share};
use effekt::investors::{Distribution, Funding, Kind, Receipt, distribute, positions};
use effekt::{Currency, Id, Money};
use rust_decimal::Decimal;

const CASES: u32 = 3_000;

fn each(mut law: impl FnMut(&World, &Funding, &[Receipt], &[Distribution])) {
    try_on(CASES, |world| {
        let funding = funding(world);
        let received = received(world, &funding);
        let made = distribute(&funding, &received, &[], on(world.as_of));
        law(world, &funding, &received, &made);
    });
}

fn sum(amounts: impl Iterator<Item = Money>) -> Money {
    amounts.fold(Money::ZERO, |sum, amount| sum + amount)
}

/// What is received is given or carried, of each distribution and in all; debts are carried, never anything else.
#[test]
fn nothing_is_lost_or_made() {
    each(|world, _, received, made| {
        let mut carried = Money::ZERO;
        for one in made {
            assert_eq!(one.carried_before, carried);
            assert_eq!(one.received() + carried, one.given() + one.carried);
            carried = one.carried;
            assert!(carried <= Money::ZERO);
            let given = one.entries.iter().any(|entry| entry.kind != Kind::Guarantee);
            assert!(!(given && carried < Money::ZERO));
            assert!(one.entries.iter().all(|entry| !entry.amount.is_zero()));
            let guarantees = one.entries.iter().filter(|entry| entry.kind == Kind::Guarantee);
            assert_eq!(sum(guarantees.map(|entry| entry.amount)), Money::ZERO);
        }
        let due = received.iter().filter(|receipt| receipt.on <= on(world.as_of));
        assert_eq!(sum(due.map(|receipt| receipt.amount)), sum(made.iter().map(Distribution::given)) + carried);
    });
}

/// No funder gets more principal than it paid in, from tiers and guarantees together, at any time.
#[test]
fn nobody_gets_more_principal_than_it_paid_in() {
    each(|_, funding, _, made| {
        for after in positions(funding, made) {
            for one in after {
                assert!(one.principal + one.guaranteed <= one.paid_in);
                assert_eq!(one.outstanding, one.paid_in - one.principal - one.guaranteed);
            }
        }
    });
}

/// After an entry of a tier with `times` the funder's whole return is within the cap; after one of a tier with `at_most` so is the tier.
#[test]
fn no_cap_is_exceeded() {
    let mut at_the_cap = 0;
    each(|_, funding, _, made| {
        for tier in &funding.tiers {
            let given = made.iter().flat_map(|one| &one.entries).filter(|entry| entry.tier.as_ref() == Some(&tier.id));
            let given = sum(given.map(|entry| entry.amount));
            assert!(tier.at_most.is_none_or(|most| given <= most));
            let Pays::Return { times: Some(times), .. } = tier.pays else { continue };
            for (nth, one) in made.iter().enumerate() {
                for (at, entry) in one.entries.iter().enumerate().filter(|(_, entry)| entry.tier.as_ref() == Some(&tier.id))
                {
                    let mut so_far = made[..=nth].to_vec();
                    so_far[nth].entries.truncate(at + 1);
                    let after = positions(funding, &so_far).pop().unwrap();
                    let after = after.iter().find(|one| Some(&one.funder) == entry.funder.as_ref()).unwrap();
                    let cap = (Decimal::from(after.paid_in.minor()) * times).floor();
                    assert!(Decimal::from(after.gained.minor()) <= cap, "{} above {cap}", after.gained.minor());
                    at_the_cap += u32::from(Decimal::from(after.gained.minor()) == cap);
                }
            }
        }
    });
    assert!(at_the_cap > 200, "only {at_the_cap} entries reached their cap");
}

/// Where a tier of principal leaves any of its funders with something outstanding, nothing goes to a later tier on that day. It must
/// not be held back by `at_most`, and not be shared by commitments, of which a guarantor may have none.
#[test]
fn a_tier_gets_nothing_before_the_one_above_it_is_full() {
    let mut held = 0;
    each(|world, _, _, made| {
        for one in made {
            for (nth, tier) in world.tiers.iter().enumerate() {
                if !tier.principal || tier.at_most.is_some() || tier.by == By::Committed {
                    continue;
                }
                let place = |id: Option<&Id>| id.and_then(|id| id.as_str()[1..].parse::<usize>().ok());
                let waterfall: Vec<_> = one.entries.iter().filter(|entry| entry.kind != Kind::Guarantee).collect();
                let rank = |entry: &effekt::investors::Entry| place(entry.tier.as_ref()).unwrap_or(usize::MAX);
                let own: Vec<_> = waterfall.iter().filter(|entry| rank(entry) == nth).collect();
                let open = own.iter().any(|entry| entry.outstanding > Money::ZERO);
                if open {
                    held += 1;
                    assert!(waterfall.iter().all(|entry| rank(entry) <= nth), "{world:#?}");
                }
            }
        }
    });
    assert!(held > 500, "only {held} tiers were left open");
}

/// Going on from a ledger, through its file, comes to the same as distributing all at once: a distribution that was made stands.
#[test]
fn a_ledger_goes_on_as_if_all_were_distributed_at_once() {
    each(|world, funding, received, made| {
        for day in [60, 119, 120, 210] {
            let first = distribute(funding, received, &[], on(day.min(world.as_of)));
            let beside = Beside { as_of: on(day), digest: "", refused: &[], found: &[] };
            let kept = read(&ledger("fund", Currency::DKK, &first, beside)).unwrap().distributions;
            assert_eq!(kept, first);
            let later = distribute(funding, received, &kept, on(world.as_of));
            assert_eq!([kept, later].concat(), made);
        }
    });
}

/// What was distributed earlier stands whatever the file says today, and only what is new is shared by it.
#[test]
fn other_terms_leave_earlier_distributions_alone() {
    each(|world, funding, received, _| {
        let first = distribute(funding, received, &[], on(150));
        let mut other = funding.clone();
        other.tiers.reverse();
        let later = distribute(&other, received, &first, on(world.as_of));
        assert!(later.iter().all(|one| one.on > on(150)));
        let due = received.iter().filter(|receipt| receipt.on <= on(world.as_of)).count();
        assert_eq!(first.iter().chain(&later).map(|one| one.receipts.len()).sum::<usize>(), due);
    });
}

/// A receipt in two parts on one day is shared as the whole is: what is received on a day is one sum.
#[test]
fn a_receipt_in_two_parts_is_shared_as_the_whole() {
    each(|world, funding, received, made| {
        let mut wider = funding.clone();
        let other = Id::new("other").unwrap();
        wider.contracts.push(Share { contract: other.clone(), share: Decimal::ONE });
        let mut parts = Vec::new();
        for (nth, receipt) in (1_u32..).zip(received) {
            let part = Money::from_minor(receipt.amount.minor() / 3);
            parts.push(Receipt { amount: receipt.amount - part, ..receipt.clone() });
            parts.push(Receipt { contract: other.clone(), settlement: nth, amount: part, ..receipt.clone() });
        }
        parts.reverse();
        let split = distribute(&wider, &parts, &[], on(world.as_of));
        let entries = |made: &[Distribution]| made.iter().map(|one| (one.on, one.entries.clone())).collect::<Vec<_>>();
        assert_eq!(entries(&split), entries(made));
    });
}

/// A hundred times the amounts: in the first distribution, as far as a first tier of principal goes that is shared by what is due,
/// each quota is a hundred times as large, and no part is a whole unit away from its quota, neither here nor there.
#[test]
fn a_hundred_times_the_amounts_are_a_hundred_times_the_parts_but_for_the_last_unit() {
    let mut tried = 0;
    each(|world, funding, received, made| {
        let tier = &world.tiers[0];
        if !tier.principal || tier.at_most.is_some() || tier.by != By::Due {
            return;
        }
        let scale = |amount: Money| Money::from_minor(amount.minor() * 100);
        let mut large = funding.clone();
        for funder in &mut large.funders {
            funder.paid_in.iter_mut().for_each(|paid| paid.amount = scale(paid.amount));
        }
        let scaled: Vec<Receipt> = received.iter().map(|one| Receipt { amount: scale(one.amount), ..one.clone() }).collect();
        let large = distribute(&large, &scaled, &[], on(world.as_of));
        let first = |made: &[Distribution], funder: usize| {
            let one = made.iter().find(|one| !one.receipts.is_empty() && !one.entries.is_empty())?;
            let own = one.entries.iter().filter(|entry| entry.tier.as_ref().is_some_and(|id| id.as_str() == "t0"));
            Some(sum(own.filter(|entry| entry.funder == Some(who(funder))).map(|entry| entry.amount)).minor())
        };
        let before = |made: &[Distribution]| {
            made.iter()
                .take_while(|one| one.receipts.is_empty() || one.entries.is_empty())
                .any(|one| !one.entries.is_empty())
        };
        if before(made) || before(&large) {
            return;
        }
        for funder in 0..world.funders.len() {
            if let (Some(small), Some(large)) = (first(made, funder), first(&large, funder)) {
                tried += u32::from(small > 0);
                assert!((small * 100 - large).abs() <= 100, "{small} and {large}");
            }
        }
    });
    assert!(tried > 100, "only {tried} parts were compared");
}
