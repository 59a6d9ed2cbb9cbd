//! What is published gives no small number away, in none of its forms.

use super::made::{Made, PROVIDERS, month};
use super::sheets;
use proptest::prelude::*;
use recap::model::signal::Source;
use recap::report::Paper;
use recap::report::chart::END;
use recap::report::section::{Part, Plot};

const SMALL: std::ops::RangeInclusive<u64> = 1..=7;

/// What the values of a chart are, by the words along its axis.
fn values(plot: &Plot) -> Vec<f64> {
    let number = |words: &str| words.trim_end_matches('%').parse::<f64>().expect("a number on the axis");
    let (low, high) = (&plot.levels[0], &plot.levels[plot.levels.len() - 1]);
    let (from, to) = (number(&low.1), number(&high.1));
    let at = |place: u32| from + (f64::from(place) - f64::from(low.0)) / f64::from(high.0 - low.0) * (to - from);
    let values = plot.dots.iter().map(|dot| at(dot.y));
    values.chain(plot.lines.iter().map(|line| at(line.at))).chain(plot.levels.iter().map(|level| at(level.0))).collect()
}

/// Texts of the report that count no signals: what they name are months, sources, rules.
fn says_other_numbers(text: &str) -> bool {
    [
        " of ",
        " late",
        " expected",
        " never asked",
        " not applicable",
        " points on one side",
        "range",
        "on average",
        "nearest 5",
        "Recommendation",
    ]
    .iter()
    .any(|part| text.contains(part))
}

/// Numbers that stand by themselves among words, but for days of months and counts of months.
fn numbers(text: &str) -> Vec<u64> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '.'));
    let words: Vec<&str> = parts.filter(|word| !word.is_empty()).collect();
    const TIMES: [&str; 15] = [
        "month",
        "months",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "quarters",
    ];
    let is_time = |at: usize| words.get(at + 1).is_some_and(|next| TIMES.contains(next));
    (0..words.len()).filter(|at| !is_time(*at)).filter_map(|at| words[at].parse().ok()).collect()
}

fn holds_no_small_number(paper: &Paper) -> Result<(), TestCaseError> {
    for section in paper.sections.iter().take_while(|section| section.title != "The rule") {
        for part in &section.parts {
            match part {
                Part::Words(_) => {}
                Part::Grid(grid) => {
                    for (cell, column) in grid.rows.iter().flat_map(|row| row.iter().zip(&grid.columns)) {
                        for text in cell.iter().map(recap::report::paper::Block::text) {
                            if text.contains("working days") || column.title.contains("working days") {
                                continue;
                            }
                            for number in numbers(&text).into_iter().filter(|_| !says_other_numbers(&text)) {
                                prop_assert!(!SMALL.contains(&number), "{}, {}: {text}", section.title, column.title);
                                let counts = column.numbers && !column.title.contains("Share");
                                prop_assert!(!counts || number % 5 == 0, "{}: {text}", section.title);
                            }
                        }
                    }
                }
                Part::Plot(plot) => {
                    for value in values(plot) {
                        let is_small = value > 0.4 && value < 7.6;
                        prop_assert!(!is_small || plot.levels[0].1.ends_with('%'), "{}: {value}", plot.title);
                    }
                    let said = plot.description.replace("below 8", "");
                    for number in numbers(&said) {
                        prop_assert!(!SMALL.contains(&number), "{}", plot.description);
                    }
                }
            }
        }
    }
    Ok(())
}

fn made(counts: &[[[u8; 3]; 2]; 2], months: usize) -> Made {
    let mut made = Made::new();
    for (provider, sources) in PROVIDERS.iter().zip(counts) {
        for (source, subjects) in [Source::Complaint, Source::SeriousIncident].into_iter().zip(sources) {
            for (subject, count) in ["Staffing levels", "Waiting times", "Communications"].into_iter().zip(subjects) {
                for step in 0..months {
                    let at = month("2013-06").plus(-i32::try_from(step).expect("few"));
                    // the older months go up and down, the newest is as given
                    let more = if step == 0 { 0 } else { step % 3 };
                    made.add(provider, source, at, subject, usize::from(*count) + more * usize::from(*count > 0));
                }
            }
        }
    }
    made.settle();
    made
}

#[test]
fn a_series_with_small_values_is_told_in_words_and_never_drawn() {
    let made = Made::telling();
    let (published, internal) = (made.paper(false), made.paper(true));
    let drawn = |paper: &Paper| {
        let parts = paper.sections.iter().flat_map(|section| &section.parts);
        let titles = parts.filter_map(|part| if let Part::Plot(plot) = part { Some(plot.title.clone()) } else { None });
        titles.collect::<Vec<_>>()
    };
    assert!(drawn(&published).contains(&"Northmoor General: Complaints about staffing levels".to_owned()));
    let small = "Northmoor General: Complaints";
    assert!(drawn(&internal).iter().any(|title| title == small), "inside all are drawn");
    assert!(published.to_text().contains("To the nearest 5") || published.to_text().contains("to the nearest 5"));
    let book = sheets(&made.exported("book.xlsx", false).expect("writes"));
    assert_eq!(book.len(), 6, "no rows of single signals");
}

#[test]
fn nothing_published_is_between_1_and_7() {
    holds_no_small_number(&Made::telling().paper(false)).expect("no small number");
    let internal = Made::telling().paper(true);
    assert!(holds_no_small_number(&internal).is_err(), "the test sees small numbers where they are");
}

#[test]
fn the_workbook_and_the_table_hide_what_the_paper_hides() {
    let made = made(&[[[3, 12, 0], [40, 2, 1]], [[9, 0, 0], [0, 0, 6]]], 14);
    for (name, rows) in sheets(&made.exported("book.xlsx", false).expect("writes")) {
        let (from, to) = match name.as_str() {
            "Matrix" => (3, 4),
            "Series" => (4, 5),
            "Timeliness" => (1, 15),
            _ => continue,
        };
        for row in &rows[1..] {
            for cell in &row[from..to] {
                let small = cell.parse::<f64>().is_ok_and(|number| number > 0.4 && number < 7.6);
                assert!(!small, "{name}: {row:?}");
            }
        }
        let hidden = rows.iter().flatten().filter(|cell| *cell == "*").count();
        assert!(name != "Matrix" || hidden > 0, "{name} hides something");
    }
    let csv = String::from_utf8(made.exported("matrix.csv", false).expect("writes")).expect("text");
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    for row in reader.records().map(|row| row.expect("a row")) {
        let small = row[5].parse::<u64>().is_ok_and(|number| SMALL.contains(&number));
        assert!(!small, "{row:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn no_form_of_any_report_holds_a_small_number(
        counts in proptest::array::uniform2(proptest::array::uniform2(proptest::array::uniform3(0_u8..24))),
        months in 1_usize..16,
    ) {
        let made = made(&counts, months);
        holds_no_small_number(&made.paper(false))?;
    }

    #[test]
    fn places_on_a_chart_are_on_the_chart(count in 8_u8..40) {
        let made = made(&[[[count, 0, 0], [0, 0, 0]], [[0, 0, 0], [0, 0, 0]]], 14);
        for section in made.paper(false).sections {
            for part in section.parts {
                if let Part::Plot(plot) = part {
                    prop_assert!(plot.dots.iter().all(|dot| dot.x <= END && dot.y <= END));
                    prop_assert!(plot.dots.len() == 14, "every month has a sign");
                }
            }
        }
    }
}
