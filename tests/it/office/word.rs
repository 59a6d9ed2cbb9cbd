//! What stands in a Word document, however Word writes it.

use super::{WORD_TYPES, docx, notes, package, read, words};
use docx_rs::{
    AbstractNumbering, Docx, IndentLevel, Level, LevelJc, LevelText, NumberFormat, Numbering, NumberingId, Paragraph,
    Run, Start, Style, StyleType, Table, TableCell, TableRow, VMergeType,
};
use std::io::Cursor;

fn text(words: &str) -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(words))
}

fn bullet(words: &str, level: usize) -> Paragraph {
    text(words).numbering(NumberingId::new(2), IndentLevel::new(level))
}

fn cell(words: &str) -> TableCell {
    TableCell::new().add_paragraph(text(words))
}

fn packed(docx: Docx) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    docx.build().pack(&mut bytes).expect("a document");
    bytes.into_inner()
}

fn bullets() -> AbstractNumbering {
    (0..3).fold(AbstractNumbering::new(2), |list, level| {
        let format = NumberFormat::new("bullet");
        list.add_level(Level::new(level, Start::new(1), format, LevelText::new("•"), LevelJc::new("left")))
    })
}

#[test]
fn headings_bullets_and_merged_cells_of_a_library_are_read() {
    let heading = Style::new("Heading1", StyleType::Paragraph).name("heading 1").outline_lvl(0);
    let list = TableCell::new()
        .add_paragraph(text("It needs:"))
        .add_paragraph(bullet("a form", 0))
        .add_paragraph(bullet("a web form", 1))
        .vertical_merge(VMergeType::Restart);
    let document = Docx::new()
        .add_style(heading)
        .add_abstract_numbering(bullets())
        .add_numbering(Numbering::new(2, 2))
        .add_paragraph(text("Complaints").style("Heading1"))
        .add_paragraph(text("Position as at 30 September 2013"))
        .add_paragraph(bullet("A bullet outside", 0))
        .add_table(Table::new(vec![
            TableRow::new(vec![cell("No"), cell("Our position"), cell("Actions")]),
            TableRow::new(vec![cell("109"), list, cell("Ask the panel")]),
            TableRow::new(vec![
                cell(""),
                TableCell::new().add_paragraph(Paragraph::new()).vertical_merge(VMergeType::Continue),
                cell("Publish it"),
            ]),
            TableRow::new(vec![cell("Commissioning").grid_span(3)]),
        ]))
        .add_paragraph(text("Commissioning").style("Heading1"))
        .add_table(Table::new(vec![TableRow::new(vec![cell("120"), cell("In place"), cell("None")])]));
    let document = read("plan.docx", &packed(document));
    assert_eq!(
        words(&document),
        [
            "# Complaints",
            "Position as at 30 September 2013",
            "* A bullet outside",
            "No | Our position | Actions",
            "109 | It needs:/• a form/  • a web form | Ask the panel",
            " |  | Publish it",
            "Commissioning |  | ",
            "# Commissioning",
            "120 | In place | None",
        ]
    );
    let places: Vec<String> = document.blocks.iter().map(|block| document.place(block.line)).collect();
    assert_eq!(
        places,
        ["paragraph 1", "paragraph 2", "paragraph 3", "table 1, row 1", "paragraph 4", "table 2, row 1"]
    );
}

#[test]
fn tracked_changes_hidden_text_and_symbols_are_read_as_the_page_shows_them() {
    let document = read(
        "plan.docx",
        &docx(
            "<w:p><w:r><w:t>The trust </w:t></w:r><w:del><w:r><w:delText>may</w:delText></w:r></w:del>\
             <w:ins><w:r><w:t>will</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>\
             <w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:tab/><w:t>report</w:t><w:br/><w:t>weekly</w:t></w:r></w:p>\
             <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p><w:p><w:r><w:t>paragraph</w:t></w:r></w:p>\
             <w:p><w:r><w:sym w:font='Symbol' w:char='F0B7'/><w:t> A symbol</w:t></w:r></w:p>\
             <w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>HYPERLINK x</w:instrText><w:fldChar w:fldCharType='separate'/>\
             <w:t>a link</w:t><w:fldChar w:fldCharType='end'/></w:r></w:p>\
             <w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent></w:sdt>\
             <w:sdt><w:sdtContent><w:r><w:t>A control</w:t></w:r></w:sdtContent></w:sdt></w:p>\
             <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
             <mc:Fallback><w:p><w:r><w:t>In a box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        ),
    );
    assert_eq!(
        words(&document),
        ["The trust will report\nweekly", "One paragraph", "* A symbol", "a link", "A control", "In a box"]
    );
    assert!(notes(&document).contains("accepted: 1 insertion, 3 deletions"), "{}", notes(&document));
    assert!(notes(&document).contains("hidden text, in 1 place"), "{}", notes(&document));
}

