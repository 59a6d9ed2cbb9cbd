//! Gaps with what a person said to them, and where each stands in words.

use super::{Gap, Rule, gaps};
use crate::model::compare::Withheld;
use crate::model::{Entity, GapAnswer, Index, Plan, text};
use chrono::NaiveDate;

/// A gap, and what was said to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The gap.
    pub gap: Gap,
    /// Why a person says that it is none; `None` while it is open.
    pub answer: Option<GapAnswer>,
}

/// The gaps of a plan as at a date, each with its answer; in the order of [`gaps`]. What a shared copy was made without
/// is not known and not asked about.
#[must_use]
pub fn asked(plan: &Plan, index: &Index, as_at: NaiveDate, withheld: &Withheld) -> Vec<Asked> {
    let id = plan.id();
    let answered = |gap: Gap| {
        // most plans have no answer: then no id need be worked out
        let none = plan.gap_answers.is_empty();
        let answer = if none { None } else { plan.gap_answers.get(&gap.answer_id(id)).cloned() };
        Asked { gap, answer }
    };
    let known = |gap: &Gap| !needed(gap.rule).iter().any(|(entity, field)| withheld.hides(*entity, field));
    gaps(plan, index, as_at).into_iter().filter(known).map(answered).collect()
}

/// What a rule must be able to see: without it what is left out would look blank.
fn needed(rule: Rule) -> &'static [(Entity, &'static str)] {
    const POSITIONS: (Entity, &str) = (Entity::Position, "text");
    const ACTIONS: (Entity, &str) = (Entity::Action, "text");
    const LINKS: (Entity, &str) = (Entity::Link, "action");
    const EVIDENCE: (Entity, &str) = (Entity::Evidence, "text");
    match rule {
        Rule::NoAction | Rule::Promise | Rule::Unlinked | Rule::Need => &[POSITIONS, ACTIONS, LINKS],
        Rule::NoPosition | Rule::Repeated | Rule::Reference => &[POSITIONS],
        Rule::NoEvidence | Rule::OldEvidence | Rule::Yearly => {
            &[POSITIONS, EVIDENCE, (Entity::EvidenceLink, "evidence")]
        }
        Rule::NoDecision => &[(Entity::Recommendation, "acceptance")],
        Rule::NoOwner => &[(Entity::Action, "owner")],
        Rule::NoDue | Rule::DueNotRead => &[(Entity::Action, "due_words"), (Entity::Timescale, "words")],
        Rule::Tentative => &[(Entity::Update, "date")],
    }
}

/// How many of them nobody has answered.
#[must_use]
pub fn open(asked: &[Asked]) -> usize {
    asked.iter().filter(|one| one.answer.is_none()).count()
}

/// Where a gap stands, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The recommendation's reference; for an action those of what it serves, blank where it serves none.
    pub reference: String,
    /// The recommendation's title, or the action's words, in one line.
    pub name: String,
}

impl Place {
    /// "120 Access to complaints information".
    #[must_use]
    pub fn words(&self) -> String {
        format!("{} {}", self.reference, self.name).trim().to_owned()
    }
}

/// Where a row that a gap is about stands.
#[must_use]
pub fn place(plan: &Plan, index: &Index, entity: Entity, row: crate::model::Id) -> Place {
    let one_line = |words: &str| {
        let blocks: Vec<&str> = text::blocks(words).map(|block| block.text).collect();
        blocks.join(" ")
    };
    let (reference, name) = match entity {
        Entity::Action => {
            let serves: Vec<String> = index.served(plan, row).into_iter().map(|row| plan.reference_name(row)).collect();
            let words = plan.actions.get(&row).map(|row| one_line(&row.text)).unwrap_or_default();
            (serves.join(", "), if words.is_empty() { "An action without words".to_owned() } else { words })
        }
        Entity::Evidence => (String::new(), plan.evidence.get(&row).map(|row| one_line(&row.text)).unwrap_or_default()),
        _ => match plan.recommendations.get(&row) {
            Some(row) => (plan.reference_name(row), one_line(row.shown_title())),
            None => (String::new(), String::new()),
        },
    };
    Place { reference, name }
}
