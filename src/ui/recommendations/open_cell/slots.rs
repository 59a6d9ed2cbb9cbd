//! What can be changed in a cell of each column, from top to bottom.

use super::OpenCell;
use crate::app::DraftKey;
use crate::model::catalogue::is_published;
use crate::model::state::Shown;
use crate::model::text::sentence_case;
use crate::model::view::Column;
use crate::model::{Action, Entity, Id, Recommendation};
use crate::ui::context::Ctx;

/// Where the cursor can be in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SlotKey {
    Text(DraftKey),
    Choice(What),
}

/// What is chosen from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum What {
    State,
    Answer,
    Theme,
}

/// How a text looks and takes Enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Paragraphs and bullets.
    Lines,
    /// The same, in the ink of published text.
    Published,
    /// One line, though it may wrap: Enter goes on.
    Title,
    /// One line of ordinary words.
    Line,
}

/// A text that can be typed into.
#[derive(Debug)]
pub(super) struct TextSlot {
    pub(super) key: DraftKey,
    /// What a screen reader says.
    pub(super) name: String,
    /// What stands there while it is empty.
    pub(super) hint: &'static str,
    /// What stands before it.
    pub(super) label: &'static str,
    pub(super) look: Look,
    /// It is one of several texts in the cell: which one has the cursor is shown.
    pub(super) several: bool,
    /// What is shown where there is no wording of our own.
    pub(super) published: Option<String>,
}

/// A choice.
#[derive(Debug)]
pub(super) struct ChoiceSlot {
    pub(super) what: What,
    pub(super) name: String,
}

/// One thing in a cell.
#[derive(Debug)]
pub(super) enum Slot {
    Text(TextSlot),
    Choice(ChoiceSlot),
    /// To read.
    Words(String),
    /// A link to change the position of an earlier date.
    EditOld,
}

impl Slot {
    pub(super) fn key(&self) -> Option<SlotKey> {
        match self {
            Self::Text(text) => Some(SlotKey::Text(text.key)),
            Self::Choice(choice) => Some(SlotKey::Choice(choice.what)),
            Self::Words(_) | Self::EditOld => None,
        }
    }
}

/// Where the cursor is when a cell opens.
pub(super) fn main(slots: &[Slot], column: Column) -> Option<SlotKey> {
    let text = |slot: &&Slot| matches!(slot, Slot::Text(_));
    let slot = match column {
        // the words, not the state above or the title
        Column::Position | Column::Recommendation => slots.iter().rfind(text),
        _ => None,
    };
    slot.and_then(Slot::key).or_else(|| slots.iter().find_map(Slot::key))
}

/// Why a cell cannot be changed: what, and what to do instead.
#[must_use]
pub fn why_not(ctx: &Ctx<'_>, row: Id, column: Column) -> Option<(String, &'static str)> {
    let row = ctx.plan.recommendations.get(&row)?;
    if !ctx.editable {
        return Some(("This plan can only be read".into(), "Save a copy of it, or open your own, to change it."));
    }
    let number = &row.reference;
    match column {
        Column::Reference if is_published(row) => Some((
            format!("Recommendation {number} keeps its number"),
            "It is the report's own. Recommendations that you added yourself can be numbered anew.",
        )),
        Column::Report => Some((
            format!("Recommendation {number} stays with its report"),
            "To answer another report, add its recommendations.",
        )),
        Column::Owners | Column::Due if ctx.index.actions(ctx.plan, row.id).is_empty() => Some((
            format!("There is no action yet for recommendation {number}"),
            "Type one in the column of actions, or add one with Ctrl+Shift+A; then it can have an owner and a due.",
        )),
        _ => None,
    }
}

/// The slots of a cell.
pub(super) fn of(ctx: &Ctx<'_>, row: &Recommendation, open: &OpenCell) -> Vec<Slot> {
    let mut slots = in_column(ctx, row, open);
    let several = slots.iter().filter(|slot| slot.key().is_some()).count() > 1;
    for slot in &mut slots {
        if let Slot::Text(text) = slot {
            text.several = several;
        }
    }
    slots
}

