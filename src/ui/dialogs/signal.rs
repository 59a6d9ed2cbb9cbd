//! One signal by hand: what somebody was told, put in with a few keystrokes, or changed.

mod complaint;
mod fields;
mod subjects;

use super::Outcome;
use crate::app::{Session, draft};
use crate::model::identifiable;
use crate::model::intelligence::upper_first;
use crate::model::signal::{CountedBy, Hardness, Held, Signal, Source};
use crate::model::text::same_words;
use crate::model::{Id, Plan, Provider};
use crate::ui::theme::{Tone, size, space, tokens};
use crate::ui::widgets::primary_button;
use chrono::NaiveDate;
use egui::{Key, Label, Modifiers, RichText, ScrollArea, Ui};
use std::sync::Arc;
use subjects::Subjects;

/// What was filled in so far.
pub struct SignalForm {
    /// The signal as it was, or a blank one.
    held: Held,
    source: Source,
    provider: Option<Id>,
    /// The name of a provider that the plan does not have yet, while one is typed.
    naming: Option<String>,
    date: String,
    due: String,
    /// Whether the due date was typed rather than worked out.
    due_typed: bool,
    closed: String,
    subjects: Subjects,
    /// Whether nobody said a source, so that the last one that was put in is taken.
    fresh: bool,
    begun: bool,
    /// Enter was pressed in a field of one line.
    entered: bool,
}

/// What was put in last, for the next.
type Last = (Source, Option<Id>);

impl SignalForm {
    /// A new signal. Where no source or provider is given, those of the last one that was put in are taken.
    #[must_use]
    pub fn new(source: Option<Source>, provider: Option<Id>, date: NaiveDate) -> Self {
        let first = source.unwrap_or(Source::GpAlert);
        Self {
            held: Held { number: 0, provider, signal: Signal::new(first) },
            source: first,
            provider,
            naming: None,
            date: written(Some(date)),
            due: String::new(),
            due_typed: false,
            closed: String::new(),
            subjects: Subjects::default(),
            fresh: source.is_none(),
            begun: false,
            entered: false,
        }
    }

    /// A signal of the plan, to be changed or deleted.
    #[must_use]
    pub fn edit(held: Held) -> Self {
        let signal = &held.signal;
        Self {
            source: signal.source,
            provider: held.provider,
            naming: None,
            date: written(signal.date_that_counts()),
            due: written(signal.due),
            due_typed: true,
            closed: written(signal.closed),
            subjects: Subjects::of(&signal.subjects),
            fresh: false,
            begun: false,
            entered: false,
            held,
        }
    }

    /// The dialog's title.
    #[must_use]
    pub fn title(&self) -> String {
        let word = self.source.word();
        if self.is_new() { "Add a signal".into() } else { format!("{} of the plan", upper_first(word)) }
    }

    fn is_new(&self) -> bool {
        self.held.number == 0
    }

    fn is_complaint(&self) -> bool {
        matches!(self.source, Source::Complaint | Source::Pals)
    }

    /// Takes the source and provider of the last signal, or the only provider there is.
    fn begin(&mut self, ui: &Ui, plan: &Plan) {
        let last = ui.data(|data| data.get_temp::<Last>(egui::Id::unique("last signal")));
        if let Some((source, provider)) = last.filter(|_| self.fresh) {
            self.set_source(source);
            self.provider = self.provider.or(provider);
        }
        if self.is_new() && self.provider.is_none() && plan.providers.len() == 1 {
            self.provider = plan.providers.keys().next().copied();
        }
        if self.is_new() && plan.providers.is_empty() {
            self.naming = Some(String::new());
        }
    }

    /// Another kind of source; hard or soft follows it, unless a person said otherwise.
    fn set_source(&mut self, source: Source) {
        if self.held.signal.hardness == self.source.hardness() {
            self.held.signal.hardness = source.hardness();
        }
        self.source = source;
    }

