//! Find and replace: where words stand in a text whatever their case and accents, and what replacing them
//! everywhere in a plan comes to, as one edit.

use super::text::fold;
use super::value::vocabulary;
use super::{Edit, EditBuilder, Entity, Id, InPlan, Index, Plan, Value, Visit};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization as _;

vocabulary!(
    /// What replacing looks at: what the CCG wrote. Published words of a report and of the government stay.
    Part, "a part of a plan", {
        /// The CCG's titles, wording, and reasons for its answer.
        Wording = "our wording",
        /// All positions, also older ones.
        Positions = "positions",
        /// Actions' words.
        Actions = "actions",
        /// Owners and partners.
        Owners = "owners and partners",
        /// Responsibilities.
        Responsibilities = "responsibilities",
        /// Notes of progress and reasons of revisions.
        Notes = "notes",
        /// Evidence and where it is held.
        Evidence = "evidence",
        /// The summary sheet.
        Paper = "summary sheet",
        /// Themes.
        Themes = "themes",
    }
);

impl Part {
    /// The fields that belong to it.
    #[must_use]
    pub fn fields(self) -> &'static [(Entity, &'static str)] {
        match self {
            Self::Wording => &[
                (Entity::Recommendation, "local_title"),
                (Entity::Recommendation, "local_text"),
                (Entity::Recommendation, "acceptance_reason"),
            ],
            Self::Positions => &[(Entity::Position, "text")],
            Self::Actions => &[(Entity::Action, "text")],
            Self::Owners => &[(Entity::Action, "owner"), (Entity::Action, "partners")],
            Self::Responsibilities => &[(Entity::Responsibility, "text")],
            Self::Notes => &[
                (Entity::Update, "note"),
                (Entity::Update, "reason"),
                (Entity::Revision, "reason"),
                (Entity::Timescale, "reason"),
            ],
            Self::Evidence => &[(Entity::Evidence, "text"), (Entity::Evidence, "held")],
            Self::Paper => &[(Entity::PaperField, "text")],
            Self::Themes => &[(Entity::Theme, "title")],
        }
    }
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Sought {
    /// The words.
    pub words: String,
    /// Large and small letters count.
    pub case: bool,
    /// Only whole words: not `SI` in `SIs`.
    pub whole: bool,
}

impl Sought {
    /// Words however they are written, also as a part of others.
    #[must_use]
    pub fn new(words: impl Into<String>) -> Self {
        Self { words: words.into(), case: false, whole: false }
    }

    /// Where it stands in a text, from its beginning, none over another. Bytes of the text, always whole characters
    /// of it; none for blank words.
    #[must_use]
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let wanted = fold(&self.words);
        if wanted.is_empty() {
            return Vec::new();
        }
        let map = Folded::of(text);
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut from = 0;
        while let Some(at) = map.text.get(from..).and_then(|rest| rest.find(&wanted)).map(|at| from + at) {
            let range = map.original(at..at + wanted.len());
            // two letters of one sign (½) can be asked for twice
            let free = found.last().is_none_or(|last| last.end <= range.start);
            if free && self.is_meant(text, &range) {
                from = at + wanted.len();
                found.push(range);
            } else {
                from = at + map.text[at..].chars().next().map_or(1, char::len_utf8);
            }
        }
        found
    }

    fn is_meant(&self, text: &str, range: &Range<usize>) -> bool {
        let beside = |inside: Option<char>, outside: Option<char>| {
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            letter(inside) && letter(outside)
        };
        let (before, word, behind) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
        let inside_another = self.whole
            && (beside(word.chars().next(), before.chars().next_back())
                || beside(word.chars().next_back(), behind.chars().next()));
        !inside_another && (!self.case || cased(word) == cased(&self.words))
    }
}

/// A text folded but for its case.
fn cased(text: &str) -> String {
    let letter = |c: char| if c.is_alphabetic() { c.to_string() } else { fold(c.encode_utf8(&mut [0; 4])) };
    text.nfkd().map(letter).collect()
}

/// Where folded words stand in a text; see [`Sought::places`]: `SI` stands in `SIs`.
#[must_use]
pub fn places(text: &str, words: &str) -> Vec<Range<usize>> {
    Sought::new(words).places(text)
}

/// A folded text, and where each byte of it came from.
struct Folded {
    text: String,
    /// For each byte of the folded text the start and end of the character it came from.
    from: Vec<(usize, usize)>,
}

