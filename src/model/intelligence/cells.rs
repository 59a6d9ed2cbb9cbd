//! A cell of the matrix: one provider, theme and source in a period.

use super::lines::{Counting, Line, Signalling};
use super::view::{ThemeKey, Unit};
use crate::model::Id;
use crate::model::signal::{Scoring, Source};
use crate::model::triangulation::{Cell, Covered, Given, Reading};
use crate::model::xmr::Judgement;

/// One provider, theme and source in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixCell {
    /// Whose.
    pub provider: Id,
    /// The row.
    pub theme: ThemeKey,
    /// The column.
    pub source: Source,
    /// What was counted in the months that came; `None` where nothing came, or a score is no count. A zero is one.
    pub count: Option<u64>,
    /// The number to show, in [`MatrixCell::unit`]; `None` where nothing came, or nobody answered.
    pub value: Option<f64>,
    /// What the number is.
    pub unit: Unit,
    /// What the number was worked out from: things or good answers, and activity or answers. `None` without a base.
    pub of: Option<(f64, f64)>,
    /// What came.
    pub covered: Covered,
    /// What stands in the cell: a number, or why there is none.
    pub cell: Cell,
    /// What the data say; `None` where nothing came.
    pub reading: Option<Reading>,
    /// The months of the period that are special causes, of whatever direction.
    pub signalling: Vec<Signalling>,
    /// Items judged adverse, of a source that comes item by item.
    pub adverse_items: u64,
    /// Items that nobody has judged.
    pub unjudged_items: u64,
    /// The scoring rule of the number.
    pub scoring: Option<Scoring>,
    /// What is measured, where that is one thing.
    pub what: String,
}

impl MatrixCell {
    /// What stands in the cell: "12", "3.4 per 1,000", "87.5%", "no data", "not asked".
    #[must_use]
    pub fn shown(&self) -> String {
        match (self.cell.words(), self.value) {
            (Some(words), _) => words.to_owned(),
            (None, Some(value)) => self.unit.words(value),
            (None, None) => "no number".to_owned(),
        }
    }

    /// The word for what its data say, for JSON and text: "adverse", "no signal"; `None` where nothing came.
    #[must_use]
    pub fn signal(&self) -> Option<&'static str> {
        self.reading.map(Reading::word)
    }

    /// The months that say it, as far as they agree with the reading.
    pub fn telling(&self) -> impl Iterator<Item = &Signalling> {
        let wanted = match self.reading {
            Some(Reading::Adverse) => Some(Judgement::Concern),
            Some(Reading::Moved) => Some(Judgement::Neutral),
            Some(Reading::Better) => Some(Judgement::Improvement),
            _ => None,
        };
        self.signalling.iter().filter(move |one| Some(one.judgement) == wanted)
    }

    /// The cell in a sentence, for who cannot see marks.
    #[must_use]
    pub fn words(&self, theme: &str) -> String {
        let source = self.source.word();
        let mut words = format!("{theme}, {source}: {}", self.shown());
        if let Cell::Data { part: true, .. } = self.cell {
            words.push_str(&format!(", {} of {} months received", self.covered.received, self.covered.of));
        }
        if let Some(reading) = self.reading {
            words.push_str(&format!(", {}", reading.word()));
        }
        for one in self.telling() {
            let side = one.toward.word().map(|side| format!(", {side}")).unwrap_or_default();
            words.push_str(&format!("; {} {}{side}", one.month.label(), one.label.word()));
        }
        if self.adverse_items > 0 {
            words.push_str(&format!("; {} judged adverse", self.adverse_items));
        }
        if self.unjudged_items > 0 {
            words.push_str(&format!("; {} not judged", self.unjudged_items));
        }
        words
    }
}

/// Items of a period.
#[derive(Default)]
struct Items {
    count: u64,
    adverse: u64,
    unjudged: u64,
    any_month: bool,
}

