//! The action timeline as paper, table, workbook and calendar.
#![expect(clippy::expect_used, reason = "a helper of a test fails as the test does")]

mod calendar;

use crate::out::{day, new_plan, options, plans, sample};
use calamine::Data;
use chrono::{DateTime, Utc};
use recap::import::own;
use recap::model::state::Shown;
use recap::model::timeline::DueRow;
use recap::model::{Action, ActionState, Id, Index, Plan, intent};
use recap::report::{self, Options, Paper, ReportName, csv, html, pdf, timeline, xlsx};
use serde_json::Value;
use std::collections::BTreeSet;

fn paper(plan: &Plan, name: ReportName) -> Paper {
    report::build(plan, &Index::of(plan), name, &options())
}

/// The id of the action whose words begin so.
fn action(plan: &Plan, begins: &str) -> Id {
    plan.actions.values().find(|row| row.text.starts_with(begins)).expect("there").id
}

fn apply(plan: &mut Plan, edit: &recap::model::Edit) {
    edit.apply(plan).expect("fits");
}

/// The sample plan after a meeting: a due put off twice with reasons, a review date, a note, and the
/// CCG's own words for two states.
fn after_a_meeting() -> Plan {
    let mut plan = sample();
    let put_off = action(&plan, "Publish a four-page summary");
    let row = [DueRow::Action(put_off)];
    let new = |name: &str| Id::NIL.derive(&[name]);
    let edits = [("July 2013", "2013-05-20", "Waits for the printer"), ("September 2013", "2013-05-27", "")];
    for (words, on, reason) in edits {
        let edit = intent::revise_due(&plan, &row, words, day(on), reason, new(on));
        apply(&mut plan, &edit);
    }
    let edit = intent::add_note(&plan, &[put_off], day("2013-05-28"), "The text is agreed", None, new("note"));
    apply(&mut plan, &edit);
    let edit = intent::add_note(&plan, &[put_off], day("2013-06-30"), "Written after the paper", None, new("later"));
    apply(&mut plan, &edit);
    let ongoing = action(&plan, "Put practice alerts");
    let edit = intent::set_next_review(&plan, &[ongoing], Some(day("2013-09-30")));
    apply(&mut plan, &edit);
    for (state, word, letter) in [(Shown::Complete, "Delivered", "B"), (Shown::Overdue, "", "R")] {
        let edit = intent::set_state_word(&plan, state, word, letter);
        apply(&mut plan, &edit);
    }
    plan
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_paper_says_month_by_month_what_is_due() {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("timeline", paper(&after_a_meeting(), ReportName::Timeline).to_text());
    });
}

/// All that the JSON says of each card, but for what is a number, a code or an id there.
fn facts(plan: &Plan) -> Vec<String> {
    let json = timeline::json(plan, &Index::of(plan), options().as_at);
    let mut facts = Vec::new();
    for card in json["lanes"].as_array().expect("a list").iter().flat_map(|lane| lane["cards"].as_array().expect("one"))
    {
        let words = |value: &Value| value.as_str().map(str::to_owned);
        for key in ["text", "owner", "partners", "due_words", "original"] {
            facts.extend(words(&card[key]));
        }
        facts.extend(card["moves"].as_array().expect("a list").iter().filter_map(|step| words(&step["reason"])));
        facts.extend(card["recommendations"].as_array().expect("a list").iter().filter_map(words));
        let under = card["actions"].as_array().expect("a list").iter().filter_map(Value::as_str);
        facts.extend(under.map(|id| plan.actions[&id.parse::<Id>().expect("an id")].text.clone()));
    }
    facts
}