    /// What is missing before it can be saved.
    fn missing(&self, plan: &Plan) -> Option<&'static str> {
        let signal = &self.held.signal;
        let wrong = |text: &str| !text.trim().is_empty() && draft::parse_date(text).is_none();
        let said = !self.subjects.is_blank() || !signal.text.trim().is_empty() || !signal.reference.trim().is_empty();
        let provider = match &self.naming {
            Some(name) => !name.trim().is_empty(),
            None => self.provider.is_some_and(|id| plan.providers.contains_key(&id)),
        };
        match () {
            () if !provider => Some("Say which provider it is about"),
            () if [&self.date, &self.due, &self.closed].into_iter().any(|text| wrong(text)) => {
                Some("A date cannot be read: write it as 28 May 2013 or 28/05/2013")
            }
            () if self.date.trim().is_empty() && signal.month.is_none() => Some("Say the date"),
            () if !said => Some("Say what it is about, or what it was"),
            () => None,
        }
    }

    /// The signal as it stands in the fields.
    fn filled(&self) -> Held {
        let mut held = self.held.clone();
        let signal = &mut held.signal;
        signal.source = self.source;
        let date = draft::parse_date(&self.date);
        match self.source.counted_by() {
            CountedBy::Received => signal.received = date,
            CountedBy::Happened => signal.happened = date,
        }
        signal.subjects = self.subjects.list();
        if self.is_complaint() {
            (signal.due, signal.closed) = (draft::parse_date(&self.due), draft::parse_date(&self.closed));
        }
        for text in [
            &mut signal.text,
            &mut signal.reference,
            &mut signal.state,
            &mut signal.outcome,
            &mut signal.learning,
            &mut signal.improvement,
            &mut signal.service,
            &mut signal.site,
        ] {
            *text = text.trim().to_owned();
        }
        held.provider = self.provider;
        held
    }

    /// Saves it as one change, with the provider that it brings.
    fn save(&self, ui: &Ui, session: &mut Session, plan: &Plan) {
        let mut held = self.filled();
        let name = self.naming.as_ref().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        let known = name.as_ref().and_then(|name| plan.providers.values().find(|row| same_words(&row.name, name)));
        let gained = match (known, name) {
            (Some(row), _) => {
                held.provider = Some(row.id);
                None
            }
            (None, Some(name)) => {
                let row = Provider { id: Id::random(), name, ..Provider::default() };
                held.provider = Some(row.id);
                Some(row)
            }
            (None, None) => None,
        };
        // known by source, provider and key: with another of the first two it is another signal
        let moved =
            !self.is_new() && (held.provider, held.signal.source) != (self.held.provider, self.held.signal.source);
        let gone = if moved { vec![self.held.number] } else { Vec::new() };
        let last: Last = (held.signal.source, held.provider);
        ui.data_mut(|data| data.insert_temp(egui::Id::unique("last signal"), last));
        if self.is_new() || moved || held != self.held {
            session.put_signal_of(held, gained, gone);
        }
    }
}

/// A date as people write it; blank for none.
fn written(date: Option<NaiveDate>) -> String {
    date.map(|date| date.format("%-d %B %Y").to_string()).unwrap_or_default()
}

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut SignalForm, session: &mut Session) -> Outcome {
    let facts = session.facts();
    let within = session.rules().map_or(25, |rules| rules.answer_within);
    let Some(open) = &session.open else { return Outcome::Close };
    let (plan, editable, as_at) = (Arc::clone(&open.plan), open.editable(), open.as_at);
    let first = !form.begun;
    if first {
        form.begin(ui, &plan);
        form.begun = true;
    }
    form.subjects.follow(&plan, facts.as_ref());
    let height = (ui.ctx().content_rect().height() - 200.0).max(160.0);
    let area = ScrollArea::vertical().id_salt("signal").max_height(height).auto_shrink([false, true]);
    area.show(ui, |ui| {
        ui.set_max_width(ui.available_width() - space::WIDE);
        ui.add_enabled_ui(editable, |ui| {
            form.head(ui, &plan, as_at, first);
            // where the provider is still to be said, that is first
            form.body(ui, first && form.provider.is_some());
            if form.is_complaint() {
                form.complaint(ui, within);
            }
            form.place(ui);
        });
    });
    warnings(ui, form);
    ui.add_space(space::TIGHT);
    if editable { decide(ui, form, session, &plan) } else { Outcome::Open }
}

/// What may say who somebody is in what was typed. It is shown, not forbidden.
fn warnings(ui: &mut Ui, form: &SignalForm) {
    let signal = &form.held.signal;
    let subjects = form.subjects.typed();
    let fields = [
        ("What it was", signal.text.as_str()),
        ("What it is about", subjects),
        ("What was learnt", &signal.learning),
        ("What was made better", &signal.improvement),
        ("How far it has got", &signal.state),
    ];
    for (name, text) in fields {
        let mut kinds: Vec<&str> = identifiable::find(text).into_iter().map(|hit| hit.kind.word()).collect();
        kinds.dedup();
        if !kinds.is_empty() {
            let words = format!("“{name}” may say who somebody is: {}. Leave it out if you can.", kinds.join(", "));
            ui.add(Label::new(RichText::new(words).color(tokens(ui).tint(Tone::Amber).ink)).wrap());
        }
    }
}

fn decide(ui: &mut Ui, form: &mut SignalForm, session: &mut Session, plan: &Plan) -> Outcome {
    let missing = form.missing(plan);
    let saves = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    let mut done = missing.is_none() && (std::mem::take(&mut form.entered) || saves);
    let mut outcome = Outcome::Open;
    ui.horizontal_wrapped(|ui| {
        let verb = if form.is_new() { "Add it" } else { "Save" };
        done |= ui.add_enabled_ui(missing.is_none(), |ui| primary_button(ui, verb)).inner.clicked();
        if ui.button("Cancel").clicked() {
            outcome = Outcome::Close;
        }
        if !form.is_new()
            && ui.button("Delete this signal").on_hover_text("It no longer counts. Undo brings it back").clicked()
        {
            session.delete_signals(vec![form.held.number]);
            outcome = Outcome::Close;
        }
        let words = missing.unwrap_or("Enter, or Ctrl+Enter in a longer text");
        ui.label(RichText::new(words).size(size::SMALL).color(tokens(ui).ink_second));
    });
    if done {
        form.save(ui, session, plan);
        return Outcome::Close;
    }
    outcome
}

/// "Hard" with what it means.
fn hardness_words(hardness: Hardness) -> &'static str {
    match hardness {
        Hardness::Hard => "Hard: counted, graded or inspected",
        Hardness::Soft => "Soft: somebody's word, a worry",
    }
}
