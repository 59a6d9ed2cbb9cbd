//! A cell's words to the value of a field.

use super::Found;
use super::compare::Compare;
use crate::model::due::{self, Due, Month};
use crate::model::workbook::{Column, Kind};
use crate::model::{Action, FieldValue as _, Id, Provider, Report, Responsibility, SignalTheme, Theme, Value};
use chrono::NaiveDate;

impl Compare<'_> {
    /// The value that a cell's words are for a column.
    ///
    /// # Errors
    /// When the column cannot hold them: what is wrong, to follow the cell's place.
    pub(super) fn value(&mut self, column: &Column, found: &Found) -> Result<Value, String> {
        if *found == Found::Error {
            return Err("it holds a formula that Excel cannot work out".into());
        }
        let words = found.words();
        let text = words.trim();
        match column.kind {
            _ if text.is_empty() && !matches!(column.kind, Kind::YesNo) => Ok(Value::Null),
            Kind::Text | Kind::Position | Kind::Computed | Kind::Serves => Ok(Value::Text(words)),
            Kind::Date => date(found)
                .map(|date| date.to_value())
                .ok_or_else(|| format!("\"{}\" is not a date; write it as 28 May 2013 or 28/05/2013", short(text))),
            Kind::YesNo => match text.to_lowercase().as_str() {
                "yes" | "y" | "true" => Ok(Value::Int(1)),
                "no" | "n" | "false" => Ok(Value::Int(0)),
                "" => Err("it is blank; write yes or no".into()),
                _ => Err(format!("\"{}\" is neither yes nor no", short(text))),
            },
            Kind::Word(words) => {
                let known = words().into_iter().find(|word| word.eq_ignore_ascii_case(text));
                let refused = || format!("\"{}\" is none of: {}", short(text), words().join(", "));
                known.map(|word| Value::Text(word.to_owned())).ok_or_else(refused)
            }
            Kind::Reading => match Due::from_code(text) {
                Some(_) => Ok(Value::Text(text.to_owned())),
                None => Err(format!("\"{}\" is no reading; write for example month 2013-07", short(text))),
            },
            Kind::Theme => {
                let known = self.by_words::<Theme>(text, |row| &row.title);
                Ok(known.unwrap_or_else(|| self.add_theme(text)).to_value())
            }
            Kind::Responsibility => {
                let known = self.by_words::<Responsibility>(text, |row| &row.text);
                Ok(known.unwrap_or_else(|| self.add_responsibility(text)).to_value())
            }
            Kind::Action => match self.by_words::<Action>(text, |row| &row.text) {
                Some(id) => Ok(id.to_value()),
                None => Err(format!("no action says \"{}\"", short(text))),
            },
            Kind::Recommendation => self.recommendation(text).map(|id| id.to_value()),
            Kind::Provider => match self.by_words::<Provider>(text, |row| &row.name) {
                Some(id) => Ok(id.to_value()),
                None => Err(format!("no provider is called \"{}\"; add it on the sheet Providers", short(text))),
            },
            Kind::SignalTheme => match self.by_words::<SignalTheme>(text, |row| &row.title) {
                Some(id) => Ok(id.to_value()),
                None => Err(format!("no theme is called \"{}\"; add it on the sheet Themes of signals", short(text))),
            },
            Kind::Month => month(found)
                .map(|month| month.to_value())
                .ok_or_else(|| format!("\"{}\" is not a month; write it as May 2013", short(text))),
            Kind::Report => match self.report(text) {
                Some(report) => Ok(Value::Text(report.key)),
                None => Err(format!("the plan answers no report called \"{}\"", short(text))),
            },
        }
    }

    /// A recommendation by its number as the plan says it.
    pub(super) fn recommendation(&mut self, name: &str) -> Result<Id, String> {
        match self.called(name).as_slice() {
            [only] => Ok(*only),
            [] => Err(format!("the plan has no recommendation {}", short(name))),
            found => Err(format!("{} recommendations are called {}", found.len(), short(name))),
        }
    }

    /// A report by its short title, title or key; the only one where none is named.
    pub(super) fn report(&self, name: &str) -> Option<Report> {
        let rows = self.all::<Report>();
        if name.is_empty() && rows.len() == 1 {
            return rows.into_iter().next();
        }
        rows.into_iter().find(|row| {
            [&row.short_title, &row.title, &row.key].into_iter().any(|known| known.eq_ignore_ascii_case(name))
        })
    }
}

/// A day as Excel has it, or as people write it.
fn date(found: &Found) -> Option<NaiveDate> {
    let text = match found {
        Found::Date(date) => return Some(*date),
        Found::Words(text) => text.trim(),
        Found::Error => return None,
    };
    let written = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"];
    let written = written.into_iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok());
    written.or_else(|| match due::read(text) {
        Due::Month { day, .. } => day,
        _ => None,
    })
}

/// A month as Excel has it (a day of it), or as people write it.
pub(super) fn month(found: &Found) -> Option<Month> {
    let text = match found {
        Found::Date(date) => return Some(Month::of(*date)),
        Found::Words(text) => text.trim(),
        Found::Error => return None,
    };
    Month::parse(text).or_else(|| date(found).map(Month::of)).or_else(|| match due::read(text) {
        Due::Month { month, .. } => Some(month),
        _ => None,
    })
}

/// The beginning of a text, for a message.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 60;
    let line = text.replace('\n', " ");
    if line.chars().count() <= MOST {
        return line;
    }
    format!("{}…", line.chars().take(MOST).collect::<String>().trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_the_british_way_and_nothing_else_is_one() {
        let of = |text: &str| date(&Found::Words(text.into())).map(|date| date.to_string());
        for text in ["28 May 2013", "28/05/2013", "2013-05-28", "28.05.2013"] {
            assert_eq!(of(text).as_deref(), Some("2013-05-28"), "{text}");
        }
        for text in ["05/28/2013", "May 2013", "soon", "41422"] {
            assert_eq!(of(text), None, "{text}");
        }
        let of = |text: &str| month(&Found::Words(text.into())).map(|month| month.to_string());
        for text in ["May 2013", "2013-05", "28 May 2013", "31/05/2013"] {
            assert_eq!(of(text).as_deref(), Some("2013-05"), "{text}");
        }
        assert_eq!(of("soon"), None, "no month");
    }
}
