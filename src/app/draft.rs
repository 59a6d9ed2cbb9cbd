//! What is being typed: drafts keyed by row and field, and when they become edits.

mod held;

pub(super) use held::HeldDrafts;

use crate::model::due::Month;
use crate::model::{Action, BadValue, Edit, Entity, Evidence, FieldValue as _, Id, Plan, Value, due, intent};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::collections::BTreeMap;

/// A draft at rest for this long becomes an edit by itself, in milliseconds.
const REST_MS: i64 = 1000;

/// Which field is being typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DraftKey {
    /// A field of a row that exists.
    Field(Entity, Id, &'static str),
    /// The position of a recommendation as at a date: may become a new position.
    Position(Id, NaiveDate),
    /// The words of an action or of evidence that is only to be, at a recommendation: the recommendation, and the id
    /// that the new row gets once there are words for it.
    New(Entity, Id, Id),
}

/// What a text began from: what somebody else writes there meanwhile is not overwritten unseen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Began {
    /// The row that holds it; none for a position that is only to be.
    pub row: Option<Id>,
    /// What stood in the field.
    pub text: String,
}

impl Began {
    /// What a field holds in a plan.
    #[must_use]
    pub fn of(plan: &Plan, key: DraftKey) -> Self {
        let row = match key {
            DraftKey::Field(_, id, _) => Some(id),
            DraftKey::New(entity, _, id) => plan.has(entity, id).then_some(id),
            DraftKey::Position(recommendation, as_at) => {
                let now = plan.positions_at(recommendation, as_at);
                now.last()
                    .filter(|position| position.as_at.is_none_or(|date| date == as_at))
                    .map(|position| position.id)
            }
        };
        Self { row, text: saved_text(plan, key) }
    }
}

/// Why a person must decide about a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// Somebody else wrote something else there.
    Changed {
        /// What they wrote.
        theirs: String,
    },
    /// Somebody else deleted the row.
    Gone {
        /// What it was called.
        name: String,
    },
}

/// One text on its way into the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// As it stands in the field.
    pub text: String,
    /// What it began from.
    pub began: Began,
    /// A person must decide before it can be saved.
    pub asks: Option<Asks>,
    /// When it was last typed into.
    pub typed: DateTime<Utc>,
    /// Why it cannot be saved as it is.
    pub problem: Option<String>,
    /// Sent to the file, not yet answered.
    pub sent: bool,
}

impl Draft {
    /// Whether it can be saved as it is.
    fn can_go(&self) -> bool {
        self.problem.is_none() && self.asks.is_none()
    }
}

fn position_text(plan: &Plan, row: Id) -> String {
    plan.positions.get(&row).map(|position| position.text.clone()).unwrap_or_default()
}

/// All drafts of the open plan.
#[derive(Debug, Default)]
pub struct Drafts {
    drafts: BTreeMap<DraftKey, Draft>,
}

impl Drafts {
    /// What is being typed into a field, if anything.
    #[must_use]
    pub fn get(&self, key: DraftKey) -> Option<&Draft> {
        self.drafts.get(&key)
    }

    /// Takes in what a field of a plan holds now.
    pub fn typed(&mut self, plan: &Plan, key: DraftKey, text: String, now: DateTime<Utc>) {
        let (began, asks) = match self.drafts.remove(&key) {
            Some(draft) => (draft.began, draft.asks),
            None => (Began::of(plan, key), None),
        };
        self.drafts.insert(key, Draft { text, began, asks, typed: now, problem: None, sent: false });
    }

    /// Forgets a draft: Esc takes it back.
    pub fn drop(&mut self, key: DraftKey) {
        self.drafts.remove(&key);
    }

