//! Every count of the report as it is printed, settled for all of its tables and charts together.

use super::series::Charted;
use super::share;
use crate::model::Id;
use crate::model::due::Month;
use crate::model::intelligence::{Answered, MatrixCell, Picture, ThemeKey, Timeliness, Unit};
use crate::model::signal::Source;
use crate::model::suppression::Shown;
use crate::model::suppression::sums::{Number, Role, Sums};
use crate::model::triangulation::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// Which cell, or which series.
pub(super) type Key = (Id, ThemeKey, Source);

/// The parts that received complaints fall into, each in one of them.
#[derive(Debug, Clone)]
pub(super) struct AnswersShown {
    pub(super) received: Shown,
    pub(super) in_time: Shown,
    pub(super) late: Shown,
    /// Closed, with nothing to judge them by.
    pub(super) unjudged: Shown,
    pub(super) open: Shown,
    pub(super) open_late: Shown,
    /// Open, with nothing to judge them by.
    pub(super) open_undated: Shown,
    pub(super) upheld: Shown,
    pub(super) partly: Shown,
    pub(super) not_upheld: Shown,
    pub(super) unsaid: Shown,
    pub(super) learning: Shown,
    pub(super) improvement: Shown,
    pub(super) handling: Shown,
    /// Whether so few were closed that nothing is said of how long they took.
    pub(super) few_closed: bool,
}

/// The counts of a report.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbers {
    internal: bool,
    cells: BTreeMap<Key, Shown>,
    pub(super) answers: BTreeMap<Id, AnswersShown>,
    /// All providers together, in a report that is not published.
    pub(super) all: Option<AnswersShown>,
    drawn: BTreeSet<Key>,
}

impl Numbers {
    pub(super) fn of(picture: &Picture, timeliness: &Timeliness, charts: &[Charted], internal: bool) -> Self {
        let mut numbers = Self { internal, ..Self::default() };
        let months = (picture.view.from, picture.view.to);
        for provider in &picture.providers {
            let id = provider.provider.id;
            for (place, source) in picture.sources.iter().enumerate() {
                let cells = provider.rows.iter().filter_map(|row| row.cells.get(place));
                let counts: Vec<(ThemeKey, u64)> =
                    cells.filter_map(|cell| Some((cell.theme, counted(cell)?))).collect();
                let own = charts.iter().filter(|chart| chart.provider == id && chart.source == *source);
                let own: Vec<&Charted> = own.filter(|chart| chart.unit == Unit::Count).collect();
                let answered = timeliness.providers.iter().find(|one| one.provider.id == id);
                let answered = answered.filter(|_| *source == Source::Complaint).map(|one| &one.answered);
                numbers.settle((id, *source), &counts, &own, answered, months);
            }
        }
        for one in &timeliness.providers {
            // complaints of months that were marked as not received are in no column of the matrix
            numbers.answers.entry(one.provider.id).or_insert_with(|| {
                let mut sums = Sums::new();
                let made = answers(&mut sums, &one.answered, None);
                finished(sums, &one.answered, &made, internal)
            });
        }
        numbers.all = (internal && timeliness.providers.len() > 1).then(|| {
            let mut sums = Sums::new();
            let made = answers(&mut sums, &timeliness.all, None);
            finished(sums, &timeliness.all, &made, true)
        });
        numbers
    }

    /// Settles all counts of one provider's source.
    fn settle(
        &mut self,
        (id, source): (Id, Source),
        counts: &[(ThemeKey, u64)],
        charts: &[&Charted],
        answered: Option<&Answered>,
        period: (Month, Month),
    ) {
        let mut sums = Sums::new();
        let mut of: BTreeMap<ThemeKey, Number> = BTreeMap::new();
        for (theme, count) in counts {
            let is_total = *theme == ThemeKey::All;
            // the total of a source is printed where it is told how complaints were answered
            let printed = answered.is_some_and(|answered| answered.received == *count);
            let role = match (is_total, printed) {
                (false, _) => Role::Cell,
                (true, true) => Role::Total,
                (true, false) => Role::Unprinted,
            };
            of.insert(*theme, sums.add(*count, role));
        }
        let themes: Vec<Number> =
            of.iter().filter(|(theme, _)| **theme != ThemeKey::All).map(|(_, one)| *one).collect();
        let total = of.get(&ThemeKey::All).copied();
        if let Some(total) = total {
            sums.adds_up(total, &themes);
        }
        let drawable: Vec<(usize, &&Charted)> =
            charts.iter().enumerate().filter(|(_, chart)| may_be_drawn(chart)).collect();
        let mut with_months = BTreeSet::new();
        for (place, chart) in &drawable {
            let months: Vec<Number> =
                values_in(chart, period).map(|count| sums.add(count, Role::Drawn(*place))).collect();
            if !months.is_empty() {
                with_months.insert(*place);
            }
            if let Some(whole) = of.get(&chart.theme) {
                sums.adds_up(*whole, &months);
            }
        }
        let total = total.filter(|_| {
            let count = counts.iter().find(|(theme, _)| *theme == ThemeKey::All).map(|(_, count)| *count);
            answered.is_some_and(|answered| Some(answered.received) == count)
        });
        let made = answered.map(|answered| answers(&mut sums, answered, total));
        if !self.internal {
            sums.guard();
        }
        for (theme, number) in &of {
            let count = counts.iter().find(|(key, _)| key == theme).map_or(0, |(_, count)| *count);
            let shown = if self.internal { Shown::Number(count) } else { sums.shown(*number) };
            self.cells.insert((id, *theme, source), shown);
        }
        for (place, chart) in drawable {
            let still = sums.is_drawn(place) || !with_months.contains(&place);
            let hidden = of.get(&chart.theme).is_some_and(|number| sums.shown(*number) == Shown::Hidden);
            if still && !hidden {
                self.drawn.insert((id, chart.theme, source));
            }
        }
        if let (Some(answered), Some(made)) = (answered, made) {
            self.answers.insert(id, shown_answers(&sums, answered, &made, self.internal));
        }
    }

