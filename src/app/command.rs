//! What menus, buttons and keys offer: one table of names, tooltips, keys, and when each is to be had.

/// Something a person can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    /// Start a plan.
    NewPlan,
    /// Open a plan file.
    OpenPlan,
    /// Make and open the sample plan.
    SamplePlan,
    /// Take a document's tables in.
    ImportDocument,
    /// Take another copy of the plan over.
    MergeCopy,
    /// Make the PDF of a report and show it.
    Print,
    /// Save the plan under another name, as one sound file.
    SaveCopy,
    /// Make a copy for somebody else, without what is not for them.
    Share,
    /// Back to the start screen.
    ClosePlan,
    /// Leave.
    Quit,
    /// Take the last change back.
    Undo,
    /// Do it again.
    Redo,
    /// Go to the search box.
    Find,
    /// The next place that holds what is searched for.
    FindNext,
    /// The one before.
    FindPrevious,
    /// Put other words in place of some, everywhere.
    Replace,
    /// Go to a recommendation by its number.
    GoTo,
    /// Name, order, join themes.
    Themes,
    /// The selected recommendations one place up.
    MoveUp,
    /// One place down.
    MoveDown,
    /// A second one like each of the selected recommendations.
    Duplicate,
    /// The selected recommendations to the bin.
    DeleteRows,
    /// What was deleted, to bring back.
    Bin,
    /// Take a table from the clipboard in.
    PasteTable,
    /// What a careful reader would ask.
    Gaps,
    /// The next of those gaps.
    NextGap,
    /// The one before.
    PreviousGap,
    /// Add a recommendation.
    AddRecommendation,
    /// Add an action to the selected recommendation.
    AddAction,
    /// Show or hide the editor.
    ToggleEditor,
    /// The tab with the grid.
    Recommendations,
    /// The tab with actions by due month.
    Timeline,
    /// The tab with complaints beside other intelligence.
    Complaints,
    /// Take signals in from a file.
    ImportSignals,
    /// Add a signal by hand.
    AddSignal,
    /// What came of which source, and what did not.
    Receipts,
    /// The providers and the names they go by.
    Providers,
    /// The themes of signals and the subjects under them.
    SignalThemes,
    /// The tab with responsibilities, actions and timescales.
    ActionPlan,
    /// The tab with a neighbour's plan beside ours.
    Compare,
    /// Open a neighbour's plan to compare with.
    CompareWith,
    /// The plan's name, dates and summary sheet.
    PlanDetails,
    /// What imports left open.
    OpenChoices,
    /// Who changed what when.
    History,
    /// Backups of this plan.
    Backups,
    /// Look whether the file is sound.
    CheckFile,
    /// Name, appearance, zoom.
    Settings,
    /// The list of keys.
    Keys,
    /// Bigger.
    ZoomIn,
    /// Smaller.
    ZoomOut,
    /// As large as the system has it.
    ZoomReset,
}

/// A key with its modifiers; `control` is the command key on a Mac.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shortcut {
    /// Ctrl.
    pub control: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// The key's name: one letter or digit, `F1` to `F12`, or as egui names it: `Plus`, `ArrowUp`, `Delete`.
    pub key: &'static str,
}

/// What must hold for a command to be offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// A plan is open.
    PlanOpen,
    /// A plan is open and can be changed.
    Editable,
    /// The same, and a recommendation is selected.
    RowSelected,
    /// There is something to take back.
    CanUndo,
    /// There is something to do again.
    CanRedo,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Offer {
    /// The command.
    pub command: Command,
    /// As menus have it; `…` where more is asked.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub tooltip: &'static str,
    /// Its key.
    pub shortcut: Option<Shortcut>,
    /// When it is to be had.
    pub when: When,
}

const fn ctrl(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { control: true, shift: false, alt: false, key })
}

const fn ctrl_shift(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { control: true, shift: true, alt: false, key })
}

const fn plain(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { control: false, shift: false, alt: false, key })
}

const fn alt(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { control: false, shift: false, alt: true, key })
}

const fn offer(
    command: Command,
    name: &'static str,
    tooltip: &'static str,
    shortcut: Option<Shortcut>,
    when: When,
) -> Offer {
    Offer { command, name, tooltip, shortcut, when }
}

