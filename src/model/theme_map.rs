//! From the subjects that sources use to the themes of a CCG.
//!
//! The shipped list (`assets/themes.csv`) is a suggestion to begin with: a CCG has its own themes, and
//! what it maps itself goes before. A subject that is only almost like a known one is never mapped
//! without a person, it is offered.

use super::text::fold;
use std::collections::BTreeMap;

/// theme, scheme, subject, known from: `reference` for lists that were at hand, `domain` for general
/// knowledge of them, to be checked against the scheme before anybody relies on it.
const SHIPPED: &str = include_str!("../../assets/themes.csv");

/// How alike two subjects have to be to be offered, of 1.
const ALIKE: f64 = 0.8;
/// The most that are offered for one subject.
const MOST_OFFERED: usize = 3;
/// A longer text is no subject: comparing it with each takes long and finds nothing.
const LONGEST: usize = 200;

/// A subject of some scheme and the theme it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped {
    /// The CCG's theme.
    pub theme: String,
    /// Whose subject it is: "KO41a 2015 on", "HCAT", "Stafford warning signs"; blank for the CCG's own.
    pub scheme: String,
    /// The subject as the scheme words it.
    pub subject: String,
}

/// How a subject was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// To the letter.
    Exact,
    /// But for case, spaces, marks, plurals, "and" or "&", a heading before a colon or words in brackets.
    Folded,
}

/// A known subject that is almost like one that is not.
#[derive(Debug, Clone, PartialEq)]
pub struct Near<'m> {
    /// The known one.
    pub mapped: &'m Mapped,
    /// How alike, 0.8 to 1; 1 where all words of one are in the other.
    pub alike: f64,
}

/// Subjects and their themes.
#[derive(Debug, Clone, Default)]
pub struct ThemeMap {
    exact: BTreeMap<String, Mapped>,
    folded: BTreeMap<String, String>,
    themes: Vec<String>,
}

impl ThemeMap {
    /// The list that the program ships.
    #[must_use]
    pub fn shipped() -> Self {
        let mut map = Self::default();
        for line in SHIPPED.lines().skip(1) {
            if let [theme, scheme, subject, _] = fields(line).as_slice() {
                map.put(Mapped { theme: theme.clone(), scheme: scheme.clone(), subject: subject.clone() }, false);
            }
        }
        map
    }

    /// Maps a subject as the CCG wants it; goes before what was there.
    pub fn add(&mut self, theme: &str, subject: &str) {
        self.put(Mapped { theme: theme.into(), scheme: String::new(), subject: subject.trim().into() }, true);
    }

    fn put(&mut self, mapped: Mapped, own: bool) {
        if !self.themes.contains(&mapped.theme) {
            self.themes.push(mapped.theme.clone());
        }
        for key in keys(&mapped.subject).into_iter().take(if own { 1 } else { 2 }) {
            if own || !self.folded.contains_key(&key) {
                self.folded.insert(key, mapped.subject.clone());
            }
        }
        self.exact.insert(mapped.subject.clone(), mapped);
    }

    /// The themes, in the order they were named first.
    pub fn themes(&self) -> impl Iterator<Item = &str> {
        self.themes.iter().map(String::as_str)
    }

    /// All subjects it knows.
    pub fn subjects(&self) -> impl Iterator<Item = &Mapped> {
        self.exact.values()
    }

    /// What a subject is mapped to, and how that was known.
    #[must_use]
    pub fn find(&self, subject: &str) -> Option<(&Mapped, How)> {
        let subject = subject.trim();
        if let Some(mapped) = self.exact.get(subject) {
            return Some((mapped, How::Exact));
        }
        let known = keys(subject).iter().find_map(|key| self.folded.get(key))?;
        self.exact.get(known).map(|mapped| (mapped, How::Folded))
    }

    /// Whether a text as a whole is a subject, whatever commas it has. Words in brackets count here: a
    /// list that ends in brackets is no subject for what stands before them.
    #[must_use]
    pub fn is_subject(&self, text: &str) -> bool {
        self.exact.contains_key(text.trim()) || self.folded.contains_key(&key(text))
    }

    /// The known subjects that one is almost like, the likest first; at most three, of different themes.
    #[must_use]
    pub fn near(&self, subject: &str) -> Vec<Near<'_>> {
        let wanted = key(subject);
        if wanted.is_empty() || wanted.len() > LONGEST {
            return Vec::new();
        }
        let mut near: Vec<Near<'_>> = self
            .folded
            .iter()
            .filter_map(|(known, subject)| {
                let alike = likeness(&wanted, known)?;
                self.exact.get(subject).map(|mapped| Near { mapped, alike })
            })
            .collect();
        near.sort_by(|a, b| b.alike.total_cmp(&a.alike).then(a.mapped.subject.len().cmp(&b.mapped.subject.len())));
        let mut themes: Vec<&str> = Vec::new();
        near.retain(|one| {
            let new = !themes.contains(&one.mapped.theme.as_str()) && themes.len() < MOST_OFFERED;
            if new {
                themes.push(&one.mapped.theme);
            }
            new
        });
        near
    }
}

