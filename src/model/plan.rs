//! A whole plan in memory: its rows by kind and id, and the orders people see them in.

use super::{
    Action, BadValue, Batch, Choice, CrossReference, Entity, Evidence, EvidenceLink, FindingLink, GapAnswer, Id, Link,
    MergeMark, NotedFinding, PaperField, PlanInfo, Position, Provider, Rebase, Receipt, Recommendation, Record, Remark,
    Report, Responsibility, Revision, SavedView, Share, SignalTheme, StateWord, Subject, Theme, Timescale, Update,
    Value, WatchLevel,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

mod intelligence;

/// The rows of one kind, by id.
pub type Rows<T> = BTreeMap<Id, T>;

/// All of a plan but its signals.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// One row; see [`Plan::info`].
    pub infos: Rows<PlanInfo>,
    /// The reports it answers.
    pub reports: Rows<Report>,
    /// The paper's summary sheet.
    pub paper: Rows<PaperField>,
    /// Headings over recommendations.
    pub themes: Rows<Theme>,
    /// The grid's rows.
    pub recommendations: Rows<Recommendation>,
    /// Dated statements about them.
    pub positions: Rows<Position>,
    /// The action plan's headings.
    pub responsibilities: Rows<Responsibility>,
    /// What will be done.
    pub actions: Rows<Action>,
    /// Due words at responsibilities.
    pub timescales: Rows<Timescale>,
    /// Progress on actions.
    pub updates: Rows<Update>,
    /// Which action serves which recommendation.
    pub links: Rows<Link>,
    /// "See above" and its like.
    pub cross_references: Rows<CrossReference>,
    /// What imports left open.
    pub choices: Rows<Choice>,
    /// What shows that statements are so.
    pub evidence: Rows<Evidence>,
    /// Which evidence stands behind which recommendation.
    pub evidence_links: Rows<EvidenceLink>,
    /// What documents said that the plan has no field for.
    pub remarks: Rows<Remark>,
    /// How timescales were revised.
    pub revisions: Rows<Revision>,
    /// The plan's own words for states.
    pub state_words: Rows<StateWord>,
    /// Organisations that the CCG commissions from.
    pub providers: Rows<Provider>,
    /// What signals are about.
    pub signal_themes: Rows<SignalTheme>,
    /// Subjects that a person mapped.
    pub subjects: Rows<Subject>,
    /// Whether providers' data came.
    pub receipts: Rows<Receipt>,
    /// Signals that came together.
    pub batches: Rows<Batch>,
    /// What was made of what sources say together.
    pub findings: Rows<NotedFinding>,
    /// What findings lead to.
    pub finding_links: Rows<FindingLink>,
    /// How closely providers are watched.
    pub watch_levels: Rows<WatchLevel>,
    /// Where charts have new limits.
    pub rebases: Rows<Rebase>,
    /// Copies that were made for others.
    pub shares: Rows<Share>,
    /// How far copies that came back were taken over.
    pub merge_marks: Rows<MergeMark>,
    /// Ways to look at the grid.
    pub saved_views: Rows<SavedView>,
    /// Gaps that a person said are none.
    pub gap_answers: Rows<GapAnswer>,
}

/// A kind of row that a [`Plan`] holds.
pub trait InPlan: Record {
    /// The plan's rows of this kind.
    fn rows(plan: &Plan) -> &Rows<Self>;
    /// The same, to change.
    fn rows_mut(plan: &mut Plan) -> &mut Rows<Self>;
}

/// What is done for one kind of row whose type is known; see [`Entity::visit`].
pub trait Visit {
    /// What it comes to.
    type Output;
    /// Does it for the kind `T`.
    fn visit<T: InPlan>(self) -> Self::Output;
}

/// What is done with the rows of one kind, without naming the kind.
trait AnyRows {
    fn has(&self, id: Id) -> bool;
    fn get(&self, id: Id, field: &str) -> Option<Value>;
    fn set(&mut self, id: Id, field: &str, value: &Value) -> Result<(), BadValue>;
    fn add(&mut self, id: Id);
    fn remove(&mut self, id: Id);
    fn filled(&self, id: Id) -> Vec<(&'static str, Value)>;
    fn ids(&self) -> Vec<Id>;
}

impl<T: Record> AnyRows for Rows<T> {
    fn has(&self, id: Id) -> bool {
        self.contains_key(&id)
    }

