//! What a column of an export can hold, and the headings that say so.

use super::heading::Heading;
use crate::model::value::vocabulary;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::sync::LazyLock;

vocabulary!(
    /// What a column holds. The words are the fields of `--map FIELD=COLUMN`.
    Role, "a field of a signal or a measure", {
        /// The reference it is known by.
        Reference = "reference",
        /// What Recap itself knows it by, in rows that it wrote.
        Key = "recap key",
        /// The kind of source of each row, in our words.
        Source = "source",
        /// The provider's name.
        Provider = "provider",
        /// The provider's code, where no name stands.
        ProviderCode = "provider code",
        /// The day it was received.
        Received = "received",
        /// The day it happened.
        Happened = "happened",
        /// A date that is said to be no more than one: the date that counts for the source.
        Date = "date",
        /// The day an answer is due.
        Due = "due",
        /// The day it was closed or answered.
        Closed = "closed",
        /// A month, a quarter or a year.
        Period = "month",
        /// What it is about; may hold several.
        Subject = "subject",
        /// What it is about, one level down: read where the subject is blank.
        SubSubject = "sub-subject",
        /// Division, service, group.
        Service = "service",
        /// Specialty.
        Specialty = "specialty",
        /// Site, ward, location.
        Site = "site",
        /// How far it has got.
        State = "state",
        /// How it ended.
        Outcome = "outcome",
        /// Grade, harm, complexity.
        Grade = "grade",
        /// Whether it is complaint or PALS, new, a follow-up, or none at all.
        Kind = "kind",
        /// Whether it was judged adverse.
        Adverse = "adverse",
        /// Whether the handling gives concern.
        HandlingConcern = "handling concern",
        /// What was learnt.
        Learning = "learning",
        /// What was made better.
        Improvement = "improvement",
        /// Hard or soft.
        Hardness = "hard or soft",
        /// What is measured: a survey's question.
        Question = "question",
        /// A count; its heading says of what.
        Count = "count",
        /// How many answered.
        Responses = "responses",
        /// How many were asked.
        Eligible = "eligible",
        /// The share of good answers.
        ShareGood = "share of good answers",
        /// The share of bad ones: the rest of a share that is read.
        ShareBad = "share of bad answers",
        /// A score.
        Score = "score",
        /// The count of the best answer: extremely likely, very good.
        Best = "best answer",
        /// The second best: likely, good.
        Good = "good answer",
        /// Neither.
        Neither = "neither answer",
        /// Unlikely, poor.
        Bad = "bad answer",
        /// Extremely unlikely, very poor.
        Worst = "worst answer",
        /// Don't know.
        DontKnow = "don't know",
        /// Not read.
        LeftOut = "left out",
    }
);

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl Role {
    /// Whether it holds a date.
    #[must_use]
    pub fn is_date(self) -> bool {
        matches!(self, Self::Received | Self::Happened | Self::Date | Self::Due | Self::Closed)
    }

    /// Whether it holds a number.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Self::Count | Self::Responses | Self::Eligible | Self::ShareGood | Self::ShareBad | Self::Score)
            || self.is_answer()
    }

    /// Whether it counts those who gave one answer.
    #[must_use]
    pub fn is_answer(self) -> bool {
        matches!(self, Self::Best | Self::Good | Self::Neither | Self::Bad | Self::Worst | Self::DontKnow)
    }

    /// Whether it holds sentences, which may say more than they should.
    #[must_use]
    pub fn is_free_text(self) -> bool {
        matches!(self, Self::Learning | Self::Improvement)
    }
}

/// Headings and what they say; see the file itself.
const HEADINGS: &str = include_str!("headings.txt");

static KNOWN: LazyLock<BTreeMap<&str, Known>> = LazyLock::new(|| {
    let mut known = BTreeMap::new();
    for (role, rank, name) in listed() {
        known.entry(name).or_insert(Known { role, rank });
    }
    known
});

/// Each heading of the list with its role, and its place among those of that role.
fn listed() -> Vec<(Role, usize, &'static str)> {
    let (mut role, mut rank, mut listed) = (Role::LeftOut, 0, Vec::new());
    for line in HEADINGS.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if let Some(word) = line.strip_suffix(':') {
            (role, rank) = (Role::from_word(word).unwrap_or(Role::LeftOut), 0);
            continue;
        }
        for name in line.split('|').map(str::trim).filter(|name| !name.is_empty()) {
            listed.push((role, rank, name));
            rank += 1;
        }
    }
    listed
}

