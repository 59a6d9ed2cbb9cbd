//! What a view is given, and how it asks for change. A view cannot change the plan: it sends.

use crate::app::command::Circumstances;
use crate::app::draft::{self, DraftKey, Drafts};
use crate::app::story::Story;
use crate::app::{Command, Settings, Way};
use crate::model::gap::Gap;
use crate::model::intent::Adopt;
use crate::model::signal::Held;
use crate::model::state::StateWords;
use crate::model::view::Column;
use crate::model::{Edit, Id, Index, Plan};
use crate::report::ReportName;
use crate::ui::complaints::Question;
use crate::ui::dialogs::bulk::What;
use crate::ui::themes::Arrange;
use crate::ui::timeline::Asking;
use chrono::NaiveDate;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What a view asks for; done after the frame is drawn.
#[derive(Debug)]
pub enum Wish {
    /// Change the plan.
    Edit(Edit),
    /// Take in what a field holds.
    Typed(DraftKey, String),
    /// Forget what was typed into a field.
    Forget(DraftKey),
    /// Turn drafts into edits now.
    Flush,
    /// Try again to save what could not be saved.
    Retry,
    /// Run a command.
    Run(Command),
    /// Select a recommendation, or none.
    Select(Option<Id>),
    /// Show it, whatever hides it now, and select it.
    GoTo(Id),
    /// Put something in another place.
    Arrange(Arrange),
    /// Select recommendations together, with the cursor in one of them; none for that one alone.
    Mark(BTreeSet<Id>, Option<Id>),
    /// Ask what shall be set for all that are selected.
    Bulk(What),
    /// Copy the cursor's cell, or the rows that are selected.
    Copy {
        /// Whether it was asked to be cut out, which nothing is.
        cut: bool,
    },
    /// Paste at the cursor; with what is known of the clipboard's text.
    Paste(String),
    /// Select it and put the cursor in its position.
    EditPosition(Id),
    /// Open a cell of the grid to change it.
    OpenCell {
        /// The recommendation.
        row: Id,
        /// Which of its cells.
        column: Column,
        /// What was typed already, to add to what is there.
        typed: String,
    },
    /// Judge everything as at a date.
    AsAt(NaiveDate),
    /// Tell the story of a recommendation: at most so many entries.
    Story(Id, usize),
    /// Show the changes of a row.
    HistoryOf(Id),
    /// Remember the list's columns and their widths for this plan.
    KeepColumns,
    /// Let the lists of plans begin with these columns.
    UsualColumns,
    /// Show what the open plan is, a copy that somebody shared.
    SharedCopy,
    /// Open a plan by its path.
    OpenPath(PathBuf),
    /// Ask something about cards of the timeline before they are changed.
    Ask(Box<Asking>),
    /// Ask something about what the sources say before it is changed.
    Question(Box<Question>),
    /// Show the row that a gap stands at.
    ShowGap(Box<Gap>),
    /// Look at a report before it is printed.
    PrintReport(ReportName),
    /// Show an action on the timeline.
    ShowAction(Id),
    /// Show what a finding is about among complaints.
    ShowFinding(Id),
    /// Change a signal by hand.
    EditSignal(Box<Held>),
    /// Delete signals, by their rows in the file.
    DeleteSignals(Vec<i64>),
    /// Go where a message leads.
    Way(Way),
    /// Read a neighbour's plan to compare with.
    CompareWith(PathBuf),
    /// Hold it against ours again: what it is judged at changed.
    CompareAnew,
    /// Take a copy of the plan over, after a preview.
    Merge(PathBuf),
    /// Put it away.
    EndComparing,
    /// Take something over from it.
    Adopt(Adopt),
}

/// What a view sees.
pub struct Ctx<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its rows by what they belong to.
    pub index: &'a Index,
    /// Counts up with every change of the plan.
    pub revision: u64,
    /// What everything is judged against.
    pub as_at: NaiveDate,
    /// Today, on the person's calendar.
    pub today: NaiveDate,
    /// Whether the plan can be changed.
    pub editable: bool,
    /// Whether a dialog is open, so that keys belong to it.
    pub asking: bool,
    /// What the plan calls states.
    pub state_words: &'a StateWords,
    /// What the journal told of a recommendation, and of targets that went.
    pub story: &'a Story,
    /// What is being typed.
    pub drafts: &'a Drafts,
    /// The user's settings.
    pub settings: &'a Settings,
    /// The signals that were asked for last; `None` where none were, or they have not come yet.
    pub signals: Option<&'a [Held]>,
    /// What holds, for commands.
    pub now: Circumstances,
    wishes: &'a RefCell<Vec<Wish>>,
}

impl<'a> Ctx<'a> {
    /// Puts a context together.
    #[must_use]
    pub fn new(
        open: &'a crate::app::OpenPlan,
        settings: &'a Settings,
        now: Circumstances,
        wishes: &'a RefCell<Vec<Wish>>,
    ) -> Self {
        Self {
            plan: &open.plan,
            index: &open.index,
            revision: open.revision,
            as_at: open.as_at,
            today: open.today(),
            editable: open.editable(),
            asking: false,
            state_words: &open.state_words,
            story: &open.story,
            drafts: &open.drafts,
            settings,
            signals: None,
            now,
            wishes,
        }
    }

    /// Asks for something.
    pub fn send(&self, wish: Wish) {
        self.wishes.borrow_mut().push(wish);
    }

    /// Where wishes are put.
    #[must_use]
    pub fn wishes(&self) -> &'a RefCell<Vec<Wish>> {
        self.wishes
    }

    /// Asks for a change of the plan.
    pub fn edit(&self, edit: Edit) {
        self.send(Wish::Edit(edit));
    }

    /// What a field shows: what is being typed, else what is saved.
    #[must_use]
    pub fn text(&self, key: DraftKey) -> String {
        match self.drafts.get(key) {
            Some(draft) => draft.text.clone(),
            None => draft::saved_text(self.plan, key),
        }
    }
}
