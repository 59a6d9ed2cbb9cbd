//! Columns that say who somebody is, by their heading and by what stands in them.

use super::heading::Heading;
use super::role::Role;
use crate::model::identifiable::{self, Identifier};
use crate::model::text::fold;
use crate::model::value::vocabulary;
use serde::{Serialize, Serializer};

vocabulary!(
    /// Why a column is dropped.
    Private, "a reason to drop a column", {
        /// Of patients, complainants, relatives.
        Names = "names",
        /// Or ages.
        Birth = "dates of birth or ages",
        /// Or a hospital's own.
        NhsNumber = "NHS or hospital numbers",
        /// Of people.
        Address = "addresses",
        /// Of people.
        Postcode = "postcodes",
        /// Of people.
        Phone = "phone numbers",
        /// Of people.
        Email = "e-mail addresses",
        /// Ethnicity, religion, disability and what else the law protects.
        Ethnicity = "ethnicity or another protected characteristic",
        /// Sex or gender.
        Gender = "gender",
        /// Who handled it, or was involved.
        Staff = "handlers or other staff",
        /// The story itself.
        Narrative = "narrative",
    }
);

impl Serialize for Private {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// Phrases that give a column away wherever they stand in its heading; the first that does is the reason.
const PHRASES: &[(Private, &[&str])] = &[
    (
        Private::NhsNumber,
        &[
            "nhs no",
            "nhs number",
            "nhs num",
            "nhs id",
            "nhsno",
            "nhsnumber",
            "hospital no",
            "hospital number",
            "mrn",
            "patient id",
            "patient number",
            "patient no",
            "pas number",
            "pas id",
            "unit number",
            "chi number",
            "case note number",
            "national insurance",
            "passport",
        ],
    ),
    (Private::Birth, &["birth", "dob", "d o b", "age", "birthday"]),
    (Private::Postcode, &["postcode", "post code", "postal code", "zip"]),
    (Private::Email, &["email", "e mail", "mail address"]),
    (Private::Phone, &["phone", "telephone", "tel", "mobile", "contact number", "contact no", "fax"]),
    (Private::Address, &["address", "street", "house number", "lives at"]),
    (
        Private::Ethnicity,
        &[
            "ethnicity",
            "ethnic",
            "religion",
            "disability",
            "disabled",
            "sexual orientation",
            "sexuality",
            "marital status",
            "nationality",
            "first language",
            "pregnancy",
        ],
    ),
    (Private::Gender, &["gender", "sex"]),
    (
        Private::Staff,
        &[
            "handler",
            "investigator",
            "investigating officer",
            "investigating manager",
            "case officer",
            "case worker",
            "caseworker",
            "case manager",
            "complaints manager",
            "assigned to",
            "allocated to",
            "created by",
            "logged by",
            "entered by",
            "approved by",
            "updated by",
            "modified by",
            "closed by",
            "reported by",
            "reporter",
            "author",
            "staff member",
            "staff involved",
            "member of staff",
            "consultant name",
            "username",
            "received by",
            "visited by",
            "responsible manager",
            "lead officer",
        ],
    ),
    (
        Private::Names,
        &[
            "name",
            "names",
            "forename",
            "forenames",
            "surname",
            "firstname",
            "lastname",
            "complainant",
            "complainants",
            "complainant s",
            "initials",
            "next of kin",
            "relative",
            "relatives",
            "third party",
            "claimant",
            "enquirer",
        ],
    ),
    (
        Private::Narrative,
        &[
            "description",
            "narrative",
            "details",
            "summary",
            "what happened",
            "comment",
            "comments",
            "notes",
            "current position",
            "management plan",
            "free text",
            "freetext",
            "action taken",
            "actions taken",
            "immediate action",
            "background",
            "response text",
            "concerns raised",
            "synopsis",
            "conclusion",
            "root cause",
            "verbatim",
            "statement",
            "remarks",
        ],
    ),
];

/// Words that give a column away where they are all of its heading.
const WHOLE: &[(Private, &[&str])] = &[
    (Private::Address, &["town", "city"]),
    (Private::Ethnicity, &["race", "belief", "language"]),
    (
        Private::Staff,
        &[
            "manager",
            "lead",
            "owner",
            "consultant",
            "doctor",
            "nurse",
            "clinician",
            "gp",
            "user",
            "officer",
            "visitor",
            "visitors",
            "team members",
        ],
    ),
    (Private::Names, &["patient", "carer", "title", "contact", "person"]),
    (
        Private::Narrative,
        &[
            "detail", "note", "story", "feedback", "text", "letter", "account", "findings", "finding", "progress",
            "update",
        ],
    ),
];

/// Headings with a word of the list above that say nothing of a person.
const INNOCENT: &[&str] = &["comment id", "ccg name", "region name", "commissioner name", "icb name", "stp name"];

/// Why a heading gives a column away.
pub(super) fn by_heading(heading: &Heading) -> Option<Private> {
    if INNOCENT.iter().any(|phrase| heading.has(phrase)) {
        return None;
    }
    let phrase = PHRASES.iter().find(|(_, phrases)| phrases.iter().any(|phrase| heading.has(phrase)));
    let is = |word: &&str| heading.forms.iter().any(|form| form == word);
    phrase.or_else(|| WHOLE.iter().find(|(_, words)| words.iter().any(is))).map(|(why, _)| *why)
}

/// Why what stands in a column gives it away. `role` is what the column would be read as.
pub(super) fn by_content<'c>(cells: impl Iterator<Item = &'c str>, role: Role) -> Option<Private> {
    let mut seen = Seen::default();
    cells.filter(|cell| !cell.trim().is_empty()).for_each(|cell| seen.take(cell, role));
    seen.verdict(role)
}

