use super::*;
use crate::model::due::Month;
use proptest::prelude::*;

const PLAIN: Options = Options { screen: true, shift: 7, trend: 7, fix_after: None, counts: false };

fn chart(values: &[f64]) -> Xmr {
    Xmr::of(values, &[], &PLAIN).expect("a chart")
}

/// The labels, a letter each: `.` common cause, `o` outside, `t` trend, `2` two in three, `s` shift.
fn labels(chart: &Xmr) -> String {
    let letter = |label| match label {
        Label::Outside => 'o',
        Label::Trend => 't',
        Label::TwoInThree => '2',
        Label::Shift => 's',
        Label::CommonCause => '.',
    };
    chart.points.iter().map(|point| letter(point.label)).collect()
}

fn close(found: f64, wanted: f64, what: &str) {
    assert!((found - wanted).abs() < 1e-9, "{what}: {found}, not {wanted}");
}

/// The example that NHSRplotthedots publishes to show what screening does: 4.6 against 6.95.
#[test]
fn the_published_example_has_its_limits_with_and_without_screening() {
    let values = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1].map(f64::from);
    for (screen, amr, upper, lower, left_out) in
        [(true, 1.0, "4.60", "-0.72", 2), (false, 32.0 / 17.0, "6.95", "-3.06", 0)]
    {
        let chart = Xmr::of(&values, &[], &Options { screen, ..PLAIN }).expect("a chart");
        let group = chart.now().expect("a group");
        let limits = group.limits.expect("limits");
        close(group.mean, 35.0 / 18.0, "mean");
        close(group.amr.expect("ranges"), amr, "average range");
        assert_eq!((format!("{:.2}", limits.upper), group.left_out), (upper.to_owned(), left_out), "screen {screen}");
        assert_eq!(format!("{:.2}", limits.lower), lower, "computed below zero, screen {screen}");
        assert_eq!(limits.drawn().lower, 0.0, "and drawn at zero");
        close(limits.near_upper, group.mean + 2.0 / 3.0 * 2.66 * amr, "near line");
        assert_eq!(labels(&chart), "....o.............", "the ten is outside, screen {screen}");
        assert_eq!((chart.screened, group.trial, group.small), (screen, false, false), "what is said of it");
    }
}

/// Limits fixed on twelve points that go up and down: mean 50, average range 20, limits at -3.2 and 103.2,
/// near lines at 14.5 and 85.5. The last of the twelve is 40.
fn after_twelve(tail: &[f64], options: Options) -> Xmr {
    let values: Vec<f64> = [60.0, 40.0].repeat(6).into_iter().chain(tail.iter().copied()).collect();
    Xmr::of(&values, &[], &Options { fix_after: Some(12), ..options }).expect("a chart")
}

