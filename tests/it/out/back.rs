//! Our own papers read back: what Word, a web page or separated values hold of a plan comes in as it
//! was, and into the plan it came from nothing comes at all.

use super::{as_json, new_plan, options, plans};
use recap::import::{self, Level, Proposal};
use recap::model::catalogue::Catalogue;
use recap::model::printed::Facts;
use recap::model::text::words_key;
use recap::model::{ActionState, Index, Plan};
use recap::report::{self, ReportName, csv, docx, html};
use std::collections::BTreeSet;

const PAPERS: [&str; 2] = ["docx", "html"];

fn exported(plan: &Plan, name: ReportName, ending: &str) -> Vec<u8> {
    let index = Index::of(plan);
    let paper = report::build(plan, &index, name, &options());
    match ending {
        "docx" => docx::write(&paper, &options()).expect("writes"),
        "html" => html::write(&paper).into_bytes(),
        _ => csv::write(plan, &index, name, &options()).expect("writes").bytes,
    }
}

fn propose(plan: &Plan, ending: &str, bytes: &[u8]) -> Proposal {
    let catalogue = Catalogue::francis().expect("as shipped");
    let document = import::read(&format!("plan.{ending}"), bytes).expect("reads");
    import::propose(plan, &document, &import::Options::new(&catalogue)).expect("understood")
}

fn taken(ending: &str, bytes: &[u8]) -> (Plan, Proposal) {
    let mut plan = new_plan();
    let proposal = propose(&plan, ending, bytes);
    proposal.edit(&plan).apply(&mut plan).expect("fits");
    (plan, proposal)
}

/// What papers say of an action; tentative is not printed of one that is over.
fn action(plan: &Plan, index: &Index, action: &recap::model::Action) -> String {
    let Facts { state, tentative, done_on, owner, partners, due, was, .. } =
        Facts::of(plan, index, action, options().as_at);
    let done_on = done_on.map(|day| day.to_string()).unwrap_or_default();
    format!("{} [{state} {tentative} {done_on}|{owner}|{partners}|{due}|{was}]", words_key(&action.text))
}

/// The actions under each recommendation, in their order.
fn under_recommendations(plan: &Plan) -> Vec<String> {
    let index = Index::of(plan);
    let rows = index.recommendations.iter().filter_map(|id| plan.recommendations.get(id));
    rows.flat_map(|row| {
        let actions = index.actions(plan, row.id);
        actions
            .into_iter()
            .map(|found| format!("{}: {}", row.reference, action(plan, &index, found)))
            .collect::<Vec<_>>()
    })
    .collect()
}

/// Each recommendation with its theme, what the organisation answered, where it stands and what shows it.
fn recommendations(plan: &Plan) -> Vec<String> {
    let index = Index::of(plan);
    let rows = index.recommendations.iter().filter_map(|id| plan.recommendations.get(id));
    rows.map(|row| {
        let theme = row.theme.and_then(|id| plan.themes.get(&id)).map(|theme| theme.title.as_str());
        let answer = row.acceptance.map(recap::model::Acceptance::word);
        let positions = index.positions_at(plan, row.id, options().as_at);
        let positions: Vec<String> =
            positions.iter().map(|row| format!("{:?} {}", row.state, words_key(&row.text))).collect();
        let evidence: Vec<String> = index
            .evidence(plan, row.id)
            .iter()
            .map(|row| {
                format!("{}, {}, {:?}, {}, {:?}", words_key(&row.text), row.kind, row.date, row.held, row.valid_until)
            })
            .collect();
        format!(
            "{} {theme:?} {} | {} | {} {} | {answer:?} {:?} {} | {positions:?} | {evidence:?}",
            row.reference,
            words_key(row.shown_title()),
            words_key(row.shown_text()),
            row.response_status,
            words_key(&row.response),
            row.acceptance_date,
            words_key(&row.acceptance_reason),
        )
    })
    .collect()
}

/// The action plan: each responsibility with its timescales, and each action with whom it serves.
fn under_responsibilities(plan: &Plan) -> Vec<String> {
    let index = Index::of(plan);
    let mut lines = Vec::new();
    let places = plan.responsibilities_in_order().into_iter().map(|row| Some(row.id)).chain([None]);
    for place in places {
        let title = place.and_then(|id| plan.responsibilities.get(&id)).map_or("none", |row| row.text.as_str());
        lines.push(format!("== {}", words_key(title)));
        for row in place.map(|id| index.timescales(plan, id)).unwrap_or_default() {
            let paired = row.action.and_then(|id| plan.actions.get(&id)).map(|action| words_key(&action.text));
            // what is done since all its actions are says so without a tick
            let under = index.actions_under(plan, place);
            let done = row.done || !under.is_empty() && under.iter().all(|row| row.state == ActionState::Complete);
            lines.push(format!("-- {} {} {} {done} {paired:?}", row.words, row.original, row.reason));
        }
        for found in index.actions_under(plan, place) {
            let serves: BTreeSet<&str> =
                index.served(plan, found.id).iter().map(|row| row.reference.as_str()).collect();
            lines.push(format!("{} for {serves:?}", action(plan, &index, found)));
        }
    }
    lines
}

