-- Schema 5. Plans that are shared, and copies that come back.

-- A share is logged with the edits, but is no step of undo: it happened. SQLite cannot change a CHECK, so the
-- table is made anew.
CREATE TABLE entry_next (
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
        OR kind = 'share'
    ),
    label TEXT NOT NULL,
    reverses TEXT CHECK (length(reverses) = 36),
    checksum TEXT NOT NULL,
    changes TEXT NOT NULL
) STRICT;

INSERT INTO entry_next (seq, id, at, who, kind, label, reverses, checksum, changes)
SELECT seq, id, at, who, kind, label, reverses, checksum, changes FROM entry;

DROP TABLE entry;

ALTER TABLE entry_next RENAME TO entry;

-- The ids that an entry had before further typing extended it: a copy that was made in between has it under one
-- of them.
CREATE TABLE entry_was (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was shared, with whom and why. The id is the share's, which its file's manifest carries too.
CREATE TABLE "share" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "date" TEXT CHECK ("date" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    for_whom TEXT,
    why TEXT,
    goes TEXT,
    left_out TEXT,
    "file" TEXT,
    sha256 TEXT CHECK (length(sha256) = 64),
    base TEXT CHECK (length(base) = 36),
    to_edit INTEGER NOT NULL CHECK (to_edit IN (0, 1))
) STRICT, WITHOUT ROWID;

-- How far another copy of this plan was taken over: up to which entry of its journal.
CREATE TABLE "merge_mark" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "entry" TEXT NOT NULL CHECK (length("entry") = 36),
    from_whom TEXT,
    "date" TEXT CHECK ("date" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT, WITHOUT ROWID;

-- In a shared file one row, what it is; in any other none. `base` is the last entry of the source's journal.
CREATE TABLE manifest (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    origin TEXT NOT NULL CHECK (length(origin) = 36),
    base TEXT NOT NULL CHECK (length(base) = 36),
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    for_whom TEXT NOT NULL,
    why TEXT NOT NULL,
    goes TEXT NOT NULL,
    left_out TEXT NOT NULL,
    withheld TEXT NOT NULL,
    to_edit INTEGER NOT NULL CHECK (to_edit IN (0, 1))
) STRICT, WITHOUT ROWID;

-- In a shared file signals as counts, as they may be published: `count` is a number, or what stands for one that
-- is hidden or not known.
CREATE TABLE shared_count (
    number INTEGER PRIMARY KEY,
    provider TEXT NOT NULL,
    source TEXT NOT NULL,
    theme TEXT NOT NULL,
    "from" TEXT NOT NULL CHECK ("from" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    "to" TEXT NOT NULL CHECK ("to" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    "count" TEXT NOT NULL
) STRICT;