/// Words that say enough, wherever they stand in a heading that is longer; all of one entry must stand
/// there, in any order.
const PARTS: &[(Role, &[&str])] = &[
    (Role::ShareBad, &["percentage", "not", "recommended"]),
    (Role::ShareGood, &["percentage", "recommended"]),
    (Role::Received, &["date", "received"]),
    (Role::Received, &["date", "reported"]),
    (Role::Happened, &["date", "incident"]),
    (Role::Happened, &["date", "event"]),
    (Role::Due, &["due", "date"]),
    (Role::Due, &["response", "due"]),
    (Role::Closed, &["date", "closed"]),
    (Role::Closed, &["closed", "complaint"]),
    (Role::SubSubject, &["sub", "subject"]),
    (Role::SubSubject, &["sub", "category"]),
    (Role::Specialty, &["specialty"]),
    (Role::Specialty, &["speciality"]),
    (Role::Subject, &["subject"]),
    (Role::Subject, &["subjects"]),
    (Role::Subject, &["category"]),
    (Role::Outcome, &["outcome"]),
    (Role::Learning, &["lessons"]),
    (Role::Grade, &["harm"]),
    (Role::Provider, &["provider"]),
    (Role::Reference, &["reference", "number"]),
    (Role::Responses, &["total", "responses"]),
    (Role::Eligible, &["total", "eligible"]),
    (Role::State, &["status"]),
];

/// How a heading is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) role: Role,
    /// Its place in the list of its role, the preferred one first; behind all for a part of a heading.
    pub(super) rank: usize,
}

/// What one of a heading's forms says a column holds, the first that says something.
pub(super) fn by_heading(forms: &[String]) -> Option<Known> {
    forms.iter().find_map(|form| KNOWN.get(form.as_str()).copied())
}

/// What words in a longer heading say.
pub(super) fn by_part(heading: &Heading) -> Option<Known> {
    heading.forms.iter().find_map(|form| {
        let has = |word: &&str| form.split(' ').any(|other| other == *word);
        PARTS.iter().find(|(_, words)| words.iter().all(has)).map(|(role, _)| Known { role: *role, rank: usize::MAX })
    })
}

/// What a heading is that is misspelt.
pub(super) fn by_likeness(heading: &Heading) -> Option<Known> {
    let form = heading.forms.first().filter(|form| form.len() > 5)?;
    let near = KNOWN.iter().filter(|(name, _)| name.len().abs_diff(form.len()) < 3);
    let alike = near.map(|(name, known)| (known.role, strsim::normalized_damerau_levenshtein(name, form)));
    let best = alike.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, alike)| *alike >= 0.88)?;
    Some(Known { role: best.0, rank: usize::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_heading_stands_for_two_things() {
        let mut seen: BTreeMap<&str, Role> = BTreeMap::new();
        for (role, _, name) in listed() {
            assert_ne!(role, Role::LeftOut, "{name} stands under a role");
            assert_eq!(Heading::new(name).forms[0], name, "written as headings are folded");
            assert_eq!(seen.insert(name, role), None, "{name} stands twice");
        }
        assert!(seen.len() > 300, "the list was read");
    }

    #[test]
    fn headings_are_known_in_every_system_s_dress() {
        for (label, role) in [
            ("Reference", Role::Reference),
            ("Datix  ID", Role::Reference),
            ("Speciality", Role::Specialty),
            ("Location (Exact)", Role::Site),
            ("Complaint - Patient Relations Team Management (First Received)", Role::Received),
            ("Complaint Response Provided (--Due date)", Role::Due),
            ("Complaint Response Provided (--Completion Date)", Role::Closed),
            ("Complaint Response Provided (Date Complaint Closed)", Role::Closed),
            ("Complaint Response Provided (Specialty (Main))", Role::Specialty),
            ("Complaint Response Provided (Clinical Decision Group (CDG) (Main))", Role::Service),
            ("Complaint Response Provided (Site of event (Main))", Role::Site),
            ("Complaint Response Provided (Subjects (Complaint))", Role::Subject),
            ("Complaint Response Provided (Sub-Subjects (Complaint))", Role::SubSubject),
            ("Complaint Response Provided (Type of Complaint/PALS)", Role::Kind),
            ("Complaint Response Provided (Outcome code (Complaint))", Role::Outcome),
            ("Percentage Recommended - AE", Role::ShareGood),
            ("Percentage Not Recommended - AE", Role::ShareBad),
            ("% recommend", Role::ShareGood),
        ] {
            let heading = Heading::new(label);
            let known = by_heading(&heading.forms).or_else(|| by_part(&heading));
            assert_eq!(known.map(|known| known.role), Some(role), "{label}");
        }
        let misspelt = by_likeness(&Heading::new("Date recieved")).map(|known| known.role);
        assert_eq!(misspelt, Some(Role::Received), "a slip of the pen");
        assert_eq!(by_likeness(&Heading::new("Weather")).map(|known| known.role), None, "another thing");
    }
}
