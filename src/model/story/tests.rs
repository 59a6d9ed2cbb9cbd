use super::history::{Family, Names, What, find_gone, told};
use super::*;
use crate::model::{
    Action, ActionState, Change, CrossReference, Edit, EditBuilder, Entity, Link as ActionLink, Position,
    Recommendation, Value, intent,
};
use std::collections::{BTreeMap, BTreeSet};

fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

fn date(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date")
}

fn applied(plan: &mut Plan, edit: Edit) -> Edit {
    edit.apply(plan).expect("fits");
    edit
}

/// Recommendations 120 and 133, the second with an action, and words of the first that point at it.
fn plan() -> (Plan, Vec<Edit>) {
    let mut plan = Plan::default();
    let mut edit = EditBuilder::new(&plan, "Add");
    for (number, title) in [("120", "Access to complaints"), ("133", "Role of commissioners"), ("13", "Standards")] {
        let row = Recommendation {
            id: id(number),
            order: number.into(),
            reference: number.into(),
            title: title.into(),
            ..Recommendation::default()
        };
        edit.put(&row);
    }
    let mut journal = vec![edit.finish()];
    journal[0].apply(&mut plan).expect("fits");
    let action = Action { id: id("a"), text: "Write the route".into(), ..Action::default() };
    let edit = intent::add_action(&plan, action, Some(id("133")));
    journal.push(applied(&mut plan, edit));
    let edit = add_reference(&plan, id("x"), id("120"), "see 133", id("133"));
    journal.push(applied(&mut plan, edit));
    (plan, journal)
}

fn position(plan: &mut Plan, name: &str, as_at: Option<&str>, text: &str, state: Option<PositionState>) -> Edit {
    let row = Position { id: id(name), recommendation: id("120"), as_at: as_at.map(date), text: text.into(), state };
    let mut edit = EditBuilder::new(plan, format!("Say {name}"));
    edit.put(&row);
    let edit = edit.finish();
    applied(plan, edit)
}

#[test]
fn how_many_words_two_texts_differ_in() {
    let cases = [
        ("", "", 0),
        ("as near a real-time basis", "as near a real-time basis", 0),
        ("as near a real-time basis", "as near a monthly basis", 1),
        ("the NHS Commissioning Board must", "the NHS England must", 2),
        ("one two three", "one three", 1),
        ("one", "one two three", 2),
        ("a b c d", "x b y d", 2),
        ("• one\n• two", "• one\n• two\n• three", 1),
        ("one\ntwo", "• one\n• two", 0),
    ];
    for (old, new, wanted) in cases {
        assert_eq!(words_apart(old, new), wanted, "{old:?} and {new:?}");
        assert_eq!(words_apart(new, old), wanted, "the other way round: {old:?} and {new:?}");
    }
}

#[test]
fn where_the_ccg_stood_at_any_two_dates() {
    let (mut plan, _) = plan();
    position(&mut plan, "undated", None, "Before all", None);
    position(&mut plan, "march", Some("2013-03-26"), "Nothing yet", Some(PositionState::Gap));
    position(&mut plan, "may", Some("2013-05-28"), "Monthly report", Some(PositionState::Partly));
    let all = plan.positions_of(id("120"));
    let at = |moment| Stand::of(&all, moment);
    let cases = [
        (Moment::Undated, "Before all", "Undated"),
        (Moment::On(date("2013-01-01")), "Before all", "As at 1 January 2013, from an undated position"),
        (Moment::On(date("2013-03-26")), "Nothing yet", "As at 26 March 2013"),
        (Moment::On(date("2013-04-30")), "Nothing yet", "As at 30 April 2013, from the position of 26 March 2013"),
        (Moment::On(date("2014-01-01")), "Monthly report", "As at 1 January 2014, from the position of 28 May 2013"),
    ];
    for (moment, text, heading) in cases {
        let stand = at(moment);
        assert_eq!((stand.text.as_str(), stand.heading().as_str()), (text, heading), "{moment:?}");
    }
    let then = at(Moment::On(date("2013-03-26")));
    assert_eq!(then.state_change(&at(Moment::On(date("2013-06-01")))), "gap, now partly");
    assert_eq!(at(Moment::Undated).state_change(&then), "no state, now gap", "no state is not a gap");
    let none = Stand::of(&[], Moment::On(date("2013-01-01")));
    assert!(!none.any && none.heading() == "As at 1 January 2013: no position yet", "{}", none.heading());
    // which two are shown at first
    let may = Moment::On(date("2013-05-28"));
    assert_eq!(usual(&all, date("2013-05-28")), (Moment::On(date("2013-03-26")), may), "the last one before");
    assert_eq!(usual(&all[1..], date("2013-04-01")), (Moment::On(date("2013-04-01")), may), "else the first after");
    assert_eq!(usual(&[], date("2013-04-01")).0, Moment::On(date("2013-04-01")), "nothing to compare");
}

