-- The files of a book as a zip, by the version of that book: each content once, however often it was served.
CREATE TABLE contents (
    sha256 TEXT NOT NULL PRIMARY KEY,
    archive {bytes} NOT NULL
);

-- Every book that was served, in order; the one with the highest number is the current one. Rows are only added.
CREATE TABLE revisions (
    number INTEGER NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL REFERENCES contents (sha256),
    at {moment} NOT NULL,
    "by" TEXT NOT NULL,
    origin TEXT NOT NULL,
    summary TEXT NOT NULL
);

-- What each folder of facts held when it was last reloaded.
CREATE TABLE folders (
    place TEXT NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL
);

-- Who did what, and what came of it.
CREATE TABLE log (
    number {counted} NOT NULL PRIMARY KEY,
    at {moment} NOT NULL,
    "by" TEXT NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL
);
