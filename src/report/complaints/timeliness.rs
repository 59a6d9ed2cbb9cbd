//! How complaints were answered, and what came of them.

use super::Told;
use super::numbers::AnswersShown;
use crate::model::intelligence::{Answered, Unit};
use crate::model::signal::Source;
use crate::model::suppression::Shown;
use crate::report::paper::Block;
use crate::report::section::{Grid, GridColumn, Part, Section, quiet, strong, words};
use crate::report::status;

/// The most entries of learning that are printed; the others are counted.
const MOST: usize = 40;

/// A row of the tables: a provider, or all of them together.
pub(super) struct Line<'t> {
    pub(super) name: String,
    pub(super) shown: &'t AnswersShown,
    pub(super) answered: &'t Answered,
}

pub(super) fn lines<'t>(told: &'t Told<'_>) -> Vec<Line<'t>> {
    let of = |one: &'t crate::model::intelligence::Answers| {
        let shown = told.numbers.answers.get(&one.provider.id)?;
        Some(Line { name: one.provider.name.clone(), shown, answered: &one.answered })
    };
    let mut lines: Vec<Line<'t>> = told.timeliness.providers.iter().filter_map(of).collect();
    if let Some(shown) = &told.numbers.all {
        lines.push(Line { name: "All providers".to_owned(), shown, answered: &told.timeliness.all });
    }
    lines
}

impl Line<'_> {
    /// The share of those that can be judged that were answered in time. In what is published it is worked out from
    /// the published numbers, so that it says nothing beyond them.
    pub(super) fn percent_in_time(&self, internal: bool) -> Option<f64> {
        if internal {
            return self.answered.percent_in_time();
        }
        match (self.shown.in_time, self.shown.late) {
            (Shown::Number(in_time), Shown::Number(late)) if in_time + late > 0 => {
                Some((in_time as f64 * 100.0 / (in_time + late) as f64).round())
            }
            _ => None,
        }
    }

    pub(super) fn median(&self) -> Option<f64> {
        self.answered.median_days().filter(|_| !self.shown.few_closed)
    }

    /// The share in words: a number, hidden, or why there is none.
    fn percent_words(&self, internal: bool) -> String {
        match self.percent_in_time(internal) {
            Some(percent) => Unit::Percent.words(percent),
            None if self.answered.judged == 0 => "none to judge".to_owned(),
            None => Shown::Hidden.text(),
        }
    }

    fn days_words(&self, days: Option<f64>) -> String {
        match days {
            Some(days) => Unit::Count.words(days),
            None if self.answered.days.is_empty() => "none closed".to_owned(),
            None => Shown::Hidden.text(),
        }
    }
}

fn number(shown: Shown) -> Vec<Block> {
    vec![words(shown.text())]
}

pub(super) fn section(told: &Told<'_>) -> Section {
    let lines = lines(told);
    let title = "How complaints were answered";
    if lines.is_empty() {
        return Section::new(title, vec![Part::Words(vec![words(none(told))])]);
    }
    let about = format!(
        "Complaints received in the period, as they stood on {}. A complaint without a due date of its own is in time \
         within {} working days.",
        status::date(told.as_at),
        told.timeliness.answer_within
    );
    let mut columns = vec![GridColumn::words("Provider", 20)];
    let titles = [
        "Received",
        "Closed in time",
        "Closed late",
        "Closed, no date to judge by",
        "Open, in time",
        "Open and late",
        "Open, no date to judge by",
        "Share in time",
        "Median working days",
    ];
    columns.extend(titles.map(|title| GridColumn::numbers(title, 9)));
    if told.internal {
        columns.push(GridColumn::numbers("Longest", 8));
    }
    let rows = lines.iter().map(|line| {
        let shown = line.shown;
        let mut row = vec![vec![words(line.name.clone())]];
        let counts = [
            shown.received,
            shown.in_time,
            shown.late,
            shown.unjudged,
            shown.open,
            shown.open_late,
            shown.open_undated,
        ];
        row.extend(counts.map(number));
        row.push(vec![words(line.percent_words(told.internal))]);
        row.push(vec![words(line.days_words(line.median()))]);
        if told.internal {
            row.push(vec![words(line.days_words(line.answered.longest_days().map(f64::from)))]);
        }
        row
    });
    let grid = Grid { caption: String::new(), columns, rows: rows.collect() };
    let mut parts = vec![Part::Words(vec![words(about)]), Part::Grid(grid)];
    if !told.internal {
        let how = "The share is worked out from the numbers as they stand here. There is no row for all providers \
                   together, from which a hidden number could be worked out.";
        parts.push(Part::Words(vec![quiet(how)]));
    }
    Section::new(title, parts)
}

