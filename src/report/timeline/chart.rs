//! The timeline as a chart: where everything stands along the axis.

use super::{View, one_line};
use crate::model::due::Month;
use crate::model::timeline::{self, Filter, GroupBy, Shape};
use crate::model::{Index, Plan, text};
use crate::report::chart::{Bar, BurnUp, Chart, END, Place, Point, Rows, Sign, Span, Stroke, StrokeKind};
use crate::report::status;
use chrono::{Datelike as _, NaiveDate};

/// Letters on a line beside the chart: a third of the page at the size it is set in.
const LINE: usize = 58;
/// Letters of a heading, which has the whole width.
const HEADING: usize = 120;
/// The most months that are named one by one.
const MOST_MONTHS: i32 = 27;
/// The most months whose quarters are named one by one.
const MOST_QUARTERS: i32 = 72;

/// The chart of a timeline; `None` where nothing stands on it.
pub(super) fn chart(view: &View<'_>, plan: &Plan, index: &Index) -> Option<Chart> {
    let of = view.timeline.chart(plan, index, view.as_at, &Filter::default(), GroupBy::Responsibility);
    let axis = Axis::over(of.first, of.last);
    let mut groups: Vec<Rows> = Vec::new();
    for group in &of.groups {
        let rows = group.bars.iter().map(|row| bar(view, &axis, row)).collect();
        groups.push(Rows { title: cut(&one_line(&group.title), HEADING), rows });
    }
    let bars = || groups.iter().flat_map(|group| &group.rows);
    let count = bars().count();
    if count == 0 {
        return None;
    }
    let mut signs: Vec<Sign> = bars().flat_map(|row| row.signs.iter().map(|(_, sign)| *sign)).collect();
    signs.sort_unstable();
    signs.dedup();
    let mut states = Vec::new();
    for row in bars() {
        if !states.contains(&row.state) {
            states.push(row.state.clone());
        }
    }
    let as_at = status::date(view.as_at);
    let description = format!(
        "Chart of {} over the months from {} to {}, as at {as_at}: for each its start, its first and present due, and \
         when it was done. The table says the same in words.",
        text::count(count, "row"),
        of.first.label(),
        of.last.label()
    );
    let (spans, ticks) = axis.labels();
    Some(Chart {
        title: "The timeline as a chart".into(),
        description,
        spans,
        ticks,
        as_at: axis.day(view.as_at, 0.5),
        as_at_label: format!("as at {as_at}"),
        states,
        signs,
        burn_up: burn_up(&axis, &of.burn_up, view.as_at),
        groups,
    })
}

/// Months side by side, each as wide as any other; whole quarters, or whole financial years.
struct Axis {
    first: Month,
    months: i32,
}

impl Axis {
    fn over(first: Month, last: Month) -> Self {
        // the month's place in its quarter, or in its financial year
        let into =
            |month: Month, step: i32| Month { year: month.financial_year_start(), month: 4 }.months_to(month) % step;
        let whole = |step: i32| {
            let first = first.plus(-into(first, step));
            let last = last.plus(step - 1 - into(last, step));
            Self { first, months: first.months_to(last) + 1 }
        };
        let quarters = whole(3);
        if quarters.months <= MOST_MONTHS { quarters } else { whole(12) }
    }

    fn place(&self, months: f64) -> Place {
        let share = (months / f64::from(self.months.max(1))).clamp(0.0, 1.0);
        (share * f64::from(END)).round() as Place
    }

    /// A day's place: 0 for its beginning, 1 for its end.
    fn day(&self, day: NaiveDate, part: f64) -> Place {
        let month = Month::of(day);
        let days = f64::from(month.last_day().day());
        // kept off the months' edges: what is due by the end of July must not stand on August's line
        let within = 0.12 + 0.76 * (f64::from(day.day()) - 1.0 + part) / days;
        self.place(f64::from(self.first.months_to(month)) + within)
    }

