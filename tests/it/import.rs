//! Tests of importing documents: the three real ones where they are at hand, made-up ones for each trap.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "what a test needs and has not ends it, with words"
)]

use proptest::prelude::*;
use recap::import::{self, Answer, ImportError, Options, Proposal, Role, Status, TableKind, Wording};
use recap::model::catalogue::Catalogue;
use recap::model::due::{Due, Every};
use recap::model::text::{fold, tidy};
use recap::model::{
    Action, ActionState, Choice, ChoiceKind, Entity, Id, Plan, Position, Recommendation, Responsibility, intent,
};
use std::path::PathBuf;

pub(crate) const S0: &str = "000_591d45c0c3b4f0cd.txt";
pub(crate) const S1: &str = "001_b5b686d37bfa995f.txt";
pub(crate) const S4: &str = "004_0dcf8a2201acf66b.txt";

fn plan() -> Plan {
    let mut plan = Plan::default();
    let id = Id::NIL.derive(&["plan"]);
    intent::create_plan(id, "NHS Northmoor CCG", "Francis action plan", None).apply(&mut plan).expect("fits");
    plan
}

fn propose(plan: &Plan, name: &str, bytes: &[u8]) -> Proposal {
    let catalogue = Catalogue::francis().expect("as shipped");
    let document = import::read(name, bytes).expect("reads");
    import::propose(plan, &document, &Options::new(&catalogue)).expect("understood")
}

/// Imports into a plan; checks that undo takes it back and that the same again changes nothing.
pub(crate) fn import_into(plan: &mut Plan, name: &str, bytes: &[u8]) -> Proposal {
    let before = plan.clone();
    let proposal = propose(plan, name, bytes);
    let edit = proposal.edit(plan);
    edit.apply(plan).expect("fits");
    let mut undone = plan.clone();
    edit.inverse("Undo").apply(&mut undone).expect("fits");
    assert_eq!(undone, before, "{name}: one undo takes all of it back");
    let again = propose(plan, name, bytes);
    assert!(again.edit(plan).is_empty(), "{name}: again changes {:?}", again.edit(plan).changes.first());
    assert_eq!(again.open_choices(), proposal.open_choices(), "{name}: what is open stays open");
    proposal
}

fn fixture(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn imported(name: &str) -> (Plan, Proposal) {
    let mut plan = plan();
    let proposal = import_into(&mut plan, name, &fixture(name));
    (plan, proposal)
}

/// One of the three real documents; they are not part of the project.
pub(crate) fn seed(name: &str) -> Option<Vec<u8>> {
    seed_path(name).and_then(|path| std::fs::read(path).ok())
}

/// Where a real document is, where it is at hand.
pub(crate) fn seed_path(name: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let places = [std::env::var_os("RECAP_SEEDS").map(PathBuf::from), Some(root.join("../shared/seeds"))];
    let found = places.into_iter().flatten().map(|place| place.join(name)).find(|path| path.is_file());
    if found.is_none() {
        eprintln!("SKIPPED: the real document {name} is not at hand (../shared/seeds, or RECAP_SEEDS)");
    }
    found
}

fn row<'p>(plan: &'p Plan, reference: &str) -> &'p Recommendation {
    plan.recommendation("francis-2013", reference).unwrap_or_else(|| panic!("recommendation {reference}"))
}

fn position(plan: &Plan, reference: &str) -> String {
    let texts: Vec<String> = plan.positions_of(row(plan, reference).id).iter().map(|row| row.text.clone()).collect();
    texts.join(" || ")
}

fn actions(plan: &Plan, reference: &str) -> Vec<String> {
    plan.actions_of(row(plan, reference).id).iter().map(|action| action.text.clone()).collect()
}

fn choices(plan: &Plan, kind: ChoiceKind) -> Vec<&Choice> {
    plan.open_choices().into_iter().filter(|choice| choice.kind == kind).collect()
}

fn notes(proposal: &Proposal) -> String {
    proposal.notes.iter().map(|note| format!("{}: {}\n", note.line, note.text)).collect()
}

// ---- the three real documents ----

#[test]
fn tower_hamlets_plan_comes_in_whole() {
    let Some(bytes) = seed(S0) else { return };
    let mut plan = plan();
    let proposal = import_into(&mut plan, S0, &bytes);
    assert_eq!(proposal.rows.len(), 17, "rows");
    assert_eq!(plan.info().as_at, None, "it states no date");
    let status = |word: &str| plan.recommendations.values().filter(|row| row.response_status == word).count();
    assert_eq!(["Accepted", "Accepted in principle", "Agree in part"].map(status), [13, 3, 1], "answers");
    let without = plan.recommendations.values().filter(|row| plan.actions_of(row.id).is_empty()).count();
    assert_eq!((without, plan.actions.len()), (11, 10), "rows without an action, and actions");
    assert!(position(&plan, "126").is_empty(), "126 has no position");
    assert_eq!(actions(&plan, "126").len(), 2, "a page break between two actions");
    let tentative: Vec<&Action> = plan.actions.values().filter(|action| action.tentative).collect();
    assert!(tentative.len() == 1 && tentative[0].text.starts_with("?Need"), "the mark stays: {tentative:?}");
    let themes: Vec<&str> = plan.themes_in_order().iter().map(|theme| theme.title.as_str()).collect();
    assert_eq!(themes.len(), 4, "{themes:?}");
    assert_eq!(position(&plan, "124").lines().count(), 5, "the third of five was cut, and is healed");
    assert!(row(&plan, "124").shown_text().contains("it should agree a method"), "healed");
    let pointers: Vec<_> = plan.cross_references.values().collect();
    assert_eq!((pointers.len(), pointers[0].words.as_str()), (1, "See above"), "{pointers:?}");
    assert_eq!(pointers[0].target, Some(row(&plan, "135").id), "the row before");
    assert_eq!(choices(&plan, ChoiceKind::UndatedPosition).len(), 16, "every position waits for a date");
    assert!(!row(&plan, "127").local_title.is_empty() && row(&plan, "127").title == "Resources for scrutiny", "beside");
    assert_eq!(row(&plan, "135").local_text, "", "the published words, however bulleted");
}

