//! The plan as a workbook, there and back.

mod intelligence;

use super::{as_json, day, new_plan, options, plans, sample};
use calamine::{Data, Reader as _, Xlsx};
use recap::import::own::{self, Changes, OwnError};
use recap::model::workbook::{ID_TITLE, MARK_SHEET, SHEETS};
use recap::model::{Action, EditBuilder, Entity, Id, Index, Link, Plan, Position, Recommendation, intent};
use recap::report::xlsx;
use rust_xlsxwriter::{Format, Workbook};
use std::collections::BTreeSet;
use std::io::Cursor;

fn exported(plan: &Plan) -> Vec<u8> {
    xlsx::write(plan, &Index::of(plan), &options(), &|_| Ok(())).expect("writes")
}

/// The sample plan as a workbook.
pub(crate) fn sample_workbook() -> Vec<u8> {
    exported(&sample())
}

fn read(bytes: &[u8]) -> own::OwnWorkbook {
    own::read("plan.xlsx", bytes).expect("reads").expect("it is ours")
}

fn changes(bytes: &[u8], plan: &Plan) -> Changes {
    read(bytes).against(plan, &BTreeSet::new())
}

/// A sheet as a person sees it: rows of cells.
pub(crate) type Cells = Vec<Vec<Data>>;

pub(crate) fn sheets(bytes: &[u8]) -> Vec<(String, Cells)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names = book.sheet_names();
    let sheet = |name: String| {
        let range = book.worksheet_range(&name).expect("a sheet");
        let (height, width) = range.end().map_or((0, 0), |(row, column)| (row + 1, column + 1));
        let cell = |row, column| range.get_value((row, column)).cloned().unwrap_or_default();
        let cells = (0..height).map(|row| (0..width).map(|column| cell(row, column)).collect()).collect();
        (name, cells)
    };
    names.into_iter().map(sheet).collect()
}

/// Saves a workbook after a person has worked in it, as another program would: with no looks at all.
fn saved(sheets: &[(String, Cells)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for (name, cells) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(name).expect("a name").set_hidden(name == MARK_SHEET);
        for (row, cells) in (0u32..).zip(cells) {
            for (column, cell) in (0u16..).zip(cells) {
                match cell {
                    Data::Empty => {}
                    Data::DateTime(at) => {
                        sheet.write_number_with_format(row, column, at.as_f64(), &date).expect("written");
                    }
                    Data::Float(number) => {
                        sheet.write_number(row, column, *number).expect("written");
                    }
                    other => {
                        sheet.write_string(row, column, other.to_string()).expect("written");
                    }
                }
            }
        }
    }
    book.save_to_buffer().expect("saved")
}

/// Works in one sheet and saves.
pub(crate) fn edited(bytes: &[u8], sheet: &str, work: impl FnOnce(&mut Cells)) -> Vec<u8> {
    let mut sheets = sheets(bytes);
    work(&mut sheets.iter_mut().find(|(name, _)| name == sheet).expect("the sheet").1);
    saved(&sheets)
}

fn column(cells: &Cells, title: &str) -> usize {
    let column = cells[0].iter().position(|cell| *cell == title);
    assert!(column.is_some(), "the column {title}");
    column.unwrap_or_default()
}

fn text(words: &str) -> Data {
    Data::String(words.into())
}

pub(crate) fn set(cells: &mut Cells, row: usize, title: &str, words: &str) {
    let column = column(cells, title);
    cells[row][column] = if words.is_empty() { Data::Empty } else { text(words) };
}

fn applied(changes: &Changes, plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    changes.edit.apply(&mut plan).expect("fits");
    plan
}

/// The id in a row's last column.
pub(crate) fn id(cells: &Cells, row: usize) -> Id {
    cells[row][column(cells, ID_TITLE)].to_string().parse().expect("an id")
}

pub(crate) fn cells(bytes: &[u8], sheet: &str) -> Cells {
    sheets(bytes).into_iter().find(|(name, _)| name == sheet).expect("the sheet").1
}

#[test]
fn a_workbook_that_nobody_changed_changes_nothing() {
    for (name, plan) in plans() {
        let bytes = exported(&plan);
        for (how, bytes) in [("as written", bytes.clone()), ("saved by another program", saved(&sheets(&bytes)))] {
            let changes = changes(&bytes, &plan);
            assert_eq!(changes.edit.changes, [], "{name}, {how}");
            assert_eq!((changes.warnings.as_slice(), changes.missing.as_slice()), (&[][..], &[][..]), "{name}, {how}");
        }
    }
}