/// Every command once.
pub const OFFERS: &[Offer] = &[
    offer(Command::NewPlan, "New plan…", "Start a plan for your organisation", ctrl("N"), When::Always),
    offer(Command::OpenPlan, "Open…", "Open a plan file", ctrl("O"), When::Always),
    offer(Command::SamplePlan, "Sample plan…", "Make a plan of a made-up CCG to try things on", None, When::Always),
    offer(
        Command::ImportDocument,
        "Import a document…",
        "Take recommendations and actions from a document, after a preview",
        ctrl("I"),
        When::Always,
    ),
    offer(
        Command::MergeCopy,
        "Merge a copy…",
        "Take over what was changed in a copy of this plan that came back, after a preview",
        None,
        When::Editable,
    ),
    offer(Command::Print, "Print…", "Make a PDF or Word document of the plan", ctrl("P"), When::PlanOpen),
    offer(Command::SaveCopy, "Save a copy…", "Save the plan under another name", ctrl_shift("S"), When::PlanOpen),
    offer(
        Command::Share,
        "Share…",
        "Make a copy for somebody else: you see what goes, and history, signals and names of users stay here",
        ctrl_shift("E"),
        When::PlanOpen,
    ),
    offer(
        Command::ClosePlan,
        "Close the plan",
        "Go back to the start screen; everything is saved",
        ctrl("W"),
        When::PlanOpen,
    ),
    offer(Command::Quit, "Quit", "Leave Recap; everything is saved", ctrl("Q"), When::Always),
    offer(Command::Undo, "Undo", "Take the last change back", ctrl("Z"), When::CanUndo),
    offer(Command::Redo, "Redo", "Do again what was taken back", ctrl("Y"), When::CanRedo),
    offer(Command::Find, "Find", "Search the plan; the list narrows as you type", ctrl("F"), When::PlanOpen),
    offer(Command::FindNext, "Find next", "Go to the next match", plain("F3"), When::PlanOpen),
    offer(
        Command::FindPrevious,
        "Find previous",
        "Go to the match before",
        Some(Shortcut { control: false, shift: true, alt: false, key: "F3" }),
        When::PlanOpen,
    ),
    offer(
        Command::Replace,
        "Replace…",
        "Put other words in place of some, everywhere, after a preview",
        ctrl("H"),
        When::Editable,
    ),
    offer(Command::GoTo, "Go to…", "Go to a recommendation by its number", ctrl("G"), When::PlanOpen),
    offer(Command::Themes, "Themes…", "Name, order, add and join the plan's themes", ctrl_shift("T"), When::PlanOpen),
    offer(
        Command::MoveUp,
        "Move up",
        "Move the selected recommendations up, into the theme above at its top",
        alt("ArrowUp"),
        When::RowSelected,
    ),
    offer(
        Command::MoveDown,
        "Move down",
        "Move the selected recommendations down, into the theme below at its end",
        alt("ArrowDown"),
        When::RowSelected,
    ),
    offer(
        Command::Duplicate,
        "Duplicate",
        "Add a recommendation like each selected one, with its position and its actions",
        ctrl_shift("D"),
        When::RowSelected,
    ),
    offer(
        Command::DeleteRows,
        "Delete to the bin",
        "Take the selected recommendations out of the plan; they can be brought back",
        ctrl("Delete"),
        When::RowSelected,
    ),
    offer(Command::Bin, "Bin…", "What was deleted from the plan, to bring back", None, When::PlanOpen),
    offer(
        Command::PasteTable,
        "Paste a table…",
        "Take a table from Word, Excel or a web page into the plan, after a preview",
        ctrl_shift("V"),
        When::Editable,
    ),
    offer(
        Command::Gaps,
        "Gaps",
        "What a careful reader of the plan would ask, and where",
        ctrl_shift("G"),
        When::PlanOpen,
    ),
    offer(
        Command::NextGap,
        "Next gap",
        "Go to the next thing that a careful reader would ask",
        plain("F8"),
        When::PlanOpen,
    ),
    offer(
        Command::PreviousGap,
        "Previous gap",
        "Go to the gap before",
        Some(Shortcut { control: false, shift: true, alt: false, key: "F8" }),
        When::PlanOpen,
    ),
    offer(
        Command::AddRecommendation,
        "Add recommendations…",
        "Add recommendations from the report, or one of your own",
        ctrl_shift("N"),
        When::Editable,
    ),
    offer(
        Command::AddAction,
        "Add an action",
        "Add an action to the selected recommendation",
        ctrl_shift("A"),
        When::RowSelected,
    ),
    offer(Command::ToggleEditor, "Editor", "Show or hide the editor beside the list", plain("F4"), When::PlanOpen),
    offer(
        Command::Recommendations,
        "Recommendations",
        "The recommendations with responses, positions and actions",
        ctrl("1"),
        When::PlanOpen,
    ),
    offer(
        Command::Timeline,
        "Timeline",
        "What falls due when, what is late, who has it, what has moved",
        ctrl("2"),
        When::PlanOpen,
    ),
    offer(
        Command::Complaints,
        "Complaints",
        "Complaints beside incidents, surveys and what else is known of providers",
        ctrl("3"),
        When::PlanOpen,
    ),
    offer(
        Command::ImportSignals,
        "Import signals…",
        "Take complaints, incidents, surveys and the like from a file, after a preview",
        ctrl_shift("I"),
        When::Editable,
    ),
    offer(
        Command::AddSignal,
        "Add a signal…",
        "A phone call, a visit, a patient story: put in what you were told",
        ctrl_shift("M"),
        When::Editable,
    ),
    offer(
        Command::Receipts,
        "Coverage…",
        "What each provider sent of each source, month by month, and what is missing",
        None,
        When::PlanOpen,
    ),
    offer(
        Command::Providers,
        "Providers…",
        "The organisations you commission from, and their names",
        None,
        When::PlanOpen,
    ),
    offer(
        Command::SignalThemes,
        "Themes of signals…",
        "The themes that signals are counted under, and the subjects that belong to each",
        None,
        When::PlanOpen,
    ),
    offer(
        Command::ActionPlan,
        "Action plan",
        "Key responsibilities with their actions and timescales",
        ctrl("4"),
        When::PlanOpen,
    ),
    offer(
        Command::Compare,
        "Compare",
        "A neighbour's plan beside your own: what differs, and what to take over",
        ctrl("5"),
        When::PlanOpen,
    ),
    offer(
        Command::CompareWith,
        "Open a neighbour's plan…",
        "Choose the plan of another organisation, or a copy that was shared; it is only read",
        None,
        When::PlanOpen,
    ),
    offer(
        Command::PlanDetails,
        "Plan and summary sheet",
        "The plan's name, dates and the paper's summary sheet",
        ctrl("D"),
        When::PlanOpen,
    ),
    offer(Command::OpenChoices, "Open choices", "What imports left for you to settle", ctrl_shift("O"), When::PlanOpen),
    offer(Command::History, "History", "Who changed what, and when", ctrl_shift("H"), When::PlanOpen),
    offer(Command::Backups, "Backups…", "Earlier states of this plan, kept on this computer", None, When::PlanOpen),
    offer(Command::CheckFile, "Check the file", "Look whether the plan's file is sound", None, When::PlanOpen),
    offer(Command::Settings, "Settings", "Your name, light or dark, text size", None, When::Always),
    offer(Command::Keys, "Keys and help", "What every key does", plain("F1"), When::Always),
    offer(Command::ZoomIn, "Larger", "Make everything larger", ctrl("Plus"), When::Always),
    offer(Command::ZoomOut, "Smaller", "Make everything smaller", ctrl("Minus"), When::Always),
    offer(Command::ZoomReset, "Normal size", "Back to the normal size", ctrl("0"), When::Always),
];

