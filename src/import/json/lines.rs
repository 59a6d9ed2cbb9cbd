//! Signals and measures: read one by one while the file is parsed, so that a hundred thousand of them are
//! never held twice.

use super::node::Node;
use super::{JsonError, Reader};
use crate::model::signal::{Held, Measure, MeasureFact, Signal};
use crate::model::{Id, Provider};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fmt;

const SIGNALS: &str = "signals";
const MEASURES: &str = "measures";

const SIGNAL: &[&str] = &[
    "source",
    "key",
    "reference",
    "provider",
    "provider_given",
    "received",
    "happened",
    "due",
    "closed",
    "month",
    "subjects",
    "service",
    "specialty",
    "site",
    "state",
    "outcome",
    "grade",
    "adverse",
    "handling_concern",
    "learning",
    "improvement",
    "hardness",
    "text",
    "row",
];
const MEASURE: &[&str] = &[
    "source",
    "provider",
    "provider_given",
    "month",
    "months",
    "what",
    "numerator",
    "denominator",
    "scoring",
    "service",
    "site",
    "row",
];

/// What a file holds, its lines apart from the rest.
pub(super) struct File {
    pub(super) rest: Value,
    pub(super) lines: Lines,
}

/// Signals and measures, with the ids that providers have in the file.
#[derive(Default)]
pub(super) struct Lines {
    signals: Vec<Held>,
    measures: Vec<MeasureFact>,
    warnings: Vec<String>,
    /// Keys that were not known, each once.
    strange: BTreeSet<String>,
    /// The first line that is none.
    wrong: Option<JsonError>,
}

impl File {
    /// Parses a file.
    ///
    /// # Errors
    /// When it is not JSON, or its signals or measures are no lists. What is wrong inside them is said
    /// later, when it is known that the file is a plan.
    pub(super) fn parse(text: &str) -> Result<Self, JsonError> {
        let mut lines = Lines::default();
        let mut parser = serde_json::Deserializer::from_str(text);
        let parsed = parser.deserialize_map(Root(&mut lines)).and_then(|rest| parser.end().map(|()| rest));
        match parsed {
            Ok(rest) => Ok(Self { rest, lines }),
            Err(error) if error.is_data() => {
                // JSON of another shape: say where
                let rest: Value = serde_json::from_str(text)?;
                let root = Node::root(&rest);
                root.items(SIGNALS)?;
                root.items(MEASURES)?;
                Ok(Self { rest, lines: Lines::default() })
            }
            Err(error) => Err(error.into()),
        }
    }
}

impl Lines {
    fn take(&mut self, key: &str, value: &Value) {
        if self.wrong.is_some() {
            return;
        }
        let read = if key == SIGNALS {
            let node = Node::at(value, format!("{SIGNALS}[{}]", self.signals.len()));
            self.note_strangers(&node, SIGNAL);
            signal(&node).map(|held| self.signals.push(held))
        } else {
            let node = Node::at(value, format!("{MEASURES}[{}]", self.measures.len()));
            self.note_strangers(&node, MEASURE);
            measure(&node).map(|fact| self.measures.push(fact))
        };
        self.wrong = read.err();
    }

    /// A key that is not known is said once, not a hundred thousand times.
    fn note_strangers(&mut self, node: &Node<'_>, known: &'static [&str]) {
        for key in node.strangers(known) {
            if self.strange.insert(key.clone()) {
                let problem = "this program does not know the key and passed it over, here and wherever it stands";
                self.warnings.push(node.wrong(key, problem).to_string());
            }
        }
    }
}

/// The file's outermost object.
struct Root<'l>(&'l mut Lines);

impl<'de> Visitor<'de> for Root<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a plan, { … }")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut rest = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == SIGNALS || key == MEASURES {
                map.next_value_seed(List { key: &key, lines: &mut *self.0 })?;
            } else {
                let value = map.next_value()?;
                rest.insert(key, value);
            }
        }
        Ok(Value::Object(rest))
    }
}

/// The list under one of its keys.
struct List<'l> {
    key: &'l str,
    lines: &'l mut Lines,
}

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list, [ … ]")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element::<Value>()? {
            self.lines.take(self.key, &value);
        }
        Ok(())
    }
}

