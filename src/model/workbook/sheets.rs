//! The sheets and their columns.

use super::{Column, Kind, Sheet};
use crate::model::{Acceptance, ActionState, ChoiceKind, Entity, PlanStatus, PositionState};

const fn column(title: &'static str, field: &'static str, kind: Kind, width: u16) -> Column {
    Column { title, field, kind, width }
}

macro_rules! words {
    ($vocabulary:ident) => {
        Kind::Word(|| $vocabulary::ALL.iter().map(|term| term.word()).collect())
    };
}

/// The sheets in the order of their tabs.
pub static SHEETS: &[Sheet] = &[
    Sheet {
        name: "Recommendations",
        entity: Entity::Recommendation,
        printed: 8,
        always: true,
        columns: &[
            column("No.", "reference", Kind::Text, 7),
            column("Theme", "theme", Kind::Theme, 14),
            column("Title", "title", Kind::Text, 18),
            column("Recommendation", "text", Kind::Text, 36),
            column("Government response", "response", Kind::Text, 28),
            column("Current position", "position_text", Kind::Position, 34),
            column("State of the position", "position_state", Kind::Position, 11),
            column("Actions (change them on their sheet)", "actions", Kind::Computed, 32),
            column("Position as at", "position_date", Kind::Computed, 14),
            column("Evidence (change it on its sheet)", "evidence", Kind::Computed, 36),
            column("Our title", "local_title", Kind::Text, 20),
            column("Our wording", "local_text", Kind::Text, 40),
            column("Government's answer", "response_status", Kind::Text, 16),
            column("Answer recorded by", "response_by", Kind::Text, 16),
            column("Our answer", "acceptance", words!(Acceptance), 18),
            column("Answered on", "acceptance_date", Kind::Date, 14),
            column("Reason for our answer", "acceptance_reason", Kind::Text, 30),
            column("Section", "section", Kind::Text, 20),
            column("Report", "report", Kind::Report, 18),
        ],
    },
    Sheet {
        name: "Actions",
        entity: Entity::Action,
        printed: 9,
        always: true,
        columns: &[
            column("Action", "text", Kind::Text, 42),
            column("Key responsibility", "responsibility", Kind::Responsibility, 28),
            column("Recommendations", "serves", Kind::Serves, 15),
            column("Owner", "owner", Kind::Text, 18),
            column("Partners", "partners", Kind::Text, 15),
            column("Timescale", "due_words", Kind::Text, 16),
            column("Due by", "due_by", Kind::Computed, 15),
            column("State", "state", words!(ActionState), 14),
            column("Overdue", "overdue", Kind::Computed, 10),
            column("Timescale that counts", "due", Kind::Computed, 18),
            column("Tentative", "tentative", Kind::YesNo, 10),
            column("Done on", "done_on", Kind::Date, 14),
            column("Starts on", "starts_on", Kind::Date, 14),
            column("Next review", "next_review", Kind::Date, 14),
            column("Timescale at first", "original_due_words", Kind::Text, 18),
            column("Our reading of the timescale", "due_reading", Kind::Reading, 18),
        ],
    },
    Sheet {
        name: "Timescales",
        entity: Entity::Timescale,
        printed: 6,
        always: true,
        columns: &[
            column("Key responsibility", "responsibility", Kind::Responsibility, 50),
            column("Timescale", "words", Kind::Text, 24),
            column("Due by", "due_by", Kind::Computed, 15),
            column("Done", "done", Kind::YesNo, 9),
            column("Done on", "done_on", Kind::Date, 14),
            column("Action it is for", "action", Kind::Action, 46),
            column("Reason for the change", "reason", Kind::Text, 30),
            column("Timescale at first", "original", Kind::Text, 18),
            column("Our reading of the timescale", "reading", Kind::Reading, 18),
        ],
    },
    Sheet {
        name: "Responsibilities",
        entity: Entity::Responsibility,
        printed: 3,
        always: true,
        columns: &[
            column("Key responsibility", "text", Kind::Text, 70),
            column("Timescales", "timescales", Kind::Computed, 30),
            column("Actions (change them on their sheet)", "actions", Kind::Computed, 70),
        ],
    },
    Sheet {
        name: "Positions",
        entity: Entity::Position,
        printed: 4,
        always: true,
        columns: &[
            column("Recommendation", "recommendation", Kind::Recommendation, 16),
            column("As at", "as_at", Kind::Date, 16),
            column("Position", "text", Kind::Text, 90),
            column("State", "state", words!(PositionState), 16),
        ],
    },
    Sheet {
        name: "Progress",
        entity: Entity::Update,
        printed: 6,
        always: true,
        columns: &[
            column("Action", "action", Kind::Action, 46),
            column("Date", "date", Kind::Date, 16),
            column("Progress", "note", Kind::Text, 60),
            column("State from then on", "state", words!(ActionState), 16),
            column("Timescale from then on", "due", Kind::Text, 18),
            column("Reason for the change", "reason", Kind::Text, 30),
        ],
    },
    Sheet {
        name: "Revised timescales",
        entity: Entity::Revision,
        printed: 4,
        always: false,
        columns: &[
            column("Timescale now", "about", Kind::Computed, 40),
            column("Date", "date", Kind::Date, 16),
            column("Timescale from then on", "words", Kind::Text, 24),
            column("Reason for the change", "reason", Kind::Text, 60),
        ],
    },
    Sheet {
        name: "Evidence",
        entity: Entity::Evidence,
        printed: 6,
        always: true,
        columns: &[
            column("Evidence", "text", Kind::Text, 60),
            column("Recommendations", "serves", Kind::Serves, 20),
            column("Kind", "kind", Kind::Text, 18),
            column("Date", "date", Kind::Date, 16),
            column("Where it is held", "held", Kind::Text, 30),
            column("Valid until", "valid_until", Kind::Date, 16),
        ],
    },
    Sheet {
        name: "Summary sheet",
        entity: Entity::PaperField,
        printed: 2,
        always: true,
        columns: &[column("Field", "label", Kind::Text, 40), column("What it says", "text", Kind::Text, 100)],
    },
    Sheet {
        name: "Themes",
        entity: Entity::Theme,
        printed: 1,
        always: true,
        columns: &[column("Theme", "title", Kind::Text, 80)],
    },
    Sheet {
        name: "Cross-references",
        entity: Entity::CrossReference,
        printed: 3,
        always: false,
        columns: &[
            column("Recommendation", "recommendation", Kind::Recommendation, 16),
            column("Words", "words", Kind::Text, 80),
            column("Recommendation that is meant", "target", Kind::Recommendation, 20),
        ],
    },
    Sheet {
        name: "Remarks",
        entity: Entity::Remark,
        printed: 4,
        always: false,
        columns: &[
            column("About", "about", Kind::Computed, 30),
            column("Heading", "label", Kind::Text, 24),
            column("Words", "text", Kind::Text, 70),
            column("Where they stand", "source", Kind::Text, 30),
        ],
    },
    Sheet {
        name: "Open questions",
        entity: Entity::Choice,
        printed: 5,
        always: false,
        columns: &[
            column("Question", "kind", words!(ChoiceKind), 20),
            column("About", "about", Kind::Computed, 24),
            column("Words", "text", Kind::Text, 70),
            column("Where they stand", "source", Kind::Text, 30),
            column("Answer", "answer", Kind::Text, 30),
        ],
    },
    Sheet {
        name: "Reports",
        entity: Entity::Report,
        printed: 4,
        always: false,
        columns: &[
            column("Short title", "short_title", Kind::Text, 24),
            column("Title", "title", Kind::Text, 80),
            column("Published", "published", Kind::Date, 16),
            column("Key", "key", Kind::Text, 20),
        ],
    },
    Sheet {
        name: "Words for states",
        entity: Entity::StateWord,
        printed: 3,
        always: false,
        columns: &[
            column("State", "key", Kind::Text, 24),
            column("Our word", "word", Kind::Text, 30),
            column("Letter in print", "letter", Kind::Text, 16),
        ],
    },
    Sheet {
        name: "Plan",
        entity: Entity::PlanInfo,
        printed: 5,
        always: true,
        columns: &[
            column("Organisation", "organisation", Kind::Text, 36),
            column("Title", "title", Kind::Text, 36),
            column("Version", "version", Kind::Text, 16),
            column("Status", "status", words!(PlanStatus), 14),
            column("As at", "as_at", Kind::Date, 16),
        ],
    },
];
