//! A value of a JSON file together with where it stands, so that every complaint names its place.

use super::JsonError;
use crate::model::due::{Due, Every, Month};
use crate::model::{FieldValue, Id, Record, Value as Field};
use chrono::NaiveDate;
use serde_json::Value;

/// A value and its path, `recommendations[3].positions[0]`.
pub(super) struct Node<'a> {
    value: &'a Value,
    path: String,
}

impl<'a> Node<'a> {
    pub(super) fn root(value: &'a Value) -> Self {
        Self { value, path: String::new() }
    }

    /// A value that was read by itself, with its place.
    pub(super) fn at(value: &'a Value, path: String) -> Self {
        Self { value, path }
    }

    /// Whether it is an object; a complaint where it is not.
    pub(super) fn is_row(&self) -> Result<(), JsonError> {
        if self.value.is_object() {
            return Ok(());
        }
        Err(JsonError::Wrong { path: self.path.clone(), problem: "this should be an object".into() })
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// A complaint about one key.
    pub(super) fn wrong(&self, key: &str, problem: impl Into<String>) -> JsonError {
        JsonError::Wrong { path: self.path_of(key), problem: problem.into() }
    }

    /// A key's value; `None` where it is missing or `null`.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(Self { value, path: self.path_of(key) })
    }

    /// Whether the file names a key, be it blank.
    pub(super) fn has(&self, key: &str) -> bool {
        self.value.get(key).is_some()
    }

    /// An object under a key.
    pub(super) fn object(&self, key: &str) -> Result<Option<Self>, JsonError> {
        match self.get(key) {
            Some(node) if !node.value.is_object() => Err(self.wrong(key, "this should be an object, { … }")),
            node => Ok(node),
        }
    }

    /// The items of an array; none where the key is missing.
    pub(super) fn items(&self, key: &str) -> Result<Vec<Self>, JsonError> {
        let Some(node) = self.get(key) else { return Ok(Vec::new()) };
        let Value::Array(items) = node.value else { return Err(self.wrong(key, "this should be a list, [ … ]")) };
        let item = |(place, value)| Self { value, path: format!("{}[{place}]", node.path) };
        Ok(items.iter().enumerate().map(item).collect())
    }

    /// The items of an array of rows.
    pub(super) fn rows(&self, key: &str) -> Result<Vec<Self>, JsonError> {
        let rows = self.items(key)?;
        rows.iter().try_for_each(Self::is_row)?;
        Ok(rows)
    }

    /// The items of an array of ids.
    pub(super) fn ids(&self, key: &str) -> Result<Vec<Id>, JsonError> {
        let id = |node: Self| {
            let text = node.value.as_str().unwrap_or_default();
            text.parse().map_err(|_| JsonError::Wrong { path: node.path, problem: "this should be a row's id".into() })
        };
        self.items(key)?.into_iter().map(id).collect()
    }

    /// The keys of an object with the texts under them.
    pub(super) fn texts(&self) -> Result<Vec<(&'a str, String)>, JsonError> {
        let keys = self.value.as_object().into_iter().flat_map(|object| object.keys());
        keys.map(|key| Ok((key.as_str(), self.text(key)?))).collect()
    }

    /// A text; empty where there is none.
    pub(super) fn text(&self, key: &str) -> Result<String, JsonError> {
        String::from_value(&self.field(key)?).map_err(|error| self.wrong(key, error.to_string()))
    }

    /// The texts of a list.
    pub(super) fn list(&self, key: &str) -> Result<Vec<String>, JsonError> {
        let text = |node: Self| match node.value {
            Value::String(text) => Ok(text.clone()),
            _ => Err(JsonError::Wrong { path: node.path, problem: "this should be text".into() }),
        };
        self.items(key)?.into_iter().map(text).collect()
    }

    /// A text that holds a list, a line each; `None` where the key is missing.
    pub(super) fn lines(&self, key: &str) -> Result<Option<String>, JsonError> {
        Ok(self.has(key).then_some(self.list(key)?.join("\n")))
    }

    /// A value of any kind that a field can have; `None` where there is none.
    pub(super) fn value<T: FieldValue>(&self, key: &str) -> Result<Option<T>, JsonError> {
        Option::<T>::from_value(&self.field(key)?).map_err(|error| self.wrong(key, error.to_string()))
    }

    /// The same where there must be one.
    pub(super) fn needed<T: FieldValue>(&self, key: &str, what: &str) -> Result<T, JsonError> {
        self.value(key)?.ok_or_else(|| self.wrong(key, format!("this should be {what}")))
    }