#[test]
fn into_an_empty_plan_every_word_arrives() {
    for (name, plan) in plans() {
        let (theirs, warnings) = read(&exported(&plan)).to_plan().expect("a plan");
        assert_eq!(warnings, Vec::<String>::new(), "{name}");
        assert_eq!(as_json(&theirs), as_json(&plan), "{name}: byte for byte");
    }
}

#[test]
fn a_changed_cell_is_one_change() {
    let plan = sample();
    let bytes = exported(&plan);
    let before = cells(&bytes, "Actions");
    let bytes = edited(&bytes, "Actions", |cells| set(cells, 3, "Owner", "Head of contracting and quality"));
    let changes = changes(&bytes, &plan);
    assert_eq!(changes.edit.changes.len(), 1, "{:?}", changes.edit.changes);
    assert_eq!(changes.edit.label, "Import plan.xlsx: 1 action changed");
    let told: Vec<String> = changes.taken.iter().map(ToString::to_string).collect();
    let owner = &before[3][column(&before, "Owner")];
    assert_eq!(told, [format!("Actions, row 4, Owner: “{owner}” becomes “Head of contracting and quality”")]);
    let after = applied(&changes, &plan);
    assert_eq!(after.actions[&id(&before, 3)].owner, "Head of contracting and quality");
    assert!(read(&bytes).against(&after, &BTreeSet::new()).edit.is_empty(), "the same file again changes nothing");
}

#[test]
fn columns_may_be_moved_or_removed_and_rows_sorted() {
    let plan = sample();
    let bytes = edited(&exported(&plan), "Actions", |cells| {
        let (owner, partners) = (column(cells, "Owner"), column(cells, "Partners"));
        cells[1..].reverse();
        for row in cells.iter_mut() {
            row.swap(0, owner);
            row.remove(partners);
        }
        set(cells, 2, "Owner", "Board secretary");
        cells.insert(0, vec![text("Our actions, for the meeting in June")]);
    });
    let changes = changes(&bytes, &plan);
    assert_eq!(changes.edit.changes.len(), 1, "{:?} {:?}", changes.edit.changes, changes.warnings);
    assert_eq!((changes.warnings.len(), changes.missing.len()), (0, 0), "{:?}", changes.warnings);
}

#[test]
fn a_row_that_is_gone_is_asked_about_and_never_deleted_unasked() {
    let plan = sample();
    let bytes = exported(&plan);
    let gone = id(&cells(&bytes, "Actions"), 5);
    let bytes = edited(&bytes, "Actions", |cells| {
        cells.remove(5);
    });
    let left = changes(&bytes, &plan);
    assert!(left.edit.is_empty(), "nothing is deleted unasked");
    assert_eq!(left.missing.iter().map(|row| row.id).collect::<Vec<_>>(), [gone]);
    assert!(left.missing[0].name.starts_with("action “"), "{}", left.missing[0].name);
    let asked = read(&bytes).against(&plan, &BTreeSet::from([(Entity::Action, gone)]));
    let after = applied(&asked, &plan);
    assert!(
        !after.actions.contains_key(&gone) && !after.links.values().any(|link| link.action == gone),
        "with its links"
    );
    assert_eq!(asked.missing, [], "settled");
}

#[test]
fn a_new_row_is_added_once_however_often_it_is_imported() {
    let plan = sample();
    let bytes = edited(&exported(&plan), "Actions", |cells| {
        let mut row = vec![Data::Empty; cells[0].len()];
        row[column(cells, "Action")] = text("Write to every provider");
        row[column(cells, "Key responsibility")] = text("A responsibility of its own");
        row[column(cells, "Recommendations")] = text("123; 124");
        row[column(cells, "Timescale")] = text("July 2013");
        row[column(cells, "State")] = text("In Progress");
        cells.push(row);
    });
    let first = changes(&bytes, &plan);
    assert_eq!(first.warnings, Vec::<String>::new());
    let after = applied(&first, &plan);
    let new = after.actions.values().find(|row| row.text == "Write to every provider").expect("added");
    let under = new.responsibility.and_then(|id| after.responsibilities.get(&id)).expect("a responsibility");
    assert_eq!((under.text.as_str(), new.due_words.as_str()), ("A responsibility of its own", "July 2013"));
    let served: Vec<&str> = after.served_by(new.id).iter().map(|row| row.reference.as_str()).collect();
    assert_eq!(served, ["123", "124"]);
    let again = read(&bytes).against(&after, &BTreeSet::new());
    assert!(again.edit.is_empty(), "{:?}", again.edit.changes);
}

