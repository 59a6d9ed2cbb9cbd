//! What stands in a workbook: values as Excel keeps them, tables as they lie on the sheet.

use super::made::{ROWS, Sheet, northmoor, xls};
use super::{notes, propose, read, refused, words};
use calamine::Reader as _;
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

fn saved(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().expect("a workbook")
}

fn row(sheet: &mut Worksheet, at: u32, cells: &[&str]) {
    for (column, text) in cells.iter().enumerate() {
        let column = u16::try_from(column).expect("few");
        if let Ok(number) = text.parse::<f64>() {
            sheet.write_number(at, column, number).expect("written");
        } else if !text.is_empty() {
            sheet.write_string(at, column, *text).expect("written");
        }
    }
}

#[test]
fn values_are_read_as_a_person_reads_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Actions").expect("a name");
    row(sheet, 0, &["Rec", "Action", "Due", "Progress", "Done"]);
    row(sheet, 1, &["123", "Ask the trust\nRead it"]);
    let day = NaiveDate::from_ymd_opt(2013, 7, 31).expect("a day");
    sheet.write_datetime_with_format(1, 2, day, &Format::new().set_num_format("dd/mm/yyyy")).expect("written");
    sheet.write_number_with_format(1, 3, 0.5, &Format::new().set_num_format("0%")).expect("written");
    sheet.write_boolean(1, 4, true).expect("written");
    row(sheet, 2, &["124", "Share the dashboard"]);
    sheet.write_datetime_with_format(2, 2, day, &Format::new().set_num_format("mmm-yy")).expect("written");
    let bytes = saved(book);
    let document = read("plan.xlsx", &bytes);
    assert_eq!(
        words(&document),
        [
            "# Actions",
            "Rec | Action | Due | Progress | Done",
            "123 | Ask the trust/Read it | 31 July 2013 | 50% | Yes",
            "124 | Share the dashboard | July 2013 |  | ",
        ]
    );
    let proposal = propose(&document);
    assert_eq!(proposal.place(proposal.rows[0].line), "Actions, row 2", "a place that can be found in Excel");
}

#[test]
fn tables_are_parted_where_the_sheet_parts_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Plan").expect("a name");
    sheet.merge_range(0, 0, 0, 2, "NHS Northmoor CCG", &Format::new()).expect("merged");
    row(sheet, 2, &["Rec", "Our position", "Actions"]);
    row(sheet, 3, &["109", "A form", "Ask the panel"]);
    row(sheet, 5, &["Commissioning"]);
    row(sheet, 6, &["124", "See above", "None"]);
    row(sheet, 9, &["The action plan"]);
    row(sheet, 10, &["Key responsibility", "Action", "Timescale"]);
    row(sheet, 11, &["Act early", "Write the ladder", "ongoing"]);
    sheet.write_string(2, 6, "Key").expect("written");
    sheet.write_string(3, 6, "R").expect("written");
    sheet.write_string(3, 7, "Red").expect("written");
    let document = read("plan.xlsx", &saved(book));
    assert_eq!(
        words(&document),
        [
            "# Plan",
            "NHS Northmoor CCG",
            "Rec | Our position | Actions",
            "109 | A form | Ask the panel",
            "Commissioning |  | ",
            "124 | See above | None",
            "The action plan",
            "Key responsibility | Action | Timescale",
            "Act early | Write the ladder | ongoing",
            "Key",
            "R | Red",
        ]
    );
    let proposal = propose(&document);
    assert_eq!((proposal.rows.len(), proposal.responsibilities.len()), (2, 1), "both tables are understood");
}

#[test]
fn what_is_hidden_is_read_and_said() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Actions").expect("a name");
    row(sheet, 0, &["Rec", "Our position"]);
    for at in 1..6 {
        row(sheet, at, &["109", "In place"]);
    }
    sheet.set_row_hidden(2).expect("hidden");
    sheet.set_row_hidden(3).expect("hidden");
    sheet.set_column_hidden(1).expect("hidden");
    let second = book.add_worksheet().set_name("Old").expect("a name").set_hidden(true);
    row(second, 0, &["Rec", "Our position"]);
    row(second, 1, &["120", "Moved"]);
    let document = read("plan.xlsx", &saved(book));
    let said = notes(&document);
    assert!(said.contains("Hidden in the workbook: rows 3-4 of sheet Actions"), "{said}");
    assert!(said.contains("Hidden in the workbook: column B of sheet Actions"), "{said}");
    assert!(said.contains("Hidden in the workbook: sheet Old"), "{said}");
    assert!(words(&document).contains(&"120 | Moved".to_owned()), "and it is read");
}