/// Keys that are no command: what they do where they are pressed.
#[derive(Debug, Clone, Copy)]
pub struct GridKey {
    /// The keys.
    pub keys: &'static [Shortcut],
    /// What they do, in a sentence.
    pub does: &'static str,
}

impl GridKey {
    /// The keys in words: "Home, End".
    #[must_use]
    pub fn names(&self) -> String {
        let names: Vec<String> = self.keys.iter().map(Shortcut::to_string).collect();
        names.join(", ")
    }
}

const fn key(key: &'static str) -> Shortcut {
    Shortcut { control: false, shift: false, alt: false, key }
}

const fn ctrl_key(name: &'static str) -> Shortcut {
    Shortcut { control: true, shift: false, alt: false, key: name }
}

const fn shift_key(name: &'static str) -> Shortcut {
    Shortcut { control: false, shift: true, alt: false, key: name }
}

/// What keys do in the grid of recommendations while no cell is open.
pub const GRID_KEYS: &[GridKey] = &[
    GridKey {
        keys: &[key("ArrowUp"), key("ArrowDown"), key("ArrowLeft"), key("ArrowRight")],
        does: "From cell to cell",
    },
    GridKey { keys: &[key("Home"), key("End")], does: "To the first and the last cell of the row" },
    GridKey { keys: &[ctrl_key("Home"), ctrl_key("End")], does: "To the first and the last row" },
    GridKey { keys: &[key("PageUp"), key("PageDown")], does: "A screen up and down" },
    GridKey {
        keys: &[key("Tab"), shift_key("Tab")],
        does: "To the next cell and the one before, on into the next row",
    },
    GridKey {
        keys: &[key("Enter"), key("F2")],
        does: "Open the cell to change it; typing opens it too and adds to what is there, a double click as well",
    },
    GridKey { keys: &[key("Delete")], does: "Clear the cell, where nothing else is lost by it" },
    GridKey { keys: &[key("Escape")], does: "Leave the grid: nothing is selected, and Tab goes on to the next button" },
];