    fn month_middle(&self, month: Month) -> Place {
        self.place(f64::from(self.first.months_to(month)) + 0.5)
    }

    fn spans(&self, step: i32, label: impl Fn(Month) -> String) -> Vec<Span> {
        let starts = (0..self.months).step_by(usize::try_from(step).unwrap_or(1));
        let span = |at: i32| Span {
            label: label(self.first.plus(at)),
            from: self.place(f64::from(at)),
            to: self.place(f64::from(at + step)),
        };
        starts.map(span).collect()
    }

    /// The upper and the lower line.
    fn labels(&self) -> (Vec<Span>, Vec<Span>) {
        let quarter = |month: Month| format!("Q{}", month.quarter());
        let year = |month: Month| month.financial_year();
        if self.months <= MOST_MONTHS {
            let quarters = self.spans(3, |month| format!("{} {}", quarter(month), year(month)));
            return (quarters, self.spans(1, |month| month.first_day().format("%b").to_string()));
        }
        let ticks = if self.months <= MOST_QUARTERS { self.spans(3, quarter) } else { Vec::new() };
        (self.spans(12, year), ticks)
    }
}

fn bar(view: &View<'_>, axis: &Axis, row: &timeline::Bar) -> Bar {
    let mut strokes = Vec::new();
    let mut signs = Vec::new();
    let start = row.start.map(|day| axis.day(day, 0.0));
    let mut remark = "";
    match &row.shape {
        Shape::Until { last, first } => {
            let end = axis.day(*last, 1.0);
            if let Some(from) = start.filter(|from| *from < end) {
                strokes.push(Stroke { from, to: end, kind: StrokeKind::Work });
            }
            if let Some(first) = first.map(|day| axis.day(day, 1.0)) {
                let (from, to) = (first.min(end), first.max(end));
                strokes.push(Stroke { from, to, kind: StrokeKind::PutOff });
                signs.push((first, Sign::First));
            }
            signs.push((end, Sign::Due));
        }
        Shape::Onwards => {
            strokes.push(Stroke { from: start.unwrap_or(0), to: END, kind: StrokeKind::Onwards });
        }
        Shape::Recurring(months) => {
            signs.extend(months.iter().map(|month| (axis.month_middle(*month), Sign::Again)));
            if months.is_empty() {
                remark = "recurs; how often is still to be said";
            }
        }
        Shape::None => remark = "no date",
        Shape::Unpaired => remark = "one of several timescales; which is still to be said",
    }
    signs.extend(start.map(|at| (at, Sign::Start)));
    signs.extend(row.done_on.map(|day| (axis.day(day, 0.5), Sign::Done)));
    if !signs.is_empty() || !strokes.is_empty() {
        remark = "";
    }
    signs.sort_by_key(|(_, sign)| *sign);
    // of several timescales nobody has said whose they are: the heading says of what, the row which
    let words = match row.action {
        Some(_) => one_line(&row.text),
        None => format!("Timescale: {}", one_line(&row.due_words)),
    };
    Bar { lines: two_lines(&words), state: status::shown(&view.words, row.state), remark, strokes, signs }
}

fn burn_up(axis: &Axis, of: &timeline::BurnUp, as_at: NaiveDate) -> Option<BurnUp> {
    let points: Vec<Point> = of
        .months
        .iter()
        .map(|row| {
            let end = row.month.last_day();
            Point {
                month: row.month.label(),
                at: axis.day(end, 1.0),
                due: row.due,
                done: row.done.map(|done| (axis.day(end.min(as_at), 1.0), done)),
            }
        })
        .collect();
    let most = points.iter().map(|point| point.due.max(point.done.map_or(0, |(_, done)| done))).max().unwrap_or(0);
    if most == 0 {
        return None;
    }
    let told = points.iter().map(|point| {
        let done = point.done.map(|(_, done)| format!(", {done} done")).unwrap_or_default();
        format!("{} {} due{done}", point.month, point.due)
    });
    let description =
        format!("Two lines over the months. By the end of {}.", told.collect::<Vec<_>>().join("; by the end of "));
    let note = match of.undated {
        0 => String::new(),
        count => format!("{} done without a date, counted from {} on", text::count(count, "item"), status::date(as_at)),
    };
    Some(BurnUp { title: "Due and done by the end of each month".into(), description, points, most, note })
}