#[test]
fn coventrys_one_column_is_the_position_throughout() {
    let Some(bytes) = seed(S1) else { return };
    let mut plan = plan();
    let proposal = import_into(&mut plan, S1, &bytes);
    assert_eq!((proposal.rows.len(), plan.positions.len()), (36, 36), "rows");
    assert_eq!((plan.themes.len(), plan.actions.len()), (10, 0), "themes; and no action unasked");
    let candidates: Vec<&str> = proposal.candidates.iter().map(|c| c.heading.as_str()).collect();
    assert_eq!(candidates.len(), 7, "{candidates:?}");
    for reference in ["3", "7", "12", "132", "134", "139", "173"] {
        assert!(candidates.contains(&format!("recommendation {reference}").as_str()), "{reference}: {candidates:?}");
    }
    assert!(notes(&proposal).contains("\"CCG Actions\" at lines 21 and 23"), "{}", notes(&proposal));
    for reference in ["4", "26", "123", "125", "128", "137", "139", "173"] {
        assert_eq!(position(&plan, reference).lines().count(), 1, "{reference}: cut in a sentence, and healed");
    }
    let last = position(&plan, "131").lines().last().map(str::to_owned).unwrap_or_default();
    assert!(last.starts_with("• "), "a bullet of its own on the next page: {last}");
    assert_eq!(row(&plan, "173").shown_title(), "Principles of openness, transparency and candour", "healed title");
    assert_eq!(row(&plan, "123").shown_title(), "Responsibility for monitoring delivery of standards and quality");
}

#[test]
fn wiltshires_paper_comes_in_with_its_sheet_and_its_action_plan() {
    let Some(bytes) = seed(S4) else { return };
    let mut plan = plan();
    let proposal = import_into(&mut plan, S4, &bytes);
    assert_eq!((proposal.rows.len(), plan.positions.len()), (22, 22), "appendix 1");
    assert_eq!(plan.info().as_at.map(|date| date.to_string()).as_deref(), Some("2013-05-28"), "the meeting's date");
    assert!(plan.positions.values().all(|row| row.as_at == plan.info().as_at), "positions are of that date");
    assert_eq!((plan.responsibilities.len(), plan.actions.len(), plan.timescales.len()), (7, 19, 12), "appendix 2");
    let words = |word: &str| plan.timescales.values().filter(|row| row.words == word).count();
    assert_eq!(["June 2013", "July 2013", "August 2013", "October 2013", "ongoing"].map(words), [2, 6, 2, 1, 1]);
    assert_eq!(choices(&plan, ChoiceKind::Pairing).len(), 3, "never paired by guess");
    assert!(plan.timescales.values().all(|row| row.action.is_none()), "never");
    assert!(plan.actions.values().all(|action| action.text != "providers."), "the end of one is healed to it");
    assert_eq!(choices(&plan, ChoiceKind::CandidateAction).len(), 9, "bullets of the narrative");
    assert!(row(&plan, "131").shown_text().starts_with("Commissioners need, wherever possible"), "the catalogue's");
    assert!(row(&plan, "132").shown_text().starts_with("Commissioners must have the capacity"), "the catalogue's");
    let target = |words: &str| {
        let found = plan.cross_references.values().find(|row| row.words == words);
        found.and_then(|row| row.target).and_then(|id| plan.recommendations.get(&id)).map(|row| row.reference.clone())
    };
    assert_eq!(target("As stated in section 127 above").as_deref(), Some("127"), "by its number");
    assert_eq!(target("As stated above").as_deref(), Some("124"), "the row before");
    assert_eq!(target("As above"), None, "what it means cannot be known");
    assert!(choices(&plan, ChoiceKind::CrossReference).is_empty(), "and the catalogue settles it");
    assert!(row(&plan, "127").local_text.contains("NHS England and local commissioners"), "local wording beside");
    let keys: Vec<&str> = plan.paper_in_order().iter().map(|field| field.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "heading",
            "date_of_meeting",
            "purpose",
            "agenda_item",
            "author",
            "lead_director",
            "executive_summary",
            "evidence",
            "contributors",
            "strategic_objectives",
            "engagement",
            "communications",
            "financial",
            "review",
            "risk",
            "policy",
            "equality",
            "external_assessment",
            "subject",
            "ask",
            "decision"
        ],
        "every field of the sheet"
    );
    let contributors = plan.paper.values().find(|field| field.key == "contributors").expect("there");
    assert_eq!(contributors.text.lines().count(), 3, "the row went on: {}", contributors.text);
}