#[test]
fn each_rule_marks_its_points_and_no_others() {
    let cases: &[(&str, &[f64], &str)] = &[
        ("on the limit", &[103.2, 40.0], ".."),
        ("beyond it", &[103.3, 40.0], "o."),
        ("beyond the lower one", &[-3.3, 60.0], "o."),
        ("six that rise", &[30.0, 46.0, 48.0, 50.0, 52.0, 54.0, 45.0], "......."),
        ("seven that rise", &[30.0, 46.0, 48.0, 50.0, 52.0, 54.0, 56.0, 45.0], "ttttttt."),
        ("two alike end a rise", &[30.0, 46.0, 48.0, 50.0, 50.0, 52.0, 54.0, 56.0, 45.0], "........."),
        ("seven that fall", &[70.0, 54.0, 52.0, 50.0, 48.0, 46.0, 44.0, 60.0], "ttttttt."),
        ("eight that fall", &[70.0, 54.0, 52.0, 50.0, 48.0, 46.0, 44.0, 42.0, 60.0], "tttttttt."),
        ("six above", &[51.0, 52.0, 51.0, 53.0, 51.0, 52.0, 49.0], "......."),
        ("seven above", &[51.0, 52.0, 51.0, 53.0, 51.0, 52.0, 51.0, 49.0], "sssssss."),
        ("one on the mean ends them", &[51.0, 52.0, 51.0, 50.0, 53.0, 51.0, 52.0, 51.0, 49.0], "........."),
        ("six below, and the last of the twelve", &[49.0, 48.0, 49.0, 47.0, 49.0, 48.0, 60.0], "ssssss."),
        ("two of three", &[90.0, 60.0, 90.0, 40.0], "2.2."),
        ("two beside each other, the third behind them", &[90.0, 90.0, 60.0, 40.0], "22.."),
        ("below, with the last of the twelve", &[10.0, 10.0, 60.0], "22."),
        ("three of three", &[90.0, 91.0, 90.0, 40.0], "222."),
        ("the third on the other side", &[90.0, 90.0, 40.0], "..."),
        ("the third on the mean", &[90.0, 50.0, 90.0, 40.0], "...."),
        ("two of four", &[90.0, 60.0, 60.0, 90.0, 40.0], "....."),
        ("the third outside", &[90.0, 110.0, 90.0, 40.0], "2o2."),
        ("one near and one outside", &[90.0, 110.0, 60.0, 40.0], ".o.."),
        ("outside wins over a trend", &[30.0, 46.0, 48.0, 50.0, 52.0, 54.0, 110.0, 45.0], "tttttto."),
        ("a trend over two in three", &[30.0, 46.0, 60.0, 70.0, 86.0, 90.0, 95.0, 45.0], "ttttttt."),
        ("two in three over a shift", &[60.0, 70.0, 90.0, 60.0, 90.0, 70.0, 60.0, 40.0], "ss2s2ss."),
    ];
    for (what, tail, wanted) in cases {
        let chart = after_twelve(tail, PLAIN);
        let group = chart.now().expect("a group");
        assert_eq!((group.mean, group.amr), (50.0, Some(20.0)), "{what}: limits rest on the twelve");
        assert_eq!(labels(&chart)[12..], **wanted, "{what}: {tail:?}");
    }
    assert_eq!(labels(&chart(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])), "......", "one to six");
    assert_eq!(labels(&chart(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0])), "ottttto", "one to seven, its ends outside");
}

#[test]
fn runs_are_as_long_as_they_are_asked_to_be() {
    let tail = [51.0, 52.0, 51.0, 53.0, 51.0, 52.0, 51.0, 49.0, 30.0, 46.0, 48.0, 50.0, 52.0, 54.0, 45.0];
    let other = after_twelve(&tail, Options { shift: 8, trend: 6, ..PLAIN });
    assert_eq!(labels(&other)[12..], *"........tttttt.", "shift 8, trend 6");
    assert_eq!(labels(&after_twelve(&tail, PLAIN))[12..], *"sssssss........", "shift 7, trend 7");
}

#[test]
fn where_a_point_stands_and_where_its_label_points_are_two_things() {
    let tail = [30.0, 44.0, 46.0, 48.0, 52.0, 54.0, 56.0, 55.0, 53.0, 51.0, 49.0, 47.0, 45.0, 60.0];
    let chart = after_twelve(&tail, PLAIN);
    assert_eq!(labels(&chart)[12..], *"ttttttttttttt.", "up, then down");
    let told = |place: usize, good| (chart.points[place].side, chart.judge(place, good).expect("a point"));
    assert_eq!(told(12, Good::Decrease), (Side::Below, Judgement::Concern), "a rise begins below the mean");
    assert_eq!(told(12, Good::Increase), (Side::Below, Judgement::Improvement), "which may be what was wanted");
    assert_eq!(told(18, Good::Decrease), (Side::Above, Judgement::Concern), "the peak ends the rise");
    assert_eq!(told(19, Good::Decrease), (Side::Above, Judgement::Improvement), "from then on it falls");
    assert_eq!(told(19, Good::Neutral), (Side::Above, Judgement::Neutral), "neither is good");
    assert_eq!(told(25, Good::Decrease), (Side::Above, Judgement::CommonCause), "no special cause");
    assert_eq!(chart.judge(26, Good::Decrease), None, "no such point");
    let outside = after_twelve(&[110.0, -10.0], PLAIN);
    for (good, above, below) in [
        (Good::Increase, Judgement::Improvement, Judgement::Concern),
        (Good::Decrease, Judgement::Concern, Judgement::Improvement),
        (Good::Neutral, Judgement::Neutral, Judgement::Neutral),
    ] {
        assert_eq!((outside.judge(12, good), outside.judge(13, good)), (Some(above), Some(below)), "{good:?}");
    }
}

