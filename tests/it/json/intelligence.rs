//! Providers, what is known of them, and signals as JSON, out and in again.

use super::{SAMPLE, blank, imported, text};
use crate::intelligence::{id, some_intelligence, some_measures, some_signals, without_intelligence};
use crate::store::{Place, assert_sound, stamp};
use proptest::prelude::*;
use recap::import::json::read;
use recap::model::{
    Batch, EditBuilder, Id, InPlan, NotedFinding, Plan, Provider, Rebase, Receipt, SignalTheme, Subject, Value,
    WatchLevel, intent,
};
use recap::report::json::write;
use recap::store::{Incoming, PlanFile};

/// The sample plan with rows of every kind.
fn plan() -> Plan {
    let mut plan = without_intelligence(imported(SAMPLE, blank()));
    some_intelligence(&plan).apply(&mut plan).expect("fits");
    plan
}

fn whole() -> String {
    write(&plan(), &some_signals(), &some_measures())
}

#[test]
fn a_plan_with_signals_comes_back_whole() {
    let plan = plan();
    let text = whole();
    let import = read(&text, &blank()).expect("reads");
    assert_eq!((import.warnings.as_slice(), &import.signals), (&[][..], &some_signals()));
    assert_eq!(import.measures, some_measures(), "to the last digit");
    let again = imported(&text, blank());
    assert_eq!(again, plan, "row for row");
    assert_eq!(write(&again, &import.signals, &import.measures), text, "byte for byte");
    let twice = read(&text, &plan).expect("reads");
    assert!(twice.edit.is_empty(), "the same file again changes nothing: {:?}", twice.edit.changes);
    assert_eq!(twice.signals.len(), 3, "what of them is new, the plan file knows");
}

#[test]
fn each_signal_and_measure_is_a_line_that_says_what_it_has() {
    let text = whole();
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("  {\"source\":")).collect();
    assert_eq!(lines.len(), some_signals().len() + some_measures().len(), "{text}");
    let bare = format!(
        "  {{\"source\":\"patient story\",\"key\":\"{}\",\"provider\":\"{}\",\"hardness\":\"soft\"}},",
        id("content"),
        id("community")
    );
    assert_eq!(lines[1], bare, "nothing that is not filled");
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let first = &value["signals"][0];
    for (key, expected) in [("received", "2013-06-03"), ("month", "2013-06"), ("outcome", "Partially Upheld")] {
        assert_eq!(first[key], expected, "{key}");
    }
    assert_eq!((&first["adverse"], &first["handling_concern"]), (&true.into(), &false.into()));
    assert!(value["signals"][2].get("adverse").is_none(), "nobody judged it, and that is no \"no\"");
    assert_eq!(value["measures"][1]["denominator"], 0, "nobody answered");
    assert!(value["measures"][2].get("denominator").is_none(), "a number alone");
}

#[test]
fn rows_stand_where_scripts_look_for_them() {
    let value: serde_json::Value = serde_json::from_str(&whole()).expect("JSON");
    let hospital = &value["providers"][0];
    assert_eq!(hospital["name"], "Northmoor General Hospital");
    assert_eq!(hospital["aliases"], serde_json::json!(["NGH", "Northmoor Hospitals"]));
    assert_eq!(hospital["watch"][1]["level"], "enhanced");
    assert_eq!(hospital["watch"][1]["finding"], id("finding").to_string());
    assert_eq!(value["signal_themes"][0]["not_asked"], serde_json::json!(["incident", "staff survey"]));
    assert_eq!(value["signal_themes"][0]["subjects"][0]["text"], "Not told of a delay");
    assert_eq!(value["subjects"][0]["text"], "Car park", "a subject that belongs to no theme");
    assert_eq!(value["receipts"][0]["month"], "2013-04");
    let finding = value["findings"].as_array().expect("a list").last().expect("the dated one is last");
    assert_eq!(finding["sources"], serde_json::json!(["complaint", "incident"]));
    assert_eq!(
        (finding["actions"].as_array().map(Vec::len), finding["recommendations"].as_array().map(Vec::len)),
        (Some(1), Some(1))
    );
    assert_eq!(
        (&value["rebases"][0]["month"], &value["batches"][1]["kept"][0]),
        (&"2013-02".into(), &"Outcome".into())
    );
}