    /// A whole number, zero or more.
    pub(super) fn count(&self, key: &str) -> Result<Option<u32>, JsonError> {
        let Some(node) = self.get(key) else { return Ok(None) };
        let count = node.value.as_u64().and_then(|count| u32::try_from(count).ok());
        count.map(Some).ok_or_else(|| self.wrong(key, "this should be a whole number, 0 or more"))
    }

    /// A number; one of very many digits may stand as text.
    pub(super) fn number(&self, key: &str) -> Result<Option<f64>, JsonError> {
        let Some(node) = self.get(key) else { return Ok(None) };
        let number = match node.value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        let finite = number.filter(|number| number.is_finite());
        finite.map(Some).ok_or_else(|| self.wrong(key, "this should be a number"))
    }

    /// A row's id.
    pub(super) fn id(&self, key: &str) -> Result<Option<Id>, JsonError> {
        Option::<Id>::from_value(&self.field(key)?).map_err(|error| self.wrong(key, error.to_string()))
    }

    /// A value as a field of a row carries it.
    fn field(&self, key: &str) -> Result<Field, JsonError> {
        Ok(match self.value.get(key) {
            None | Some(Value::Null) => Field::Null,
            Some(Value::Bool(truth)) => Field::Int(i64::from(*truth)),
            Some(Value::String(text)) => Field::Text(text.clone()),
            Some(Value::Number(number)) => {
                let whole = number.as_i64().map(Field::Int);
                whole.ok_or_else(|| self.wrong(key, "this should be text or a whole number"))?
            }
            Some(_) => return Err(self.wrong(key, "this should be text, a number, or null")),
        })
    }

    /// Fills a row's fields from the keys of the same names; what the file does not name stays.
    pub(super) fn fill<T: Record>(&self, row: &mut T, fields: &[&str]) -> Result<(), JsonError> {
        for field in fields {
            if self.value.get(field).is_some() {
                row.set(field, &self.field(field)?).map_err(|error| self.wrong(field, error.to_string()))?;
            }
        }
        Ok(())
    }

    /// The keys that are not among those known.
    pub(super) fn strangers(&self, known: &'a [&str]) -> impl Iterator<Item = &'a String> {
        let keys = self.value.as_object().into_iter().flat_map(|object| object.keys());
        keys.filter(move |key| !known.contains(&key.as_str()))
    }

    /// Says which keys are not among those known.
    pub(super) fn unknown(&self, known: &[&str], warnings: &mut Vec<String>) {
        let keys = self.value.as_object().into_iter().flat_map(|object| object.keys());
        for key in keys.filter(|key| !known.contains(&key.as_str())) {
            warnings.push(format!("{}: this program does not know the key and passed it over", self.path_of(key)));
        }
    }

    /// A person's reading of due words, in the code that a row carries; blank where ours stands.
    pub(super) fn reading(&self, key: &str) -> Result<Option<String>, JsonError> {
        let Some(due) = self.object(key)? else { return Ok(None) };
        if due.field("overruled")? != Field::Int(1) {
            return Ok(Some(String::new()));
        }
        let kind = due.text("kind")?;
        let reading = match kind.as_str() {
            "none" => Due::None,
            "ongoing" => Due::Ongoing,
            "month" => due.due_month()?,
            "from" => Due::From { start: due.month("start")?.ok_or_else(|| due.wrong("start", "no month"))? },
            "recurring" => {
                let every = due.field("every")?;
                let every = Option::<Every>::from_value(&every).map_err(|error| due.wrong("every", error.to_string()));
                Due::Recurring { every: every?, start: due.month("start")? }
            }
            _ => return Err(due.wrong("kind", "this should be month, from, recurring, ongoing or none")),
        };
        Ok(Some(reading.code()))
    }

    fn due_month(&self) -> Result<Due, JsonError> {
        let day = self.field("day")?;
        let day = Option::<NaiveDate>::from_value(&day).map_err(|error| self.wrong("day", error.to_string()))?;
        let month = match (self.month("month")?, day) {
            (Some(month), None) => month,
            (month, Some(day)) if month.is_none_or(|month| month == Month::of(day)) => Month::of(day),
            (_, Some(_)) => return Err(self.wrong("day", "the month has no such day")),
            (None, None) => return Err(self.wrong("month", "this should be a month (YYYY-MM)")),
        };
        Ok(Due::Month { month, day })
    }

    fn month(&self, key: &str) -> Result<Option<Month>, JsonError> {
        let text = self.text(key)?;
        if text.is_empty() {
            return Ok(None);
        }
        Month::parse(&text).map(Some).ok_or_else(|| self.wrong(key, "this should be a month (YYYY-MM)"))
    }
}
