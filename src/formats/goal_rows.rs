//! The rows of `places.csv` (places 1), `goals.csv` and `indicators.csv` (goals 1, 5).

use super::header::{Column, digits, empty, filled};
use super::hints;
use super::rows::{Cells, FromRow};
use crate::facts::{Indicator, Offer, Shown};
use crate::figure::goal::{Basis, Goal};
use crate::measure::day::Span;
use crate::measure::diagnostic::{Code, quote};
use crate::measure::id::Id;
use crate::measure::number;

/// The most places that an offer may have.
const MOST_PLACES: u32 = 9_999;

/// The most people that can have been asked.
const MOST_RESPONDENTS: u32 = 999_999_999;

impl FromRow for Offer {
    const COLUMNS: &'static [Column] = &[
        filled("contract"),
        filled("offer"),
        filled("centre"),
        filled("companies"),
        filled("places"),
        filled("first_day"),
        empty("last_day"),
        filled("recorded_on"),
        empty("revision"),
        empty("void"),
    ];
    const OPTIONAL: bool = true;

    fn read(cells: &mut Cells<'_>) -> Option<Offer> {
        let centre = cells.id(2);
        let companies = cells.filled(3).and_then(|_| cells.ids(3));
        let places = whole(cells, 4, MOST_PLACES);
        let first_day = cells.day(5);
        let last_day = cells.maybe_day(6);
        cells.in_order((5, first_day), (6, last_day));
        if companies.as_ref().is_some_and(Vec::is_empty) {
            cells.report(Code::EmptyField, 3, "`companies` names none", "write the companies' ids, divided by blanks");
        }
        Some(Offer { centre: centre?, companies: companies?, places: places?, first_day: first_day?, last_day })
    }
}

impl FromRow for Shown {
    const COLUMNS: &'static [Column] = &[
        filled("contract"),
        filled("entry"),
        filled("goal"),
        filled("requirement"),
        filled("shown_on"),
        digits(filled("result")),
        filled("evidence"),
        filled("recorded_on"),
        empty("revision"),
        empty("void"),
    ];
    const OPTIONAL: bool = true;

    fn read(cells: &mut Cells<'_>) -> Option<Shown> {
        let (goal, requirement, shown_on) = (cells.id(2), cells.id(3), cells.day(4));
        let entered = goal.as_ref().zip(requirement.as_ref()).is_some_and(|(goal, one)| is_entered(cells, goal, one));
        let result = cells.number(5, number::parse_amount);
        let evidence = cells.filled(6).and_then(|_| cells.text(6));
        let shown =
            Shown { goal: goal?, requirement: requirement?, shown_on: shown_on?, result: result?, evidence: evidence? };
        entered.then_some(shown)
    }
}

impl FromRow for Indicator {
    const COLUMNS: &'static [Column] = &[
        filled("contract"),
        filled("indicator"),
        filled("name"),
        filled("about"),
        filled("first_day"),
        filled("last_day"),
        digits(empty("value")),
        empty("respondents"),
        empty("text"),
        filled("source"),
        filled("recorded_on"),
        empty("revision"),
        empty("void"),
    ];
    const OPTIONAL: bool = true;

    fn read(cells: &mut Cells<'_>) -> Option<Indicator> {
        let (name, about) = (cells.filled(2).and_then(|_| cells.text(2)), cells.id(3));
        let (first, last) = (cells.day(4), cells.day(5));
        cells.in_order((4, first), (5, last));
        let value = cells.maybe(6).map(|_| cells.number(6, number::parse_value));
        let respondents = cells.maybe(7).map(|_| whole(cells, 7, MOST_RESPONDENTS));
        let text = cells.text(8);
        if value.is_none() && text.is_none() {
            let help = "write what was measured in `value`, or what was said in `text`";
            cells.report(Code::EmptyField, 6, "`value` and `text` are both empty", help);
        }
        let source = cells.filled(9).and_then(|_| cells.text(9));
        // What is there has to be readable.
        let (value, respondents) =
            (value.map_or(Some(None), |one| one.map(Some))?, respondents.map_or(Some(None), |one| one.map(Some))?);
        Some(Indicator {
            name: name?,
            about: about?,
            days: Span::new(first?, last?)?,
            value,
            respondents,
            text,
            source: source?,
        })
    }
}

