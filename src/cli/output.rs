//! Where words go: results to standard output, messages to standard error.

use super::Stop;
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::Path;

/// Prints words or JSON.
pub(super) struct Output {
    json: bool,
}

impl Output {
    pub(super) fn new(json: bool) -> Self {
        Self { json }
    }

    /// The result, as JSON or in words. A reader that has gone away is no fault of ours.
    pub(super) fn result(&mut self, value: impl FnOnce() -> Value, words: impl FnOnce() -> String) {
        let text = if self.json { format!("{:#}", value()) } else { words() };
        if !text.is_empty() {
            writeln!(std::io::stdout().lock(), "{text}").ok();
        }
    }

    /// A message beside the result.
    pub(super) fn note(&mut self, text: &str) {
        complain(text);
    }

    /// Why the verb ended early: in words, and with `--json` as a value too.
    pub(super) fn stop(&mut self, stop: &Stop) {
        let text = if stop.remedy.is_empty() { stop.what.clone() } else { format!("{}\n{}", stop.what, stop.remedy) };
        complain(&format!("recap: {text}"));
        if self.json {
            let value = json!({ "error": stop.what, "remedy": stop.remedy, "status": stop.status });
            writeln!(std::io::stdout().lock(), "{value:#}").ok();
        }
    }
}

/// A path for JSON, which knows only text: what is none in a name shows as �.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Prints a message to standard error.
pub(super) fn complain(text: &str) {
    writeln!(std::io::stderr().lock(), "{text}").ok();
}
