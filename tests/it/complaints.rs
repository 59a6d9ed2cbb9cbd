//! The integrated complaints report: what it says, and above all what it does not give away.

mod made;
mod published;
mod session;

use calamine::{Data, Reader as _, Xlsx};
use made::{Made, day, month};
use recap::model::signal::Source;
use recap::report::complaints::INTERNAL;
use recap::report::section::Part;
use recap::report::{ReportName, docx, html, pdf};
use std::io::Cursor;

/// The sheets of a workbook as text, row by row.
pub(crate) fn sheets(bytes: &[u8]) -> Vec<(String, Vec<Vec<String>>)> {
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names = book.sheet_names();
    let text = |data: &Data| match data {
        Data::DateTime(date) => date.as_datetime().map(|date| date.date().to_string()).unwrap_or_default(),
        other => other.to_string(),
    };
    let sheet = |name: String| {
        let range = book.worksheet_range(&name).expect("a sheet");
        let rows = range.rows().map(|row| row.iter().map(text).collect()).collect();
        (name, rows)
    };
    names.into_iter().map(sheet).collect()
}

fn pages(made: &Made, internal: bool) -> Vec<String> {
    let paper = made.paper(internal);
    let pdf = pdf::write(&paper, &made.options(), &|_| Ok(())).expect("a PDF that meets its standards");
    pdf_extract::extract_text_from_mem_by_pages(&pdf.bytes).expect("its text can be read")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn coverage_comes_first_and_the_report_looks_like_this() {
    let made = Made::telling();
    for (name, internal) in [("complaints_published", false), ("complaints_internal", true)] {
        let paper = made.paper(internal);
        let parts: Vec<&str> =
            paper.sections.iter().filter(|one| one.level == 2).map(|one| one.title.as_str()).collect();
        let wanted = [
            "What was received",
            "What is corroborated",
            "What a single source says",
            "Where it cannot be told",
            "Where nothing adverse was seen",
            "How closely providers are watched",
            "Matrix of themes and sources",
            "Charts by month",
        ];
        assert_eq!(parts[..wanted.len()], wanted);
        assert_eq!(parts[parts.len() - 2..], ["The rule", "How small numbers are treated"]);
        insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, paper.to_text());
        });
    }
}

#[test]
fn every_page_for_internal_use_says_so_and_none_of_what_is_published() {
    let made = Made::telling();
    let internal = pages(&made, true);
    assert!(internal.len() > 3, "{} pages", internal.len());
    for (number, page) in (1..).zip(&internal) {
        assert!(one_line(page).contains(INTERNAL), "page {number}");
    }
    let published = pages(&made, false).join(" ");
    assert!(!published.contains(INTERNAL), "what is published is not for internal use");
    assert!(published.contains("Small numbers are hidden"), "and says what is hidden");
    let page = html::write(&made.paper(true));
    assert!(page.contains("class=\"mark\"") && page.contains("@top-center { content: \"For internal use"), "a page");
    assert!(!html::write(&made.paper(false)).contains(INTERNAL));
    let word = String::from_utf8_lossy(&docx::write(&made.paper(true), &made.options()).expect("writes")).into_owned();
    assert!(word.matches(INTERNAL).count() >= 2, "Word: on its first page, and in the header of every page");
    let book = made.exported("internal.xlsx", true).expect("writes");
    let raw = zip_text(&book);
    assert_eq!(raw.matches("<oddHeader>").count(), 7, "seven sheets");
    assert_eq!(raw.matches(INTERNAL).count(), 7 * 2 + 1, "above and below each sheet, and on the sheet of the rule");
}

/// All parts of a packed file, one after the other.
fn zip_text(bytes: &[u8]) -> String {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut all = String::new();
    for at in 0..archive.len() {
        let mut part = Vec::new();
        archive.by_index(at).expect("a part").read_to_end(&mut part).expect("reads");
        all.push_str(&String::from_utf8_lossy(&part));
    }
    all
}