#[test]
fn a_new_row_that_is_edited_again_is_the_row_that_was_added() {
    let plan = sample();
    let with = |action: &str, owner: &str, serves: &str| {
        edited(&exported(&plan), "Actions", |cells| {
            let mut row = vec![Data::Empty; cells[0].len()];
            row[column(cells, "Action")] = text(action);
            row[column(cells, "Owner")] = text(owner);
            row[column(cells, "Recommendations")] = text(serves);
            row[column(cells, "State")] = text("In Progress");
            cells.push(row);
        })
    };
    let first = applied(&changes(&with("Write to every provider", "", "124; 123"), &plan), &plan);
    let again = with("Write to every main provider", "Quality lead", "123");
    let second = read(&again).against(&first, &BTreeSet::new());
    assert_eq!(second.warnings, Vec::<String>::new(), "nobody touched it in the plan meanwhile");
    let after = applied(&second, &first);
    assert_eq!(after.actions.len(), plan.actions.len() + 1, "it is one action");
    let row = after.actions.values().find(|row| !plan.actions.contains_key(&row.id)).expect("the new one");
    assert_eq!((row.text.as_str(), row.owner.as_str()), ("Write to every main provider", "Quality lead"));
    assert_eq!(after.served_by(row.id).len(), 1, "and serves what it serves now");
    assert!(read(&again).against(&after, &BTreeSet::new()).edit.is_empty(), "the same again changes nothing");
    let other = with("Read what the regulator says of dentists", "", "123");
    let third = applied(&read(&other).against(&after, &BTreeSet::new()), &after);
    assert_eq!(third.actions.len(), plan.actions.len() + 2, "other words are another action");
}

#[test]
fn a_new_row_like_one_that_the_plan_changed_since_is_told_and_not_added_twice() {
    let plan = sample();
    let with = |action: &str| {
        edited(&exported(&plan), "Actions", |cells| {
            let mut row = vec![Data::Empty; cells[0].len()];
            row[column(cells, "Action")] = text(action);
            cells.push(row);
        })
    };
    let mut first = applied(&changes(&with("Write to every provider"), &plan), &plan);
    let row = first.actions.values().find(|row| !plan.actions.contains_key(&row.id)).expect("the new one").id;
    intent::update::<Action>(&first.clone(), row, "Owner", |row| row.owner = "Chair".into())
        .apply(&mut first)
        .expect("fits");
    let second = read(&with("Write to every main provider")).against(&first, &BTreeSet::new());
    assert!(second.edit.is_empty(), "neither added nor overwritten: {:?}", second.edit.changes);
    assert_eq!((second.conflicts, second.warnings.len()), (1, 1), "it is for a person to settle");
    assert!(second.warnings[0].contains("“Write to every provider”"), "{}", second.warnings[0]);
}

#[test]
fn a_row_copied_with_its_id_is_a_new_row_and_the_first_stays() {
    let plan = sample();
    let bytes = exported(&plan);
    let original = id(&cells(&bytes, "Actions"), 2);
    let bytes = edited(&bytes, "Actions", |cells| {
        let mut copy = cells[2].clone();
        copy[column(cells, "Action")] = text("A copy with other words");
        cells.insert(1, copy);
    });
    let after = applied(&changes(&bytes, &plan), &plan);
    assert_eq!(after.actions.len(), plan.actions.len() + 1);
    assert_eq!(after.actions[&original], plan.actions[&original], "the one it was copied from");
}

#[test]
fn what_the_plan_changed_since_stays_and_is_told() {
    let plan = sample();
    let bytes = exported(&plan);
    let row = id(&cells(&bytes, "Actions"), 3);
    let mut since = plan.clone();
    intent::update::<Action>(&plan, row, "Owner", |row| row.owner = "The plan's later owner".into())
        .apply(&mut since)
        .expect("fits");
    assert!(changes(&bytes, &since).edit.is_empty(), "a cell that nobody touched in Excel takes nothing back");
    let bytes = edited(&bytes, "Actions", |cells| {
        set(cells, 3, "Owner", "Excel's owner");
        set(cells, 3, "Partners", "Excel's partner");
    });
    let changes = changes(&bytes, &since);
    let after = applied(&changes, &since);
    assert_eq!((after.actions[&row].owner.as_str(), changes.conflicts), ("The plan's later owner", 1));
    assert_eq!(after.actions[&row].partners, "Excel's partner", "other cells of the row are taken");
    let told = changes.warnings.join("\n");
    assert!(
        told.contains("row 4, Owner") && told.contains("The plan's later owner") && told.contains("Excel's owner"),
        "{told}"
    );
}

