//! Exports in the shapes of the systems that trusts have, read as signals and measures. Every row is
//! made up.

mod hostile;
mod made;
mod numbers;

use made::{Complaint, DATIX, RADAR, rows, separated, workbook};
use recap::import::signals::{How, KnownProvider, Options, Private, Reading, Reason, Role, read};
use recap::model::due::Month;
use recap::model::identifiable::Identifier;
use recap::model::signal::Source;

fn complaints(name: &str, bytes: &[u8]) -> Reading {
    read(name, bytes, &Options::new(Source::Complaint)).expect("a source of complaints")
}

fn column<'r>(reading: &'r Reading, label: &str) -> &'r recap::import::signals::Column {
    reading.columns.iter().find(|column| column.label.contains(label)).expect("a column")
}

/// All that a reading holds, as the preview's JSON.
fn json(reading: &Reading) -> String {
    serde_json::to_string(reading).expect("a reading is JSON")
}

fn radar(complaints: &[Complaint]) -> Vec<Vec<String>> {
    let mut all = rows(&[&["Complaints export", "", "1 April to 30 June 2013"], &[], RADAR]);
    all.extend(complaints.iter().map(Complaint::row));
    all
}

const THREE: Complaint = Complaint {
    reference: "C/13/001",
    received: "03/05/2013",
    closed: "20/06/2013",
    stage: "Closed",
    kind: "Complaint",
    subjects: "Communications, Privacy, dignity and wellbeing, Waiting times",
};

#[test]
fn a_radar_export_of_complaints_is_read_and_its_private_columns_leave_nothing_behind() {
    let made = radar(&[
        THREE,
        Complaint { reference: "C/13/002", received: "14/05/2013", closed: "", stage: "Investigation", ..THREE },
        Complaint { reference: "C/13/003", stage: "Complaint withdrawn", ..THREE },
        Complaint { reference: "C/13/004", kind: "Complaint - opened in error", ..THREE },
        Complaint { reference: "TEST 1", ..THREE },
        Complaint { reference: "P/13/005", kind: "PALS, FU1", ..THREE },
        Complaint { reference: "C/13/006", received: "31/02/2013", ..THREE },
    ]);
    let by_csv = complaints("radar.csv", separated(&made, ',').as_bytes());
    let by_excel = complaints("radar.xlsx", &workbook(&[("Export", made)]));
    for (form, reading) in [("CSV", &by_csv), ("Excel", &by_excel)] {
        let references: Vec<&str> = reading.signals.iter().map(|signal| signal.reference.as_str()).collect();
        assert_eq!(references, ["C/13/001", "C/13/002", "P/13/005"], "{form}: what counts");
        let first = &reading.signals[0];
        let subjects = ["Communications", "Privacy, dignity and wellbeing", "Waiting times"];
        assert_eq!(first.subjects, subjects, "{form}: one complaint under three subjects");
        assert_eq!(first.received.map(|date| date.to_string()).as_deref(), Some("2013-05-03"), "{form}: day first");
        assert_eq!(first.closed.map(|date| date.to_string()).as_deref(), Some("2013-06-20"), "{form}: completed");
        assert!(!reading.signals[1].is_closed(), "{form}: open");
        assert_eq!((first.specialty.as_str(), first.service.as_str()), ("General Medicine", "Medicine"), "{form}");
        assert_eq!((first.site.as_str(), first.outcome.as_str()), ("Northmoor General", "Partially upheld"), "{form}");
        assert_eq!(reading.signals[2].source, Source::Pals, "{form}: a PALS comment among complaints");
        assert_eq!(reading.summary.follow_ups, 1, "{form}: a follow-up is counted");
        let aside: Vec<(Reason, &str)> =
            reading.set_aside.iter().map(|aside| (aside.reason, aside.reference.as_str())).collect();
        assert_eq!(
            aside,
            [(Reason::Withdrawn, "C/13/003"), (Reason::OpenedInError, "C/13/004"), (Reason::Test, "TEST 1")],
            "{form}: set aside, each with its reason"
        );
        let [refused] = &reading.refused[..] else { panic!("{form}: one row is refused: {:?}", reading.refused) };
        assert!(refused.reason.contains("31/02/2013") && refused.reason.contains("First Received"), "{refused:?}");
        let dropped: Vec<Private> = reading.dropped.iter().map(|dropped| dropped.why).collect();
        assert_eq!(
            dropped,
            [
                Private::Staff,
                Private::Names,
                Private::Narrative,
                Private::Narrative,
                Private::Narrative,
                Private::Birth,
                Private::Gender,
                Private::Ethnicity
            ],
            "{form}: each is listed with the reason"
        );
        let all = json(reading).to_lowercase();
        for secret in ["secret", "1941", "female", "british"] {
            assert!(!all.contains(secret), "{form}: {secret} is nowhere in what was read");
        }
    }
    assert_eq!(by_csv.refused[0].row, 16, "the line in the file: two lines a row with a break in it, from line 4 on");
    assert_eq!(by_excel.refused[0].row, 10, "the row of the sheet");
    assert_eq!(by_csv.ambiguous_dates.count, 2, "03/05 could be March, in what counts");
    assert_eq!(by_csv.ambiguous_dates.first[0].read_as, "2013-05-03", "and is shown as it was read");
    assert_eq!(by_excel.ambiguous_dates.count, 0, "a day of Excel is no question");
    assert_eq!(by_csv.summary.without_provider, 3, "nobody said whose they are");
    assert!(by_csv.notes.iter().any(|note| note.contains("--provider")), "and what to do is said");
}

