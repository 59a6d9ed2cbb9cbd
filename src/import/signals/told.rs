//! What an import of signals would do, told before it is done.

use super::{Column, Decision, Proposal, Rows};
use crate::model::Plan;
use crate::model::intelligence::periods;
use crate::model::text::count;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// How many rows of a kind are listed for a person; the JSON has them all.
const LISTED: usize = 12;

impl Proposal {
    /// What was understood and what would come in, in paragraphs for a person.
    #[must_use]
    pub fn words(&self, plan: &Plan, rows: &Rows) -> String {
        let reading = &self.reading;
        let mut text = String::new();
        let line = |text: &mut String, words: &str| {
            text.push_str(words);
            text.push('\n');
        };
        let rows_words = count(reading.summary.rows, "row");
        line(&mut text, &format!("{}: {rows_words}, {}", self.name, reading.summary.encoding));
        line(&mut text, "Columns:");
        for column in &reading.columns {
            line(&mut text, &format!("  {}", column_words(column)));
        }
        for whose in &self.whose {
            let named = if whose.given.is_empty() { "no provider named" } else { &whose.given };
            let what = match &whose.decision {
                Decision::Known(id) => {
                    let name = plan.providers.get(id).map_or("a provider", |row| row.name.as_str());
                    if name == whose.given { "a provider of the plan".to_owned() } else { format!("is {name}") }
                }
                Decision::New => "a new provider".to_owned(),
                Decision::Open(near) if near.is_empty() => "whose they are is not said".to_owned(),
                Decision::Open(near) => format!("not certain: almost {}", near.join(" or ")),
                Decision::LeftOut => "left out".to_owned(),
            };
            line(&mut text, &format!("Provider: {named} ({}): {what}", count(whose.rows, "row")));
        }
        for covered in &rows.covered {
            let name = self.provider_name(plan, covered.provider);
            let period = periods::words(covered.from, covered.to);
            line(&mut text, &format!("Received: {} of {name}, {period}", covered.source.several()));
        }
        if rows.twice > 0 {
            line(&mut text, &format!("Left out, as a row above says the same: {}", count(rows.twice, "row")));
        }
        let dates = &reading.ambiguous_dates;
        if let Some(first) = dates.first.first() {
            let what = format!(
                "{} would be others with the month first; read day first: {} in row {} is {}",
                count(dates.count, "date"),
                first.words,
                first.row,
                first.read_as
            );
            line(&mut text, &what);
        }
        let aside = reading
            .set_aside
            .iter()
            .map(|one| format!("row {} {} ({}): {}", one.row, one.reference, one.reason, one.why));
        list(&mut text, "Set aside", reading.set_aside.len(), aside);
        let refused = reading.refused.iter().map(|one| format!("row {}: {}", one.row, one.reason));
        list(&mut text, "Refused", reading.refused.len(), refused);
        let hits = reading.kept_hits.iter().map(|hit| format!("row {}, {}: {}", hit.row, hit.column, hit.kind));
        list(&mut text, "Looks like a person's details, in what is kept", reading.summary.kept_hits, hits);
        for note in &reading.notes {
            line(&mut text, note);
        }
        text
    }

    /// The same for another program.
    #[must_use]
    pub fn json(&self, plan: &Plan, rows: &Rows) -> Value {
        let mut value = serde_json::to_value(&self.reading).unwrap_or_default();
        if let Some(value) = value.as_object_mut() {
            for key in ["signals", "measures", "mapping"] {
                value.remove(key);
            }
        }
        value["name"] = json!(self.name);
        value["source"] = json!(self.options.source.word());
        let whose = |one: &super::Whose| {
            let (decision, provider, near) = match &one.decision {
                Decision::Known(id) => ("known", Some(self.provider_name(plan, *id)), None),
                Decision::New => ("new", Some(one.given.clone()), None),
                Decision::Open(near) => ("open", None, Some(near)),
                Decision::LeftOut => ("left out", None, None),
            };
            json!({ "given": one.given, "rows": one.rows, "decision": decision, "provider": provider, "near": near })
        };
        value["providers"] = self.whose.iter().map(whose).collect();
        let covered = |one: &crate::model::intent::intelligence::Covers| {
            json!({ "provider": self.provider_name(plan, one.provider), "source": one.source.word(),
                "from": one.from.to_string(), "to": one.to.to_string() })
        };
        value["received"] = rows.covered.iter().map(covered).collect();
        value["twice"] = json!(rows.twice);
        value["left_out"] = json!(rows.left_out);
        value
    }

    /// A provider's name, be it of the plan or new with this source.
    #[must_use]
    pub fn provider_name(&self, plan: &Plan, id: crate::model::Id) -> String {
        let known = plan.providers.get(&id).map(|row| row.name.clone());
        known
            .or_else(|| self.whose.iter().find(|one| self.new_id(&one.given) == id).map(|one| one.given.clone()))
            .unwrap_or_default()
    }
}

/// A column: what it is read as and how that is known, or why it is not.
fn column_words(column: &Column) -> String {
    let mut words = format!("{}: ", column.label);
    match (column.private, column.kept) {
        (Some(why), false) => {
            let _ = write!(words, "dropped ({why})");
            return words;
        }
        (Some(why), true) => {
            let _ = write!(words, "{}, kept though it may hold {why}", column.role);
        }
        (None, _) => {
            let _ = write!(words, "{} ({})", column.role, column.how);
        }
    }
    if let Some(sample) = column.samples.first() {
        let _ = write!(words, ", such as \"{sample}\"");
    }
    words
}

fn list(text: &mut String, title: &str, all: usize, lines: impl Iterator<Item = String>) {
    if all == 0 {
        return;
    }
    let _ = writeln!(text, "{title}: {}", count(all, "row"));
    let mut shown = 0;
    for line in lines.take(LISTED) {
        shown += 1;
        let _ = writeln!(text, "  {line}");
    }
    if all > shown {
        let _ = writeln!(text, "  and {} more", all - shown);
    }
}
