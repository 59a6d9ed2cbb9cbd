//! What a workbook changes, in words, cell by cell.

use super::value::short;
use std::fmt;

/// A cell that is taken over, or a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Where it stands: "Actions, row 3, Owner".
    pub place: String,
    /// What the plan says; `None` for a row that it has not.
    pub before: Option<String>,
    /// What the workbook says.
    pub after: String,
}

impl Taken {
    /// A cell that differs. Of long texts only what is near the first difference is said.
    pub(super) fn cell(place: String, before: &str, after: &str) -> Self {
        /// So much of what is alike stands before the difference.
        const BEFORE: usize = 20;
        let alike = before.chars().zip(after.chars()).take_while(|(a, b)| a == b).count();
        let near = |text: &str| {
            let from = alike.saturating_sub(BEFORE);
            let rest: String = text.chars().skip(from).collect();
            match rest.split_once(' ') {
                _ if from == 0 => short(&rest),
                // from a whole word on
                Some((cut, words)) if cut.chars().count() < BEFORE => format!("…{}", short(words)),
                _ => format!("…{}", short(&rest)),
            }
        };
        Self { place, before: Some(near(before)), after: near(after) }
    }

    /// A row that is new.
    pub(super) fn row(place: String, words: &str) -> Self {
        Self { place, before: None, after: short(words) }
    }
}

impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = |text: &str| if text.is_empty() { "blank".to_owned() } else { format!("“{text}”") };
        match &self.before {
            Some(before) => write!(f, "{}: {} becomes {}", self.place, said(before), said(&self.after)),
            None => write!(f, "{}: new, {}", self.place, said(&self.after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_says_both_texts_near_where_they_differ() {
        let long = "The committee reads the figures of all wards every month";
        let told =
            Taken::cell("Actions, row 3, Action".into(), &format!("{long} and asks"), &format!("{long}, then asks"));
        let expected = "Actions, row 3, Action: “…wards every month and asks” becomes “…wards every month, then asks”";
        assert_eq!(told.to_string(), expected);
        let blank = Taken::cell("Actions, row 3, Owner".into(), "Chair", "");
        assert_eq!(blank.to_string(), "Actions, row 3, Owner: “Chair” becomes blank");
        assert_eq!(Taken::row("Actions, row 9".into(), "Ask them").to_string(), "Actions, row 9: new, “Ask them”");
    }
}
