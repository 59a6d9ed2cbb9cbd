//! What goes into a shared copy: the parts that can be chosen, and for each kind of row the fields that go.
//!
//! [`ALLOWED`] is the whole of it. A field that is not named there never leaves the plan, whatever is chosen; so a
//! field that is added to the model later stays at home until somebody puts it here.

use crate::model::value::vocabulary;
use crate::model::{Entity, InPlan, Visit};
use std::collections::BTreeSet;

vocabulary!(
    /// A part of a plan that can be shared or left out.
    Part, "a part of a plan that can be shared", {
        /// What the government answered to recommendations.
        Responses = "responses",
        /// Where the CCG stands, as at dates.
        Positions = "positions",
        /// Actions with responsibilities, timescales and progress.
        Actions = "actions",
        /// Names and kinds of providers.
        Providers = "providers",
        /// What shows that statements are so, but not where it is held.
        Evidence = "evidence",
        /// The paper's summary sheet.
        Summary = "summary",
        /// What documents said that the plan has no field for, but not which documents.
        Remarks = "remarks",
    }
);

vocabulary!(
    /// How signals go.
    SignalsAs, "a way to share signals: none, counts or rows", {
        /// Not at all.
        None = "none",
        /// As counts by theme and source, small ones hidden, as in the published report.
        Counts = "counts",
        /// One by one, without references and kept texts.
        Rows = "rows",
    }
);

/// What is in the rows of signals: said before they go.
pub const ROWS_WARNING: &str = "Signals row by row tell of single people: what each complaint, incident or visit was \
     about, its dates, site and service, its outcome, and what was learnt and improved, as the source words it. \
     References and kept texts never go, but whoever knows the case may recognise it. Counts are safer.";

impl Part {
    /// Whether it goes unless somebody takes it off.
    #[must_use]
    pub fn is_usual(self) -> bool {
        matches!(self, Self::Responses | Self::Positions | Self::Actions | Self::Providers)
    }

    /// As a tick box has it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Responses => "Government responses",
            Self::Positions => "Positions",
            Self::Actions => "Actions, responsibilities and timescales",
            Self::Providers => "Names of providers",
            Self::Evidence => "Evidence, but not where it is held",
            Self::Summary => "The paper's summary sheet",
            Self::Remarks => "Remarks from documents, but not their names",
        }
    }
}

/// What a person chose to share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    parts: BTreeSet<Part>,
    /// How signals go.
    pub signals: SignalsAs,
}

impl Default for Scope {
    /// What goes unless somebody says otherwise.
    fn default() -> Self {
        Self { parts: Part::ALL.iter().copied().filter(|part| part.is_usual()).collect(), signals: SignalsAs::None }
    }
}

impl Scope {
    /// Whether a part goes. Signals say nothing without the providers that they are of.
    #[must_use]
    pub fn has(&self, part: Part) -> bool {
        self.parts.contains(&part) || part == Part::Providers && self.signals != SignalsAs::None
    }

    /// Whether a part goes because something else needs it.
    #[must_use]
    pub fn needs(&self, part: Part) -> bool {
        self.has(part) && part == Part::Providers && self.signals != SignalsAs::None
    }

    /// The same with a part.
    #[must_use]
    pub fn with(mut self, part: Part) -> Self {
        self.parts.insert(part);
        self
    }

    /// The same without a part.
    #[must_use]
    pub fn without(mut self, part: Part) -> Self {
        self.parts.remove(&part);
        self
    }

    /// The same with signals in some way.
    #[must_use]
    pub fn signals(self, signals: SignalsAs) -> Self {
        Self { signals, ..self }
    }

    fn takes(&self, when: When) -> bool {
        match when {
            When::Always => true,
            When::With(part) => self.has(part),
            When::Rows => self.signals == SignalsAs::Rows,
        }
    }

    /// Whether rows of a kind go.
    #[must_use]
    pub fn takes_rows(&self, entity: Entity) -> bool {
        ALLOWED.iter().find(|allowed| allowed.entity == entity).is_some_and(|allowed| self.takes(allowed.when))
    }

