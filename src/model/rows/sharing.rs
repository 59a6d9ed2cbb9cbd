//! Rows about copies of the plan: what was shared with whom, and how far a copy that came back was taken over.

use crate::model::Id;
use crate::model::record::record;
use chrono::NaiveDate;

record!(
    /// A copy of the plan was made for somebody. Its id is the share's, which the copy's manifest carries too.
    Share {
        /// When.
        date: Option<NaiveDate>,
        /// Who it is for, "NHS Southmoor CCG".
        for_whom: String,
        /// What for.
        why: String,
        /// What went, a line each: "17 recommendations".
        goes: String,
        /// What was left out, a line each.
        left_out: String,
        /// The name of the file that was made, without its folder.
        file: String,
        /// The SHA-256 of the file, 64 hexadecimal digits.
        sha256: String,
        /// The last entry of the journal at that moment: what the copy is the plan as at.
        base: Id,
        /// Made to be edited and merged when it comes back.
        to_edit: bool,
    }
);

record!(
    /// Another copy of this plan was taken over up to one of its journal's entries. Its id is derived from that.
    MergeMark {
        /// The last entry of the copy's journal that was taken over.
        entry: Id,
        /// Whose copy it was, or its file's name.
        from_whom: String,
        /// When.
        date: Option<NaiveDate>,
    }
);

impl MergeMark {
    /// The mark's id in a plan, the same on every side that makes it.
    #[must_use]
    pub fn id_of(plan: Id, entry: Id) -> Id {
        plan.derive(&["merged up to", &entry.to_string()])
    }
}