fn in_column(ctx: &Ctx<'_>, row: &Recommendation, open: &OpenCell) -> Vec<Slot> {
    let name = |what: &str| format!("{what} of recommendation {}", row.reference);
    let field = |field| DraftKey::Field(Entity::Recommendation, row.id, field);
    match open.column {
        Column::Reference => vec![text(field("reference"), name("Number"), "Number", Look::Title)],
        Column::Recommendation => wording(row),
        Column::Response => vec![
            text(field("response_status"), name("Government response"), "Its answer: accepted, in part …", Look::Line),
            text(field("response"), name("Words of the government response"), "In its words", Look::Published),
        ],
        Column::Position => position(ctx, row, open),
        Column::Actions => actions(ctx, row, open),
        Column::Theme => vec![choice(What::Theme, name("Theme"))],
        Column::Report => Vec::new(),
        Column::Answer => vec![
            choice(What::Answer, name("Our answer")),
            labelled(text(field("acceptance_date"), name("Date of our answer"), "28 May 2013", Look::Line), "Given on"),
            text(field("acceptance_reason"), name("Reason of our answer"), "Reason", Look::Lines),
        ],
        Column::State => vec![choice(What::State, name("State"))],
        Column::Owners => of_actions(ctx, row, "owner", "No owner", "Owner"),
        Column::Due => of_actions(ctx, row, "due_words", "Due, in your words", "Due"),
        Column::Evidence => evidence(ctx, row, open),
    }
}

fn text(key: DraftKey, name: String, hint: &'static str, look: Look) -> Slot {
    Slot::Text(TextSlot { key, name, hint, label: "", look, several: false, published: None })
}

fn labelled(slot: Slot, label: &'static str) -> Slot {
    match slot {
        Slot::Text(text) => Slot::Text(TextSlot { label, ..text }),
        other => other,
    }
}

fn choice(what: What, name: String) -> Slot {
    Slot::Choice(ChoiceSlot { what, name })
}

/// Title and text. What is published stays: what is typed over it is wording of our own.
fn wording(row: &Recommendation) -> Vec<Slot> {
    let published = is_published(row);
    let slot = |own: &'static str, local: &'static str, has_local: bool, words: &str, what: &str, look| {
        let ours = published || has_local;
        let key = DraftKey::Field(Entity::Recommendation, row.id, if ours { local } else { own });
        let owner = if ours { "Our " } else { "" };
        Slot::Text(TextSlot {
            key,
            name: sentence_case(&format!("{owner}{what} of recommendation {}", row.reference)),
            hint: if look == Look::Title { "Title" } else { "Text" },
            label: "",
            look,
            several: false,
            published: ours.then(|| words.to_owned()),
        })
    };
    let mut slots = vec![
        slot("title", "local_title", !row.local_title.is_empty(), &row.title, "title", Look::Title),
        slot("text", "local_text", !row.local_text.is_empty(), &row.text, "wording", Look::Published),
    ];
    if published {
        slots.push(Slot::Words("The published text stays; what you change here is your own wording of it.".into()));
    }
    slots
}

fn position(ctx: &Ctx<'_>, row: &Recommendation, open: &OpenCell) -> Vec<Slot> {
    let day = |date: chrono::NaiveDate| date.format("%-d %B %Y").to_string();
    let now = ctx.index.positions_at(ctx.plan, row.id, ctx.as_at);
    let mut slots = vec![choice(What::State, format!("State of recommendation {}", row.reference))];
    let before = now.len().saturating_sub(1);
    for (number, position) in now.iter().take(before).enumerate() {
        let name = format!("Position {} of recommendation {}", number + 1, row.reference);
        slots.push(text(DraftKey::Field(Entity::Position, position.id, "text"), name, "Position", Look::Lines));
    }
    let as_at = day(ctx.as_at);
    let older = now.last().filter(|position| position.as_at.is_some_and(|date| date < ctx.as_at));
    let (key, date) = match older {
        Some(position) if open.old => {
            (DraftKey::Field(Entity::Position, position.id, "text"), position.as_at.map(day).unwrap_or_default())
        }
        _ => (DraftKey::Position(row.id, ctx.as_at), as_at.clone()),
    };
    let name = format!("Position of recommendation {} as at {date}", row.reference);
    slots.push(text(key, name, "Where you stand", Look::Lines));
    if let Some(date) = older.and_then(|position| position.as_at) {
        let then = day(date);
        if open.old {
            slots.push(Slot::Words(format!("You are changing the position of {then}.")));
        } else {
            slots.push(Slot::Words(format!(
                "This is the position of {then}. What you type starts a new one as at {as_at}."
            )));
            slots.push(Slot::EditOld);
        }
    }
    slots
}