    /// Whether a field goes.
    #[must_use]
    pub fn takes_field(&self, entity: Entity, field: &str) -> bool {
        let names = |allowed: &&Allowed| allowed.entity == entity && allowed.fields.contains(&field);
        self.takes_rows(entity) && ALLOWED.iter().find(names).is_some_and(|allowed| self.takes(allowed.when))
    }

    /// What does not go, as a shared file's manifest has it: kinds of row by their words, single fields of kinds that
    /// go as "evidence.held".
    #[must_use]
    pub fn withheld(&self) -> BTreeSet<String> {
        let mut withheld = BTreeSet::new();
        for entity in Entity::ALL {
            if !self.takes_rows(*entity) {
                withheld.insert(entity.word().to_owned());
                continue;
            }
            let left = entity.fields().iter().filter(|field| !self.takes_field(*entity, field));
            withheld.extend(left.map(|field| format!("{entity}.{field}")));
        }
        withheld
    }
}

/// When something goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Always,
    With(Part),
    /// Where signals go as rows, which cannot be read without it.
    Rows,
}

/// Fields of a kind of row that go together.
struct Allowed {
    entity: Entity,
    when: When,
    fields: &'static [&'static str],
}

const fn allow(entity: Entity, when: When, fields: &'static [&'static str]) -> Allowed {
    Allowed { entity, when, fields }
}

const ACTIONS: When = When::With(Part::Actions);

/// The allow-list. Of a kind that stands in it several times the first says when its rows go.
const ALLOWED: &[Allowed] = &[
    allow(Entity::PlanInfo, When::Always, &["organisation", "title", "version", "status", "as_at"]),
    allow(Entity::Report, When::Always, &["key", "title", "short_title", "published"]),
    allow(Entity::PaperField, When::With(Part::Summary), &["order", "key", "label", "text"]),
    allow(Entity::Theme, When::Always, &["order", "title"]),
    allow(
        Entity::Recommendation,
        When::Always,
        &[
            "order",
            "report",
            "reference",
            "theme",
            "section",
            "title",
            "text",
            "local_title",
            "local_text",
            "acceptance",
            "acceptance_date",
            "acceptance_reason",
        ],
    ),
    allow(Entity::Recommendation, When::With(Part::Responses), &["response_status", "response", "response_by"]),
    allow(Entity::Position, When::With(Part::Positions), &["recommendation", "as_at", "text", "state"]),
    allow(Entity::Responsibility, ACTIONS, &["order", "text"]),
    allow(
        Entity::Action,
        ACTIONS,
        &[
            "order",
            "text",
            "responsibility",
            "owner",
            "partners",
            "state",
            "tentative",
            "due_words",
            "due_reading",
            "original_due_words",
            "done_on",
            "starts_on",
            "next_review",
        ],
    ),
    allow(
        Entity::Timescale,
        ACTIONS,
        &["order", "responsibility", "words", "reading", "original", "reason", "done", "action", "done_on"],
    ),
    allow(Entity::Update, ACTIONS, &["action", "date", "note", "state", "due", "reason"]),
    allow(Entity::Link, ACTIONS, &["recommendation", "action", "order"]),
    allow(Entity::CrossReference, ACTIONS, &["recommendation", "words", "target"]),
    allow(Entity::Evidence, When::With(Part::Evidence), &["order", "text", "kind", "date", "valid_until"]),
    allow(Entity::EvidenceLink, When::With(Part::Evidence), &["recommendation", "evidence", "order"]),
    allow(Entity::Remark, When::With(Part::Remarks), &["order", "row", "label", "text"]),
    allow(Entity::Revision, ACTIONS, &["timescale", "date", "words", "reason"]),
    allow(Entity::StateWord, ACTIONS, &["key", "word", "letter"]),
    allow(Entity::Provider, When::With(Part::Providers), &["order", "name", "kind"]),
    allow(Entity::SignalTheme, When::Rows, &["order", "title", "not_asked"]),
    allow(Entity::Subject, When::Rows, &["text", "theme"]),
    allow(Entity::Receipt, When::Rows, &["provider", "source", "month", "state"]),
    allow(Entity::Batch, When::Rows, &["name", "taken_on", "by_hand"]),
];

