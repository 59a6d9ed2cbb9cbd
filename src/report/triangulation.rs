//! What all sources say together, as JSON for another program and in words for a terminal.

mod words;

pub use words::words;

use crate::model::due::Month;
use crate::model::intelligence::{Charted, Found, Intelligence, MatrixCell, Picture, View};
use crate::model::signal::Source;
use crate::model::triangulation::{Cell, ReceiptState};
use serde_json::{Value, json};

/// The picture of a view, its findings, and every series that it rests on.
///
/// `count` and `rate` are null where nothing came: no data is no zero. `rate` is there where there is a base: things
/// per 1,000 of activity, or a share of answers. `coverage` is the worst of the period's months, with how many came.
#[must_use]
pub fn json(of: &Intelligence, view: &View) -> Value {
    let picture = of.picture(&View { rate: false, ..view.clone() });
    let rates = of.picture(&View { rate: true, ..view.clone() });
    let cells = picture.providers.iter().zip(&rates.providers).flat_map(|(plain, rated)| {
        let rows = plain.rows.iter().zip(&rated.rows);
        rows.flat_map(|(plain, rated)| plain.cells.iter().zip(&rated.cells))
    });
    let found = picture.providers.iter().flat_map(|provider| provider.findings());
    let series = of.every_chart(&View { rate: false, ..view.clone() });
    let missing = |sources: &[Source]| sources.iter().map(|source| source.word()).collect::<Vec<_>>();
    json!({
        "as_at": of.rules().as_at,
        "from": view.from.to_string(),
        "to": view.to.to_string(),
        "providers": picture.providers.iter().map(|one| one.provider.name.as_str()).collect::<Vec<_>>(),
        "themes": picture.themes.iter().map(|theme| theme.title.as_str()).collect::<Vec<_>>(),
        "sources": missing(&picture.sources),
        "cells": cells.map(|(plain, rated)| cell(of, plain, rated)).collect::<Vec<_>>(),
        "findings": found.map(|found| finding(of, found)).collect::<Vec<_>>(),
        "series": series.iter().map(|one| charted(of, one)).collect::<Vec<_>>(),
        "unmapped": of.unmapped().iter().map(|one| json!({ "subject": one.subject, "signals": one.signals }))
            .collect::<Vec<_>>(),
        "rule": of.rules().words(),
    })
}

/// The word for what came of a source in a period.
#[must_use]
pub fn coverage(cell: &MatrixCell) -> &'static str {
    match cell.cell {
        Cell::Data { part: true, .. } => "received in part",
        Cell::Data { part: false, .. } => ReceiptState::Received.word(),
        Cell::NoData => "no data",
        Cell::NotAsked => "not asked",
        Cell::NotApplicable => "not applicable",
    }
}

fn cell(of: &Intelligence, plain: &MatrixCell, rated: &MatrixCell) -> Value {
    use crate::model::intelligence::Unit;
    json!({
        "provider": of.provider_name(plain.provider),
        "theme": of.theme_title(plain.theme),
        "source": plain.source.word(),
        "count": plain.count,
        "rate": rated.value.filter(|_| rated.unit != Unit::Count),
        "unit": if rated.unit == Unit::Count { plain.unit.word() } else { rated.unit.word() },
        "coverage": coverage(plain),
        "months_received": plain.covered.received,
        "months": plain.covered.of,
        "signal": plain.signal(),
        "adverse_items": plain.adverse_items,
        "unjudged_items": plain.unjudged_items,
    })
}

fn finding(of: &Intelligence, found: &Found) -> Value {
    let sources = |list: &[Source]| list.iter().map(|source| source.word()).collect::<Vec<_>>();
    json!({
        "provider": of.provider_name(found.provider),
        "theme": of.theme_title(found.theme),
        "period": period(found.from, found.to),
        "verdict": found.verdict().word(),
        "sources": sources(&found.sources()),
        "received": sources(&found.finding.received),
        "missing": sources(&found.finding.missing),
        "words": found.words(),
    })
}

/// A period as ISO 8601 writes an interval; a month alone stands alone.
fn period(from: Month, to: Month) -> String {
    if from == to { from.to_string() } else { format!("{from}/{to}") }
}

fn charted(of: &Intelligence, chart: &Charted) -> Value {
    let now = chart.xmr.now();
    let limits = now.and_then(|group| group.limits.as_ref());
    let points = chart.series.points.iter().zip(&chart.xmr.points).map(|(given, point)| {
        json!({
            "month": given.month.map(|month| month.to_string()),
            "value": point.value,
            "label": point.label.word(),
            "side": point.side.word(),
        })
    });
    json!({
        "provider": chart.provider_name,
        "theme": of.theme_title(chart.theme),
        "source": chart.source.word(),
        "title": chart.title,
        "unit": chart.unit.word(),
        "scoring": chart.scoring.map(|rule| rule.word()),
        "points": points.collect::<Vec<_>>(),
        "missing": chart.missing.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "mean": now.map(|group| group.mean),
        "lower": limits.map(|limits| limits.lower),
        "upper": limits.map(|limits| limits.upper),
        "screened": chart.xmr.screened,
        "trial": chart.is_trial(),
        "small": chart.is_small(),
        "signal": chart.reading.word(),
    })
}

/// What of a picture is worth a line: themes with data, or with a verdict other than "no signal".
fn told_rows(picture: &Picture) -> impl Iterator<Item = &crate::model::intelligence::ProviderPicture> {
    picture.providers.iter().filter(|provider| {
        provider.rows.iter().flat_map(|row| &row.cells).any(|cell| !matches!(cell.cell, Cell::NotAsked))
    })
}