fn same_lines(what: &str, mine: &[String], theirs: &[String]) {
    for (mine, theirs) in mine.iter().zip(theirs) {
        assert_eq!(theirs, mine, "{what}");
    }
    assert_eq!(theirs.len(), mine.len(), "{what}: the same number of lines");
}

fn notes(proposal: &Proposal, level: Level) -> Vec<&str> {
    proposal.notes.iter().filter(|note| note.level == level).map(|note| note.text.as_str()).collect()
}

#[test]
fn the_appendix_comes_back_from_word_and_a_web_page_as_it_was() {
    for (name, plan) in plans() {
        for ending in PAPERS {
            let what = format!("{name}, {ending}");
            let bytes = exported(&plan, ReportName::Appendix, ending);
            let (theirs, proposal) = taken(ending, &bytes);
            same_lines(&what, &under_recommendations(&plan), &under_recommendations(&theirs));
            same_lines(&what, &recommendations(&plan), &recommendations(&theirs));
            assert_eq!(notes(&proposal, Level::Kept), [""; 0], "{what}: nothing is left beside its row");
            assert!(theirs.remarks.is_empty(), "{what}: nor kept as a remark");
        }
    }
}

#[test]
fn the_action_plan_comes_back_with_its_responsibilities_and_their_timescales() {
    for (name, plan) in plans() {
        if plan.actions.is_empty() {
            continue;
        }
        for ending in PAPERS {
            let what = format!("{name}, {ending}");
            let bytes = exported(&plan, ReportName::ActionPlan, ending);
            let (theirs, proposal) = taken(ending, &bytes);
            same_lines(&what, &under_responsibilities(&plan), &under_responsibilities(&theirs));
            assert_eq!(theirs.actions.len(), plan.actions.len(), "{what}");
            assert!(
                theirs.remarks.is_empty(),
                "{what}: nothing is kept as a remark: {:?}",
                notes(&proposal, Level::Kept)
            );
        }
    }
}

#[test]
fn our_own_papers_change_nothing_in_the_plan_they_came_from() {
    for (name, plan) in plans() {
        for report in &[ReportName::Appendix, ReportName::ActionPlan] {
            for ending in PAPERS.into_iter().chain(["csv"]) {
                if plan.actions.is_empty() && *report == ReportName::ActionPlan {
                    continue;
                }
                let proposal = propose(&plan, ending, &exported(&plan, *report, ending));
                let edit = proposal.edit(&plan);
                assert_eq!(edit.changes, [], "{name}, {report} as {ending}");
                let differ: Vec<_> = proposal.fields().filter(|field| field.is_open()).collect();
                assert!(differ.is_empty(), "{name}, {report} as {ending}: {differ:?}");
            }
        }
    }
}

#[test]
fn separated_values_come_back_with_every_column_understood() {
    for (name, plan) in plans() {
        let (theirs, proposal) = taken("csv", &exported(&plan, ReportName::Appendix, "csv"));
        let own = |line: String| line.split(" [").next().map(str::to_owned).unwrap_or_default();
        let until = |line: String| line.split(" | ").take(3).collect::<Vec<_>>().join(" | ");
        let rows = |plan: &Plan| recommendations(plan).into_iter().map(until).collect::<Vec<_>>();
        same_lines(name, &rows(&plan), &rows(&theirs));
        let texts = |plan: &Plan| under_recommendations(plan).into_iter().map(own).collect::<Vec<_>>();
        same_lines(name, &texts(&plan), &texts(&theirs));
        assert!(theirs.remarks.is_empty(), "{name}: {:?}", notes(&proposal, Level::Kept));
        if plan.actions.is_empty() {
            continue;
        }
        let (theirs, proposal) = taken("csv", &exported(&plan, ReportName::ActionPlan, "csv"));
        assert_eq!(theirs.actions.len(), plan.actions.len(), "{name}");
        assert_eq!(theirs.responsibilities.len(), plan.responsibilities.len(), "{name}");
        assert_eq!(theirs.links.len(), plan.links.len(), "{name}: each serves what it served");
        assert!(theirs.remarks.is_empty(), "{name}: {:?}", notes(&proposal, Level::Kept));
    }
}

