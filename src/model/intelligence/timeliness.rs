//! How long complaints take, and what becomes of them.

use super::tally::Sieve;
use super::view::View;
use super::{Intelligence, Named};
use crate::model::calendar::{add_working_days, working_days_between};
use crate::model::due::Month;
use crate::model::signal::{Fact, Outcome, Source};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What is told of complaints' timeliness for a view.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeliness {
    /// In how many working days an answer is expected where no due date is named.
    pub answer_within: i32,
    /// The date open and late are judged against.
    pub as_at: NaiveDate,
    /// Each provider of the view that any complaint came of.
    pub providers: Vec<Answers>,
    /// All of them together.
    pub all: Answered,
}

/// The complaints of one provider.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// Who.
    pub provider: Named,
    /// Their numbers.
    pub answered: Answered,
}

/// Numbers of complaints that were received in a period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answered {
    /// Received in the period.
    pub received: u64,
    /// Of those, closed by the date.
    pub closed: u64,
    /// Of the closed, those with a day received to judge them by, or a due date.
    pub judged: u64,
    /// Of the judged, closed in time.
    pub in_time: u64,
    /// Still open at the date.
    pub open: u64,
    /// Of the open, past their due date or the agreed limit.
    pub open_late: u64,
    /// Open, with neither a due date nor a day received to judge by.
    pub open_without_date: u64,
    /// Working days from received to closed, of each that has both, sorted.
    pub days: Vec<i32>,
    /// Upheld.
    pub upheld: u64,
    /// Upheld in part.
    pub partly_upheld: u64,
    /// Not upheld.
    pub not_upheld: u64,
    /// Closed, and nothing said of how.
    pub outcome_not_said: u64,
    /// Saying what was learnt.
    pub with_learning: u64,
    /// Saying what was made better.
    pub with_improvement: u64,
    /// Whose handling gives concern.
    pub handling_concerns: u64,
}

impl Answered {
    /// The share of the closed that were answered in time, 0 to 100; `None` where none can be judged.
    #[must_use]
    pub fn percent_in_time(&self) -> Option<f64> {
        (self.judged > 0).then(|| self.in_time as f64 * 100.0 / self.judged as f64)
    }

    /// The median of the working days, half a day between two; `None` without any.
    #[must_use]
    pub fn median_days(&self) -> Option<f64> {
        let middle = self.days.len() / 2;
        let upper = f64::from(*self.days.get(middle)?);
        Some(if self.days.len() % 2 == 1 { upper } else { f64::midpoint(f64::from(self.days[middle - 1]), upper) })
    }

    /// The longest.
    #[must_use]
    pub fn longest_days(&self) -> Option<i32> {
        self.days.last().copied()
    }

    fn add(&mut self, other: &Self) {
        self.received += other.received;
        self.closed += other.closed;
        self.judged += other.judged;
        self.in_time += other.in_time;
        self.open += other.open;
        self.open_late += other.open_late;
        self.open_without_date += other.open_without_date;
        self.days.extend(&other.days);
        self.upheld += other.upheld;
        self.partly_upheld += other.partly_upheld;
        self.not_upheld += other.not_upheld;
        self.outcome_not_said += other.outcome_not_said;
        self.with_learning += other.with_learning;
        self.with_improvement += other.with_improvement;
        self.handling_concerns += other.handling_concerns;
    }
}

/// Working days and deadlines, each pair of dates worked out once.
struct Days {
    within: i32,
    limits: BTreeMap<NaiveDate, NaiveDate>,
    between: BTreeMap<(NaiveDate, NaiveDate), i32>,
}

impl Days {
    /// The last day on which an answer is in time.
    fn limit(&mut self, fact: &Fact) -> Option<NaiveDate> {
        let within = self.within;
        fact.due.or_else(|| {
            let received = fact.received?;
            Some(*self.limits.entry(received).or_insert_with(|| add_working_days(received, within)))
        })
    }

    fn between(&mut self, from: NaiveDate, to: NaiveDate) -> i32 {
        *self.between.entry((from, to)).or_insert_with(|| working_days_between(from, to))
    }
}

impl Intelligence {
    /// How complaints that were received in the view's period were answered.
    #[must_use]
    pub fn timeliness(&self, view: &View) -> Timeliness {
        let wanted = self.providers_of(view);
        let sieve = Sieve::of(view, &self.facts);
        let mut days = Days { within: self.rules.answer_within, limits: BTreeMap::new(), between: BTreeMap::new() };
        let mut numbers: BTreeMap<usize, Answered> = BTreeMap::new();
        for fact in self.facts.signals.iter().filter(|fact| fact.source == Source::Complaint && sieve.takes(fact)) {
            let provider = self.fact_providers.get(fact.provider as usize).copied().flatten();
            let Some(provider) = provider.filter(|provider| wanted.contains(provider)) else { continue };
            if in_period(fact.month, view) {
                take(numbers.entry(provider).or_default(), fact, self.rules.as_at, &mut days);
            }
        }
        let mut all = Answered::default();
        let mut providers = Vec::new();
        for (provider, mut answered) in numbers {
            answered.days.sort_unstable();
            all.add(&answered);
            providers.push(Answers { provider: self.providers[provider].clone(), answered });
        }
        all.days.sort_unstable();
        Timeliness { answer_within: self.rules.answer_within, as_at: self.rules.as_at, providers, all }
    }
}

fn in_period(month: Option<Month>, view: &View) -> bool {
    month.is_some_and(|month| (view.from..=view.to).contains(&month))
}

fn take(into: &mut Answered, fact: &Fact, as_at: NaiveDate, days: &mut Days) {
    into.received += 1;
    into.with_learning += u64::from(fact.has_learning);
    into.with_improvement += u64::from(fact.has_improvement);
    into.handling_concerns += u64::from(fact.handling_concern == Some(true));
    let limit = days.limit(fact);
    match fact.outcome {
        Some(Outcome::Upheld) => into.upheld += 1,
        Some(Outcome::PartlyUpheld) => into.partly_upheld += 1,
        Some(Outcome::NotUpheld) => into.not_upheld += 1,
        None => {}
    }
    // one that was closed after the date was open on it
    let Some(closed) = fact.closed.filter(|closed| *closed <= as_at) else {
        into.open += 1;
        match limit {
            Some(limit) => into.open_late += u64::from(limit < as_at),
            None => into.open_without_date += 1,
        }
        return;
    };
    into.closed += 1;
    into.outcome_not_said += u64::from(fact.outcome.is_none());
    if let Some(limit) = limit {
        into.judged += 1;
        into.in_time += u64::from(closed <= limit);
    }
    if let Some(received) = fact.received.filter(|received| *received <= closed) {
        into.days.push(days.between(received, closed));
    }
}