impl Folded {
    fn of(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()) };
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            if c.is_ascii() {
                // most of every text: no need to take a letter apart that has no parts
                folded.text.push(c.to_ascii_lowercase());
                folded.from.push((at, end));
                continue;
            }
            let one = fold(c.encode_utf8(&mut [0; 4]));
            if one.is_empty() {
                // a mark over the letter before it: belongs to that
                let letter = folded.from.last().map(|(start, _)| *start);
                for place in folded.from.iter_mut().rev().take_while(|(start, _)| Some(*start) == letter) {
                    place.1 = end;
                }
            }
            folded.from.extend(std::iter::repeat_n((at, end), one.len()));
            folded.text.push_str(&one);
        }
        folded
    }

    fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.from.get(range.start).map_or(0, |place| place.0);
        let end = range.end.checked_sub(1).and_then(|last| self.from.get(last)).map_or(start, |place| place.1);
        start..end
    }
}

/// A text with words replaced at places that [`places`] gave.
#[must_use]
pub fn replaced(text: &str, places: &[Range<usize>], with: &str) -> String {
    let mut new = String::with_capacity(text.len());
    let mut from = 0;
    for place in places {
        new.push_str(&text[from..place.start]);
        new.push_str(with);
        from = place.end;
    }
    new.push_str(&text[from..]);
    new
}

/// One field in which words are replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The kind of row.
    pub entity: Entity,
    /// Which row.
    pub row: Id,
    /// Which field.
    pub field: &'static str,
    /// The recommendation that it belongs to, if one: where it is shown.
    pub recommendation: Option<Id>,
    /// As it stands.
    pub before: String,
    /// Where the words stand in it.
    pub places: Vec<Range<usize>>,
    /// As it would be.
    pub after: String,
}

impl Replacement {
    /// The same with only some of its places; `None` where none is left.
    #[must_use]
    pub fn only(&self, keep: impl Fn(usize) -> bool, with: &str) -> Option<Self> {
        let kept = self.places.iter().enumerate().filter(|(number, _)| keep(*number)).map(|(_, place)| place.clone());
        let places: Vec<Range<usize>> = kept.collect();
        let after = replaced(&self.before, &places, with);
        (!places.is_empty()).then(|| Self { places, after, ..self.clone() })
    }
}

/// Words around a place in a text, on one line: what stands before it, the place itself, and what stands behind it,
/// each side cut to so many characters.
#[must_use]
pub fn around(text: &str, place: &Range<usize>, characters: usize) -> [String; 3] {
    let one_line = |text: &str| {
        text.split_inclusive(char::is_whitespace).map(|w| w.replace(['\n', '\r', '\t'], " ")).collect::<String>()
    };
    let (before, behind) = (&text[..place.start], &text[place.end..]);
    let from = before.char_indices().rev().nth(characters);
    // a cut goes between words, where there are any
    let before = match from {
        Some((from, _)) => {
            let cut = &before[from..];
            format!("…{}", cut.split_once(char::is_whitespace).map_or(cut, |(_, whole)| whole))
        }
        None => before.to_owned(),
    };
    let behind = match behind.char_indices().nth(characters) {
        Some((to, _)) => {
            let cut = &behind[..to];
            format!("{}…", cut.rsplit_once(char::is_whitespace).map_or(cut, |(whole, _)| whole))
        }
        None => behind.to_owned(),
    };
    [one_line(&before), one_line(&text[place.clone()]), one_line(&behind)]
}

/// What replacing words everywhere in parts of a plan comes to: the fields it changes, part by part, those of
/// recommendations in the grid's order.
#[must_use]
pub fn replacements(plan: &Plan, index: &Index, parts: &[Part], sought: &Sought, with: &str) -> Vec<Replacement> {
    let mut found = Vec::new();
    for part in Part::ALL.iter().filter(|part| parts.contains(part)) {
        for (entity, field) in part.fields() {
            entity.visit(Look { plan, field, sought, with, found: &mut found });
        }
    }
    let grid: std::collections::HashMap<Id, usize> =
        index.recommendations.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    // the fields of a part stay together; what belongs to no recommendation stands behind what does
    found.sort_by_key(|one| {
        let part = Part::ALL.iter().position(|part| part.fields().contains(&(one.entity, one.field)));
        (part, one.recommendation.and_then(|id| grid.get(&id).copied()).unwrap_or(usize::MAX), one.row)
    });
    found
}

