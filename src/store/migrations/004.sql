-- Schema 4. Signals, and what is made of them.
--
-- Providers, themes, receipts, batches, findings, levels of watch and re-basings are rows of the plan like
-- all others. Signals and measures are not: they come by the hundred thousand, so their values stand in no
-- journal entry. What counts is the newest row of a key whose batch stands in "batch"; undo takes that row
-- of "batch" away, and redo puts it back.

CREATE TABLE "provider" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "order" TEXT,
    name TEXT,
    kind TEXT,
    aliases TEXT,
    board_response TEXT,
    action_plan TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE "signal_theme" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "order" TEXT,
    title TEXT,
    not_asked TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE "subject" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "text" TEXT,
    theme TEXT REFERENCES "signal_theme" (id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "receipt" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    provider TEXT NOT NULL REFERENCES "provider" (id) DEFERRABLE INITIALLY DEFERRED,
    source TEXT NOT NULL,
    "month" TEXT NOT NULL CHECK ("month" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    state TEXT NOT NULL CHECK (
        state = 'received'
        OR state = 'expected'
        OR state = 'late'
        OR state = 'never asked'
        OR state = 'not applicable'
    ),
    note TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE "batch" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    name TEXT,
    source TEXT,
    provider TEXT REFERENCES "provider" (id) DEFERRABLE INITIALLY DEFERRED,
    taken_on TEXT CHECK (taken_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    by_hand INTEGER NOT NULL CHECK (by_hand IN (0, 1)),
    "from" TEXT CHECK ("from" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    "to" TEXT CHECK ("to" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    kept TEXT,
    header TEXT,
    roles TEXT,
    outcome TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE "noted_finding" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    provider TEXT REFERENCES "provider" (id) DEFERRABLE INITIALLY DEFERRED,
    theme TEXT REFERENCES "signal_theme" (id) DEFERRABLE INITIALLY DEFERRED,
    "from" TEXT CHECK ("from" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    "to" TEXT CHECK ("to" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    verdict TEXT,
    sources TEXT,
    judgement TEXT,
    "date" TEXT CHECK ("date" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT, WITHOUT ROWID;

-- "row" is an action or a recommendation, so no foreign key holds it.
CREATE TABLE "finding_link" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    finding TEXT NOT NULL REFERENCES "noted_finding" (id) DEFERRABLE INITIALLY DEFERRED,
    "row" TEXT NOT NULL CHECK (length("row") = 36)
) STRICT, WITHOUT ROWID;

CREATE TABLE "watch_level" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    provider TEXT NOT NULL REFERENCES "provider" (id) DEFERRABLE INITIALLY DEFERRED,
    level TEXT CHECK (
        level = 'routine'
        OR level = 'enhanced'
        OR level = 'escalated'
    ),
    "date" TEXT CHECK ("date" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    reason TEXT,
    review TEXT CHECK (review GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    shared TEXT,
    finding TEXT REFERENCES "noted_finding" (id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "rebase" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    provider TEXT NOT NULL REFERENCES "provider" (id) DEFERRABLE INITIALLY DEFERRED,
    source TEXT NOT NULL,
    theme TEXT REFERENCES "signal_theme" (id) DEFERRABLE INITIALLY DEFERRED,
    "month" TEXT NOT NULL CHECK ("month" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    reason TEXT
) STRICT, WITHOUT ROWID;

-- Every batch that was ever written, in the order in which they came: a later one goes before an earlier.
CREATE TABLE signal_batch (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 36)
) STRICT;

-- Which batch has rows of which stream: where a stream has one batch only, no row can be old.
CREATE TABLE signal_part (
    stream INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    PRIMARY KEY (stream, batch)
) STRICT, WITHOUT ROWID;

-- One source of one provider; `provider` is blank where nobody said whose it is.
CREATE TABLE signal_stream (
    number INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    provider TEXT NOT NULL CHECK (length(provider) = 36 OR provider = ''),
    UNIQUE (source, provider)
) STRICT;

-- `old`: a later batch that counts has a row of the same key. A batch that does not count leaves it as is. `gone`: from this batch on there is no such
-- signal. `digest`: of all it says, to tell what an import changes. `referenced`: the key is the source's
-- own reference. What is short stands first.
CREATE TABLE signal (
    number INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL,
    stream INTEGER NOT NULL,
    old INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    digest INTEGER NOT NULL,
    referenced INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    adverse INTEGER,
    handling_concern INTEGER,
    hard INTEGER NOT NULL,
    received TEXT,
    happened TEXT,
    due TEXT,
    closed TEXT,
    "month" TEXT,
    "key" TEXT NOT NULL,
    subjects TEXT,
    service TEXT,
    outcome TEXT,
    grade TEXT,
    specialty TEXT,
    site TEXT,
    state TEXT,
    learning TEXT,
    improvement TEXT,
    "text" TEXT
) STRICT;

CREATE INDEX signal_by_key ON signal (stream, "key");

-- A number that somebody else counted; the columns up to `scoring` are its key.
CREATE TABLE measure (
    number INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL,
    stream INTEGER NOT NULL,
    old INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    months INTEGER NOT NULL,
    what TEXT NOT NULL,
    service TEXT NOT NULL,
    site TEXT NOT NULL,
    scoring TEXT NOT NULL,
    numerator REAL NOT NULL,
    denominator REAL
) STRICT;

CREATE INDEX measure_by_key ON measure (stream, "month", what);
