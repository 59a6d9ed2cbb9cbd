//! Sources that break readers: other encodings and separators, nothing in them, too much in them.

use super::made::{RADAR, rows, separated, workbook};
use super::{complaints, radar};
use recap::import::signals::{Options, SignalsError, read, read_while};
use recap::model::signal::Source;

fn refused(name: &str, bytes: &[u8]) -> String {
    read(name, bytes, &Options::new(Source::Complaint)).expect_err("refused").to_string()
}

#[test]
fn every_encoding_and_separator_reads_the_same() {
    let plain = rows(&[
        &["Ref", "Date received", "Subject", "Site"],
        &["1", "03/06/2013", "Food; Parking", "St Zoë’s – ward 7"],
        &["2", "13/06/2013", "\"Quoted\", with a\nbreak", "Café"],
    ]);
    let comma = separated(&plain, ',');
    let wanted = complaints("a.csv", comma.as_bytes());
    assert_eq!(wanted.signals[0].site, "St Zoë’s – ward 7", "letters that are not English");
    assert_eq!(wanted.signals[0].subjects, ["Food", "Parking"], "two subjects");
    let utf16 = |big: bool| {
        let mut bytes = Vec::new();
        for unit in [0xfeff_u16].into_iter().chain(comma.encode_utf16()) {
            bytes.extend(if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
        }
        bytes
    };
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend(comma.as_bytes());
    let windows: Vec<u8> = comma
        .chars()
        .map(|c| match c {
            '’' => 0x92,
            '–' => 0x96,
            'ë' => 0xeb,
            'é' => 0xe9,
            c => u8::try_from(u32::from(c)).expect("ASCII"),
        })
        .collect();
    for (form, bytes) in [
        ("UTF-8 with a mark", marked),
        ("UTF-16", utf16(false)),
        ("UTF-16, big end first", utf16(true)),
        ("Windows-1252", windows),
        ("semicolons", separated(&plain, ';').into_bytes()),
        ("tabs", separated(&plain, '\t').into_bytes()),
        ("strokes", separated(&plain, '|').into_bytes()),
        ("a sep line", format!("sep=;\r\n{}", separated(&plain, ';')).into_bytes()),
        ("old line ends", comma.replace("\r\n", "\r").into_bytes()),
    ] {
        let reading = complaints("a.csv", &bytes);
        let shift = usize::from(form == "a sep line");
        let mut signals = reading.signals.clone();
        signals.iter_mut().for_each(|signal| signal.row -= shift);
        assert_eq!(signals, wanted.signals, "{form}");
    }
}

#[test]
fn nothing_and_no_table_are_said_to_be_that() {
    assert!(refused("a.csv", b"").contains("empty"), "no bytes");
    assert!(refused("a.csv", b"\r\n \r\n").contains("empty"), "blank lines");
    assert!(refused("a.csv", b"\x89PNG\r\n").contains("picture"), "a picture");
    assert!(refused("a.xlsx", b"PK\x03\x04rest").contains("damaged"), "half a workbook");
    let no_table = refused("letter.csv", b"Dear all,\nplease find nothing\n");
    assert!(no_table.contains("headings") && no_table.contains("--map"), "a letter: {no_table}");
    let header = complaints("a.csv", separated(&rows(&[RADAR]), ',').as_bytes());
    assert_eq!((header.summary.rows, header.signals.len()), (0, 0), "headings alone are no fault");
    assert_eq!(header.dropped.len(), 8, "and say what would be dropped");
    let book = workbook(&[("Notes", rows(&[&["Nothing here"]])), ("Data", radar(&[super::THREE]))]);
    let reading = complaints("a.xlsx", &book);
    assert_eq!(reading.signals.len(), 1, "the sheet that has a table");
    assert!(reading.notes.iter().any(|note| note.contains("Sheet Notes")), "the other is named: {:?}", reading.notes);
    let wrong = Options { sheet: Some("Dta".into()), ..Options::new(Source::Complaint) };
    let error = read("a.xlsx", &book, &wrong).expect_err("no such sheet").to_string();
    assert!(error.contains("Dta") && error.contains("Notes, Data"), "those it has are said: {error}");
}

#[test]
fn sheets_with_the_same_headings_are_read_together() {
    let month = |reference: &str| rows(&[&["Ref", "Received", "Subject"], &[reference, "13/06/2013", "Food"]]);
    let book =
        workbook(&[("April", month("A1")), ("May", month("A2")), ("Key", rows(&[&["Ref", "Status"], &["x", "y"]]))]);
    let reading = complaints("a.xlsx", &book);
    let references: Vec<&str> = reading.signals.iter().map(|signal| signal.reference.as_str()).collect();
    assert_eq!(references, ["A1", "A2"], "two months");
    assert!(reading.notes.iter().any(|note| note.contains("Sheet Key")), "another table is named: {:?}", reading.notes);
    let one = Options { sheet: Some("may".into()), ..Options::new(Source::Complaint) };
    assert_eq!(read("a.xlsx", &book, &one).expect("read").signals.len(), 1, "one that was named");
}

#[test]
fn a_hundred_columns_and_rows_of_other_lengths_are_no_trouble() {
    let mut header: Vec<String> = (0..100).map(|at| format!("Unheard of {at}")).collect();
    ["Reference", "Date received", "Subject"]
        .iter()
        .zip([3, 50, 99])
        .for_each(|(name, at)| header[at] = (*name).into());
    let mut row = vec!["x".to_owned(); 100];
    [("R1", 3), ("13/06/2013", 50), ("Food", 99)].iter().for_each(|(text, at)| (*text).clone_into(&mut row[*at]));
    let short = row[..60].to_vec();
    let mut long = row.clone();
    long[3] = "R3".into();
    long.extend(vec!["more".to_owned(); 20]);
    let mut short = short;
    short[3] = "R2".into();
    let reading = complaints("wide.csv", separated(&[header, row, short, long], ',').as_bytes());
    let references: Vec<&str> = reading.signals.iter().map(|signal| signal.reference.as_str()).collect();
    assert_eq!(references, ["R1", "R2", "R3"], "all three");
    assert!(reading.signals[1].subjects.is_empty(), "what is not there is blank");
    let read_columns = reading.columns.iter().filter(|column| column.is_read()).count();
    assert_eq!(read_columns, 3, "what is not understood is not taken");
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_found() {
    let mut text = String::from("Ref,Received,Subject\n1,13/06/2013,\"Food\n");
    for at in 2..3000 {
        text.push_str(&format!("{at},13/06/2013,Food\n"));
    }
    let error = refused("a.csv", text.as_bytes());
    assert!(error.contains("line 2") && error.contains("quotation mark"), "{error}");
}

#[test]
fn a_reading_tells_how_far_it_is_and_can_be_stopped() {
    let mut text = String::from("Ref,Received,Subject\n");
    for at in 0..5000 {
        text.push_str(&format!("{at},13/06/2013,Food\n"));
    }
    let options = Options::new(Source::Complaint);
    let mut told = Vec::new();
    let whole = read_while("a.csv", text.as_bytes(), &options, &mut |rows, share| {
        told.push((rows, share));
        true
    });
    assert_eq!(whole.expect("read").signals.len(), 5000, "to the end");
    assert_eq!(told.len(), 5, "every thousand rows: {told:?}");
    assert!(told.iter().all(|(_, share)| (0.0..=1.0).contains(share)), "a share of the whole: {told:?}");
    let stopped = read_while("a.csv", text.as_bytes(), &options, &mut |rows, _| rows < 2000);
    assert_eq!(stopped.expect_err("stopped"), SignalsError::Stopped, "and no half of it is handed over");
    let book = workbook(&[("All", text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect())]);
    let stopped = read_while("a.xlsx", &book, &options, &mut |_, _| false);
    assert_eq!(stopped.expect_err("stopped"), SignalsError::Stopped, "a workbook as well");
}
