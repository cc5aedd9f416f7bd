-- What members say is wrong. `author` is a Discord identifier while the suggestion is open, and 0 once it is decided.
CREATE TABLE suggestions (
    number {counted} NOT NULL PRIMARY KEY,
    at {moment} NOT NULL,
    author BIGINT NOT NULL,
    text TEXT NOT NULL,
    address TEXT NOT NULL,
    about TEXT NOT NULL,
    answer TEXT NOT NULL,
    status TEXT NOT NULL
);