/// The words of a text in order: letters and digits, nothing else.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A cell of a seed without its markup.
fn plain(cell: &str) -> String {
    let mut out = String::new();
    let mut tag = false;
    for c in cell.chars() {
        match c {
            '<' => tag = true,
            '>' if tag => {
                tag = false;
                out.push(' ');
            }
            _ if !tag => out.push(c),
            _ => {}
        }
    }
    out.replace("&amp;", "&")
}

/// The cells of a seed's rows by recommendation, put together column by column with no judgement.
fn seed_columns(text: &str, separator: char, from: usize, until: usize, header: &[&str]) -> Vec<(String, Vec<String>)> {
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    for line in text.lines().skip(from - 1).take(until + 1 - from).filter(|line| line.contains(separator)) {
        let line = if separator == '|' { line.trim().trim_matches('|') } else { line };
        let cells: Vec<String> = line.split(separator).map(plain).collect();
        let filled = cells.iter().filter(|cell| !words(cell).is_empty()).count();
        let is_header = cells.iter().any(|cell| header.contains(&cell.trim()));
        let number: String = cells[0].trim().chars().take_while(char::is_ascii_digit).collect();
        let theme = filled == 1 && number.is_empty() && !words(&cells[0]).is_empty() && words(&cells[0]).len() < 6;
        if filled == 0 || is_header || theme {
            continue;
        }
        if !number.is_empty() {
            rows.push((number, vec![String::new(); cells.len()]));
        }
        let Some((_, columns)) = rows.last_mut() else { continue };
        for (column, cell) in columns.iter_mut().zip(&cells) {
            column.push(' ');
            column.push_str(cell);
        }
    }
    rows
}

#[test]
fn no_word_of_the_real_tables_is_lost_glued_or_moved() {
    let tables = [
        (S0, '\t', 5, 100, vec!["Government Response"]),
        (S1, '\t', 1, 100, vec!["CCG Response", "CCG Actions"]),
        (S4, '|', 133, 182, vec![]),
    ];
    for (name, separator, from, until, header) in tables {
        let Some(bytes) = seed(name) else { return };
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        let mut plan = plan();
        import_into(&mut plan, name, &bytes);
        for (reference, columns) in seed_columns(&text, separator, from, until, &header) {
            let row = row(&plan, &reference);
            let shown = |wanted: &str, found: &str, what: &str| {
                assert_eq!(words(wanted).join(" "), words(found).join(" "), "{name} {reference}: {what}");
            };
            let wording = format!("{} {} {}", row.reference, row.shown_title(), row.shown_text());
            if name == S0 {
                shown(&columns[0], &wording, "number, title and text");
                let response = format!("DoH response {} {}", row.response_status, row.response);
                shown(&columns[1], &response, "government response");
                shown(&columns[2], &position(&plan, &reference), "position");
                shown(&columns[3], &actions(&plan, &reference).join(" "), "actions");
            } else {
                if !words(&columns[1]).is_empty() {
                    shown(&columns[1], row.shown_title(), "title");
                }
                if words(&columns[2]).len() > 2 {
                    shown(&columns[2], row.shown_text(), "text");
                }
                shown(&columns[3], &position(&plan, &reference), "position");
            }
        }
    }
}

#[test]
fn no_word_of_wiltshires_action_plan_is_lost() {
    let Some(bytes) = seed(S4) else { return };
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    let mut plan = plan();
    import_into(&mut plan, S4, &bytes);
    let mut wanted = Vec::new();
    for line in text.lines().skip(191).filter(|line| line.starts_with('|') && !line.contains("--")) {
        wanted.extend(words(&plain(line)));
    }
    let mut found = Vec::new();
    for row in plan.responsibilities_in_order() {
        found.extend(words(&row.text));
        plan.actions_under(Some(row.id)).iter().for_each(|action| found.extend(words(&action.text)));
        plan.timescales_of(row.id).iter().for_each(|timescale| found.extend(words(&timescale.words)));
    }
    wanted.sort();
    found.sort();
    assert_eq!(wanted, found, "the same words, as often");
}

#[test]
fn three_documents_go_into_one_plan_and_again_change_nothing() {
    let seeds: Option<Vec<(&str, Vec<u8>)>> = [S0, S1, S4].into_iter().map(|name| Some((name, seed(name)?))).collect();
    let Some(seeds) = seeds else { return };
    let mut plan = plan();
    for (name, bytes) in &seeds {
        import_into(&mut plan, name, bytes);
    }
    assert_eq!(plan.recommendations.len(), 37, "distinct numbers");
    assert_eq!(plan.positions_of(row(&plan, "133").id).len(), 2, "Tower Hamlets' undated, Wiltshire's dated");
    let first = plan.positions_of(row(&plan, "133").id)[0].id;
    let kept = choices(&plan, ChoiceKind::Differs).into_iter().filter(|choice| choice.subject == Some(first)).count();
    assert_eq!(kept, 1, "Coventry's, undated too, replaces nothing and is kept as a choice");
    for (name, bytes) in &seeds {
        assert!(propose(&plan, name, bytes).edit(&plan).is_empty(), "{name} again, after the others");
    }
}