    fn get(&self, id: Id, field: &str) -> Option<Value> {
        BTreeMap::get(self, &id)?.get(field)
    }

    fn set(&mut self, id: Id, field: &str, value: &Value) -> Result<(), BadValue> {
        match self.get_mut(&id) {
            Some(row) => row.set(field, value),
            None => Err(BadValue { found: id.to_string(), wanted: "a row of the plan" }),
        }
    }

    fn add(&mut self, id: Id) {
        self.insert(id, T::blank(id));
    }

    fn remove(&mut self, id: Id) {
        BTreeMap::remove(self, &id);
    }

    fn filled(&self, id: Id) -> Vec<(&'static str, Value)> {
        let Some(row) = BTreeMap::get(self, &id) else { return Vec::new() };
        let blank = T::blank(id);
        T::FIELDS
            .iter()
            .filter(|field| row.get(field) != blank.get(field))
            .map(|field| (*field, row.get(field).unwrap_or_default()))
            .collect()
    }

    fn ids(&self) -> Vec<Id> {
        self.keys().copied().collect()
    }
}

macro_rules! kinds {
    ($($entity:ident => $rows:ident),+ $(,)?) => {
        $(impl InPlan for $entity {
            fn rows(plan: &Plan) -> &Rows<Self> { &plan.$rows }
            fn rows_mut(plan: &mut Plan) -> &mut Rows<Self> { &mut plan.$rows }
        })+

        impl Plan {
            fn any(&self, entity: Entity) -> &dyn AnyRows {
                match entity { $(Entity::$entity => &self.$rows),+ }
            }

            fn any_mut(&mut self, entity: Entity) -> &mut dyn AnyRows {
                match entity { $(Entity::$entity => &mut self.$rows),+ }
            }
        }

        impl Entity {
            /// Does something with the type that this kind of row has.
            pub fn visit<V: Visit>(self, visit: V) -> V::Output {
                match self { $(Self::$entity => visit.visit::<$entity>()),+ }
            }

            /// The names of this kind's fields, in the order of the file's columns.
            #[must_use]
            pub fn fields(self) -> &'static [&'static str] {
                match self { $(Self::$entity => $entity::FIELDS),+ }
            }

            /// The value of a field in a row of this kind that has nothing filled.
            #[must_use]
            pub fn blank(self, field: &str) -> Value {
                match self { $(Self::$entity => $entity::default().get(field).unwrap_or_default()),+ }
            }
        }
    };
}

kinds! {
    PlanInfo => infos,
    Report => reports,
    PaperField => paper,
    Theme => themes,
    Recommendation => recommendations,
    Position => positions,
    Responsibility => responsibilities,
    Action => actions,
    Timescale => timescales,
    Update => updates,
    Link => links,
    CrossReference => cross_references,
    Choice => choices,
    Evidence => evidence,
    EvidenceLink => evidence_links,
    Remark => remarks,
    Revision => revisions,
    StateWord => state_words,
    Provider => providers,
    SignalTheme => signal_themes,
    Subject => subjects,
    Receipt => receipts,
    Batch => batches,
    NotedFinding => findings,
    FindingLink => finding_links,
    WatchLevel => watch_levels,
    Rebase => rebases,
    Share => shares,
    MergeMark => merge_marks,
    SavedView => saved_views,
    GapAnswer => gap_answers,
}

impl Plan {
    /// What the plan says of itself; a blank one before it was created.
    #[must_use]
    pub fn info(&self) -> PlanInfo {
        self.infos.values().next().cloned().unwrap_or_default()
    }

    /// The plan's own date, from which due words without a year are counted.
    #[must_use]
    pub fn due_anchor(&self) -> Option<NaiveDate> {
        self.infos.values().next().and_then(|info| info.as_at)
    }

    /// The plan's id; [`Id::NIL`] before it was created.
    #[must_use]
    pub fn id(&self) -> Id {
        self.infos.keys().next().copied().unwrap_or_default()
    }

    /// A row by its id.
    #[must_use]
    pub fn row<T: InPlan>(&self, id: Id) -> Option<&T> {
        T::rows(self).get(&id)
    }

    /// Whether a row exists.
    #[must_use]
    pub fn has(&self, entity: Entity, id: Id) -> bool {
        self.any(entity).has(id)
    }