#[test]
fn in_somebody_elses_table_such_a_line_stays_words() {
    let table = |heading: &str| {
        format!(
            "<table><tr><th>No.</th><th>Recommendation</th><th>Government response</th><th>Current position</th>\
             <th>{heading}</th></tr><tr><td>124</td><td>Contracts</td><td>Accepted</td><td>Signed in May</td>\
             <td><ul><li>Agree the list<br>On hold · waits for the trust</li></ul></td></tr></table>"
        )
    };
    let texts = |heading: &str| {
        let proposal = propose(&new_plan(), "html", table(heading).as_bytes());
        proposal.all_actions().map(|action| (action.row.text.clone(), action.row.owner.clone())).collect::<Vec<_>>()
    };
    let pair = |text: &str, owner: &str| (text.to_owned(), owner.to_owned());
    assert_eq!(texts("Actions"), [pair("Agree the list", "waits for the trust")], "under our own headings it is ours");
    let words = [pair("Agree the list", ""), pair("On hold · waits for the trust", "")];
    assert_eq!(texts("CCG actions"), words, "under others no word of it is taken for anything else");
}

#[test]
fn a_state_that_was_changed_in_the_separated_values_is_offered() {
    let plan = super::sample();
    for report in [ReportName::Appendix, ReportName::ActionPlan] {
        let text = String::from_utf8(exported(&plan, report, "csv")).expect("text");
        let changed = text.replacen(",not started,no", ",on hold,no", 1);
        assert_ne!(changed, text, "{report}: the table is as it is looked for");
        let proposal = propose(&plan, "csv", changed.as_bytes());
        let fields: Vec<(&str, &str)> = proposal.fields().map(|field| (field.field, field.theirs.as_str())).collect();
        assert_eq!(fields, [("state", "on hold")], "{report}");
    }
}

#[test]
fn our_own_timeline_is_a_view_and_nothing_is_taken_from_it() {
    let plan = super::sample();
    let catalogue = Catalogue::francis().expect("as shipped");
    for ending in ["docx", "html", "csv"] {
        let bytes = exported(&plan, ReportName::Timeline, ending);
        let document = import::read(&format!("timeline.{ending}"), &bytes).expect("reads");
        let refused = import::propose(&new_plan(), &document, &import::Options::new(&catalogue));
        let said = refused.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(said.contains("a timeline that Recap made") && said.contains("action plan"), "{ending}: {said}");
    }
}

/// A plan's own words for states stand in its papers, and are read back into it.
#[test]
fn states_in_the_plans_own_words_are_read_back() {
    use recap::model::state::Shown;
    let mut plan = super::sample();
    for (state, word, letter) in [
        (Shown::Complete, "Delivered, all of it", "B"),
        (Shown::InProgress, "On track", "G"),
        (Shown::Overdue, "", "R"),
    ] {
        recap::model::intent::set_state_word(&plan, state, word, letter).apply(&mut plan).expect("fits");
    }
    for report in [ReportName::Appendix, ReportName::ActionPlan] {
        for ending in ["docx", "html"] {
            let bytes = exported(&plan, report, ending);
            let proposal = propose(&plan, ending, &bytes);
            let edit = proposal.edit(&plan);
            assert!(edit.changes.is_empty(), "{report} as {ending}: {:?}", edit.changes.first());
        }
    }
}

#[test]
fn what_was_changed_in_word_is_offered_and_what_was_added_comes_in() {
    let plan = super::sample();
    let page = String::from_utf8(exported(&plan, ReportName::Appendix, "html")).expect("text");
    let line = "<span class=\"state plain\" data-shape=\"○\">Not started</span>";
    let changed = page.replacen(line, "Complete, 27 May 2013", 1);
    let (before, after) = changed.split_once("Complete, 27 May 2013").expect("the line");
    let after = after.replacen("</ul></td>", "<li>Ask the wards again</li></ul></td>", 1);
    let changed = format!("{before}Complete, 27 May 2013{after}");
    assert_ne!(changed, page, "the page is as it is looked for");
    let proposal = propose(&plan, "html", changed.as_bytes());
    let fields: Vec<(&str, &str)> = proposal.fields().map(|field| (field.field, field.theirs.as_str())).collect();
    assert_eq!(fields, [("state", "complete"), ("done_on", "2013-05-27")], "offered, with the day");
    let mut after = plan.clone();
    proposal.edit(&plan).apply(&mut after).expect("fits");
    let new: Vec<&str> =
        after.actions.values().filter(|row| !plan.actions.contains_key(&row.id)).map(|row| row.text.as_str()).collect();
    assert_eq!(new, ["Ask the wards again"], "a bullet without a line of ours is an action of its own");
    assert_ne!(as_json(&after), as_json(&plan));
}
