//! What a column of an export can hold, and the headings that say so.

use super::heading::Heading;
use crate::model::value::vocabulary;
use serde::{Serialize, Serializer};

vocabulary!(
    /// What a column holds. The words are the fields of `--map FIELD=COLUMN`.
    Role, "a field of a signal or a measure", {
        /// The reference it is known by.
        Reference = "reference",
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

/// Headings, folded as `heading` folds them, in the order in which they are preferred where several
/// columns hold the same.
const HEADINGS: &[(Role, &[&str])] = &[
    (
        Role::Reference,
        &[
            "reference",
            "ref",
            "ref no",
            "reference no",
            "reference number",
            "complaint reference",
            "complaint ref",
            "complaint no",
            "complaint number",
            "complaint id",
            "datix id",
            "datix ref",
            "datix reference",
            "datix number",
            "datix no",
            "incident id",
            "incident reference",
            "incident ref",
            "incident number",
            "incident no",
            "steis number",
            "steis no",
            "steis ref",
            "steis reference",
            "steis id",
            "steis",
            "si number",
            "si reference",
            "case reference",
            "case ref",
            "case id",
            "case number",
            "case no",
            "record id",
            "record number",
            "record reference",
            "unique reference",
            "unique id",
            "our ref",
            "our reference",
            "ulysses number",
            "ulysses ref",
            "pals reference",
            "pals ref",
            "pals number",
            "alert id",
            "alert reference",
            "alert ref",
            "alert number",
            "web number",
            "local reference",
            "local ref",
            "log number",
            "log no",
            "visit reference",
            "visit id",
            "id",
        ],
    ),
    (
        Role::Provider,
        &[
            "provider",
            "provider name",
            "name of provider",
            "provider organisation",
            "organisation name",
            "organisation",
            "organization",
            "organization name",
            "name of organisation",
            "org name",
            "trust name",
            "trust",
            "name of trust",
            "reporting organisation",
            "reporting organisation name",
            "provider trust",
            "hospital trust",
            "care provider",
            "provider concerned",
            "organisation concerned",
            "provider involved",
            "about which provider",
        ],
    ),
    (
        Role::ProviderCode,
        &[
            "provider code",
            "org code",
            "organisation code",
            "organization code",
            "trust code",
            "ods code",
            "code",
            "provider org code",
            "site code",
            "provider id",
        ],
    ),
    (
        Role::Received,
        &[
            "received",
            "date received",
            "received date",
            "first received",
            "date first received",
            "complaint received",
            "date complaint received",
            "complaint received date",
            "received on",
            "date of receipt",
            "date of complaint",
            "complaint date",
            "date opened",
            "opened",
            "opened date",
            "date logged",
            "logged",
            "logged date",
            "date raised",
            "raised",
            "date of alert",
            "alert date",
            "date of contact",
            "contact date",
            "date published",
            "published",
            "publication date",
            "date of publication",
            "report date",
            "date of report",
            "date reported",
            "reported",
            "reported date",
            "reported on",
            "date reported on steis",
            "steis date",
            "date created",
            "created",
            "created date",
            "date of story",
            "story date",
        ],
    ),
    (
        Role::Happened,
        &[
            "happened",
            "date happened",
            "incident date",
            "date of incident",
            "date incident occurred",
            "event date",
            "date of event",
            "date occurred",
            "occurred",
            "date of occurrence",
            "occurrence date",
            "incident occurred",
            "date of visit",
            "visit date",
            "inspection date",
            "date of inspection",
            "date of survey",
            "survey date",
        ],
    ),
    (Role::Date, &["date"]),
    (
        Role::Due,
        &[
            "due",
            "due date",
            "date due",
            "response due",
            "response due date",
            "target date",
            "target response date",
            "deadline",
            "deadline date",
            "agreed date",
            "agreed response date",
            "rca due",
            "rca due date",
            "date response due",
            "reply due",
            "investigation due",
        ],
    ),
    (
        Role::Closed,
        &[
            "completion date",
            "response sent",
            "date response sent",
            "response sent date",
            "date of response",
            "response date",
            "date replied",
            "reply date",
            "replied",
            "closed",
            "date closed",
            "closed date",
            "closure date",
            "date of closure",
            "date complaint closed",
            "complaint closed",
            "complaint closed date",
            "completed",
            "date completed",
            "completed date",
            "date resolved",
            "resolved date",
        ],
    ),
    (
        Role::Period,
        &[
            "month",
            "period",
            "reporting month",
            "reporting period",
            "month received",
            "month of receipt",
            "data period",
            "quarter",
            "financial year",
            "year",
            "month year",
            "year month",
            "date period",
            "period name",
            "survey month",
            "year quarter",
            "financial year and quarter",
        ],
    ),
    (
        Role::Subject,
        &[
            "subject",
            "subjects",
            "subject area",
            "subject areas",
            "complaint subject",
            "complaint subjects",
            "subject of complaint",
            "subject s",
            "ko41a subject",
            "primary subject",
            "main subject",
            "subject primary",
            "subject main",
            "theme",
            "themes",
            "main theme",
            "primary theme",
            "category",
            "categories",
            "incident category",
            "alert category",
            "category type",
            "cause group",
            "issue",
            "issues",
            "issue s",
            "main issue",
            "type of issue",
            "nature of complaint",
            "nature of concern",
            "issues raised",
            "topic",
            "topics",
            "si category",
            "incident type",
            "type of incident",
            "area of concern",
            "reason for complaint",
            "concern",
            "concerns",
        ],
    ),
    (
        Role::SubSubject,
        &[
            "sub subject",
            "sub subjects",
            "subsubject",
            "sub subject s",
            "sub category",
            "subcategory",
            "sub categories",
            "sub theme",
            "sub themes",
            "subject detail",
            "cause 1",
            "incident sub category",
        ],
    ),
    (
        Role::Service,
        &[
            "service",
            "services",
            "service area",
            "service areas",
            "division",
            "directorate",
            "care group",
            "clinical group",
            "clinical decision group",
            "clinical decision group cdg",
            "cdg",
            "business unit",
            "department",
            "team",
            "service type",
            "service line",
            "group",
            "cluster",
            "clinical service",
            "service name",
            "division name",
            "department name",
            "directorate name",
            "team name",
        ],
    ),
    (
        Role::Specialty,
        &[
            "specialty",
            "speciality",
            "specialties",
            "specialty main",
            "main specialty",
            "treatment function",
            "specialty name",
            "speciality name",
            "clinical specialty",
        ],
    ),
    (
        Role::Site,
        &[
            "site",
            "sites",
            "site name",
            "name of site",
            "site of event",
            "hospital",
            "hospital name",
            "hospital site",
            "location",
            "location exact",
            "exact location",
            "location of event",
            "location of incident",
            "ward",
            "ward name",
            "ward department",
            "ward unit",
            "unit",
            "location name",
            "location type",
            "practice",
            "practice name",
            "place",
        ],
    ),
    (
        Role::State,
        &[
            "state",
            "status",
            "current status",
            "stage",
            "current stage",
            "case status",
            "complaint status",
            "investigation status",
            "record status",
            "incident status",
            "approval status",
            "open closed",
        ],
    ),
    (
        Role::Outcome,
        &[
            "outcome",
            "outcome code",
            "complaint outcome",
            "outcome of complaint",
            "final outcome",
            "decision",
            "upheld",
            "upheld status",
            "outcome upheld",
            "case outcome",
        ],
    ),
    (
        Role::Grade,
        &[
            "actual harm",
            "degree of harm",
            "level of harm",
            "harm",
            "harm level",
            "severity of harm",
            "grade",
            "severity",
            "grading",
            "risk grade",
            "risk grading",
            "risk rating",
            "complexity",
            "complaint complexity",
            "complaint grade",
            "si grade",
            "impact",
            "result",
            "consequence",
        ],
    ),
    (
        Role::Kind,
        &[
            "type",
            "type of complaint pals",
            "type of complaint",
            "complaint type",
            "record type",
            "type of record",
            "contact type",
            "type of contact",
            "case type",
            "kind",
        ],
    ),
    (
        Role::Adverse,
        &[
            "adverse",
            "adverse judgement",
            "judged adverse",
            "judgement",
            "rating",
            "overall rating",
            "cqc rating",
            "compliant",
            "compliance",
            "standard met",
            "positive or negative",
            "positive negative",
            "sentiment",
        ],
    ),
    (
        Role::HandlingConcern,
        &[
            "handling concern",
            "concern about handling",
            "handling gives concern",
            "handling of concern",
            "complaint handling concern",
            "concern with handling",
        ],
    ),
    (
        Role::Learning,
        &[
            "learning",
            "lessons learned",
            "lessons learnt",
            "lessons",
            "lesson learned",
            "lesson learnt",
            "learning points",
            "learning identified",
            "what was learnt",
            "what was learned",
            "key learning",
        ],
    ),
    (
        Role::Improvement,
        &[
            "improvement",
            "improvements",
            "improvement made",
            "improvements made",
            "service improvement",
            "service improvements",
            "what changed",
            "what has changed",
            "you said we did",
            "changes made",
        ],
    ),
    (Role::Hardness, &["hard or soft", "hard soft", "soft or hard", "intelligence type", "type of intelligence"]),
    (
        Role::Question,
        &["question", "question text", "survey question", "measure", "indicator", "metric", "key finding"],
    ),
    (
        Role::Responses,
        &[
            "total responses",
            "responses",
            "number of responses",
            "respondents",
            "number of respondents",
            "total number of responses",
            "base",
            "base size",
            "answers",
            "denominator",
            "sample",
            "n",
        ],
    ),
    (
        Role::Eligible,
        &["total eligible", "eligible", "number eligible", "eligible patients", "sample size", "number surveyed"],
    ),
    (
        Role::ShareGood,
        &[
            "percentage recommended",
            "percentage recommend",
            "percent recommended",
            "recommended",
            "would recommend",
            "recommend",
            "percentage positive",
            "percent positive",
            "positive",
            "percentage",
            "percent",
            "positive score percentage",
        ],
    ),
    (
        Role::ShareBad,
        &[
            "percentage not recommended",
            "percentage not recommend",
            "not recommended",
            "would not recommend",
            "percentage negative",
            "percent negative",
            "negative",
            "not recommend",
        ],
    ),
    (
        Role::Score,
        &[
            "score",
            "fft score",
            "friends and family test score",
            "net score",
            "net promoter score",
            "nps",
            "mean score",
            "average score",
            "value",
            "result score",
            "scale score",
            "trust score",
        ],
    ),
    (
        Role::Count,
        &[
            "count",
            "number",
            "total",
            "numerator",
            "total new complaints",
            "new complaints",
            "number of complaints",
            "complaints",
            "total complaints",
            "number of incidents",
            "incidents",
            "total incidents",
            "contacts",
            "activity",
            "admissions",
            "attendances",
            "bed days",
            "occupied bed days",
            "number upheld",
            "total upheld",
            "number of contacts",
            "total contacts",
            "spells",
            "discharges",
            "complaints received",
            "number received",
            "total received",
            "pals contacts",
            "alerts",
            "number of alerts",
            "incidents reported",
        ],
    ),
    (Role::Best, &["extremely likely", "very good", "number extremely likely"]),
    (Role::Good, &["likely", "good", "number likely"]),
    (Role::Neither, &["neither likely nor unlikely", "neither likely or unlikely", "neither", "neither good nor poor"]),
    (Role::Bad, &["unlikely", "poor", "number unlikely"]),
    (Role::Worst, &["extremely unlikely", "very poor", "number extremely unlikely"]),
    (Role::DontKnow, &["don t know", "dont know", "do not know", "don t know or unsure"]),
];

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
    forms.iter().find_map(|form| {
        HEADINGS.iter().find_map(|(role, names)| {
            names.iter().position(|name| name == form).map(|rank| Known { role: *role, rank })
        })
    })
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
    let names = HEADINGS.iter().flat_map(|(role, names)| names.iter().map(move |name| (*role, *name)));
    let alike = names
        .filter(|(_, name)| name.len().abs_diff(form.len()) < 3)
        .map(|(role, name)| (role, strsim::normalized_damerau_levenshtein(name, form)));
    let best = alike.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, alike)| *alike >= 0.88)?;
    Some(Known { role: best.0, rank: usize::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn no_heading_stands_for_two_things() {
        let mut seen: BTreeMap<&str, Role> = BTreeMap::new();
        for (role, names) in HEADINGS {
            for name in *names {
                assert_eq!(Heading::new(name).forms[0], *name, "written as headings are folded");
                assert_eq!(seen.insert(name, *role), None, "{name} stands twice");
            }
        }
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
