//! The comparison of two plans on its way out: as a paper for a cluster meeting, a table, a workbook, JSON or plain
//! words. What is filtered, what they do not share and what of their file was not usable is said in every form.

mod json;
mod paper;
mod table;
mod words;

pub use json::json;
pub use words::words;

pub(super) use paper::{build, nothing};
pub(super) use table::{rows, workbook};

use crate::model::compare::{
    Comparison, Filter, Joint, Kind, Pair, Part, Row, Side, Status, source_name, texts, whose,
};
use crate::model::printed::{capital, day};
use crate::model::text::count;

/// Two plans beside each other, as a report takes them.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// Our plan.
    pub mine: Side<'a>,
    /// Theirs.
    pub theirs: Side<'a>,
    /// What was worked out of them.
    pub comparison: &'a Comparison,
    /// Which rows are shown.
    pub filter: &'a Filter,
    /// What is to be said of their file: what was not shared, not usable, not ours.
    pub notes: &'a [String],
}

impl<'a> Compared<'a> {
    /// The rows that are shown, in order.
    fn shown(&self) -> Vec<&'a Row> {
        let searched = !self.filter.text.trim().is_empty();
        let words = if searched { texts(self.comparison, self.mine, self.theirs) } else { Vec::new() };
        let (places, _) = self.filter.rows(self.comparison, self.mine, self.theirs, &words);
        places.into_iter().filter_map(|place| self.comparison.rows.get(place)).collect()
    }

    /// Whose our plan is.
    fn us(&self) -> String {
        whose(self.mine, self.theirs, "our plan")
    }

    /// Whose theirs is.
    fn them(&self) -> String {
        whose(self.theirs, self.mine, "their plan")
    }

    /// "only what differs, under the theme Complaints"; blank where all is shown.
    fn filtered(&self) -> String {
        let mut only = Vec::new();
        match self.filter.status {
            Some(Status::Same) => only.push("only what is the same".to_owned()),
            Some(Status::Differs) => only.push("only what differs".to_owned()),
            Some(Status::OnlyMine) => only.push(format!("only what {} alone has", self.us())),
            Some(Status::OnlyTheirs) => only.push(format!("only what {} alone has", self.them())),
            None => {}
        }
        match self.filter.joint {
            Joint::Any => {}
            Joint::Joint => only.push("only rows with joint actions".to_owned()),
            Joint::Progress => only.push(format!("only rows where {} says more of a joint action", self.them())),
        }
        match self.filter.theme.as_deref() {
            None => {}
            Some("") => only.push("only rows under no theme".to_owned()),
            Some(theme) => only.push(format!("only the theme {theme}")),
        }
        if !self.filter.text.trim().is_empty() {
            only.push(format!("only rows that hold \"{}\"", self.filter.text.trim()));
        }
        only.join(", ")
    }

    /// How many recommendations stand how, in a sentence; of all, whatever is filtered.
    fn summary(&self) -> String {
        let of = |status| self.comparison.recommendations(status);
        format!(
            "Of {}: {} the same, {} different, {} only with {}, {} only with {}",
            count(Status::ALL.iter().map(|status| of(*status)).sum(), "recommendation"),
            of(Status::Same),
            of(Status::Differs),
            of(Status::OnlyMine),
            self.us(),
            of(Status::OnlyTheirs),
            self.them()
        )
    }

    /// Our plan and theirs, each with the date it is judged at.
    fn sides(&self) -> String {
        let of = |side: Side<'_>, name: String| {
            let dated = side.plan.info().as_at;
            // a plan's own date need not be said twice
            if dated == Some(side.as_at) { source_name(side.plan) } else { format!("{name} as at {}", day(side.as_at)) }
        };
        format!("{}; {}", of(self.mine, self.us()), of(self.theirs, self.them()))
    }

    /// The status of a row in words, with what differs.
    fn status(&self, row: &Row) -> String {
        match row.status {
            Status::Same => "Same".to_owned(),
            Status::Differs => format!("Differs: {}", row.differs.words()),
            Status::OnlyMine => format!("Only {}", self.us()),
            Status::OnlyTheirs => format!("Only {}", self.them()),
        }
    }

    /// The same of an action.
    fn pair_status(&self, pair: &Pair) -> String {
        let (us, them) = (self.us(), self.them());
        let status = match (pair.mine, pair.theirs) {
            (Some(_), None) => format!("only {us}"),
            (None, _) => format!("only {them}"),
            _ if pair.elsewhere => "at another place in one of the plans".to_owned(),
            _ if pair.differs.is_empty() => "the same".to_owned(),
            _ => format!("differs: {}", pair.differs.words()),
        };
        let what = if pair.joint { "Joint action" } else { "Action" };
        format!("{what}, {status}")
    }
}

/// What a kind of row is called.
fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Recommendation => "Recommendation",
        Kind::Responsibility => "Key responsibility",
        Kind::Alone => "Actions that stand alone",
    }
}

/// A part's words on one side: what is not shared is said, a blank is blank.
fn told(side: Side<'_>, part: Part, id: Option<crate::model::Id>) -> String {
    let Some(id) = id else { return String::new() };
    match side.told(part, id) {
        crate::model::compare::Told::NotShared => NOT_SHARED.to_owned(),
        other if matches!(part, Part::Acceptance | Part::State) => capital(other.text()),
        other => other.text().to_owned(),
    }
}

/// Stands for what a copy was made without.
const NOT_SHARED: &str = "(not shared)";