fn datix(lines: &[[&str; 13]]) -> Vec<u8> {
    let mut all = rows(&[DATIX]);
    all.extend(lines.iter().map(|line| line.iter().map(|cell| (*cell).to_owned()).collect()));
    separated(&all, ',').into_bytes()
}

const FALL: [&str; 13] = [
    "W1001",
    "Patient: Records",
    "Missing",
    "No Harm - Incident occurred but caused no harm",
    "None (No harm)",
    "28/04/2013",
    "Medicine",
    "Cardiology",
    "Ward 7",
    "Notes, all of them,\nwere \"lost\"",
    "Rang Mr Nobody",
    "Looked again",
    "Sign notes out",
];

#[test]
fn a_datix_export_is_read_for_one_provider() {
    let other = ["W1002", "Staffing", "", "", "Low", "13/05/2013", "", "", "", "", "", "", "Tell Mrs Example of it"];
    let options = Options {
        provider: Some("Northmoor Hospitals".into()),
        from: Month::parse("2013-05"),
        to: Month::parse("2013-06"),
        providers: vec![KnownProvider {
            name: "Northmoor Hospitals NHS Trust".into(),
            aliases: vec!["Northmoor Infirmary".into()],
        }],
        ..Options::new(Source::Incident)
    };
    let reading = read("datix.csv", &datix(&[FALL, other]), &options).expect("incidents");
    let first = &reading.signals[0];
    assert_eq!(first.happened.map(|date| date.to_string()).as_deref(), Some("2013-04-28"), "the day it happened");
    assert_eq!((first.grade.as_str(), first.specialty.as_str()), ("None (No harm)", "Cardiology"), "harm, specialty");
    assert_eq!((first.site.as_str(), first.subjects[0].as_str()), ("Ward 7", "Patient: Records"), "place, subject");
    assert_eq!(first.learning, "Sign notes out", "what was learnt is kept");
    assert_eq!(first.provider.as_deref(), Some("Northmoor Hospitals NHS Trust"), "the provider is known");
    assert_eq!(reading.summary.outside_period, 1, "April is outside what was said");
    let [hit] = &reading.kept_hits[..] else { panic!("one finding: {:?}", reading.kept_hits) };
    assert_eq!((hit.kind, hit.column.as_str()), (Identifier::Name, "Lessons Learned"), "a name in what is kept");
    assert!(!json(&reading).contains("Nobody"), "and none of what is dropped");
}

#[test]
fn one_complaint_on_several_rows_is_one_and_a_duplicate_is_listed() {
    let text = "Ref,Date received,Subject,Status\n\
                1,03/06/2013,Communications,Open\n\
                1,03/06/2013,Waiting times,Open\n\
                2,04/06/2013,Consent,Open\n\
                2,04/06/2013,Consent,Closed\n\
                ,05/06/2013,Food,Open\n\
                ,05/06/2013,Food,Open\n";
    let reading = complaints("a.csv", text.as_bytes());
    assert_eq!(reading.summary.signals, 4, "1, 2 and two without a reference");
    assert_eq!(reading.signals[0].subjects, ["Communications", "Waiting times"], "two subjects of one complaint");
    assert_eq!(reading.summary.merged, 1, "and that is said");
    let [aside] = &reading.set_aside[..] else { panic!("one is aside: {:?}", reading.set_aside) };
    assert_eq!((aside.row, aside.reason), (5, Reason::Duplicate), "the second of a reference");
    assert!(aside.why.contains("row 4") && aside.why.contains("state"), "{}", aside.why);
    let keys: Vec<&str> = reading.signals.iter().map(|signal| signal.key.as_str()).collect();
    assert_ne!(keys[2], keys[3], "two like rows are two");
    let again = complaints("b.csv", text.replace("Food,Open", "Food,Closed").as_bytes());
    let later: Vec<&str> = again.signals.iter().map(|signal| signal.key.as_str()).collect();
    assert_eq!(keys, later, "a key lasts when the state changes");
}