/// What keys do in the editor beside the grid.
pub const EDITOR_KEYS: &[GridKey] = &[GridKey {
    keys: &[ctrl_key("PageUp"), ctrl_key("PageDown")],
    does: "To the editor's tab before and after: details, actions, evidence, history",
}];

/// What keys do in a cell that is open, and in any field of several lines.
pub const FIELD_KEYS: &[GridKey] = &[
    GridKey { keys: &[key("Tab"), shift_key("Tab")], does: "Save, and on to the next or the one before" },
    GridKey { keys: &[ctrl_key("Enter")], does: "Save, and stay on the cell or in the field" },
    GridKey { keys: &[key("Escape")], does: "Take back what was typed" },
    GridKey {
        keys: &[key("Enter")],
        does: "A new line; in a list the next bullet, at an empty bullet the end of the list",
    },
    GridKey { keys: &[key("-"), key("*")], does: "At the start of a line and with a space behind it: a bullet" },
    GridKey {
        keys: &[Shortcut { control: true, shift: true, alt: false, key: "L" }],
        does: "Make bullets of the selected lines, or take them off; Tab at a bullet's start moves it a level down, Shift+Tab up",
    },
];

/// The keys of the grid that select rows together, copy and paste.
pub const ROW_KEYS: &[GridKey] = &[
    GridKey {
        keys: &[shift_key("ArrowUp"), shift_key("ArrowDown")],
        does: "Select rows together, from the one you are in; a click with Shift, too",
    },
    GridKey { keys: &[shift_key("PageUp"), shift_key("PageDown")], does: "The same by five rows" },
    GridKey {
        keys: &[shift_key("Home"), shift_key("End")],
        does: "Select all rows from here to the first or the last",
    },
    GridKey {
        keys: &[ctrl_key("ArrowUp"), ctrl_key("ArrowDown")],
        does: "Move on and keep the rows that are selected",
    },
    GridKey {
        keys: &[ctrl_key("Space")],
        does: "Take the row you are in into those selected, or out; a click with Ctrl, too",
    },
    GridKey { keys: &[ctrl_key("A")], does: "Select all rows that are shown" },
    GridKey {
        keys: &[ctrl_key("C")],
        does: "Copy the cell, or the selected rows, for Excel and Word; Ctrl+X copies, too, and cuts nothing out",
    },
    GridKey { keys: &[ctrl_key("V")], does: "Paste a table, or cells from where you are on, after a preview" },
];

/// What holds now, as far as commands need to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Circumstances {
    /// A plan is open.
    pub plan_open: bool,
    /// It can be changed.
    pub editable: bool,
    /// A recommendation is selected.
    pub row_selected: bool,
    /// There is something to take back.
    pub can_undo: bool,
    /// There is something to do again.
    pub can_redo: bool,
}

impl Command {
    /// The command's row in the table.
    #[must_use]
    pub fn offer(self) -> &'static Offer {
        OFFERS.iter().find(|offer| offer.command == self).unwrap_or(&OFFERS[0])
    }

    /// Whether it is to be had.
    #[must_use]
    pub fn enabled(self, now: Circumstances) -> bool {
        match self.offer().when {
            When::Always => true,
            When::PlanOpen => now.plan_open,
            When::Editable => now.plan_open && now.editable,
            When::RowSelected => now.plan_open && now.editable && now.row_selected,
            When::CanUndo => now.plan_open && now.editable && now.can_undo,
            When::CanRedo => now.plan_open && now.editable && now.can_redo,
        }
    }
}