#[test]
fn a_plan_made_of_the_catalogue_takes_a_document_in() {
    let Some(bytes) = seed(S4) else { return };
    let catalogue = Catalogue::francis().expect("as shipped");
    let mut plan = plan();
    let mut edit = recap::model::EditBuilder::new(&plan, "Add");
    catalogue.add_to(&mut edit, plan.id(), &catalogue.select("all").expect("all"));
    edit.finish().apply(&mut plan).expect("fits");
    let proposal = import_into(&mut plan, S4, &bytes);
    assert!(proposal.rows.iter().all(|row| row.exists && row.status == Status::Added), "filled, none replaced");
    assert!(row(&plan, "127").local_text.contains("NHS England"), "local wording goes beside the published");
    assert!(row(&plan, "127").text.contains("NHS Commissioning Board"), "which stays");
    assert_eq!(plan.recommendations.len(), 37, "no row twice");
}

#[test]
fn the_real_tables_read_the_same_as_csv_and_web_pages() {
    for name in [S0, S1] {
        let Some(bytes) = seed(name) else { return };
        let text = String::from_utf8(bytes).expect("UTF-8");
        let mut wanted = plan();
        import_into(&mut wanted, name, text.as_bytes());
        let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
        let csv = |line: &str| line.split('\t').map(quoted).collect::<Vec<_>>().join(",");
        let as_csv: Vec<String> =
            text.lines().map(|line| if line.contains('\t') { csv(line) } else { String::new() }).collect();
        let mut as_html = String::from("<html><body>\n");
        for piece in text.split("\n\n").filter(|piece| piece.contains('\t')) {
            let row = |line: &str| format!("<tr><td>{}</td></tr>\n", line.replace('\t', "</td><td>"));
            as_html.push_str(&format!("<table>{}</table>\n", piece.lines().map(row).collect::<String>()));
        }
        for (other, bytes) in [("a.csv", as_csv.join("\r\n")), ("a.html", as_html)] {
            let mut plan = plan();
            import_into(&mut plan, other, bytes.as_bytes());
            assert_eq!(plan.recommendations, wanted.recommendations, "{name} as {other}");
            assert_eq!(plan.positions, wanted.positions, "{name} as {other}");
            assert_eq!(plan.actions, wanted.actions, "{name} as {other}");
        }
    }
}

// ---- made-up documents ----

#[test]
fn tabs_with_page_breaks_themes_and_odd_numbers() {
    let (plan, proposal) = imported("northmoor.txt");
    let references: Vec<&str> = proposal.rows.iter().map(|row| row.row.reference.as_str()).collect();
    assert_eq!(references, ["109", "120", "124", "900"], "\"Rec 120\" and \"R 124.\" are numbers");
    let text = "• A web form opened in April\n• Leaflets stand in every surgery and in the libraries of Moorside";
    assert_eq!(position(&plan, "109"), text, "the page break is healed, its stray mark is no bullet");
    assert_eq!(
        position(&plan, "120"),
        "The extract comes <18 weeks late & without themes",
        "words that look like tags"
    );
    assert_eq!(actions(&plan, "109").len(), 2, "two actions, cut between them");
    let healed = ["Agree an extract with the trust", "Review themes with the Northmoor panel every quarter"];
    assert_eq!(actions(&plan, "120"), healed, "one action, cut inside");
    assert!(plan.positions.values().all(|row| row.as_at.is_some()), "the title states the date");
    let themes: Vec<&str> = plan.themes_in_order().iter().map(|theme| theme.title.as_str()).collect();
    assert_eq!(themes, ["Complaints", "Commissioning"], "themes");
    assert_eq!(row(&plan, "120").response_status, "Agree in part", "the status is split off");
    assert_eq!(row(&plan, "120").response, "but the burden has to be weighed.", "from the words");
    assert!(actions(&plan, "124").is_empty() && notes(&proposal).contains("stands \"None\""), "{}", notes(&proposal));
    assert_eq!(
        row(&plan, "900").text,
        "The group should keep a list of lists. It should be short.",
        "not the catalogue's"
    );
    assert_eq!(choices(&plan, ChoiceKind::CrossReference).len(), 1, "what is above the first of a theme is not known");
    assert_eq!(proposal.cleaned.private_use, 3, "marks of a symbol font are counted");
}

