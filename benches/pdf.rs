//! The appendix of 290 recommendations, from the file on disk to the bytes of the PDF, against typst
//! alone setting the same source in the same run: at most 1.3 times.

#![expect(clippy::print_stdout, clippy::expect_used, reason = "a bench prints what it measured and ends on a fault")]

use chrono::{NaiveDate, TimeZone as _, Utc};
use recap::model::{Action, EditBuilder, Id, Index, Link, Plan, Position, Recommendation};
use recap::report::{self, Options, ReportName, pdf};
use recap::store::{EntryKind, PlanFile, Stamp, Wanted};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration as TypstDuration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

const ROWS: usize = 290;
const ROUNDS: usize = 7;
const LIMIT: f64 = 1.3;
const SAMPLE: &str = include_str!("../assets/sample-plan.json");

fn main() -> ExitCode {
    let folder = tempfile::tempdir().expect("a folder for the plan");
    let file = folder.path().join("plan.db");
    let all = report::json::write(&plan_of(ROWS), &[], &[]);
    let first = recap::import::json::read(&all, &Plan::default()).expect("reads").edit;
    let stamp = Stamp { who: "Bench", at: Utc::now(), kind: EntryKind::Edit };
    PlanFile::create(&file, &first, &stamp).expect("creates").close();
    let options = Options {
        as_at: NaiveDate::from_ymd_opt(2013, 5, 28).expect("a date"),
        compact: false,
        alarm_days: None,
        generated: Utc.with_ymd_and_hms(2013, 5, 28, 9, 30, 0).single().expect("a time"),
    };
    let plan = load(&file);
    let paper = report::build(&plan, &Index::of(&plan), ReportName::Appendix, &options);
    let alone = Alone::new(pdf::source(&paper, &options));

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut made = (0, 0);
    for round in 0..=ROUNDS {
        let start = Instant::now();
        let plan = load(&file);
        let paper = report::build(&plan, &Index::of(&plan), ReportName::Appendix, &options);
        let pdf = pdf::write(&paper, &options, &|_| Ok(())).expect("a PDF");
        let whole = start.elapsed();
        made = (pdf.pages, pdf.bytes.len());
        let start = Instant::now();
        let bytes = alone.set();
        let bare = start.elapsed();
        assert_eq!(bytes.len() / 1000, made.1 / 1000, "both set the same paper");
        // the first round reads fonts and fills caches
        if round > 0 {
            ours.push(whole);
            theirs.push(bare);
        }
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!("{ROWS} recommendations, {} pages, {} kB", made.0, made.1 / 1000);
    println!("from file to PDF {} ms, typst alone {} ms", ours.as_millis(), theirs.as_millis());
    println!("ratio {ratio:.2}, promised at most {LIMIT}");
    if ratio > LIMIT { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Opens the plan and reads it.
fn load(file: &Path) -> Plan {
    PlanFile::open(file, Wanted::ReadOnly).expect("it is a plan").read().expect("it can be read")
}

/// A plan of so many recommendations: the sample's, again and again.
fn plan_of(rows: usize) -> Plan {
    let mut plan = Plan::default();
    recap::import::json::read(SAMPLE, &plan).expect("reads").edit.apply(&mut plan).expect("fits");
    let index = Index::of(&plan);
    let mut edit = EditBuilder::new(&plan, "Make it large");
    for place in plan.recommendations.len()..rows {
        let model = &plan.recommendations[&index.recommendations[place % index.recommendations.len()]];
        let derive = |id: Id| id.derive(&[&place.to_string()]);
        let id = derive(model.id);
        let reference = (place + 300).to_string();
        edit.put(&Recommendation { id, reference, ..model.clone() });
        for row in index.positions(&plan, model.id) {
            edit.put(&Position { id: derive(row.id), recommendation: id, ..row.clone() });
        }
        for (order, row) in index.actions(&plan, model.id).into_iter().enumerate() {
            let action = derive(row.id);
            edit.put(&Action { id: action, ..row.clone() });
            edit.put(&Link { id: Link::id_of(id, action), recommendation: id, action, order: order.to_string() });
        }
    }
    let edit = edit.finish();
    let mut large = plan.clone();
    edit.apply(&mut large).expect("fits");
    large
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// typst with nothing of ours around it but the source.
struct Alone {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    data: Bytes,
}

impl Alone {
    fn new(source: pdf::Source) -> Self {
        let files: [&[u8]; 4] = [
            include_bytes!("../assets/fonts/liberation-sans/LiberationSans-Regular.ttf"),
            include_bytes!("../assets/fonts/liberation-sans/LiberationSans-Bold.ttf"),
            include_bytes!("../assets/fonts/dejavu-sans/DejaVuSans.ttf"),
            include_bytes!("../assets/fonts/dejavu-sans/DejaVuSans-Bold.ttf"),
        ];
        let fonts: Vec<Font> = files.iter().filter_map(|file| Font::new(Bytes::new(*file), 0)).collect();
        let main = RootedPath::new(VirtualRoot::Project, VirtualPath::new("/paper.typ").expect("a path")).intern();
        Self {
            library: LazyHash::new(Library::builder().build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            template: Source::new(main, source.template.to_owned()),
            data: Bytes::from_string(source.data),
        }
    }

    fn set(&self) -> Vec<u8> {
        let document = typst::compile::<PagedDocument>(self).output.expect("it compiles");
        let made = Datetime::from_ymd_hms(2013, 5, 28, 9, 30, 0).map(Timestamp::new_utc);
        let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).expect("they agree");
        let options = PdfOptions { timestamp: made, standards, ..PdfOptions::default() };
        let bytes = typst_pdf::pdf(&document, &options).expect("it can be written");
        comemo::evict(0);
        bytes
    }
}

impl World for Alone {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _id: FileId) -> FileResult<Bytes> {
        Ok(self.data.clone())
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<TypstDuration>) -> Option<Datetime> {
        None
    }
}
