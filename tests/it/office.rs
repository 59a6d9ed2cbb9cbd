//! Word and Excel in: documents that the tests make with libraries, ones that no library would make,
//! and some that LibreOffice made.

#![expect(clippy::expect_used, clippy::panic, reason = "what a test needs and has not ends it, with words")]

mod hostile;
mod made;
mod word;
mod workbook;

use recap::import::{self, BlockKind, Document, Options, Proposal};
use recap::model::catalogue::Catalogue;
use recap::model::{Id, Plan, intent};
use std::io::Write as _;
use std::path::PathBuf;

fn read(name: &str, bytes: &[u8]) -> Document {
    import::read(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn refused(name: &str, bytes: &[u8]) -> String {
    match import::read(name, bytes) {
        Err(error) => error.to_string(),
        Ok(document) => panic!("{name} was read: {document:?}"),
    }
}

fn propose(document: &Document) -> Proposal {
    let mut plan = Plan::default();
    intent::create_plan(Id::NIL.derive(&["plan"]), "NHS Northmoor CCG", "Plan", None).apply(&mut plan).expect("fits");
    let catalogue = Catalogue::francis().expect("as shipped");
    import::propose(&plan, document, &Options::new(&catalogue)).expect("understood")
}

/// A document as words: "# heading", "paragraph", "* bullet", "cell | cell".
fn words(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    for block in &document.blocks {
        match &block.kind {
            BlockKind::Heading(text) => lines.push(format!("# {text}")),
            BlockKind::Paragraph(text) if text.is_empty() => {}
            BlockKind::Paragraph(text) => lines.push(text.clone()),
            BlockKind::Bullet(text) => lines.push(format!("* {text}")),
            BlockKind::Table(table) => {
                for row in &table.rows {
                    let cells: Vec<String> = row.cells.iter().map(|cell| cell.text.replace('\n', "/")).collect();
                    lines.push(cells.join(" | "));
                }
            }
        }
    }
    lines
}

fn notes(document: &Document) -> String {
    document.notes.iter().map(|note| format!("{}: {}\n", document.place(note.line), note.text)).collect()
}

fn fixture(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A zip package of parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("its text");
    }
    zip.finish().expect("a package").into_inner()
}

const WORD_TYPES: &str = r#"<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/x.styles+xml"/><Override PartName="/word/footnotes.xml" ContentType="application/x.footnotes+xml"/><Override PartName="/word/comments.xml" ContentType="application/x.comments+xml"/><Override PartName="/word/numbering.xml" ContentType="application/x.numbering+xml"/></Types>"#;

/// A Word document with this body, written by hand.
fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    package(&[("[Content_Types].xml", WORD_TYPES), ("word/document.xml", &document)])
}

/// A workbook with one sheet of this XML, written by hand.
fn xlsx(sheet: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    package(&[
        (
            "[Content_Types].xml",
            r#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            &format!(
                r#"<Relationships><Relationship Id="r1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                r#"<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="Actions" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                r#"<Relationships><Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        ("xl/worksheets/sheet1.xml", &format!(r#"<worksheet xmlns="{main}">{sheet}</worksheet>"#)),
    ])
}

/// Each recommendation with its text, position and actions.
type Said = Vec<(String, String, String, Vec<String>)>;

fn said(proposal: &Proposal) -> Said {
    let row = |row: &import::ProposedRow| {
        let actions: Vec<String> = row.actions.iter().map(|action| action.row.text.clone()).collect();
        let position = row.position.as_ref().map_or_else(String::new, |position| position.row.text.clone());
        (row.row.reference.clone(), row.row.shown_text().to_owned(), position, actions)
    };
    proposal.rows.iter().map(row).collect()
}

/// Whether words name a line by its number.
fn names_a_line(words: &str) -> bool {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.windows(2).any(|pair| {
        matches!(pair[0].trim_start_matches('('), "line" | "lines") && pair[1].starts_with(|c: char| c.is_ascii_digit())
    })
}

#[test]
fn word_and_excel_have_no_lines_and_nothing_that_is_said_of_them_names_one() {
    let made = ["xlsx", "ods", "xls"].map(|ending| (ending, made::northmoor(ending)));
    for (ending, bytes) in made.into_iter().chain([("docx", fixture("northmoor.docx"))]) {
        let proposal = propose(&read(&format!("northmoor.{ending}"), &bytes));
        let said = proposal.summary().to_string();
        assert!(!names_a_line(&said), "{ending}: {said}");
        assert!(said.contains(" row "), "{ending}: the row of a table or a sheet is named: {said}");
    }
    let page = propose(&read("northmoor.html", &fixture("northmoor.html"))).summary().to_string();
    assert!(names_a_line(&page), "a text has lines: {page}");
}

#[test]
fn a_date_below_the_first_line_of_a_paragraph_stands_at_that_paragraph() {
    let text = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let row = |cells: [&str; 2]| {
        format!("<w:tr>{}</w:tr>", cells.map(|cell| format!("<w:tc>{}</w:tc>", text(cell))).concat())
    };
    let table =
        format!("<w:tbl>{}{}</w:tbl>", row(["Rec", "Current position"]), row(["124", "Agreed with both trusts"]));
    let dated = "<w:p><w:r><w:t>Action plan</w:t><w:br/><w:t>Position as at 28 May 2013</w:t></w:r></w:p>";
    let proposal = propose(&read("a.docx", &docx(&format!("{dated}{}{table}", text("For the board")))));
    let said = proposal.summary();
    assert_eq!((said.as_at_place.as_str(), said.as_at.is_some()), ("paragraph 1", true), "where it stands");
}

#[test]
fn what_libreoffice_saves_says_the_same_in_each_of_its_formats() {
    let of = |ending: &str| {
        let name = format!("northmoor-calc.{ending}");
        said(&propose(&read(&name, &fixture(&name))))
    };
    let (xlsx, page) = (of("xlsx"), said(&propose(&read("northmoor.html", &fixture("northmoor.html")))));
    let references = |said: &Said| said.iter().map(|row| row.0.clone()).collect::<Vec<_>>();
    assert_eq!(references(&xlsx), references(&page), "the recommendations of the page it was made of");
    assert!(xlsx.iter().map(|row| row.3.len()).sum::<usize>() >= 5, "with their actions: {xlsx:?}");
    assert_eq!(of("ods"), xlsx, "ods");
    assert_eq!(of("xls"), xlsx, "xls");
}

#[test]
fn word_and_the_workbooks_say_what_the_web_page_of_the_same_words_says() {
    let page = propose(&read("northmoor.html", &fixture("northmoor.html")));
    assert!(!page.rows.is_empty(), "the page has recommendations");
    let made = ["xlsx", "ods", "xls"].map(|ending| (ending, made::northmoor(ending)));
    for (ending, bytes) in made.into_iter().chain([("docx", fixture("northmoor.docx"))]) {
        let document = read(&format!("northmoor.{ending}"), &bytes);
        assert_eq!(said(&propose(&document)), said(&page), "{ending}: {:#?}", words(&document));
    }
}