#[test]
fn a_markdown_paper_with_its_header_out_of_step() {
    let (mut plan, proposal) = imported("northmoor.md");
    let kinds: Vec<TableKind> = proposal.tables.iter().map(|table| table.kind).collect();
    assert_eq!(kinds, [TableKind::Sheet, TableKind::Recommendations, TableKind::ActionPlan], "three tables");
    let roles: Vec<Role> = proposal.tables[1].columns.iter().map(|(_, role)| *role).collect();
    assert_eq!(roles, [Role::Reference, Role::Title, Role::Text, Role::Position], "by what is in them");
    assert!(position(&plan, "127").ends_with("It is advertised in the Northmoor Herald"), "healed");
    assert!(
        row(&plan, "127").local_text.contains("services of moors, based on"),
        "own words stay: {}",
        row(&plan, "127").local_text
    );
    assert_eq!(proposal.rows[1].wording, Wording::Missing, "\"As above\" is no text");
    assert_eq!(row(&plan, "139").local_title, "Patients first", "its own title");
    assert_eq!(plan.info().as_at.map(|date| date.to_string()).as_deref(), Some("2013-09-24"), "the meeting's");
    let carbon = plan.paper.values().find(|field| field.key == "carbon_impact").expect("an unknown label is kept");
    assert_eq!(carbon.text, "None", "none is an answer");
    let contributors = plan.paper.values().find(|field| field.key == "contributors").expect("there");
    assert_eq!(contributors.text, "Contracts team\nPatients' panel", "the row went on");
    assert_eq!(plan.actions.len(), 5, "of two responsibilities: {:?}", plan.actions);
    assert!(plan.actions.values().any(|action| action.text == "Visit the wards."), "healed");
    let know = plan.responsibilities.values().find(|row| row.text.starts_with("Know")).expect("there").id;
    assert_eq!(plan.timescales_of(know).len(), 3, "each timescale is a row");
    let candidates: Vec<String> = choices(&plan, ChoiceKind::CandidateAction).iter().map(|c| c.text.clone()).collect();
    assert_eq!(candidates.len(), 3, "two bullets and a sentence: {candidates:?}");
    assert_eq!(choices(&plan, ChoiceKind::Interval).len(), 1, "bi monthly, as due words only");
    answer_everything(&mut plan);
    let again = propose(&plan, "northmoor.md", &fixture("northmoor.md"));
    assert!(again.edit(&plan).is_empty() && again.open_choices() == 0, "what was answered is not asked again");
}

/// Answers each open choice of the Markdown paper's plan.
fn answer_everything(plan: &mut Plan) {
    let know = plan.responsibilities.values().find(|row| row.text.starts_with("Know")).expect("there").id;
    let pair = (plan.timescales_of(know)[1].id, plan.actions_under(Some(know))[1].id);
    let every_two_months = Due::Recurring { every: Some(Every::TwoMonths), start: None };
    let open: Vec<Choice> = plan.open_choices().into_iter().cloned().collect();
    for choice in open {
        let answer = match choice.kind {
            ChoiceKind::CandidateAction if choice.text.starts_with("The panel") => Answer::Dismiss,
            ChoiceKind::CandidateAction => Answer::Take,
            ChoiceKind::Interval => Answer::Reading(every_two_months),
            ChoiceKind::Pairing => Answer::Pair(vec![pair]),
            other => panic!("no such question in this document: {other}"),
        };
        import::resolve(plan, choice.id, &answer).apply(plan).expect("fits");
    }
    assert_eq!(plan.timescales[&pair.0].action, Some(pair.1), "paired as said");
    assert!(plan.timescales.values().any(|row| row.reading == every_two_months.code()), "read as said");
    let third = plan.actions_of(row(plan, "127").id);
    assert_eq!(third[0].text, "We should fill the third post by March.", "linked to its recommendation");
    assert!(plan.actions.values().any(|action| action.tentative && action.text == "?Name a lead for listening"));
    assert_eq!(plan.actions.len(), 7, "a dismissed one is no action");
}

#[test]
fn a_web_page_with_spans_owners_and_columns_in_another_order() {
    let (plan, proposal) = imported("northmoor.html");
    let due = |text: &str| {
        let action = plan.actions.values().find(|action| action.text == text).unwrap_or_else(|| panic!("{text}"));
        (action.owner.clone(), action.due_words.clone(), action.state)
    };
    let expected = ("Chief Nurse".to_owned(), "31/10/2013".to_owned(), ActionState::InProgress);
    assert_eq!(due("Agree the early warning list"), expected, "from its own row");
    assert_eq!(due("Put it into contracts").0, "Head of Contracts", "of the same number");
    assert_eq!(actions(&plan, "137").len(), 2, "two rows of one number");
    assert_eq!(actions(&plan, "140"), actions(&plan, "138"), "one row for two numbers");
    assert_eq!(due("Visit the wards").1, "", "two dates for two actions are not paired by guess");
    let pairing = choices(&plan, ChoiceKind::Pairing);
    assert_eq!(pairing.len(), 1, "but asked about");
    let ids: Vec<Id> = plan.actions_of(row(&plan, "138").id).iter().map(|action| action.id).collect();
    let answer = Answer::Dues(vec![(ids[0], "December 2013".into()), (ids[1], "March 2014".into())]);
    let mut answered = plan.clone();
    import::resolve(&plan, pairing[0].id, &answer).apply(&mut answered).expect("fits");
    assert_eq!(answered.actions[&ids[1]].due_words, "March 2014", "as said");
    assert_eq!(due("Read the letters").2, ActionState::Complete, "a page later");
    let said = notes(&proposal);
    assert!(said.contains("11: Not taken, from column \"Cost code\": K9") || said.contains("K9"), "{said}");
    assert!(said.contains("Amber"), "a colour is no state: {said}");
    assert_eq!(plan.themes.values().map(|theme| theme.title.as_str()).collect::<Vec<_>>(), ["Safety"], "a spanned row");
}