/// Whether some version of the contract has the requirement and takes its result from entries; else what is wrong is said.
fn is_entered(cells: &mut Cells<'_>, goal: &Id, requirement: &Id) -> bool {
    // Without the contract its goals are not known.
    let Some(terms) = cells.terms else { return false };
    let goals: Vec<&Goal> = terms.all().flat_map(|version| &version.goals).collect();
    let of = || goals.iter().filter(|known| known.id == *goal).flat_map(|known| &known.requirements);
    let help = |name: &Id, known: Vec<&str>, none: &str, are: &str| match known.is_empty() {
        true => none.to_owned(),
        false => hints::did_you_mean(name.as_str(), known.iter().copied())
            .unwrap_or_else(|| format!("{are} {}", hints::listed(known.iter().copied(), "and"))),
    };
    if !goals.iter().any(|known| known.id == *goal) {
        let known = goals.iter().map(|known| known.id.as_str()).collect();
        let help = help(goal, known, "add a `[[goal]]` to it", "its goals are");
        cells.report(Code::UnknownGoal, 2, &format!("the contract has no goal {}", quote(goal.as_str())), &help);
        return false;
    }
    let Some(one) = of().find(|one| one.id == *requirement) else {
        let known = of().map(|one| one.id.as_str()).collect();
        let help = help(requirement, known, "add a `[[goal.requirement]]` to it", "its requirements are");
        let message = format!("the goal {} has no requirement {}", quote(goal.as_str()), quote(requirement.as_str()));
        cells.report(Code::UnknownGoal, 3, &message, &help);
        return false;
    };
    let entered = of().any(|one| one.id == *requirement && one.from == Basis::Entries);
    if !entered {
        let from = match &one.from {
            Basis::Figure(id) => format!("the figure {}", quote(id.as_str())),
            Basis::Goal(id) => format!("the goal {}", quote(id.as_str())),
            Basis::Entries => String::new(),
        };
        let message = format!("the result of requirement {} is {from}: no entry adds to it", quote(requirement.as_str()));
        cells.report(Code::NotEntered, 3, &message, "remove the row, or report what the figure is made of");
    }
    entered
}

/// A whole number up to `most`.
fn whole(cells: &mut Cells<'_>, column: usize, most: u32) -> Option<u32> {
    let text = cells.filled(column)?;
    let digits = Some(text).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let number = digits.and_then(|text| text.parse().ok()).filter(|number: &u32| *number <= most);
    if number.is_none() {
        let message = format!("{} cannot be read: it is not a whole number up to {most}", quote(text));
        cells.report(Code::FactNumber, column, &message, "write digits alone");
    }
    number
}

#[cfg(test)]
mod tests {
    use crate::formats::{Programme, Source, Sources, read};

    const CONTRACT: &str = "id = \"c\"\ncurrency = \"DKK\"\nstarts = 2009-01-01\nends = 2009-12-31\n\
        [settlement]\nevery = \"year\"\nreporting_days = 30\n[[payer]]\nid = \"state\"\n\
        [[goal]]\nid = \"g\"\n[[goal.requirement]]\nid = \"r\"\n[[goal.requirement]]\nid = \"f\"\nfigure = \"one\"\n\
        [[figure]]\nid = \"one\"\nvalue = \"1\"\n";

    /// A programme with one contract, no people, and one more file.
    fn programme(name: &str, text: &str) -> Programme {
        let rows =
            |name: &str, columns: &str| Some(Source::new(name, format!("contract,{columns},recorded_on,revision,void\n")));
        let mut sources = Sources {
            contracts: vec![Source::new("contracts/c.toml", CONTRACT.to_owned())],
            participants: rows("participants.csv", "participant,target_group,enrolled_on,eligible_until"),
            companies: rows("companies.csv", "company,cvr,name,joined_on,left_on"),
            placements: rows("placements.csv", "placement,participant,company,placed_on"),
            spells: rows("spells.csv", "spell,placement,participant,employer,kind,first_day,last_day,weekly_hours,evidence"),
            ..Sources::default()
        };
        let source = Some(Source::new(name, text.to_owned()));
        match name {
            "places.csv" => sources.places = source,
            "goals.csv" => sources.goals = source,
            _ => sources.indicators = source,
        }
        read(&sources, None, &[])
    }

