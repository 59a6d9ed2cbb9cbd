//! Papers as PDF, laid out by typst: PDF/UA-1 and PDF/A-2a in one, tagged, in British English.
//!
//! This is the only place that knows typst. What the plan says goes in as data, never as markup.

mod chart;
mod clean;
mod data;
mod section;
mod world;

use super::{Options, Paper, Progress, ReportError};
use chrono::{Datelike as _, Timelike as _};
use clean::Cleaner;
use std::collections::BTreeSet;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_render::RenderOptions;

/// A finished PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters that no font could show, for which □ stands in it.
    pub replaced: Vec<char>,
}

/// The picture of a page: rows of pixels, each red, green, blue, opaque.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// Four bytes a pixel.
    pub rgba: Vec<u8>,
}

/// A paper laid out on pages, to be looked at and written.
pub struct Pages {
    document: PagedDocument,
    replaced: BTreeSet<char>,
    identity: String,
    options: Options,
}

/// What typst is given for a paper, as it stands: to be set by typst alone and compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The template, the main file.
    pub template: &'static str,
    /// What it reads as `/paper.json`.
    pub data: String,
}

/// The source of a paper.
#[must_use]
pub fn source(paper: &Paper, options: &Options) -> Source {
    let mut cleaner = Cleaner::new(world::shared(), false);
    Source { template: world::TEMPLATE, data: data::of(paper, options.compact, &mut cleaner) }
}

/// Makes the PDF of a paper.
///
/// # Errors
/// When it is cancelled, or typst cannot lay the paper out.
pub fn write(paper: &Paper, options: &Options, progress: Progress<'_>) -> Result<Pdf, ReportError> {
    let pages = pages(paper, options, &|part| progress(part * 0.7))?;
    let pdf = pages.pdf()?;
    progress(1.0)?;
    Ok(pdf)
}

/// Lays a paper out. What is kept from the last time is thrown away after each.
///
/// # Errors
/// When it is cancelled, or typst cannot lay the paper out.
pub fn pages(paper: &Paper, options: &Options, progress: Progress<'_>) -> Result<Pages, ReportError> {
    progress(0.0)?;
    let shared = world::shared();
    let mut cleaner = Cleaner::new(shared, false);
    let mut data = data::of(paper, options.compact, &mut cleaner);
    progress(0.1)?;
    let mut document = lay_out(data)?;
    if document.pages().iter().any(|page| has_hole(&page.frame)) {
        // signs that each have a shape but none together: keep to what the main font has
        progress(0.5)?;
        cleaner = cleaner.stricter();
        data = data::of(paper, options.compact, &mut cleaner);
        document = lay_out(data)?;
    }
    progress(1.0)?;
    let identity = format!("{} {}", paper.plan, paper.name);
    Ok(Pages { document, replaced: cleaner.replaced, identity, options: *options })
}

fn lay_out(data: String) -> Result<PagedDocument, ReportError> {
    let world = world::PaperWorld::new(data);
    let compiled = typst::compile::<PagedDocument>(&world);
    comemo::evict(0);
    compiled.output.map_err(|errors| fault(&errors))
}

fn fault(errors: &[SourceDiagnostic]) -> ReportError {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    ReportError::Layout(messages.join("; "))
}

/// Whether some character got no shape.
fn has_hole(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_hole(&group.frame),
        FrameItem::Text(text) => text.glyphs.iter().any(|glyph| glyph.id == 0),
        _ => false,
    })
}

impl Pages {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.document.pages().len()
    }

    /// Characters that no font could show, for which □ stands.
    #[must_use]
    pub fn replaced(&self) -> Vec<char> {
        self.replaced.iter().copied().collect()
    }

    /// A page as a picture, at so many pixels a point (a 72nd of an inch); `None` if there is no
    /// such page.
    #[must_use]
    pub fn picture(&self, page: usize, pixels_per_point: f32) -> Option<Picture> {
        let page = self.document.pages().get(page)?;
        let scale = f64::from(pixels_per_point.clamp(0.1, 10.0));
        let options = RenderOptions { pixel_per_pt: scale.into(), ..RenderOptions::default() };
        let pixels = typst_render::render(page, &options);
        let size = |pixels: u32| usize::try_from(pixels).unwrap_or_default();
        Some(Picture { width: size(pixels.width()), height: size(pixels.height()), rgba: pixels.take() })
    }

    /// The pages as a PDF file.
    ///
    /// # Errors
    /// When a page cannot be written to the standards that the file must meet.
    pub fn pdf(&self) -> Result<Pdf, ReportError> {
        let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
            .map_err(|error| ReportError::Layout(error.message().to_string()))?;
        let options = PdfOptions {
            ident: Smart::Custom(self.identity.clone()),
            creator: Smart::Custom(Some(concat!("Recap ", env!("CARGO_PKG_VERSION")).to_owned())),
            timestamp: timestamp(&self.options),
            standards,
            tagged: true,
            ..PdfOptions::default()
        };
        let written = typst_pdf::pdf(&self.document, &options);
        comemo::evict(0);
        let bytes = written.map_err(|errors| fault(&errors))?;
        Ok(Pdf { bytes, pages: self.count(), replaced: self.replaced() })
    }
}

fn timestamp(options: &Options) -> Option<Timestamp> {
    let time = options.generated;
    let two = |number: u32| u8::try_from(number).ok();
    let datetime = Datetime::from_ymd_hms(
        time.year(),
        two(time.month())?,
        two(time.day())?,
        two(time.hour())?,
        two(time.minute())?,
        two(time.second())?,
    )?;
    Some(Timestamp::new_utc(datetime))
}
