-- Schema 1. One table a kind of row; columns are named as the model names its fields, in its order.
-- A blank text is NULL. Dates are ISO dates, truth is 0 or 1, vocabularies are words: with OR, because
-- SQLite would build a table of an IN list for every row it checks.
--
-- WITHOUT ROWID and no further index: the rows lie in the order of their ids, and what is checked at
-- every opening (each index entry against its row) is half as much. Measured on 290 recommendations
-- and 2,000 actions.

CREATE TABLE meta (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Append-only. `changes` stands last: what only lists entries does not read it.
CREATE TABLE entry (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (
        kind = 'edit'
        OR kind = 'import'
        OR kind = 'undo'
        OR kind = 'redo'
        OR kind = 'merge'
    ),
    label TEXT NOT NULL,
    reverses TEXT CHECK (length(reverses) = 36),
    checksum TEXT NOT NULL,
    changes TEXT NOT NULL
) STRICT;

CREATE TABLE "plan" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    organisation TEXT,
    title TEXT,
    version TEXT,
    status TEXT CHECK (
        status = 'draft'
        OR status = 'proposed'
        OR status = 'approved'
        OR status = 'superseded'
    ),
    as_at TEXT CHECK (as_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT, WITHOUT ROWID;

CREATE TABLE "report" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "key" TEXT,
    title TEXT,
    short_title TEXT,
    published TEXT CHECK (published GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT, WITHOUT ROWID;

CREATE TABLE "paper_field" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "order" TEXT,
    "key" TEXT,
    label TEXT,
    "text" TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE "theme" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "order" TEXT,
    title TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE "recommendation" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "order" TEXT,
    report TEXT,
    reference TEXT,
    theme TEXT REFERENCES "theme" (id) DEFERRABLE INITIALLY DEFERRED,
    section TEXT,
    title TEXT,
    "text" TEXT,
    local_title TEXT,
    local_text TEXT,
    response_status TEXT,
    response TEXT,
    response_by TEXT,
    acceptance TEXT CHECK (
        acceptance = 'accepted'
        OR acceptance = 'accepted in part'
        OR acceptance = 'accepted in principle'
        OR acceptance = 'not accepted'
        OR acceptance = 'not for us'
    ),
    acceptance_date TEXT CHECK (acceptance_date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    acceptance_reason TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE "position" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    recommendation TEXT NOT NULL REFERENCES "recommendation" (id) DEFERRABLE INITIALLY DEFERRED,
    as_at TEXT CHECK (as_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    "text" TEXT,
    state TEXT CHECK (
        state = 'in place'
        OR state = 'partly'
        OR state = 'gap'
        OR state = 'planned'
        OR state = 'waiting'
        OR state = 'no longer needed'
    )
) STRICT, WITHOUT ROWID;

CREATE TABLE "responsibility" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "order" TEXT,
    "text" TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE "action" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "order" TEXT,
    "text" TEXT,
    responsibility TEXT REFERENCES "responsibility" (id) DEFERRABLE INITIALLY DEFERRED,
    owner TEXT,
    partners TEXT,
    state TEXT NOT NULL CHECK (
        state = 'not started'
        OR state = 'in progress'
        OR state = 'complete'
        OR state = 'on hold'
        OR state = 'no longer needed'
    ),
    tentative INTEGER NOT NULL CHECK (tentative IN (0, 1)),
    due_words TEXT,
    due_reading TEXT,
    original_due_words TEXT,
    done_on TEXT CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT, WITHOUT ROWID;

CREATE TABLE "timescale" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "order" TEXT,
    responsibility TEXT NOT NULL REFERENCES "responsibility" (id) DEFERRABLE INITIALLY DEFERRED,
    words TEXT,
    reading TEXT,
    original TEXT,
    reason TEXT,
    done INTEGER NOT NULL CHECK (done IN (0, 1)),
    "action" TEXT REFERENCES "action" (id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "update" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "action" TEXT NOT NULL REFERENCES "action" (id) DEFERRABLE INITIALLY DEFERRED,
    "date" TEXT CHECK ("date" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    note TEXT,
    state TEXT CHECK (
        state = 'not started'
        OR state = 'in progress'
        OR state = 'complete'
        OR state = 'on hold'
        OR state = 'no longer needed'
    ),
    due TEXT,
    reason TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE "link" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    recommendation TEXT NOT NULL REFERENCES "recommendation" (id) DEFERRABLE INITIALLY DEFERRED,
    "action" TEXT NOT NULL REFERENCES "action" (id) DEFERRABLE INITIALLY DEFERRED,
    "order" TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE "cross_reference" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    recommendation TEXT NOT NULL REFERENCES "recommendation" (id) DEFERRABLE INITIALLY DEFERRED,
    words TEXT,
    target TEXT REFERENCES "recommendation" (id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "choice" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "order" TEXT,
    kind TEXT NOT NULL CHECK (
        kind = 'candidate action'
        OR kind = 'pairing'
        OR kind = 'interval'
        OR kind = 'cross reference'
        OR kind = 'differs'
        OR kind = 'undated position'
    ),
    subject TEXT,
    field TEXT,
    "text" TEXT,
    source TEXT,
    answer TEXT
) STRICT, WITHOUT ROWID;
