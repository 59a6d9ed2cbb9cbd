use super::*;
use crate::model::xmr::{Options, Xmr};
use proptest::prelude::*;

/// Sources for these tests, of which two are one type and one is neutral.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Complaint,
    Pals,
    Incident,
    Survey,
    Visit,
    Story,
}

use Kind::{Complaint, Incident, Pals, Story, Survey, Visit};

const ALL: [Kind; 6] = [Complaint, Pals, Incident, Survey, Visit, Story];

impl Witness for Kind {
    fn independent_type(self) -> Self {
        if self == Pals { Complaint } else { self }
    }

    fn good(self) -> Good {
        match self {
            Incident => Good::Neutral,
            Survey => Good::Increase,
            _ => Good::Decrease,
        }
    }
}

const RULE: Thresholds = Thresholds {
    corroborated_from: 2,
    received_percent: 50,
    least_points: 6,
    never_asked_counts: true,
    small_can_tell: false,
};

fn given(source: Kind, receipt: ReceiptState, reading: Reading) -> Given<Kind> {
    Given { source, covers_theme: true, covered: Covered::whole(receipt), reading }
}

fn received(source: Kind, reading: Reading) -> Given<Kind> {
    given(source, ReceiptState::Received, reading)
}

fn late(source: Kind) -> Given<Kind> {
    given(source, ReceiptState::Late, Reading::Quiet)
}

#[test]
fn each_verdict_is_given_where_it_holds() {
    use Reading::{Adverse, Better, Moved, Quiet, Unclear};
    use Verdict::{Blind, Corroborated, NoSignal, SingleSource, TooFew};
    let cases: &[(&str, &[Given<Kind>], Verdict)] = &[
        ("two independent sources", &[received(Complaint, Adverse), received(Survey, Adverse)], Corroborated),
        ("PALS and complaints are one", &[received(Complaint, Adverse), received(Pals, Adverse)], SingleSource),
        ("PALS and a visit are two", &[received(Pals, Adverse), received(Visit, Adverse)], Corroborated),
        ("one among quiet ones", &[received(Complaint, Adverse), received(Survey, Quiet)], SingleSource),
        ("better is not adverse", &[received(Complaint, Adverse), received(Survey, Better)], SingleSource),
        (
            "a neutral one beside an adverse one",
            &[received(Complaint, Adverse), received(Incident, Moved)],
            Corroborated,
        ),
        ("a neutral one alone", &[received(Complaint, Quiet), received(Incident, Moved)], NoSignal),
        ("nothing", &[received(Complaint, Quiet), received(Survey, Better)], NoSignal),
        ("one that can tell", &[received(Complaint, Unclear), received(Survey, Quiet)], NoSignal),
        ("none that can tell", &[received(Complaint, Unclear), received(Survey, Unclear)], TooFew),
        ("half received", &[received(Complaint, Quiet), late(Survey)], NoSignal),
        ("fewer than half", &[received(Complaint, Quiet), late(Survey), late(Visit)], Blind),
        ("too few and fewer than half", &[received(Complaint, Unclear), late(Survey), late(Visit)], Blind),
        ("no sources", &[], Blind),
        ("a signal where most is missing", &[received(Complaint, Adverse), late(Survey), late(Visit)], SingleSource),
        (
            "what is late says nothing",
            &[given(Complaint, ReceiptState::Late, Adverse), received(Survey, Quiet)],
            NoSignal,
        ),
        (
            "not due yet is not received",
            &[received(Complaint, Quiet), given(Survey, ReceiptState::Expected, Quiet), late(Visit)],
            Blind,
        ),
        (
            "never asked is not received",
            &[received(Complaint, Quiet), given(Survey, ReceiptState::NeverAsked, Quiet), late(Visit)],
            Blind,
        ),
        (
            "not applicable is left out",
            &[received(Complaint, Quiet), given(Survey, ReceiptState::NotApplicable, Quiet), late(Visit)],
            NoSignal,
        ),
        ("nothing applies", &[given(Survey, ReceiptState::NotApplicable, Quiet)], Blind),
        (
            "one that does not cover the theme is left out",
            &[received(Complaint, Quiet), late(Visit), Given { covers_theme: false, ..late(Survey) }],
            NoSignal,
        ),
        (
            "nor does it signal",
            &[received(Complaint, Quiet), Given { covers_theme: false, ..received(Survey, Adverse) }],
            NoSignal,
        ),
    ];
    for (what, given, wanted) in cases {
        assert_eq!(Finding::of(given, &RULE).verdict, *wanted, "{what}");
    }
}