fn actions(ctx: &Ctx<'_>, row: &Recommendation, open: &OpenCell) -> Vec<Slot> {
    let mut slots = Vec::new();
    let actions = ctx.index.actions(ctx.plan, row.id);
    for (number, action) in actions.iter().enumerate() {
        let name = format!("Action {} of recommendation {}", number + 1, row.reference);
        let begun = open.news.contains(&action.id);
        let key = if begun {
            DraftKey::New(Entity::Action, row.id, action.id)
        } else {
            DraftKey::Field(Entity::Action, action.id, "text")
        };
        slots.push(text(key, name.clone(), "Action", Look::Lines));
        let keys = ["owner", "due_words"].map(|field| DraftKey::Field(Entity::Action, action.id, field));
        let here = open.at.is_some_and(|at| [keys[0], keys[1], key].map(SlotKey::Text).contains(&at));
        if here {
            // owner and due of the action that the cursor is at; of the others they are read
            slots.push(labelled(text(keys[0], format!("Owner of {}", lower(&name)), "No owner", Look::Line), "Owner"));
            let due = text(keys[1], format!("Due of {}", lower(&name)), "In your words", Look::Line);
            slots.push(labelled(due, "Due"));
        } else {
            slots.push(Slot::Words(aside(ctx, action)));
        }
    }
    let there = |id: &Id| actions.iter().any(|action| action.id == *id);
    for id in open.news.iter().filter(|id| !there(id)) {
        let name = format!("New action for recommendation {}", row.reference);
        slots.push(text(DraftKey::New(Entity::Action, row.id, *id), name, "New action", Look::Lines));
    }
    slots
}

fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn aside(ctx: &Ctx<'_>, action: &Action) -> String {
    let owner = if action.owner.is_empty() { "No owner" } else { &action.owner };
    let due = ctx.index.due(ctx.plan, action).text();
    let due = if due.is_empty() { "no date".to_owned() } else { due };
    let state = Shown::of(action.state).tentative(action.tentative);
    let state = state.overdue(ctx.index.is_overdue(ctx.plan, action, ctx.as_at));
    format!("{} · {owner} · {due}", sentence_case(ctx.state_words.word(state)))
}

fn of_actions(
    ctx: &Ctx<'_>,
    row: &Recommendation,
    field: &'static str,
    hint: &'static str,
    what: &'static str,
) -> Vec<Slot> {
    let slots = ctx.index.actions(ctx.plan, row.id).into_iter().enumerate().flat_map(|(number, action)| {
        let name = format!("{what} of action {} of recommendation {}", number + 1, row.reference);
        let words = if action.text.is_empty() { "An action without words".into() } else { action.text.clone() };
        [Slot::Words(words), text(DraftKey::Field(Entity::Action, action.id, field), name, hint, Look::Line)]
    });
    slots.collect()
}

fn evidence(ctx: &Ctx<'_>, row: &Recommendation, open: &OpenCell) -> Vec<Slot> {
    let behind = ctx.index.evidence(ctx.plan, row.id);
    let mut slots = Vec::new();
    for (number, evidence) in behind.iter().enumerate() {
        let name = format!("Evidence {} of recommendation {}", number + 1, row.reference);
        let key = if open.news.contains(&evidence.id) {
            DraftKey::New(Entity::Evidence, row.id, evidence.id)
        } else {
            DraftKey::Field(Entity::Evidence, evidence.id, "text")
        };
        slots.push(text(key, name, "Evidence", Look::Lines));
    }
    for id in open.news.iter().filter(|id| !behind.iter().any(|row| row.id == **id)) {
        let name = format!("New evidence for recommendation {}", row.reference);
        slots.push(text(DraftKey::New(Entity::Evidence, row.id, *id), name, "New evidence", Look::Lines));
    }
    slots
}