#[test]
fn a_target_is_held_against_the_last_limits() {
    let chart = after_twelve(&[50.0], PLAIN);
    let limits = chart.now().and_then(|group| group.limits).expect("limits");
    let (pass, fail, both) = (Some(Assurance::Pass), Some(Assurance::Fail), Some(Assurance::HitAndMiss));
    for (target, increase, decrease) in [
        (104.0, fail, pass),
        (limits.upper, both, both),
        (50.0, both, both),
        (limits.lower, both, both),
        (-4.0, pass, fail),
        (f64::NAN, None, None),
    ] {
        let told = (chart.assurance(target, Good::Increase), chart.assurance(target, Good::Decrease));
        assert_eq!(told, (increase, decrease), "{target}");
        assert_eq!(chart.assurance(target, Good::Neutral), None, "{target} where neither is good");
    }
    let one = Xmr::of(&[3.0], &[], &PLAIN).expect("a chart");
    assert_eq!(one.assurance(2.0, Good::Increase), None, "one point promises nothing");
}

#[test]
fn groups_have_their_own_limits_and_runs_end_with_them() {
    let values: Vec<f64> = [1.0, 2.0].repeat(8).into_iter().chain([3.0, 4.0].repeat(4)).collect();
    let whole = chart(&values);
    assert!(whole.points.iter().any(|point| point.label == Label::Shift), "one group sees a shift");
    let split = Xmr::of(&values, &[16, 16], &PLAIN).expect("a chart");
    assert_eq!(labels(&split), ".".repeat(24), "two groups do not");
    let means: Vec<(f64, bool)> = split.groups.iter().map(|group| (group.mean, group.trial)).collect();
    assert_eq!(means, [(1.5, false), (3.5, true)], "the second has eight points: trial limits");
    assert_eq!(split.group_of(15).map(|group| group.range.clone()), Some(0..16), "the last of the first");
    assert_eq!(split.group_of(16).map(|group| group.range.clone()), Some(16..24), "the first of the second");
    let rise: Vec<f64> = (1..=10).map(f64::from).collect();
    let split = Xmr::of(&rise, &[4], &PLAIN).expect("a chart");
    assert!(split.points.iter().all(|point| point.label != Label::Trend), "four and six are no seven");
}

#[test]
fn little_or_nothing_varies() {
    let one = chart(&[4.0]);
    let group = one.now().expect("a group");
    assert_eq!((group.mean, group.amr, group.limits, group.trial), (4.0, None, None, true), "one point");
    assert_eq!((one.points[0].label, one.points[0].side), (Label::CommonCause, Side::On), "one point");
    let tenths = chart(&[0.1; 30]);
    let group = tenths.now().expect("a group");
    let limits = group.limits.expect("limits");
    assert_eq!((limits.lower, group.mean, limits.upper), (0.1, 0.1, 0.1), "all alike: the limits are the mean");
    assert_eq!(labels(&tenths), ".".repeat(30), "and every point is on it");
    assert!(!group.is_flat(), "nothing was left out");
    let mut rare = [0.0; 24];
    rare[12] = 1.0;
    let rare = Xmr::of(&rare, &[], &Options { counts: true, ..PLAIN }).expect("a chart");
    let group = rare.now().expect("a group");
    assert_eq!((group.amr, group.left_out), (Some(0.0), 2), "screening leaves only the zeros");
    assert!(group.is_flat() && group.small, "which is said");
    let mut spike = [0.0; 24];
    spike[23] = 6.0;
    let exact = chart(&spike);
    assert_eq!(labels(&exact), "o".repeat(24), "limits without width: nothing can be read from them");
    let readable = Xmr::readable(&spike, &[], &PLAIN).expect("a chart");
    assert_eq!((labels(&readable), readable.screened), (format!("{}o", "s".repeat(23)), false), "unscreened, it can");
    assert_eq!(Xmr::readable(&[1.0, 2.0, 4.0], &[], &PLAIN), Ok(chart(&[1.0, 2.0, 4.0])), "else it is the same");
    let sums = chart(&[0.1, 0.2, 0.3, 0.1 + 0.2, 0.3, 0.2, 0.1]);
    assert_eq!(sums.points[2].side, sums.points[3].side, "what differs by rounding is equal");
}

