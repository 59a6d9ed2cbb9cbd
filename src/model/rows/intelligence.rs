//! Rows about providers: whose signals came, what they are about, and what was made of them.

use crate::model::Id;
use crate::model::due::Month;
use crate::model::record::record;
use crate::model::signal::Source;
use crate::model::triangulation::ReceiptState;
use crate::model::value::vocabulary;
use chrono::NaiveDate;

vocabulary!(
    /// How closely a provider is watched.
    Watch, "a level of watch", {
        /// As every provider is.
        Routine = "routine",
        /// More often, and about something.
        Enhanced = "enhanced",
        /// Taken to others: a risk summit, the regulator.
        Escalated = "escalated",
    }
);

record!(
    /// An organisation that the CCG commissions from.
    Provider {
        /// Place in the plan's order.
        order: String,
        /// Its name.
        name: String,
        /// What kind it is: "acute hospital", "community services".
        kind: String,
        /// Codes, former names and other spellings by which sources name it, a line each.
        aliases: String,
        /// How its board answered the report.
        board_response: String,
        /// The state of its own action plan.
        action_plan: String,
    }
);

record!(
    /// A theme of what signals are about: the CCG's own list. The id of a shipped one is derived from its title.
    SignalTheme {
        /// Place in the plan's order.
        order: String,
        /// Its name.
        title: String,
        /// The sources that say nothing about it, by their words, a line each.
        not_asked: String,
    }
);

record!(
    /// A subject as sources word it, and the theme it was mapped to by a person; goes before the shipped
    /// list. Its id is derived from the plan and its folded text.
    Subject {
        /// As sources word it.
        text: String,
        /// Its theme; blank for a subject that belongs to none.
        theme: Option<Id>,
    }
);

record!(
    /// Whether a provider's data of a source for a month came. Its id is derived from those three.
    Receipt {
        /// Whose data.
        provider: Id,
        /// Of which kind of source.
        source: Option<Source>,
        /// Of which month.
        month: Option<Month>,
        /// Whether it came.
        state: Option<ReceiptState>,
        /// What is to be said of it.
        note: String,
    }
);

record!(
    /// Signals or measures that came together: an import, or what a person put in by hand. While this row
    /// stands they count; without it they are as if they had never come.
    Batch {
        /// The file's name, or what a person did.
        name: String,
        /// The kind of source.
        source: Option<Source>,
        /// The provider, where all of it is of one.
        provider: Option<Id>,
        /// The day it came in.
        taken_on: Option<NaiveDate>,
        /// Whether a person put it in by hand.
        by_hand: bool,
        /// The first month that it covers.
        from: Option<Month>,
        /// The last one.
        to: Option<Month>,
        /// Columns that are dropped by default and were kept, a line each.
        kept: String,
        /// The key of its headings.
        header: String,
        /// What each column was read as, by the words of roles, a line each.
        roles: String,
        /// What it came to: "120 new, 3 updated".
        outcome: String,
    }
);

record!(
    /// What a person made of what the sources say together.
    NotedFinding {
        /// The provider; blank for all.
        provider: Option<Id>,
        /// The theme; blank for all.
        theme: Option<Id>,
        /// The first month of the period.
        from: Option<Month>,
        /// The last one.
        to: Option<Month>,
        /// The verdict as it was then.
        verdict: String,
        /// The sources it rested on, by their words, a line each.
        sources: String,
        /// What the person makes of it.
        judgement: String,
        /// When.
        date: Option<NaiveDate>,
    }
);

record!(
    /// A finding leads to an action, or bears on a recommendation.
    FindingLink {
        /// The finding.
        finding: Id,
        /// The action or recommendation.
        row: Id,
    }
);

record!(
    /// From a day on a provider is watched so closely. Never overwritten; the newest one holds.
    WatchLevel {
        /// The provider.
        provider: Id,
        /// How closely.
        level: Option<Watch>,
        /// From when on.
        date: Option<NaiveDate>,
        /// Why.
        reason: String,
        /// When it is looked at again.
        review: Option<NaiveDate>,
        /// With whom it was shared: "CQC, 4 June".
        shared: String,
        /// The finding that led to it.
        finding: Option<Id>,
    }
);

record!(
    /// From a month on a chart has limits of its own: something changed that is known.
    Rebase {
        /// Whose chart.
        provider: Id,
        /// Of which source.
        source: Option<Source>,
        /// Of which theme; blank for all of a source's together.
        theme: Option<Id>,
        /// The first month of the new limits.
        month: Option<Month>,
        /// What changed.
        reason: String,
    }
);

impl SignalTheme {
    /// The id of a theme that the program ships, in a plan; the same on every side that takes it.
    #[must_use]
    pub fn id_of(plan: Id, title: &str) -> Id {
        plan.derive(&["signal theme", title])
    }
}

impl Subject {
    /// The id of a subject in a plan, whatever its case and spaces.
    #[must_use]
    pub fn id_of(plan: Id, text: &str) -> Id {
        plan.derive(&["subject", &crate::model::text::words_key(text)])
    }
}

impl Receipt {
    /// The id of a receipt, the same on every side that makes it.
    #[must_use]
    pub fn id_of(provider: Id, source: Source, month: Month) -> Id {
        provider.derive(&["receipt", source.word(), &month.to_string()])
    }
}

impl FindingLink {
    /// The link's id, the same on every side that makes it.
    #[must_use]
    pub fn id_of(finding: Id, row: Id) -> Id {
        finding.derive(&["leads to", &row.to_string()])
    }
}
