//! Papers: what is in them, and that they can be made of anything.

use chrono::{NaiveDate, TimeZone as _, Utc};
use proptest::prelude::*;
use recap::model::{
    Acceptance, Action, ActionState, EditBuilder, Evidence, Id, Index, Link, Plan, Position, PositionState,
    Recommendation, Responsibility, Theme, Timescale, intent,
};
use recap::report::{self, Cancelled, Options, Paper, ReportError, ReportName, docx, pdf};
use std::collections::BTreeMap;

const SAMPLE: &str = include_str!("../../assets/sample-plan.json");

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date")
}

fn options() -> Options {
    let generated = Utc.with_ymd_and_hms(2013, 5, 28, 9, 30, 0).single().expect("a time");
    Options { as_at: day("2013-05-28"), compact: false, alarm_days: None, generated }
}

fn new_plan() -> Plan {
    let mut plan = Plan::default();
    let id = Id::NIL.derive(&["northmoor"]);
    let edit = intent::create_plan(id, "NHS Northmoor CCG", "Francis action plan", Some(day("2013-05-28")));
    edit.apply(&mut plan).expect("a new plan");
    plan
}

fn sample() -> Plan {
    let mut plan = new_plan();
    let import = recap::import::json::read(SAMPLE, &plan).expect("reads");
    import.edit.apply(&mut plan).expect("fits");
    plan
}

/// A plan with one recommendation that says the same in every cell.
fn saying(text: &str) -> Plan {
    let mut plan = new_plan();
    let mut edit = EditBuilder::new(&plan, "All");
    let theme = Id::NIL.derive(&["theme"]);
    edit.put(&Theme { id: theme, title: text.into(), order: "1".into() });
    let row = Recommendation {
        id: Id::NIL.derive(&["rec"]),
        reference: "124".into(),
        theme: Some(theme),
        title: text.into(),
        text: text.into(),
        response_status: text.into(),
        response: text.into(),
        ..Recommendation::default()
    };
    let action = Action {
        id: Id::NIL.derive(&["act"]),
        text: text.into(),
        owner: text.into(),
        due_words: text.into(),
        ..Action::default()
    };
    edit.put(&Position {
        id: Id::NIL.derive(&["pos"]),
        recommendation: row.id,
        text: text.into(),
        ..Position::default()
    });
    edit.put(&Link {
        id: Link::id_of(row.id, action.id),
        recommendation: row.id,
        action: action.id,
        order: "1".into(),
    });
    edit.put(&row);
    edit.put(&action);
    edit.finish().apply(&mut plan).expect("fits");
    plan
}

/// One row for each thing a paper has a word for.
fn telling() -> Plan {
    let mut plan = saying("It is recommended that:\n• one\n  • two\nand three.");
    let mut edit = EditBuilder::new(&plan, "More");
    let recommendation = Id::NIL.derive(&["rec"]);
    edit.update::<Recommendation>(recommendation, |row| {
        row.title = "Duty to monitor".into();
        row.local_text = "Commissioners should:\n• monitor".into();
        row.response_status = "Accepted".into();
        row.response_by = "Quality team".into();
        row.acceptance = Some(Acceptance::InPart);
        row.acceptance_date = Some(day("2013-05-14"));
    });
    edit.update::<Action>(Id::NIL.derive(&["act"]), |row| {
        row.owner = "Quality lead".into();
        row.due_words = "within a suitable timeframe".into();
    });
    edit.update::<Theme>(Id::NIL.derive(&["theme"]), |row| row.title = "Standards".into());
    for (date, state, text) in
        [("2013-03-26", PositionState::Gap, "Nothing yet"), ("2013-05-01", PositionState::Partly, "Some")]
    {
        let id = Id::NIL.derive(&[date]);
        edit.put(&Position { id, recommendation, as_at: Some(day(date)), text: text.into(), state: Some(state) });
    }
    let under = Id::NIL.derive(&["resp"]);
    edit.put(&Responsibility { id: under, order: "1".into(), text: "Hear from patients".into() });
    edit.put(&Responsibility { id: Id::NIL.derive(&["resp2"]), order: "2".into(), text: "Nothing here yet".into() });
    for (place, (words, done)) in
        [("July 2013", false), ("April 2013", false), ("May 2013", true)].into_iter().enumerate()
    {
        let id = Id::NIL.derive(&[words]);
        let action = (place == 0).then(|| Id::NIL.derive(&["act", "0"]));
        edit.put(&Timescale {
            id,
            order: place.to_string(),
            responsibility: under,
            words: words.into(),
            done,
            action,
            ..Timescale::default()
        });
    }
    let states = [
        (ActionState::NotStarted, "", ""),
        (ActionState::InProgress, "April 2013", ""),
        (ActionState::Complete, "April 2013", "2013-05-21"),
        (ActionState::OnHold, "From June 2013", ""),
        (ActionState::NoLongerNeeded, "ongoing", ""),
    ];
    for (place, (state, due, done)) in states.into_iter().enumerate() {
        let action = Action {
            id: Id::NIL.derive(&["act", &place.to_string()]),
            order: place.to_string(),
            text: format!("Do thing {place}"),
            responsibility: Some(under),
            owner: "Head of contracting".into(),
            partners: if place == 0 { "The council".into() } else { String::new() },
            state,
            due_words: due.into(),
            original_due_words: if place == 1 { "March 2013".into() } else { String::new() },
            done_on: if done.is_empty() { None } else { Some(day(done)) },
            ..Action::default()
        };
        let order = format!("2{place}");
        edit.put(&Link { id: Link::id_of(recommendation, action.id), recommendation, action: action.id, order });
        edit.put(&action);
    }
    edit.put(&Action {
        id: Id::NIL.derive(&["act", "tentative"]),
        order: "9".into(),
        text: "?Need a discussion".into(),
        tentative: true,
        due_words: "April 2013".into(),
        ..Action::default()
    });
    edit.finish().apply(&mut plan).expect("fits");
    plan
}

