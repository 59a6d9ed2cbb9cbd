//! The command line as its users have it: the real binary, in a folder, with a home of its own.
#![expect(clippy::expect_used, clippy::panic, reason = "a helper of a test fails as the test does")]

mod check;
mod complaints;
mod import;
mod merge;
mod out;
mod refusals;
mod share;
mod signals;
mod timeline;
mod verbs;
mod xmr;

use crate::store::Place;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// Every verb there is.
const VERBS: [&str; 16] = [
    "new",
    "sample",
    "import",
    "import-signals",
    "export",
    "share",
    "timeline",
    "triangulate",
    "compare",
    "xmr",
    "merge",
    "check",
    "history",
    "undo",
    "redo",
    "backups",
];

/// A folder in which commands are typed.
pub(crate) struct Shell {
    place: Place,
}

/// What a command came to.
pub(crate) struct Ran {
    pub(crate) status: Option<i32>,
    /// On standard output.
    pub(crate) result: String,
    /// On standard error.
    pub(crate) message: String,
}

impl Shell {
    pub(crate) fn new() -> Self {
        Self { place: Place::new() }
    }

    /// With the sample plan in `plan.db`.
    pub(crate) fn with_sample() -> Self {
        let shell = Self::new();
        shell.done("sample plan.db");
        shell
    }

    /// With a plan in `plan.db` that holds nothing but whose it is.
    fn with_new_plan() -> Self {
        let shell = Self::new();
        shell.done("new plan.db --organisation Northmoor");
        shell
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.place.path(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).expect("writes");
    }

    /// Runs a command whose arguments hold no blanks.
    pub(crate) fn run(&self, line: &str) -> Ran {
        self.run_each(line.split(' '))
    }

    fn run_each<T: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = T>) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_recap"))
            .args(arguments)
            .current_dir(self.place.folder.path())
            .env("RECAP_HOME", self.path("home"))
            .env("USERNAME", "Quality lead")
            .output()
            .expect("starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        Ran { status: output.status.code(), result: text(output.stdout), message: text(output.stderr) }
    }

    /// Runs a command that must be done without a word of complaint; gives what it printed.
    pub(crate) fn done(&self, line: &str) -> String {
        let ran = self.run(line);
        assert_eq!((ran.status, ran.message.as_str()), (Some(0), ""), "recap {line}");
        ran.result
    }

    /// Runs a command that must print JSON and end with a status.
    pub(crate) fn json(&self, line: &str, status: i32) -> serde_json::Value {
        let ran = self.run(&format!("{line} --json"));
        assert_eq!(ran.status, Some(status), "recap {line}: {}", ran.message);
        serde_json::from_str(&ran.result).unwrap_or_else(|error| panic!("recap {line}: {error}: {}", ran.result))
    }

    /// Runs a command that must end with a status and a complaint, and print no result; gives the
    /// complaint. With `--json` the same must stand there as one value.
    fn refused(&self, line: &str, status: i32) -> String {
        let ran = self.run(line);
        assert_eq!((ran.status, ran.result.as_str()), (Some(status), ""), "recap {line}: {}", ran.message);
        let value = self.json(line, status);
        let part = |key: &str| value[key].as_str().unwrap_or_else(|| panic!("recap {line}: no {key}")).to_owned();
        let said = format!("recap: {}\n{}", part("error"), part("remedy"));
        assert!(ran.message.ends_with(&format!("{}\n", said.trim_end())), "recap {line}: {} and {said}", ran.message);
        assert_eq!(value["status"], status, "recap {line}");
        ran.message
    }

    /// Wants a plan's file to be sound; that gaps are left open in the plan is no fault of the file.
    pub(crate) fn sound(&self, plan: &str) {
        let ran = self.run(&format!("check {plan}"));
        assert!(matches!(ran.status, Some(0 | 1)) && ran.message.is_empty(), "check {plan}: {}", ran.message);
        let mut lines = ran.result.lines();
        assert_eq!(lines.next(), Some("The file is sound"), "{}", ran.result);
        let gaps = lines.next().unwrap_or_default();
        assert!(gaps.contains("open gap") && gaps.contains(" as at "), "no finding before the gaps: {}", ran.result);
    }

    /// All of a plan, as it goes out as JSON.
    fn exported(&self, plan: &str) -> serde_json::Value {
        self.done(&format!("export {plan} exported.json"));
        let text = std::fs::read(self.path("exported.json")).expect("written");
        std::fs::remove_file(self.path("exported.json")).expect("removes");
        serde_json::from_slice(&text).expect("JSON")
    }

    /// The labels of a plan's history, newest first.
    fn labels(&self, plan: &str) -> Vec<String> {
        let history = self.json(&format!("history {plan}"), 0);
        let entries = history["entries"].as_array().expect("a list").clone();
        entries.iter().map(|entry| entry["label"].as_str().expect("a label").to_owned()).collect()
    }

    /// Every file beside the plan with its content and when it was last written.
    fn files(&self) -> BTreeMap<OsString, (Vec<u8>, SystemTime)> {
        let entries = std::fs::read_dir(self.place.folder.path()).expect("reads").map(|entry| entry.expect("reads"));
        let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
        files
            .map(|file| {
                let written = file.metadata().and_then(|data| data.modified()).expect("a time");
                (file.file_name(), (std::fs::read(file.path()).expect("reads"), written))
            })
            .collect()
    }

    /// Wants nothing beside the plan changed, made or removed, nor the plan written.
    fn leaves_all<T>(&self, what: &str, work: impl FnOnce() -> T) -> T {
        let before = self.files();
        let result = work();
        let after = self.files();
        let names = |files: &BTreeMap<OsString, _>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&before), names(&after), "{what}: files came or went");
        let changed: Vec<_> =
            before.iter().filter(|(name, file)| after[*name] != **file).map(|(name, _)| name).collect();
        assert!(changed.is_empty(), "{what}: it wrote {changed:?}");
        result
    }
}

/// A made-up document that lies with the tests.
fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name).display().to_string()
}

#[test]
fn help_lists_every_verb_and_each_explains_itself() {
    let shell = Shell::new();
    let help = shell.done("--help");
    let listed: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(listed, VERBS);
    for verb in VERBS {
        let help = shell.done(&format!("{verb} --help"));
        let takes = match verb {
            "xmr" => "<FILE.csv>",
            "compare" => "<MINE.db> <THEIRS.db>",
            "merge" => "<MINE> <THEIRS>",
            _ => "<PLAN>",
        };
        assert!(help.contains("--json") && help.contains(takes), "{verb}: {help}");
    }
    assert_eq!(shell.done("--version"), format!("recap {}\n", env!("CARGO_PKG_VERSION")));
}
