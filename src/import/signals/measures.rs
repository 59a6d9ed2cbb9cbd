//! A row to measures: numbers that somebody else counted.

use super::date::{self, Period};
use super::role::Role;
use super::rows::{Table, clean, quoted};
use super::{Options, Reading};
use crate::model::signal::{Measure, Scoring, Source};
use crate::model::text::fold;

/// The columns of one thing that is measured: those whose headings end alike ("… - AE").
pub(super) struct Group {
    what: String,
    columns: Vec<(Role, usize)>,
}

/// The things that a table measures; none where its rows are items.
pub(super) fn groups(table: &Table, source: Source) -> Vec<Group> {
    let numbers = Role::ALL
        .iter()
        .filter(|role| role.is_number())
        .flat_map(|role| table.of(*role).iter().map(move |at| (*role, *at)));
    let numbers: Vec<(Role, usize)> = numbers.collect();
    // what has references, or a day for each row of a source that is not measured, is a list of items
    let items = table.has(Role::Reference)
        || (!source.is_measured() && (table.has(Role::Received) || table.has(Role::Happened)));
    if numbers.is_empty() || items {
        return Vec::new();
    }
    let mut groups: Vec<Group> = Vec::new();
    for (role, at) in numbers {
        let own = role == Role::Count;
        let what = if own { table.label(at).to_owned() } else { suffix(table.label(at)) };
        match groups.iter_mut().find(|group| !own && group.what == what) {
            Some(group) => group.columns.push((role, at)),
            None => groups.push(Group { what, columns: vec![(role, at)] }),
        }
    }
    groups
}

/// What stands behind the dash of a heading: "AE" of "Percentage Recommended - AE".
fn suffix(label: &str) -> String {
    label.rsplit_once(" - ").map(|(_, what)| what.trim().to_owned()).unwrap_or_default()
}

/// What a cell of numbers says.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Number {
    /// Nothing: there is no data.
    Blank,
    /// A number is there and not shown.
    Hidden,
    /// A number, and whether a per cent sign stands at it.
    Is(f64, bool),
    /// Something else.
    Bad,
}

fn number(cell: &str) -> Number {
    let text = cell.trim();
    let lower = fold(text);
    if ["", "-", "–", "n/a", "na", "nil return", "no data", "null", "..", ":", "not available"]
        .contains(&lower.as_str())
    {
        return Number::Blank;
    }
    if text.starts_with(['*', '<']) || lower == "c" || lower == "suppressed" {
        return Number::Hidden;
    }
    let percent = text.ends_with('%');
    let digits: String = text.trim_end_matches('%').chars().filter(|c| !matches!(c, ',' | ' ')).collect();
    match digits.parse::<f64>() {
        Ok(number) if number.is_finite() => Number::Is(number, percent),
        _ => Number::Bad,
    }
}

/// A number of a group, where it has that column and the cell shows one.
struct Numbers<'c> {
    table: &'c Table,
    cells: &'c [&'c str],
    columns: &'c [(Role, usize)],
    hidden: bool,
    bad: Option<String>,
}

impl Numbers<'_> {
    fn of(&mut self, role: Role) -> Option<(f64, bool)> {
        let (_, at) = self.columns.iter().find(|(found, _)| *found == role)?;
        let cell = self.cells.get(*at).copied().unwrap_or_default();
        match number(cell) {
            Number::Blank => None,
            Number::Hidden => {
                self.hidden = true;
                None
            }
            Number::Is(number, percent) => Some((number, percent)),
            Number::Bad => {
                self.bad.get_or_insert_with(|| format!("{} is no number, in {}", quoted(cell), self.table.label(*at)));
                None
            }
        }
    }

    fn plain(&mut self, role: Role) -> Option<f64> {
        self.of(role).map(|(number, _)| number)
    }

    /// A share, 0 to 1: 95%, 95, or 0.95 in a column that has nothing above 1.
    fn share(&mut self, role: Role) -> Option<f64> {
        let (number, percent) = self.of(role)?;
        let (_, at) = self.columns.iter().find(|(found, _)| *found == role)?;
        let fractions = !percent
            && number <= 1.0
            && self.table.columns.get(*at).is_some_and(|column| {
                column.samples.iter().all(|sample| {
                    matches!(self::number(sample), Number::Is(n, false) if n <= 1.0)
                        || matches!(self::number(sample), Number::Blank | Number::Hidden)
                })
            });
        let share = if fractions { number } else { number / 100.0 };
        if (0.0..=1.0).contains(&share) {
            return Some(share);
        }
        self.bad.get_or_insert_with(|| format!("{number} is no share of all answers, in {}", self.table.label(*at)));
        None
    }
}

/// Reads the measures of a row, but for their provider. No measures and no error: there is no data.
pub(super) fn read(
    table: &Table,
    groups: &[Group],
    cells: &[&str],
    row: usize,
    options: &Options,
    reading: &mut Reading,
) -> Result<Vec<Measure>, String> {
    let period = period(table, cells, options)?;
    let mut measures = Vec::new();
    for group in groups {
        let mut numbers = Numbers { table, cells, columns: &group.columns, hidden: false, bad: None };
        let found = value(&mut numbers, period, options.source, &table_words(table, group));
        reading.summary.hidden_numbers += usize::from(numbers.hidden);
        if let Some(bad) = numbers.bad {
            return Err(bad);
        }
        let Some(Value { numerator, denominator, scoring }) = found else { continue };
        measures.push(Measure {
            source: options.source,
            provider_given: String::new(),
            provider: None,
            month: period.first,
            months: period.months,
            what: what(table, group, cells, options.source),
            numerator,
            denominator,
            scoring,
            service: table.text(cells, Role::Service),
            site: table.text(cells, Role::Site),
            row,
        });
    }
    Ok(measures)
}

