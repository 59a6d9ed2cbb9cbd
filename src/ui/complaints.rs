//! The complaints tab: what complaints and all other sources say together, by provider, theme and period; what
//! can be said of it, and what follows.
//!
//! The window asks the session for [`Intelligence`] before it draws ([`ComplaintsTab::prepare`]); everything that a
//! view shows is worked out once for that and the [`View`], and kept until one of them changes.

mod around;
mod ask;
mod bar;
mod chart;
mod keys;
mod linked;
mod matrix;
mod panel;
mod sheet;
mod timeliness;

pub use ask::Question;
pub use linked::{finding_about, linked_findings, list as findings_list};

use super::context::Ctx;
use super::theme::{space, tokens};
use crate::app::Session;
use crate::model::due::Month;
use crate::model::intelligence::{Found, Intelligence, Picture, ThemeKey, Timeliness, Unmapped, View};
use crate::model::signal::Source;
use crate::model::triangulation::{Cell, Verdict};
use crate::model::{Id, NotedFinding};
use egui::{CentralPanel, Frame, Margin, Panel, RichText, ScrollArea, Ui};
use sheet::Sheet;
use std::sync::Arc;

/// How the sources are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// A line for each theme.
    #[default]
    Themes,
    /// A line for each provider.
    Providers,
    /// How complaints were answered.
    Timeliness,
}

impl Layout {
    const ALL: [(Self, &'static str); 3] = [
        (Self::Themes, "Themes down"),
        (Self::Providers, "Providers down"),
        (Self::Timeliness, "Timeliness of complaints"),
    ];
}

/// A place of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// The provider; `None` for all of the view.
    pub(super) provider: Option<Id>,
    /// The theme.
    pub(super) theme: ThemeKey,
    /// The source; `None` for all of the view.
    pub(super) source: Option<Source>,
}

/// What a finding is about: where to look.
#[derive(Debug, Clone, Copy)]
struct Lead {
    provider: Option<Id>,
    theme: Option<Id>,
    period: Option<(Month, Month)>,
}

/// What is worked out for what is known and looked at.
#[derive(Debug)]
struct Worked {
    of: Arc<Intelligence>,
    view: View,
    layout: Layout,
    about: ThemeKey,
    picture: Picture,
    sheet: Sheet,
    /// What is found of themes, the most pressing first.
    found: Vec<Found>,
    timeliness: Timeliness,
    unmapped: Vec<Unmapped>,
}

/// What the tab remembers between frames.
#[derive(Debug, Default)]
pub struct ComplaintsTab {
    /// What is looked at; `None` until it is known what there is.
    pub view: Option<View>,
    /// How it is looked at.
    pub layout: Layout,
    /// What lines of providers are about.
    about: Option<ThemeKey>,
    /// The place that is chosen.
    pub(super) cursor: Option<Spot>,
    /// Charts of all providers beside each other.
    multiples: bool,
    /// The plan that all of this is of.
    plan: Option<Id>,
    given: Option<Arc<Intelligence>>,
    /// What was chosen before anything came is chosen anew.
    had_data: bool,
    worked: Option<Worked>,
    chart: chart::ChartView,
    panel: panel::PanelView,
    bar: bar::BarView,
    /// Since when nothing is there to show, in the window's seconds.
    waiting_since: Option<f64>,
    /// Bring the line and column of the cursor into view.
    reveal: bool,
    /// Look there once it is known what there is.
    lead: Option<Lead>,
}

impl ComplaintsTab {
    /// Asks the session for what is shown; called before the tab is drawn.
    pub fn prepare(&mut self, session: &mut Session) {
        let plan = session.open.as_ref().map(|open| open.plan.id());
        if self.plan != plan {
            // what was looked at was of another plan
            *self = Self { plan, lead: self.lead.take(), ..Self::default() };
        }
        self.given = session.intelligence();
        self.update();
        if let Some(numbers) = self.panel.rows.wanted() {
            session.ask_signals(numbers);
        }
    }

    /// Leads to what a finding is about.
    pub fn lead_to(&mut self, finding: &NotedFinding) {
        let period = finding.from.zip(finding.to);
        self.lead = Some(Lead { provider: finding.provider, theme: finding.theme, period });
    }

