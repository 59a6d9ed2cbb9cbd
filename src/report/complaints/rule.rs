//! The rule behind the verdicts, and how small numbers are treated, printed with every report.

use super::Told;
use crate::report::paper::{Block, Run};
use crate::report::section::{Part, Section};

fn bullets(lines: impl IntoIterator<Item = String>) -> Part {
    Part::Words(lines.into_iter().map(|line| Block::bullet(vec![Run::Plain(line)])).collect())
}

/// The rule, a sentence for each of its parts.
pub(super) fn lines(told: &Told<'_>) -> Vec<String> {
    told.of.rules().words()
}

/// How small numbers are treated in this report.
pub(super) fn small(told: &Told<'_>) -> Vec<String> {
    if told.internal {
        return vec![
            "This report shows small numbers as they are. It is for internal use, and must not be published or passed \
             on as it is."
                .to_owned(),
        ];
    }
    [
        "Counts from 1 to 7 are hidden and stand as *. All other counts are to the nearest 5; a zero is a zero.",
        "Where a hidden number could be worked out from others in this report, another is hidden too.",
        "A total of all themes does not stand beside the themes. There are no rates and no totals over providers.",
        "A series with any value from 1 to 7 is described in words and not drawn.",
        "Shares are to the nearest per cent; to the nearest 5 per cent where fewer than 8 people gave the one answer \
         or the other; and hidden (*) where fewer than 8 answered, or fewer than 60 of whom fewer than 8 gave one \
         of them.",
        "\"No data\" and \"not asked\" are no numbers, and nowhere counted as none.",
    ]
    .map(str::to_owned)
    .to_vec()
}

pub(super) fn sections(told: &Told<'_>) -> Vec<Section> {
    vec![
        Section::new("The rule", vec![bullets(lines(told))]),
        Section::new("How small numbers are treated", vec![bullets(small(told))]),
    ]
}
