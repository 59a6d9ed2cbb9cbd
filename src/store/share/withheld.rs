//! All that a plan's file says and that does not go: the texts that must be nowhere in the copy.

use super::super::error::Fault;
use super::ToShare;
use super::pieces::PIECE;
use crate::model::{Entity, Id, InPlan, Plan, Value, Visit};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

/// Below this a text stands anywhere by chance.
pub(super) const LEAST: usize = 4;

/// Texts that go.
pub(super) type Goes = HashSet<Box<str>>;

/// What is told of each text.
pub(super) type Told<'a> = &'a mut dyn FnMut(&str) -> Result<(), Fault>;

/// Whether a text is one to look for: not an id, a date, a month or a number, which say nothing by themselves and
/// stand in many places.
fn is_text(text: &str) -> bool {
    if text.len() < LEAST {
        return false;
    }
    let of_a_number = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b'.' | b':' | b' ');
    if text.len() <= 10 && text.bytes().all(of_a_number) {
        // a long number may be a reference
        return text.bytes().filter(u8::is_ascii_digit).count() >= 6 && !is_date(text);
    }
    !(text.len() == 36 && text.parse::<Id>().is_ok())
}

/// Whether it is a date or a month, as plans write them.
fn is_date(text: &str) -> bool {
    let dash = |place: usize| text.as_bytes().get(place) == Some(&b'-');
    match text.len() {
        7 => dash(4),
        10 => dash(4) && dash(7),
        _ => false,
    }
}

struct Texts<'a> {
    plan: &'a Plan,
    /// Rows that go as they are need no look.
    but: Option<&'a Plan>,
    with: Told<'a>,
}

impl Visit for Texts<'_> {
    type Output = Result<(), Fault>;

    fn visit<T: InPlan>(self) -> Self::Output {
        let none = std::collections::BTreeMap::new();
        let same = self.but.map_or(&none, T::rows);
        for row in T::rows(self.plan).values() {
            if same.get(&row.id()).is_some_and(|goes| T::FIELDS.iter().all(|field| goes.get(field) == row.get(field))) {
                continue;
            }
            for field in T::FIELDS.iter().filter(|field| **field != "order") {
                if let Some(Value::Text(text)) = row.get(field)
                    && is_text(&text)
                {
                    (self.with)(&text)?;
                }
            }
        }
        Ok(())
    }
}

/// The texts of the rows, signals, counts and manifest that go.
pub(super) fn goes(what: &ToShare<'_>) -> Result<Goes, Fault> {
    let mut goes = Goes::new();
    let mut add = |text: &str| {
        if !goes.contains(text) {
            goes.insert(text.into());
        }
        Ok(())
    };
    for entity in Entity::ALL {
        entity.visit(Texts { plan: what.plan, but: None, with: &mut add })?;
    }
    for held in what.signals {
        let signal = &held.signal;
        let subjects = signal.subjects.join("\n");
        for text in [
            &subjects,
            &signal.service,
            &signal.outcome,
            &signal.grade,
            &signal.specialty,
            &signal.site,
            &signal.state,
            &signal.learning,
            &signal.improvement,
        ] {
            add(text)?;
        }
    }
    Ok(goes)
}

/// Every text of the source that does not go, perhaps several times.
pub(super) fn each(file: &Connection, what: &ToShare<'_>, goes: &Goes, with: Told<'_>) -> Result<(), Fault> {
    let mut tell_one = |text: &str| if is_text(text) && !goes.contains(text) { with(text) } else { Ok(()) };
    let mut tell = |text: &str| {
        tell_one(text)?;
        if text.contains('\n') {
            // a list's items say something each; the long ones are found by what the whole is
            return text.lines().filter(|line| line.len() < PIECE).try_for_each(|line| tell_one(line.trim()));
        }
        Ok(())
    };
    for text in what.names {
        tell(text)?;
    }
    for entity in Entity::ALL {
        entity.visit(Texts { plan: what.source, but: Some(what.plan), with: &mut tell })?;
    }
    history(file, &mut tell)?;
    signals(file, &mut tell)
}

/// What the journal says: labels, names of users, and every value before and after.
fn history(file: &Connection, tell: Told<'_>) -> Result<(), Fault> {
    let mut statement = file.prepare("SELECT who, label, changes FROM entry")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for column in 0..2 {
            tell(text(row.get_ref(column)?)?)?;
        }
        let changes: Vec<Seen<'_>> = serde_json::from_str(text(row.get_ref(2)?)?)
            .map_err(|_| Fault::Damaged("an entry of the history cannot be read".into()))?;
        for change in changes {
            for side in [change.before, change.after] {
                if let Some(text) = side.0 {
                    tell(&text)?;
                }
            }
        }
    }
    Ok(())
}

/// What signals and measures say, those that no longer count as well.
fn signals(file: &Connection, tell: Told<'_>) -> Result<(), Fault> {
    for (table, columns) in [
        (
            "signal",
            "\"key\", subjects, service, outcome, grade, specialty, site, state, learning, improvement, \"text\"",
        ),
        ("measure", "what, service, site"),
    ] {
        let mut statement = file.prepare(&format!("SELECT {columns} FROM {table}"))?;
        let count = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..count {
                let cell = row.get_ref(column)?;
                if cell != ValueRef::Null {
                    tell(text(cell)?)?;
                }
            }
        }
    }
    Ok(())
}

fn text(cell: ValueRef<'_>) -> Result<&str, Fault> {
    super::super::rows::text(cell)
}

/// A change as the journal spells it, as far as it is looked at.
#[derive(serde::Deserialize)]
struct Seen<'a> {
    #[serde(borrow)]
    before: Side<'a>,
    #[serde(borrow)]
    after: Side<'a>,
}

/// A value, where it is a text.
struct Side<'a>(Option<Cow<'a, str>>);

impl<'de: 'a, 'a> Deserialize<'de> for Side<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Side<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number or nothing")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Side<'de>, E> {
                Ok(Side(Some(Cow::Borrowed(text))))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Side<'de>, E> {
                Ok(Side(Some(Cow::Owned(text.to_owned()))))
            }

            fn visit_i64<E: de::Error>(self, _: i64) -> Result<Side<'de>, E> {
                Ok(Side(None))
            }

            fn visit_u64<E: de::Error>(self, _: u64) -> Result<Side<'de>, E> {
                Ok(Side(None))
            }

            fn visit_unit<E: de::Error>(self) -> Result<Side<'de>, E> {
                Ok(Side(None))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_references_are_looked_for_and_dates_numbers_and_ids_are_not() {
        for text in ["Kate", "C/0041", "8812345", "Quality team's shared folder", "943 476 5919"] {
            assert!(is_text(text), "{text}");
        }
        for text in ["", "abc", "2013", "2013-05", "2013-05-28", "12/4", "00000000-0000-0000-0000-000000000000"] {
            assert!(!is_text(text), "{text}");
        }
    }

    #[test]
    fn the_values_of_a_change_are_read_whatever_they_are() {
        let json = r#"[{"entity":"action","row":"x","field":"text","before":null,"after":"Say \"when\""},
                       {"entity":"action","row":"x","field":"tentative","before":1,"after":0}]"#;
        let seen: Vec<Seen<'_>> = serde_json::from_str(json).expect("reads");
        assert_eq!(seen[0].after.0.as_deref(), Some("Say \"when\""), "as it was written");
        assert!(seen[0].before.0.is_none() && seen[1].after.0.is_none(), "no texts");
    }
}
