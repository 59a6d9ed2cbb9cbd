//! Exports that the tests make: the headings of real systems, rows that nobody ever wrote.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// The headings of a Datix export of incidents.
pub(super) const DATIX: &[&str] = &[
    "Datix ID",
    "Category",
    "Sub Category",
    "Result",
    "Actual Harm",
    "Incident Date",
    "Division",
    "Speciality",
    "Location (Exact)",
    "What Happened?",
    "Action Taken (at the time of the incident)",
    "Summary of Actions Taken (Investigation)",
    "Lessons Learned",
];

/// The headings of a Radar export of complaints.
pub(super) const RADAR: &[&str] = &[
    "Reference",
    "Complaint - Patient Relations Team Management (First Received)",
    "Complaint Response Provided (--Due date)",
    "Complaint  Response Provided (--Completion Date)",
    "Complaint Response Provided (Date Complaint Closed)",
    "Complaint Response Provided (PRM Handler)",
    "Complaint Response Provided (Responsible Hospital Exec Team (Main))",
    "Complaint Response Provided (Specialty (Main))",
    "Complaint Response Provided (Clinical Decision Group (CDG) (Main))",
    "Complaint Response Provided (Site of event (Main))",
    "Complaint Response Provided (Site (Subject Complaint))",
    "Complaint Response Provided (Location (Main))",
    "Complaint Response Provided (Current stage)",
    "Complaint Response Provided (Complaint Complexity)",
    "Complaint Response Provided (Type of Complaint/PALS)",
    "Complaint Response Provided (Third party interest)",
    "Complaint Response Provided (Subjects (Complaint))",
    "Complaint Response Provided (Sub-Subjects (Complaint))",
    "Complaint Response Provided (Deadline Met)",
    "Complaint Response Provided (Deadline missed reason)",
    "Complaint - Patient Relations Logging (Description of Complaint)",
    "Complaint Response Provided (Current position (Complaint))",
    "Complaint Response Provided (Management Plan)",
    "Complaint Response Provided (Outcome code (Complaint))",
    "Complaint Triage (Complaint Complexity)",
    "Complaint Triage (Date of Birth (Complaint))",
    "Complaint Triage (Gender (KO41))",
    "Complaint Triage (Patient Ethnicity (KO41(A)))",
];

/// A complaint of the Radar export, as the fields that differ.
pub(super) struct Complaint {
    pub(super) reference: &'static str,
    pub(super) received: &'static str,
    pub(super) closed: &'static str,
    pub(super) stage: &'static str,
    pub(super) kind: &'static str,
    pub(super) subjects: &'static str,
}

impl Complaint {
    /// Its row: every field filled, the private ones with words that must never be seen again.
    pub(super) fn row(&self) -> Vec<String> {
        let mut row = vec![String::new(); RADAR.len()];
        for (at, text) in [
            (0, self.reference),
            (1, self.received),
            (2, "28/06/2013"),
            (3, self.closed),
            (5, "Handler Secret"),
            (7, "General  Medicine"),
            (8, "Medicine"),
            (9, "Northmoor General"),
            (12, self.stage),
            (13, "Standard"),
            (14, self.kind),
            (15, "Third Secret"),
            (16, self.subjects),
            (20, "Story, \"secret\"\nwith a line break"),
            (21, "Position secret"),
            (22, "Plan secret"),
            (23, "Partially upheld"),
            (25, "12/03/1941"),
            (26, "Female"),
            (27, "White - British"),
        ] {
            text.clone_into(&mut row[at]);
        }
        row
    }
}

/// Rows as separated values, quoted where they must be.
pub(super) fn separated(rows: &[Vec<String>], separator: char) -> String {
    let cell = |cell: &String| {
        if cell.contains([separator, '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
    };
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(&separator.to_string());
    rows.iter().map(line).collect::<Vec<_>>().join("\r\n") + "\r\n"
}

/// Rows of words.
pub(super) fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

/// The same rows as a sheet of an .xlsx; what looks like a day is one there.
pub(super) fn workbook(sheets: &[(&str, Vec<Vec<String>>)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let as_day = Format::new().set_num_format("dd/mm/yyyy");
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).expect("a name");
        for (row, cells) in rows.iter().enumerate() {
            for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                let (row, column) = (u32::try_from(row).expect("few"), u16::try_from(column).expect("few"));
                let parts: Vec<u16> = text.split('/').filter_map(|part| part.parse().ok()).collect();
                if let [day, month, year] = parts[..]
                    && let Ok(day) =
                        ExcelDateTime::from_ymd(year, u8::try_from(month).unwrap_or(0), u8::try_from(day).unwrap_or(0))
                {
                    sheet.write_datetime_with_format(row, column, &day, &as_day).expect("written");
                } else if let Ok(number) = text.parse::<f64>() {
                    sheet.write_number(row, column, number).expect("written");
                } else {
                    sheet.write_string(row, column, text).expect("written");
                }
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}
