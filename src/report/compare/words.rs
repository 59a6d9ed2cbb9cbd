//! The comparison in plain words, for a terminal.

use super::Compared;
use crate::model::compare::{Kind, Row, Status};
use crate::model::text::count;

/// What was compared, how many rows stand how, and each that is not the same.
#[must_use]
pub fn words(of: &Compared<'_>) -> String {
    let mut lines = vec![of.sides(), of.summary()];
    lines.extend(of.notes.iter().cloned());
    for status in [Status::Differs, Status::OnlyMine, Status::OnlyTheirs] {
        let rows: Vec<&Row> = of.comparison.rows.iter().filter(|row| row.status == status).collect();
        if rows.is_empty() {
            continue;
        }
        let heading = match status {
            Status::OnlyMine => format!("Only {}", of.us()),
            Status::OnlyTheirs => format!("Only {}", of.them()),
            _ => "Differs".to_owned(),
        };
        lines.push(format!("\n{heading}"));
        lines.extend(rows.iter().map(|row| line(of, row)));
    }
    lines.join("\n")
}

fn line(of: &Compared<'_>, row: &Row) -> String {
    let (reference, title) = row.name(of.mine, of.theirs);
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut name = format!("{reference} {title}").trim().to_owned();
    if row.kind == Kind::Responsibility {
        name = format!("Key responsibility: {name}");
    }
    if name.chars().count() > 90 {
        name = name.chars().take(89).chain(['…']).collect();
    }
    let mut told = Vec::new();
    if row.status == Status::Differs {
        told.push(row.differs.words());
    }
    let joint = row.pairs.iter().filter(|pair| pair.joint).count();
    if joint > 0 {
        told.push(count(joint, "joint action"));
    }
    if told.is_empty() { format!("  {name}") } else { format!("  {name}: {}", told.join("; ")) }
}