fn paper(plan: &Plan, name: ReportName) -> Paper {
    report::build(plan, &Index::of(plan), name, &options())
}

fn write(paper: &Paper) -> pdf::Pdf {
    pdf::write(paper, &options(), &|_| Ok(())).expect("a PDF")
}

fn pages_of(pdf: &pdf::Pdf) -> Vec<String> {
    pdf_extract::extract_text_from_mem_by_pages(&pdf.bytes).expect("its text can be read")
}

fn words(text: &str) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *count.entry(word.to_owned()).or_default() += 1;
    }
    count
}

/// Every text of a paper: cells, headings, titles.
fn texts_of(paper: &Paper) -> Vec<String> {
    let groups = paper.groups.iter().flat_map(|group| {
        let rows = group.rows.iter().flat_map(|row| [row.reference.clone(), row.title.clone()]);
        [group.label.to_owned(), group.title.clone()].into_iter().chain(rows)
    });
    paper.blocks().map(report::paper::Block::text).chain(groups).collect()
}

fn words_of(paper: &Paper) -> BTreeMap<String, usize> {
    words(&texts_of(paper).join(" "))
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

/// Whether a text stands in the pages, going on from one to the next where it breaks.
fn stands(text: &str, pages: &[String]) -> bool {
    let Some((page, after)) = pages.split_first() else { return text.is_empty() };
    if page.contains(text) || stands(text, after) {
        return true;
    }
    let ends = text.char_indices().map(|(place, _)| place).rev();
    let end = ends.into_iter().find(|end| *end > 0 && page.contains(&text[..*end]));
    // a beginning of one letter is found anywhere
    end.is_some_and(|end| end > 8.min(text.len() / 2) && !after.is_empty() && stands(&text[end..], &after[..1]))
}

fn missing(wanted: &BTreeMap<String, usize>, found: &BTreeMap<String, usize>) -> Vec<String> {
    let lacks = |(word, count): &(&String, &usize)| found.get(*word).is_none_or(|found| found < *count);
    wanted.iter().filter(lacks).map(|(word, count)| format!("{word} ×{count}")).collect()
}

#[test]
fn the_papers_say_what_the_plan_says() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        insta::assert_snapshot!("appendix_as_listed", as_listed(&telling()).to_text());
        insta::assert_snapshot!("appendix", paper(&telling(), ReportName::Appendix).to_text());
        insta::assert_snapshot!("action-plan", paper(&telling(), ReportName::ActionPlan).to_text());
    });
}

