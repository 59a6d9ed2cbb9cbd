//! `recap share`.

use super::Shell;

#[test]
fn a_copy_is_made_proven_and_logged() {
    let shell = Shell::with_sample();
    let shared = shell.json("share plan.db copy.db --for Southmoor --why Reading --html copy.html", 0);
    let sum = shared["sha256"].as_str().expect("a sum");
    assert_eq!(sum.len(), 64);
    assert_eq!(shared["manifest"]["for_whom"], "Southmoor");
    assert_eq!(shared["manifest"]["to_edit"], false);
    let goes = shared["goes"].as_array().expect("a list");
    let count = |list: &[serde_json::Value], what: &str| {
        list.iter().find(|one| one["what"] == what).and_then(|one| one["count"].as_u64())
    };
    assert_eq!(count(goes, "recommendations"), Some(22));
    let left = shared["left_out"].as_array().expect("a list");
    assert!(count(left, "signals").is_some_and(|count| count > 1_000), "{left:?}");
    assert!(shared["findings"].is_array());
    assert!(shell.path("copy.html").exists(), "a page to read");
    shell.sound("copy.db");
    let history = shell.done("history plan.db --limit 1");
    assert!(history.contains("Shared a copy with Southmoor"), "{history}");
    let history = shell.json("history copy.db", 0);
    assert_eq!(history["entries"].as_array().map(Vec::len), Some(1), "one entry: none of the source's history");
    let refused = shell.run("import copy.db plan.db");
    assert_ne!(refused.status, Some(0), "a copy to be read takes nothing in");
}

#[test]
fn a_preview_says_what_would_go_and_makes_nothing() {
    let shell = Shell::with_sample();
    let before = std::fs::read(shell.path("plan.db")).expect("there");
    let words = shell.done("share plan.db copy.db --preview --with evidence,summary");
    assert!(words.contains("22 recommendations") && words.contains("8 pieces of evidence"), "{words}");
    assert!(words.contains("places where evidence is held"), "{words}");
    assert!(words.ends_with("Preview: nothing was written\n"), "{words}");
    assert!(!shell.path("copy.db").exists(), "nothing");
    assert!(std::fs::read(shell.path("plan.db")).expect("there") == before, "and the plan is as it was");
    let value = shell.json("share plan.db copy.db --preview", 0);
    assert!(value["sha256"].is_null() && value["manifest"].is_null(), "{value}");
}

#[test]
fn signals_row_by_row_go_only_with_a_warning() {
    let shell = Shell::with_sample();
    let ran = shell.run("share plan.db copy.db --signals rows");
    assert_eq!(ran.status, Some(0), "{}", ran.message);
    assert!(ran.message.contains("tell of single people"), "{}", ran.message);
    assert!(ran.result.contains("3252 signals, row by row"), "{}", ran.result);
    shell.sound("copy.db");
}

#[test]
fn what_makes_no_sense_is_refused_with_what_does() {
    let shell = Shell::with_sample();
    for (line, status, says) in [
        ("share plan.db copy.db --with signals", 2, "evidence, summary, remarks"),
        ("share plan.db copy.db --without evidence", 2, "responses, positions, actions, providers"),
        ("share plan.db copy.db --without providers --signals counts", 2, "names of the providers"),
        ("share plan.db copy.db --signals some", 2, "none, counts or rows"),
        ("share plan.db plan.db", 3, "the plan itself"),
        ("share plan.db copy.db --html plan.db", 3, "the plan itself"),
    ] {
        let ran = shell.run(line);
        assert_eq!(ran.status, Some(status), "recap {line}: {}", ran.message);
        assert!(ran.message.contains(says), "recap {line}: {}", ran.message);
        assert!(!shell.path("copy.db").exists(), "nothing is made");
    }
    shell.done("share plan.db copy.db");
    let refused = shell.run("share copy.db another.db");
    assert_eq!(refused.status, Some(4), "{}", refused.message);
    assert!(refused.message.contains("a copy that was shared to be read"), "{}", refused.message);
    assert!(!shell.path("another.db").exists(), "a copy of a copy would be in nobody's log");
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_no_copy_and_the_plan_as_it_was() {
    let shell = Shell::with_sample();
    let before = std::fs::read(shell.path("plan.db")).expect("there");
    // a limit on a file's size is answered as a full disk is: the write fails half way
    let line = "trap '' XFSZ; ulimit -f 200; exec \"$0\" share plan.db copy.db";
    let output = std::process::Command::new("sh")
        .args(["-c", line, env!("CARGO_BIN_EXE_recap")])
        .current_dir(shell.path(""))
        .env("RECAP_HOME", shell.path("home"))
        .output()
        .expect("starts");
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{message}");
    let left = std::fs::read_dir(shell.path("")).expect("reads").flatten();
    let mut left: Vec<String> = left.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    left.retain(|name| name != "home");
    assert_eq!(left, ["plan.db"], "no half file");
    assert!(std::fs::read(shell.path("plan.db")).expect("there") == before, "to the byte");
}

#[test]
fn plans_of_the_real_documents_are_shared_and_proven() {
    for name in ["000_591d45c0c3b4f0cd.txt", "001_b5b686d37bfa995f.txt", "004_0dcf8a2201acf66b.txt"] {
        let Some(path) = crate::import::seed_path(name) else { continue };
        let shell = Shell::with_new_plan();
        let document = path.to_string_lossy().into_owned();
        let ran = shell.run_each(["import", "plan.db", &document]);
        assert!(matches!(ran.status, Some(0 | 1)), "{name}: {}", ran.message);
        let shared =
            shell.json("share plan.db copy.db --for Southmoor --with remarks,summary,evidence --html copy.html", 0);
        assert!(shared["sha256"].is_string(), "{name}: proven");
        shell.sound("copy.db");
        let export = |plan: &str, out: &str| {
            shell.done(&format!("export {plan} {out} --as-at 2013-06-30"));
            std::fs::read_to_string(shell.path(out)).expect("written")
        };
        // remarks lose their documents' names only, which no paper prints
        assert_eq!(export("copy.db", "copy.csv"), export("plan.db", "plan.csv"), "{name}: the same table");
        let bytes = std::fs::read(shell.path("copy.db")).expect("there");
        let has = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(!has(name) && !has("plan.db"), "{name}: neither the document's name nor the plan's");
    }
}