impl Shortcut {
    /// Whether a field that is typed into has its own use for the key: it would be typed, move the cursor, delete,
    /// copy or undo. Such a key does nothing else while somebody types.
    #[must_use]
    pub fn is_a_fields(self) -> bool {
        const MOVES: &[&str] = &[
            "ArrowUp",
            "ArrowDown",
            "ArrowLeft",
            "ArrowRight",
            "Home",
            "End",
            "PageUp",
            "PageDown",
            "Delete",
            "Backspace",
            "Insert",
            "Enter",
            "Tab",
            "Space",
        ];
        const CLIPBOARD_AND_UNDO: &[&str] = &["A", "C", "X", "V", "Z", "Y"];
        let function = self.key.len() > 1 && self.key.starts_with('F') && self.key[1..].parse::<u8>().is_ok();
        if self.control {
            // Ctrl+Shift+Z does again; other letters with Shift are nobody's in a field
            let own = MOVES.contains(&self.key) || CLIPBOARD_AND_UNDO.contains(&self.key);
            own && (!self.shift || MOVES.contains(&self.key) || matches!(self.key, "Z"))
        } else {
            !function
        }
    }
}

impl std::fmt::Display for Shortcut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let key = match self.key {
            "Plus" => "+",
            "Minus" => "-",
            "ArrowUp" => "Up",
            "ArrowDown" => "Down",
            "ArrowLeft" => "Left",
            "ArrowRight" => "Right",
            "PageUp" => "Page Up",
            "PageDown" => "Page Down",
            "Escape" => "Esc",
            key => key,
        };
        for (pressed, name) in [(self.control, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            f.write_str(if pressed { name } else { "" })?;
        }
        f.write_str(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_key_and_each_has_one_row() {
        let mut keys: Vec<_> = OFFERS.iter().filter_map(|offer| offer.shortcut).collect();
        keys.extend(ROW_KEYS.iter().flat_map(|row| row.keys));
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count, "two commands on one key");
        let mut commands: Vec<_> = OFFERS.iter().map(|offer| offer.command).collect();
        commands.sort_unstable();
        commands.dedup();
        assert_eq!(commands.len(), OFFERS.len(), "a command twice");
    }

    #[test]
    fn no_key_of_the_grid_is_a_commands_or_stands_twice() {
        let commands: Vec<_> = OFFERS.iter().filter_map(|offer| offer.shortcut).collect();
        for (place, table) in [("the grid", GRID_KEYS), ("a field", FIELD_KEYS)] {
            let keys: Vec<_> = table.iter().flat_map(|row| row.keys.iter().copied()).collect();
            for (at, key) in keys.iter().enumerate() {
                assert!(!commands.contains(key), "{key} of {place} is a command's");
                assert!(!keys[..at].contains(key), "{key} stands twice in {place}");
            }
        }
    }

    #[test]
    fn no_key_fires_while_it_would_be_typed() {
        for offer in OFFERS {
            let Some(shortcut) = offer.shortcut else { continue };
            let typed = !shortcut.control && !shortcut.alt && shortcut.key.chars().count() == 1;
            assert!(!typed, "{shortcut} of “{}” is a letter", offer.name);
        }
        let a_fields = [
            ctrl("Z"),
            ctrl("Y"),
            ctrl_shift("Z"),
            ctrl("Delete"),
            alt("ArrowUp"),
            plain("Delete"),
            plain("A"),
            ctrl("V"),
            ctrl("Home"),
        ];
        for shortcut in a_fields.into_iter().flatten() {
            assert!(shortcut.is_a_fields(), "{shortcut} belongs to the field");
        }
        for shortcut in
            [ctrl("F"), plain("F3"), ctrl_shift("A"), ctrl("1"), plain("F1"), ctrl("H")].into_iter().flatten()
        {
            assert!(!shortcut.is_a_fields(), "{shortcut} is free while somebody types");
        }
    }

    #[test]
    fn nothing_that_changes_a_plan_is_offered_on_one_that_cannot_change() {
        let read_only =
            Circumstances { plan_open: true, row_selected: true, can_undo: true, can_redo: true, editable: false };
        for command in [Command::Undo, Command::Redo, Command::AddAction, Command::AddRecommendation] {
            assert!(!command.enabled(read_only), "{command:?}");
        }
    }
}