/// What was seen in the cells of a column.
#[derive(Default)]
struct Seen {
    cells: usize,
    nhs: usize,
    birth: usize,
    postcode: usize,
    phone: usize,
    email: usize,
    name: usize,
    gender: usize,
    ethnicity: usize,
    long: usize,
}

/// A longer text is a story, not a subject, a place or a grade. KO41a's longest subject has 97 characters.
const LONG: usize = 160;

impl Seen {
    fn take(&mut self, cell: &str, role: Role) {
        self.cells += 1;
        self.long += usize::from(cell.chars().count() > LONG);
        let words = fold(cell.trim());
        const GENDERS: [&str; 10] =
            ["male", "female", "m", "f", "man", "woman", "other", "not stated", "not known", "unknown"];
        let plain = ["other", "not stated", "not known", "unknown"].contains(&words.as_str());
        self.gender += usize::from(GENDERS.contains(&words.as_str()) && !plain);
        const GROUPS: [&str; 8] = ["white", "asian", "black", "mixed", "chinese", "caribbean", "african", "gypsy"];
        let group = GROUPS.iter().any(|group| words.split(|c: char| !c.is_alphabetic()).any(|word| word == *group));
        self.ethnicity += usize::from(group && words.len() < 60);
        let count = match identifiable::whole(cell) {
            // of a date column, only what lies so far back is a birth
            Some(Identifier::DateOfBirth) => &mut self.birth,
            Some(Identifier::NhsNumber) => &mut self.nhs,
            Some(Identifier::Postcode) => &mut self.postcode,
            Some(Identifier::Phone) => &mut self.phone,
            Some(Identifier::Email) => &mut self.email,
            Some(Identifier::Name) => &mut self.name,
            None if !role.is_free_text() => {
                // a cell that has an identifier among other words: an address, "Smith, Mrs"
                for finding in identifiable::find(cell) {
                    match finding.kind {
                        Identifier::Postcode => self.postcode += 1,
                        Identifier::Email => self.email += 1,
                        Identifier::Name => self.name += 1,
                        Identifier::Phone => self.phone += 1,
                        Identifier::NhsNumber | Identifier::DateOfBirth => {}
                    }
                }
                return;
            }
            None => return,
        };
        *count += 1;
    }