    /// Works out what is shown, where anything has changed since the last frame.
    fn update(&mut self) {
        let Some(given) = self.given.clone() else {
            self.worked = None;
            return;
        };
        let has_data = given.newest().is_some();
        if self.view.is_none() || (has_data && !self.had_data) {
            let provider = match given.providers() {
                [one] => Some(one.id),
                _ => None,
            };
            self.view = Some(View { provider, ..given.usual_view() });
        }
        self.had_data = has_data;
        self.follow_lead(&given);
        let Some(view) = &mut self.view else { return };
        if view.provider.is_some_and(|id| given.provider_name(id).is_empty()) {
            view.provider = None;
        }
        let mut wanted = view.clone();
        if self.layout == Layout::Providers {
            wanted.provider = None;
        }
        let about = self.about.filter(|key| given.themes().iter().any(|name| name.key == *key));
        let about = about.unwrap_or(ThemeKey::All);
        let fits = self.worked.as_ref().is_some_and(|worked| {
            Arc::ptr_eq(&worked.of, &given)
                && (&worked.view, worked.layout, worked.about) == (&wanted, self.layout, about)
        });
        if !fits {
            let before = self.worked.take();
            self.worked = Some(Worked::of(given, wanted, self.layout, about, before));
            self.panel.forget();
        }
        self.keep_cursor();
        if let (Some(worked), Some(spot)) = (&self.worked, self.cursor) {
            self.panel.rows.update(&worked.of, &worked.view, spot);
            self.chart.update(&worked.of, &worked.view, worked.charted(spot), self.multiples);
        }
    }

    fn follow_lead(&mut self, given: &Intelligence) {
        let Some(Lead { provider, theme, period }) = self.lead.take() else { return };
        let Some(view) = &mut self.view else { return };
        view.provider = provider.filter(|id| !given.provider_name(*id).is_empty());
        if let Some((from, to)) = period {
            (view.from, view.to) = (from, to);
        }
        (view.sources, view.hardness, view.service) = (Vec::new(), None, None);
        self.layout = Layout::Themes;
        let theme = theme.map_or(ThemeKey::All, ThemeKey::Theme);
        self.cursor = Some(Spot { provider: view.provider, theme, source: None });
        self.reveal = true;
        self.panel.show_rows();
    }

    /// A place that is no longer there is left; without one the most pressing is chosen.
    fn keep_cursor(&mut self) {
        let Some(worked) = &self.worked else { return };
        if self.cursor.is_some_and(|spot| worked.sheet.line_of(spot).is_some()) {
            return;
        }
        // the same theme and source of another provider, else what presses most
        let same = self.cursor.and_then(|was| {
            let line = worked.sheet.lines.iter().find(|line| line.spot.theme == was.theme)?;
            Some(Spot { source: was.source, ..line.spot })
        });
        self.cursor = same.filter(|_| self.layout != Layout::Providers).or_else(|| worked.first_spot());
        self.reveal = true;
    }

    /// Chooses a place.
    fn choose(&mut self, spot: Spot) {
        self.cursor = Some(spot);
        self.panel.one = None;
    }

    /// Draws the bar above the tab.
    pub fn bar(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) {
        bar::show(ui, ctx, self);
    }

    /// Draws the tab.
    pub fn show(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) {
        let theme = tokens(ui);
        if self.worked.is_none() {
            self.counting(ui);
            return;
        }
        self.waiting_since = None;
        let nothing = ctx.plan.batches.is_empty() && ctx.plan.receipts.is_empty();
        if nothing && !self.had_data {
            around::empty(ui, ctx);
            return;
        }
        keys::act(ui, ctx, self);
        let wide = has_room(ui);
        if wide {
            let frame = Frame::new().fill(theme.paper).inner_margin(Margin { left: 14, right: 6, top: 10, bottom: 6 });
            let panel = Panel::right("what we can say")
                .default_size(336.0)
                .size_range(280.0..=560.0)
                .resizable(true)
                .frame(frame);
            panel.show(ui, |ui| panel::show(ui, ctx, self, false));
        }
        let frame = Frame::new().fill(theme.ground).inner_margin(Margin { left: 14, right: 8, top: 12, bottom: 4 });
        CentralPanel::default().frame(frame).show(ui, |ui| {
            let room = ui.available_height();
            ScrollArea::vertical().id_salt(("complaints", self.layout as u8)).auto_shrink(false).show(ui, |ui| {
                ui.set_max_width(ui.available_width() - 6.0);
                self.contents(ui, ctx, room);
            });
        });
        if !wide && self.panel.over {
            super::window::over_the_view(ui, "what we can say, over the matrix", |ui| {
                panel::show(ui, ctx, self, true);
            });
        }
    }