    /// Whether anything was typed that the file does not hold.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.drafts.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.drafts.len()
    }

    /// Every draft, by its field.
    pub fn iter(&self) -> impl Iterator<Item = (DraftKey, &Draft)> {
        self.drafts.iter().map(|(key, draft)| (*key, draft))
    }

    /// Whether something waits that can still be saved.
    #[must_use]
    pub fn waiting(&self) -> bool {
        self.drafts.values().any(Draft::can_go)
    }

    /// Why drafts cannot be saved as they are.
    pub fn problems(&self) -> impl Iterator<Item = &str> {
        self.drafts.values().filter_map(|draft| draft.problem.as_deref())
    }

    /// The next draft that is due to become an edit; with `all`, at rest or not.
    #[must_use]
    pub fn next_due(&self, now: DateTime<Utc>, all: bool) -> Option<(DraftKey, String)> {
        let due = |draft: &Draft| all || now - draft.typed >= TimeDelta::milliseconds(REST_MS);
        self.drafts
            .iter()
            .find(|(_, draft)| !draft.sent && draft.can_go() && due(draft))
            .map(|(key, draft)| (*key, draft.text.clone()))
    }

    /// Marks a draft as sent.
    pub fn sent(&mut self, key: DraftKey) {
        if let Some(draft) = self.drafts.get_mut(&key) {
            draft.sent = true;
        }
    }

    /// Marks a draft as not sent: its edit never reached the file.
    pub fn not_sent(&mut self, key: DraftKey) {
        if let Some(draft) = self.drafts.get_mut(&key) {
            draft.sent = false;
        }
    }

    /// Takes a sent draft away once the file holds it in that row. If more was typed meanwhile, that began
    /// from what is saved now.
    pub fn saved(&mut self, key: DraftKey, text: &str, row: Option<Id>) {
        let Some(draft) = self.drafts.get_mut(&key) else { return };
        if draft.sent && draft.text == text {
            self.drafts.remove(&key);
        } else {
            draft.began = Began { row: row.or(draft.began.row), text: clean(text) };
        }
    }

    /// Keeps a draft on screen with the reason why it is not saved.
    pub fn failed(&mut self, key: DraftKey, problem: String) {
        if let Some(draft) = self.drafts.get_mut(&key) {
            draft.sent = false;
            draft.problem = Some(problem);
        }
    }

    /// Those that a person must decide about.
    pub fn asking(&self) -> impl Iterator<Item = (DraftKey, &Draft)> {
        self.drafts.iter().filter(|(_, draft)| draft.asks.is_some()).map(|(key, draft)| (*key, draft))
    }

    /// Lets a draft be saved over what stands there now, with this text.
    pub fn decided(&mut self, plan: &Plan, key: DraftKey, text: String) {
        if let Some(draft) = self.drafts.get_mut(&key) {
            let row = draft.began.row;
            draft.began = match (key, row) {
                (DraftKey::Position(..), Some(row)) => Began { row: Some(row), text: position_text(plan, row) },
                _ => Began::of(plan, key),
            };
            (draft.text, draft.asks, draft.problem, draft.sent) = (text, None, None, false);
        }
    }

    /// Lets drafts that failed try again.
    pub fn retry(&mut self) {
        for draft in self.drafts.values_mut() {
            draft.problem = None;
            draft.sent = false;
        }
    }
}

/// The edit that a draft comes to. An empty one means that the field is as it was.
///
/// # Errors
/// When the field cannot hold what was typed.
pub fn edit_of(plan: &Plan, key: DraftKey, began: &Began, text: &str) -> Result<Edit, BadValue> {
    let text = clean(text);
    match (key, began.row) {
        (DraftKey::Position(_, _), Some(row)) => Ok(intent::rewrite_position(plan, row, &text)),
        // what is as it was needs no position of its own
        (DraftKey::Position(..), None) if text == began.text => Ok(Edit::default()),
        (DraftKey::Position(recommendation, as_at), None) => {
            Ok(intent::new_position(plan, recommendation, Id::random(), as_at, &text))
        }
        (DraftKey::New(entity, recommendation, id), _) => new_words(plan, entity, recommendation, id, text),
        (DraftKey::Field(entity, id, field), _) => {
            let value = value_of(field, &text)?;
            intent::set_field(plan, entity, id, field, value)
        }
    }
}

/// The edit that words of a new row come to: without words there is no row.
fn new_words(plan: &Plan, entity: Entity, recommendation: Id, id: Id, text: String) -> Result<Edit, BadValue> {
    if plan.has(entity, id) {
        let value = value_of("text", &text)?;
        return intent::set_field(plan, entity, id, "text", value);
    }
    Ok(match entity {
        _ if text.is_empty() => Edit::default(),
        Entity::Evidence => {
            intent::add_evidence(plan, Evidence { id, text, ..Evidence::default() }, Some(recommendation))
        }
        _ => intent::add_action(plan, Action { id, text, ..Action::default() }, Some(recommendation)),
    })
}

/// What stands in a field before anything is typed, as a person reads it.
#[must_use]
pub fn saved_text(plan: &Plan, key: DraftKey) -> String {
    match key {
        DraftKey::Position(recommendation, as_at) => {
            plan.positions_at(recommendation, as_at).last().map(|position| position.text.clone()).unwrap_or_default()
        }
        DraftKey::Field(entity, id, field) if is_date(field) => {
            let value = plan.value(entity, id, field).unwrap_or_default();
            NaiveDate::from_value(&value).map(|date| date.format("%-d %B %Y").to_string()).unwrap_or_default()
        }
        DraftKey::Field(entity, id, field) => intent::text_of(plan, entity, id, field),
        DraftKey::New(entity, _, id) => intent::text_of(plan, entity, id, "text"),
    }
}

