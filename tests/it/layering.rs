//! The layers of `src/lib.rs` hold: the sources are read, and a layer that names what it may not
//! know fails the test.

use std::path::{Path, PathBuf};

/// What each layer may use of this crate, beside itself.
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("store", &["model"]),
    ("import", &["model"]),
    ("report", &["model"]),
    ("share", &["model", "store"]),
    ("app", &["model", "store", "import", "report", "share"]),
    ("cli", &["model", "store", "import", "report", "share", "app"]),
    ("ui", &["model", "store", "import", "report", "share", "app"]),
];

/// Which outside crates are named where; everywhere else they are unknown.
const ONLY_IN: &[(&[&str], &[&str])] = &[
    (&["egui", "eframe", "egui_table", "egui_extras", "egui_material_icons", "rfd"], &["src/ui/", "src/main.rs"]),
    (&["rusqlite"], &["src/store/"]),
    (&["typst", "typst_layout", "typst_pdf", "typst_render", "comemo"], &["src/report/pdf"]),
    (&["docx_rs"], &["src/report/"]),
    (&["rust_xlsxwriter"], &["src/report/"]),
    (&["calamine", "zip"], &["src/import/"]),
    (&["clap"], &["src/cli/"]),
    (&["scraper", "pulldown_cmark", "csv", "encoding_rs", "chardetng"], &["src/import/", "src/report/"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The lines of code of every source file, by its path from the root.
fn code() -> Vec<(String, Vec<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    assert!(files.len() > 20, "the sources were found");
    files
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a source is text");
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            (name, lines.map(str::to_owned).collect())
        })
        .collect()
}

/// Whether a line names a path that begins with `name::`.
fn names(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = &line[at + name.len()..];
        before.is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == ':')) && after.starts_with("::")
            || (before == Some(' ') && line.trim_start().starts_with("use ") && after.starts_with([';', ' ', ',']))
    })
}

#[test]
fn a_layer_uses_only_what_it_may_know() {
    let mut broken = Vec::new();
    for (file, lines) in code() {
        let layer = file.trim_start_matches("src/").split('/').next().unwrap_or_default();
        let Some((_, may)) = MAY_USE.iter().find(|(name, _)| *name == layer) else { continue };
        for line in &lines {
            for (other, _) in MAY_USE {
                let known = *other == layer || may.contains(other);
                if !known && line.contains(&format!("crate::{other}")) {
                    broken.push(format!("{file} names {other}: {}", line.trim()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "a layer names what it may not know:\n{}", broken.join("\n"));
}

#[test]
fn outside_crates_are_named_only_where_they_belong() {
    let mut broken = Vec::new();
    for (file, lines) in code() {
        for (crates, places) in ONLY_IN {
            if places.iter().any(|place| file.starts_with(place)) {
                continue;
            }
            for line in &lines {
                if let Some(name) = crates.iter().find(|name| names(line, name)) {
                    broken.push(format!("{file} names {name}: {}", line.trim()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "a crate is named outside its layer:\n{}", broken.join("\n"));
}

#[test]
fn the_model_knows_no_file_no_clock_and_no_thread() {
    let mut broken = Vec::new();
    for (file, lines) in code().into_iter().filter(|(file, _)| file.starts_with("src/model/")) {
        for line in &lines {
            for word in ["std::fs", "std::time", "std::thread", "Utc::now", "Local::now", "std::env"] {
                if line.contains(word) {
                    broken.push(format!("{file} names {word}"));
                }
            }
        }
    }
    assert!(broken.is_empty(), "the model is pure:\n{}", broken.join("\n"));
}

#[test]
fn colours_are_named_in_one_file() {
    let mut broken = Vec::new();
    for (file, lines) in code().into_iter().filter(|(file, _)| file.starts_with("src/ui/") && file != "src/ui/theme.rs")
    {
        for line in lines.iter().filter(|line| line.contains("Color32::from_rgb")) {
            broken.push(format!("{file}: {}", line.trim()));
        }
    }
    assert!(broken.is_empty(), "a colour outside the theme:\n{}", broken.join("\n"));
}