#[test]
fn blank_none_no_and_zero_stay_four_things_and_what_looks_like_a_formula_is_text() {
    let mut plan = sample();
    let odd =
        ["", "None", "No", "0", "=1+1", "+44 20 7946 0000", "-", "@home", "'quoted", "007", "1/2", "_x0041_ \t\u{1}x"];
    let ids: Vec<Id> = plan.actions.keys().copied().take(odd.len()).collect();
    for (id, words) in ids.iter().zip(odd) {
        intent::update::<Action>(&plan.clone(), *id, "x", |row| row.owner = words.into())
            .apply(&mut plan)
            .expect("fits");
    }
    let bytes = exported(&plan);
    let sheet = cells(&bytes, "Actions");
    let owner = column(&sheet, "Owner");
    for (id, words) in ids.iter().zip(odd.iter().take(11)) {
        let row = (1..sheet.len()).find(|row| super::workbook::id(&sheet, *row) == *id).expect("the row");
        let expected = if words.is_empty() { Data::Empty } else { text(words) };
        assert_eq!(sheet[row][owner], expected, "a text cell");
    }
    assert!(changes(&bytes, &plan).edit.is_empty(), "nor does any of them change on the way");
    let (theirs, _) = read(&bytes).to_plan().expect("a plan");
    for (id, words) in ids.iter().zip(odd.iter().take(11)) {
        assert_eq!(theirs.actions[id].owner, *words);
    }
}

#[test]
fn a_text_longer_than_a_cell_goes_on_beside_it_and_comes_back_whole() {
    let mut plan = sample();
    let long = "Words that go on. ".repeat(2_300);
    let long = long.trim_end();
    assert!(long.len() > 40_000);
    let row = *plan.recommendations.keys().next().expect("some");
    let label = "Long";
    intent::update::<Recommendation>(&plan.clone(), row, label, |row| row.text = long.into())
        .apply(&mut plan)
        .expect("fits");
    let bytes = exported(&plan);
    let sheet = cells(&bytes, "Recommendations");
    let (first, second) = (column(&sheet, "Recommendation"), column(&sheet, "Recommendation (continued 2)"));
    let at = (1..sheet.len()).find(|at| id(&sheet, *at) == row).expect("the row");
    assert_eq!(format!("{}{}", sheet[at][first], sheet[at][second]), long, "nothing is cut");
    assert!(changes(&bytes, &plan).edit.is_empty(), "it is the same text");
    let (theirs, _) = read(&bytes).to_plan().expect("a plan");
    assert_eq!(theirs.recommendations[&row].text, long);
    let cut = edited(&bytes, "Recommendations", |cells| cells.iter_mut().for_each(|row| drop(row.remove(second))));
    assert!(changes(&cut, &plan).edit.is_empty(), "a removed continuation does not cut the plan's text");
}

#[test]
fn dates_are_dates_and_a_month_stands_beside_the_due_words() {
    let mut plan = sample();
    let action = plan.actions.values().next().expect("some").clone();
    let done = day("2013-05-21");
    let mut edit = EditBuilder::new(&plan, "x");
    edit.put(&Action { due_words: "end of July 2013".into(), done_on: Some(done), ..action.clone() });
    edit.finish().apply(&mut plan).expect("fits");
    let bytes = exported(&plan);
    let sheet = cells(&bytes, "Actions");
    let row = (1..sheet.len()).find(|row| id(&sheet, *row) == action.id).expect("the row");
    let date = |title: &str| match &sheet[row][column(&sheet, title)] {
        Data::DateTime(at) => at.as_datetime().expect("a day").date(),
        other => panic!("{title} is {other:?}"),
    };
    assert_eq!((date("Done on"), date("Due by")), (done, day("2013-07-31")));
    assert_eq!(sheet[row][column(&sheet, "Timescale")], text("end of July 2013"), "the words stay words");
    let bytes = edited(&bytes, "Actions", |cells| set(cells, row, "Done on", "22/05/2013"));
    let after = applied(&changes(&bytes, &plan), &plan);
    assert_eq!(after.actions[&action.id].done_on, Some(day("2013-05-22")), "a date as people type it");
}

