//! The kinds of row a plan holds, and the closed vocabularies of their fields.

mod intelligence;
mod kept;
mod sharing;

pub use intelligence::{
    Batch, FindingLink, NotedFinding, Provider, Rebase, Receipt, SignalTheme, Subject, Watch, WatchLevel,
};
pub use kept::{GapAnswer, SavedView};
pub use sharing::{MergeMark, Share};

use super::Id;
use super::record::record;
use super::value::vocabulary;
use chrono::NaiveDate;

vocabulary!(
    /// Which kind of row a change or an id is about.
    Entity, "a kind of row", {
        /// [`PlanInfo`]
        PlanInfo = "plan",
        /// [`Report`]
        Report = "report",
        /// [`PaperField`]
        PaperField = "paper_field",
        /// [`Theme`]
        Theme = "theme",
        /// [`Recommendation`]
        Recommendation = "recommendation",
        /// [`Position`]
        Position = "position",
        /// [`Responsibility`]
        Responsibility = "responsibility",
        /// [`Action`]
        Action = "action",
        /// [`Timescale`]
        Timescale = "timescale",
        /// [`Update`]
        Update = "update",
        /// [`Link`]
        Link = "link",
        /// [`CrossReference`]
        CrossReference = "cross_reference",
        /// [`Choice`]
        Choice = "choice",
        /// [`Evidence`]
        Evidence = "evidence",
        /// [`EvidenceLink`]
        EvidenceLink = "evidence_link",
        /// [`Remark`]
        Remark = "remark",
        /// [`Revision`]
        Revision = "revision",
        /// [`StateWord`]
        StateWord = "state_word",
        /// [`Provider`]
        Provider = "provider",
        /// [`SignalTheme`]
        SignalTheme = "signal_theme",
        /// [`Subject`]
        Subject = "subject",
        /// [`Receipt`]
        Receipt = "receipt",
        /// [`Batch`]
        Batch = "batch",
        /// [`NotedFinding`]
        NotedFinding = "noted_finding",
        /// [`FindingLink`]
        FindingLink = "finding_link",
        /// [`WatchLevel`]
        WatchLevel = "watch_level",
        /// [`Rebase`]
        Rebase = "rebase",
        /// [`Share`]
        Share = "share",
        /// [`MergeMark`]
        MergeMark = "merge_mark",
        /// [`SavedView`]
        SavedView = "saved_view",
        /// [`GapAnswer`]
        GapAnswer = "gap_answer",
    }
);

vocabulary!(
    /// How far the plan itself has got.
    PlanStatus, "a plan status", {
        /// Still being written.
        Draft = "draft",
        /// Put to the governing body.
        Proposed = "proposed",
        /// Agreed by it.
        Approved = "approved",
        /// Replaced by a later plan.
        Superseded = "superseded",
    }
);

vocabulary!(
    /// Where the CCG stands on a recommendation.
    PositionState, "a state of a position", {
        /// Done and working.
        InPlace = "in place",
        /// Some of it works.
        Partly = "partly",
        /// Nothing of it works yet.
        Gap = "gap",
        /// To come, and arranged.
        Planned = "planned",
        /// Depends on somebody else's answer.
        Waiting = "waiting",
        /// Overtaken by events.
        NoLongerNeeded = "no longer needed",
    }
);

vocabulary!(
    /// The CCG's own answer to a recommendation.
    Acceptance, "an answer to a recommendation", {
        /// As it stands.
        Accepted = "accepted",
        /// A part of it.
        InPart = "accepted in part",
        /// Its aim, not its means.
        InPrinciple = "accepted in principle",
        /// Not.
        NotAccepted = "not accepted",
        /// Addressed to somebody else.
        NotForUs = "not for us",
    }
);

vocabulary!(
    /// How far an action has got. Overdue is none of these: it is computed from the due date.
    ActionState, "a state of an action", {
        /// Nobody has begun.
        NotStarted = "not started",
        /// Under way.
        InProgress = "in progress",
        /// Done.
        Complete = "complete",
        /// Stopped for now.
        OnHold = "on hold",
        /// Given up with reason.
        NoLongerNeeded = "no longer needed",
    }
);

#[expect(clippy::derivable_impls, reason = "the vocabulary! macro leaves no place for #[default]")]
impl Default for ActionState {
    fn default() -> Self {
        Self::NotStarted
    }
}