#[test]
fn every_form_says_all_that_is_said_of_a_card() {
    let seeds = plans().into_iter();
    for (name, plan) in seeds.chain([("after a meeting", after_a_meeting())]) {
        let index = Index::of(&plan);
        let csv = csv::write(&plan, &index, ReportName::Timeline, &options()).expect("writes");
        let mut table =
            csv::write(&plan, &index, ReportName::Timeline, &options()).map(|csv| csv.bytes).expect("writes");
        table.drain(..3);
        let mut reader = ::csv::Reader::from_reader(&table[..]);
        let cells: Vec<String> =
            reader.records().flat_map(|row| row.expect("a row").iter().map(one_line).collect::<Vec<_>>()).collect();
        assert_eq!(csv.guarded, 0, "{name} has nothing that looks like a formula");
        let page = html::write(&paper(&plan, ReportName::Timeline));
        let page = page.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        let book = sheet(&plan).unwrap_or_default();
        let book: Vec<String> = book.iter().flatten().map(|cell| one_line(&cell.to_string())).collect();
        let forms = [
            ("the paper", one_line(&paper(&plan, ReportName::Timeline).to_text())),
            ("CSV", cells.join(" ")),
            ("the page", one_line(&page)),
            ("the workbook", book.join(" ")),
        ];
        for fact in facts(&plan) {
            // bullets are marked in each form in its own way
            for line in fact.lines().map(|line| one_line(line.trim_start_matches(['•', '-', ' ', 'o']))) {
                for (form, text) in &forms {
                    assert!(text.contains(&line), "{name}: {form} lacks: {line}");
                }
            }
        }
    }
}

#[test]
fn the_summary_counts_what_the_lanes_hold() {
    let plan = after_a_meeting();
    let json = timeline::json(&plan, &Index::of(&plan), options().as_at);
    let paper = paper(&plan, ReportName::Timeline);
    let counts = format!("{} items: {} complete, {} overdue", json["shown"], json["complete"], json["overdue"]);
    assert!(paper.summary[0].text().starts_with(&counts), "{counts}: {}", paper.summary[0].text());
    let rows: usize = paper.groups.iter().map(|group| group.rows.len()).sum();
    assert_eq!(json["shown"], rows, "each has a row");
    let complete: usize = paper.figures[0].rows.iter().map(|row| row[2].parse::<usize>().expect("a number")).sum();
    assert!(complete >= 3, "owners have what is complete, each in a joint one: {complete}");
}

#[test]
fn what_was_noted_after_the_papers_date_is_not_on_it() {
    let text = paper(&after_a_meeting(), ReportName::Timeline).to_text();
    assert!(text.contains("The text is agreed"), "the day's own note is");
    assert!(!text.contains("Written after the paper"), "a later one is not: a May paper stays a May paper");
}

#[test]
fn the_ccgs_words_for_states_stand_on_every_paper_with_a_letter_only_where_set() {
    let plan = after_a_meeting();
    // what is asked of a plan is told without its states
    let tells_states = |name: &&ReportName| name.is_of_the_plan() && **name != ReportName::Gaps;
    for name in ReportName::ALL.iter().filter(tells_states) {
        let text = paper(&plan, *name).to_text();
        assert!(text.contains("<tick B – Delivered>"), "{name}: its own word and letter");
        assert!(text.contains("<triangle R – Overdue>"), "{name}: our word with its letter");
        assert!(text.contains("<half G – In progress>"), "{name}: our word with the sample's letter");
        assert!(text.contains("<circle Not started>"), "{name}: ours without a letter");
        assert!(!text.contains("Complete>"), "{name}: not both words");
    }
    let csv = csv::write(&plan, &Index::of(&plan), ReportName::Timeline, &options()).expect("writes");
    assert!(String::from_utf8(csv.bytes).expect("text").contains("B – Delivered,complete"), "in the table beside ours");
}

#[test]
fn the_pdf_keeps_every_character_and_its_headings_repeat() {
    let plan = after_a_meeting();
    let made = pdf::write(&paper(&plan, ReportName::Timeline), &options(), &|_| Ok(())).expect("a PDF");
    assert_eq!(made.replaced, Vec::<char>::new(), "no character was lost");
    let pages = pdf_extract::extract_text_from_mem_by_pages(&made.bytes).expect("its text can be read");
    let july: Vec<usize> = (0..pages.len()).filter(|at| pages[*at].contains("July 2013, Q2 2013/14")).collect();
    assert!(july.len() > 1, "a month that goes over a page is named on each: {july:?}");
}

