//! Reports as web pages and comma separated values, there and back.

use super::{imported, options, plans, sample, texts, wants_all};
use recap::model::{Action, Id, Index, Plan, intent};
use recap::report::{self, ReportName, csv, docx, html};

fn page(plan: &Plan, name: ReportName) -> String {
    html::write(&report::build(plan, &Index::of(plan), name, &options()))
}

fn table(plan: &Plan, name: ReportName) -> csv::Csv {
    csv::write(plan, &Index::of(plan), name, &options()).expect("writes")
}

/// All that an import took and all that it said of what it did not take.
fn read_back(name: &str, bytes: &[u8]) -> String {
    let document = recap::import::read(name, bytes).expect("reads");
    let tables = document.tables().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    tables.map(|cell| cell.text.clone()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_page_is_one_accessible_file() {
    for name in ReportName::ALL.iter().filter(|name| name.is_of_the_plan()) {
        let page = page(&sample(), *name);
        for wanted in [
            "<!DOCTYPE html>",
            "<html lang=\"en-GB\">",
            "<meta charset=\"utf-8\">",
            "<title>NHS Northmoor CCG",
            "<h1>",
            "<h2>",
            "<caption>",
            "<th scope=\"col\">",
            "<th scope=\"row\"",
            "@media print",
            "A4 landscape",
            "table-header-group",
        ] {
            assert!(page.contains(wanted), "{name}: {wanted}");
        }
        for unwanted in ["<script", "http://", "https://", "<link", "<img", "@import", "url("] {
            assert!(!page.contains(unwanted), "{name} fetches or runs nothing: {unwanted}");
        }
    }
}

#[test]
fn the_first_rows_of_a_page_look_like_this() {
    let page = page(&sample(), ReportName::ActionPlan);
    let body = page.split("<main>").nth(1).expect("a body");
    insta::with_settings!({ snapshot_path => "../../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("action_plan_html", body.lines().take(12).collect::<Vec<_>>().join("\n"));
    });
}

#[test]
fn the_first_rows_of_a_table_look_like_this() {
    let csv = String::from_utf8(table(&sample(), ReportName::ActionPlan).bytes).expect("text");
    insta::with_settings!({ snapshot_path => "../../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("action_plan_csv", csv.lines().take(8).collect::<Vec<_>>().join("\n"));
    });
}

#[test]
fn no_word_of_a_report_is_lost_on_the_way_back() {
    for (name, plan) in plans() {
        let texts = texts(&plan);
        let back = read_back("report.html", page(&plan, ReportName::Appendix).as_bytes());
        wants_all(&format!("{name} as a page"), &texts, &back);
        let paper = report::build(&plan, &Index::of(&plan), ReportName::Appendix, &options());
        let back = read_back("report.docx", &docx::write(&paper, &options()).expect("writes"));
        wants_all(&format!("{name} as a Word document"), &texts, &back);
        let back = read_back("report.csv", &table(&plan, ReportName::Appendix).bytes);
        wants_all(&format!("{name} as CSV"), &texts, &back);
        let planned: Vec<String> = plan
            .actions
            .values()
            .flat_map(|row| [row.text.clone(), row.owner.clone(), row.due_words.clone()])
            .chain(plan.responsibilities.values().map(|row| row.text.clone()))
            .chain(plan.timescales.values().map(|row| row.words.clone()))
            .collect();
        let back = read_back("plan.csv", &table(&plan, ReportName::ActionPlan).bytes);
        wants_all(&format!("{name}, action plan as CSV"), &planned, &back);
    }
}

#[test]
fn a_table_makes_the_same_rows_again() {
    let plan = sample();
    let again = imported("plan.csv", &table(&plan, ReportName::Appendix).bytes);
    assert_eq!(again.recommendations.len(), plan.recommendations.len());
    for row in plan.recommendations.values() {
        let mine = again.recommendation(&row.report, &row.reference).expect("the same number");
        assert_eq!(mine.shown_title(), row.shown_title(), "{}", row.reference);
        let texts = |plan: &Plan, id: Id| plan.actions_of(id).iter().map(|row| row.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&again, mine.id), texts(&plan, row.id), "{}: its actions", row.reference);
    }
}

#[test]
fn formulas_are_guarded_counted_and_come_back_as_they_were() {
    let mut plan = sample();
    let served = *plan.links.values().map(|link| &link.action).next().expect("some");
    let label = "Formula";
    let words = "=HYPERLINK(\"http://example\",\"Agree\")";
    intent::update::<Action>(&plan.clone(), served, label, |row| {
        row.text = words.into();
        row.owner = "-".into();
    })
    .apply(&mut plan)
    .expect("fits");
    let csv = table(&plan, ReportName::Appendix);
    let text = String::from_utf8(csv.bytes.clone()).expect("text");
    assert!(csv.guarded > 0 && text.contains("\"'=HYPERLINK(") && text.contains(",-,"), "guarded; a dash is an answer");
    assert!(text.starts_with('\u{feff}') && text.contains("\r\n"), "as Excel wants it");
    assert!(read_back("plan.csv", &csv.bytes).contains(words), "the words come back");
}

#[test]
fn words_that_look_like_markup_are_words() {
    let mut plan = sample();
    let served = *plan.links.values().map(|link| &link.action).next().expect("some");
    let words = "<script>alert(1)</script> & <b>bold</b> \"quoted\"";
    intent::update::<Action>(&plan.clone(), served, "x", |row| row.text = words.into()).apply(&mut plan).expect("fits");
    let page = page(&plan, ReportName::Appendix);
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;"), "escaped");
    assert!(!page.contains("<script"), "and never run");
}