#[test]
fn what_a_column_cannot_hold_is_told_with_its_place_and_changes_nothing() {
    let plan = sample();
    let bytes = edited(&exported(&plan), "Actions", |cells| {
        set(cells, 1, "State", "nearly there");
        set(cells, 2, "Done on", "soon");
        set(cells, 3, "Recommendations", "999");
        set(cells, 4, "Overdue", "perhaps");
        set(cells, 5, "Tentative", "maybe");
    });
    let changes = changes(&bytes, &plan);
    assert!(changes.edit.is_empty(), "{:?}", changes.edit.changes);
    for (row, what) in [(2, "State"), (3, "Done on"), (4, "Recommendations"), (5, "Overdue"), (6, "Tentative")] {
        let place = format!("Actions, row {row}, {what}: ");
        assert!(changes.warnings.iter().any(|said| said.starts_with(&place)), "{place}: {:?}", changes.warnings);
    }
}

#[test]
fn a_position_typed_beside_its_recommendation_follows_the_earlier_one() {
    let mut plan = sample();
    let row = plan.recommendations_in_order()[0].id;
    // of the plan's own positions only the earlier stays
    let now: Vec<Id> = plan.positions_at(row, options().as_at).iter().map(|position| position.id).collect();
    let mut edit = EditBuilder::new(&plan, "x");
    now.iter().for_each(|id| edit.delete::<Position>(*id));
    edit.finish().apply(&mut plan).expect("fits");
    assert!(!plan.positions_at(row, options().as_at).is_empty(), "the sample has an earlier one");
    let before = plan.positions_of(row).len();
    let bytes = edited(&exported(&plan), "Recommendations", |cells| set(cells, 1, "Current position", "Done since."));
    let after = applied(&changes(&bytes, &plan), &plan);
    assert_eq!(after.positions_of(row).len(), before + 1, "the earlier one is history");
    let now = after.positions_at(row, options().as_at);
    assert_eq!((now[0].text.as_str(), now[0].as_at), ("Done since.", Some(options().as_at)));
}

#[test]
fn links_follow_the_numbers_in_the_cell() {
    let plan = sample();
    let bytes = exported(&plan);
    let sheet = cells(&bytes, "Actions");
    let action = id(&sheet, 1);
    let bytes = edited(&bytes, "Actions", |cells| set(cells, 1, "Recommendations", "123"));
    let after = applied(&changes(&bytes, &plan), &plan);
    let links: Vec<&Link> = after.links.values().filter(|link| link.action == action).collect();
    assert_eq!(links.len(), 1);
    assert_eq!(after.recommendations[&links[0].recommendation].reference, "123");
    // as people write several in one cell
    let bytes = edited(&bytes, "Actions", |cells| set(cells, 1, "Recommendations", "Recs 123-125 & 126"));
    let after = applied(&changes(&bytes, &plan), &plan);
    let served: Vec<&str> = after.served_by(action).iter().map(|row| row.reference.as_str()).collect();
    assert_eq!(served, ["123", "124", "125", "126"]);
    let bytes = edited(&bytes, "Actions", |cells| set(cells, 1, "Recommendations", "123 & 999"));
    let refused = changes(&bytes, &plan);
    assert!(refused.edit.is_empty() && refused.taken.is_empty(), "{:?}", refused.taken);
    assert!(refused.warnings[0].contains("the plan has no recommendation 999"), "{:?}", refused.warnings);
}

#[test]
fn a_new_row_without_its_words_is_told_and_none_is_made() {
    let plan = sample();
    let bytes = edited(&exported(&plan), "Actions", |cells| {
        let mut row = vec![Data::Empty; cells[0].len()];
        row[column(cells, "Owner")] = text("Chief Nurse");
        cells.push(row);
    });
    let changes = changes(&bytes, &plan);
    assert!(changes.edit.is_empty(), "{:?}", changes.edit.changes);
    assert!(
        changes.warnings[0].ends_with("Action: a new row needs it; the row was passed over"),
        "{:?}",
        changes.warnings
    );
}

