//! Recap: a CCG's answer to an inquiry report as a living plan (**rec**ommendations, current
//! position, **a**ction **p**lan). This page is the map.
//!
//! One local SQLite file, the *plan*, holds what the report recommends, what the government
//! answered, where the CCG stands at which date, and what it will do by when. The program edits it,
//! takes documents in, prints papers and takes over copies that come back.
//!
//! # What is where
//!
//! ```text
//! main ─► ui  (egui: draws what it is given, sends wishes)  ─┐
//!      └► cli (verbs, text and JSON)                         ─┴► app (the open plan, no screen: drafts, jobs, notices)
//!                                                                 ├─► store   SQLite: open, schema, rows, journal, backups
//!                                                                 ├─► import  documents ─► a proposal ─► an edit
//!                                                                 ├─► report  plan ─► PDF, Word, web page, Excel, CSV, ICS, JSON
//!                                                                 └─► share   a copy for a neighbour, compare, merge
//!                                                                           all of these ─► model (pure types and rules)
//! ```
//!
//! An arrow means "may use". `tests/it/layering.rs` reads the sources and fails when a layer names
//! what it may not know.
//!
//! | module | is for | may not know |
//! |---|---|---|
//! | [`model`] | what a plan is, how it changes, what follows from it | SQLite, egui, typst, files, the clock |
//! | [`store`] | the plan file: trusted, kept whole, backed up | what a document, a report or a window is |
//! | [`import`] | reading documents, and what they would change | the file, the window |
//! | [`report`] | papers from a plan: a format-neutral table, then PDF, Word or a web page; the plan as workbook, CSV, JSON; its dues as a calendar | the file, the window |
//! | [`share`] | a copy of the plan that leaves, a neighbour's file beside it, a copy that comes back | a document, a report, the window |
//! | [`app`] | the open plan between two frames | how anything is drawn |
//! | [`cli`] | verbs for nights, scripts and tests | the window |
//! | `ui` (feature `gui`) | the window | SQL, files, typst: it asks `app` |
//!
//! Where to begin: [`model::plan::Plan`] is a plan in memory, [`model::Edit`] is any change of one,
//! [`store::PlanFile`] is its file, [`app::Session`] is what the window shows.
//!
//! What the list of recommendations shows is a [`model::view::View`]: filter, order, headings, columns. It works on
//! [`model::view::Facts`], made once a change; the window, the papers and `export --view` show the same
//! [`model::view::List`]. What was changed since a day comes from the journal ([`store::PlanFile::changes_since`]).
//!
//! What falls due when is [`model::timeline`]: worked out once a change, then put in lanes as at any
//! date; the window, the paper, the verb and the calendar show the same cards. [`model::due`] reads due
//! words, [`model::state`] says how a state is shown.
//!
//! What a careful reader would ask is [`model::gap`]: pure rules over a plan, its index and a date; an answer to one is
//! a row of the plan ([`model::GapAnswer`]). [`app::Session::gaps`] looks for them off the drawing thread, once a change;
//! `ui::gaps`, [`report::gaps`] and `recap check` tell them.
//!
//! Several rows at once are [`model::intent`]'s `bulk` edits. What is pasted is read by [`import::pasted`] and is either a
//! proposal like a document's or a [`model::paste::Block`] over the grid's cells; what is copied is made by
//! [`report::clipboard`]. The bin is no table: [`model::bin`] works it out from the journal's entries.
//!
//! The story of one recommendation is [`model::story`]: then and now, words that point elsewhere, what the journal tells
//! of it and putting that back. [`store::PlanFile::story`] reads it, [`app::story`] keeps it for the editor.
//!
//! How a plan is put in order is [`model::intent`]: [`model::intent::put_recommendations`] and the edits of themes,
//! with sort keys of [`model::order`] that leave all rows alone but those that were moved. [`model::find`] says where
//! words stand in a text, and what replacing them comes to; the grid marks and steps through its matches (`ui::find`).
//!
//! A plan goes out as an Excel workbook and comes back edited: [`model::workbook`] is the layout that
//! [`report::xlsx`] writes and [`import::own`] reads.
//!
//! Signals ([`model::signal`]: complaints, incidents and other intelligence) come by the hundred thousand and are
//! no rows of [`model::plan::Plan`]. [`import::signals`] reads a source and proposes, [`store::PlanFile::take_signals`]
//! writes a batch, [`store::PlanFile::facts`] gives what is counted of every signal, and
//! [`model::intelligence::Intelligence`] works out from that the matrix, charts, findings and timeliness that the
//! window, the report and the verb show. Under it lie [`model::xmr`] (one chart), [`model::triangulation`] (what
//! several sources say together) and [`model::suppression`] (small numbers in what is published).
//!
//! The grid's cells are changed where they stand (`ui/recommendations/open_cell.rs`): each is a list of texts and
//! choices, its texts are the same drafts that the editor beside it shows. What is typed in lines is made into bullets
//! by [`app::bullets`]; which keys do what stands in [`app::command`], and F1 shows it.
//!
//! Two at one plan: a draft ([`app::draft`]) remembers what it began from, [`app::others`] keeps what others did to
//! be shown, and a file that is renamed, replaced or gone is an [`store::Away`]: nothing is sent to it, nothing that
//! was typed is dropped, and a copy can be made from what there is (`app/worker/underneath.rs`).
//!
//! Copies of a plan come together in [`model::reconcile`]: what both began from (found by the ids of their journals'
//! entries), what each side changed, what a person decided, and the one edit that is the merge. [`share::merge`] reads
//! the copy and writes that edit.
//!
//! Two plans are held against each other by [`model::compare`], by report and reference; what is taken over from
//! the other is [`model::intent::Adopt`]. The other file is hostile until [`store::Foreign`] has read it: into memory,
//! row by row, nothing of it run, nothing left beside it; [`app::Theirs`] is that plan beside the open one, and
//! [`report::compare`] tells the two.
//!
//! Beside plans: [`import::series`] reads one column of values for `recap xmr`, [`report::xmr`] tells its chart.
//!
//! # Invariants
//!
//! 1. **One way in.** Every change of a plan is a [`model::Edit`] that [`store::PlanFile::commit`]
//!    writes in one transaction together with its journal entry. Undo, redo and history read that
//!    journal; replaying it from nothing gives the plan, and `recap check` holds the two together.
//!    The one exception: signals' values stand in no entry. They are written in the transaction of the
//!    entry that adds their [`model::Batch`], and count while that row stands.
//! 2. **What stood before is checked.** An edit names the value it replaces. Where the file holds
//!    another, the whole edit is refused and both texts are shown; nothing is overwritten unseen. The
//!    window goes further: what others did is read before anything is written on top of it
//!    ([`store::PlanFile::look`], checked again inside the transaction), and what was typed and done is
//!    held against it field by field ([`model::hold`]); what both changed waits for a person
//!    ([`app::conflict`]).
//! 3. **Memory follows the file.** The plan in memory changes after the commit. What could not be
//!    committed stays on screen, marked.
//! 4. **The window never waits.** The file belongs to one named thread; long work runs on others,
//!    reports progress and is cancelled by an ordinary error.
//! 5. **The person's words stay.** Due words, "?Need …", "See above", local wording are kept as
//!    written; what is computed stands beside them.
//! 6. **Blank, none, no and zero are four things.** A blank text is [`model::Value::Null`]; the other
//!    three are what was written. What did not come, or was never asked for, is a fifth and a sixth: see
//!    [`model::triangulation::Cell`].
//! 7. **No clock, no random number below `app`.** Dates and times are parameters; new ids come from
//!    [`model::Id::random`] in the layers that act for a person, derived ids from what they stand for.
//! 8. **Nothing is written beside the plan** but SQLite's journal during a transaction and
//!    `PLAN.db.open`, which says who has it open. Backups and the log lie in the user's profile, and
//!    the log holds no word of a plan.
//!
//! What is absent on purpose: WAL, full-text indexes and triggers in the file; `unsafe` code; any
//! network.

pub mod app;
pub mod cli;
pub mod import;
pub mod model;
pub mod report;
pub mod share;
pub mod store;
#[cfg(feature = "gui")]
pub mod ui;
