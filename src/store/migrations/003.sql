-- Schema 3. The timeline: when work starts and is looked at again, how timescales were revised, and
-- the plan's own words for states.

ALTER TABLE "action" ADD COLUMN starts_on TEXT
    CHECK (starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]');

ALTER TABLE "action" ADD COLUMN next_review TEXT
    CHECK (next_review GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]');

ALTER TABLE "timescale" ADD COLUMN done_on TEXT
    CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]');

CREATE TABLE "revision" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    timescale TEXT NOT NULL REFERENCES "timescale" (id) DEFERRABLE INITIALLY DEFERRED,
    "date" TEXT CHECK ("date" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    words TEXT,
    reason TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE "state_word" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "key" TEXT,
    word TEXT,
    letter TEXT
) STRICT, WITHOUT ROWID;
