//! Recap: the window, or with a verb the command line.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use recap::app::Folders;
use recap::cli::{self, Invocation};
use std::process::ExitCode;

fn main() -> ExitCode {
    let folders = Folders::of_this_user();
    start_log(&folders);
    note_panics();
    match cli::parse(std::env::args_os()) {
        Ok(Invocation::Verb(verb)) => cli::run(*verb, &folders),
        Ok(Invocation::Window(window)) => open_window(window, folders),
        Err(said) => cli::say(&said),
    }
}

/// The log says what the program did and what failed, never a word of a plan. It starts anew at a
/// megabyte.
fn start_log(folders: &Folders) {
    let path = folders.log();
    if std::fs::create_dir_all(&folders.data).is_err() {
        return;
    }
    if std::fs::metadata(&path).is_ok_and(|file| file.len() > 1_000_000) && std::fs::remove_file(&path).is_err() {
        return;
    }
    if let Ok(file) = std::fs::OpenOptions::new().create(true).append(true).open(&path) {
        env_logger::Builder::new()
            .filter_level(log::LevelFilter::Warn)
            .filter_module("recap", log::LevelFilter::Info)
            .target(env_logger::Target::Pipe(Box::new(file)))
            .init();
    }
}

/// A panic's message could quote a plan; its place cannot.
fn note_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if let Some(place) = panic.location() {
            log::error!("a fault in the program at {}:{}", place.file(), place.line());
        }
        usual(panic);
    }));
}

#[cfg(not(feature = "gui"))]
fn open_window(_: cli::Window, _: Folders) -> ExitCode {
    cli::no_window("This build of Recap has no window")
}

#[cfg(feature = "gui")]
fn open_window(window: cli::Window, folders: Folders) -> ExitCode {
    if cfg!(target_os = "linux") && !has_display() {
        return cli::no_window("Recap found no display to open its window on");
    }
    window::open(window, folders)
}

#[cfg(feature = "gui")]
fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()))
}

#[cfg(feature = "gui")]
mod window {
    //! Starting the window with a renderer that works here.

    use eframe::Renderer;
    use recap::app::{Folders, Session, Settings};
    use recap::cli::{self, Window};
    use recap::ui::clipboard::SystemClipboard;
    use recap::ui::files::SystemPicker;
    use recap::ui::{App, theme};
    use std::process::ExitCode;
    use std::sync::Arc;

    /// Opens the window. A renderer that fails is followed by the other one in a process of its own:
    /// a window system can be started once a process.
    pub(super) fn open(window: Window, folders: Folders) -> ExitCode {
        let first = first_renderer(&window, &folders);
        let asked = window.renderer.is_some();
        let again = window.clone();
        let path = folders.settings();
        let Err(error) = run(window, folders, first) else {
            remember(&path, first);
            return ExitCode::SUCCESS;
        };
        log::error!("{first} did not start: {error}");
        if asked {
            return cli::no_window(&format!("The window could not be drawn with {first}: {error}"));
        }
        let other = if first == Renderer::Wgpu { Renderer::Glow } else { Renderer::Wgpu };
        match in_another_process(&again, other) {
            Some(code) => code,
            None => {
                let text = format!("The window could not be drawn, neither with {first} nor with {other}: {error}");
                rfd::MessageDialog::new()
                    .set_level(rfd::MessageLevel::Error)
                    .set_title("Recap")
                    .set_description(&text)
                    .show();
                cli::no_window(&text)
            }
        }
    }

    /// The renderer that was asked for, that last worked, or that suits the machine: on Linux
    /// without a graphics card glow draws four times as many frames.
    fn first_renderer(window: &Window, folders: &Folders) -> Renderer {
        let saved = Settings::load(&folders.settings()).0.renderer;
        match window.renderer.as_deref().unwrap_or(&saved) {
            "glow" => Renderer::Glow,
            "wgpu" => Renderer::Wgpu,
            _ if cfg!(target_os = "linux") && !std::path::Path::new("/dev/dri").exists() => Renderer::Glow,
            _ => Renderer::Wgpu,
        }
    }

    fn remember(path: &std::path::Path, renderer: Renderer) {
        let (mut settings, _) = Settings::load(path);
        settings.renderer = renderer.to_string();
        if let Err(error) = settings.save(path) {
            log::warn!("the renderer was not remembered: {error}");
        }
    }

    fn in_another_process(window: &Window, renderer: Renderer) -> Option<ExitCode> {
        let program = std::env::current_exe().ok()?;
        let mut command = std::process::Command::new(program);
        command.arg("--renderer").arg(renderer.to_string());
        if let Some(plan) = &window.plan {
            command.arg(plan);
        }
        let status = command.status().ok()?;
        if status.success() { Some(ExitCode::SUCCESS) } else { None }
    }

    fn run(window: Window, folders: Folders, renderer: Renderer) -> eframe::Result {
        let mut viewport = egui::ViewportBuilder::default()
            .with_title("Recap")
            .with_app_id("recap")
            .with_inner_size([1366.0, 768.0])
            .with_min_inner_size([800.0, 500.0])
            .with_drag_and_drop(true);
        if let Ok(icon) = eframe::icon_data::from_png_bytes(include_bytes!("../assets/icons/recap.png")) {
            viewport = viewport.with_icon(icon);
        }
        let mut options = eframe::NativeOptions { viewport, renderer, persist_window: false, ..Default::default() };
        if let eframe::egui_wgpu::WgpuSetup::CreateNew(setup) = &mut options.wgpu_options.wgpu_setup {
            // a form needs no fast card, and a laptop's battery minds
            setup.power_preference = eframe::wgpu::PowerPreference::LowPower;
        }
        let create = move |cc: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
            theme::install(&cc.egui_ctx);
            let wake = cc.egui_ctx.clone();
            let mut session = Session::new(folders, chrono::Utc::now, Arc::new(move || wake.request_repaint()));
            if let Some(plan) = &window.plan {
                session.open_plan(plan, recap::app::worker::OpenFor::Editing);
            }
            let app = App::new(session, Box::new(SystemPicker::new(cc.egui_ctx.clone())))
                .with_clipboard(Box::new(SystemClipboard::new(cc.egui_ctx.clone())));
            if let Some(seconds) = window.close_after {
                let ctx = cc.egui_ctx.clone();
                close_after(ctx, seconds);
            }
            Ok(Box::new(app))
        };
        eframe::run_native("Recap", options, Box::new(create))
    }

    /// Closes the window by itself: how continuous integration sees that it starts and ends well.
    fn close_after(ctx: egui::Context, seconds: f32) {
        let wait = move || {
            std::thread::sleep(std::time::Duration::from_secs_f32(seconds.clamp(0.0, 3600.0)));
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            ctx.request_repaint();
        };
        if let Err(error) = std::thread::Builder::new().name("close after".into()).spawn(wait) {
            log::error!("no thread to close the window: {error}");
        }
    }
}