#[test]
fn colours_that_stand_for_a_word_are_read_as_it_and_decoration_is_not() {
    let fill = |colour: u32| Format::new().set_background_color(colour);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Actions").expect("a name");
    row(sheet, 0, &["Rec", "Our position", "RAG"]);
    for column in 0..3 {
        sheet.write_blank(1, column, &fill(0x0000_70C0)).expect("written");
    }
    sheet.write_string_with_format(1, 0, "Complaints", &fill(0x0000_70C0)).expect("written");
    row(sheet, 2, &["109", "In place"]);
    sheet.write_blank(2, 2, &fill(0x00FF_0000)).expect("written");
    row(sheet, 3, &["120", "Moved"]);
    sheet.write_string_with_format(3, 2, "G", &fill(0x0000_B050)).expect("written");
    row(sheet, 4, &["124", "Late"]);
    sheet.write_string_with_format(4, 2, "see text", &fill(0x00FF_C000)).expect("written");
    let document = read("plan.xlsx", &saved(book));
    assert_eq!(
        words(&document)[2..],
        ["Complaints |  | ", "109 | In place | Red", "120 | Moved | Green", "124 | Late | see text"]
    );
    assert!(notes(&document).contains("Colours of cells are read as their words in sheet Actions: 1 Red, 1 Green"));
}

#[test]
fn an_old_workbook_is_read_as_another_reader_reads_it() {
    let bytes = northmoor("xls");
    let mut other = calamine::Xls::new(std::io::Cursor::new(bytes.clone())).expect("calamine reads it");
    let range = other.worksheet_range("Plan").expect("its sheet");
    let cells: Vec<String> =
        range.used_cells().map(|(_, _, cell)| cell.to_string()).filter(|text| !text.is_empty()).collect();
    let wanted: Vec<&str> = ROWS.iter().flat_map(|row| row.iter().copied()).filter(|text| !text.is_empty()).collect();
    assert_eq!(cells, wanted, "the test's own workbook is one");
    let document = read("plan.xls", &bytes);
    let said = words(&document).join(" | ").replace('/', " ");
    assert!(wanted.iter().all(|text| said.contains(&text.replace(['\n', '/'], " "))), "{said}");
}

#[test]
fn an_old_workbook_keeps_days_answers_colours_and_what_is_hidden() {
    let mut sheet = Sheet::default();
    sheet.record(0x0200, &[0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 0]);
    sheet.record(0x0208, &[1, 0, 0, 0, 6, 0, 0xFF, 0, 0, 0, 0, 0, 0x20, 0, 0, 0]);
    for (column, label) in (0..).zip(["Rec", "Action", "Due", "RAG", "Done"]) {
        sheet.text(0, column, label);
    }
    sheet.cell(0x027E, 1, 0, 0, &((123u32 << 2) | 2).to_le_bytes());
    sheet.text(1, 1, "Ask the trust");
    sheet.cell(0x0203, 1, 2, 1, &41486.0f64.to_le_bytes());
    sheet.cell(0x0201, 1, 3, 2, &[]);
    sheet.cell(0x0205, 1, 4, 0, &[1, 0]);
    sheet.cell(0x0205, 2, 4, 0, &[0x17, 1]);
    let document = read("plan.xls", &xls(&sheet));
    assert_eq!(words(&document)[2..], ["123 | Ask the trust | 31 July 2013 | Red | Yes"]);
    let said = notes(&document);
    assert!(said.contains("row 2 of sheet Plan; read all the same"), "hidden: {said}");
    assert!(said.contains("such as #REF!, in row 3 of sheet Plan"), "an error: {said}");
    // the record that names the sheet becomes the one that a password writes
    let mut protected = xls(&sheet);
    let place = protected.windows(4).position(|four| four == [0x85, 0, 12, 0]).expect("a sheet");
    protected[place..place + 2].copy_from_slice(&0x002Fu16.to_le_bytes());
    assert!(refused("plan.xls", &protected).contains("password"), "protected");
}
