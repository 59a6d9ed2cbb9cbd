-- Schema 6. How the plan is looked at.

-- A way to look at the grid, under a name. What it shows is JSON, which the file does not look into.
CREATE TABLE "saved_view" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "order" TEXT,
    name TEXT,
    definition TEXT
) STRICT, WITHOUT ROWID;

-- That a gap is none, and why.
CREATE TABLE "gap_answer" (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    "rule" TEXT,
    "row" TEXT NOT NULL CHECK (length("row") = 36),
    about TEXT,
    reason TEXT,
    "date" TEXT CHECK ("date" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT, WITHOUT ROWID;