impl Counting<'_> {
    /// A cell, and what it gives to the finding of its row.
    pub(super) fn cell(
        &self,
        provider: usize,
        source: Source,
        theme: usize,
        covered: Covered,
    ) -> (MatrixCell, Vec<Given<Source>>) {
        let covers_theme = self.covers(source, theme);
        let given = |reading| Given { source, covers_theme, covered, reading };
        let mut cell = MatrixCell {
            provider: self.on.providers[provider].id,
            theme: self.on.themes.names[theme].key,
            source,
            count: None,
            value: None,
            unit: Unit::Count,
            of: None,
            covered,
            cell: given(Reading::Unclear).cell(),
            reading: None,
            signalling: Vec::new(),
            adverse_items: 0,
            unjudged_items: 0,
            scoring: None,
            what: String::new(),
        };
        if !matches!(cell.cell, Cell::Data { .. }) {
            return (cell, vec![given(Reading::Unclear)]);
        }
        let readings = if source.is_item_by_item() {
            vec![self.read_items(&mut cell, provider, source, theme)]
        } else {
            self.read_lines(&mut cell, provider, source, theme)
        };
        let reading = readings.iter().min().copied().unwrap_or(Reading::Unclear);
        cell.reading = Some(reading);
        cell.cell = given(reading).cell();
        (cell, readings.into_iter().map(given).collect())
    }

    fn read_items(&self, cell: &mut MatrixCell, provider: usize, source: Source, theme: usize) -> Reading {
        let items = self.items(provider, source, theme);
        if items.any_month {
            cell.count = Some(items.count);
            cell.value = Some(items.count as f64);
        }
        (cell.adverse_items, cell.unjudged_items) = (items.adverse, items.unjudged);
        Reading::of_items(size(items.adverse), size(items.unjudged))
    }

    /// The items of the period, in months that came.
    fn items(&self, provider: usize, source: Source, theme: usize) -> Items {
        let (adverse, unjudged) = self.tally.judged(provider, source, theme);
        let mut items = Items::default();
        for place in self.on.axis.places(self.view.from, self.view.to) {
            let Some(count) = self.count(provider, source, theme, place) else { continue };
            let of = |counts: &[u32]| u64::from(counts.get(place).copied().unwrap_or(0));
            items.any_month = true;
            items.count += count;
            items.adverse += of(adverse);
            // what somebody else counted was not judged either
            items.unjudged += if self.on.is_counted_elsewhere(provider, source, place) { count } else { of(unjudged) };
        }
        items
    }

    fn read_lines(&self, cell: &mut MatrixCell, provider: usize, source: Source, theme: usize) -> Vec<Reading> {
        let mut readings = Vec::new();
        let lines = self.lines(provider, source, theme);
        let mut shown: Option<(Reading, Vec<Signalling>, &Line)> = None;
        for line in &lines {
            let (reading, signalling) = match self.chart(provider, source, theme, line) {
                Some((chart, _)) => self.read(line, &chart),
                None => (Reading::Unclear, Vec::new()),
            };
            readings.push(reading);
            // of several scores that cannot be pooled the one that says most is shown
            if shown.as_ref().is_none_or(|(held, ..)| reading < *held) {
                shown = Some((reading, signalling, line));
            }
        }
        if let Some((_, signalling, line)) = shown {
            self.sum_up(cell, line);
            cell.signalling = signalling;
        }
        if source.is_measured() {
            let items = self.items_of_measured(provider, source, theme);
            if items.count > 0 {
                (cell.adverse_items, cell.unjudged_items) = (items.adverse, items.unjudged);
                readings.push(Reading::of_items(size(items.adverse), size(items.unjudged)));
                if lines.is_empty() {
                    cell.count = Some(items.count);
                    cell.value = Some(items.count as f64);
                }
            }
        }
        readings
    }

    /// What was written down item by item of a source that is measured: a comment of a survey.
    fn items_of_measured(&self, provider: usize, source: Source, theme: usize) -> Items {
        let (adverse, unjudged) = self.tally.judged(provider, source, theme);
        let counts = self.tally.months(provider, source, theme);
        let mut items = Items::default();
        for place in self.on.axis.places(self.view.from, self.view.to) {
            let of = |counts: &[u32]| u64::from(counts.get(place).copied().unwrap_or(0));
            if self.on.receipts.is_received(provider, source, place) {
                items.count += of(counts);
                items.adverse += of(adverse);
                items.unjudged += of(unjudged);
            }
        }
        items
    }

    /// The number of a line for the period.
    fn sum_up(&self, cell: &mut MatrixCell, line: &Line) {
        cell.unit = line.unit;
        cell.scoring = line.scoring;
        cell.what.clone_from(&line.name);
        let dots = &line.dots[self.inside(line)];
        // a quarter that only begins or ends in the period is no count of it
        let whole = |month: crate::model::due::Month| {
            let last = month.plus(i32::try_from(line.span.max(1) - 1).unwrap_or(0));
            month >= self.view.from && last <= self.view.to
        };
        let is_count = matches!(line.unit, Unit::Count | Unit::PerThousand);
        if dots.is_empty() || (is_count && !dots.iter().all(|dot| whole(dot.month))) {
            return;
        }
        let sum: f64 = dots.iter().map(|dot| dot.sum.0).sum();
        let base: f64 = dots.iter().map(|dot| dot.sum.1).sum();
        cell.of = (base > 0.0).then_some((sum, base));
        cell.count = is_count.then(|| sum.round().max(0.0) as u64);
        cell.value = Some(match line.unit {
            Unit::Count => sum,
            Unit::PerThousand => sum / base * 1000.0,
            Unit::Percent | Unit::Score if base > 0.0 => sum / base * 100.0,
            Unit::Percent | Unit::Score => sum / dots.len() as f64,
        });
    }
}

fn size(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