/// How alike two folded texts are, if they are enough.
fn likeness(a: &str, b: &str) -> Option<f64> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    // one small word is in too many subjects
    if short.len() > 4 && short.split(' ').all(|word| long.split(' ').any(|other| other == word)) {
        return Some(1.0);
    }
    if (short.len() as f64) < long.len() as f64 * (ALIKE - 0.05) {
        return None;
    }
    Some(strsim::normalized_damerau_levenshtein(a, b)).filter(|alike| *alike >= ALIKE)
}

/// The keys a subject is known by: all of it, then without brackets and without the heading before a colon.
fn keys(subject: &str) -> Vec<String> {
    let mut keys = vec![key(subject)];
    let bare = subject.split_once(['(', '[']).map_or(subject, |(before, _)| before);
    keys.push(key(bare));
    keys.extend(bare.split_once(": ").map(|(_, after)| key(after)));
    keys.retain(|key| !key.is_empty());
    keys.dedup();
    keys
}

/// A subject folded: no case, marks, plurals; "&" is "and".
fn key(subject: &str) -> String {
    let folded = fold(subject).replace('&', " and ").replace('\'', "");
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && *word != "and");
    let one = |word: &str| match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    };
    words.map(one).collect::<Vec<_>>().join(" ")
}

/// The fields of a line of the shipped list: quotes around those with commas, none within.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => fields.iter_mut().last().into_iter().for_each(|field| field.push(c)),
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(map: &ThemeMap, subject: &str) -> Option<(String, How)> {
        map.find(subject).map(|(mapped, how)| (mapped.theme.clone(), how))
    }

    #[test]
    fn the_shipped_list_is_whole() {
        let map = ThemeMap::shipped();
        let lines = SHIPPED.lines().skip(1);
        for line in lines.clone() {
            let fields = fields(line);
            assert_eq!(fields.len(), 4, "four fields: {line}");
            assert!(fields.iter().all(|field| !field.is_empty()), "none is blank: {line}");
            assert!(["reference", "domain"].contains(&fields[3].as_str()), "where it is known from: {line}");
            let (found, how) = map.find(&fields[2]).expect("each subject is known");
            assert_eq!((found.theme.as_str(), how), (fields[0].as_str(), How::Exact), "{line}");
        }
        assert_eq!(map.subjects().count(), lines.count(), "and none stands twice");
        assert_eq!(map.themes().count(), 14, "about a dozen themes");
        for scheme in
            ["KO41a 2015 on", "KO41a 2009-2015", "NRLS IN05", "LFPSE", "HCAT", "QDC v6", "Stafford warning signs"]
        {
            assert!(map.subjects().any(|mapped| mapped.scheme == scheme), "{scheme} is mapped");
        }
    }

    #[test]
    fn subjects_are_known_to_the_letter_and_by_their_words() {
        let map = ThemeMap::shipped();
        for (subject, wanted, how) in [
            ("Waiting times", "Waiting and access", How::Exact),
            ("WAITING  TIME", "Waiting and access", How::Folded),
            ("Privacy, Dignity & Wellbeing", "Dignity and compassion", How::Folded),
            ("Patients’ privacy and dignity", "Dignity and compassion", How::Folded),
            ("Prescribing error", "Medication", How::Folded),
            ("Appointments", "Waiting and access", How::Exact),
            ("Patient: Records", "Records and confidentiality", How::Exact),
            ("Patient: Medication", "Medication", How::Folded),
            ("Staffing (nursing)", "Staffing levels", How::Folded),
        ] {
            assert_eq!(theme(&map, subject), Some((wanted.to_owned(), how)), "{subject}");
        }
        for subject in ["", "Other", "Weather", "Parked bicycles"] {
            assert_eq!(theme(&map, subject), None, "{subject}: nobody said what it is");
        }
    }

    #[test]
    fn what_is_almost_like_a_subject_is_offered_and_not_taken() {
        let map = ThemeMap::shipped();
        let near = |subject: &str| map.near(subject).first().map(|near| near.mapped.theme.clone());
        for (subject, wanted) in [
            ("Dischrage planning", "Admission, discharge and transfer"),
            ("Perscribing errors", "Medication"),
            ("Communication with relatives", "Communication and listening"),
        ] {
            assert_eq!(map.find(subject), None, "{subject} is not mapped");
            assert_eq!(near(subject).as_deref(), Some(wanted), "{subject} is offered");
        }
        assert_eq!(near("Weather"), None, "nothing is like it");
        assert!(map.near("care").len() <= MOST_OFFERED, "no flood");
    }

    #[test]
    fn what_the_ccg_maps_goes_before() {
        let mut map = ThemeMap::shipped();
        map.add("Listening", "Communications");
        map.add("Buildings", "Lifts");
        assert_eq!(theme(&map, "communications"), Some(("Listening".to_owned(), How::Folded)), "its own");
        assert_eq!(theme(&map, "Lifts"), Some(("Buildings".to_owned(), How::Exact)), "a new one");
        assert_eq!(theme(&map, "Waiting times").map(|(theme, _)| theme).as_deref(), Some("Waiting and access"), "rest");
    }

    #[test]
    fn a_subject_with_commas_is_one() {
        let map = ThemeMap::shipped();
        assert!(map.is_subject("privacy, dignity and wellbeing"), "its own commas");
        assert!(!map.is_subject("Communications, Waiting times"), "two subjects");
    }
}