/// Fields of a kind that go, in the order of its columns; `None` where its rows do not.
pub(super) fn fields_of(scope: &Scope, entity: Entity) -> Option<Vec<&'static str>> {
    scope
        .takes_rows(entity)
        .then(|| entity.fields().iter().copied().filter(|field| scope.takes_field(entity, field)).collect())
}

/// Whether a field holds a person's words, rather than an id, a date, a number or a word of a closed vocabulary.
pub(super) fn is_words(entity: Entity, field: &'static str) -> bool {
    struct Takes(&'static str);
    impl Visit for Takes {
        type Output = bool;
        fn visit<T: InPlan>(self) -> bool {
            T::default().set(self.0, &crate::model::Value::Text("¿any words?".into())).is_ok()
        }
    }
    field != "order" && entity.visit(Takes(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn everything() -> Scope {
        Part::ALL.iter().fold(Scope::default(), |scope, part| scope.with(*part)).signals(SignalsAs::Rows)
    }

    #[test]
    fn the_list_names_fields_that_there_are_and_each_once() {
        let mut seen = BTreeSet::new();
        for allowed in ALLOWED {
            for field in allowed.fields {
                assert!(allowed.entity.fields().contains(field), "{}.{field}", allowed.entity);
                assert!(seen.insert((allowed.entity, field)), "{}.{field} twice", allowed.entity);
            }
        }
    }

    #[test]
    fn what_never_goes_does_not_go_with_everything_ticked() {
        let withheld = everything().withheld();
        for kind in [
            "choice",
            "noted_finding",
            "finding_link",
            "watch_level",
            "rebase",
            "share",
            "merge_mark",
            "saved_view",
            "gap_answer",
            "evidence.held",
        ] {
            assert!(withheld.contains(kind), "{kind}");
        }
        for field in ["remark.source", "provider.aliases", "provider.board_response", "provider.action_plan"] {
            assert!(withheld.contains(field), "{field}");
        }
        for field in ["receipt.note", "batch.kept", "batch.header", "batch.roles", "batch.outcome", "batch.provider"] {
            assert!(withheld.contains(field), "{field}");
        }
        // all that stays at home then, so that a new kind or field is looked at before it may go
        let fields: Vec<&String> = withheld.iter().filter(|name| name.contains('.')).collect();
        assert_eq!(fields.len(), 14, "{fields:?}");
        assert_eq!(withheld.len() - fields.len(), 9, "{withheld:?}");
    }

    #[test]
    fn the_usual_share_is_the_plan_without_evidence_remarks_summary_and_signals() {
        let usual = Scope::default();
        for kind in [Entity::Recommendation, Entity::Position, Entity::Action, Entity::Link, Entity::Provider] {
            assert!(usual.takes_rows(kind), "{kind}");
        }
        for kind in [Entity::Evidence, Entity::Remark, Entity::PaperField, Entity::Batch, Entity::SignalTheme] {
            assert!(!usual.takes_rows(kind), "{kind}");
        }
        assert!(usual.takes_field(Entity::Recommendation, "response"), "the government's answer");
        let without = usual.without(Part::Responses);
        assert!(!without.takes_field(Entity::Recommendation, "response"), "without it");
        assert!(without.takes_field(Entity::Recommendation, "acceptance"), "the CCG's own answer goes");
    }

    #[test]
    fn signals_bring_the_names_of_their_providers() {
        let scope = Scope::default().without(Part::Providers);
        assert!(!scope.takes_rows(Entity::Provider), "no names");
        let scope = scope.signals(SignalsAs::Counts);
        assert!(scope.takes_rows(Entity::Provider) && scope.needs(Part::Providers), "they are counted under them");
    }

    #[test]
    fn words_are_told_from_ids_dates_and_vocabularies() {
        assert!(is_words(Entity::Action, "text") && is_words(Entity::Action, "owner"), "words");
        for (entity, field) in [
            (Entity::Action, "state"),
            (Entity::Action, "responsibility"),
            (Entity::Action, "done_on"),
            (Entity::Action, "tentative"),
            (Entity::Action, "order"),
            (Entity::Receipt, "month"),
        ] {
            assert!(!is_words(entity, field), "{entity}.{field}");
        }
    }
}