fn is_date(field: &str) -> bool {
    const DATES: [&str; 8] =
        ["as_at", "done_on", "starts_on", "next_review", "date", "acceptance_date", "published", "valid_until"];
    DATES.contains(&field)
}

/// What a text comes to in a field.
pub(super) fn value_of(field: &str, text: &str) -> Result<Value, BadValue> {
    if text.is_empty() {
        return Ok(Value::Null);
    }
    if !is_date(field) {
        return Ok(Value::Text(text.to_owned()));
    }
    match parse_date(text) {
        Some(day) => Ok(day.to_value()),
        None => Err(BadValue {
            found: text.chars().take(60).collect(),
            wanted: "a date; write it as 28 May 2013 or 28/05/2013",
        }),
    }
}

/// Reads a date as people type one: "28 May 2013", "28/05/2013", "2013-05-28".
#[must_use]
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    match due::read(text) {
        due::Due::Month { day, .. } => day,
        _ => None,
    }
}

/// Reads a month as people type one: "April 2013", "04/2013", "2013-04"; a day in it counts for it.
#[must_use]
pub fn parse_month(text: &str) -> Option<Month> {
    let words = text.trim();
    let numbers = || {
        let (month, year) = words.split_once('/')?;
        Month::parse(&format!("{:0>4}-{:0>2}", year.trim(), month.trim()))
    };
    Month::parse(words).or_else(numbers).or_else(|| match due::read(words) {
        due::Due::Month { month, .. } => Some(month),
        _ => None,
    })
}

/// What was typed or pasted, without characters that no one sees and no file should hold.
#[must_use]
pub fn clean(text: &str) -> String {
    let kept: String =
        text.chars().filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || *c == '\u{feff}')).collect();
    kept.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(ms).expect("a time")
    }

    #[test]
    fn a_draft_becomes_an_edit_after_a_second_at_rest() {
        let key = DraftKey::Position(Id::NIL, NaiveDate::default());
        let (mut drafts, plan) = (Drafts::default(), Plan::default());
        drafts.typed(&plan, key, "A".into(), at(0));
        assert_eq!(drafts.next_due(at(900), false), None, "still typing");
        assert!(drafts.next_due(at(900), true).is_some(), "unless something flushes it");
        drafts.typed(&plan, key, "AB".into(), at(800));
        assert_eq!(drafts.next_due(at(1700), false), None, "each key starts the second anew");
        assert_eq!(drafts.next_due(at(1800), false), Some((key, "AB".into())), "then it is due");
    }

    #[test]
    fn what_is_typed_while_saving_is_not_lost() {
        let key = DraftKey::Position(Id::NIL, NaiveDate::default());
        let (mut drafts, plan) = (Drafts::default(), Plan::default());
        drafts.typed(&plan, key, "A".into(), at(0));
        drafts.sent(key);
        drafts.typed(&plan, key, "AB".into(), at(10));
        drafts.saved(key, "A", None);
        assert_eq!(drafts.get(key).map(|draft| draft.text.as_str()), Some("AB"), "the later text stays a draft");
    }

    #[test]
    fn a_new_action_is_there_once_it_has_words() {
        let (mut plan, id) = (Plan::default(), Id::random());
        let row = crate::model::Recommendation { id: Id::random(), reference: "9".into(), ..Default::default() };
        let of = row.id;
        plan.recommendations.insert(of, row);
        let key = DraftKey::New(Entity::Action, of, id);
        let edit = |plan: &Plan, text: &str| edit_of(plan, key, &Began::of(plan, key), text).expect("fits");
        assert!(edit(&plan, "  \n").is_empty(), "no words, no action");
        edit(&plan, "Agree it").apply(&mut plan).expect("fits");
        edit(&plan, "Agree it in May").apply(&mut plan).expect("fits");
        let actions: Vec<_> = plan.actions_of(of).iter().map(|action| action.text.clone()).collect();
        assert_eq!(actions, ["Agree it in May"], "one action, with its last words");
    }

    #[test]
    fn dates_are_read_as_people_type_them() {
        let day = NaiveDate::from_ymd_opt(2013, 5, 28);
        for text in ["28 May 2013", "28/05/2013", "28/5/13", "2013-05-28", "28th May 2013"] {
            assert_eq!(parse_date(text), day, "{text}");
        }
        for text in ["May 2013", "31/02/2013", "soon"] {
            assert_eq!(parse_date(text), None, "{text} names no day");
        }
    }
}
