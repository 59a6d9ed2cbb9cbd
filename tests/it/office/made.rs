//! Workbooks that the tests make: one table of NHS Northmoor CCG in each of the three formats, and
//! the old one record by record, as no library writes it any more.

use super::package;
use rust_xlsxwriter::Workbook;

/// The table of `northmoor.html`, as it lies on a sheet; a page's repeat of the header stands below
/// a blank row.
pub(super) const ROWS: &[&[&str]] = &[
    &["NHS Northmoor CCG action plan"],
    &[],
    &["Lead", "By when", "Action", "Ref", "Status", "Cost code"],
    &["Safety"],
    &["Chief Nurse", "31/10/2013", "Agree the early warning list", "137", "In progress"],
    &["Head of Contracts", "From November 2013", "Put it into contracts", "", "Amber", "K9"],
    &["Chief Nurse", "December 2013\nMarch 2014", "Visit the wards\nVisit the clinics", "138 & 140", "Not started"],
    &[],
    &["Lead", "By when", "Action", "Ref", "Status", "Cost code"],
    &["Chair", "monthly", "Read the letters", "Rec. 141", "Completed"],
];

/// The workbook in a format, by the ending of its name.
pub(super) fn northmoor(ending: &str) -> Vec<u8> {
    match ending {
        "xlsx" => xlsx(),
        "ods" => ods(),
        _ => xls(&Sheet::of(ROWS)),
    }
}

fn cells() -> impl Iterator<Item = (usize, usize, &'static str)> {
    let rows = ROWS.iter().enumerate();
    rows.flat_map(|(row, cells)| cells.iter().enumerate().map(move |(column, text)| (row, column, *text)))
}

fn xlsx() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Plan").expect("a name");
    for (row, column, text) in cells().filter(|(_, _, text)| !text.is_empty()) {
        let (row, column) = (u32::try_from(row).expect("few"), u16::try_from(column).expect("few"));
        match text.parse::<f64>() {
            Ok(number) => sheet.write_number(row, column, number).expect("written"),
            Err(_) => sheet.write_string(row, column, text).expect("written"),
        };
    }
    book.save_to_buffer().expect("a workbook")
}

fn ods() -> Vec<u8> {
    let cell = |text: &&str| {
        let text = text.replace('&', "&amp;");
        let lines: String = text.lines().map(|line| format!("<text:p>{line}</text:p>")).collect();
        format!(r#"<table:table-cell office:value-type="string">{lines}</table:table-cell>"#)
    };
    let row =
        |cells: &&[&str]| format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>());
    let rows: String = ROWS.iter().map(row).collect();
    let table = format!(r#"<table:table table:name="Plan">{rows}</table:table>"#);
    package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "content.xml",
            &format!(
                "<office:document-content><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
            ),
        ),
    ])
}

/// A sheet of an old workbook, as records.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) strings: Vec<String>,
    pub(super) records: Vec<u8>,
}

impl Sheet {
    pub(super) fn of(rows: &[&[&str]]) -> Self {
        let mut sheet = Self::default();
        for (row, cells) in rows.iter().enumerate() {
            for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                sheet.text(u16::try_from(row).expect("few"), u16::try_from(column).expect("few"), text);
            }
        }
        sheet
    }

    pub(super) fn text(&mut self, row: u16, column: u16, text: &str) {
        let at = u32::try_from(self.strings.len()).expect("few");
        self.strings.push(text.to_owned());
        self.cell(0x00FD, row, column, 0, &at.to_le_bytes());
    }

    /// A record of a cell: where it is, the number of its format, what it holds.
    pub(super) fn cell(&mut self, kind: u16, row: u16, column: u16, format: u16, value: &[u8]) {
        let place: Vec<u8> = [row, column, format].iter().flat_map(|number| number.to_le_bytes()).collect();
        self.record(kind, &[&place, value].concat());
    }

    pub(super) fn record(&mut self, kind: u16, data: &[u8]) {
        self.records.extend(record(kind, data));
    }
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("short");
    [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

fn begin(kind: u16) -> Vec<u8> {
    let mut data =
        [0x0600u16, kind, 0x0DBB, 0x07CC].iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
    data.extend([0; 8]);
    record(0x0809, &data)
}

/// A cell format: the number of its number format, and a solid fill of a colour of the palette.
fn format(number: u16, colour: u16) -> Vec<u8> {
    let mut data = vec![0u8; 20];
    data[2..4].copy_from_slice(&number.to_le_bytes());
    if colour > 0 {
        data[14..18].copy_from_slice(&(1u32 << 26).to_le_bytes());
        data[18..20].copy_from_slice(&colour.to_le_bytes());
    }
    record(0x00E0, &data)
}

/// An old workbook. Its cell formats: 0 plain, 1 a day, 2 a red fill.
pub(super) fn xls(sheet: &Sheet) -> Vec<u8> {
    let mut strings =
        [u32::try_from(sheet.strings.len()).expect("few"); 2].iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>();
    for text in &sheet.strings {
        let units: Vec<u16> = text.encode_utf16().collect();
        strings.extend(u16::try_from(units.len()).expect("short").to_le_bytes());
        strings.push(1);
        strings.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    }
    let before = [begin(5), format(0, 0), format(14, 0), format(0, 10)].concat();
    let after = [record(0x00FC, &strings), record(0x000A, &[])].concat();
    let name = b"Plan";
    let start = before.len() + 4 + 8 + name.len() + after.len();
    let mut bound = u32::try_from(start).expect("short").to_le_bytes().to_vec();
    bound.extend([0, 0, 4, 0]);
    bound.extend(name);
    let stream =
        [before, record(0x0085, &bound), after, begin(0x10), sheet.records.clone(), record(0x000A, &[])].concat();
    compound(&stream)
}

/// A compound file with the one stream that a workbook is.
fn compound(stream: &[u8]) -> Vec<u8> {
    let mut stream = stream.to_vec();
    stream.resize(stream.len().max(4096).next_multiple_of(512), 0);
    let sectors = u32::try_from(stream.len() / 512).expect("few");
    let mut header = vec![0u8; 76];
    header[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    for (at, number) in [(24, 0x3Eu16), (26, 3), (28, 0xFFFE), (30, 9), (32, 6)] {
        header[at..at + 2].copy_from_slice(&number.to_le_bytes());
    }
    for (at, number) in [(44, 1u32), (48, 1), (56, 4096), (60, 0xFFFF_FFFE), (68, 0xFFFF_FFFE)] {
        header[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }
    header.extend(0u32.to_le_bytes());
    header.resize(512, 0xFF);
    let mut next: Vec<u8> = [0xFFFF_FFFDu32, 0xFFFF_FFFE].iter().flat_map(|number| number.to_le_bytes()).collect();
    for at in 0..sectors {
        let following = if at + 1 == sectors { 0xFFFF_FFFE } else { at + 3 };
        next.extend(following.to_le_bytes());
    }
    next.resize(512, 0xFF);
    let entry = |name: &str, kind: u8, start: u32, size: usize| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(128, 0);
        entry[64..66].copy_from_slice(&u16::try_from(name.len() * 2 + 2).expect("short").to_le_bytes());
        entry[66] = kind;
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&u32::try_from(size).expect("short").to_le_bytes());
        entry
    };
    let mut list = entry("Root Entry", 5, 0xFFFF_FFFE, 0);
    list.extend(entry("Workbook", 2, 2, stream.len()));
    list.resize(512, 0);
    [header, next, list, stream].concat()
}