    /// Whether a series is drawn rather than told in words.
    pub(super) fn is_drawn(&self, chart: &Charted) -> bool {
        if self.internal {
            return true;
        }
        if chart.unit == Unit::Count {
            return self.drawn.contains(&(chart.provider, chart.theme, chart.source));
        }
        let points = chart.series.points.iter().zip(&chart.of);
        points.into_iter().all(|(point, of)| share::published(chart.unit, point.value, *of).is_some())
    }

    /// What stands in a cell of the matrix: a number, or why there is none. Never a zero for what did not come.
    pub(super) fn words(&self, cell: &MatrixCell) -> String {
        if let Some(words) = cell.cell.words() {
            return words.to_owned();
        }
        if counted(cell).is_some() {
            let shown = self.cells.get(&(cell.provider, cell.theme, cell.source));
            return shown.map_or_else(|| Shown::Hidden.text(), |shown| shown.text());
        }
        match cell.value {
            None => "no number".to_owned(),
            Some(value) if self.internal => cell.unit.words(value),
            Some(value) => match share::published(cell.unit, value, cell.of) {
                Some(value) => cell.unit.words(value),
                None => Shown::Hidden.text(),
            },
        }
    }
}

/// The count of a cell, where it is one.
fn counted(cell: &MatrixCell) -> Option<u64> {
    let has_data = matches!(cell.cell, Cell::Data { .. });
    cell.count.filter(|_| has_data && cell.unit == Unit::Count)
}

/// A value of a chart of counts.
pub(super) fn whole(value: f64) -> u64 {
    value.round().max(0.0) as u64
}

fn may_be_drawn(chart: &Charted) -> bool {
    let counts = chart.series.points.iter().map(|point| whole(point.value));
    let mean_is_small = |mean: f64| crate::model::suppression::SMALL.contains(&whole(mean));
    crate::model::suppression::may_be_drawn(counts) && !chart.xmr.groups.iter().any(|group| mean_is_small(group.mean))
}

/// The values of the period.
fn values_in(chart: &Charted, (from, to): (Month, Month)) -> impl Iterator<Item = u64> {
    let within = move |month: Month| month >= from && month <= to;
    chart.series.points.iter().filter(move |point| point.month.is_some_and(within)).map(|point| whole(point.value))
}

/// The counts of answers, in the order of [`shown_answers`].
struct Made {
    received: Number,
    parts: Vec<(Number, u64)>,
    outcomes: Vec<(Number, u64)>,
    subsets: Vec<(Number, u64)>,
}

fn answers(sums: &mut Sums, answered: &Answered, total: Option<Number>) -> Made {
    let received = total.unwrap_or_else(|| sums.add(answered.received, Role::Total));
    let mut cells = |counts: &[u64]| -> Vec<(Number, u64)> {
        counts.iter().map(|count| (sums.add(*count, Role::Cell), *count)).collect()
    };
    let open = answered.open.saturating_sub(answered.open_late + answered.open_without_date);
    let parts = cells(&[
        answered.in_time,
        answered.judged.saturating_sub(answered.in_time),
        answered.closed.saturating_sub(answered.judged),
        open,
        answered.open_late,
        answered.open_without_date,
    ]);
    let outcomes = cells(&[answered.upheld, answered.partly_upheld, answered.not_upheld, answered.outcome_not_said]);
    let subsets = cells(&[answered.with_learning, answered.with_improvement, answered.handling_concerns]);
    let numbers = |list: &[(Number, u64)]| list.iter().map(|(number, _)| *number).collect::<Vec<_>>();
    // not printed, but a reader can add up what is
    let closed = sums.add(answered.closed, Role::Unprinted);
    let open = sums.add(answered.open, Role::Unprinted);
    sums.adds_up(closed, &numbers(&parts[..3]));
    sums.adds_up(open, &numbers(&parts[3..]));
    sums.adds_up(closed, &numbers(&outcomes));
    sums.adds_up(received, &[closed, open]);
    Made { received, parts, outcomes, subsets }
}

fn finished(mut sums: Sums, answered: &Answered, made: &Made, internal: bool) -> AnswersShown {
    if !internal {
        sums.guard();
    }
    shown_answers(&sums, answered, made, internal)
}

fn shown_answers(sums: &Sums, answered: &Answered, made: &Made, internal: bool) -> AnswersShown {
    let of = |number: Number, count: u64| if internal { Shown::Number(count) } else { sums.shown(number) };
    let at = |list: &[(Number, u64)], place: usize| list.get(place).map_or(Shown::Hidden, |one| of(one.0, one.1));
    AnswersShown {
        received: of(made.received, answered.received),
        in_time: at(&made.parts, 0),
        late: at(&made.parts, 1),
        unjudged: at(&made.parts, 2),
        open: at(&made.parts, 3),
        open_late: at(&made.parts, 4),
        open_undated: at(&made.parts, 5),
        upheld: at(&made.outcomes, 0),
        partly: at(&made.outcomes, 1),
        not_upheld: at(&made.outcomes, 2),
        unsaid: at(&made.outcomes, 3),
        learning: at(&made.subsets, 0),
        improvement: at(&made.subsets, 1),
        handling: at(&made.subsets, 2),
        few_closed: !internal && answered.days.len() <= 7,
    }
}
