//! Signals and measures, each on a line of its own.

use crate::model::due::Month;
use crate::model::signal::{self, Hardness, Held, MeasureFact, Scoring, Source};
use crate::model::{FieldValue as _, Id, Value};
use chrono::NaiveDate;
use serde::{Serialize, Serializer};

/// Adds a list to an object whose last value has just been written.
pub(super) fn write<T: Serialize>(text: &mut String, key: &str, lines: impl Iterator<Item = T>) {
    text.push_str(&format!(",\n \"{key}\": ["));
    let mut any = false;
    for line in lines {
        text.push_str(if any { ",\n  " } else { "\n  " });
        any = true;
        let line = serde_json::to_string(&line);
        debug_assert!(line.is_ok(), "a struct of texts and numbers always has a JSON form");
        text.push_str(&line.unwrap_or_default());
    }
    text.push_str(if any { "\n ]" } else { "]" });
}

/// What is said of a signal.
#[derive(Serialize)]
pub(super) struct Signal<'s> {
    source: Source,
    key: &'s str,
    #[serde(skip_serializing_if = "str::is_empty")]
    reference: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<Id>,
    /// Only where it is none of the plan's.
    #[serde(skip_serializing_if = "str::is_empty")]
    provider_given: &'s str,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_word")]
    received: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_word")]
    happened: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_word")]
    due: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_word")]
    closed: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_word")]
    month: Option<Month>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    subjects: &'s [String],
    #[serde(skip_serializing_if = "str::is_empty")]
    service: &'s str,
    #[serde(skip_serializing_if = "str::is_empty")]
    specialty: &'s str,
    #[serde(skip_serializing_if = "str::is_empty")]
    site: &'s str,
    #[serde(skip_serializing_if = "str::is_empty")]
    state: &'s str,
    #[serde(skip_serializing_if = "str::is_empty")]
    outcome: &'s str,
    #[serde(skip_serializing_if = "str::is_empty")]
    grade: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    adverse: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    handling_concern: Option<bool>,
    #[serde(skip_serializing_if = "str::is_empty")]
    learning: &'s str,
    #[serde(skip_serializing_if = "str::is_empty")]
    improvement: &'s str,
    hardness: Hardness,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'s str,
    #[serde(skip_serializing_if = "is_nothing")]
    row: usize,
}

impl<'s> Signal<'s> {
    pub(super) fn of(held: &'s Held) -> Self {
        let signal = &held.signal;
        Self {
            source: signal.source,
            key: &signal.key,
            reference: &signal.reference,
            provider: held.provider,
            provider_given: if held.provider.is_some() { "" } else { &signal.provider_given },
            received: signal.received,
            happened: signal.happened,
            due: signal.due,
            closed: signal.closed,
            month: signal.month,
            subjects: &signal.subjects,
            service: &signal.service,
            specialty: &signal.specialty,
            site: &signal.site,
            state: &signal.state,
            outcome: &signal.outcome,
            grade: &signal.grade,
            adverse: signal.adverse,
            handling_concern: signal.handling_concern,
            learning: &signal.learning,
            improvement: &signal.improvement,
            hardness: signal.hardness,
            text: &signal.text,
            row: signal.row,
        }
    }
}

/// What is said of a measure.
#[derive(Serialize)]
pub(super) struct Measure<'m> {
    source: Source,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<Id>,
    #[serde(skip_serializing_if = "str::is_empty")]
    provider_given: &'m str,
    #[serde(serialize_with = "as_word")]
    month: Option<Month>,
    months: u32,
    what: &'m str,
    #[serde(serialize_with = "number")]
    numerator: f64,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number_if_any")]
    denominator: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scoring: Option<Scoring>,
    #[serde(skip_serializing_if = "str::is_empty")]
    service: &'m str,
    #[serde(skip_serializing_if = "str::is_empty")]
    site: &'m str,
    #[serde(skip_serializing_if = "is_nothing")]
    row: usize,
}

impl<'m> Measure<'m> {
    pub(super) fn of(fact: &'m MeasureFact) -> Self {
        let measure: &signal::Measure = &fact.measure;
        Self {
            source: measure.source,
            provider: fact.provider,
            provider_given: if fact.provider.is_some() { "" } else { &measure.provider_given },
            month: Some(measure.month),
            months: measure.months,
            what: &measure.what,
            numerator: measure.numerator,
            denominator: measure.denominator,
            scoring: measure.scoring,
            service: &measure.service,
            site: &measure.site,
            row: measure.row,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_nothing(row: &usize) -> bool {
    *row == 0
}

/// A date or month as the plan's fields write them.
fn as_word<T: crate::model::FieldValue, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
    match value.to_value() {
        Value::Null => serializer.serialize_none(),
        word => serializer.collect_str(&word),
    }
}

fn number_if_any<S: Serializer>(number: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match number {
        Some(value) => self::number(value, serializer),
        None => serializer.serialize_none(),
    }
}

/// A number so that it is read back as itself: a count as a count, and one of so many digits that a
/// reader of JSON may round it, as text.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn number<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    /// Up to here every whole number is exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let number = *number;
    if number.fract() == 0.0 && number.abs() < EXACT {
        return serializer.serialize_i64(number as i64);
    }
    let again = serde_json::to_string(&number).ok().and_then(|text| serde_json::from_str::<f64>(&text).ok());
    if again.is_some_and(|again| again.to_bits() == number.to_bits()) {
        serializer.serialize_f64(number)
    } else {
        serializer.collect_str(&number)
    }
}
