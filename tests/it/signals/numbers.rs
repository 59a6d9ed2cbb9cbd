//! Sources that come as numbers: the Friends and Family Test, KO41a, surveys.

use super::made::{rows, workbook};
use recap::import::signals::{Options, Reading, Reason, read};
use recap::model::due::Month;
use recap::model::signal::{Measure, Scoring, Source};

fn measured(source: Source, text: &str) -> Reading {
    read("numbers.csv", text.as_bytes(), &Options::new(source)).expect("numbers")
}

fn said(measures: &[Measure]) -> Vec<(String, String, f64, Option<f64>)> {
    measures
        .iter()
        .map(|measure| (measure.month.to_string(), measure.what.clone(), measure.numerator, measure.denominator))
        .collect()
}

#[test]
fn the_friends_and_family_workbook_is_read_by_month_and_service() {
    let header = [
        "Code",
        "Name of Provider",
        "Total Responses - AE",
        "Total Eligible - AE",
        "Percentage Recommended - AE",
        "Percentage Not Recommended - AE",
        "Total Responses - Inpatient",
        "Percentage Recommended - Inpatient",
    ];
    let made = rows(&[
        &["Friends and Family Test Data - March 2015"],
        &[],
        &header,
        &["-", "England (including independent providers)", "400", "1000", "90%", "5%", "300", "95%"],
        &["ZZ1", "Northmoor Hospitals", "200", "500", "90%", "5%", "*", "*"],
        &["ZZ2", "Eastmoor Hospitals", "0", "500", "", "", "50", "94%"],
    ]);
    let reading =
        read("fft.xlsx", &workbook(&[("Trusts", made)]), &Options::new(Source::FriendsAndFamily)).expect("read");
    let march = "2015-03".to_owned();
    assert_eq!(
        said(&reading.measures),
        [
            (march.clone(), "AE".to_owned(), 180.0, Some(200.0)),
            (march.clone(), "AE".to_owned(), 0.0, Some(500.0)),
            (march, "Inpatient".to_owned(), 47.0, Some(50.0)),
        ],
        "the month is in the title; what is blank or hidden is no nought"
    );
    assert!(reading.measures[0].scoring == Some(Scoring::Recommend), "by the headings");
    assert_eq!(reading.measures[0].provider_given, "Northmoor Hospitals", "the name before the code");
    assert_eq!(reading.set_aside[0].reason, Reason::Total, "England is no provider");
    assert_eq!(reading.summary.hidden_numbers, 1, "hidden numbers are counted");
}

#[test]
fn the_test_is_scored_by_the_rule_of_its_month() {
    let text = "Month,Provider,Extremely likely,Likely,Neither,Unlikely,Extremely unlikely,Don't know\n\
                Sep-14,Northmoor,60,20,10,5,5,20\n\
                Oct-14,Northmoor,60,20,10,5,5,20\n\
                Apr-20,Northmoor,60,20,10,5,5,20\n";
    let reading = measured(Source::FriendsAndFamily, text);
    let scored: Vec<(Option<Scoring>, f64, Option<f64>)> =
        reading.measures.iter().map(|measure| (measure.scoring, measure.numerator, measure.denominator)).collect();
    assert_eq!(
        scored,
        [
            (Some(Scoring::NetScore), 40.0, Some(100.0)),
            (Some(Scoring::Recommend), 80.0, Some(120.0)),
            (Some(Scoring::Positive), 80.0, Some(120.0)),
        ],
        "promoters less detractors of all who knew; then all who would, of all"
    );
    let series = reading.measures[0].is_series_with(&reading.measures[1]);
    assert!(!series, "and the three are never one series");
}

#[test]
fn a_ko41a_return_is_counts_by_subject_and_quarter() {
    let text = "Organisation name,Year and quarter,Subject area,Total new complaints\n\
                Northmoor,2015-16 Q1,Communications,12\n\
                Northmoor,2015-16 Q1,\"Privacy, dignity and wellbeing\",<5\n\
                Northmoor,2015-16 Q1,Waiting times,0\n\
                Northmoor,some time,Waiting times,3\n\
                Total,2015-16 Q1,Waiting times,3\n";
    let text = text.replace("Year and quarter", "Quarter");
    let reading = measured(Source::Complaint, &text);
    let subjects: Vec<(&str, f64, u32)> =
        reading.measures.iter().map(|measure| (measure.what.as_str(), measure.numerator, measure.months)).collect();
    let of = |subject: &str| format!("{subject}: Total new complaints");
    assert_eq!(
        subjects,
        [(of("Communications").as_str(), 12.0, 3), (of("Waiting times").as_str(), 0.0, 3)],
        "a nought is a number, what is hidden is none"
    );
    assert_eq!(reading.refused[0].row, 5, "no quarter");
    assert_eq!(reading.set_aside[0].row, 6, "a total");
    assert!(reading.signals.is_empty(), "counts are no complaints");
}

#[test]
fn a_survey_has_a_question_a_score_and_a_base() {
    let text = "Trust,Question,Score,Responses\nNorthmoor,Were you treated with respect?,8.7,850\nEastmoor,Were you treated with respect?,n/a,\n";
    let options =
        Options { from: Month::parse("2013-04"), to: Month::parse("2014-03"), ..Options::new(Source::PatientSurvey) };
    let reading = read("survey.csv", text.as_bytes(), &options).expect("a survey");
    let [measure] = &reading.measures[..] else { panic!("one number: {:?}", reading.measures) };
    assert_eq!((measure.numerator, measure.denominator, measure.months), (8.7, None, 12), "a score stands alone");
    assert_eq!(measure.what, "Were you treated with respect?", "its question");
    let unsaid = measured(Source::PatientSurvey, text);
    assert_eq!(unsaid.refused.len(), 2, "without a month it is refused");
    assert!(unsaid.refused[0].reason.contains("--from"), "and how to say it is told");
}
