use super::fixture::{World, day, id, month};
use crate::model::intelligence::{Period, View, periods};
use crate::model::signal::{Fact, Outcome, Source};

const HOSPITALS: &str = "Northmoor Hospitals";

fn complaint<'w>(world: &'w mut World, received: &str, closed: &str) -> &'w mut Fact {
    let fact = world.signal(HOSPITALS, Source::Complaint, &received[..7], &[]);
    fact.received = Some(day(received));
    fact.closed = Some(closed).filter(|text| !text.is_empty()).map(day);
    fact
}

#[test]
fn complaints_are_timed_in_working_days_against_their_due_date_or_the_limit() {
    let mut world = World::of(&[HOSPITALS]);
    world.rules = crate::model::intelligence::Rules::at(day("2013-07-31"));
    complaint(&mut world, "2013-05-28", "2013-07-02").outcome = Some(Outcome::Upheld); // 25 working days: the last in time
    complaint(&mut world, "2013-05-28", "2013-07-03"); // 26
    complaint(&mut world, "2013-05-28", "2013-06-04").due = Some(day("2013-06-03")); // 5, and a day late
    complaint(&mut world, "2013-05-28", ""); // open and late
    complaint(&mut world, "2013-05-28", "").due = Some(day("2013-07-31")); // open, due on the day
    complaint(&mut world, "2013-05-28", "2013-08-01"); // closed after the date: open, and late
    let bare = world.signal(HOSPITALS, Source::Complaint, "2013-05", &[]);
    bare.handling_concern = Some(true);
    bare.has_learning = true;
    complaint(&mut world, "2013-06-03", "2013-06-04"); // another month
    let times = world.sorted().timeliness(&View::of(month("2013-05"), month("2013-05")));
    let all = &times.all;
    assert_eq!((all.received, all.closed, all.judged, all.in_time), (7, 3, 3, 1), "closed by the date");
    assert_eq!((all.open, all.open_late, all.open_without_date), (4, 2, 1), "open at the date");
    assert_eq!(all.days, [5, 25, 26], "working days, over the bank holiday and weekends");
    assert_eq!((all.median_days(), all.longest_days()), (Some(25.0), Some(26)), "the middle and the longest");
    assert_eq!(all.percent_in_time().map(f64::round), Some(33.0), "of those that can be judged");
    assert_eq!((all.upheld, all.outcome_not_said), (1, 2), "how they ended");
    assert_eq!((all.handling_concerns, all.with_learning, all.with_improvement), (1, 1, 0), "recommendation 133");
    assert_eq!(times.providers[0].provider.id, id(HOSPITALS), "by provider");
}

#[test]
fn no_complaints_have_no_share_in_time() {
    let world = World::of(&[HOSPITALS]);
    let times = world.sorted().timeliness(&View::of(month("2013-05"), month("2013-05")));
    assert!(times.providers.is_empty(), "nobody to tell of");
    assert_eq!((times.all.percent_in_time(), times.all.median_days()), (None, None), "no nought");
}

#[test]
fn usual_periods_end_with_the_last_whole_month() {
    let period = |name: &str, list: &[Period]| {
        let one = list.iter().find(|one| one.name == name).expect("is offered");
        (one.from.to_string(), one.to.to_string())
    };
    let span = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    let list = periods::usual(month("2013-08"));
    assert_eq!(period("Last full month", &list), span("2013-08", "2013-08"));
    assert_eq!(period("Last full quarter", &list), span("2013-04", "2013-06"));
    assert_eq!(period("Last 12 months", &list), span("2012-09", "2013-08"));
    assert_eq!(period("Financial year so far", &list), span("2013-04", "2013-08"));
    assert_eq!(period("Last full quarter", &periods::usual(month("2013-03"))), span("2013-01", "2013-03"));
    assert_eq!(period("Financial year so far", &periods::usual(month("2013-03"))), span("2012-04", "2013-03"));
    assert_eq!(periods::step(month("2013-04"), month("2013-06"), -1), (month("2013-01"), month("2013-03")), "back");
    assert_eq!(periods::words(month("2013-04"), month("2013-06")), "quarter 1 of 2013/14 (April 2013 to June 2013)");
    let mut world = World::of(&[HOSPITALS]);
    world.rules = crate::model::intelligence::Rules::at(day("2013-08-15"));
    world.signal(HOSPITALS, Source::Complaint, "2013-08", &[]);
    assert_eq!(world.sorted().last_whole_month(), month("2013-07"), "August still runs");
}
