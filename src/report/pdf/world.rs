//! What typst may see: our template, the paper as data, our fonts. No files, no network, no clock.

use std::sync::OnceLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};

pub(super) const TEMPLATE: &str = include_str!("../../../assets/report/paper.typ");

/// Liberation Sans has the widths of Arial; DejaVu Sans has most of what it lacks.
const FONTS: [&[u8]; 4] = [
    include_bytes!("../../../assets/fonts/liberation-sans/LiberationSans-Regular.ttf"),
    include_bytes!("../../../assets/fonts/liberation-sans/LiberationSans-Bold.ttf"),
    include_bytes!("../../../assets/fonts/dejavu-sans/DejaVuSans.ttf"),
    include_bytes!("../../../assets/fonts/dejavu-sans/DejaVuSans-Bold.ttf"),
];

/// What is the same for every paper and made once.
pub(super) struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    data: Option<FileId>,
}

/// The shared part, made at its first use.
pub(super) fn shared() -> &'static Shared {
    static SHARED: OnceLock<Shared> = OnceLock::new();
    SHARED.get_or_init(|| {
        let fonts: Vec<Font> = FONTS.iter().filter_map(|data| Font::new(Bytes::new(*data), 0)).collect();
        let file = |path: &str| {
            let path = VirtualPath::new(path).ok()?;
            Some(RootedPath::new(VirtualRoot::Project, path).intern())
        };
        let template = match file("/paper.typ") {
            Some(id) => Source::new(id, TEMPLATE.to_owned()),
            None => Source::detached(TEMPLATE),
        };
        Shared {
            library: LazyHash::new(Library::builder().build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            template,
            data: file("/paper.json"),
        }
    })
}

impl Shared {
    /// Whether a character can be printed, both regular and bold.
    pub(super) fn covers(&self, character: char) -> bool {
        let covers = |font: Option<&Font>| font.is_some_and(|font| font.info().coverage.contains(character.into()));
        let [regular, bold, wide, wide_bold] = [0, 1, 2, 3].map(|place| self.fonts.get(place));
        (covers(regular) || covers(wide)) && (covers(bold) || covers(wide_bold))
    }

    /// Whether the main font has a character, both regular and bold.
    pub(super) fn is_plain(&self, character: char) -> bool {
        self.fonts.iter().take(2).all(|font| font.info().coverage.contains(character.into()))
    }
}

/// One paper's world.
pub(super) struct PaperWorld {
    shared: &'static Shared,
    data: Bytes,
}

impl PaperWorld {
    pub(super) fn new(data: String) -> Self {
        Self { shared: shared(), data: Bytes::from_string(data) }
    }
}

impl World for PaperWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shared.book
    }

    fn main(&self) -> FileId {
        self.shared.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.shared.template.id() { Ok(self.shared.template.clone()) } else { Err(not_here(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if Some(id) == self.shared.data { Ok(self.data.clone()) } else { Err(not_here(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_here(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
