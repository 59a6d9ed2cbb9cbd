//! The system's file dialogs, on threads of their own: on a dead network share they can hang.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

/// What a file is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// A plan to open.
    OpenPlan,
    /// A neighbour's plan to compare with.
    OpenTheirs,
    /// Where a new plan shall lie.
    NewPlan,
    /// Where the sample plan shall lie.
    SamplePlan,
    /// A document to import.
    ImportDocument,
    /// A source of signals to import.
    ImportSignals,
    /// A copy of the plan that came back.
    MergeCopy,
    /// Where a new plan for a document shall lie.
    NewPlanFor(PathBuf),
    /// Where a copy shall lie.
    SaveCopy,
    /// Where a copy for somebody else shall lie.
    ShareCopy,
    /// Where a backup shall be restored to.
    Restore(String),
    /// Where the PDF shall lie.
    SavePdf,
    /// Where the Word document shall lie.
    SaveWord,
    /// Where the workbook shall lie.
    SaveExcel,
    /// Where the web page shall lie.
    SaveWebPage,
    /// Where the table of comma separated values shall lie.
    SaveCsv,
    /// Where the calendar shall lie.
    SaveCalendar,
    /// Where the whole plan as JSON shall lie.
    SaveJson,
}

/// A kind of file: what people call it, and its endings.
type Kind = (&'static str, &'static [&'static str]);

impl Purpose {
    fn saves(&self) -> bool {
        !matches!(
            self,
            Self::OpenPlan | Self::OpenTheirs | Self::ImportDocument | Self::ImportSignals | Self::MergeCopy
        )
    }

    fn title(&self) -> &'static str {
        match self {
            Self::OpenPlan => "Open a plan",
            Self::OpenTheirs => "Open a neighbour's plan",
            Self::NewPlan | Self::NewPlanFor(_) => "Where should the new plan be saved?",
            Self::SamplePlan => "Where should the sample plan be saved?",
            Self::ImportDocument => "Import a document",
            Self::ImportSignals => "Import signals",
            Self::MergeCopy => "Merge a copy of this plan",
            Self::SaveCopy => "Save a copy",
            Self::ShareCopy => "Where should the copy be saved?",
            Self::Restore(_) => "Restore to a new file",
            Self::SavePdf => "Save the PDF",
            Self::SaveWord => "Save as a Word document",
            Self::SaveExcel => "Save the whole plan as an Excel workbook",
            Self::SaveWebPage => "Save as a web page",
            Self::SaveCsv => "Save as CSV",
            Self::SaveCalendar => "Save as a calendar",
            Self::SaveJson => "Save the whole plan as JSON",
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::ImportDocument => (
                "Documents",
                &["docx", "docm", "xlsx", "xlsm", "xls", "ods", "txt", "md", "html", "htm", "csv", "tsv", "json"],
            ),
            Self::ImportSignals => ("Tables of signals", &["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods"]),
            Self::SavePdf => ("PDF", &["pdf"]),
            Self::SaveWord => ("Word document", &["docx"]),
            Self::SaveExcel => ("Excel workbook", &["xlsx"]),
            Self::SaveWebPage => ("Web page", &["html"]),
            Self::SaveCsv => ("Comma separated values", &["csv"]),
            Self::SaveCalendar => ("Calendar", &["ics"]),
            Self::SaveJson => ("JSON", &["json"]),
            _ => ("Recap plan", &["db"]),
        }
    }
}

/// Asks a person for a file.
pub trait Picker {
    /// Opens a dialog; the answer comes from [`Picker::answer`]. A second one while the first is
    /// open is not opened.
    fn ask(&mut self, purpose: Purpose, suggestion: &str);
    /// The file that was chosen, once.
    fn answer(&mut self) -> Option<(Purpose, PathBuf)>;
}

/// The system's own dialogs.
pub struct SystemPicker {
    sender: Sender<(Purpose, Option<PathBuf>)>,
    receiver: Receiver<(Purpose, Option<PathBuf>)>,
    open: bool,
    ctx: egui::Context,
}

impl SystemPicker {
    /// No dialog yet; `ctx` is woken when one closes.
    #[must_use]
    pub fn new(ctx: egui::Context) -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, open: false, ctx }
    }
}

impl Picker for SystemPicker {
    fn ask(&mut self, purpose: Purpose, suggestion: &str) {
        if self.open {
            return;
        }
        let (sender, ctx, suggestion) = (self.sender.clone(), self.ctx.clone(), suggestion.to_owned());
        let thread = std::thread::Builder::new().name("file dialog".into()).spawn(move || {
            let (name, endings) = purpose.kind();
            let dialog = rfd::FileDialog::new().set_title(purpose.title()).add_filter(name, endings);
            let path = if purpose.saves() {
                dialog.set_file_name(&suggestion).save_file().map(|path| with_ending(path, endings[0]))
            } else {
                dialog.pick_file()
            };
            if sender.send((purpose, path)).is_ok() {
                ctx.request_repaint();
            }
        });
        self.open = thread.is_ok();
    }

    fn answer(&mut self) -> Option<(Purpose, PathBuf)> {
        let (purpose, path) = self.receiver.try_recv().ok()?;
        self.open = false;
        Some((purpose, path?))
    }
}

/// A path with the ending of its kind, where the person typed none or another: "NHS St. Helens" has
/// none, and a PDF must not take the place of "plan.db".
fn with_ending(path: PathBuf, ending: &str) -> PathBuf {
    if path.extension().is_some_and(|typed| typed.eq_ignore_ascii_case(ending)) {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(".");
    name.push(ending);
    name.into()
}

/// A file name without what Windows refuses in one.
#[must_use]
pub fn safe_name(words: &str) -> String {
    let name: String = words
        .chars()
        .map(|c| if c.is_control() || "<>:\"/\\|?*".contains(c) { ' ' } else { c })
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let name = name.trim_end_matches(['.', ' ']);
    if name.is_empty() { "Plan".into() } else { name.chars().take(100).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggested_names_are_ones_that_windows_takes() {
        assert_eq!(safe_name("NHS A/B: CCG?  plan. "), "NHS A B CCG plan", "no signs, no stop at the end");
        assert_eq!(safe_name("..."), "Plan", "never nothing");
    }

    #[test]
    fn a_file_has_the_ending_of_its_kind() {
        for (typed, kind, saved) in [
            ("plan", "db", "plan.db"),
            ("PLAN.DB", "db", "PLAN.DB"),
            ("NHS St. Helens CCG", "pdf", "NHS St. Helens CCG.pdf"),
            ("plan.db", "pdf", "plan.db.pdf"),
        ] {
            assert_eq!(with_ending(PathBuf::from(typed), kind), PathBuf::from(saved), "{typed} as {kind}");
        }
    }
}
