//! What a column can hold, and the headings that say so.

use crate::model::text::fold;
use serde::Serialize;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The recommendation's number.
    Reference,
    /// The heading it stands under.
    Theme,
    /// Its title.
    Title,
    /// Its text; number and title may lead it.
    Text,
    /// The government's response.
    Response,
    /// The CCG's own answer: accepted or not.
    Acceptance,
    /// Why.
    Reasons,
    /// The CCG's position.
    Position,
    /// The day it is of.
    PositionDate,
    /// The position in a word, beside a column that says how far the actions are.
    PositionState,
    /// What has been done since, where the position has a column of its own.
    Progress,
    /// What is missing.
    Gap,
    /// What shows that the position is so.
    Evidence,
    /// How the CCG is assured of it.
    Assurance,
    /// A key responsibility of the action plan.
    Responsibility,
    /// Actions.
    Action,
    /// Who has them.
    Owner,
    /// Who else is in them.
    Partners,
    /// Timescales.
    Due,
    /// How far the actions are, or where the CCG stands, in a word, a letter or a colour.
    State,
    /// The numbers of the recommendations that an action serves.
    Serves,
    /// Worked out from the rest, by us: nothing is read from it.
    Computed,
    /// Not understood: kept beside the row with its heading.
    Unknown,
    /// Left out, because a person said so.
    Ignore,
}

impl Role {
    /// Every meaning, in the order it is offered.
    pub const ALL: &'static [Self] = &[
        Self::Reference,
        Self::Theme,
        Self::Title,
        Self::Text,
        Self::Response,
        Self::Acceptance,
        Self::Reasons,
        Self::Position,
        Self::PositionDate,
        Self::PositionState,
        Self::Progress,
        Self::Gap,
        Self::Evidence,
        Self::Assurance,
        Self::Responsibility,
        Self::Action,
        Self::Owner,
        Self::Partners,
        Self::Due,
        Self::State,
        Self::Serves,
        Self::Computed,
        Self::Unknown,
        Self::Ignore,
    ];

    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reference => "number",
            Self::Theme => "theme",
            Self::Title => "title",
            Self::Text => "recommendation",
            Self::Response => "government response",
            Self::Acceptance => "our answer",
            Self::Reasons => "reasons of our answer",
            Self::Position => "current position",
            Self::PositionDate => "date of the position",
            Self::PositionState => "state of the position",
            Self::Progress => "progress",
            Self::Gap => "gap",
            Self::Evidence => "evidence",
            Self::Assurance => "assurance",
            Self::Responsibility => "key responsibility",
            Self::Action => "actions",
            Self::Owner => "owner",
            Self::Partners => "partners",
            Self::Due => "due",
            Self::State => "state",
            Self::Serves => "recommendations served",
            Self::Computed => "worked out, not read",
            Self::Unknown => "kept as it is",
            Self::Ignore => "left out",
        }
    }

    /// The meaning with this name, as it is written in settings and given on the command line.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.name().eq_ignore_ascii_case(name.trim()))
    }

    /// Whether several columns of a table may have it; their cells are put together.
    pub(super) fn may_repeat(self) -> bool {
        matches!(self, Self::Action | Self::Evidence | Self::Assurance | Self::Gap | Self::Unknown | Self::Ignore)
    }
}

/// Headings by their words, the more telling first.
const LABELS: &[(Role, &[&str])] = &[
    (Role::Reference, &["recommendation number", "recommendation no", "rec number", "rec no", "francis ref"]),
    (
        Role::Owner,
        &[
            "by whom",
            "action owner",
            "lead for action",
            "action lead",
            "responsible officer",
            "responsible lead",
            "responsible person",
            "responsible director",
            "accountable",
            "person responsible",
            "lead responsible",
        ],
    ),
    (
        Role::Due,
        &[
            "by when",
            "timescale",
            "timescales",
            "time scale",
            "timeframe",
            "time frame",
            "due",
            "deadline",
            "target date",
            "completion date",
            "due date",
            "date due",
            "action date",
            "when",
            "timeline",
            "review date",
        ],
    ),
    (
        Role::State,
        &[
            "rag",
            "rag rating",
            "brag",
            "traffic light",
            "traffic lights",
            "action status",
            "status",
            "state",
            "complete",
            "completed",
        ],
    ),
    (
        Role::Response,
        &[
            "government response",
            "government",
            "doh response",
            "dh response",
            "department of health",
            "national response",
            "doh",
            "hard truths",
        ],
    ),
    (Role::Acceptance, &["accepted", "accept", "acceptance", "applicable", "applies"]),
    (Role::Evidence, &["evidence", "source of evidence", "supporting evidence", "where is the evidence"]),
    (
        Role::Position,
        &[
            "current position",
            "position",
            "ccg response",
            "our response",
            "local response",
            "organisation response",
            "progress",
            "current status",
            "current arrangements",
            "where we are",
            "baseline",
            "what we have in place",
            "what is in place",
            "what we do",
            "where we stand",
            "update",
            "response",
        ],
    ),
    (
        Role::Responsibility,
        &[
            "key responsibility",
            "key responsibilities",
            "responsibility",
            "responsibilities",
            "objective",
            "objectives",
            "workstream",
        ],
    ),
    (Role::Partners, &["partner", "partners", "supported by", "working with", "support"]),
    (Role::Owner, &["lead", "leads", "owner", "owners", "responsible", "who", "lead officer", "lead director"]),
    (
        Role::Action,
        &[
            "action",
            "actions",
            "next steps",
            "next step",
            "action required",
            "planned",
            "further work",
            "what we will do",
            "to do",
        ],
    ),
    // after the actions: "Action to close the gap" is one
    (Role::Gap, &["gap", "gaps"]),
    (Role::Assurance, &["assurance", "assurances", "how do we know", "how we know"]),
    (
        Role::Text,
        &[
            "recommendation text",
            "recommendation",
            "recommendations",
            "requirement",
            "description",
            "what the report says",
        ],
    ),
    (Role::Title, &["title", "standard", "heading", "topic", "subject", "issue"]),
    (Role::Theme, &["theme", "themes", "section", "chapter", "area"]),
    (Role::Reference, &["ref", "reference", "no", "number", "rec", "recs", "id", "item", "r"]),
];

