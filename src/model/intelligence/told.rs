//! What the sources say together, in plain words: in the window, the report and the verb alike.

use super::cells::MatrixCell;
use super::periods;
use super::view::ThemeKey;
use crate::model::due::Month;
use crate::model::signal::Source;
use crate::model::triangulation::{Finding, ReceiptState, Verdict};
use crate::model::{Id, NotedFinding};
use chrono::NaiveDate;

/// A verdict with whom and what it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The provider.
    pub provider: Id,
    /// The theme.
    pub theme: ThemeKey,
    /// The period's first month.
    pub from: Month,
    /// Its last month.
    pub to: Month,
    /// What the sources say.
    pub finding: Finding<Source>,
    /// Of those with an adverse signal: the ones whose items were judged, rather than a chart.
    pub by_items: Vec<Source>,
    /// Of those that were not received: the ones that nobody asked for.
    pub never_asked: Vec<Source>,
}

impl Found {
    pub(super) fn of(cells: &[MatrixCell], finding: Finding<Source>, (from, to): (Month, Month)) -> Option<Self> {
        let first = cells.first()?;
        let by_items = |cell: &&MatrixCell| cell.adverse_items > 0 && cell.telling().next().is_none();
        let by_items: Vec<Source> = cells.iter().filter(by_items).map(|cell| cell.source).collect();
        let nobody_asked =
            |cell: &&MatrixCell| cell.covered.receipt == ReceiptState::NeverAsked && !cell.covered.has_data();
        let never_asked = cells.iter().filter(nobody_asked).map(|cell| cell.source);
        let never_asked = never_asked.filter(|source| finding.missing.contains(source)).collect();
        Some(Self { provider: first.provider, theme: first.theme, from, to, finding, by_items, never_asked })
    }

    /// The verdict.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.finding.verdict
    }

    /// The sources that the verdict rests on: those with a signal, and those that moved beside them.
    #[must_use]
    pub fn sources(&self) -> Vec<Source> {
        let mut sources = [self.finding.adverse.as_slice(), &self.finding.beside].concat();
        sources.sort_unstable();
        sources
    }

    /// The same to be noted, with the verdict as it is now; what the person makes of it is still blank.
    #[must_use]
    pub fn noted(&self, id: Id, date: NaiveDate) -> NotedFinding {
        let sources: Vec<&str> = self.sources().iter().map(|source| source.word()).collect();
        NotedFinding {
            id,
            provider: Some(self.provider),
            theme: self.theme.id(),
            from: Some(self.from),
            to: Some(self.to),
            verdict: self.verdict().word().to_owned(),
            sources: sources.join("\n"),
            judgement: String::new(),
            date: Some(date),
        }
    }

    /// "Complaints, incidents and GP alerts each show a special cause in the adverse direction. Healthwatch reports
    /// were not received for the whole period."
    #[must_use]
    pub fn words(&self) -> String {
        let Finding { adverse, beside, missing, unclear, received, .. } = &self.finding;
        let (items, charts): (Vec<Source>, Vec<Source>) = adverse.iter().partition(|one| self.by_items.contains(one));
        let mut said = Vec::new();
        match charts.len() {
            0 => {}
            1 => said.push(format!("{} show a special cause in the adverse direction.", named(&charts))),
            _ => said.push(format!("{} each show a special cause in the adverse direction.", named(&charts))),
        }
        if !items.is_empty() {
            said.push(format!("{} have an item that was judged adverse.", named(&items)));
        }
        if !beside.is_empty() {
            said.push(format!("{} moved beside that; by themselves they would say nothing.", named(beside)));
        }
        if said.is_empty() {
            said.push(self.quiet_words());
        } else if self.finding.verdict == Verdict::SingleSource && adverse.len() > 1 {
            said.push("They are one type of source.".to_owned());
        }
        let (never, late): (Vec<Source>, Vec<Source>) = missing.iter().partition(|one| self.never_asked.contains(one));
        if !late.is_empty() {
            said.push(format!("{} were not received for the whole period.", named(&late)));
        }
        if !never.is_empty() {
            said.push(format!("{} were never asked for.", named(&never)));
        }
        if !unclear.is_empty() && self.finding.verdict != Verdict::TooFew {
            said.push(format!("{} are too few or not judged, and say nothing.", named(unclear)));
        }
        if self.finding.is_blind && self.finding.verdict != Verdict::Blind {
            let all = received.len() + missing.len();
            said.push(format!("Only {} of {all} sources that cover the theme were received.", received.len()));
        }
        said.join(" ")
    }

    fn quiet_words(&self) -> String {
        let Finding { received, missing, .. } = &self.finding;
        match self.finding.verdict {
            Verdict::Blind if received.len() + missing.len() == 0 => "No source covers this.".to_owned(),
            Verdict::Blind => format!(
                "It cannot be told: {} of {} sources that cover this were received for the whole period.",
                received.len(),
                received.len() + missing.len()
            ),
            Verdict::TooFew => "What was received is too little, or nobody has judged it, to tell anything.".to_owned(),
            _ => "Nothing adverse in what was received. That is not the same as good.".to_owned(),
        }
    }

    /// With provider, theme and period before it: "Northmoor Hospitals, staffing levels, May 2013: corroborated. …"
    #[must_use]
    pub fn full_words(&self, provider: &str, theme: &str) -> String {
        let period = periods::words(self.from, self.to);
        format!("{provider}, {}, {period}: {}. {}", lower_first(theme), self.finding.verdict.word(), self.words())
    }
}

/// Sources at the beginning of a sentence: "Complaints, incidents and GP alerts".
#[must_use]
pub fn named(sources: &[Source]) -> String {
    let words: Vec<&str> = sources.iter().map(|source| source.several()).collect();
    let text = match words.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    };
    upper_first(&text)
}

/// Makes the first letter a capital.
#[must_use]
pub fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Makes the first letter small, unless the word is an abbreviation.
#[must_use]
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    let second = letters.next();
    if second.is_some_and(|second| second.is_uppercase()) {
        return text.to_owned();
    }
    let rest = second.into_iter().chain(letters);
    first.map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect())
}