#[test]
fn counts_are_small_below_five_and_limits_are_trial_below_thirteen() {
    let group = |values: &[f64], counts| {
        let chart = Xmr::of(values, &[], &Options { counts, ..PLAIN }).expect("a chart");
        let group = chart.now().expect("a group");
        (group.small, group.trial)
    };
    assert_eq!(group(&[4.0, 5.0].repeat(6), true), (true, true), "a mean of 4.5 on twelve points");
    assert_eq!(group(&[4.0; 13], true), (true, false), "thirteen points");
    assert_eq!(group(&[5.0; 13], true), (false, false), "a mean of five");
    assert_eq!(group(&[0.5; 13], false), (false, false), "no counts");
}

#[test]
fn what_makes_no_chart_is_refused_in_words() {
    let refused = |values: &[f64], rebase: &[usize], options: Options| {
        Xmr::of(values, rebase, &options).expect_err("refused").to_string()
    };
    let two = [1.0, 2.0];
    assert!(refused(&[], &[], PLAIN).contains("no values"), "none");
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 2e15, -2e15] {
        assert!(refused(&[1.0, value], &[], PLAIN).starts_with("value 2 is"), "{value}");
    }
    assert!(refused(&two, &[0], PLAIN).contains("from 2 to 2"), "the first point begins a group anyway");
    assert!(refused(&two, &[2], PLAIN).contains("at point 3"), "behind the last");
    assert!(refused(&two, &[usize::MAX], PLAIN).contains("no re-basing"), "far behind");
    assert!(refused(&two, &[], Options { shift: 1, ..PLAIN }).contains("not 1 and 7"), "no run");
    assert!(refused(&two, &[], Options { trend: 2, ..PLAIN }).contains("not 7 and 2"), "no run");
    assert!(refused(&two, &[], Options { fix_after: Some(11), ..PLAIN }).contains("not on 11"), "too few");
}

#[test]
fn a_month_without_data_is_no_zero_and_no_point() {
    let month = |text: &str| Month::parse(text).expect("a month");
    let given = [("2013-09", Some(3.0)), ("2013-04", Some(5.0)), ("2013-06", None), ("2013-07", Some(4.0))];
    let series = Series::by_month(given.map(|(text, value)| (month(text), value))).expect("a series");
    let values: Vec<(&str, f64)> = series.points.iter().map(|point| (point.at.as_str(), point.value)).collect();
    assert_eq!(values, [("April 2013", 5.0), ("July 2013", 4.0), ("September 2013", 3.0)], "in their order");
    assert_eq!(series.missing, ["2013-05", "2013-06", "2013-08"].map(month), "told apart from zeros");
    let chart = series.chart(&[month("2013-06")], &PLAIN).expect("a chart");
    let starts: Vec<usize> = chart.groups.iter().map(|group| group.range.start).collect();
    assert_eq!(starts, [0, 1], "a group begins with the next month that has data");
    assert!(series.chart(&[month("2013-10")], &PLAIN).is_err(), "behind the last");
    let twice = Series::by_month([(month("2013-04"), Some(1.0)), (month("2013-04"), None)]);
    assert!(twice.expect_err("refused").to_string().contains("April 2013"), "which of them?");
    let seven = (0..7).map(|at| (month("2013-04").plus(at * 2), Some(f64::from(at))));
    let gaps = Series::by_month(seven).expect("a series").chart(&[], &PLAIN).expect("a chart");
    assert_eq!(labels(&gaps), "ottttto", "runs go over the points, as in other tools");
}