#[test]
fn an_innocent_heading_full_of_identifiers_is_dropped_and_can_be_kept() {
    let text = "Ref,Received,Subject,Ward,Patient NHS no,Description\n\
                9990000018,01/06/2013,Food,01632 960123,9990000018,She was told by Dr Nobody\n\
                9990000026,02/06/2013,Food,07700 900123,9990000026,Nothing\n";
    let reading = complaints("a.csv", text.as_bytes());
    let why: Vec<(&str, Private)> =
        reading.dropped.iter().map(|dropped| (dropped.column.as_str(), dropped.why)).collect();
    assert_eq!(
        why,
        [
            ("Ref", Private::NhsNumber),
            ("Ward", Private::Phone),
            ("Patient NHS no", Private::NhsNumber),
            ("Description", Private::Narrative)
        ],
        "by heading and by content"
    );
    assert!(!json(&reading).contains("999000"), "no number is left: {}", json(&reading));
    assert!(column(&reading, "Ward").samples.is_empty(), "no sample of a dropped column");
    let keep = Options { keep: vec!["description".into()], ..Options::new(Source::Complaint) };
    let kept = read("a.csv", text.as_bytes(), &keep).expect("complaints");
    assert_eq!(kept.signals[0].text, "Description: She was told by Dr Nobody", "the words, under their heading");
    assert!(column(&kept, "Description").kept, "which is recorded");
    assert_eq!(kept.dropped.len(), 3, "the others are dropped all the same");
    assert_eq!(kept.kept_hits[0].kind, Identifier::Name, "and what is kept is searched");
    assert!(!json(&kept).contains("\"Dr Nobody\""), "the list of findings does not repeat them");
}

#[test]
fn a_person_s_mapping_goes_before_and_is_remembered() {
    let text = "No.;When;What about;Theme\nA1;03/06/2013;Food;Catering\nA2;13/06/2013;Parking;Estates\n";
    let options = Options {
        map: vec![(Role::Subject, "What about".into()), (Role::Received, "b".into())],
        ..Options::new(Source::Complaint)
    };
    let reading = read("a.csv", text.as_bytes(), &options).expect("complaints");
    assert_eq!(reading.signals[1].subjects, ["Parking"], "the column that was named, not the one like it");
    assert_eq!(column(&reading, "Theme").role, Role::LeftOut, "which is left out");
    assert_eq!(column(&reading, "When").how, How::Given, "a letter names a column");
    let saved = serde_json::to_string(&reading.mapping).expect("a mapping is JSON");
    let mapping = serde_json::from_str(&saved).expect("and back");
    let again = Options { remembered: vec![mapping], ..Options::new(Source::Complaint) };
    let later = read("later.csv", text.replace("A1", "A9").as_bytes(), &again).expect("complaints");
    assert_eq!(column(&later, "What about").how, How::Remembered, "the same headings");
    assert_eq!(later.signals[0].subjects, ["Food"], "are read alike");
    let wrong = Options { map: vec![(Role::Subject, "What abot".into())], ..Options::new(Source::Complaint) };
    let error = read("a.csv", text.as_bytes(), &wrong).expect_err("no such column").to_string();
    assert!(error.contains("What abot") && error.contains("\"What about\""), "the near miss is offered: {error}");
}

#[test]
fn columns_without_a_known_heading_are_known_by_what_stands_in_them() {
    let text = "Ref no,Thing,Blurb\nP1,13/06/2013,Communications\nP2,14/06/2013,Waiting times\n";
    let reading = complaints("a.csv", text.as_bytes());
    assert_eq!(reading.signals[0].received.map(|date| date.to_string()).as_deref(), Some("2013-06-13"), "a date");
    assert_eq!(reading.signals[1].subjects, ["Waiting times"], "a subject");
    assert_eq!(column(&reading, "Blurb").how, How::Content, "which is said");
}

#[test]
fn plain_lists_of_soft_intelligence_are_read() {
    let text = "Date of visit\tProvider\tWard\tTheme\tAdverse\tLearning\n\
                13 May 2013\tNorthmoor Hospital\tWard 7\tStaffing levels\tYes\tRoster looked at\n\
                14-May-13\tEastmoor\tWard 1\tFood\tNo\t\n\
                soon\tEastmoor\tWard 1\tFood\tNo\t\n\
                \tEastmoor\tWard 2\tFood\tNo\t\n";
    let options = Options {
        providers: vec![KnownProvider { name: "Northmoor Hospitals".into(), aliases: Vec::new() }],
        ..Options::new(Source::QualityVisit)
    };
    let reading = read("visits.txt", text.as_bytes(), &options).expect("visits");
    let adverse: Vec<Option<bool>> = reading.signals.iter().map(|signal| signal.adverse).collect();
    assert_eq!(adverse, [Some(true), Some(false)], "as it was judged");
    let refused: Vec<usize> = reading.refused.iter().map(|refused| refused.row).collect();
    assert_eq!(refused, [4, 5], "no date, and none at all");
    assert_eq!(reading.providers[0].near, ["Northmoor Hospitals"], "a near miss is offered");
    assert_eq!(reading.providers[0].provider, None, "and not taken");
    assert_eq!(reading.providers[1].rows, 1, "rows of a name are counted");
}