/// Why there is nothing to say of complaints: none came, or there were none.
fn none(told: &Told<'_>) -> String {
    let came = told.picture.providers.iter().any(|provider| {
        told.months().into_iter().any(|month| {
            told.of.coverage(provider.provider.id, Source::Complaint, month)
                == Some(crate::model::triangulation::ReceiptState::Received)
        })
    });
    let said = if came {
        "No complaint was received in the period."
    } else {
        "No data on complaints came for the period, so nothing can be said of how they were answered."
    };
    said.to_owned()
}

pub(super) fn outcomes(told: &Told<'_>) -> Section {
    let lines = lines(told);
    let title = "Outcomes and learning";
    if lines.is_empty() {
        return Section::new(title, vec![Part::Words(vec![words(none(told))])]);
    }
    let mut columns = vec![GridColumn::words("Provider", 22)];
    let titles = [
        "Upheld",
        "Upheld in part",
        "Not upheld",
        "Closed, outcome not said",
        "Say what was learnt",
        "Say what was made better",
        "Handling gives concern",
    ];
    columns.extend(titles.map(|title| GridColumn::numbers(title, 11)));
    let rows = lines.iter().map(|line| {
        let shown = line.shown;
        let counts = [
            shown.upheld,
            shown.partly,
            shown.not_upheld,
            shown.unsaid,
            shown.learning,
            shown.improvement,
            shown.handling,
        ];
        std::iter::once(vec![words(line.name.clone())]).chain(counts.map(number)).collect()
    });
    let grid = Grid { caption: String::new(), columns, rows: rows.collect() };
    let mut parts = vec![Part::Grid(grid)];
    if told.internal {
        parts.extend(learning(told));
    } else {
        let held_back = "What was learnt is told in words only in the report for internal use, as it may say who \
                         somebody is.";
        parts.push(Part::Words(vec![quiet(held_back)]));
    }
    Section::new(title, parts)
}

/// The entries of the period, in the words they came with.
fn learning(told: &Told<'_>) -> Vec<Part> {
    let tells =
        |held: &&crate::model::signal::Held| !held.signal.learning.is_empty() || !held.signal.improvement.is_empty();
    let all: Vec<_> = told.held.iter().filter(tells).collect();
    if all.is_empty() {
        return vec![Part::Words(vec![words("No signal of the period says what was learnt or made better.")])];
    }
    let rows = all.iter().take(MOST).map(|held| {
        let signal = &held.signal;
        let who = held.provider.map_or("No provider", |id| told.name(id));
        let what = if signal.subjects.is_empty() { "No subject".to_owned() } else { signal.subjects.join("; ") };
        vec![
            vec![strong(who), words(what), quiet(format!("{} {}", signal.source, signal.reference))],
            Block::of(&signal.learning).collect(),
            Block::of(&signal.improvement).collect(),
        ]
    });
    let columns = vec![
        GridColumn::words("Signal", 26),
        GridColumn::words("What was learnt", 37),
        GridColumn::words("What was made better", 37),
    ];
    let caption = "Learning and improvements, in the words they came with".to_owned();
    let mut parts = vec![Part::Grid(Grid { caption, columns, rows: rows.collect() })];
    if all.len() > MOST {
        let more = format!("The newest {MOST} of {} entries stand here; all are in the workbook.", all.len());
        parts.push(Part::Words(vec![quiet(more)]));
    }
    parts
}
