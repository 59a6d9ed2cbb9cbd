//! The grid's promises: filling the heights of 5,000 rows by estimate is at least 50 times faster
//! than laying them out, and a scrolled frame of 5,000 rows costs at most 1.5 times a frame of 50
//! rows at the 99th percentile. Ratios within one run; milliseconds are only printed.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench says what it measured, and where it cannot go on"
)]

use chrono::NaiveDate;
use recap::app::command::Circumstances;
use recap::app::{OpenPlan, Settings};
use recap::model::view::Column;
use recap::model::{Action, EditBuilder, Id, Index, Link, Plan, Position, Recommendation, Theme, intent, order};
use recap::store::{Access, Reversible};
use recap::ui::context::{Ctx, Wish};
use recap::ui::recommendations::Grid;
use recap::ui::recommendations::cell::{default_width, measure, parts};
use recap::ui::recommendations::heights::Estimator;
use recap::ui::theme;
use std::cell::RefCell;
use std::time::{Duration, Instant};

const WORDS: &str = "Commissioners should require access to all complaints information as and when complaints are made, and \
should receive complaints and their outcomes on as near a real-time basis as possible. Quality visits take place with every \
provider and are reported to the committee each quarter. ";

/// A plan of `count` recommendations with about 820 characters a row. No text stands twice: egui
/// would lay it out once.
fn plan(count: usize) -> Plan {
    let mut plan = Plan::default();
    let id = Id::NIL.derive(&["bench"]);
    intent::create_plan(id, "NHS Northmoor CCG", "Bench", None).apply(&mut plan).expect("fits an empty plan");
    let mut edit = EditBuilder::new(&plan, "Fill");
    let keys = order::after("", count);
    for (i, key) in keys.into_iter().enumerate() {
        let number = i.to_string();
        let theme = id.derive(&["theme", &(i / 50).to_string()]);
        edit.put(&Theme { id: theme, order: format!("{:05}", i / 50 + 1), title: format!("Theme {}", i / 50) });
        let row = Recommendation {
            id: id.derive(&["row", &number]),
            reference: number.clone(),
            theme: Some(theme),
            order: key,
            title: "Access to complaints information".into(),
            text: number.chars().chain(WORDS.chars().cycle().skip(i % 90)).take(330).collect(),
            response_status: "Accepted".into(),
            ..Recommendation::default()
        };
        let action = Action {
            id: id.derive(&["action", &number]),
            text: number.chars().chain(WORDS.chars().skip(i % 60)).take(150).collect(),
            due_words: "July 2013".into(),
            ..Action::default()
        };
        edit.put(&Position {
            id: id.derive(&["position", &number]),
            recommendation: row.id,
            text: number.chars().chain(WORDS.chars().skip(i % 40)).take(240).collect(),
            ..Position::default()
        });
        edit.put(&Link {
            id: Link::id_of(row.id, action.id),
            recommendation: row.id,
            action: action.id,
            order: "1".into(),
        });
        edit.put(&action);
        edit.put(&row);
    }
    edit.finish().apply(&mut plan).expect("fits");
    plan
}

struct Bench {
    egui: egui::Context,
    open: OpenPlan,
    settings: Settings,
    wishes: RefCell<Vec<Wish>>,
    grid: Grid,
}

impl Bench {
    fn new(count: usize) -> Self {
        let egui = egui::Context::default();
        theme::install(&egui);
        let open =
            OpenPlan::new("bench.db".into(), plan(count), Access::Write, Reversible::default(), NaiveDate::default());
        Self { egui, open, settings: Settings::default(), wishes: RefCell::default(), grid: Grid::default() }
    }