#[test]
fn a_new_position_begins_with_the_words_before_it_and_leaves_them() {
    let (mut plan, _) = plan();
    position(&mut plan, "march", Some("2013-03-26"), "Nothing yet", Some(PositionState::Gap));
    let edit = start_position(&plan, id("120"), id("june"), date("2013-06-30"));
    assert_eq!(edit.label, "New position on recommendation 120 as at 30 June 2013");
    applied(&mut plan, edit);
    let new = &plan.positions[&id("june")];
    assert_eq!((new.text.as_str(), new.state), ("Nothing yet", Some(PositionState::Gap)));
    assert_eq!(plan.positions[&id("march")].text, "Nothing yet", "the old one stays");
    let again = start_position(&plan, id("120"), id("other"), date("2013-06-30"));
    assert!(again.is_empty(), "one of that date stands: it is to be edited");
    let edit = delete_position(&plan, id("june"));
    applied(&mut plan, edit);
    assert_eq!(plan.positions.len(), 1, "only that one");
}

#[test]
fn words_that_point_are_found_where_they_stand() {
    let row = |name: &str, words: &str| CrossReference { id: id(name), words: words.into(), ..Default::default() };
    let (above, see, long) = (row("1", "See above"), row("2", "see 13"), row("3", "As stated in section 127 above"));
    let found = |text: &str| -> Vec<String> {
        let links = links_in(text, &[&above, &see, &long]);
        links.into_iter().map(|link| text[link.range].to_owned()).collect()
    };
    let cases: [(&str, &[&str]); 7] = [
        ("See above", &["See above"]),
        ("Reports come. see above.", &["see above"]),
        ("As above", &[]),
        ("we see 133 of them", &[]),
        ("(see 13)", &["see 13"]),
        ("As stated in section 127 above, and see 13", &["As stated in section 127 above", "see 13"]),
        ("", &[]),
    ];
    for (text, wanted) in cases {
        assert_eq!(found(text), wanted, "{text}");
    }
}

#[test]
fn words_lead_to_their_target_or_say_why_not() {
    let (mut plan, mut journal) = plan();
    let none = BTreeMap::new();
    let points = |plan: &Plan, gone: &BTreeMap<Id, GoneTarget>| points_at(plan, &plan.cross_references[&id("x")], gone);
    assert_eq!(points(&plan, &none), Points::At(id("133")));
    assert_eq!(points(&plan, &none).words(&plan), "Points at recommendation 133, Role of commissioners");
    let edit = intent::delete_recommendation(&plan, id("133"));
    journal.push(applied(&mut plan, edit));
    assert_eq!(lacking_targets(&plan), BTreeSet::from([id("x")]));
    // before the journal answered, the number in the words says as much
    assert_eq!(points(&plan, &none).words(&plan), "Points at 133, which is not in this plan");
    let (mut wanted, mut gone) = (lacking_targets(&plan), BTreeMap::new());
    for edit in journal.iter().rev() {
        find_gone(edit, &mut wanted, &mut gone);
    }
    assert_eq!(points(&plan, &gone).words(&plan), "Points at recommendation 133, which was taken out");
    assert_eq!(gone[&id("x")].title, "Role of commissioners");
    // somebody says what is meant now
    let edit = point_at(&plan, id("x"), Some(id("13")));
    assert_eq!(edit.label, "Point “see 133” at recommendation 13");
    applied(&mut plan, edit);
    assert_eq!(points(&plan, &gone), Points::At(id("13")));
    let edit = point_at(&plan, id("x"), None);
    applied(&mut plan, edit);
    let edit = add_reference(&plan, id("y"), id("120"), "  See   133 ", id("13"));
    applied(&mut plan, edit);
    assert_eq!(plan.cross_references.len(), 1, "the same words are pointed anew");
    assert!(add_reference(&plan, id("y"), id("120"), " ", id("13")).is_empty(), "no words");
    assert!(add_reference(&plan, id("y"), id("13"), "above", id("13")).is_empty(), "never at itself");
    let edit = remove_reference(&plan, id("x"));
    applied(&mut plan, edit);
    assert!(plan.cross_references.is_empty(), "plain words again");
}

