-- What was asked in vain, folded, how often and when last; nothing of who asked.
CREATE TABLE wanted (
    text TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    count INTEGER NOT NULL,
    last {moment} NOT NULL
);