vocabulary!(
    /// What an import left open for a person to settle.
    ChoiceKind, "a kind of open choice", {
        /// A sentence that may be an action; the answer is whether to make it one.
        CandidateAction = "candidate action",
        /// Several timescales and several actions in one row: which belongs to which.
        Pairing = "pairing",
        /// "Bi monthly": twice a month or every two months.
        Interval = "interval",
        /// "See above" whose target could not be known.
        CrossReference = "cross reference",
        /// A document's words that differ from what the plan holds.
        Differs = "differs",
        /// A position without a date.
        UndatedPosition = "undated position",
    }
);

#[expect(clippy::derivable_impls, reason = "the vocabulary! macro leaves no place for #[default]")]
impl Default for ChoiceKind {
    fn default() -> Self {
        Self::CandidateAction
    }
}

record!(
    /// The plan itself: one row, whose id is the plan's.
    PlanInfo {
        /// Whose answer it is, "NHS Northmoor CCG".
        organisation: String,
        /// "Francis action plan".
        title: String,
        /// "Draft 3".
        version: String,
        /// How far it has got.
        status: Option<PlanStatus>,
        /// The paper's date: what the plan is judged against until a person chooses another date.
        as_at: Option<NaiveDate>,
    }
);

record!(
    /// A report that the plan answers.
    Report {
        /// The catalogue's key, `francis-2013`.
        key: String,
        /// In full.
        title: String,
        /// As people say it, "Francis report".
        short_title: String,
        /// The day it was published.
        published: Option<NaiveDate>,
    }
);

record!(
    /// One field of the paper's summary sheet, as the form words it.
    PaperField {
        /// Place on the sheet.
        order: String,
        /// What the field is, `lead_director`; see `model::paper` for the known ones.
        key: String,
        /// The form's own words, "Lead Director/GP from CCG".
        label: String,
        /// What was filled in.
        text: String,
    }
);

record!(
    /// A heading that groups recommendations in this plan.
    Theme {
        /// Place among the themes.
        order: String,
        /// The heading.
        title: String,
    }
);

record!(
    /// One row of the grid.
    Recommendation {
        /// Place in its theme.
        order: String,
        /// The key of the report it comes from.
        report: String,
        /// Its number there, as text with natural order: `9` before `10`, `2.5.3` before `2.5.10`.
        reference: String,
        /// The theme it stands under.
        theme: Option<Id>,
        /// The report's section.
        section: String,
        /// The published title.
        title: String,
        /// The published text.
        text: String,
        /// The CCG's title, where it differs.
        local_title: String,
        /// The CCG's wording, where it differs.
        local_text: String,
        /// What the government answered, in its word: "Accepted in principle".
        response_status: String,
        /// The government's answer in full.
        response: String,
        /// Whose record of that answer this is.
        response_by: String,
        /// The CCG's own answer.
        acceptance: Option<Acceptance>,
        /// When the CCG gave it.
        acceptance_date: Option<NaiveDate>,
        /// Why.
        acceptance_reason: String,
    }
);

record!(
    /// A dated statement of where the CCG stands. A new one never overwrites an old one.
    Position {
        /// The recommendation it is about.
        recommendation: Id,
        /// The date it speaks for; none for one that came undated.
        as_at: Option<NaiveDate>,
        /// What it says, in paragraphs and bullets.
        text: String,
        /// In a word.
        state: Option<PositionState>,
    }
);

record!(
    /// A key responsibility of the action plan, under which actions stand.
    Responsibility {
        /// Place in the action plan.
        order: String,
        /// Its words.
        text: String,
    }
);

record!(
    /// What will be done, by which role, due when, in what state.
    Action {
        /// Place under its responsibility, or among those that stand alone.
        order: String,
        /// Its words; a tentative one keeps its leading "?".
        text: String,
        /// The responsibility it stands under.
        responsibility: Option<Id>,
        /// The role that has it.
        owner: String,
        /// Who else is in it.
        partners: String,
        /// How far it has got.
        state: ActionState,
        /// Not yet confirmed: never overdue.
        tentative: bool,
        /// The timescale as the CCG wrote it.
        due_words: String,
        /// A person's reading of those words, where it overrules ours ([`super::due::Due::code`]).
        due_reading: String,
        /// The due words before the first revision.
        original_due_words: String,
        /// The day it was ticked done.
        done_on: Option<NaiveDate>,
        /// The day on which work begins or began.
        starts_on: Option<NaiveDate>,
        /// The day on which what is ongoing or recurs is looked at next.
        next_review: Option<NaiveDate>,
    }
);

record!(
    /// Due words that stand at a responsibility.
    Timescale {
        /// Place at its responsibility.
        order: String,
        /// The responsibility.
        responsibility: Id,
        /// As the CCG wrote it.
        words: String,
        /// A person's reading of those words, where it overrules ours.
        reading: String,
        /// The words before the first revision.
        original: String,
        /// Why they were revised.
        reason: String,
        /// Ticked done.
        done: bool,
        /// The action it was paired with, whose due it then is.
        action: Option<Id>,
        /// The day it was ticked done.
        done_on: Option<NaiveDate>,
    }
);