    fn errors(name: &str, text: &str) -> Vec<String> {
        let found = programme(name, text).diagnostics.into_iter().filter(|one| one.is_error());
        found.map(|one| format!("{} {}", one.code.id(), one.place.field.unwrap_or_default())).collect()
    }

    const PLACES: &str = "contract,offer,centre,companies,places,first_day,last_day,recorded_on,revision,void\n";
    const GOALS: &str = "contract,entry,goal,requirement,shown_on,result,evidence,recorded_on,revision,void\n";
    const INDICATORS: &str =
        "contract,indicator,name,about,first_day,last_day,value,respondents,text,source,recorded_on,revision,void\n";

    #[test]
    fn an_offer_is_read_with_its_companies_in_order() {
        let read = programme("places.csv", &format!("{PLACES}c,o-1,a,y x,6,2009-06-16,,2009-06-16,,\n"));
        let facts = &read.cases.first().unwrap().facts.offers;
        let offer = facts.rows().first().unwrap().fact.clone().unwrap();
        assert_eq!((offer.centre.as_str(), offer.places, offer.last_day), ("a", 6, None));
        assert!(offer.companies.iter().map(|id| id.as_str()).eq(["x", "y"]));
    }

    #[test]
    fn places_are_whole_numbers_at_companies() {
        assert_eq!(errors("places.csv", &format!("{PLACES}c,o,a,x,4.5,2009-06-16,,2009-06-16,,\n")), ["E308 places"]);
        assert_eq!(errors("places.csv", &format!("{PLACES}c,o,a,x,10000,2009-06-16,,2009-06-16,,\n")), ["E308 places"]);
        assert_eq!(errors("places.csv", &format!("{PLACES}c,o,a,,4,2009-06-16,,2009-06-16,,\n")), ["E306 companies"]);
        assert_eq!(errors("places.csv", &format!("{PLACES}c,o,a, ,4,2009-06-16,,2009-06-16,,\n")), ["E306 companies"]);
        assert_eq!(
            errors("places.csv", &format!("{PLACES}c,o,a,x,4,2009-06-16,2009-06-15,2009-06-16,,\n")),
            ["E302 last_day"]
        );
        assert!(errors("places.csv", &format!("{PLACES}c,o,a,x,0,2009-06-16,2009-06-16,2009-06-16,,\n")).is_empty());
    }

    #[test]
    fn a_result_has_its_evidence_and_no_sign() {
        assert!(errors("goals.csv", &format!("{GOALS}c,e,g,r,2009-06-16,0.5,letter,2009-06-16,,\n")).is_empty());
        assert_eq!(errors("goals.csv", &format!("{GOALS}c,e,g,r,2009-06-16,1,,2009-06-16,,\n")), ["E306 evidence"]);
        assert_eq!(errors("goals.csv", &format!("{GOALS}c,e,g,r,2009-06-16,-1,letter,2009-06-16,,\n")), ["E308 result"]);
    }

    #[test]
    fn an_entry_is_of_a_requirement_that_the_contract_has_and_that_takes_entries() {
        assert_eq!(errors("goals.csv", &format!("{GOALS}c,e,h,r,2009-06-16,1,letter,2009-06-16,,\n")), ["E316 goal"]);
        assert_eq!(errors("goals.csv", &format!("{GOALS}c,e,g,s,2009-06-16,1,letter,2009-06-16,,\n")), ["E316 requirement"]);
        assert_eq!(errors("goals.csv", &format!("{GOALS}c,e,g,f,2009-06-16,1,letter,2009-06-16,,\n")), ["E317 requirement"]);
    }

    #[test]
    fn an_indicator_has_a_value_or_a_text() {
        let row = |cells: &str| format!("{INDICATORS}c,i,Well-being,citizens,2009-01-01,2009-06-30,{cells},2009-07-01,,\n");
        assert!(errors("indicators.csv", &row("-0.7,12,,survey")).is_empty());
        assert!(errors("indicators.csv", &row(",,better,talks")).is_empty());
        assert_eq!(errors("indicators.csv", &row(",12,,survey")), ["E306 value"]);
        assert_eq!(errors("indicators.csv", &row("1,a,,survey")), ["E308 respondents"]);
        assert_eq!(errors("indicators.csv", &row("1,,,")), ["E306 source"]);
    }
}