#[test]
fn the_chart_is_told_to_those_who_cannot_see_it_and_says_its_months_on_each_page() {
    use pdf_extract::{Dictionary, Object};
    let paper = paper(&large(400), ReportName::Timeline);
    let chart = paper.chart.as_ref().expect("a chart");
    let rows: usize = chart.groups.iter().map(|group| group.rows.len()).sum();
    assert_eq!(rows, 400, "a row for each action");
    let made = pdf::write(&paper, &options(), &|_| Ok(())).expect("a PDF of both standards");
    let document = pdf_extract::Document::load_mem(&made.bytes).expect("a PDF");
    let dictionaries: Vec<&Dictionary> = document.objects.values().filter_map(|object| object.as_dict().ok()).collect();
    let figures =
        dictionaries.iter().filter(|d| d.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == b"Figure"));
    let described = figures.filter(|d| d.get(b"Alt").and_then(Object::as_str).is_ok_and(|words| words.len() > 50));
    assert_eq!(described.count(), 2, "the chart and the two lines are figures with a description");
    let pages = pdf_extract::extract_text_from_mem_by_pages(&made.bytes).expect("its text can be read");
    let first = pages.iter().position(|page| page.contains("The timeline as a chart")).expect("it is there");
    assert!(pages.len() > first + 10, "over many pages");
    for (number, page) in pages.iter().enumerate().skip(first) {
        assert!(page.contains("2013/14") && page.contains("Q3"), "page {} names the months:\n{page}", number + 1);
        assert!(page.contains("as at 28 May 2013"), "page {} says what the line is:\n{page}", number + 1);
    }
}

#[test]
fn the_page_draws_the_same_chart_with_titles_and_numbers() {
    let plan = after_a_meeting();
    let paper = paper(&plan, ReportName::Timeline);
    let page = html::write(&paper);
    let drawings = page.matches("role=\"img\"").count();
    let groups = paper.chart.as_ref().expect("a chart").groups.len();
    assert!(drawings > groups, "each group and the two lines: {drawings}");
    for mark in ["<title id=", "<desc id=", "aria-labelledby="] {
        assert_eq!(page.matches(mark).count(), drawings, "each drawing has its {mark}");
    }
    assert!(page.contains("25 due") && page.contains("3 done"), "lines are named where they end");
    let may = "<th scope=\"row\">May 2013</th><td>5</td><td>3</td>";
    assert!(page.contains(may), "and told in numbers");
    let word = report::docx::write(&paper, &options()).expect("a document");
    assert!(String::from_utf8_lossy(&word).contains("Word has the table only"), "Word says where the chart is");
}

#[test]
fn a_row_of_the_chart_has_a_sign_for_each_thing_that_is_known() {
    use recap::report::chart::Sign;
    let chart = paper(&after_a_meeting(), ReportName::Timeline).chart.expect("a chart");
    let signs = |words: &str| {
        let rows = chart.groups.iter().flat_map(|group| &group.rows);
        let row = rows.into_iter().find(|row| row.lines[0].starts_with(words)).expect("a row");
        row.signs.iter().map(|(_, sign)| *sign).collect::<Vec<_>>()
    };
    assert_eq!(
        signs("Publish a four-page summary"),
        [Sign::Start, Sign::First, Sign::Due],
        "the first due stays to be seen"
    );
    assert_eq!(signs("Name a GP quality lead"), [Sign::Due, Sign::Done], "when it was due and when it was done");
    assert!(signs("Hold an open evening").iter().all(|sign| *sign == Sign::Again), "what recurs");
    let put_off =
        chart.groups.iter().flat_map(|group| &group.rows).find(|row| row.lines[0].starts_with("Publish a four"));
    let places: Vec<_> = put_off.expect("a row").signs.iter().map(|(at, _)| *at).collect();
    assert!(places[0] < places[1] && places[1] < places[2], "begun in May, June is left of September: {places:?}");
    assert_eq!(paper(&new_plan(), ReportName::Timeline).chart, None, "nothing to draw, no chart");
}

#[test]
fn a_formula_in_the_table_is_guarded_and_counted() {
    let mut plan = sample();
    let id = action(&plan, "Name a GP quality lead");
    let edit = intent::update::<Action>(&plan, id, "x", |row| {
        row.text = "=HYPERLINK(\"x\")".into();
        row.owner = "@everyone".into();
        row.partners = "-".into();
    });
    apply(&mut plan, &edit);
    let csv = csv::write(&plan, &Index::of(&plan), ReportName::Timeline, &options()).expect("writes");
    let text = String::from_utf8(csv.bytes).expect("text");
    assert!(text.contains("\"'=HYPERLINK(\"\"x\"\")\"") && text.contains(",'@everyone,-,"), "guarded: {text}");
    assert_eq!(csv.guarded, 2, "a lone dash is an answer");
}

