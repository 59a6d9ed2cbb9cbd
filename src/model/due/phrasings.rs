//! The table of due words and their readings, `phrasings.txt`, and what holds for all words.

use super::{Due, Month, read, read_from};
use chrono::NaiveDate;
use proptest::prelude::*;

fn anchor() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2013, 5, 28)
}

/// The rows of the table: words, code, whether a person is asked.
fn table() -> Vec<(String, &'static str, bool)> {
    let lines = include_str!("phrasings.txt").lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| {
            let [words, code, ask] = line.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
                unreachable!("three columns: {line}")
            };
            (words.replace(r"\u{a0}", "\u{a0}"), code, ask == "ask")
        })
        .collect()
}

#[test]
fn due_words_are_read_as_the_table_has_them() {
    let table = table();
    assert!(table.len() >= 140, "{} phrasings", table.len());
    let wrong: Vec<String> = table
        .iter()
        .map(|(words, code, ask)| (words, *code, *ask, read_from(words, anchor())))
        .filter(|(_, code, ask, due)| due.code() != *code || due.must_ask() != *ask)
        .map(|(words, code, _, due)| format!("{words}: {} instead of {code}", due.code()))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

#[test]
fn spaces_case_and_dashes_do_not_count() {
    for (words, code, _) in table() {
        for other in [
            words.to_uppercase(),
            words.to_lowercase(),
            format!(" \t\u{a0}{words}\n "),
            words.replace(' ', "  "),
            words.replace(' ', "\u{a0}"),
            words.replace('-', "–"),
            words.replace('-', "\u{2011}"),
            format!("({words})"),
        ] {
            assert_eq!(read_from(&other, anchor()).code(), code, "{other:?}");
        }
    }
}

#[test]
fn without_the_plans_date_words_without_a_year_are_none() {
    for words in ["by 31 July", "September", "end of Q2", "by year end", "Easter", "next month", "From June", "31/07"] {
        assert_eq!(read(words), Due::None, "{words}");
        assert_ne!(read_from(words, anchor()), Due::None, "{words} with one");
    }
    assert_eq!(read("annually in March").code(), "recurring year", "what needs no year is read");
    for words in ["June - September 2013", "31 July 2013", "Q2 2013/14"] {
        assert_eq!(read(words), read_from(words, anchor()), "{words} names its year");
    }
}

#[test]
fn the_next_month_is_never_before_the_anchors() {
    for month in 1..=12 {
        let anchor = NaiveDate::from_ymd_opt(2013, month, 15);
        let from = Month { year: 2013, month };
        for later in 0..12 {
            let meant = from.plus(later);
            let name = meant.label();
            let name = name.split(' ').next().expect("a name");
            let due = read_from(&format!("by {name}"), anchor);
            assert_eq!(due, Due::Month { month: meant, day: None }, "{name} as at {from}");
        }
    }
}

#[test]
fn a_question_offers_two_readings_and_keeps_the_start() {
    let codes = |words: &str| super::meanings(words, anchor()).into_iter().map(Due::code).collect::<Vec<_>>();
    assert_eq!(codes("bi monthly"), ["recurring two months", "recurring half month"], "months");
    assert_eq!(codes("Bi-weekly"), ["recurring two weeks", "recurring half week"], "weeks");
    assert_eq!(codes("biannual"), ["recurring six months", "recurring two years"], "years");
    assert_eq!(
        codes("bi monthly from June 2013"),
        ["recurring two months 2013-06", "recurring half month 2013-06"],
        "with its start"
    );
    assert!(codes("monthly").is_empty(), "nothing to ask");
    for (words, _, ask) in table() {
        assert_eq!(!codes(&words).is_empty(), ask, "{words}");
    }
}

#[test]
fn the_first_day_of_a_text_is_found_where_it_stands_before_other_dates() {
    let day = |text: &str| super::first_day(text).map(|day| day.to_string());
    assert_eq!(day(": 28 May 2013. Next 30 July 2013").as_deref(), Some("2013-05-28"), "of two");
    assert_eq!(day("May 2013, paper of 28 May 2013"), None, "a month comes first");
    assert_eq!(day("31 July"), None, "no year");
}

/// What due words are made of, put together at random.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            "june",
            "May",
            "2013",
            "31",
            "31st",
            "/",
            "-",
            "–",
            ".",
            "q",
            "Q2",
            "end",
            "of",
            "from",
            "by",
            "every",
            "six",
            "months",
            "bi",
            "monthly",
            "twice",
            "a",
            "year",
            "financial",
            "ongoing",
            "and",
            "to",
            "w/c",
            "week",
            "commencing",
            "13/14",
            "before",
            "Easter",
            "9999",
            "0",
            "00",
            "1",
            "half",
            "next",
            "this",
            "(",
            "'",
            ",",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    let glue = proptest::sample::select(vec!["", " ", "\u{a0}"]);
    proptest::collection::vec((piece, glue), 0..10)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, glue)| format!("{piece}{glue}")).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn any_words_are_read_and_their_code_reads_back(words in prop_oneof![any::<String>(), pieces()], year in -2000..9000) {
        for anchor in [None, anchor(), NaiveDate::from_ymd_opt(year, 2, 28), Some(NaiveDate::MAX), Some(NaiveDate::MIN)] {
            let due = read_from(&words, anchor);
            let near = anchor.is_none_or(|day| (0..=9900).contains(&chrono::Datelike::year(&day)));
            if near {
                prop_assert_eq!(Due::from_code(&due.code()), Some(due), "{}", words);
            }
        }
    }

    #[test]
    fn spaces_around_and_case_never_change_a_reading(words in prop_oneof!["[ -~]{0,40}", pieces()]) {
        let due = read_from(&words, anchor());
        prop_assert_eq!(read_from(&format!(" \u{a0}{words}\n"), anchor()), due, "spaces");
        prop_assert_eq!(read_from(&words.to_ascii_uppercase(), anchor()), due, "case");
    }
}