#[test]
fn another_plans_providers_are_matched_by_name_and_themes_by_title() {
    let mut ours = blank();
    let mut edit = EditBuilder::new(&ours, "Add");
    let (mine, theme) = (Id::NIL.derive(&["mine"]), Id::NIL.derive(&["theme"]));
    let name = "northmoor general  hospital".to_owned();
    edit.put(&Provider { id: mine, order: "5".into(), name, kind: "hospital".into(), ..Provider::default() });
    edit.put(&SignalTheme { id: theme, order: "5".into(), title: "COMMUNICATION".into(), ..SignalTheme::default() });
    edit.finish().apply(&mut ours).expect("fits");
    let import = read(&whole(), &ours).expect("reads");
    import.edit.apply(&mut ours).expect("fits");
    assert_eq!((ours.providers.len(), ours.signal_themes.len()), (2, 2), "not doubled");
    let hospital = &ours.providers[&mine];
    assert_eq!(hospital.kind, "hospital", "what we had stays");
    assert_eq!(hospital.board_response, "Asked for in May", "what was blank is filled");
    assert!(
        import.warnings.iter().any(|said| said.starts_with("providers[0].kind: it differs")),
        "{:?}",
        import.warnings
    );
    assert_eq!(ours.watch_levels_of(mine).len(), 2, "what hangs on it hangs on ours");
    assert!(ours.receipts.values().all(|row| row.provider == mine), "receipts too");
    assert!(
        ours.receipts
            .values()
            .all(|row| row.id == Receipt::id_of(mine, row.source.expect("one"), row.month.expect("one")))
    );
    assert_eq!(ours.findings[&id("finding")].theme, Some(theme));
    assert_eq!(ours.subjects_of(Some(theme)).len(), 2, "and subjects");
    assert!(ours.signal_themes.contains_key(&SignalTheme::id_of(ours.id(), "Falls")), "a shipped theme is ours");
    assert_eq!(import.signals[0].provider, Some(mine), "and signals");
    assert_eq!(import.measures[0].provider, Some(mine), "and measures");
    let again = read(&whole(), &ours).expect("reads");
    assert!(again.edit.is_empty(), "the second time changes nothing: {:?}", again.edit.changes);
}

#[test]
fn what_does_not_fit_is_refused_with_its_place() {
    let whole = whole();
    let nobody = Id::NIL.derive(&["nobody"]).to_string();
    let hospital = format!("\"provider\":\"{}\"", id("hospital"));
    for (find, put, said) in [
        (hospital.as_str(), format!("\"provider\":\"{nobody}\""), "signals[0].provider: no provider of the file"),
        ("\"received\":\"2013-06-03\"", "\"received\":\"03/06/2013\"".into(), "signals[0].received: \"03/06/2013\""),
        ("\"adverse\":true", "\"adverse\":\"yes\"".into(), "signals[0].adverse: \"yes\""),
        ("\"source\":\"patient story\"", "\"source\":\"weather\"".into(), "signals[1].source: \"weather\""),
        (
            "\"subjects\":[\"Not told of a delay\"",
            "\"subjects\":[5".into(),
            "signals[0].subjects[0]: this should be text",
        ),
        ("\"key\":\"C/2013/17\"", "\"key\":\"17\"".into(), "signals[0].key: a signal with a reference is known by it"),
        (
            "[\"Not told of a delay\",",
            "[\"Not told\\nof a delay\",".into(),
            "signals[0].subjects[0]: this should be words on one",
        ),
        ("\"what\":\"Wards\"", "\"what\":\"A&E\"".into(), "measures[1].month: this stands twice in the file"),
        ("\"key\":\"9\",", String::new(), "signals[2].key: a signal needs a key"),
        ("\"signals\": [", "\"signals\": 5, \"x\": [".into(), "signals: this should be a list"),
        ("\"numerator\":-12", "\"numerator\":\"many\"".into(), "measures[0].numerator: this should be a number"),
        ("\"months\":12", "\"months\":0".into(), "measures[2].months: this should be 1 or more"),
        ("\"level\": \"enhanced\"", "\"level\": \"high\"".into(), "providers[0].watch[1].level: \"high\""),
        (
            "\"month\": \"2013-04\",\n   \"state\"",
            "\"month\": \"April\",\n   \"state\"".into(),
            "receipts[0].month: \"April\"",
        ),
        ("\"NGH\"", "7".into(), "providers[0].aliases[0]: this should be text"),
        ("\"state\": \"late\"", "\"state\": null".into(), "receipts[1].state: this should say"),
    ] {
        assert!(whole.contains(find), "the file has {find}");
        let error = read(&whole.replacen(find, &put, 1), &blank()).expect_err(said).to_string();
        assert!(error.starts_with(said), "{error} begins with {said}");
    }
    let strange = whole.replace("\"hardness\":", "\"colour\":\"red\",\"hardness\":");
    let import = read(&strange, &blank()).expect("reads");
    assert_eq!(import.warnings.len(), 1, "once, not for every line: {:?}", import.warnings);
    assert!(import.warnings[0].starts_with("signals[0].colour: "), "{:?}", import.warnings);
}

#[test]
fn what_the_file_does_not_name_stays() {
    let plan = plan();
    let mut value: serde_json::Value = serde_json::from_str(&whole()).expect("JSON");
    for key in ["board_response", "aliases"] {
        value["providers"][0].as_object_mut().expect("an object").remove(key);
    }
    let finding = value["findings"].as_array_mut().expect("a list").last_mut().expect("some");
    finding.as_object_mut().expect("an object").remove("provider");
    let import = read(&value.to_string(), &plan).expect("reads");
    assert!(import.edit.is_empty(), "{:?}", import.edit.changes);
}

