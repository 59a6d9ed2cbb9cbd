//! The verb that makes a copy of the plan for somebody else.

use super::arguments::Share;
use super::output::{Output, shown};
use super::{DONE, Desk, Stop, USAGE, judged_at, same_file};
use crate::app::Settings;
use crate::app::sharing::{self, Asked, Preview, PreviewFinding, Shared};
use crate::share::{Counted, FoundIn, Part, ROWS_WARNING, Scope, SignalsAs, Wanted};
use crate::store::{Access, EntryKind, PlanFile, Stamp, StoreError};
use chrono::Utc;
use serde_json::{Value, json};

pub(super) fn share(desk: &Desk<'_>, share: &Share, output: &mut Output) -> Result<u8, Stop> {
    let now = Utc::now();
    let scope = scope(share)?;
    for out in [Some(&share.out), share.html.as_ref()].into_iter().flatten() {
        if same_file(out, &share.plan) {
            let what = format!("this is the plan itself: {}", out.display());
            return Err(Stop::refused(what, "Choose another name; the plan was left as it is."));
        }
    }
    let mut file =
        if share.preview { desk.open_to_read(&share.plan, now) } else { desk.open_to_change(&share.plan, now) }?;
    if let (Access::ReadOnly(reason), false) = (*file.access(), share.preview) {
        return Err(StoreError::ReadOnly { reason, path: share.plan.clone() }.into());
    }
    let plan = file.read()?;
    let rules = Settings::load(&desk.folders.settings()).0.rules.at(judged_at(None, &plan, now));
    let wanted = Wanted {
        for_whom: share.for_whom.clone().unwrap_or_default(),
        why: share.why.clone().unwrap_or_default(),
        scope,
        to_edit: share.to_edit,
    };
    let mut asked = Asked { wanted, rules, looked_at: None };
    if asked.wanted.scope.signals == SignalsAs::Rows {
        output.note(ROWS_WARNING);
    }
    let preview = sharing::preview(&file, &asked)?;
    asked.looked_at = Some(preview.base);
    let shared = if share.preview { None } else { Some(make(desk, &mut file, share, &asked)?) };
    file.close();
    if let Some(problem) = shared.as_ref().and_then(|shared| shared.no_reading_copy.as_ref()) {
        output.note(&format!("The page to read was not written: {problem}"));
    }
    output.result(|| value(&preview, shared.as_ref()), || words(&preview, shared.as_ref()));
    Ok(if shared.is_some_and(|shared| shared.no_reading_copy.is_some()) { super::FAILED } else { DONE })
}

fn make(desk: &Desk<'_>, file: &mut PlanFile, share: &Share, asked: &Asked) -> Result<Shared, StoreError> {
    let stamp = Stamp { who: &desk.who, at: Utc::now(), kind: EntryKind::Share };
    sharing::share(file, asked, &share.out, share.html.as_deref(), &stamp, &mut |_| true)
}

fn scope(share: &Share) -> Result<Scope, Stop> {
    let part = |word: &String, usual: bool| {
        let found = Part::from_word(word).filter(|part| part.is_usual() == usual);
        found.ok_or_else(|| {
            let parts = Part::ALL.iter().filter(|part| part.is_usual() == usual).map(|part| part.word());
            let parts: Vec<&str> = parts.collect();
            let (option, does) = if usual { ("--without", "goes unless left out") } else { ("--with", "can be added") };
            let what = format!("{option} {word}: that is nothing that {does}");
            Stop { status: USAGE, what, remedy: format!("{option} takes {}.", parts.join(", ")) }
        })
    };
    let mut scope = Scope::default().signals(share.signals);
    for word in &share.with {
        scope = scope.with(part(word, false)?);
    }
    for word in &share.without {
        scope = scope.without(part(word, true)?);
    }
    let without_providers = share.without.iter().any(|word| Part::from_word(word) == Some(Part::Providers));
    if without_providers && share.signals != SignalsAs::None {
        let what = format!("--without providers and --signals {} do not go together", share.signals);
        let remedy = "Signals say nothing without the names of the providers that they are of.".to_owned();
        return Err(Stop { status: USAGE, what, remedy });
    }
    Ok(scope)
}

fn counted(list: &[Counted]) -> Vec<Value> {
    list.iter().map(|one| json!({ "what": one.what(), "count": one.count })).collect()
}

fn finding(one: &PreviewFinding) -> Value {
    let (entity, id) = match one.found.place {
        FoundIn::Row(entity, id) => (Some(entity.word()), Some(id.to_string())),
        FoundIn::Signal(number) => (Some("signal"), Some(number.to_string())),
        FoundIn::Share => (None, None),
    };
    json!({
        "kind": one.found.kind.to_string(),
        "entity": entity,
        "id": id,
        "field": one.found.field,
        "text": one.found.words(),
        "place": one.place,
    })
}

fn value(preview: &Preview, shared: Option<&Shared>) -> Value {
    let findings: Vec<Value> = preview.findings.iter().map(finding).collect();
    let manifest = shared.map(|shared| {
        let manifest = &shared.made.manifest;
        json!({
            "id": manifest.id, "origin": manifest.origin, "base": manifest.base,
            "made_by": manifest.made_by, "made_at": manifest.made_at,
            "for_whom": manifest.for_whom, "why": manifest.why,
            "goes": manifest.goes, "left_out": manifest.left_out, "withheld": manifest.withheld,
            "to_edit": manifest.to_edit,
        })
    });
    json!({
        "goes": counted(&preview.goes),
        "left_out": counted(&preview.left_out),
        "findings": findings,
        "written": shared.map(|shared| shown(&shared.path)),
        "html": shared.and_then(|shared| shared.reading_copy.as_deref()).map(shown),
        "sha256": shared.map(|shared| &shared.made.file.sha256),
        "size": shared.map(|shared| shared.made.file.size),
        "manifest": manifest,
    })
}

fn words(preview: &Preview, shared: Option<&Shared>) -> String {
    let mut lines = Vec::new();
    let mut list = |title: &str, items: Vec<String>| {
        if !items.is_empty() {
            lines.push(format!("{title}:"));
            lines.extend(items.into_iter().map(|item| format!("  {item}")));
        }
    };
    list("Goes", preview.goes.iter().map(ToString::to_string).collect());
    list("Left out", preview.left_out.iter().map(ToString::to_string).collect());
    let found = |one: &PreviewFinding| format!("{}: {} ({})", one.found.kind, one.found.around(), one.place);
    list("Look at these first", preview.findings.iter().map(found).collect());
    lines.push(
        "What is found has the form of something that says who somebody is. Names without a title are not found, so \
         read what goes."
            .to_owned(),
    );
    match shared {
        None => lines.push("Preview: nothing was written".to_owned()),
        Some(shared) => {
            lines.push(format!("Shared {}", shared.path.display()));
            lines.push(format!("SHA-256 {}", shared.made.file.sha256));
            if let Some(page) = &shared.reading_copy {
                lines.push(format!("To read without Recap: {}", page.display()));
            }
        }
    }
    lines.join("\n")
}