    /// The value of one field; `None` where the row or the field does not exist.
    #[must_use]
    pub fn value(&self, entity: Entity, id: Id, field: &str) -> Option<Value> {
        self.any(entity).get(id, field)
    }

    /// The fields of a row that are filled, with their values.
    #[must_use]
    pub fn filled(&self, entity: Entity, id: Id) -> Vec<(&'static str, Value)> {
        self.any(entity).filled(id)
    }

    /// The ids of one kind.
    #[must_use]
    pub fn ids(&self, entity: Entity) -> Vec<Id> {
        self.any(entity).ids()
    }

    pub(super) fn set_value(&mut self, entity: Entity, id: Id, field: &str, value: &Value) -> Result<(), BadValue> {
        self.any_mut(entity).set(id, field, value)
    }

    pub(super) fn add_row(&mut self, entity: Entity, id: Id) {
        self.any_mut(entity).add(id);
    }

    pub(super) fn remove_row(&mut self, entity: Entity, id: Id) {
        self.any_mut(entity).remove(id);
    }

    /// Themes in the plan's order.
    #[must_use]
    pub fn themes_in_order(&self) -> Vec<&Theme> {
        let mut themes: Vec<_> = self.themes.values().collect();
        themes.sort_by(|a, b| a.order.cmp(&b.order).then(a.id.cmp(&b.id)));
        themes
    }