#[test]
fn evidence_stands_under_the_position_with_how_long_it_holds() {
    let mut plan = telling();
    let recommendation = Id::NIL.derive(&["rec"]);
    let evidence = |name: &str, until: &str| Evidence {
        id: Id::NIL.derive(&[name]),
        text: name.into(),
        kind: "audit".into(),
        date: Some(day("2013-04-16")),
        held: "Quality team's shared folder".into(),
        valid_until: Some(day(until)),
        ..Evidence::default()
    };
    for row in [evidence("Walk-round of six wards", "2013-05-27"), evidence("Dip test", "2013-05-28")] {
        intent::add_evidence(&plan, row, Some(recommendation)).apply(&mut plan).expect("fits");
    }
    let bare = Evidence { id: Id::NIL.derive(&["bare"]), text: "Minutes".into(), ..Evidence::default() };
    intent::add_evidence(&plan, bare, Some(recommendation)).apply(&mut plan).expect("fits");
    let paper = paper(&plan, ReportName::Appendix);
    let cell = &paper.groups[0].rows[0].cells[2];
    let lines: Vec<String> = cell.iter().map(report::paper::Block::text).collect();
    let rest = "audit · 16 April 2013 · held: Quality team's shared folder";
    let wanted = [
        format!("Evidence: Walk-round of six wards · {rest} · was valid until 27 May 2013"),
        format!("Evidence: Dip test · {rest} · valid until 28 May 2013"),
        "Evidence: Minutes".to_owned(),
    ];
    assert_eq!(lines[lines.len() - 3..], wanted, "after what the position says: {lines:?}");
}

#[test]
fn every_word_is_in_the_pdf() {
    for name in ReportName::ALL {
        for plan in [sample(), telling()] {
            let paper = paper(&plan, *name);
            let pages: Vec<String> = pages_of(&write(&paper)).iter().map(|page| without_spaces(page)).collect();
            for text in texts_of(&paper) {
                assert!(stands(&without_spaces(&text), &pages), "{name}: {text}");
            }
        }
    }
}

#[test]
fn each_page_says_whose_it_is_and_as_at_when() {
    let made = write(&paper(&sample(), ReportName::Appendix));
    let pages = pages_of(&made);
    assert_eq!(pages.len(), made.pages, "as many as it says");
    for (place, page) in pages.iter().enumerate() {
        let number = format!("Page {} of {}", place + 1, made.pages);
        for wanted in [
            "NHS Northmoor CCG",
            "Francis action plan",
            "Position as at 28 May 2013",
            number.as_str(),
            "Current position",
        ] {
            assert!(page.contains(wanted), "page {} says {wanted}:\n{page}", place + 1);
        }
    }
}

#[test]
fn a_row_that_breaks_over_pages_repeats_its_number() {
    let mut plan = telling();
    let long = "Each organisation should say what it will do about this and by when. ".repeat(120);
    let id = Id::NIL.derive(&["rec"]);
    intent::update::<Recommendation>(&plan, id, "x", |row| row.local_text = long).apply(&mut plan).expect("fits");
    let made = write(&paper(&plan, ReportName::Appendix));
    assert!(made.pages > 3, "{} pages", made.pages);
    for page in pages_of(&made) {
        assert!(page.contains("124") && page.contains("Duty to monitor"), "{page}");
    }
}

#[test]
fn the_pdf_is_tagged_for_screen_readers() {
    use pdf_extract::{Dictionary, Object};
    let made = write(&paper(&telling(), ReportName::Appendix));
    let document = pdf_extract::Document::load_mem(&made.bytes).expect("a PDF");
    let catalogue = document.catalog().expect("a catalogue");
    let text = |object: &Object| String::from_utf8_lossy(object.as_str().unwrap_or_default()).into_owned();
    assert_eq!(catalogue.get(b"Lang").map(text).unwrap_or_default(), "en-GB", "the language");
    let marked = catalogue.get(b"MarkInfo").and_then(Object::as_dict).expect("marked");
    assert!(marked.get(b"Marked").and_then(Object::as_bool).unwrap_or_default(), "as tagged");
    let dictionaries: Vec<&Dictionary> = document.objects.values().filter_map(|object| object.as_dict().ok()).collect();
    let of = |kind: &[u8]| {
        dictionaries.iter().filter(|d| d.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == kind)).count()
    };
    for kind in ["Table", "THead", "TR", "TH", "TD", "L", "LI", "H1", "H2", "P"] {
        assert!(of(kind.as_bytes()) > 0, "there are {kind} tags");
    }
    let raw = format!("{:?}", document.objects);
    assert!(raw.matches("Scope").count() >= of(b"TH"), "each header cell says what it heads");
    let metadata = String::from_utf8_lossy(&made.bytes).into_owned();
    for mark in
        ["<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<", "2013-05-28T09:30:00", "Francis action plan"]
    {
        assert!(metadata.contains(mark), "the metadata has {mark}");
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let paper = paper(&telling(), ReportName::ActionPlan);
    assert_eq!(write(&paper), write(&paper), "nothing hangs on the clock or on chance");
    let word = || docx::write(&paper, &options()).expect("a document");
    assert_eq!(word(), word(), "nor in Word");
}

