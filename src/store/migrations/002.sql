-- Schema 2. Evidence behind recommendations, and what documents said that the plan has no field for.
-- A remark's row may be a recommendation, an action or a responsibility, so no foreign key holds it.

CREATE TABLE "evidence" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "order" TEXT,
    "text" TEXT,
    kind TEXT,
    "date" TEXT CHECK ("date" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    held TEXT,
    valid_until TEXT CHECK (valid_until GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT, WITHOUT ROWID;

CREATE TABLE "evidence_link" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    recommendation TEXT NOT NULL REFERENCES "recommendation" (id) DEFERRABLE INITIALLY DEFERRED,
    evidence TEXT NOT NULL REFERENCES "evidence" (id) DEFERRABLE INITIALLY DEFERRED,
    "order" TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE "remark" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "order" TEXT,
    "row" TEXT NOT NULL CHECK (length("row") = 36),
    label TEXT,
    "text" TEXT,
    source TEXT
) STRICT, WITHOUT ROWID;