#[test]
fn a_file_with_signals_is_made_anew_from_its_json() {
    let (_place, mut file) = Place::with_plan();
    let edit = some_intelligence(&file.read().expect("reads"));
    let (signals, measures) = (some_signals(), some_measures());
    let incoming = Incoming { batch: id("batch"), signals: &signals, measures: &measures, gone: &[] };
    file.take_signals(&incoming, &edit, &stamp(100), &mut |_, _| true).expect("takes").expect("an entry");
    let out = |file: &PlanFile| {
        let held = file.held_signals().expect("reads");
        write(&file.read().expect("reads"), &held, &file.held_measures().expect("reads"))
    };
    let text = out(&file);
    let place = Place::new();
    let first = intent::create_plan(Id::NIL.derive(&["other"]), "", "", None);
    let mut other = PlanFile::create(&place.plan(), &first, &stamp(0)).expect("makes a plan");
    let import = read(&text, &other.read().expect("reads")).expect("reads");
    let incoming = Incoming { batch: id("batch"), signals: &import.signals, measures: &import.measures, gone: &[] };
    other.take_signals(&incoming, &import.edit, &stamp(100), &mut |_, _| true).expect("takes").expect("an entry");
    assert_sound(&other);
    assert_eq!(out(&other), text, "byte for byte");
    let again = read(&text, &other.read().expect("reads")).expect("reads");
    let incoming = Incoming { signals: &again.signals, measures: &again.measures, ..incoming };
    assert!(again.edit.is_empty() && other.compare_signals(&incoming).expect("compares").is_known(), "twice is once");
}

#[test]
fn a_hundred_thousand_signals_come_back_in_their_order() {
    let plan = plan();
    let many = || some_signals().into_iter().cycle().take(100_000).enumerate();
    let signals: Vec<_> = many()
        .map(|(place, mut held)| {
            held.signal.row = place;
            held.signal.key = place.to_string();
            held.signal.reference.clear();
            held
        })
        .collect();
    let text = write(&plan, &signals, &[]);
    assert!(text.len() < 40_000_000, "{} bytes", text.len());
    let import = read(&text, &blank()).expect("reads");
    assert!(import.signals == signals, "each in its place");
}

/// Puts other texts into every free text of a kind; blank, none, no and zero among them.
fn scramble<T: InPlan>(plan: &mut Plan, texts: &mut impl Iterator<Item = String>) {
    for row in T::rows_mut(plan).values_mut() {
        for field in T::FIELDS.iter().filter(|field| **field != "order") {
            let before = row.get(field).unwrap_or_default();
            // a field that is no free text takes none, or only by chance
            if row.set(field, &Value::Text("any words".into())).is_err() || row.set(field, &Value::Int(1)).is_ok() {
                row.set(field, &before).expect("what it held");
            } else {
                let text = texts.next().expect("an endless supply");
                row.set(field, &Value::Text(text)).expect("a free text");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn any_words_come_back_the_same(texts in proptest::collection::vec(text(), 40)) {
        let mut plan = plan();
        let mut supply = texts.iter().cloned().cycle();
        scramble::<Provider>(&mut plan, &mut supply);
        scramble::<SignalTheme>(&mut plan, &mut supply);
        scramble::<Subject>(&mut plan, &mut supply);
        scramble::<Receipt>(&mut plan, &mut supply);
        scramble::<Batch>(&mut plan, &mut supply);
        scramble::<NotedFinding>(&mut plan, &mut supply);
        scramble::<WatchLevel>(&mut plan, &mut supply);
        scramble::<Rebase>(&mut plan, &mut supply);
        let mut signals = some_signals();
        for held in &mut signals {
            let signal = &mut held.signal;
            for field in [&mut signal.service, &mut signal.state, &mut signal.learning, &mut signal.text] {
                *field = supply.next().expect("an endless supply");
            }
        }
        let out = write(&plan, &signals, &[]);
        let import = read(&out, &blank()).expect("reads");
        let mut again = blank();
        import.edit.apply(&mut again).expect("fits");
        prop_assert_eq!(&again, &plan);
        prop_assert_eq!(&import.signals, &signals);
        prop_assert_eq!(write(&again, &signals, &[]), out);
    }

    #[test]
    fn any_number_comes_back_to_the_last_bit(numerator in proptest::num::f64::NORMAL, denominator in proptest::num::f64::NORMAL) {
        let mut measures = some_measures();
        measures[0].measure.numerator = numerator;
        measures[0].measure.denominator = Some(denominator);
        let import = read(&write(&plan(), &[], &measures), &blank()).expect("reads");
        prop_assert_eq!(import.measures, measures);
    }
}

#[test]
fn the_label_of_an_import_and_its_counts_know_the_new_rows() {
    let import = read(&whole(), &blank()).expect("reads");
    let counts: Vec<String> =
        import.counts().into_iter().map(|(kind, added, _)| format!("{added} {}", intent::noun(kind))).collect();
    for said in
        ["2 provider", "2 theme of signals", "3 subject of signals", "3 receipt", "2 finding", "2 level of watch"]
    {
        assert!(counts.iter().any(|count| count == said), "{said} of {counts:?}");
    }
}
