//! A plan with providers, and facts put together by hand.

use crate::model::due::Month;
use crate::model::intelligence::{Intelligence, MatrixCell, Picture, Rules, ThemeKey, View};
use crate::model::signal::{Fact, Facts, Hardness, Measure, MeasureFact, Scoring, Source};
use crate::model::triangulation::ReceiptState;
use crate::model::{EditBuilder, Id, InPlan, Plan, Provider, Receipt, SignalTheme, intent};
use chrono::NaiveDate;
use std::sync::Arc;

pub(super) fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

pub(super) fn month(text: &str) -> Month {
    Month::parse(text).expect("a month")
}

pub(super) fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date")
}

pub(super) fn theme(title: &str) -> ThemeKey {
    ThemeKey::Theme(SignalTheme::id_of(id("plan"), title))
}

pub(super) struct World {
    pub(super) plan: Plan,
    pub(super) facts: Facts,
    pub(super) rules: Rules,
}

impl World {
    /// Providers by their names, as at the end of 2013.
    pub(super) fn of(providers: &[&str]) -> Self {
        let mut plan = Plan::default();
        intent::create_plan(id("plan"), "NHS Northmoor CCG", "Plan", None).apply(&mut plan).expect("fits");
        let mut edit = EditBuilder::new(&plan, "Fill");
        for name in providers {
            intent::intelligence::put_provider(
                &mut edit,
                Provider { id: id(name), name: (*name).to_owned(), ..Provider::default() },
            );
        }
        edit.finish().apply(&mut plan).expect("fits");
        Self { plan, facts: Facts::default(), rules: Rules::at(day("2013-12-31")) }
    }

    pub(super) fn put<T: InPlan>(&mut self, row: &T) {
        let mut edit = EditBuilder::new(&self.plan, "Put");
        edit.put(row);
        edit.finish().apply(&mut self.plan).expect("fits");
    }

    pub(super) fn received(&mut self, provider: &str, source: Source, from: &str, to: &str) {
        self.said(provider, source, from, to, ReceiptState::Received);
    }

    pub(super) fn said(&mut self, provider: &str, source: Source, from: &str, to: &str, state: ReceiptState) {
        let (provider, from) = (id(provider), month(from));
        for step in 0..=from.months_to(month(to)) {
            let at = from.plus(step);
            self.put(&Receipt {
                id: Receipt::id_of(provider, source, at),
                provider,
                source: Some(source),
                month: Some(at),
                state: Some(state),
                note: String::new(),
            });
        }
    }

    /// So many signals of a month about subjects.
    pub(super) fn signals(&mut self, count: usize, provider: &str, source: Source, at: &str, subjects: &[&str]) {
        for _ in 0..count {
            self.signal(provider, source, at, subjects);
        }
    }

    pub(super) fn signal(&mut self, provider: &str, source: Source, at: &str, subjects: &[&str]) -> &mut Fact {
        let provider = Some(id(provider)).filter(|_| !provider.is_empty());
        let provider = place(&mut self.facts.providers, &provider);
        let set: Vec<String> = subjects.iter().map(|subject| (*subject).to_owned()).collect();
        let subjects = place(&mut self.facts.subjects, &set);
        let service = place(&mut self.facts.services, &String::new());
        let number = i64::try_from(self.facts.signals.len()).expect("small") + 1;
        self.facts.signals.push(Fact {
            number,
            source,
            provider,
            month: Some(at).filter(|at| !at.is_empty()).map(month),
            received: None,
            due: None,
            closed: None,
            subjects,
            service,
            outcome: None,
            harm: None,
            adverse: None,
            handling_concern: None,
            hardness: source.hardness(),
            has_learning: false,
            has_improvement: false,
        });
        self.facts.signals.last_mut().expect("just put there")
    }

    pub(super) fn service(&mut self, name: &str) -> u32 {
        place(&mut self.facts.services, &name.to_owned())
    }

    /// A measure of a month; `of` is its base.
    pub(super) fn measure(
        &mut self,
        provider: &str,
        source: Source,
        at: &str,
        what: &str,
        value: (f64, Option<f64>),
    ) -> &mut Measure {
        let (numerator, denominator) = value;
        let measure = Measure {
            source,
            provider_given: provider.to_owned(),
            provider: Some(provider.to_owned()),
            month: month(at),
            months: 1,
            what: what.to_owned(),
            numerator,
            denominator,
            scoring: (source == Source::FriendsAndFamily).then(|| Scoring::of(month(at))),
            service: String::new(),
            site: String::new(),
            row: 1,
        };
        self.facts.measures.push(MeasureFact { provider: Some(id(provider)), measure });
        &mut self.facts.measures.last_mut().expect("just put there").measure
    }

    pub(super) fn sorted(&self) -> Intelligence {
        Intelligence::of(&self.plan, &Arc::new(self.facts.clone()), self.rules)
    }

    pub(super) fn picture(&self, from: &str, to: &str) -> Picture {
        self.sorted().picture(&View::of(month(from), month(to)))
    }
}

fn place<T: PartialEq + Clone>(list: &mut Vec<T>, wanted: &T) -> u32 {
    let at = list.iter().position(|one| one == wanted).unwrap_or_else(|| {
        list.push(wanted.clone());
        list.len() - 1
    });
    u32::try_from(at).expect("small")
}

/// A cell of a picture.
pub(super) fn cell<'p>(picture: &'p Picture, provider: &str, theme: ThemeKey, source: Source) -> &'p MatrixCell {
    let of = picture.providers.iter().find(|one| one.provider.id == id(provider)).expect("is in view");
    let row = of.rows.iter().find(|row| row.theme == theme).expect("is a row");
    row.cells.iter().find(|cell| cell.source == source).expect("is a column")
}

pub(super) fn hard(fact: &mut Fact) {
    fact.hardness = Hardness::Hard;
}

/// Months of 2012 and 2013 in which something quiet goes on: 6 to 9 each.
pub(super) const QUIET: [usize; 24] = [7, 8, 6, 9, 7, 6, 8, 7, 9, 6, 7, 8, 8, 6, 7, 9, 6, 8, 7, 7, 6, 9, 8, 7];

/// The month so many after January 2012.
pub(super) fn nth(place: usize) -> String {
    month("2012-01").plus(i32::try_from(place).expect("small")).to_string()
}
