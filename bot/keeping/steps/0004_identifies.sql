-- When a shard last identified itself to Discord, of each bucket in which shards take turns.
CREATE TABLE identifies (
    bucket INTEGER NOT NULL PRIMARY KEY,
    at {moment} NOT NULL
);
