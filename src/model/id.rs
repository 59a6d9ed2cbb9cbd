//! Row ids: UUIDs, random for what a person makes, derived for what two sides would make alike.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The id of a row, and of the plan itself. Written as a hyphenated lower-case UUID.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(Uuid);

impl Id {
    /// The id that no row has; stands for "not filled" in a field that must name a row.
    pub const NIL: Self = Self(Uuid::nil());

    /// A new id that sorts by the time it was made (UUID v7).
    #[must_use]
    pub fn random() -> Self {
        Self(Uuid::now_v7())
    }

    /// The id that `parts` always lead to under `self` (UUID v5), so that the same thing added on
    /// two sides is one row. Parts are kept apart: `["ab", "c"]` and `["a", "bc"]` differ.
    #[must_use]
    pub fn derive(self, parts: &[&str]) -> Self {
        let mut name = String::new();
        for part in parts {
            name.push_str(&part.len().to_string());
            name.push(':');
            name.push_str(part);
        }
        Self(Uuid::new_v5(&self.0, name.as_bytes()))
    }

    /// Whether this is [`Id::NIL`].
    #[must_use]
    pub fn is_nil(self) -> bool {
        self.0.is_nil()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_hyphenated().fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not a UUID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a row id")]
pub struct BadId(pub String);

impl FromStr for Id {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        Uuid::try_parse(text).map(Self).map_err(|_| BadId(text.chars().take(60).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_ids_are_stable_and_keep_parts_apart() {
        let plan: Id = "6f2d3c1e-0000-4000-8000-000000000001".parse().expect("a UUID");
        assert_eq!(plan.derive(&["francis-2013", "9"]), plan.derive(&["francis-2013", "9"]), "the same parts");
        assert_ne!(plan.derive(&["ab", "c"]), plan.derive(&["a", "bc"]), "the cut between parts counts");
        assert_ne!(plan.derive(&["x"]), Id::NIL.derive(&["x"]), "the plan counts");
    }

    #[test]
    fn an_id_reads_back_as_written_and_nothing_else_does() {
        let id = Id::random();
        assert_eq!(id.to_string().parse(), Ok(id), "round trip");
        assert!("123".parse::<Id>().is_err(), "a number is no id");
    }
}
