//! The value of one field as the journal, the file and the JSON carry it.

use super::Id;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One field's value. A blank text is [`Value::Null`]; "none", "no" and "0" are text or number, and
/// stay apart from it and from each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Never filled, or emptied.
    #[default]
    Null,
    /// A whole number; truth is 0 or 1.
    Int(i64),
    /// Words, an ISO date (`2013-05-28`), an id, or the word of a closed vocabulary.
    Text(String),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Int(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

/// A value that the field it was meant for cannot hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{found}\" is not {wanted}")]
pub struct BadValue {
    /// What stands there, cut to 60 characters.
    pub found: String,
    /// What the field holds, in words.
    pub wanted: &'static str,
}

impl BadValue {
    fn new(found: &Value, wanted: &'static str) -> Self {
        Self { found: found.to_string().chars().take(60).collect(), wanted }
    }
}

/// A type that a field of a row can have.
pub trait FieldValue: Sized {
    /// As the journal and the file carry it.
    fn to_value(&self) -> Value;
    /// Back again.
    ///
    /// # Errors
    /// When the value is none that this type has.
    fn from_value(value: &Value) -> Result<Self, BadValue>;
    /// The same from a value that is given away, so that a long text is not copied.
    ///
    /// # Errors
    /// When the value is none that this type has.
    fn from_owned(value: Value) -> Result<Self, BadValue> {
        Self::from_value(&value)
    }
}

impl FieldValue for String {
    fn to_value(&self) -> Value {
        if self.is_empty() { Value::Null } else { Value::Text(self.clone()) }
    }

    fn from_value(value: &Value) -> Result<Self, BadValue> {
        match value {
            Value::Null => Ok(Self::new()),
            Value::Text(text) => Ok(text.clone()),
            Value::Int(_) => Err(BadValue::new(value, "text")),
        }
    }

    fn from_owned(value: Value) -> Result<Self, BadValue> {
        match value {
            Value::Text(text) => Ok(text),
            other => Self::from_value(&other),
        }
    }
}

impl FieldValue for bool {
    fn to_value(&self) -> Value {
        Value::Int(i64::from(*self))
    }

    fn from_value(value: &Value) -> Result<Self, BadValue> {
        match value {
            Value::Int(0) => Ok(false),
            Value::Int(1) => Ok(true),
            _ => Err(BadValue::new(value, "0 or 1")),
        }
    }
}

impl FieldValue for Id {
    fn to_value(&self) -> Value {
        if self.is_nil() { Value::Null } else { Value::Text(self.to_string()) }
    }

    fn from_value(value: &Value) -> Result<Self, BadValue> {
        match value {
            Value::Null => Ok(Self::NIL),
            Value::Text(text) => text.parse().map_err(|_| BadValue::new(value, "a row id")),
            Value::Int(_) => Err(BadValue::new(value, "a row id")),
        }
    }
}

impl FieldValue for NaiveDate {
    fn to_value(&self) -> Value {
        Value::Text(self.format("%Y-%m-%d").to_string())
    }

    fn from_value(value: &Value) -> Result<Self, BadValue> {
        match value {
            Value::Text(text) => {
                Self::parse_from_str(text, "%Y-%m-%d").map_err(|_| BadValue::new(value, "a date (YYYY-MM-DD)"))
            }
            _ => Err(BadValue::new(value, "a date (YYYY-MM-DD)")),
        }
    }
}

impl<T: FieldValue> FieldValue for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_value)
    }

    fn from_value(value: &Value) -> Result<Self, BadValue> {
        if *value == Value::Null { Ok(None) } else { T::from_value(value).map(Some) }
    }
}

/// Gives a closed vocabulary its words: what stands in the file, in JSON and on screen.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident, $wanted:literal, { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every word of this vocabulary, in the order it is offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as it stands in the file and on screen, in lower case.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The term with this word, whatever its case.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|term| term.word().eq_ignore_ascii_case(word.trim()))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.word()) }
        }

        impl $crate::model::value::FieldValue for $name {
            fn to_value(&self) -> $crate::model::Value { $crate::model::Value::Text(self.word().to_owned()) }

            fn from_value(value: &$crate::model::Value) -> Result<Self, $crate::model::BadValue> {
                Self::from_word(&value.to_string()).ok_or_else(|| $crate::model::BadValue {
                    found: value.to_string().chars().take(60).collect(),
                    wanted: $wanted,
                })
            }
        }
    };
}
pub(crate) use vocabulary;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_none_no_and_zero_stay_four_things() {
        let texts = ["", "None", "No", "0"].map(|text| text.to_owned().to_value());
        for (i, a) in texts.iter().enumerate() {
            for b in &texts[i + 1..] {
                assert_ne!(a, b, "two different answers must not become one");
            }
        }
        assert_ne!(false.to_value(), Value::Null, "a no is no blank");
        for value in &texts {
            assert_eq!(&String::from_value(value).expect("text").to_value(), value, "round trip");
        }
    }

    #[test]
    fn what_a_field_cannot_hold_is_refused_with_what_it_wants() {
        assert!(NaiveDate::from_value(&Value::Text("31/02/2013".into())).is_err(), "no such date");
        assert!(bool::from_value(&Value::Null).is_err(), "a blank is no truth value");
        let refused = Id::from_value(&Value::Text("x".repeat(200))).expect_err("not an id");
        assert_eq!(refused.found.len(), 60, "a huge value is cut in the message");
    }
}