#[test]
fn targets_are_offered_by_number_and_by_words() {
    let (plan, _) = plan();
    let of = |query: &str| -> Vec<String> {
        let ids = targets(&plan, id("120"), query, 5);
        ids.iter().map(|id| plan.recommendations[id].reference.clone()).collect()
    };
    assert_eq!(of("13"), ["13", "133"], "the number itself, then what begins so");
    assert_eq!(of("commissioners"), ["133"]);
    assert_eq!(of("complaints"), Vec::<String>::new(), "not itself");
    assert_eq!(number_in("As stated in section 127 above"), Some("127"));
    assert_eq!(number_in("See above"), None);
}

#[test]
fn actions_are_put_in_order_where_they_stand_and_nowhere_else() {
    let (mut plan, _) = plan();
    for name in ["b", "c"] {
        let action = Action { id: id(name), text: name.into(), ..Action::default() };
        applied(&mut plan.clone(), intent::add_action(&plan, action.clone(), Some(id("133"))));
        let edit = intent::add_action(&plan, action, Some(id("133")));
        applied(&mut plan, edit);
    }
    let order = |plan: &Plan| plan.actions_of(id("133")).iter().map(|row| row.id).collect::<Vec<_>>();
    let cases =
        [("c", -1, ["a", "c", "b"]), ("c", -9, ["c", "a", "b"]), ("c", 1, ["a", "c", "b"]), ("a", 9, ["c", "b", "a"])];
    for (which, by, wanted) in cases {
        let edit = move_action(&plan, id("133"), id(which), by);
        assert_eq!(edit.rows().len(), 1, "one row changes: {which} by {by}");
        applied(&mut plan, edit);
        assert_eq!(order(&plan), wanted.map(id), "{which} by {by}");
    }
    assert!(move_action(&plan, id("133"), id("a"), 1).is_empty(), "it is the last");
    // two sides made the same key
    let keys: Vec<Id> = plan.links.keys().copied().collect();
    for key in keys {
        plan.links.get_mut(&key).expect("there").order = "i".into();
    }
    let first = order(&plan)[0];
    let edit = move_action(&plan, id("133"), first, 1);
    applied(&mut plan, edit);
    assert_eq!(order(&plan)[1], first, "it moves all the same");
}

#[test]
fn what_is_in_place_needs_evidence_and_evidence_ends() {
    let (mut plan, _) = plan();
    let day = date("2013-05-28");
    let lacks = |plan: &Plan| lacks_evidence(plan, &Index::of(plan), id("120"), day);
    assert!(!lacks(&plan), "nothing is said");
    position(&mut plan, "may", Some("2013-05-28"), "Done", Some(PositionState::InPlace));
    assert!(lacks(&plan), "said, not shown");
    assert!(!lacks_evidence(&plan, &Index::of(&plan), id("120"), date("2013-05-27")), "not yet said then");
    let evidence = Evidence { id: id("e"), text: "Minutes".into(), valid_until: Some(day), ..Evidence::default() };
    let edit = intent::add_evidence(&plan, evidence.clone(), Some(id("120")));
    applied(&mut plan, edit);
    assert!(!lacks(&plan), "shown");
    assert!(!is_out_of_date(&evidence, day) && is_out_of_date(&evidence, date("2013-05-29")), "from the day after");
}

/// The entries of a journal that belong to a recommendation's story, newest first.
fn story(journal: &[Edit], of: Id) -> Vec<Edit> {
    let mut family = Family::of(of);
    journal.iter().for_each(|edit| family.grow(&edit.changes));
    let part = |edit: &Edit| Edit { label: edit.label.clone(), changes: family.part(edit) };
    journal.iter().rev().map(part).filter(|edit| !edit.is_empty()).collect()
}

fn names(entries: &[Edit]) -> Names {
    let mut names = Names::default();
    entries.iter().for_each(|edit| names.learn(edit));
    names
}

fn lines(plan: &Plan, entries: &[Edit]) -> Vec<String> {
    let names = names(entries);
    let mut said = Vec::new();
    for row in entries.iter().flat_map(|edit| told(plan, &names, edit)) {
        match row.what {
            What::Added => said.push(format!("{} added", row.name)),
            What::Deleted => said.push(format!("{} deleted", row.name)),
            What::Changed => {
                said.extend(
                    row.fields.iter().map(|f| format!("{}, {}: {} > {}", row.name, f.name, f.words[0], f.words[1])),
                );
            }
        }
    }
    said
}