/// A text on one line or two, its words whole, with … where more was said.
fn two_lines(text: &str) -> Vec<String> {
    let (first, rest) = split(text, LINE);
    if rest.is_empty() {
        return vec![first.to_owned()];
    }
    vec![first.to_owned(), cut(rest, LINE)]
}

/// A text's beginning of at most so many letters.
fn cut(text: &str, most: usize) -> String {
    let (first, rest) = split(text, most);
    if rest.is_empty() {
        first.to_owned()
    } else {
        format!("{}…", split(text, most - 1).0.trim_end_matches([',', ';', ':', '.']))
    }
}

/// A text in two, the first part of at most so many letters, at a space where there is one.
fn split(text: &str, most: usize) -> (&str, &str) {
    let Some((end, _)) = text.char_indices().nth(most) else { return (text, "") };
    // a space right after the last letter ends a word too
    let upto = text[end..].chars().next().map_or(end, |next| end + next.len_utf8());
    let at = text[..upto].rfind(' ').filter(|at| *at > 0);
    match at {
        Some(at) => (&text[..at], text[at..].trim_start()),
        None => text.split_at(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        Month::parse(text).expect("a month")
    }

    #[test]
    fn an_axis_has_whole_quarters_and_as_many_names_as_fit() {
        let short = Axis::over(month("2013-05"), month("2014-01"));
        assert_eq!((short.first, short.months), (month("2013-04"), 12), "whole quarters");
        let (quarters, months) = short.labels();
        assert_eq!((quarters[0].label.as_str(), quarters.len()), ("Q1 2013/14", 4), "quarters above");
        assert_eq!((months[0].label.as_str(), months.len()), ("Apr", 12), "months below");
        assert_eq!(months.last().map(|span| span.to), Some(END), "up to the end");
        let long = Axis::over(month("2012-05"), month("2016-01")).labels();
        assert_eq!((long.0[0].label.as_str(), long.1[0].label.as_str()), ("2012/13", "Q1"), "years over quarters");
        let ages = Axis::over(month("2005-05"), month("2024-01")).labels();
        assert!(ages.1.is_empty() && ages.0.len() == 19, "years alone: {}", ages.0.len());
    }

    #[test]
    fn a_day_stands_within_its_month_and_what_is_beyond_at_the_edge() {
        let axis = Axis::over(month("2013-04"), month("2014-03"));
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date");
        assert_eq!(axis.day(day("2013-04-01"), 0.0), 100, "the first day is at the beginning");
        assert_eq!(axis.day(day("2013-06-30"), 1.0), END / 4 - 100, "a quarter's end is before the next one's line");
        assert!(axis.day(day("2013-06-30"), 1.0) < axis.day(day("2013-07-01"), 0.0), "days stay in their order");
        assert_eq!((axis.day(day("2010-01-01"), 0.0), axis.day(day("2020-01-01"), 0.0)), (0, END), "at the edges");
    }

    #[test]
    fn long_words_are_cut_where_a_word_ends() {
        assert_eq!(two_lines("short"), ["short"]);
        let text = "Put a quality schedule into the 23 smaller contracts, those with the most patients first, and then the others, unless the providers ask us to wait for the national contract";
        let lines = two_lines(text);
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines.iter().all(|line| line.chars().count() <= LINE), "{lines:?}");
        assert!(
            lines[1].ends_with('…') && text.starts_with(&lines.join(" ").trim_end_matches('…').to_owned()),
            "{lines:?}"
        );
        assert_eq!(two_lines(&"x".repeat(300)).concat().chars().count(), 2 * LINE, "a word without end too");
    }
}
