//! Names of owners and partners that are spelt almost like one that is used more.

use super::proposal::{Proposal, ProposedAction, ProposedField, Status};
use super::role::{Role, role_of_label};
use crate::model::Plan;
use crate::model::text::fold;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How alike two spellings have to be, of 1.
const ALIKE: f64 = 0.85;
/// More different names than any plan has owners are no names, and comparing each with each takes long.
const MOST: usize = 400;
/// A longer text is a sentence.
const LONGEST: usize = 80;

/// A name that may be misspelt. Kept as written unless a person takes the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProposedName {
    /// The line it stands on first.
    pub line: usize,
    /// `owner` or `partners`.
    pub field: &'static str,
    /// As the document has it.
    pub written: String,
    /// The name that is used more, in the plan or the document.
    pub instead: String,
    /// How many actions it stands at.
    pub actions: usize,
    /// Whether the other is taken, at all of them.
    pub take: bool,
}

/// A name in the plan or the document.
struct Used {
    name: String,
    line: usize,
    /// In actions that the document brings.
    brought: usize,
    all: usize,
}

/// The names that a text of owners or partners holds.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', ';', ',']).map(|name| name.trim().trim_start_matches(['•', ' '])).filter(|name| {
        let length = name.chars().count();
        (4..=LONGEST).contains(&length)
    })
}

/// What a document would write into a field of an action that it brings or fills.
fn brought<'a>(action: &'a ProposedAction, field: &str) -> Option<&'a str> {
    if action.status == Status::Added && action.fields.is_empty() {
        return Some(if field == "owner" { &action.row.owner } else { &action.row.partners });
    }
    let filled = action.fields.iter().find(|filled| filled.field == field && filled.status == Status::Added);
    filled.map(|filled| filled.theirs.as_str())
}

/// Whether names of a field stand under a heading.
fn is_of(field: &str, heading: &str) -> bool {
    role_of_label(heading) == Some(if field == "owner" { Role::Owner } else { Role::Partners })
}

/// The names of a proposal that are spelt almost like another.
pub(super) fn find(plan: &Plan, proposal: &Proposal) -> Vec<ProposedName> {
    ["owner", "partners"].into_iter().flat_map(|field| of_field(plan, proposal, field)).collect()
}

fn of_field(plan: &Plan, proposal: &Proposal, field: &'static str) -> Vec<ProposedName> {
    let mut used: BTreeMap<String, Used> = BTreeMap::new();
    let mut count = |name: &str, line: usize, brought: usize, weight: usize| {
        let new = || Used { name: name.to_owned(), line, brought: 0, all: 0 };
        let entry = used.entry(fold(name)).or_insert_with(new);
        entry.brought += brought;
        entry.all += weight;
        if brought > 0 && (entry.brought == brought || line < entry.line) {
            entry.line = line;
        }
    };
    for action in plan.actions.values() {
        // a name that the plan has is an owner's, however seldom
        names(if field == "owner" { &action.owner } else { &action.partners }).for_each(|name| count(name, 0, 0, 2));
    }
    // a cell that was parted into many actions says a name once
    let mut said: BTreeSet<(usize, String)> = BTreeSet::new();
    for action in proposal.all_actions() {
        for name in names(brought(action, field).unwrap_or_default()) {
            let first = said.insert((action.line, fold(name)));
            count(name, action.line, 1, usize::from(first));
        }
    }
    // nor is a name unused that stands where no action was made
    for remark in proposal.all_remarks().filter(|remark| is_of(field, &remark.row.label)) {
        for name in names(&remark.row.text) {
            let first = said.insert((remark.line, fold(name)));
            count(name, remark.line, 0, usize::from(first));
        }
    }
    if used.len() > MOST {
        return Vec::new();
    }
    let mut found: Vec<ProposedName> = used
        .iter()
        .filter(|(_, used)| used.brought > 0)
        .filter_map(|(folded, one)| {
            // of two that are used alike, the one that stands first is taken for the right one
            let better = |used: &Used| (used.all, Reverse(used.line)) > (one.all, Reverse(one.line));
            let more = used.iter().filter(|(other, used)| *other != folded && better(used));
            let alike = more.filter_map(|(other, used)| Some((likeness(folded, other)?, used)));
            let (_, best) = alike.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.all.cmp(&b.1.all)))?;
            let (written, instead) = (one.name.clone(), best.name.clone());
            Some(ProposedName { line: one.line, field, written, instead, actions: one.brought, take: false })
        })
        .collect();
    found.sort_by_key(|name| name.line);
    found
}

/// How alike two folded names are, if they are enough; "Ward 1" and "Ward 2" are two names.
fn likeness(a: &str, b: &str) -> Option<f64> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (long, short) = (a.chars().count().max(b.chars().count()), a.chars().count().min(b.chars().count()));
    if short as f64 / long as f64 <= ALIKE - 0.01 || digits(a) != digits(b) {
        return None;
    }
    Some(strsim::normalized_damerau_levenshtein(a, b)).filter(|alike| *alike >= ALIKE)
}

/// A text of names with those replaced that a person took another for.
pub(super) fn replaced(names: &[ProposedName], field: &str, text: &str) -> String {
    let mut out = text.to_owned();
    for name in names.iter().filter(|name| name.take && name.field == field) {
        let parts = out.split_inclusive(['\n', ';', ',']).map(|part| {
            let end = part.len() - part.trim_end_matches(['\n', ';', ',']).len();
            let (body, mark) = part.split_at(part.len() - end);
            let inner = body.trim().trim_start_matches(['•', ' ']);
            if !inner.is_empty() && fold(inner) == fold(&name.written) {
                format!("{}{mark}", body.replacen(inner, &name.instead, 1))
            } else {
                part.to_owned()
            }
        });
        out = parts.collect();
    }
    out
}

/// A field with the names replaced, where it is one of names.
pub(super) fn replaced_field(names: &[ProposedName], field: &ProposedField) -> ProposedField {
    let mut field = field.clone();
    if matches!(field.field, "owner" | "partners") {
        field.theirs = replaced(names, field.field, &field.theirs);
    }
    field
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_is_a_slip_of_the_pen_and_not_another_name() {
        for (a, b) in [
            ("accountable oficer", "accountable officer"),
            ("head of contracting", "head of contarcting"),
            ("associate director of quality", "assoc director of quality"),
        ] {
            assert!(likeness(a, b).is_some(), "{a} – {b}");
        }
        for (a, b) in [
            ("chief nurse", "chief officer"),
            ("quality lead 1", "quality lead 2"),
            ("head of quality", "head of contracting"),
            ("lead", "leads and others"),
        ] {
            assert!(likeness(a, b).is_none(), "{a} – {b}");
        }
    }

    #[test]
    fn only_the_name_itself_is_replaced() {
        let name = ProposedName {
            line: 1,
            field: "owner",
            written: "Quality Laed".into(),
            instead: "Quality Lead".into(),
            actions: 1,
            take: true,
        };
        let text = "Chief Nurse; quality laed\nQuality Laed for wards";
        assert_eq!(
            replaced(std::slice::from_ref(&name), "owner", text),
            "Chief Nurse; Quality Lead\nQuality Laed for wards"
        );
        assert_eq!(replaced(std::slice::from_ref(&name), "partners", text), text, "another field");
        let kept = ProposedName { take: false, ..name };
        assert_eq!(replaced(&[kept], "owner", text), text, "kept as written");
    }
}
