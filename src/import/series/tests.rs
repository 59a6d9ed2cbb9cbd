use super::*;

fn read_text(text: &str) -> SeriesFile {
    read("a.csv", text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn values(file: &SeriesFile) -> Vec<f64> {
    file.series.points.iter().map(|point| point.value).collect()
}

fn at(file: &SeriesFile) -> Vec<&str> {
    file.series.points.iter().map(|point| point.at.as_str()).collect()
}

fn refused(text: &str) -> String {
    read("a.csv", text.as_bytes()).expect_err(text).to_string()
}

#[test]
fn one_column_is_found_by_what_is_in_it() {
    for (text, heading) in [
        ("3\n5\n4\n", ""),
        ("Complaints\n3\n5\n4\n", "Complaints"),
        ("Month,Complaints\nApr-13,3\nMay-13,5\nJun-13,4\n", "Complaints"),
        ("Complaints;Month\r\n3;01/04/2013\r\n5;01/05/2013\r\n4;01/06/2013\r\n", "Complaints"),
        ("sep=|\nApr 2013|3\nMay 2013|5\nJun 2013|4\n", ""),
        ("2013-04\t3\n2013-05\t5\n2013-06\t4\n", ""),
        ("1,3\n2,5\n3,4\n", ""),
        ("No,Value\n1,3\n2,5\n3,4\n", "Value"),
        ("Month,2013\nApr-13,3\nMay-13,5\nJun-13,4\n", "2013"),
        ("Provider,Complaints\nNorthmoor,3\nSouthmoor,5\nWestmoor,4\n", "Complaints"),
        ("30/06/2013 00:00,4\n30/04/2013 00:00,3\n31/05/2013 00:00,5\n", ""),
    ] {
        let file = read_text(text);
        assert_eq!((values(&file), file.heading.as_str()), (vec![3.0, 5.0, 4.0], heading), "{text}");
        assert!(file.counts && !file.percent, "{text}");
    }
}

#[test]
fn dates_put_the_values_in_order_and_show_what_is_missing() {
    let file = read_text("Month,N\nSep-13,1\nApr-13,2\nJun-13,\nJul-13,n/a\nAug-13,4\n");
    assert_eq!(at(&file), ["Apr-13", "Aug-13", "Sep-13"], "by date, in the words of the file");
    assert!(file.sorted, "which is said");
    let missing: Vec<String> = file.series.missing.iter().map(Month::to_string).collect();
    assert_eq!(missing, ["2013-05", "2013-06", "2013-07"], "a blank is no zero, nor is what is not there");
    let blank: Vec<(usize, &str)> = file.blank.iter().map(|blank| (blank.row, blank.at.as_str())).collect();
    assert_eq!(blank, [(4, "Jun-13"), (5, "Jul-13")], "and has its row");
    let quarters = read_text("30/06/2013,1\n30/09/2013,2\n31/12/2013,3\n");
    assert!(quarters.series.missing.is_empty(), "quarters miss no months");
    let uk = read_text("01/02/2013,1\n13/02/2013,2\n02/03/2013,3\n");
    assert_eq!((at(&uk), uk.sorted), (vec!["01/02/2013", "13/02/2013", "02/03/2013"], false), "the day stands first");
}

#[test]
fn signs_and_separators_are_understood() {
    let file = read_text("Month,Recommend\nApr-13,85%\nMay-13,\"90.5 %\"\n");
    assert_eq!((values(&file), file.percent, file.counts), (vec![85.0, 90.5], true, false), "percentages");
    let file = read_text("Month,Contacts\nApr-13,\"1,234\"\nMay-13,\"12,345\"\n");
    assert_eq!(values(&file), [1234.0, 12345.0], "quoted");
    assert_eq!(values(&read_text("Contacts\n1,234\n2,345\n")), [1234.0, 2345.0], "under one heading");
    assert_eq!(values(&read_text("999\n1,234\n")), [999.0, 1234.0], "beside a number without a comma");
    assert_eq!(values(&read_text("-1.5\n'-2\n−3\n")), [-1.5, -2.0, -3.0], "below zero, as CSV of ours guards it too");
    assert!(!read_text("-1\n2\n").counts, "no counts");
    assert!(!read_text("1.5\n2\n").counts, "no counts");
}

#[test]
fn any_encoding_is_read() {
    let text = "Month;Café complaints\nApril 2013;3\nMay 2013;5\n";
    let utf16: Vec<u8> = [0xfeffu16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let windows = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    for bytes in [text.as_bytes().to_vec(), utf16, windows] {
        let file = read("folder/a.csv", &bytes).expect("a series");
        assert_eq!((values(&file), file.heading.as_str()), (vec![3.0, 5.0], "Café complaints"), "{bytes:x?}");
        assert_eq!(file.name, "a.csv", "the file's own name");
    }
}

#[test]
fn what_cannot_be_read_is_refused_with_its_row() {
    for (text, says) in [
        ("Month,N\nApr-13,3\n\nMay-13,few\nJun-13,4\n", "row 4: \"few\""),
        ("3\n5\n*\n4\n", "row 3: \"*\""),
        ("3\n5\nNaN\n4\n", "row 3: \"NaN\""),
        ("3\n5\n-\n", "row 3: \"-\""),
        ("3\n1e300\n", "row 2: \"1e300\""),
        ("Apr-13,few\nMay-13,5\nJun-13,4\n", "row 1: \"few\""),
        ("Apr-13,3\nMay-13,5\nTotal,8\n", "row 3: \"Total\""),
        ("04/13/2013,3\n05/12/2013,4\n06/12/2013,4\n", "row 1: \"04/13/2013\""),
        ("Apr-13,85%\nMay-13,0.9\n", "row 2: \"0.9\""),
        ("Apr-13,3\nMay-13,5\nApril 2013,4\n", "row 3: \"April 2013\" stands in row 1"),
        ("1,100\n2,105\n3,110\n", "row 1: \"1,100\""),
        ("Month,N,Of\nApr-13,3,10\nMay-13,5,12\n", "\"N\" and \"Of\" both hold numbers"),
        ("3,4\n5,4\n", "column 1 and column 2"),
        ("Month,N\nApr-13,many\nMay-13,few\n", "no column holds numbers"),
        ("Month,N\n", "no column holds numbers"),
        (" \n", "empty"),
    ] {
        let said = refused(text);
        assert!(said.contains(says), "{text}: {said}");
    }
    let said = read("a.csv", b"PK\x03\x04rest").expect_err("refused").to_string();
    assert!(said.contains("Excel") && said.contains("Save its sheet as CSV"), "{said}");
}

proptest::proptest! {
    #[test]
    fn whatever_stands_in_a_file_gives_finite_values_or_a_refusal(text in "([0-9]{1,4}|[,;%\n\"'.a-zé*-]| |May-13|31/05/2013){0,40}") {
        if let Ok(file) = read("a.csv", text.as_bytes()) {
            proptest::prop_assert!(!file.series.points.is_empty() || !file.blank.is_empty(), "{:?}", text);
            proptest::prop_assert!(values(&file).iter().all(|value| value.abs() <= LARGEST), "{:?}", text);
        }
    }
}