#[test]
fn a_windows_file_with_semicolons_and_ragged_rows() {
    let (plan, proposal) = imported("northmoor.csv");
    assert_eq!(proposal.encoding, "windows-1252", "no UTF-8");
    assert_eq!(position(&plan, "125"), "The trust’s report came – late\nand was read", "quotes and dashes as written");
    assert_eq!(actions(&plan, "125"), ["Ask the trust for a plan", "Read it"], "each line an action");
    assert!(plan.actions.values().all(|action| !action.due_words.is_empty()), "one due for all of a row");
    assert_eq!(position(&plan, "126"), "Nothing yet", "a short row");
    assert_eq!(actions(&plan, "144"), ["Share the dashboard"], "one action for two numbers");
    assert_eq!(plan.actions.len(), 3, "one row, not two");
    assert!(notes(&proposal).contains("spare words"), "a cell beyond the header is not dropped in silence");
    assert_eq!(choices(&plan, ChoiceKind::Interval).len(), 1, "bi-weekly");
}

#[test]
fn an_edited_plan_is_never_replaced_in_silence() {
    let (mut plan, _) = imported("northmoor.md");
    let bytes = fixture("northmoor.md");
    let action = plan.actions.values().find(|action| action.text == "Ask carers").expect("there").id;
    let words = row(&plan, "127").id;
    let position = plan.positions_of(words)[0].id;
    let responsibility = plan.responsibilities.values().find(|row| row.text == "Act early").expect("there").id;
    for edit in [
        intent::update::<Action>(&plan, action, "Edit", |row| row.text = "Ask carers in person".into()),
        intent::update::<Position>(&plan, position, "Edit", |row| row.text = "All posts are filled.".into()),
        intent::update::<Responsibility>(&plan, responsibility, "Edit", |row| row.text = "Act at once".into()),
        intent::update::<Recommendation>(&plan, words, "Edit", |row| row.local_text = "Our words".into()),
    ] {
        edit.apply(&mut plan).expect("fits");
    }
    let before = plan.clone();
    let proposal = import_into(&mut plan, "northmoor.md", &bytes);
    let differing = choices(&plan, ChoiceKind::Differs);
    assert_eq!(differing.len(), 4, "each is listed: {differing:?}");
    assert_eq!(proposal.summary().positions.differs, 1, "and shown in the preview");
    let kinds = [Entity::Action, Entity::Position, Entity::Responsibility, Entity::Recommendation, Entity::Timescale];
    for kind in kinds {
        assert_eq!(plan.ids(kind), before.ids(kind), "no second {kind}");
    }
    assert_eq!((&plan.actions, &plan.positions), (&before.actions, &before.positions), "none was replaced");
    let ids: Vec<Id> = differing.iter().map(|choice| choice.id).collect();
    let mut taken = plan.clone();
    for id in &ids {
        import::resolve(&taken.clone(), *id, &Answer::Take).apply(&mut taken).expect("fits");
    }
    assert_eq!(taken.actions[&action].text, "Ask carers", "taken when asked");
    assert!(taken.recommendations[&words].local_text.starts_with("The NHS"), "the document's words");
    import::resolve(&plan.clone(), ids[0], &Answer::Dismiss).apply(&mut plan).expect("fits");
    let again = propose(&plan, "northmoor.md", &bytes);
    assert!(again.edit(&plan).is_empty(), "a dismissed difference is not asked again");
    assert_eq!(again.fields().filter(|field| field.is_open()).count() + 1, 3, "but for the others");
}

#[test]
fn what_is_not_taken_stays_out_and_what_is_chosen_goes_in() {
    let bytes = fixture("northmoor.md");
    let mut plan = plan();
    let mut proposal = propose(&plan, "northmoor.md", &bytes);
    proposal.rows[0].take = false;
    proposal.responsibilities[0].take = false;
    proposal.candidates.iter_mut().for_each(|candidate| candidate.answer = Some(Answer::Take));
    let edit = proposal.edit(&plan);
    edit.apply(&mut plan).expect("fits");
    assert!(plan.recommendation("francis-2013", "127").is_none(), "left out");
    assert_eq!(plan.responsibilities.len(), 1, "left out with its actions and timescales");
    assert!(plan.actions.values().any(|action| action.text == "?Name a lead for listening"), "chosen in the preview");
    assert!(choices(&plan, ChoiceKind::Pairing).is_empty(), "no question about what was left out");
    assert!(plan.cross_references.values().all(|row| row.target.is_none_or(|id| plan.has(Entity::Recommendation, id))));
}

#[test]
fn a_date_that_comes_later_answers_the_open_question() {
    let text = "No\tStandard\tCurrent position\n126\tMemory\tA register is kept\n";
    let mut plan = plan();
    import_into(&mut plan, "a.txt", text.as_bytes());
    assert_eq!(choices(&plan, ChoiceKind::UndatedPosition).len(), 1, "asked");
    let date = chrono::NaiveDate::from_ymd_opt(2013, 7, 23);
    let catalogue = Catalogue::francis().expect("as shipped");
    let document = import::read("a.txt", text.as_bytes()).expect("reads");
    let options = Options::new(&catalogue).as_at(date);
    import::propose(&plan, &document, &options).expect("understood").edit(&plan).apply(&mut plan).expect("fits");
    assert_eq!(plan.positions.len(), 1, "the same position");
    assert!(plan.positions.values().all(|row| row.as_at == date), "now dated");
    assert_eq!(plan.info().as_at, None, "the plan's date is the document's to set");
    let later =
        document_at(&catalogue, &plan, "Date of meeting: 24 September 2013\n\nNo\tPosition\n126\tIt is shared\n");
    later.edit(&plan).apply(&mut plan).expect("fits");
    assert_eq!(position(&plan, "126"), "A register is kept || It is shared", "then and now");
}

