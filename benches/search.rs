//! The list's promise with 5,000 recommendations and 20,000 actions: a keystroke in the search box (the rows that are
//! shown, their headings, what every filter would leave, and where each row begins) costs at most 3 times a bare search of
//! the same folded texts. A ratio within one run; milliseconds are only printed, among them what a change of the plan,
//! a click on a heading and other headings cost.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench says what it measured, and where it cannot go on"
)]

use chrono::NaiveDate;
use recap::app::command::Circumstances;
use recap::app::{OpenPlan, Settings};
use recap::model::view::{Column, Group, Sort};
use recap::model::{
    Action, EditBuilder, Id, Link, Plan, Position, PositionState, Recommendation, Theme, intent, order, text,
};
use recap::store::{Access, Reversible};
use recap::ui::context::{Ctx, Wish};
use recap::ui::recommendations::Grid;
use recap::ui::theme;
use std::cell::RefCell;
use std::hint::black_box;
use std::time::{Duration, Instant};

const RECOMMENDATIONS: usize = 5_000;
const ACTIONS: usize = 20_000;
const RUNS: usize = 21;
const WORDS: &str = "Commissioners should require access to all complaints information as and when complaints are made, and \
should receive complaints and their outcomes on as near a real-time basis as possible. Quality visits take place with every \
provider and are reported to the committee each quarter. ";

/// What somebody types, letter by letter, and takes back.
const TYPED: [&str; 8] = ["c", "co", "com", "comp", "complaints info", "real-time", "no such words", "4999"];

fn plan() -> Plan {
    let mut plan = Plan::default();
    let id = Id::NIL.derive(&["bench"]);
    let paper = NaiveDate::from_ymd_opt(2013, 5, 28);
    intent::create_plan(id, "NHS Northmoor CCG", "Bench", paper).apply(&mut plan).expect("fits an empty plan");
    let mut edit = EditBuilder::new(&plan, "Fill");
    let words = |number: usize, skip: usize, long: usize| -> String {
        number.to_string().chars().chain(WORDS.chars().cycle().skip(skip)).take(long).collect()
    };
    for (number, key) in order::after("", RECOMMENDATIONS).into_iter().enumerate() {
        let theme = id.derive(&["theme", &(number / 100).to_string()]);
        edit.put(&Theme {
            id: theme,
            order: format!("{:05}", number / 100 + 1),
            title: format!("Theme {}", number / 100),
        });
        let row = id.derive(&["row", &number.to_string()]);
        edit.put(&Recommendation {
            id: row,
            reference: number.to_string(),
            theme: Some(theme),
            order: key,
            title: "Access to complaints information".into(),
            text: words(number, number % 90, 330),
            response_status: ["Accepted", "Accepted in part", ""][number % 3].into(),
            ..Recommendation::default()
        });
        edit.put(&Position {
            id: id.derive(&["position", &number.to_string()]),
            recommendation: row,
            text: words(number, number % 40, 240),
            state: Some(PositionState::ALL[number % PositionState::ALL.len()]),
            ..Position::default()
        });
        for nth in 0..ACTIONS / RECOMMENDATIONS {
            let action = id.derive(&["action", &number.to_string(), &nth.to_string()]);
            edit.put(&Action {
                id: action,
                text: words(number, nth * 7, 120),
                owner: format!("Role {}", (number + nth) % 40),
                due_words: "July 2013".into(),
                ..Action::default()
            });
            let order = nth.to_string();
            edit.put(&Link { id: Link::id_of(row, action), recommendation: row, action, order });
        }
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
    fn new() -> Self {
        let egui = egui::Context::default();
        theme::install(&egui);
        let open = OpenPlan::new("bench.db".into(), plan(), Access::Write, Reversible::default(), NaiveDate::default());
        let mut bench =
            Self { egui, open, settings: Settings::default(), wishes: RefCell::default(), grid: Grid::default() };
        for _ in 0..3 {
            bench.frame();
        }
        bench
    }

    fn frame(&mut self) -> Duration {
        let rect = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1262.0, 680.0));
        let input = egui::RawInput { screen_rect: Some(rect), ..Default::default() };
        let begun = Instant::now();
        let mut output = self.egui.run_ui(input, |ui| {
            let ctx = Ctx::new(&self.open, &self.settings, Circumstances::default(), &self.wishes);
            egui::CentralPanel::default().show(ui, |ui| self.grid.show(ui, &ctx, None));
        });
        let elapsed = begun.elapsed();
        output.textures_delta.clear();
        elapsed
    }

    /// Rows, headings, counts and heights after something changed, without drawing.
    fn rows(&mut self, change: impl FnOnce(&mut Grid)) -> Duration {
        change(&mut self.grid);
        let begun = Instant::now();
        let ctx = Ctx::new(&self.open, &self.settings, Circumstances::default(), &self.wishes);
        self.grid.update_rows(&ctx);
        self.grid.update_heights_again(&ctx);
        begun.elapsed()
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn main() -> std::process::ExitCode {
    let mut bench = Bench::new();
    let bytes: usize = bench.grid.texts().iter().map(String::len).sum();
    println!("{RECOMMENDATIONS} recommendations, {ACTIONS} actions, {} KB of folded text", bytes / 1024);
    let (mut keystroke, mut bare) = (Duration::ZERO, Duration::ZERO);
    for query in TYPED {
        let mut times = Vec::new();
        for _ in 0..RUNS {
            bench.rows(|grid| grid.query.clear());
            times.push(bench.rows(|grid| grid.query = query.into()));
        }
        let ours = median(times);
        let wanted = text::fold(query);
        let search = || {
            let begun = Instant::now();
            black_box(bench.grid.texts().iter().filter(|text| text.contains(black_box(wanted.as_str()))).count());
            begun.elapsed()
        };
        let theirs = median((0..RUNS).map(|_| search()).collect());
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        println!("  {query:?}: {} shown, {ours:.2?}, bare search {theirs:.2?}: {ratio:.2} times", bench.grid.shown());
        keystroke += ours;
        bare += theirs;
    }
    let ratio = keystroke.as_secs_f64() / bare.as_secs_f64();
    println!(
        "a keystroke: {:.2?} on average, bare search {:.2?}: {ratio:.2} times (promised: at most 3; aim: one frame, 16 ms)",
        keystroke / TYPED.len() as u32,
        bare / TYPED.len() as u32
    );
    bench.rows(|grid| grid.query.clear());
    let sort = |column| vec![Sort { column, descending: false }];
    for column in [Column::Due, Column::Position, Column::Reference] {
        println!("  sorted by {column}: {:.2?}", bench.rows(|grid| grid.sort = sort(column)));
    }
    println!("  by owner: {:.2?}", bench.rows(|grid| grid.group = Group::Owner));
    bench.open.revision += 1;
    println!("  after a change of the plan: {:.2?}", bench.rows(|_| ()));
    if ratio <= 3.0 { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE }
}
