//! Documents that were made to do harm, are damaged, or are not what their name says.

use super::{WORD_TYPES, docx, fixture, package, read, refused, words, xlsx};
use proptest::prelude::*;
use recap::import;
use recap::model::Plan;
use recap::model::catalogue::Catalogue;
use std::collections::BTreeSet;
use std::io::Write as _;
use std::time::{Duration, Instant};

#[test]
fn a_package_that_unpacks_without_end_is_refused() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("[Content_Types].xml", options).expect("a part");
    zip.write_all(WORD_TYPES.as_bytes()).expect("its text");
    zip.start_file("word/document.xml", options).expect("a part");
    for _ in 0..120 {
        zip.write_all(&vec![b' '; 1024 * 1024]).expect("its text");
    }
    let mut bytes = zip.finish().expect("a package").into_inner();
    assert!(bytes.len() < 1024 * 1024, "small as it lies: {}", bytes.len());
    assert!(refused("plan.docx", &bytes).contains("unpacks to more than 200 MB"), "a bomb");
    // the same, saying of each part that it is one byte
    let sizes: Vec<usize> =
        bytes.windows(4).enumerate().filter(|(_, four)| *four == b"PK\x01\x02").map(|(at, _)| at).collect();
    for at in sizes {
        bytes[at + 24..at + 28].copy_from_slice(&1u32.to_le_bytes());
    }
    let said = refused("plan.docx", &bytes);
    assert!(said.contains("unpacks to more") || said.contains("damaged"), "one that lies: {said}");
}