    fn contents(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, room: f32) {
        if self.layout == Layout::Timeliness {
            timeliness::show(ui, ctx, self);
            return;
        }
        if self.worked.as_ref().is_some_and(|worked| worked.sheet.heads.is_empty() || worked.sheet.lines.is_empty()) {
            around::nothing_here(ui, ctx, self);
            return;
        }
        matrix::show(ui, ctx, self, room);
        ui.add_space(space::TIGHT);
        around::legend(ui, ctx, self);
        ui.add_space(space::NORMAL);
        let left = room - (ui.cursor().top() - ui.min_rect().top());
        chart::show(ui, ctx, self, left);
        ui.add_space(space::TIGHT);
        around::below(ui, self);
        ui.add_space(space::TIGHT);
    }

    /// What takes longer than half a second says so.
    fn counting(&mut self, ui: &mut Ui) {
        let now = ui.input(|input| input.time);
        let since = *self.waiting_since.get_or_insert(now);
        let frame = Frame::new().fill(tokens(ui).ground).inner_margin(Margin::same(14));
        CentralPanel::default().frame(frame).show(ui, |ui| {
            if now - since >= 0.5 {
                ui.label(RichText::new("Counting…").color(tokens(ui).ink_second));
            } else {
                ui.ctx().request_repaint_after(std::time::Duration::from_millis(520));
            }
        });
    }
}

impl Worked {
    fn of(of: Arc<Intelligence>, view: View, layout: Layout, about: ThemeKey, before: Option<Self>) -> Self {
        let picture = of.picture(&view);
        let sheet = Sheet::of(&of, &picture, layout, about);
        let mut found: Vec<Found> =
            picture.providers.iter().flat_map(|one| one.findings().into_iter().cloned()).collect();
        found.sort_by_key(Found::verdict);
        let timeliness = of.timeliness(&view);
        // what is mapped does not hang on the view
        let same = before.filter(|before| Arc::ptr_eq(&before.of, &of));
        let unmapped = same.map_or_else(|| of.unmapped(), |before| before.unmapped);
        Self { of, view, layout, about, picture, sheet, found, timeliness, unmapped }
    }

    /// Where to begin: the source that the most pressing finding rests on, else the first with data.
    fn first_spot(&self) -> Option<Spot> {
        let pressing = self.found.first().filter(|found| {
            matches!(found.verdict(), Verdict::Corroborated | Verdict::SingleSource) && self.layout == Layout::Themes
        });
        let of_found = pressing.and_then(|found| {
            let line = self.sheet.lines.iter().find(|line| line.spot.theme == found.theme)?;
            Some(Spot { source: found.sources().first().copied(), ..line.spot })
        });
        of_found.or_else(|| {
            let line = self.sheet.lines.first()?;
            let source = line.cells.iter().find(|cell| !cell.text.is_empty()).map(|cell| cell.spot.source);
            Some(Spot { source: source.flatten().or(self.sheet.heads.first().copied()), ..line.spot })
        })
    }

    /// The place whose chart is shown: of all sources together there is none, so the one that says most.
    fn charted(&self, spot: Spot) -> Spot {
        if spot.source.is_some() {
            return spot;
        }
        let fits = |found: &&Found| {
            found.theme == spot.theme && spot.provider.is_none_or(|provider| provider == found.provider)
        };
        let said = self.found.iter().find(fits).and_then(|found| {
            let charted = |source: &Source| !source.is_item_by_item();
            found.sources().into_iter().find(charted)
        });
        Spot { source: said.or(self.sheet.heads.first().copied()), ..spot }
    }

    /// How many sources were received for the whole period, of how many that apply.
    fn received(&self) -> (usize, usize) {
        let totals = self.picture.providers.iter().flat_map(|one| one.totals());
        let apply = |cell: &&crate::model::intelligence::MatrixCell| cell.cell != Cell::NotApplicable;
        totals.filter(apply).fold((0, 0), |(received, of), cell| {
            let is = cell.covered.receipt == crate::model::triangulation::ReceiptState::Received;
            (received + usize::from(is), of + 1)
        })
    }
}

/// Whether the panel has a place of its own beside the matrix.
fn has_room(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() >= 1200.0
}

/// A period as a heading names it: "April to June 2013", "June 2013".
fn period_words(from: Month, to: Month) -> String {
    let month = |month: Month| month.first_day().format("%B").to_string();
    match (from, to) {
        _ if from == to => from.label(),
        _ if from.year == to.year => format!("{} to {}", month(from), to.label()),
        _ => format!("{} to {}", from.label(), to.label()),
    }
}