struct Look<'a> {
    plan: &'a Plan,
    field: &'static str,
    sought: &'a Sought,
    with: &'a str,
    found: &'a mut Vec<Replacement>,
}

impl Visit for Look<'_> {
    type Output = ();

    fn visit<T: InPlan>(self) {
        for row in T::rows(self.plan).values() {
            let Some(Value::Text(before)) = row.get(self.field) else { continue };
            let places = self.sought.places(&before);
            let after = replaced(&before, &places, self.with);
            if after != before {
                let recommendation = match row.get("recommendation") {
                    Some(Value::Text(id)) => id.parse().ok(),
                    _ => (T::ENTITY == Entity::Recommendation).then(|| row.id()),
                };
                let (entity, row, field) = (T::ENTITY, row.id(), self.field);
                self.found.push(Replacement { entity, row, field, recommendation, before, places, after });
            }
        }
    }
}

/// The edit that makes replacements, those a person left in the list; it refuses nothing, since a text takes any
/// words.
#[must_use]
pub fn replace(plan: &Plan, replacements: &[Replacement], words: &str, with: &str) -> Edit {
    let count: usize = replacements.iter().map(|one| one.places.len()).sum();
    let label = format!("Replace \"{words}\" with \"{with}\" in {}", super::text::count(count, "place"));
    let mut edit = EditBuilder::new(plan, label);
    for one in replacements {
        one.entity.visit(Put { edit: &mut edit, one });
    }
    edit.finish()
}

struct Put<'e, 'p, 'r> {
    edit: &'e mut EditBuilder<'p>,
    one: &'r Replacement,
}