fn document_at(catalogue: &Catalogue, plan: &Plan, text: &str) -> Proposal {
    let document = import::read("b.txt", text.as_bytes()).expect("reads");
    import::propose(plan, &document, &Options::new(catalogue)).expect("understood")
}

#[test]
fn all_undated_positions_can_be_dated_at_once() {
    let mut plan = plan();
    import_into(&mut plan, "a.txt", b"No\tPosition\n126\tA register\n127\tTwo posts\n");
    let date = chrono::NaiveDate::from_ymd_opt(2013, 7, 23).expect("a date");
    import::date_positions(&plan, date).apply(&mut plan).expect("fits");
    assert!(plan.positions.values().all(|row| row.as_at == Some(date)) && plan.open_choices().is_empty());
}

#[test]
fn an_import_without_a_plan_in_it_says_what_was_looked_for() {
    let catalogue = Catalogue::francis().expect("as shipped");
    let refused = |name: &str, bytes: &[u8]| match import::read(name, bytes) {
        Err(error) => error.to_string(),
        Ok(document) => match import::propose(&plan(), &document, &Options::new(&catalogue)) {
            Err(error) => {
                assert!(matches!(error, ImportError::NothingFound { .. }), "{error}");
                error.to_string()
            }
            Ok(proposal) => panic!("{name}: {}", proposal.summary()),
        },
    };
    assert!(refused("a.txt", b"Only a letter.\n").contains("Looked for: a table"), "prose");
    assert!(refused("a.csv", b"Fruit,Price\nApple,dear\n").contains("Fruit | Price"), "another table");
    assert!(refused("a.txt", b"").contains("empty"), "nothing");
    assert!(refused("a.pdf", b"%PDF").contains(".pdf"), "an ending that is not read");
    assert!(refused("a.txt", b"PK\x03\x04").contains("Word"), "a renamed docx");
}

#[test]
fn the_same_table_reads_the_same_in_every_format_and_encoding() {
    let rows = [
        ["No", "Standard", "Current position"],
        ["126", "Own memory", "Trust’s register"],
        ["127", "Scrutiny", "• One\n• Two"],
    ];
    let cell = |text: &str, breaks: &str| text.replace('\n', breaks);
    let table = |separator: &str, breaks: &str| -> String {
        rows.map(|row| row.map(|text| cell(text, breaks)).join(separator) + "\n").concat()
    };
    let html = rows
        .map(|row| format!("<tr>{}</tr>", row.map(|text| format!("<td>{}</td>", cell(text, "<br>"))).concat()))
        .concat();
    let csv = rows.map(|row| row.map(|text| format!("\"{text}\"")).join(",") + "\r\n").concat();
    let tabs = table("\t", "<br>");
    let utf16: Vec<u8> = [0xfeff].into_iter().chain(tabs.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(&tabs);
    let markdown = format!("| {}", table(" | ", "<br>").replace('\n', " |\n| ")).replacen('\n', "\n|--|--|--|\n", 1);
    let documents: Vec<(&str, Vec<u8>)> = vec![
        ("a.txt", tabs.clone().into_bytes()),
        ("a.txt", tabs.replace('\n', "\r").into_bytes()),
        ("a.txt", utf16),
        ("a.txt", windows.into_owned()),
        ("a.md", markdown.trim_end_matches(['|', ' ']).to_owned().into_bytes()),
        ("a.html", format!("<html><table>{html}</table></html>").into_bytes()),
        ("a.csv", csv.into_bytes()),
        ("a.tsv", table("\t", " • ").into_bytes()),
    ];
    for (name, bytes) in documents {
        let mut plan = plan();
        import_into(&mut plan, name, &bytes);
        assert_eq!(position(&plan, "126"), "Trust’s register", "{name}");
        assert_eq!(tidy(&position(&plan, "127")).lines().count(), 2, "{name}: {}", position(&plan, "127"));
        assert_eq!(row(&plan, "126").local_title, "Own memory", "{name}");
    }
}

#[test]
fn the_label_says_what_came_in() {
    let plan = plan();
    let label = propose(&plan, "northmoor.md", &fixture("northmoor.md")).edit(&plan).label;
    assert_eq!(label, "Import northmoor.md: 3 recommendations, 2 responsibilities, 5 actions");
}

#[test]
fn the_preview_in_words() {
    let plan = plan();
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        for name in ["northmoor.txt", "northmoor.md", "northmoor.html", "northmoor.csv"] {
            let summary = propose(&plan, name, &fixture(name)).summary();
            insta::assert_snapshot!(format!("import_{}", name.replace('.', "_")), summary.to_string());
            let json = serde_json::to_value(&summary).expect("JSON");
            assert_eq!(json["recommendations"]["found"], summary.recommendations.found, "{name}: the same in JSON");
        }
    });
}