#[test]
fn hostile_text_is_printed_as_it_stands() {
    let markup = "#set page(fill: red) *a* _b_ $x$ \\ `c` <l> @r = h // no #include \"x\" https://x.nhs.uk ~ -- ...";
    let text = pages_of(&write(&paper(&saying(markup), ReportName::Appendix))).join(" ").replace(['\n', ' '], "");
    let wanted = markup.replace(' ', "");
    assert!(text.matches(&wanted).count() >= 3, "{wanted} in {text}");
    let other =
        write(&paper(&saying("Москва Ελλάδα naïve ﬁ ½ 🎉 e\u{301} \u{0}\u{f0b7} \u{feff}end"), ReportName::Appendix));
    assert_eq!(other.replaced, ['🎉'], "only what no font has");
    let text = pages_of(&other).join(" ");
    for word in ["Москва", "Ελλάδα", "naïve", "end"] {
        assert!(text.contains(word), "{word} in {text}");
    }
}

#[test]
fn a_word_of_40000_characters_does_not_end_the_paper() {
    let word = "abcdefghij".repeat(4_000);
    let mut plan = telling();
    let id = Id::NIL.derive(&["rec"]);
    let change = |row: &mut Recommendation| (row.local_title, row.local_text) = (word.clone(), word.clone());
    intent::update::<Recommendation>(&plan, id, "x", change).apply(&mut plan).expect("fits");
    intent::update::<Action>(&plan, Id::NIL.derive(&["act"]), "x", |row| row.text = word.clone())
        .apply(&mut plan)
        .expect("fits");
    let timeline = pages_of(&write(&paper(&plan, ReportName::Timeline))).join("");
    let timeline: String = timeline.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect();
    assert!(timeline.matches("abc").count() > 3_900, "the whole text is in the timeline's table");
    let text = pages_of(&write(&paper(&plan, ReportName::Appendix))).join("");
    // where the word was broken for the page, what reads the PDF sees a break too
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect();
    assert!(text.matches("abc").count() > 7_900, "title and text are all there");
}

#[test]
fn an_empty_plan_gives_a_page_that_says_so() {
    for (name, said) in [(ReportName::Appendix, "no recommendations yet"), (ReportName::ActionPlan, "no actions yet")] {
        let paper = paper(&new_plan(), name);
        assert!(pages_of(&write(&paper))[0].contains(said), "{name} in PDF");
        assert!(word_text(&docx::write(&paper, &options()).expect("a document")).contains(said), "{name} in Word");
    }
}

#[test]
fn it_can_be_cancelled_and_looked_at() {
    let paper = paper(&telling(), ReportName::Appendix);
    let cancelled = pdf::write(&paper, &options(), &|part| if part > 0.5 { Err(Cancelled) } else { Ok(()) });
    assert!(matches!(cancelled, Err(ReportError::Cancelled(_))), "{cancelled:?}");
    let pages = pdf::pages(&paper, &options(), &|_| Ok(())).expect("laid out");
    let picture = pages.picture(0, 1.0).expect("a first page");
    assert_eq!((picture.width, picture.height), (842, 595), "A4 on its side");
    assert!(picture.rgba.chunks(4).any(|pixel| pixel[0] < 100), "with ink on it");
    assert!(pages.picture(pages.count(), 1.0).is_none(), "and no page after the last");
}

#[test]
fn compact_papers_are_shorter() {
    let paper = paper(&sample(), ReportName::Appendix);
    let compact = pdf::write(&paper, &Options { compact: true, ..options() }, &|_| Ok(())).expect("a PDF");
    assert!(compact.pages < write(&paper).pages, "{} pages", compact.pages);
}