/// Words of headings that say nothing of their own.
const IDLE: &[&str] = &[
    "the", "of", "and", "or", "our", "ccg", "ccgs", "nhs", "to", "for", "in", "a", "on", "is", "be", "by", "with",
    "from", "s", "against", "this",
];

/// Words that headings have beside the telling ones.
const BESIDE: &[&str] = &[
    "current", "key", "summary", "francis", "report", "proposed", "agreed", "planned", "local", "latest", "date",
    "rating", "required", "taken", "main", "initial", "number", "inquiry", "s", "plan", "and/or", "themes",
];

/// What a heading means, where its words are a heading's.
pub(super) fn role_of_label(label: &str) -> Option<Role> {
    let folded = fold(label).replace("'s", " ");
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() || words.len() > 9 {
        return None;
    }
    let text = format!(" {} ", words.join(" "));
    let known = |word: &&&str| {
        BESIDE.contains(*word)
            || LABELS.iter().any(|(_, names)| names.iter().any(|name| name.split(' ').any(|w| w == **word)))
    };
    let telling: Vec<&&str> = words.iter().filter(|word| !IDLE.contains(*word)).collect();
    if telling.iter().copied().filter(|word| known(word)).count() * 2 < telling.len() {
        return None;
    }
    // what receives the assurance is none
    if text.contains(" assurance ") && ["committee", "group", "board"].iter().any(|body| words.last() == Some(body)) {
        return None;
    }
    let found = LABELS.iter().find(|(_, names)| names.iter().any(|name| text.contains(&format!(" {name} "))))?;
    Some(found.0)
}

/// How plainly a heading says that numbers of recommendations stand under it: 2 for "Rec no", 1 for
/// "No." or "Ref", which may as well count the rows, 0 for any other.
pub(super) fn reference_label(label: &str) -> usize {
    if role_of_label(label) != Some(Role::Reference) {
        return 0;
    }
    let folded = fold(label);
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    let telling = |word: &str| word.starts_with("rec") || word == "francis" || word == "inquiry";
    1 + usize::from(words.any(telling))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_however_they_are_worded() {
        let cases = [
            ("Key Themes and recommendations", Some(Role::Text)),
            ("Government Response", Some(Role::Response)),
            ("Current NHS Northmoor CCG Position", Some(Role::Position)),
            ("CCG Response", Some(Role::Position)),
            ("Progress to date", Some(Role::Position)),
            ("CCG Actions", Some(Role::Action)),
            ("Action required", Some(Role::Action)),
            ("By when", Some(Role::Due)),
            ("Timescale", Some(Role::Due)),
            ("Lead", Some(Role::Owner)),
            ("Responsible officer", Some(Role::Owner)),
            ("Key responsibility", Some(Role::Responsibility)),
            ("Rec No.", Some(Role::Reference)),
            ("Recommendation number", Some(Role::Reference)),
            ("Ref", Some(Role::Reference)),
            ("RAG", Some(Role::State)),
            ("Standard", Some(Role::Title)),
            ("Evidence", Some(Role::Evidence)),
            ("Evidence of progress", Some(Role::Evidence)),
            ("Sources of assurance", Some(Role::Assurance)),
            ("Assurance committee", None),
            ("Gaps in assurance", Some(Role::Gap)),
            ("Gap", Some(Role::Gap)),
            ("Action to close the gap", Some(Role::Action)),
            ("Our response", Some(Role::Position)),
            ("BRAG", Some(Role::State)),
            ("Accountability for implementation of the recommendations", None),
            ("Effective complaints handling", None),
            ("Risk score", None),
            ("", None),
        ];
        for (label, role) in cases {
            assert_eq!(role_of_label(label), role, "{label}");
        }
    }
}