/// Values as people write them: whole numbers, or with one place after the point.
fn values() -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![
        proptest::collection::vec((0i32..60).prop_map(f64::from), 1..40),
        proptest::collection::vec((-500i32..500).prop_map(|tenths| f64::from(tenths) / 10.0), 1..40),
        // few different values: ties, zeros, points on the mean
        proptest::collection::vec((0i32..3).prop_map(f64::from), 1..40),
    ]
}

fn all_labels(chart: &Xmr) -> Vec<Label> {
    chart.points.iter().map(|point| point.label).collect()
}

proptest! {
    #[test]
    fn adding_a_number_moves_the_lines_and_keeps_the_labels(values in values(), by in -1000i32..1000, screen: bool) {
        let options = Options { screen, ..PLAIN };
        let by = f64::from(by);
        let moved: Vec<f64> = values.iter().map(|value| value + by).collect();
        let (before, after) = (Xmr::of(&values, &[], &options).unwrap(), Xmr::of(&moved, &[], &options).unwrap());
        prop_assert_eq!(all_labels(&before), all_labels(&after));
        let (one, other) = (&before.groups[0], &after.groups[0]);
        prop_assert!((one.mean + by - other.mean).abs() < 1e-8);
        if let (Some(one), Some(other)) = (one.limits, other.limits) {
            prop_assert!((one.upper + by - other.upper).abs() < 1e-8 && (one.lower + by - other.lower).abs() < 1e-8);
        }
    }

    #[test]
    fn turning_a_series_over_turns_the_sides_over(values in values()) {
        let over: Vec<f64> = values.iter().map(|value| -value).collect();
        let (before, after) = (chart(&values), chart(&over));
        prop_assert_eq!(all_labels(&before), all_labels(&after));
        for (one, other) in before.points.iter().zip(&after.points) {
            let turned = match one.side { Side::Above => Side::Below, Side::On => Side::On, Side::Below => Side::Above };
            prop_assert_eq!(turned, other.side);
            prop_assert_eq!(Good::Increase.judge(one), Good::Decrease.judge(other));
        }
    }

    #[test]
    fn the_lines_stand_in_their_order_and_screening_never_widens_them(values in values()) {
        let open = Xmr::of(&values, &[], &Options { screen: false, ..PLAIN }).unwrap();
        let screened = chart(&values);
        if let (Some(wide), Some(narrow)) = (open.groups[0].limits, screened.groups[0].limits) {
            let mean = screened.groups[0].mean;
            prop_assert!(narrow.lower <= narrow.near_lower && narrow.near_lower <= mean);
            prop_assert!(mean <= narrow.near_upper && narrow.near_upper <= narrow.upper);
            prop_assert!(narrow.upper <= wide.upper + 1e-9 && narrow.lower >= wide.lower - 1e-9);
        }
    }

    #[test]
    fn a_group_knows_nothing_of_the_others(values in values(), other in values()) {
        let whole: Vec<f64> = values.iter().chain(&other).copied().collect();
        let split = Xmr::of(&whole, &[values.len()], &PLAIN).unwrap();
        let alone = chart(&values);
        prop_assert_eq!(&split.points[..values.len()], &alone.points[..]);
        prop_assert_eq!(&split.points[values.len()..], &chart(&other).points[..]);
    }

    #[test]
    fn what_never_varies_is_common_cause(value in -1e6f64..1e6, count in 1usize..40) {
        let chart = chart(&vec![value; count]);
        prop_assert!(chart.points.iter().all(|point| point.label == Label::CommonCause && point.side == Side::On));
    }
}