record!(
    /// A dated note of progress on an action. Never overwritten.
    Update {
        /// The action.
        action: Id,
        /// When it was reported.
        date: Option<NaiveDate>,
        /// What was reported.
        note: String,
        /// The state from then on.
        state: Option<ActionState>,
        /// The due words from then on.
        due: String,
        /// Why the due was revised.
        reason: String,
    }
);

record!(
    /// An action serves a recommendation. Its id is derived from the two.
    Link {
        /// The recommendation.
        recommendation: Id,
        /// The action.
        action: Id,
        /// Place among the recommendation's actions.
        order: String,
    }
);

record!(
    /// Words in a recommendation's cell that point at another: "See above", "As stated in section 127 above".
    CrossReference {
        /// Where the words stand.
        recommendation: Id,
        /// The words as written.
        words: String,
        /// The recommendation they mean, where that is known.
        target: Option<Id>,
    }
);

record!(
    /// Something an import left for a person to settle.
    Choice {
        /// Place in the list.
        order: String,
        /// What sort of question.
        kind: ChoiceKind,
        /// The row it is about.
        subject: Option<Id>,
        /// The field of that row, where it is about one.
        field: String,
        /// The words in question.
        text: String,
        /// The document and the place in it.
        source: String,
        /// What was decided; blank while it is open.
        answer: String,
    }
);

record!(
    /// What shows that a statement of the plan is so: minutes, an audit, a report, a contract.
    Evidence {
        /// Place among the plan's evidence.
        order: String,
        /// What it is, "Minutes of the Quality Committee".
        text: String,
        /// What sort of thing, in the CCG's words: "audit", "minutes".
        kind: String,
        /// Its own date.
        date: Option<NaiveDate>,
        /// Where it is held, "Quality team's shared folder".
        held: String,
        /// The last day on which it can be relied on.
        valid_until: Option<NaiveDate>,
    }
);

record!(
    /// Evidence stands behind what is said of a recommendation. Its id is derived from the two.
    EvidenceLink {
        /// The recommendation.
        recommendation: Id,
        /// The evidence.
        evidence: Id,
        /// Place among the recommendation's evidence.
        order: String,
    }
);

record!(
    /// A cell of a document that the plan has no field for, kept with its column's heading.
    Remark {
        /// Place among the plan's remarks.
        order: String,
        /// The recommendation, action or responsibility it stands at.
        row: Id,
        /// The column's heading, "Assurance committee".
        label: String,
        /// The cell's words.
        text: String,
        /// The document and the place in it.
        source: String,
    }
);

record!(
    /// A timescale's due was revised. Never overwritten; an action's revisions are [`Update`]s.
    Revision {
        /// The timescale.
        timescale: Id,
        /// When it was revised.
        date: Option<NaiveDate>,
        /// The words from then on.
        words: String,
        /// Why.
        reason: String,
    }
);

record!(
    /// The plan's own word for a state of an action, where it has one. Its id is derived from the state.
    StateWord {
        /// The state: a word of [`ActionState`], `overdue` or `tentative`.
        key: String,
        /// What the CCG calls it; blank for our own word.
        word: String,
        /// The letter that print puts before the word: B, R, A or G; blank for none.
        letter: String,
    }
);

impl EvidenceLink {
    /// The link's id, the same on every side that makes it.
    #[must_use]
    pub fn id_of(recommendation: Id, evidence: Id) -> Id {
        recommendation.derive(&["shown by", &evidence.to_string()])
    }
}

impl Link {
    /// The link's id, the same on every side that makes it.
    #[must_use]
    pub fn id_of(recommendation: Id, action: Id) -> Id {
        recommendation.derive(&["serves", &action.to_string()])
    }
}

impl Recommendation {
    /// The id of a report's recommendation in a plan, the same on every side that adds it.
    #[must_use]
    pub fn id_of(plan: Id, report: &str, reference: &str) -> Id {
        plan.derive(&["recommendation", report, reference])
    }

    /// The title to show: the CCG's where it has one.
    #[must_use]
    pub fn shown_title(&self) -> &str {
        if self.local_title.is_empty() { &self.title } else { &self.local_title }
    }

    /// The wording to show: the CCG's where it has one.
    #[must_use]
    pub fn shown_text(&self) -> &str {
        if self.local_text.is_empty() { &self.text } else { &self.local_text }
    }
}