#[test]
fn more_parts_than_a_document_has_are_refused() {
    let names: Vec<String> = (0..10_100).map(|at| format!("p{at}")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert!(refused("plan.docx", &package(&parts)).contains("more than 10000 parts"), "too many");
}

#[test]
fn a_sheet_of_seventeen_billion_cells_is_the_few_that_are_used() {
    let cell = |place: &str| format!(r#"<c r="{place}" t="inlineStr"><is><t>{place}</t></is></c>"#);
    let sheet = format!(
        r#"<dimension ref="A1:XFD1048576"/><sheetData><row r="1">{}{}</row><row r="1048576">{}</row></sheetData>"#,
        cell("A1"),
        cell("B1"),
        cell("XFD1048576")
    );
    assert_eq!(words(&read("plan.xlsx", &xlsx(&sheet))), ["# Actions", "A1 | B1", "XFD1048576"]);
    // a rectangle of them, all but its edge blank
    let rows: String = (1..=400)
        .map(|row| {
            let first = cell(&format!("A{row}"));
            let cells: String = if row == 1 {
                ["Z", "ZZ", "XFD"].map(|column| cell(&format!("{column}1"))).concat()
            } else {
                cell(&format!("XFD{row}"))
            };
            format!(r#"<row r="{row}">{first}{cells}</row>"#)
        })
        .collect();
    let merged = r#"<mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>"#;
    let bytes = xlsx(&format!("<sheetData>{rows}</sheetData>{merged}"));
    assert!(refused("plan.xlsx", &bytes).contains("cells; more than 2000000 are not read"), "a table too wide");
}

#[test]
fn a_row_repeated_to_the_end_of_the_sheet_is_no_million_rows() {
    let ods = |rows: &str| {
        package(&[
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", &format!("<office:body><table:table table:name='Plan'>{rows}</table:table></office:body>")),
        ])
    };
    let cell = "<table:table-cell><text:p>109</text:p></table:table-cell>";
    let blank = "<table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>";
    let document = read("plan.ods", &ods(&format!("<table:table-row>{cell}{cell}</table:table-row>{blank}")));
    assert_eq!(words(&document), ["# Plan", "109 | 109"], "blank rows are none");
    let many = format!("<table:table-row table:number-rows-repeated='1048576'>{cell}{cell}</table:table-row>");
    assert!(refused("plan.ods", &ods(&many)).contains("cells"), "filled ones are too many");
}

#[test]
fn what_is_no_document_is_named_with_what_to_do() {
    let types = |kind: &str| {
        package(&[(
            "[Content_Types].xml",
            &format!(r#"<Types><Override PartName="/x" ContentType="{kind}"/></Types>"#),
        )])
    };
    let said =
        refused("a.pptx", &types("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"));
    assert!(said.contains("PowerPoint"), "{said}");
    let said = refused("a.xlsx", &types("application/vnd.ms-excel.sheet.binary.macroEnabled.main"));
    assert!(said.contains(".xlsb") && said.contains("save it as .xlsx"), "{said}");
    assert!(refused("a.docx", &package(&[("readme", "x")])).contains("zip file"), "a zip");
    assert!(refused("a.docx", b"PK\x03\x04cut").contains("damaged"), "cut off");
    let protected = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:encryption-data/>"),
    ]);
    assert!(refused("a.ods", &protected).contains("password"), "protected");
    for (stream, found) in
        [("EncryptedPackage", "password"), ("WordDocument", "save it as .docx"), ("Book", "Excel 95")]
    {
        assert!(refused("a.doc", &compound(stream)).contains(found), "{stream}");
    }
}

/// A compound file that has one stream of a name, and nothing in it.
fn compound(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0u8; 512 * 3];
    bytes[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    bytes[26..28].copy_from_slice(&3u16.to_le_bytes());
    bytes[30..32].copy_from_slice(&9u16.to_le_bytes());
    bytes[32..34].copy_from_slice(&6u16.to_le_bytes());
    bytes[48..52].copy_from_slice(&1u32.to_le_bytes());
    bytes[60..64].copy_from_slice(&u32::MAX.to_le_bytes());
    bytes[68..72].copy_from_slice(&0xFFFF_FFFEu32.to_le_bytes());
    bytes[76..512].fill(0xFF);
    bytes[76..80].copy_from_slice(&0u32.to_le_bytes());
    bytes[512..1024].fill(0xFF);
    // the list of streams follows itself: a chain without end
    bytes[516..520].copy_from_slice(&1u32.to_le_bytes());
    for (at, name, kind) in [(1024, "Root Entry", 5u8), (1152, stream, 2)] {
        for (place, unit) in name.encode_utf16().enumerate() {
            bytes[at + place * 2..at + place * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        let length = u16::try_from(name.len() * 2 + 2).expect("short");
        bytes[at + 64..at + 66].copy_from_slice(&length.to_le_bytes());
        bytes[at + 66] = kind;
        bytes[at + 116..at + 120].copy_from_slice(&u32::MAX.to_le_bytes());
    }
    bytes
}

#[test]
fn an_ending_that_lies_is_read_by_what_is_in_the_file() {
    let document = read("plan.txt", &fixture("northmoor.docx"));
    assert!(document.notes.iter().any(|note| note.text.contains("ends in .txt; it is a Word document")), "said");
    let document = read("export.xls", &fixture("northmoor.html"));
    assert!(document.notes.iter().any(|note| note.text.contains("ends in .xls; it is a web page")), "said");
    assert!(document.tables().count() > 0, "and read");
}

#[test]
fn tables_in_tables_without_end_keep_their_words() {
    let deep = format!(
        "{}<w:p><w:r><w:t>words</w:t></w:r></w:p>{}",
        "<w:tbl><w:tr><w:tc>".repeat(20_000),
        "</w:tc></w:tr></w:tbl>".repeat(20_000)
    );
    assert_eq!(words(&read("a.docx", &docx(&deep))), ["words"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_to_a_real_document_ends_the_program(
        which in 0..4usize,
        changes in proptest::collection::vec((0.0..1.0f64, any::<u8>()), 1..40),
        cut in 0.0..1.2f64,
    ) {
        let ending = ["docx", "xlsx", "ods", "xls"][which];
        let name = format!("northmoor.{ending}");
        let mut bytes = if ending == "docx" { fixture(&name) } else { super::made::northmoor(ending) };
        let length = bytes.len() as f64;
        for (at, byte) in changes {
            bytes[(at * length) as usize] = byte;
        }
        bytes.truncate((cut * length) as usize);
        let began = Instant::now();
        let _ = import::read(&name, &bytes);
        prop_assert!(began.elapsed() < Duration::from_secs(10), "in bounded time");
    }

    #[test]
    fn arbitrary_bytes_are_read_or_refused_in_words(
        start in proptest::sample::select(STARTS),
        bytes in proptest::collection::vec(any::<u8>(), 0..2_000),
        ending in proptest::sample::select(ENDINGS),
    ) {
        let began = Instant::now();
        if let Err(error) = import::read(&format!("plan{ending}"), &[start, &bytes].concat()) {
            prop_assert!(error.to_string().contains("plan"), "it says which file: {error}");
        }
        prop_assert!(began.elapsed() < Duration::from_secs(10), "in bounded time");
    }

    #[test]
    fn no_damage_inside_a_package_ends_the_program(
        which in 0..4usize,
        changes in proptest::collection::vec((0.0..1.0f64, 0.0..1.0f64, any::<u8>()), 1..12),
    ) {
        let bytes = match which {
            0 => fixture("northmoor.docx"),
            1 => super::made::northmoor("xlsx"),
            2 => super::made::northmoor("ods"),
            _ => crate::out::workbook::sample_workbook(),
        };
        let name = ["a.docx", "a.xlsx", "a.ods", "own.xlsx"][which];
        let mut parts = parts_of(&bytes);
        for (part, at, byte) in changes {
            let part = (part * parts.len() as f64) as usize;
            let text = &mut parts[part].1;
            if !text.is_empty() {
                let at = (at * text.len() as f64) as usize;
                text[at] = byte;
            }
        }
        let bytes = packed(&parts);
        let began = Instant::now();
        if let Ok(document) = import::read(name, &bytes) {
            let catalogue = Catalogue::francis().expect("as shipped");
            if let Ok(proposal) = import::propose(&Plan::default(), &document, &import::Options::new(&catalogue)) {
                let _ = proposal.summary().to_string();
            }
        }
        if let Ok(Some(book)) = import::own::read(name, &bytes) {
            let _ = book.against(&Plan::default(), &BTreeSet::new());
            let _ = book.to_plan();
        }
        prop_assert!(began.elapsed() < Duration::from_secs(20), "in bounded time");
    }

    #[test]
    fn no_text_of_a_document_ends_the_program(
        tags in proptest::collection::vec(proptest::sample::select(TAGS), 0..60),
    ) {
        let _ = import::read("a.docx", &docx(&tags.concat()));
        let _ = import::read("a.xlsx", &xlsx(&tags.concat()));
    }
}

/// The parts of a package, each with its bytes.
fn parts_of(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
    (0..zip.len())
        .map(|at| {
            let mut part = zip.by_index(at).expect("a part");
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut part, &mut bytes).expect("its bytes");
            (part.name().expect("a name").into_owned(), bytes)
        })
        .collect()
}

/// A package of parts whose sums are right whatever is in them.
fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a package").into_inner()
}

/// What the kinds of file that are known by their first bytes begin with.
const STARTS: &[&[u8]] = &[
    b"",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"SQLite format 3\0",
    b"<html><table><tr><td>",
    b"%PDF-1.7",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"{\\rtf1",
];

const ENDINGS: &[&str] = &[".docx", ".xlsx", ".ods", ".xls", ".txt", ".md", ".html", ".csv", ".doc", ".pdf", ""];

/// Tags in any order, open or closed.
const TAGS: &[&str] = &[
    "<w:p>",
    "</w:p>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "</w:tr>",
    "<w:tc>",
    "</w:tc>",
    "<w:r>",
    "</w:r>",
    "<w:t>109",
    "</w:t>",
    "<w:pPr>",
    "</w:pPr>",
    "<w:tcPr><w:gridSpan w:val='999999999'/>",
    "</w:tcPr>",
    "<w:del>",
    "<w:sdt>",
    "<w:sdtPr>",
    "<w:vMerge/>",
    "<w:txbxContent>",
    "<sheetData>",
    "</sheetData>",
    "<row r='0'>",
    "<row r='99999999999'>",
    "</row>",
    "<c r='XFD9'>",
    "<c r='ZZZZZ1' t='s' s='9'>",
    "<v>7</v>",
    "</c>",
    "<mergeCell ref='B9:A1'/>",
    "<col min='9' max='1' hidden='1'/>",
];
