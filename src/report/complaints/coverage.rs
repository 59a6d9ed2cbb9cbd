//! What came: each provider's sources, month by month.

use super::Told;
use crate::model::Id;
use crate::model::signal::Source;
use crate::model::text::count;
use crate::model::triangulation::ReceiptState;
use crate::report::paper::{Block, Mark, Run, State, Tone};
use crate::report::section::{Grid, GridColumn, Part, Section, quiet, words};

/// The most sources beside each other in one table.
pub(super) const ABREAST: usize = 8;

/// What came of a source for the months of the period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Came {
    pub(super) months: usize,
    pub(super) received: usize,
    pub(super) late: usize,
    pub(super) expected: usize,
    pub(super) never: usize,
    pub(super) not_applicable: usize,
    /// Months that are ahead of the date.
    pub(super) ahead: usize,
}

impl Came {
    pub(super) fn of(told: &Told<'_>, provider: Id, source: Source) -> Self {
        let mut came = Self::default();
        for month in told.months() {
            came.months += 1;
            let into = match told.of.coverage(provider, source, month) {
                Some(ReceiptState::Received) => &mut came.received,
                Some(ReceiptState::Late) => &mut came.late,
                Some(ReceiptState::Expected) => &mut came.expected,
                Some(ReceiptState::NeverAsked) => &mut came.never,
                Some(ReceiptState::NotApplicable) => &mut came.not_applicable,
                None => &mut came.ahead,
            };
            *into += 1;
        }
        came
    }

    /// The months in which there should be data.
    fn wanted(&self) -> usize {
        self.months - self.not_applicable
    }

    /// The parts in words: "received 2 of 3 months", "1 late".
    pub(super) fn words(&self) -> Vec<String> {
        let all = |count: usize| count == self.months && count > 0;
        if all(self.never) || all(self.not_applicable) || all(self.ahead) {
            let word = match () {
                () if all(self.never) => ReceiptState::NeverAsked.word(),
                () if all(self.not_applicable) => ReceiptState::NotApplicable.word(),
                () => "not begun yet",
            };
            return vec![word.to_owned()];
        }
        let mut parts = vec![format!("received {} of {}", self.received, count(self.wanted(), "month"))];
        let states = [
            (self.late, "late"),
            (self.expected, "expected"),
            (self.never, "never asked"),
            (self.not_applicable, "not applicable"),
            (self.ahead, "not begun yet"),
        ];
        parts.extend(states.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")));
        parts
    }

    fn state(&self) -> State {
        let (mark, tone, word) = match () {
            () if self.received > 0 && self.received == self.wanted() => (Mark::Dot, Tone::Good, "Received"),
            () if self.received > 0 => (Mark::Half, Tone::Watch, "In part"),
            () if self.late > 0 => (Mark::Triangle, Tone::Bad, "Late"),
            () if self.expected > 0 => (Mark::Clock, Tone::Active, "Expected"),
            () if self.never > 0 => (Mark::Circle, Tone::Plain, "Never asked"),
            () if self.not_applicable > 0 => (Mark::Dash, Tone::Plain, "Not applicable"),
            () => (Mark::Clock, Tone::Plain, "Not begun yet"),
        };
        State { mark, tone, word: word.to_owned() }
    }

    fn cell(&self) -> Vec<Block> {
        let state = self.state();
        let words = self.words().join(", ");
        let says_it = words.eq_ignore_ascii_case(&state.word);
        let mut cell = vec![Block::paragraph(vec![Run::State(state)])];
        if !says_it {
            let words = words.strip_prefix("received ").unwrap_or(&words).to_owned();
            cell.push(quiet(words));
        }
        cell
    }
}

pub(super) fn section(told: &Told<'_>) -> Section {
    let mut parts = vec![Part::Words(vec![words(
        "What the providers sent for the period, before anything is said of what is in it. A month that did not come \
         is no data; it is nowhere counted as none.",
    )])];
    for sources in told.picture.sources.chunks(ABREAST) {
        let mut columns = vec![GridColumn::words("Provider", 16)];
        columns.extend(
            sources.iter().map(|source| GridColumn::words(crate::model::intelligence::upper_first(source.word()), 11)),
        );
        let row = |provider: &crate::model::intelligence::ProviderPicture| {
            let id = provider.provider.id;
            let cells = sources.iter().map(|source| Came::of(told, id, *source).cell());
            std::iter::once(vec![words(provider.provider.name.clone())]).chain(cells).collect()
        };
        let rows = told.picture.providers.iter().map(row).collect();
        parts.push(Part::Grid(Grid { caption: "Months received, by provider and source".to_owned(), columns, rows }));
    }
    let others: Vec<Source> =
        Source::ALL.iter().copied().filter(|source| !told.picture.sources.contains(source)).collect();
    if !others.is_empty() {
        let names: Vec<String> = others.iter().map(|source| source.several().to_owned()).collect();
        let said = format!(
            "Nothing is known of these sources, and none of these providers was asked for them: {}.",
            names.join(", ")
        );
        parts.push(Part::Words(vec![quiet(said)]));
    }
    Section::new("What was received", parts)
}