fn signal(node: &Node<'_>) -> Result<Held, JsonError> {
    node.is_row()?;
    let mut signal = Signal::new(node.needed("source", "the kind of source, \"complaint\"")?);
    signal.reference = node.text("reference")?;
    signal.key = node.value("key")?.unwrap_or_else(|| signal.reference.clone());
    if signal.key.is_empty() {
        return Err(node.wrong("key", "a signal needs a key or a reference to be known by the next time"));
    }
    if signal.has_reference() && signal.key != signal.reference {
        return Err(node.wrong("key", "a signal with a reference is known by it: leave the key out"));
    }
    signal.provider_given = node.text("provider_given")?;
    signal.received = node.value("received")?;
    signal.happened = node.value("happened")?;
    signal.due = node.value("due")?;
    signal.closed = node.value("closed")?;
    signal.month = node.value("month")?;
    signal.subjects = node.list("subjects")?;
    if let Some(at) = signal.subjects.iter().position(|words| words.trim().is_empty() || words.contains('\n')) {
        return Err(node.wrong(&format!("subjects[{at}]"), "this should be words on one line"));
    }
    signal.service = node.text("service")?;
    signal.specialty = node.text("specialty")?;
    signal.site = node.text("site")?;
    signal.state = node.text("state")?;
    signal.outcome = node.text("outcome")?;
    signal.grade = node.text("grade")?;
    signal.adverse = node.value("adverse")?;
    signal.handling_concern = node.value("handling_concern")?;
    signal.learning = node.text("learning")?;
    signal.improvement = node.text("improvement")?;
    signal.hardness = node.value("hardness")?.unwrap_or(signal.hardness);
    signal.text = node.text("text")?;
    signal.row = row(node)?;
    Ok(Held { number: 0, provider: node.id("provider")?, signal })
}

fn measure(node: &Node<'_>) -> Result<MeasureFact, JsonError> {
    node.is_row()?;
    let months = node.count("months")?.unwrap_or(1);
    if months == 0 {
        return Err(node.wrong("months", "this should be 1 or more"));
    }
    let measure = Measure {
        source: node.needed("source", "the kind of source, \"patient survey\"")?,
        provider_given: node.text("provider_given")?,
        provider: None,
        month: node.needed("month", "the month it is of (YYYY-MM)")?,
        months,
        what: node.text("what")?,
        numerator: node.number("numerator")?.ok_or_else(|| node.wrong("numerator", "this should be a number"))?,
        denominator: node.number("denominator")?,
        scoring: node.value("scoring")?,
        service: node.text("service")?,
        site: node.text("site")?,
        row: row(node)?,
    };
    Ok(MeasureFact { provider: node.id("provider")?, measure })
}

fn row(node: &Node<'_>) -> Result<usize, JsonError> {
    Ok(usize::try_from(node.count("row")?.unwrap_or_default()).unwrap_or_default())
}

impl Reader<'_> {
    /// Signals and measures with the providers that the plan has.
    pub(super) fn lines(&mut self, lines: Lines) -> Result<(Vec<Held>, Vec<MeasureFact>), JsonError> {
        if let Some(wrong) = lines.wrong {
            return Err(wrong);
        }
        self.warnings.extend(lines.warnings);
        let (mut signals, mut measures) = (lines.signals, lines.measures);
        let mut known = BTreeSet::new();
        for (at, held) in signals.iter_mut().enumerate() {
            held.provider = self.whose(held.provider, &mut known).ok_or_else(|| nobody(SIGNALS, at))?;
        }
        for (at, fact) in measures.iter_mut().enumerate() {
            fact.provider = self.whose(fact.provider, &mut known).ok_or_else(|| nobody(MEASURES, at))?;
        }
        let signal = |held: &Held| (held.signal.source, held.provider, held.signal.key.clone());
        once(SIGNALS, "key", signals.iter().map(signal))?;
        let measure = |fact: &MeasureFact| {
            let Measure { source, month, months, what, scoring, service, site, .. } = &fact.measure;
            let place = (what.clone(), service.clone(), site.clone());
            (*source, fact.provider, *month, *months, *scoring, place)
        };
        once(MEASURES, "month", measures.iter().map(measure))?;
        Ok((signals, measures))
    }

    /// A line's provider as it goes here; the outer `None` where there is no such provider.
    fn whose(&self, provider: Option<Id>, known: &mut BTreeSet<Id>) -> Option<Option<Id>> {
        let Some(id) = provider.map(|id| self.here(id)) else { return Some(None) };
        if !known.contains(&id) {
            if !self.has::<Provider>(id) {
                return None;
            }
            known.insert(id);
        }
        Some(Some(id))
    }
}

/// Refuses what stands twice: the file could hold only one of the two.
fn once<K: Ord>(list: &str, key: &str, keys: impl Iterator<Item = K>) -> Result<(), JsonError> {
    let mut seen = BTreeSet::new();
    match keys.map(|key| seen.insert(key)).position(|new| !new) {
        Some(at) => {
            let path = format!("{list}[{at}].{key}");
            Err(JsonError::Wrong { path, problem: "this stands twice in the file, for one source and provider".into() })
        }
        None => Ok(()),
    }
}

fn nobody(list: &str, at: usize) -> JsonError {
    JsonError::Wrong {
        path: format!("{list}[{at}].provider"),
        problem: "no provider of the file or the plan has this id".into(),
    }
}