/// The period of a row: its own, the titles', or the one the source is said to cover.
fn period(table: &Table, cells: &[&str], options: &Options) -> Result<Period, String> {
    for role in [Role::Period, Role::Happened, Role::Received, Role::Date] {
        if let Some((at, cell)) = table.first(cells, role) {
            let bad = || format!("{} is no month, quarter or financial year, in {}", quoted(cell), table.label(at));
            return date::period(cell).ok_or_else(bad);
        }
    }
    let covered = options.from.zip(options.to).and_then(|(from, to)| {
        let months = u32::try_from(from.months_to(to) + 1).ok()?;
        [1, 3, 12].contains(&months).then_some(Period { first: from, months })
    });
    table.period.or(covered).ok_or_else(|| "it has no month; say which with --from and --to".to_owned())
}

/// What is measured, in words.
fn what(table: &Table, group: &Group, cells: &[&str], source: Source) -> String {
    let question = table.text(cells, Role::Question);
    let subject = table.first(cells, Role::Subject).map(|(_, cell)| clean(cell)).unwrap_or_default();
    let parts: Vec<&str> = [question.as_str(), subject.as_str(), group.what.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() { source.word().to_owned() } else { parts.join(": ") }
}

/// The headings of a group, folded: they say by which rule a share was scored.
fn table_words(table: &Table, group: &Group) -> String {
    let labels: Vec<&str> = group.columns.iter().map(|(_, at)| table.label(*at)).collect();
    fold(&labels.join(" "))
}

struct Value {
    numerator: f64,
    denominator: Option<f64>,
    scoring: Option<Scoring>,
}

/// The number of a group: from the answers where they are there, as nothing is rounded in them; else
/// from a share or a score and how many answered.
fn value(numbers: &mut Numbers<'_>, period: Period, source: Source, words: &str) -> Option<Value> {
    let is_test = source == Source::FriendsAndFamily;
    let by_month = Scoring::of(period.first);
    if numbers.columns.iter().any(|(role, _)| role.is_answer()) {
        let rule = if is_test { by_month } else { Scoring::Positive };
        return answers(numbers, rule).map(|(numerator, base)| Value {
            numerator,
            denominator: Some(base),
            scoring: is_test.then_some(rule),
        });
    }
    let base = numbers.plain(Role::Responses);
    if let Some(share) = numbers.share(Role::ShareGood) {
        let rule = if words.contains("recommend") {
            Scoring::Recommend
        } else if words.contains("positive") {
            Scoring::Positive
        } else {
            by_month
        };
        let numerator = base.map_or(share * 100.0, |base| (share * base).round());
        return Some(Value { numerator, denominator: base, scoring: is_test.then_some(rule) });
    }
    if let Some(score) = numbers.plain(Role::Score) {
        // a net score is a difference of two shares of those who answered; any other score stands alone
        let net = is_test.then_some(Scoring::NetScore);
        return Some(match base.filter(|_| is_test) {
            Some(base) => Value { numerator: (score / 100.0 * base).round(), denominator: Some(base), scoring: net },
            None => Value { numerator: score, denominator: None, scoring: net },
        });
    }
    if let Some(count) = numbers.plain(Role::Count) {
        return Some(Value { numerator: count, denominator: base, scoring: None });
    }
    // how many of those who were asked answered
    let eligible = numbers.plain(Role::Eligible);
    base.map(|base| Value { numerator: base, denominator: eligible, scoring: None })
}

/// The count above the line and the one below it, of the answers to the test.
fn answers(numbers: &mut Numbers<'_>, rule: Scoring) -> Option<(f64, f64)> {
    let best = numbers.plain(Role::Best)?;
    let [good, neither, bad, worst] =
        [Role::Good, Role::Neither, Role::Bad, Role::Worst].map(|role| numbers.plain(role).unwrap_or(0.0));
    let unsure = numbers.plain(Role::DontKnow).unwrap_or(0.0);
    let said = best + good + neither + bad + worst;
    Some(match rule {
        Scoring::NetScore => (best - (neither + bad + worst), said),
        Scoring::Recommend | Scoring::Positive => (best + good, said + unsure),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_hidden_nought_and_nonsense_are_four_things() {
        for (cell, wanted) in [
            ("", Number::Blank),
            ("n/a", Number::Blank),
            ("*", Number::Hidden),
            ("<5", Number::Hidden),
            ("0", Number::Is(0.0, false)),
            ("1,234", Number::Is(1234.0, false)),
            ("95.5%", Number::Is(95.5, true)),
            ("-12", Number::Is(-12.0, false)),
            ("many", Number::Bad),
            ("inf", Number::Bad),
        ] {
            assert_eq!(number(cell), wanted, "{cell:?}");
        }
    }
}