/// The text of a Word file, whose parts docx-rs stores as they are.
fn word_text(bytes: &[u8]) -> String {
    let raw = String::from_utf8_lossy(bytes);
    let texts = raw.split("<w:t xml:space=\"preserve\">").skip(1).filter_map(|rest| rest.split("</w:t>").next());
    let text: Vec<&str> = texts.collect();
    text.join(" ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

#[test]
fn every_word_is_in_the_word_document() {
    for name in ReportName::ALL.iter().filter(|name| name.is_of_the_plan()) {
        let paper = paper(&sample(), *name);
        let bytes = docx::write(&paper, &options()).expect("a document");
        assert_eq!(missing(&words_of(&paper), &words(&word_text(&bytes))), Vec::<String>::new(), "{name}");
        docx_rs::read_docx(&bytes).expect("it reads back");
        let raw = String::from_utf8_lossy(&bytes);
        let tables = raw.matches("<w:tbl>").count();
        assert!(
            tables > 3 && raw.matches("<w:tblHeader />").count() == tables,
            "each of {tables} tables repeats its header"
        );
        for part in [
            "w:val=\"en-GB\"",
            "<dc:title>NHS Northmoor CCG – Francis action plan",
            "Heading1",
            "NUMPAGES",
            "w:orient=\"landscape\"",
        ] {
            assert!(raw.contains(part), "{part}");
        }
    }
    let odd = docx::write(
        &paper(&saying("a < b & \"c\" 'd' </w:t> <w:cantSplit /> \u{1} 🎉"), ReportName::Appendix),
        &options(),
    );
    let text = word_text(&odd.expect("a document"));
    assert!(text.contains("a < b & \"c\" 'd' </w:t> <w:cantSplit />  🎉"), "{text}");
}

#[test]
fn looks() {
    // RECAP_LOOK=FOLDER writes the sample's papers there, to be looked at
    let Ok(folder) = std::env::var("RECAP_LOOK") else { return };
    for name in ReportName::ALL {
        let paper = paper(&sample(), *name);
        let file = |ending: &str| std::path::Path::new(&folder).join(format!("{name}.{ending}"));
        report::save(&file("pdf"), &write(&paper).bytes).expect("saved");
        report::save(&file("docx"), &docx::write(&paper, &options()).expect("a document")).expect("saved");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn any_text_can_be_printed(text in proptest::collection::vec(any::<char>(), 0..200), marks in "[a-z\\u{300}-\\u{36f}\\u{5d0}-\\u{5ea}\\u{627}-\\u{64a}]{0,60}") {
        let text: String = text.into_iter().chain(marks.chars()).collect();
        for name in [ReportName::Appendix, ReportName::Timeline] {
            let paper = paper(&saying(&text), name);
            let made = pdf::write(&paper, &options(), &|_| Ok(()));
            prop_assert!(made.is_ok(), "{name}: {:?}", made.map(|pdf| pdf.pages));
            prop_assert!(docx::write(&paper, &options()).is_ok(), "{name}");
        }
    }
}

/// A paper of what a list shows: what is partly in place, by owner, in some columns.
fn as_listed(plan: &Plan) -> Paper {
    use recap::model::view::{Column, Filter, Group, Look, Sort, View};
    let view = View {
        filter: Filter { states: [Some(PositionState::Partly)].into(), ..Filter::default() },
        sort: vec![Sort { column: Column::Reference, descending: true }],
        group: Group::Owner,
        columns: vec![Column::Reference, Column::State, Column::Answer, Column::Due, Column::Owners, Column::Actions],
        ..View::default()
    };
    let look = Look { name: "Partly".into(), view, changed: None };
    let index = Index::of(plan);
    let list = look.list(plan, &index, day("2013-05-28"));
    let listed = report::Listed { look: &look, list: &list };
    report::Source::new(plan, &index).as_listed(listed).paper(ReportName::Appendix, &options())
}

#[test]
fn a_list_of_everything_is_the_appendix() {
    use recap::model::view::Look;
    for plan in [telling(), sample()] {
        let index = Index::of(&plan);
        let look = Look::default();
        let list = look.list(&plan, &index, day("2013-05-28"));
        let listed = report::Listed { look: &look, list: &list };
        let shown = report::Source::new(&plan, &index).as_listed(listed).paper(ReportName::Appendix, &options());
        let whole = paper(&plan, ReportName::Appendix);
        let rows = |paper: &Paper| paper.groups.iter().flat_map(|group| group.rows.clone()).collect::<Vec<_>>();
        assert_eq!(rows(&shown), rows(&whole), "row by row and cell by cell");
        assert_eq!(shown.columns, whole.columns);
        assert_eq!(shown.summary, [], "nothing is left out, so nothing is said");
    }
}

#[test]
fn what_a_list_shows_is_laid_out_whatever_its_columns() {
    use recap::model::view::{Column, Group, Look, View};
    let plan = sample();
    let index = Index::of(&plan);
    for columns in [vec![Column::Reference], Column::ALL.to_vec(), vec![Column::Reference, Column::Due]] {
        let look = Look { view: View { columns, group: Group::None, ..View::default() }, ..Look::default() };
        let list = look.list(&plan, &index, day("2013-05-28"));
        let listed = report::Listed { look: &look, list: &list };
        let paper = report::Source::new(&plan, &index).as_listed(listed).paper(ReportName::Appendix, &options());
        assert!(!paper.columns.is_empty(), "a paper has a column at least");
        let shares: u16 = paper.columns.iter().map(|column| column.share).sum();
        assert!((88..=100).contains(&shares), "{shares} hundredths");
        assert!(paper.groups.iter().flat_map(|group| &group.rows).all(|row| row.cells.len() == paper.columns.len()));
        pdf::write(&paper, &options(), &|_| Ok(())).expect("laid out");
    }
}