#[test]
fn footnotes_and_comments_are_told_with_their_place() {
    let body = "<w:p><w:r><w:t>Above</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>109</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:p><w:r><w:t>120</w:t><w:footnoteReference w:id='2'/><w:commentReference w:id='0'/></w:r></w:p></w:tc></w:tr></w:tbl>";
    let bytes = package(&[
        ("[Content_Types].xml", WORD_TYPES),
        ("word/document.xml", &format!("<w:document><w:body>{body}</w:body></w:document>")),
        (
            "word/footnotes.xml",
            "<w:footnotes><w:footnote w:id='2'><w:p><w:r><w:t>As the trust says</w:t></w:r></w:p></w:footnote></w:footnotes>",
        ),
        (
            "word/comments.xml",
            "<w:comments><w:comment w:id='0'><w:p><w:r><w:t>Check this</w:t></w:r></w:p></w:comment></w:comments>",
        ),
        ("word/vbaProject.bin", "x"),
    ]);
    let document = read("plan.docm", &bytes);
    let said = notes(&document);
    assert!(said.contains("table 1, row 2: Not taken, a footnote: As the trust says"), "{said}");
    assert!(said.contains("table 1, row 2: Not taken, a comment: Check this"), "{said}");
    assert!(said.contains("macros; they were not run"), "{said}");
}

#[test]
fn a_table_in_a_cell_is_its_words_and_a_table_that_is_only_a_frame_is_none() {
    let cell = |inside: &str| format!("<w:tc>{inside}</w:tc>");
    let text = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let table = |rows: &[Vec<String>]| {
        let row = |cells: &Vec<String>| {
            format!("<w:tr>{}</w:tr>", cells.iter().map(|inside| cell(inside)).collect::<String>())
        };
        format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
    };
    let inner = table(&[vec![text("Lead"), text("Head of Quality")], vec![text("By"), text("June")]]);
    let beside = docx(&table(&[vec![text("109"), format!("{}{inner}", text("Agreed"))]]));
    assert_eq!(words(&read("a.docx", &beside)), ["109 | Agreed/Lead | Head of Quality/By | June"], "in the cell");
    let frame = docx(&table(&[vec![format!("{}{inner}", text("Title"))]]));
    let document = read("a.docx", &frame);
    assert_eq!(words(&document), ["Title", "Lead | Head of Quality", "By | June"], "blocks of their own");
    assert_eq!(document.place(document.blocks[1].line), "table 1, row 1", "with a place of their own");
}

#[test]
fn a_cells_colour_is_read_as_its_word_and_decoration_is_not() {
    let cell = |words: &str, shade: &str| {
        let shade = if shade.is_empty() { String::new() } else { format!("<w:tcPr><w:shd {shade}/></w:tcPr>") };
        format!("<w:tc>{shade}<w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>")
    };
    let fill = |hex: &str| format!("w:val='clear' w:color='auto' w:fill='{hex}'");
    let row = |number: &str, letter: &str, shade: &str| {
        format!("<w:tr>{}{}{}</w:tr>", cell(number, ""), cell("Signed", ""), cell(letter, shade))
    };
    let blue = fill("0070C0");
    let header = format!("<w:tr>{}{}{}</w:tr>", cell("No", &blue), cell("Our position", &blue), cell("RAG", &blue));
    let decorated = format!("<w:tr>{}{}{}</w:tr>", cell("126", &blue), cell("Done", &blue), cell("", &blue));
    let rows = [
        header,
        row("123", "", &fill("FF0000")),
        row("124", "A", &fill("FFC000")),
        row("125", "", "w:val='solid' w:color='00B050' w:fill='auto'"),
        row("127", "On hold", &fill("FF0000")),
        decorated,
    ];
    let document = read("a.docx", &docx(&format!("<w:tbl>{}</w:tbl>", rows.concat())));
    let lines = words(&document);
    let expected = ["123 | Signed | Red", "124 | Signed | Amber", "125 | Signed | Green", "127 | Signed | On hold"];
    assert_eq!(lines[1..5], expected);
    assert_eq!(lines[5], "126 | Done | ", "a colour that the whole row has says nothing");
    let said = notes(&document);
    assert!(said.contains("Colours of cells are read as their words in this table: 1 Red, 1 Amber, 1 Green"), "{said}");
}

#[test]
fn a_list_by_the_name_of_its_style_stands_under_the_one_before() {
    let item = |style: &str, words: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let style = |id: &str, name: &str| {
        format!(
            "<w:style w:styleId='{id}'><w:name w:val='{name}'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        )
    };
    let items = [item("L1", "from the trust"), item("L2", "monthly figures")].concat();
    let body =
        format!("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>133</w:t></w:r></w:p></w:tc><w:tc>{items}</w:tc></w:tr></w:tbl>");
    let list = "<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='•'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";
    let styles = format!("<w:styles>{}{}</w:styles>", style("L1", "List Bullet"), style("L2", "List Bullet 2"));
    let bytes = package(&[
        ("[Content_Types].xml", WORD_TYPES),
        ("word/document.xml", &format!("<w:document><w:body>{body}</w:body></w:document>")),
        ("word/numbering.xml", list),
        ("word/styles.xml", &styles),
    ]);
    assert_eq!(words(&read("a.docx", &bytes)), ["133 | • from the trust/  • monthly figures"]);
}

#[test]
fn numbers_that_word_counts_itself_are_read() {
    let numbered = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>";
    let row = |words: &str| {
        format!("<w:tr><w:tc><w:p>{numbered}</w:p></w:tc><w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc></w:tr>")
    };
    let body = format!("<w:tbl>{}{}</w:tbl>", row("First"), row("Second"));
    let list = "<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='123'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";
    let bytes = package(&[
        ("[Content_Types].xml", WORD_TYPES),
        ("word/document.xml", &format!("<w:document><w:body>{body}</w:body></w:document>")),
        ("word/numbering.xml", list),
    ]);
    assert_eq!(words(&read("a.docx", &bytes)), ["123. | First", "124. | Second"]);
}