#[test]
fn tables_with_a_heading_each_are_themes() {
    let text = "# Plan\n\n## Complaints\n\n| No | Position |\n|--|--|\n| 109 | A form |\n\n## Commissioning\n\n| No | Position |\n|--|--|\n| 124 | A schedule |\n";
    let mut plan = plan();
    import_into(&mut plan, "a.md", text.as_bytes());
    let themes: Vec<&str> = plan.themes_in_order().iter().map(|theme| theme.title.as_str()).collect();
    assert_eq!(themes, ["Complaints", "Commissioning"], "headings between tables");
}

#[test]
fn a_spreadsheet_with_a_title_block_and_columns_nobody_knows() {
    let text = "NHS Northmoor CCG,,,,\nPosition as at 23 July 2013,,,,\n,,,,\nRec,Accepted?,Our position,Position in May,Risk score\n\
                126,Yes,A register,None yet,12\n127,Maybe,Two posts,One post,9\n";
    let mut plan = plan();
    let proposal = import_into(&mut plan, "a.csv", text.as_bytes());
    assert_eq!(position(&plan, "126"), "A register", "the first of two");
    assert_eq!(row(&plan, "126").acceptance.map(|answer| answer.word()), Some("accepted"), "the CCG's answer");
    let said = notes(&proposal);
    for lost in ["One post", "None yet", "12", "Maybe"] {
        assert!(said.contains(lost), "{lost} is not dropped in silence: {said}");
    }
    assert!(plan.positions.values().all(|row| row.as_at.is_some()), "dated by the title");
}

#[test]
fn a_column_gets_the_meaning_that_a_person_gives_it() {
    let text = "No,Notes,Comments\n126,A register,Ask the lead\n";
    let catalogue = Catalogue::francis().expect("as shipped");
    let document = import::read("a.csv", text.as_bytes()).expect("reads");
    let mut options = Options::new(&catalogue);
    options.columns.push(import::Assigned { table: 0, column: 2, role: Role::Action });
    options.columns.push(import::Assigned { table: 0, column: 1, role: Role::Position });
    let mut plan = plan();
    let proposal = import::propose(&plan, &document, &options).expect("understood");
    proposal.edit(&plan).apply(&mut plan).expect("fits");
    assert_eq!(
        (position(&plan, "126").as_str(), actions(&plan, "126")),
        ("A register", vec!["Ask the lead".to_owned()])
    );
}

fn cells() -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    const CELLS: &[&str] = &[
        "",
        "",
        "123",
        "124.",
        "Rec 12 & 13",
        "Action",
        "Our position",
        "No.",
        "Key responsibility",
        "By when",
        "Timescale",
        "bi monthly",
        "June 2013<br>July 2013",
        "<ul><li>• One</li><li>two",
        "See above",
        "As above",
        "and so on",
        "The CCG should ask. It will.",
        "Complaints",
        "Accepted in principle. But",
        "N/A",
        "120. Access. They should see",
        "\u{f0b7} Ward",
        "<",
        "?Why",
        "Lead",
        "Author:",
        "Date of meeting: 28 May 2013",
        "Who will write",
        "Board Lay",
    ];
    let row = proptest::collection::vec(proptest::sample::select(CELLS), 1..6);
    proptest::collection::vec(row, 1..12)
}

/// Rows with pages between some of them, as one of the formats has them.
fn document_of(rows: &[Vec<&str>], pages: u16, separator: &str) -> String {
    let bar = if separator == "|" { "|" } else { "" };
    let row = |(at, row): (usize, &Vec<&str>)| {
        let page = if pages >> at & 1 == 1 { "\n" } else { "" };
        format!("{bar}{}{bar}\n{page}", row.join(separator))
    };
    rows.iter().enumerate().map(row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever two documents hold: each is read or refused, its edit fits and can be undone, and
    /// both again change nothing.
    #[test]
    fn any_document_is_read_or_refused_and_twice_is_once(
        first in cells(),
        second in cells(),
        pages in any::<u16>(),
        ending in prop_oneof![Just(("a.txt", "\t")), Just(("a.md", "|")), Just(("a.csv", ","))],
    ) {
        let (name, separator) = ending;
        let catalogue = Catalogue::francis().expect("as shipped");
        let texts = [&first, &second].map(|rows| document_of(rows, pages, separator));
        let edit = |plan: &Plan, text: &String| {
            let document = import::read(name, text.as_bytes()).ok()?;
            Some(import::propose(plan, &document, &Options::new(&catalogue)).ok()?.edit(plan))
        };
        let mut plan = plan();
        for edit_of in &texts {
            if let Some(edit) = edit(&plan, edit_of) {
                let before = plan.clone();
                edit.apply(&mut plan).expect("fits the plan it was made for");
                let mut undone = plan.clone();
                edit.inverse("Undo").apply(&mut undone).expect("fits");
                prop_assert_eq!(&undone, &before, "one undo takes it back");
            }
        }
        for text in &texts {
            let again = edit(&plan, text).unwrap_or_default();
            prop_assert!(again.is_empty(), "{}\n{:?}", texts.join("=====\n"), again.changes.first());
        }
    }
}