    /// Recommendations as the grid and the appendix list them: by theme, then by order, then by
    /// reference; those without a theme last.
    #[must_use]
    pub fn recommendations_in_order(&self) -> Vec<&Recommendation> {
        let themes = self.themes_in_order();
        let place: BTreeMap<Id, usize> = themes.iter().enumerate().map(|(i, theme)| (theme.id, i)).collect();
        let place_of = |row: &Recommendation| row.theme.and_then(|id| place.get(&id).copied()).unwrap_or(usize::MAX);
        let mut rows: Vec<_> = self.recommendations.values().map(|row| (place_of(row), row)).collect();
        rows.sort_by(|(a_place, a), (b_place, b)| {
            a_place
                .cmp(b_place)
                .then_with(|| a.order.cmp(&b.order))
                .then_with(|| super::reference::natural_cmp(&a.reference, &b.reference))
                .then(a.id.cmp(&b.id))
        });
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// A recommendation by report and reference; the reference's case and spaces around it do not count.
    #[must_use]
    pub fn recommendation(&self, report: &str, reference: &str) -> Option<&Recommendation> {
        let wanted = reference.trim();
        self.recommendations.values().find(|row| row.report == report && row.reference.eq_ignore_ascii_case(wanted))
    }

    /// A reference as this plan must say it: with its report where the plan answers several.
    #[must_use]
    pub fn reference_name(&self, row: &Recommendation) -> String {
        if self.reports.len() < 2 {
            return row.reference.clone();
        }
        let report = self.reports.values().find(|report| report.key == row.report);
        let short = report.map_or(row.report.as_str(), |report| report.short_title.as_str());
        format!("{short} {}", row.reference).trim().to_owned()
    }

    /// The positions of a recommendation: undated first, then by date.
    #[must_use]
    pub fn positions_of(&self, recommendation: Id) -> Vec<&Position> {
        let mut rows: Vec<_> = self.positions.values().filter(|row| row.recommendation == recommendation).collect();
        rows.sort_by_key(|row| (row.as_at, row.id));
        rows
    }

    /// Where the CCG stood at a date; see [`current_of`].
    #[must_use]
    pub fn positions_at(&self, recommendation: Id, as_at: NaiveDate) -> Vec<&Position> {
        current_of(&self.positions_of(recommendation), as_at)
    }

    /// The actions that serve a recommendation, in its order.
    #[must_use]
    pub fn actions_of(&self, recommendation: Id) -> Vec<&Action> {
        let mut links: Vec<_> = self.links.values().filter(|link| link.recommendation == recommendation).collect();
        links.sort_by(|a, b| a.order.cmp(&b.order).then(a.id.cmp(&b.id)));
        links.into_iter().filter_map(|link| self.actions.get(&link.action)).collect()
    }

    /// The recommendations an action serves, in natural order of their references.
    #[must_use]
    pub fn served_by(&self, action: Id) -> Vec<&Recommendation> {
        let mut rows: Vec<_> = self
            .links
            .values()
            .filter(|link| link.action == action)
            .filter_map(|link| self.recommendations.get(&link.recommendation))
            .collect();
        rows.sort_by(|a, b| super::reference::natural_cmp(&a.reference, &b.reference).then(a.id.cmp(&b.id)));
        rows
    }

    /// Responsibilities in the action plan's order.
    #[must_use]
    pub fn responsibilities_in_order(&self) -> Vec<&Responsibility> {
        let mut rows: Vec<_> = self.responsibilities.values().collect();
        rows.sort_by(|a, b| a.order.cmp(&b.order).then(a.id.cmp(&b.id)));
        rows
    }

    /// The actions that stand under a responsibility (or, for `None`, alone), in order.
    #[must_use]
    pub fn actions_under(&self, responsibility: Option<Id>) -> Vec<&Action> {
        let mut rows: Vec<_> = self.actions.values().filter(|row| row.responsibility == responsibility).collect();
        rows.sort_by(|a, b| a.order.cmp(&b.order).then(a.id.cmp(&b.id)));
        rows
    }

    /// The timescales of a responsibility, in order.
    #[must_use]
    pub fn timescales_of(&self, responsibility: Id) -> Vec<&Timescale> {
        let mut rows: Vec<_> = self.timescales.values().filter(|row| row.responsibility == responsibility).collect();
        rows.sort_by(|a, b| a.order.cmp(&b.order).then(a.id.cmp(&b.id)));
        rows
    }

    /// The notes on an action, oldest first.
    #[must_use]
    pub fn updates_of(&self, action: Id) -> Vec<&Update> {
        let mut rows: Vec<_> = self.updates.values().filter(|row| row.action == action).collect();
        rows.sort_by_key(|row| (row.date, row.id));
        rows
    }

    /// The summary sheet's fields, in the form's order.
    #[must_use]
    pub fn paper_in_order(&self) -> Vec<&PaperField> {
        let mut rows: Vec<_> = self.paper.values().collect();
        rows.sort_by(|a, b| a.order.cmp(&b.order).then(a.id.cmp(&b.id)));
        rows
    }

    /// The words that point elsewhere in a recommendation's cells.
    #[must_use]
    pub fn cross_references_of(&self, recommendation: Id) -> Vec<&CrossReference> {
        self.cross_references.values().filter(|row| row.recommendation == recommendation).collect()
    }

    /// The plan's evidence, in its order.
    #[must_use]
    pub fn evidence_in_order(&self) -> Vec<&Evidence> {
        let mut rows: Vec<_> = self.evidence.values().collect();
        rows.sort_by(|a, b| a.order.cmp(&b.order).then(a.id.cmp(&b.id)));
        rows
    }

    /// What documents said that the plan has no field for, in order.
    #[must_use]
    pub fn remarks_in_order(&self) -> Vec<&Remark> {
        let mut rows: Vec<_> = self.remarks.values().collect();
        rows.sort_by(|a, b| a.order.cmp(&b.order).then(a.id.cmp(&b.id)));
        rows
    }

    /// The views that were saved, in order.
    #[must_use]
    pub fn saved_views_in_order(&self) -> Vec<&SavedView> {
        let mut rows: Vec<_> = self.saved_views.values().collect();
        rows.sort_by(|a, b| a.order.cmp(&b.order).then(a.id.cmp(&b.id)));
        rows
    }

    /// What is left to settle, in order.
    #[must_use]
    pub fn open_choices(&self) -> Vec<&Choice> {
        let mut rows: Vec<_> = self.choices.values().filter(|choice| choice.answer.is_empty()).collect();
        rows.sort_by(|a, b| a.order.cmp(&b.order).then(a.id.cmp(&b.id)));
        rows
    }
}

/// Of a recommendation's positions in date order, those that speak for a date: the latest dated on
/// or before it (all of that day), else the undated ones.
#[must_use]
pub fn current_of<'a>(positions: &[&'a Position], as_at: NaiveDate) -> Vec<&'a Position> {
    let latest = positions.iter().filter_map(|row| row.as_at).filter(|date| *date <= as_at).max();
    positions.iter().copied().filter(|row| row.as_at == latest).collect()
}