/// The text of a page.
fn without_tags(page: &str) -> String {
    let text: Vec<&str> = page.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
    text.join(" ").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn every_word_of_the_paper_is_in_pdf_page_and_word() {
    let made = Made::telling();
    for internal in [false, true] {
        let paper = made.paper(internal);
        let squeezed = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let pdf = squeezed(&pages(&made, internal).join(" "));
        let page = squeezed(&without_tags(&html::write(&paper)));
        let bytes = docx::write(&paper, &made.options()).expect("writes");
        docx_rs::read_docx(&bytes).expect("it reads back");
        let word = squeezed(&without_tags(&String::from_utf8_lossy(&bytes)));
        for section in &paper.sections {
            let texts = section.blocks().map(recap::report::paper::Block::text).chain([section.title.clone()]);
            for text in texts.map(|text| squeezed(&text)).filter(|text| text.len() < 60) {
                assert!(pdf.contains(&text), "PDF: {text}");
                assert!(page.contains(&text), "page: {text}");
                assert!(word.contains(&text), "Word: {text}");
            }
            for part in &section.parts {
                let Part::Plot(plot) = part else { continue };
                assert!(page.contains(&squeezed(&plot.description)), "the page tells the chart: {}", plot.title);
                assert!(word.contains(&squeezed(&plot.description)), "so does Word: {}", plot.title);
                for note in &plot.notes {
                    assert!(page.contains(&squeezed(note)) && word.contains(&squeezed(note)), "{note}");
                }
            }
        }
    }
    let page = html::write(&made.paper(true));
    let charts = page.matches("<svg class=\"plot\"").count();
    assert!(charts > 3, "{charts} charts");
    assert_eq!(page.matches("<desc id=\"plot-").count(), charts, "each with its alternative");
    for unwanted in ["<script", "http://", "https://", "<img"] {
        assert!(!page.contains(unwanted), "{unwanted}");
    }
}

#[test]
fn what_did_not_come_is_never_a_zero() {
    let made = Made::telling();
    for internal in [false, true] {
        let csv = String::from_utf8(made.exported("matrix.csv", internal).expect("writes")).expect("text");
        let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
        let mut seen = 0;
        for row in reader.records().map(|row| row.expect("a row")) {
            if !row[8].starts_with("received") {
                assert!(["no data", "not asked", "not applicable"].contains(&&row[5]), "{row:?}");
                assert_eq!(&row[6], "", "no unit either: {row:?}");
                seen += 1;
            }
        }
        assert!(seen > 5, "{seen} cells without data");
        let series = sheets(&made.exported("book.xlsx", internal).expect("writes"));
        let series = &series.iter().find(|(name, _)| name == "Series").expect("a sheet").1;
        let missing: Vec<_> = series.iter().filter(|row| row[4] == "no data").collect();
        assert!(!missing.is_empty(), "months that did not come are listed");
        assert!(missing.iter().all(|row| row[6].is_empty() && row[7].is_empty()), "and are no points");
    }
}

#[test]
fn judgement_actions_recommendations_and_watch_stand_with_the_finding() {
    let text = Made::telling().paper(false).to_text();
    let corroborated = text.split("== What is corroborated").nth(1).expect("a section");
    let corroborated = corroborated.split("\n==").next().expect("its end");
    for words in [
        "Northmoor General",
        "<triangle Corroborated>",
        "each show a special cause in the adverse direction",
        "Raise at the next contract meeting",
        "Noted 20 July 2013, then corroborated",
        "Ask for the staffing review",
        "Head of contracting",
        "due September 2013",
        "Recommendation 124: Duty to monitor",
    ] {
        assert!(corroborated.contains(words), "{words}: {corroborated}");
    }
    let actions = text.split("== What is being done").nth(1).expect("a section");
    assert!(actions.contains("Agree the monthly extract"), "the recommendation's own action: {actions}");
    for words in ["<half Enhanced>", "1 July 2013", "Two sources agree", "1 October 2013", "CQC"] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn learning_is_told_for_internal_use_only() {
    let made = Made::telling();
    let (published, internal) = (made.paper(false).to_text(), made.paper(true).to_text());
    assert!(internal.contains("The rota was changed after the review"), "told inside");
    assert!(!published.contains("The rota was changed"), "not outside");
    for name in ["book.xlsx", "matrix.csv", "page.html"] {
        let raw = made.exported(name, false).expect("writes");
        let text = if name.ends_with("xlsx") { zip_text(&raw) } else { String::from_utf8_lossy(&raw).into_owned() };
        assert!(!text.contains("The rota was changed"), "{name}");
        assert!(!text.contains("N-staff-3-0"), "no reference of a single complaint: {name}");
    }
    let book = sheets(&made.exported("book.xlsx", true).expect("writes"));
    let names: Vec<&str> = book.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Coverage", "Findings", "Matrix", "Series", "Timeliness", "Rule", "Rows"]);
    let rows = &book[6].1;
    assert_eq!(rows.len() - 1, made.numbers().len(), "every signal of the period");
    let received = rows[0].iter().position(|title| title == "Date received").expect("a column");
    assert!(rows[1..].iter().any(|row| row[received].starts_with("2013-0")), "real dates");
}

#[test]
fn a_plan_without_signals_says_so_on_one_page() {
    let made = Made::empty();
    for internal in [false, true] {
        let pages = pages(&made, internal);
        assert_eq!(pages.len(), 1);
        assert!(one_line(&pages[0]).contains("This plan has no signals yet"), "{}", pages[0]);
        assert_eq!(pages[0].contains(INTERNAL), internal);
        for name in ["a.html", "a.docx", "a.xlsx", "a.csv"] {
            assert!(made.exported(name, internal).is_ok(), "{name}");
        }
    }
    let plain = recap::report::build(&made.plan, &made.index, ReportName::Complaints, &made.options());
    assert!(plain.to_text().contains("This plan has no signals yet"), "nor without the facts");
}

#[test]
fn one_provider_can_be_reported_on_by_itself() {
    let mut made = Made::telling();
    made.view.provider = Some(Made::provider("Eastmoor Community"));
    let text = made.paper(false).to_text();
    assert!(text.contains("Eastmoor Community") && !text.contains("Northmoor General"), "{text}");
    assert!(!text.contains("It leaves out"), "all of it");
    made.view.sources = vec![Source::Complaint];
    let text = made.paper(false).to_text();
    assert!(text.contains("It leaves out what is not looked at: only complaints."), "what is narrowed is said: {text}");
}

#[test]
fn a_wide_matrix_is_two_tables() {
    let mut made = Made::new();
    for source in Source::ALL {
        made.add("Northmoor General", *source, month("2013-05"), "Staffing levels", 9);
    }
    made.settle();
    let paper = made.paper(false);
    for section in &paper.sections {
        for part in &section.parts {
            if let Part::Grid(grid) = part {
                assert!(grid.columns.len() <= 11, "{}: {} columns", grid.caption, grid.columns.len());
                assert!(grid.rows.iter().all(|row| row.len() == grid.columns.len()), "{}", grid.caption);
            }
        }
    }
    assert_eq!(made.options().as_at, day("2013-07-31"));
}