#[test]
fn a_finding_says_what_it_rests_on() {
    let given = [
        late(Story),
        late(Visit),
        given(Survey, ReceiptState::NeverAsked, Reading::Quiet),
        received(Incident, Reading::Moved),
        received(Pals, Reading::Unclear),
        late(Complaint),
    ];
    let finding = Finding::of(&given, &RULE);
    assert_eq!((finding.verdict, finding.is_blind), (Verdict::Blind, true), "two of six");
    assert_eq!((finding.received, finding.unclear), (vec![Pals, Incident], vec![Pals]), "in their order");
    assert_eq!(finding.missing, [Complaint, Survey, Visit, Story], "what did not come");
    assert!(finding.beside.is_empty() && finding.types == 0, "a neutral one beside nothing");
    let mut given = given;
    given[5] = received(Complaint, Reading::Adverse);
    let finding = Finding::of(&given, &RULE);
    assert_eq!((finding.verdict, finding.types), (Verdict::Corroborated, 2), "now beside an adverse one");
    assert_eq!((finding.adverse, finding.beside), (vec![Complaint], vec![Incident]), "which is which");
}

#[test]
fn thresholds_move_the_verdict_and_the_words() {
    let two = [received(Complaint, Reading::Adverse), received(Survey, Reading::Adverse), late(Visit), late(Story)];
    let three = Thresholds { corroborated_from: 3, ..RULE };
    assert_eq!(Finding::of(&two, &three).verdict, Verdict::SingleSource, "not from so many");
    let quiet = [received(Complaint, Reading::Quiet), received(Survey, Reading::Quiet), late(Visit), late(Story)];
    assert_eq!(Finding::of(&quiet, &RULE).verdict, Verdict::NoSignal, "half");
    let most = Thresholds { received_percent: 75, ..RULE };
    assert_eq!(Finding::of(&quiet, &most).verdict, Verdict::Blind, "not three quarters");
    let asked =
        [received(Complaint, Reading::Quiet), given(Survey, ReceiptState::NeverAsked, Reading::Quiet), late(Visit)];
    let lenient = Thresholds { never_asked_counts: false, ..RULE };
    assert_eq!(Finding::of(&asked, &lenient).verdict, Verdict::NoSignal, "one of the two that were asked");
    let words = |rule: &Thresholds| rule.words(&Options::default()).join("\n");
    let usual = words(&RULE);
    assert!(usual.contains("from 2 or more") && usual.contains("fewer than half of"), "{usual}");
    assert!(usual.contains("7 months rising") && usual.contains("with screening"), "{usual}");
    for (rule, says) in
        [(three, "from 3 or more"), (most, "fewer than 75 per cent of"), (lenient, "never asked for is left out")]
    {
        assert!(words(&rule).contains(says) && !usual.contains(says), "{says}");
    }
    let other = RULE.words(&Options { screen: false, shift: 8, trend: 6, ..Options::default() }).join("\n");
    assert!(
        other.contains("6 months rising") && other.contains("8 months on") && other.contains("without screening"),
        "{other}"
    );
}

#[test]
fn no_data_and_not_asked_are_no_numbers() {
    let words = |given: Given<Kind>| given.cell().words();
    assert_eq!(words(received(Visit, Reading::Quiet)), None, "a number, perhaps a zero");
    assert_eq!(words(late(Visit)), Some("no data"), "late");
    assert_eq!(words(given(Visit, ReceiptState::Expected, Reading::Quiet)), Some("no data"), "not due");
    assert_eq!(words(given(Visit, ReceiptState::NeverAsked, Reading::Quiet)), Some("not asked"), "never asked");
    assert_eq!(words(given(Visit, ReceiptState::NotApplicable, Reading::Quiet)), Some("not applicable"), "has none");
    assert_eq!(
        words(Given { covers_theme: false, ..received(Visit, Reading::Quiet) }),
        Some("not asked"),
        "not about it"
    );
}

#[test]
fn a_period_is_received_when_all_its_months_are() {
    use ReceiptState::{Expected, Late, NeverAsked, NotApplicable, Received};
    for (months, receipt, received, of) in [
        (&[Received, Received, Received][..], Received, 3, 3),
        (&[Received, NotApplicable, Received], Received, 2, 2),
        (&[Received, Expected, Late], Late, 1, 3),
        (&[Received, Received, Expected], Expected, 2, 3),
        (&[NeverAsked, NeverAsked, Received], NeverAsked, 1, 3),
        (&[NotApplicable, NotApplicable], NotApplicable, 0, 0),
        (&[], NeverAsked, 0, 0),
    ] {
        let covered = Covered::over(months.iter().copied());
        assert_eq!((covered.receipt, covered.received, covered.of), (receipt, received, of), "{months:?}");
    }
    let part = Covered::over([Received, Late, Late]);
    let some = Given { covered: part, ..received(Complaint, Reading::Adverse) };
    assert!(part.is_part() && matches!(some.cell(), Cell::Data { part: true, .. }), "what came is shown");
    let finding = Finding::of(&[some, received(Survey, Reading::Quiet)], &RULE);
    assert_eq!(
        (finding.verdict, finding.missing),
        (Verdict::SingleSource, vec![Complaint]),
        "and read, but not received"
    );
}