    fn verdict(&self, role: Role) -> Option<Private> {
        let share = |count: usize, of_ten: usize| count > 0 && count * 10 >= self.cells * of_ten;
        Some(match () {
            // one in eleven references of ten digits passes the check by chance
            () if share(self.nhs, 5) => Private::NhsNumber,
            () if share(self.email, 3) => Private::Email,
            () if share(self.postcode, 3) => Private::Postcode,
            () if share(self.phone, 5) => Private::Phone,
            () if share(self.birth, 3) => Private::Birth,
            () if share(self.name, 3) => Private::Names,
            () if share(self.gender, 6) => Private::Gender,
            () if share(self.ethnicity, 5) => Private::Ethnicity,
            () if share(self.long, 2) && !role.is_free_text() && role != Role::Subject && role != Role::Question => {
                Private::Narrative
            }
            () if share(self.long, 5) && role == Role::Subject => Private::Narrative,
            () => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_give_away_what_they_hold() {
        for (label, why) in [
            ("Complaint - Patient Relations Logging (Description of Complaint)", Private::Narrative),
            ("Complaint Response Provided (PRM Handler)", Private::Staff),
            ("Complaint Response Provided (Third party interest)", Private::Names),
            ("Complaint Response Provided (Current position (Complaint))", Private::Narrative),
            ("Complaint Response Provided (Management Plan)", Private::Narrative),
            ("Complaint Triage (Date of Birth (Complaint))", Private::Birth),
            ("Complaint Triage (Gender (KO41))", Private::Gender),
            ("Complaint Triage (Patient Ethnicity (KO41(A)))", Private::Ethnicity),
            ("What Happened?", Private::Narrative),
            ("NHS No.", Private::NhsNumber),
            ("D.O.B.", Private::Birth),
            ("Complainant's surname", Private::Names),
            ("Home Tel", Private::Phone),
            ("E-mail", Private::Email),
            ("Post Code", Private::Postcode),
        ] {
            assert_eq!(by_heading(&Heading::new(label)), Some(why), "{label}");
        }
        for label in [
            "Reference",
            "Date received",
            "Lead provider",
            "Stage",
            "Complaint - Patient Relations Team Management (First Received)",
        ] {
            assert_eq!(by_heading(&Heading::new(label)), None, "{label}");
        }
    }

    #[test]
    fn an_innocent_heading_hides_nothing() {
        let why = |cells: &[&str], role| by_content(cells.iter().copied(), role);
        for (cells, reason) in [
            (&["9990000018", "999 000 0026", "9990000034"][..], Private::NhsNumber),
            (&["12/03/1941", "03/04/1952", ""], Private::Birth),
            (&["a@example.org", "b@example.org"], Private::Email),
            (&["1 High Street, Northmoor ZE99 9ZZ", "2 Low Road ZE99 9ZY"], Private::Postcode),
            (&["01632 960123", "07700 900123"], Private::Phone),
            (&["Mrs Example", "Mr Nobody", "Ward 3"], Private::Names),
            (&["M", "F", "F", "Unknown"], Private::Gender),
            (&["White - British", "Asian or Asian British", "White - Irish"], Private::Ethnicity),
        ] {
            assert_eq!(why(cells, Role::Reference), Some(reason), "{cells:?}");
        }
        let long = "She waited for a very long time and nobody came to her. ".repeat(4);
        assert_eq!(why(&[&long], Role::Site), Some(Private::Narrative), "a story where a place should be");
        assert_eq!(why(&[&long], Role::Learning), None, "but learning is told in sentences");
        for cells in [
            &["C001", "C002"][..],
            &["9990000019", "9990000020"],
            &["01/04/2013", "12/05/2013"],
            &["Ward B2", "Ward 7"],
            &["Blackberry Ward", "Whitefield"],
            &[],
        ] {
            assert_eq!(why(cells, Role::Site), None, "{cells:?}");
        }
    }
}