impl Visit for Put<'_, '_, '_> {
    type Output = ();

    fn visit<T: InPlan>(self) {
        let Replacement { row, field, after, .. } = self.one;
        self.edit.update::<T>(*row, |row| {
            let value = if after.is_empty() { Value::Null } else { Value::Text(after.clone()) };
            let set = row.set(field, &value);
            debug_assert!(set.is_ok(), "every field that is looked at holds text");
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Action, Position, Recommendation};
    use proptest::prelude::*;

    fn id(name: &str) -> Id {
        Id::NIL.derive(&[name])
    }

    #[test]
    fn words_are_found_whatever_their_case_and_accents() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("Reports of SIs and si", "SI", &["SI", "si"]),
            ("The café; the CAFE\u{301}.", "cafe", &["café", "CAFE\u{301}"]),
            ("the NHS’s plan", "NHS's", &["NHS’s"]),
            ("aaa", "aa", &["aa"]),
            ("ﬁnance", "fin", &["ﬁn"]),
            ("ﬁnance", "i", &["ﬁ"]),
            ("nothing", "", &[]),
            ("", "words", &[]),
        ];
        for (text, words, expected) in cases {
            let found: Vec<&str> = places(text, words).into_iter().map(|place| &text[place]).collect();
            assert_eq!(found, *expected, "{words:?} in {text:?}");
        }
    }

    #[test]
    fn case_and_whole_words_count_where_they_are_asked_for() {
        let text = "SI, SIs, position, si. Sí! aSI aSII";
        let found = |case: bool, whole: bool| -> Vec<usize> {
            Sought { words: "SI".into(), case, whole }.places(text).iter().map(|place| place.start).collect()
        };
        assert_eq!(found(false, false), [0, 4, 11, 19, 23, 29, 33], "anything");
        assert_eq!(found(true, false), [0, 4, 29, 33], "large letters");
        assert_eq!(found(false, true), [0, 19, 23], "words");
        assert_eq!(found(true, true), [0], "both");
        let quoted = Sought { words: "NHS's".into(), case: true, whole: true };
        assert_eq!(quoted.places("nhs’s, NHS’s").len(), 1, "the shape of a quote is no case");
        let late = Sought { words: "AA".into(), case: true, whole: false };
        assert_eq!(late.places("aAA").first(), Some(&(1..3)), "a match that is not meant hides none behind it");
    }

    #[test]
    fn the_words_around_a_place_fit_a_line() {
        let text = "Reports of SIs reach us every month\nfrom the trust";
        assert_eq!(around(text, &(11..13), 200), ["Reports of ", "SI", "s reach us every month from the trust"]);
        assert_eq!(around(text, &(11..13), 12), ["Reports of ", "SI", "s reach us…"]);
        assert_eq!(around(text, &(30..35), 8), ["…every ", "month", " from…"]);
    }

    #[test]
    fn single_places_can_be_left_out() {
        let plan = plan();
        let found =
            replacements(&plan, &Index::of(&plan), &[Part::Positions], &Sought::new("NHS Commissioning Board"), "it");
        let only = found[0].only(|number| number == 1, "it").expect("one is left");
        assert_eq!(only.after, "With the NHS Commissioning Board; the it agrees");
        assert_eq!(found[0].only(|_| false, "it"), None, "none is left");
        let edit = replace(&plan, &[only], "NHS Commissioning Board", "it");
        assert!(edit.label.ends_with("in 1 place"), "{}", edit.label);
    }

    proptest! {
        #[test]
        fn what_is_found_folds_to_what_was_asked_for(text in "[aAáÁ\u{301}ßsﬁﬀ½ ’']{0,24}", words in "[aásfi'½]{1,3}") {
            for place in places(&text, &words) {
                // the slice would panic in the middle of a character
                prop_assert!(fold(&text[place.clone()]).contains(&fold(&words)), "{:?}", &text[place]);
            }
        }

        #[test]
        fn replacing_leaves_all_else_as_it_is(text in "[a-c ]{0,30}", words in "[a-c]{1,2}", with in "[d-e]{0,2}") {
            prop_assert_eq!(replaced(&text, &places(&text, &words), &with), text.replace(&words, &with));
        }
    }

    fn plan() -> Plan {
        let mut plan = Plan::default();
        let mut edit = EditBuilder::new(&plan, "Fill");
        let published = "The NHS Commissioning Board should".to_owned();
        let local = "The nhs commissioning board must".to_owned();
        edit.put(&Recommendation { id: id("9"), text: published, local_text: local, ..Recommendation::default() });
        let text = "With the NHS Commissioning Board; the NHS Commissioning Board agrees".to_owned();
        edit.put(&Position { id: id("p"), recommendation: id("9"), text, ..Position::default() });
        edit.put(&Action { id: id("a"), owner: "NHS Commissioning Board".into(), ..Action::default() });
        edit.finish().apply(&mut plan).expect("fits");
        plan
    }

    #[test]
    fn the_parts_that_were_chosen_are_replaced_in_one_edit_and_published_words_stay() {
        let plan = plan();
        let index = Index::of(&plan);
        let (words, with) = ("NHS Commissioning Board", "NHS England");
        let parts = [Part::Wording, Part::Positions];
        let found = replacements(&plan, &index, &parts, &Sought::new(words), with);
        let told: Vec<_> = found.iter().map(|one| (one.entity, one.field, one.places.len())).collect();
        assert_eq!(told, [(Entity::Recommendation, "local_text", 1), (Entity::Position, "text", 2)]);
        assert!(found.iter().all(|one| one.recommendation == Some(id("9"))), "each where it is shown");
        let edit = replace(&plan, &found, words, with);
        assert_eq!(edit.label, "Replace \"NHS Commissioning Board\" with \"NHS England\" in 3 places");
        let mut changed = plan.clone();
        edit.apply(&mut changed).expect("fits");
        assert_eq!(changed.positions[&id("p")].text, "With the NHS England; the NHS England agrees");
        assert_eq!(changed.recommendations[&id("9")].text, "The NHS Commissioning Board should", "published");
        assert_eq!(changed.actions[&id("a")].owner, "NHS Commissioning Board", "not asked for");
        edit.inverse("Undo").apply(&mut changed).expect("fits");
        assert_eq!(changed, plan, "one undo");
    }

    #[test]
    fn replacing_all_of_a_text_with_nothing_leaves_a_blank() {
        let plan = plan();
        let found =
            replacements(&plan, &Index::of(&plan), &[Part::Owners], &Sought::new("nhs commissioning board"), "");
        let mut changed = plan.clone();
        replace(&plan, &found, "x", "").apply(&mut changed).expect("fits");
        assert_eq!(changed.value(Entity::Action, id("a"), "owner"), Some(Value::Null), "blank, not an empty word");
    }

    #[test]
    fn every_field_that_is_looked_at_is_there_and_holds_text() {
        for part in Part::ALL {
            for (entity, field) in part.fields() {
                assert!(entity.fields().contains(field), "{field} of {entity}");
            }
        }
    }
}