#[test]
fn a_chart_is_read_in_its_period_only() {
    let options = Options { counts: true, ..Options::default() };
    let chart = |values: &[f64], rebase: &[usize]| Xmr::readable(values, rebase, &options).expect("a chart");
    let mut values: Vec<f64> = [12.0, 8.0].repeat(9);
    values.extend([30.0, 10.0, 9.0]);
    let spike = chart(&values, &[]);
    let read = |period, good| Reading::of_chart(&spike, period, good, &RULE);
    assert_eq!(read(18..21, Good::Decrease), Reading::Adverse, "a month of the quarter is outside");
    assert_eq!(read(18..21, Good::Increase), Reading::Better, "which may be good");
    assert_eq!(read(18..21, Good::Neutral), Reading::Moved, "or neither");
    assert_eq!(read(0..3, Good::Decrease), Reading::Quiet, "another quarter");
    assert_eq!(read(21..24, Good::Decrease), Reading::Unclear, "no months");
    let small = chart(&[2.0, 1.0].repeat(9), &[]);
    assert_eq!(
        Reading::of_chart(&small, 0..3, Good::Decrease, &RULE),
        Reading::Unclear,
        "small counts cannot reassure"
    );
    let told = Thresholds { small_can_tell: true, ..RULE };
    assert_eq!(Reading::of_chart(&small, 0..3, Good::Decrease, &told), Reading::Quiet, "unless a person says so");
    let mut rare = vec![0.0; 20];
    rare.push(6.0);
    assert_eq!(Reading::of_chart(&chart(&rare, &[]), 18..21, Good::Decrease, &RULE), Reading::Adverse, "but can alarm");
    let split = chart(&values, &[18]);
    assert_eq!(Reading::of_chart(&split, 18..21, Good::Decrease, &RULE), Reading::Unclear, "three points are not read");
    for (adverse, unjudged, reading) in [(0, 0, Reading::Quiet), (0, 2, Reading::Unclear), (1, 2, Reading::Adverse)] {
        assert_eq!(Reading::of_items(adverse, unjudged), reading, "{adverse} adverse, {unjudged} not judged");
    }
}

fn any_given() -> impl Strategy<Value = Vec<Given<Kind>>> {
    let readings = [Reading::Adverse, Reading::Moved, Reading::Better, Reading::Quiet, Reading::Unclear];
    let one = (
        proptest::sample::select(ALL.to_vec()),
        proptest::sample::select(ReceiptState::ALL.to_vec()),
        proptest::sample::select(readings.to_vec()),
        proptest::bool::weighted(0.8),
    );
    let one = one
        .prop_map(|(source, receipt, reading, covers_theme)| Given { covers_theme, ..given(source, receipt, reading) });
    proptest::collection::vec(one, 0..10)
}

proptest! {
    #[test]
    fn the_order_of_sources_does_not_matter(mut given in any_given(), seed in 0usize..10) {
        let before = Finding::of(&given, &RULE);
        let turn = seed.min(given.len());
        given.rotate_left(turn);
        given.reverse();
        prop_assert_eq!(before, Finding::of(&given, &RULE));
    }

    #[test]
    fn data_that_come_never_take_a_signal_away(mut given in any_given(), source in proptest::sample::select(ALL.to_vec()), adverse: bool) {
        let before = Finding::of(&given, &RULE);
        given.push(received(source, if adverse { Reading::Adverse } else { Reading::Quiet }));
        let after = Finding::of(&given, &RULE);
        prop_assert!(after.types >= before.types, "{:?} then {:?}", before, after);
        if before.verdict <= Verdict::SingleSource {
            prop_assert!(after.verdict <= before.verdict, "{:?} then {:?}", before, after);
        }
        if before.verdict != Verdict::Blind {
            prop_assert!(after.verdict != Verdict::Blind, "{:?} then {:?}", before, after);
        }
        if adverse {
            prop_assert!(after.verdict <= Verdict::SingleSource);
        }
    }

    #[test]
    fn a_verdict_rests_on_what_it_says(given in any_given()) {
        let finding = Finding::of(&given, &RULE);
        prop_assert_eq!(finding.verdict == Verdict::Corroborated, finding.types >= 2);
        prop_assert_eq!(finding.verdict == Verdict::SingleSource, finding.types == 1);
        prop_assert_eq!(finding.types == 0, finding.adverse.is_empty());
        if finding.verdict == Verdict::Blind {
            prop_assert!(finding.received.len() <= finding.missing.len());
        }
        let half = finding.received.len() * 2 < finding.received.len() + finding.missing.len();
        prop_assert_eq!(finding.is_blind, half || finding.received.is_empty() && finding.missing.is_empty());
        for one in given.iter().filter(|one| one.covered.receipt != ReceiptState::Received || !one.covers_theme) {
            let other = given.iter().any(|two| two.source == one.source && two.covers_theme && two.covered.has_data());
            prop_assert!(other || !finding.adverse.contains(&one.source), "what did not come says nothing");
        }
    }
}