/// The workbook's sheet of the timeline, where there is one.
fn sheet(plan: &Plan) -> Option<Vec<Vec<Data>>> {
    let bytes = xlsx::write(plan, &Index::of(plan), &options(), &|_| Ok(())).expect("writes");
    crate::out::workbook::sheets(&bytes).into_iter().find(|(name, _)| name == "Timeline").map(|(_, cells)| cells)
}

#[test]
fn the_workbook_has_the_timeline_with_real_dates_and_takes_nothing_back_from_it() {
    let plan = after_a_meeting();
    let cells = sheet(&plan).expect("the sheet");
    let json = timeline::json(&plan, &Index::of(&plan), options().as_at);
    assert_eq!(json["shown"], cells.len() - 1, "a row for each card");
    let column = |title: &str| cells[0].iter().position(|cell| *cell == title).expect("the column");
    let due_by = column("Due by");
    let dated: Vec<_> = cells[1..].iter().filter(|row| row[due_by] != Data::Empty).collect();
    assert!(dated.len() > 10, "most have a date: {}", dated.len());
    for row in dated {
        assert!(matches!(row[due_by], Data::DateTime(_)), "a date can be sorted: {:?}", row[due_by]);
    }
    let bytes = xlsx::write(&plan, &Index::of(&plan), &options(), &|_| Ok(())).expect("writes");
    let edited = crate::out::workbook::edited(&bytes, "Timeline", |cells| {
        cells[1][due_by] = Data::String("tomorrow".into());
        cells.remove(2);
    });
    for (what, bytes) in [("untouched", bytes), ("edited", edited)] {
        let book = own::read("plan.xlsx", &bytes).expect("reads").expect("ours");
        let changes = book.against(&plan, &BTreeSet::new());
        assert!(changes.edit.is_empty(), "{what}: {:?}", changes.edit);
        assert!(changes.warnings.is_empty(), "{what}, and nobody is warned of it: {:?}", changes.warnings);
    }
    assert_eq!(sheet(&new_plan()), None, "a plan without actions has none");
}

#[test]
fn looks() {
    // RECAP_LOOK=FOLDER writes the papers there, to be looked at
    let Ok(folder) = std::env::var("RECAP_LOOK") else { return };
    for (name, plan) in [("meeting", after_a_meeting()), ("large", large(2_000))] {
        let paper = paper(&plan, ReportName::Timeline);
        let file = |ending: &str| std::path::Path::new(&folder).join(format!("timeline-{name}.{ending}"));
        let pdf = pdf::write(&paper, &options(), &|_| Ok(())).expect("a PDF");
        report::save(&file("pdf"), &pdf.bytes).expect("saved");
        report::save(&file("html"), html::write(&paper).as_bytes()).expect("saved");
        report::save(&file("docx"), &report::docx::write(&paper, &options()).expect("made")).expect("saved");
    }
}

/// So many actions of 40 owners under 30 responsibilities, due over four years.
fn large(actions: usize) -> Plan {
    let mut plan = new_plan();
    let mut edit = recap::model::EditBuilder::new(&plan, "Fill");
    let texts: Vec<String> = sample().actions.into_values().map(|row| row.text).collect();
    for at in 0..30 {
        let text = format!("Key responsibility number {at}: make sure that care is as it should be");
        let order = format!("{at:03}");
        edit.put(&recap::model::Responsibility { id: Id::NIL.derive(&["resp", &order]), order, text });
    }
    for at in 0..actions {
        let order = format!("{at:05}");
        let month = ["January", "April", "June", "September", "November"][at % 5];
        let due = match at % 13 {
            0 => "ongoing".to_owned(),
            1 => "quarterly".to_owned(),
            2 => String::new(),
            _ => format!("{month} {}", 2012 + at % 4),
        };
        edit.put(&Action {
            id: Id::NIL.derive(&["act", &order]),
            text: texts[at % texts.len()].clone(),
            responsibility: (at % 7 > 0).then(|| Id::NIL.derive(&["resp", &format!("{:03}", at % 30)])),
            owner: format!("Role number {}", at % 40),
            state: ActionState::ALL[at % ActionState::ALL.len()],
            done_on: (at % 5 == 2).then(|| day("2013-04-19")),
            due_words: due,
            order,
            ..Action::default()
        });
    }
    edit.finish().apply(&mut plan).expect("fits");
    plan
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

fn options_at(moment: &str) -> Options {
    Options { generated: at(moment), ..options() }
}