#[test]
fn the_story_holds_what_belongs_to_a_recommendation_also_what_is_gone() {
    let (mut plan, mut journal) = plan();
    let edit = intent::set_owners(&plan, &[id("a")], "Quality lead");
    journal.push(applied(&mut plan, edit));
    journal.push(position(&mut plan, "may", Some("2013-05-28"), "Of another", None));
    let edit = intent::delete_action(&plan, id("a"));
    journal.push(applied(&mut plan, edit));
    let found = lines(&plan, &story(&journal, id("133")));
    assert_eq!(
        found,
        [
            "Action “Write the route” deleted",
            "Action “Write the route”, Owner:  > Quality lead",
            "Action “Write the route” added",
            "Recommendation 133 added",
        ],
        "newest first; the links come and go with the action, and the other recommendation is not in it"
    );
    let other = lines(&plan, &story(&journal, id("120")));
    assert!(other[0].starts_with("Position as at 28 May 2013 added"), "{other:?}");
}

#[test]
fn an_earlier_word_is_put_back_as_a_new_edit() {
    let (mut plan, mut journal) = plan();
    let mut title = |plan: &mut Plan, words: &str| {
        let value = Value::Text(words.into());
        let edit = intent::set_field(plan, Entity::Recommendation, id("133"), "local_title", value).expect("fits");
        journal.push(applied(plan, edit));
    };
    title(&mut plan, "First");
    title(&mut plan, "Second");
    let change = journal.last().and_then(|edit| edit.changes.first()).expect("changed").clone();
    let names = names(&story(&journal, id("133")));
    let back = |plan: &Plan, value: &Value| put_back(plan, &names, &change, value, &journal[journal.len() - 1]);
    assert_eq!(back(&plan, &change.after), Err(NotBack::Same), "it stands there");
    let edit = back(&plan, &change.before).expect("can be put back");
    assert_eq!(edit.label, "Put back our title of recommendation 133");
    applied(&mut plan, edit);
    assert_eq!(plan.recommendations[&id("133")].local_title, "First");
    let mut without = plan.clone();
    applied(&mut without, intent::delete_recommendation(&plan, id("133")));
    assert_eq!(back(&without, &change.before), Err(NotBack::RowGone));
}

#[test]
fn a_state_comes_back_with_the_day_it_was_done_and_a_theme_only_if_it_is_there() {
    let (mut plan, _) = plan();
    let edit = intent::set_states(&plan, &[id("a")], ActionState::Complete, date("2013-05-28"));
    let done = applied(&mut plan, edit);
    let change = done.changes.iter().find(|change| change.field == "state").expect("changed").clone();
    let names = Names::default();
    applied(&mut plan.clone(), put_back(&plan, &names, &change, &change.before, &done).expect("fits"));
    let edit = put_back(&plan, &names, &change, &change.before, &done).expect("fits");
    applied(&mut plan, edit);
    assert_eq!((plan.actions[&id("a")].state, plan.actions[&id("a")].done_on), (ActionState::NotStarted, None));
    let theme = Change {
        entity: Entity::Recommendation,
        row: id("120"),
        field: "theme",
        before: Value::Text(id("gone").to_string()),
        after: Value::Null,
    };
    let refused = put_back(&plan, &names, &theme, &theme.before, &Edit::default());
    assert_eq!(refused.expect_err("gone").words(), "a row that is there no more is not in the plan any more");
}

#[test]
fn a_deleted_row_comes_back_with_what_went_with_it_as_far_as_it_fits() {
    let (mut plan, mut journal) = plan();
    let mut edit = EditBuilder::new(&plan, "Link it to 120, too");
    intent::put_link(&mut edit, id("120"), id("a"));
    let edit = edit.finish();
    journal.push(applied(&mut plan, edit));
    let before = plan.clone();
    let edit = intent::delete_action(&plan, id("a"));
    journal.push(applied(&mut plan, edit));
    let story = story(&journal, id("133"));
    let names = names(&story);
    let edit = bring_back(&plan, &names, Entity::Action, id("a"), &story[0]).expect("fits");
    assert_eq!(edit.label, "Bring back action “Write the route”");
    let mut back = plan.clone();
    applied(&mut back, edit);
    assert_eq!(back, before, "with both links");
    assert_eq!(bring_back(&back, &names, Entity::Action, id("a"), &story[0]), Err(NotBack::Same), "it is there");
    // of a plan in which one of the recommendations is gone, without that link
    let mut without = plan.clone();
    applied(&mut without, intent::delete_recommendation(&plan, id("120")));
    let edit = bring_back(&without, &names, Entity::Action, id("a"), &story[0]).expect("fits");
    applied(&mut without, edit);
    assert_eq!(without.served_by(id("a")).iter().map(|row| row.id).collect::<Vec<_>>(), [id("133")]);
    // a link alone cannot come back without its action
    let link = ActionLink::id_of(id("133"), id("a"));
    let refused = bring_back(&plan, &names, Entity::Link, link, &story[0]).expect_err("no action");
    assert_eq!(refused.words(), "Action “Write the route” is not in the plan any more");
}
