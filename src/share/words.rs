//! What goes and what stays behind, counted and in words.

use super::Contents;
use super::scope::{Part, Scope, SignalsAs};
use crate::model::{Entity, InPlan, Plan, Value, Visit};
use crate::store::Beside;
use std::fmt;

/// So many of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// How many.
    pub count: usize,
    /// What one is called.
    one: &'static str,
    /// What several are called.
    many: &'static str,
}

impl Counted {
    /// So many.
    #[must_use]
    pub fn new(count: usize, one: &'static str, many: &'static str) -> Self {
        Self { count, one, many }
    }

    /// What they are, as many: "recommendations".
    #[must_use]
    pub fn what(&self) -> &'static str {
        self.many
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.count, if self.count == 1 { self.one } else { self.many })
    }
}

/// What one and what several rows of a kind are called, where they are told of.
fn names(entity: Entity) -> Option<(&'static str, &'static str)> {
    Some(match entity {
        Entity::Report => ("report that is answered", "reports that are answered"),
        Entity::PaperField => ("field of the summary sheet", "fields of the summary sheet"),
        Entity::Theme => ("theme", "themes"),
        Entity::Recommendation => ("recommendation", "recommendations"),
        Entity::Position => ("position", "positions"),
        Entity::Responsibility => ("responsibility", "responsibilities"),
        Entity::Action => ("action", "actions"),
        Entity::Timescale => ("timescale", "timescales"),
        Entity::Update => ("update on actions", "updates on actions"),
        Entity::Choice => ("open choice of imports", "open choices of imports"),
        Entity::Evidence => ("piece of evidence", "pieces of evidence"),
        Entity::Remark => ("remark from documents", "remarks from documents"),
        Entity::Revision => ("revision of timescales", "revisions of timescales"),
        Entity::Provider => ("provider's name", "providers' names"),
        Entity::SignalTheme => ("theme of signals", "themes of signals"),
        Entity::Subject => ("subject of signals", "subjects of signals"),
        Entity::Receipt => ("note of what came of a source", "notes of what came of sources, month by month"),
        Entity::NotedFinding => ("finding with its judgement", "findings with their judgements"),
        Entity::WatchLevel => ("level of watch", "levels of watch"),
        Entity::Rebase => ("re-basing of a chart", "re-basings of charts"),
        Entity::Share => ("earlier share", "earlier shares"),
        Entity::MergeMark => ("mark of a merge", "marks of merges"),
        Entity::SavedView => ("saved view", "saved views"),
        Entity::GapAnswer => ("answer to a gap", "answers to gaps"),
        Entity::Batch => ("name of a file that signals came from", "names of files that signals came from"),
        // the plan itself, and what is told with the rows at both of its ends
        Entity::PlanInfo
        | Entity::Link
        | Entity::CrossReference
        | Entity::EvidenceLink
        | Entity::StateWord
        | Entity::FindingLink => return None,
    })
}

struct HowMany<'a>(&'a Plan);

impl Visit for HowMany<'_> {
    type Output = usize;

    fn visit<T: InPlan>(self) -> usize {
        T::rows(self.0).len()
    }
}

/// How many rows of a kind have a field filled.
struct Filled<'a>(&'a Plan, &'static str);

impl Visit for Filled<'_> {
    type Output = usize;

    fn visit<T: InPlan>(self) -> usize {
        T::rows(self.0).values().filter(|row| row.get(self.1).is_some_and(|value| value != Value::Null)).count()
    }
}

fn filled(plan: &Plan, entity: Entity, field: &'static str) -> usize {
    entity.visit(Filled(plan, field))
}

fn told(list: &mut Vec<Counted>, count: usize, one: &'static str, many: &'static str) {
    if count > 0 {
        list.push(Counted::new(count, one, many));
    }
}

/// What goes.
pub(super) fn goes(contents: &Contents, scope: &Scope) -> Vec<Counted> {
    let plan = &contents.plan;
    let mut list = Vec::new();
    for entity in Entity::ALL.iter().copied().filter(|entity| *entity != Entity::Batch) {
        if let Some((one, many)) = names(entity) {
            told(&mut list, entity.visit(HowMany(plan)), one, many);
        }
        if entity == Entity::Recommendation && scope.has(Part::Responses) {
            told(&mut list, responses(plan), "government response", "government responses");
        }
    }
    told(&mut list, contents.signals.len(), "signal, row by row", "signals, row by row");
    told(&mut list, contents.measures.len(), "measure of a source", "measures of sources");
    let counts = "counts of signals, small numbers hidden";
    told(&mut list, contents.counts.len(), "count of signals, hidden if small", counts);
    list
}

fn responses(plan: &Plan) -> usize {
    let has = |row: &&crate::model::Recommendation| !row.response.is_empty() || !row.response_status.is_empty();
    plan.recommendations.values().filter(has).count()
}

/// Fields that stay behind though their rows may go, with what they are.
const FIELDS: &[(Entity, &str, &str, &str)] = &[
    (Entity::Evidence, "held", "place where evidence is held", "places where evidence is held"),
    (Entity::Remark, "source", "document that a remark came from", "documents that remarks came from"),
    (Entity::Provider, "aliases", "provider's other names and codes", "providers' other names and codes"),
    (Entity::Provider, "board_response", "answer of a provider's board", "answers of providers' boards"),
    (Entity::Provider, "action_plan", "note on a provider's action plan", "notes on providers' action plans"),
    (Entity::Receipt, "note", "note on what did not come", "notes on what did not come"),
];

/// What stays behind, as far as there is any of it.
pub(super) fn left_out(source: &Plan, contents: &Contents, scope: &Scope, beside: &Beside) -> Vec<Counted> {
    let mut list = Vec::new();
    for entity in Entity::ALL.iter().copied() {
        let Some((one, many)) = names(entity) else { continue };
        // what stays at home of kinds that go: rows that belong to some that do not
        let going = if entity == Entity::Batch { 0 } else { entity.visit(HowMany(&contents.plan)) };
        told(&mut list, entity.visit(HowMany(source)).saturating_sub(going), one, many);
        if entity == Entity::Recommendation && !scope.has(Part::Responses) {
            told(&mut list, responses(source), "government response", "government responses");
        }
    }
    for (entity, field, one, many) in FIELDS {
        told(&mut list, filled(source, *entity, field), one, many);
    }
    let rows = scope.signals == SignalsAs::Rows;
    let (signals, measures) = if rows { (0, 0) } else { (beside.signals, beside.measures) };
    told(&mut list, signals, "signal", "signals");
    told(&mut list, measures, "measure of a source", "measures of sources");
    if rows {
        told(&mut list, contents.references, "reference of a signal", "references of signals");
        told(&mut list, contents.kept_texts, "kept text of a signal", "kept texts of signals");
    }
    let history = "entries of history, with what stood there before and who changed it";
    told(&mut list, beside.entries, "entry of history, with who made it", history);
    list
}