    /// One frame with the wheel turned by some points; layout, cells and tessellation.
    fn frame(&mut self, wheel: f32) -> Duration {
        let rect = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1262.0, 680.0));
        let mut input = egui::RawInput { screen_rect: Some(rect), ..Default::default() };
        input.events.push(egui::Event::PointerMoved(egui::pos2(500.0, 400.0)));
        input.events.push(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, -wheel),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: egui::Modifiers::NONE,
        });
        let begun = Instant::now();
        let mut output = self.egui.run_ui(input, |ui| {
            let ctx = Ctx::new(&self.open, &self.settings, Circumstances::default(), &self.wishes);
            egui::CentralPanel::default().show(ui, |ui| self.grid.show(ui, &ctx, None));
        });
        self.egui.tessellate(output.shapes, output.pixels_per_point);
        let elapsed = begun.elapsed();
        // nothing is drawn with them
        output.textures_delta.clear();
        elapsed
    }

    /// The 99th percentile and the median of 400 scrolled frames.
    fn scrolled(&mut self) -> (Duration, Duration) {
        for _ in 0..20 {
            self.frame(0.0);
        }
        let mut times: Vec<Duration> = (0..400).map(|i| self.frame(if i % 80 < 40 { 37.0 } else { -31.0 })).collect();
        times.sort_unstable();
        (times[times.len() * 99 / 100], times[times.len() / 2])
    }
}

fn heights() -> bool {
    let mut bench = Bench::new(5_000);
    bench.frame(0.0);
    let widths = Column::USUAL.map(|column| default_width(column) - 20.0);
    let index = Index::of(&bench.open.plan);
    let rows = index.recommendations;
    let (mut guess, mut exact) = (Duration::ZERO, Duration::ZERO);
    let (mut guessed, mut measured) = (0.0_f64, 0.0_f64);
    let estimator = Estimator::new(&bench.egui);
    let mut output = bench.egui.run_ui(egui::RawInput::default(), |ui| {
        let ctx = Ctx::new(&bench.open, &bench.settings, Circumstances::default(), &bench.wishes);
        let each = |of: &mut dyn FnMut(&[recap::ui::recommendations::cell::Part<'_>], f32) -> f32| {
            let mut sum = 0.0;
            for id in &rows {
                for (column, width) in Column::USUAL.iter().zip(widths) {
                    sum += f64::from(of(&parts(&ctx, &bench.open.plan.recommendations[id], *column), width));
                }
            }
            sum
        };
        // what both do, making the cells' parts, is measured apart and left out of both
        let begun = Instant::now();
        each(&mut |parts, _| parts.len() as f32);
        let common = begun.elapsed();
        let begun = Instant::now();
        guessed = each(&mut |parts, width| estimator.estimate(parts, width));
        guess = begun.elapsed().saturating_sub(common);
        let begun = Instant::now();
        let (painter, tokens) = (ui.painter().clone(), theme::tokens(ui));
        measured = each(&mut |parts, width| measure(&painter, tokens, parts, width));
        exact = begun.elapsed().saturating_sub(common);
    });
    output.textures_delta.clear();
    let ratio = exact.as_secs_f64() / guess.as_secs_f64();
    let off = (guessed / measured - 1.0) * 100.0;
    println!(
        "heights of 5,000 rows: estimate {guess:.1?}, exact {exact:.1?}: {ratio:.0} times faster (promised: 50); {off:+.2} % off in sum"
    );
    ratio >= 50.0
}

fn scrolling() -> bool {
    let (small_99, small) = Bench::new(50).scrolled();
    let (large_99, large) = Bench::new(5_000).scrolled();
    let ratio = large_99.as_secs_f64() / small_99.as_secs_f64();
    println!(
        "a scrolled frame: 50 rows {small:.1?} (99 %: {small_99:.1?}), 5,000 rows {large:.1?} (99 %: {large_99:.1?}): {ratio:.2} times (promised: at most 1.5; aim 8 ms)"
    );
    ratio <= 1.5
}

fn main() -> std::process::ExitCode {
    let kept = [heights(), scrolling()];
    if kept.contains(&false) { std::process::ExitCode::FAILURE } else { std::process::ExitCode::SUCCESS }
}