#[test]
fn evidence_comes_with_the_recommendations_it_stands_behind() {
    let plan = sample();
    let bytes = exported(&plan);
    let sheet = cells(&bytes, "Evidence");
    assert_eq!(sheet.len(), plan.evidence.len() + 1, "a row for each");
    let evidence = id(&sheet, 1);
    let bytes = edited(&bytes, "Evidence", |cells| {
        set(cells, 1, "Recommendations", "123, 124");
        set(cells, 1, "Valid until", "31/03/2014");
    });
    let after = applied(&changes(&bytes, &plan), &plan);
    let behind: BTreeSet<&str> = Index::of(&after)
        .shown_by(&after, evidence)
        .iter()
        .map(|row| after.recommendations[&row.id].reference.as_str())
        .collect();
    assert_eq!(behind, BTreeSet::from(["123", "124"]));
    assert_eq!(after.evidence[&evidence].valid_until, Some(day("2014-03-31")));
}

#[test]
fn other_workbooks_are_not_ours_and_a_newer_one_is_refused() {
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "Rec").expect("written");
    assert!(own::read("x.xlsx", &book.save_to_buffer().expect("saved")).expect("reads").is_none(), "a foreign one");
    assert!(own::read("x.txt", b"123\tAgree").expect("reads").is_none(), "no workbook at all");
    let newer = edited(&exported(&sample()), MARK_SHEET, |cells| cells[1][1] = text("recap-workbook/9"));
    assert!(matches!(own::read("x.xlsx", &newer), Err(OwnError::Newer(_))));
    let half = &exported(&sample())[..2_000];
    assert!(own::read("x.xlsx", half).map_or(true, |found| found.is_none()), "half a file makes no change");
}

#[test]
fn the_print_is_set_up_and_the_header_stays() {
    let mut archive = zip::ZipArchive::new(Cursor::new(exported(&sample()))).expect("a package");
    for (at, sheet) in (1..).zip(SHEETS.iter().filter(|sheet| sheet.always).take(4)) {
        let mut part = archive.by_name(&format!("xl/worksheets/sheet{at}.xml")).expect("a sheet");
        let mut xml = String::new();
        std::io::Read::read_to_string(&mut part, &mut xml).expect("text");
        for wanted in [
            "<autoFilter",
            "state=\"frozen\"",
            "orientation=\"landscape\"",
            "paperSize=\"9\"",
            "fitToHeight=\"0\"",
            "Page &amp;P of &amp;N",
        ] {
            assert!(xml.contains(wanted), "{}: {wanted}", sheet.name);
        }
        assert!(!xml.contains("<f>"), "{}: no formula", sheet.name);
        let heights: Vec<f64> = xml
            .split("<row r=")
            .skip(2)
            .filter_map(|row| row.split_once(" ht=\"")?.1.split_once('"')?.0.parse().ok())
            .collect();
        assert!(!heights.is_empty(), "{}: rows say how high they are", sheet.name);
        assert!(heights.iter().all(|height| (12.0..=409.0).contains(height)), "{}: {heights:?}", sheet.name);
    }
}

#[test]
fn a_workbook_of_another_plan_fills_blanks_and_overwrites_nothing() {
    let theirs = sample();
    let (taken, _) = read(&exported(&theirs)).to_plan().expect("a plan");
    let mut ours = new_plan();
    recap::import::json::read(&as_json(&taken), &ours).expect("reads").edit.apply(&mut ours).expect("fits");
    assert_eq!(as_json(&ours), as_json(&theirs), "an empty plan becomes it");
}

#[test]
fn thousands_of_new_rows_come_in_and_the_same_again_changes_nothing() {
    let plan = sample();
    let bytes = edited(&exported(&plan), "Actions", |cells| {
        let at = |title| column(cells, title);
        let (action, under, serves, due) =
            (at("Action"), at("Key responsibility"), at("Recommendations"), at("Timescale"));
        for number in 0..5_000 {
            let mut row = vec![Data::Empty; cells[0].len()];
            row[action] = text(&format!("Write letter {number} to the provider"));
            row[under] = text(&format!("A responsibility of its own, {}", number % 40));
            row[serves] = text("123; 124");
            row[due] = text("July 2013");
            cells.push(row);
        }
    });
    let book = read(&bytes);
    let changes = book.against(&plan, &BTreeSet::new());
    let after = applied(&changes, &plan);
    assert_eq!(after.actions.len(), plan.actions.len() + 5_000);
    assert!(book.against(&after, &BTreeSet::new()).edit.is_empty(), "the same again changes nothing");
}
