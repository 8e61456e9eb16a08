-- Version 1 of our tables; schema_2.sql and so on follow it.
-- Times are milliseconds since 1970 UTC. Types are the words that SQLite and
-- PostgreSQL share; BLOB is replaced by BYTEA there.

CREATE TABLE offprint_job (
    id         TEXT PRIMARY KEY,     -- 26 random characters
    kind       TEXT NOT NULL,        -- pdf, email
    state      TEXT NOT NULL,        -- the contract's
    created    BIGINT NOT NULL,
    due        BIGINT NOT NULL,      -- not before
    finished   BIGINT,
    attempts   INTEGER NOT NULL DEFAULT 0,
    stalled    INTEGER NOT NULL DEFAULT 0, -- attempts since it last got on
    task       BIGINT NOT NULL DEFAULT 0, -- the River job that may render it
    source     TEXT NOT NULL DEFAULT '',  -- what it prints, to find it by
    request    TEXT NOT NULL,        -- JSON; no addresses of readers
    result     TEXT,                 -- JSON
    problem    TEXT                  -- JSON
);
CREATE INDEX offprint_job_created ON offprint_job (created);
CREATE INDEX offprint_job_source ON offprint_job (source) WHERE source <> '';
CREATE INDEX offprint_job_finished ON offprint_job (finished) WHERE finished IS NOT NULL;

CREATE TABLE offprint_delivery (
    id          INTEGER PRIMARY KEY,
    job         TEXT NOT NULL REFERENCES offprint_job (id) ON DELETE CASCADE,
    place       INTEGER NOT NULL,    -- among the job's recipients, from 0
    recipient   TEXT NOT NULL,       -- empty: erased
    address_key TEXT NOT NULL,       -- recipient as it is compared; unique while erased
    details     TEXT NOT NULL,       -- JSON: name, lang, font_size
    state       TEXT NOT NULL,       -- the contract's
    open        INTEGER NOT NULL,    -- 1: there is something left to do
    posted      INTEGER NOT NULL DEFAULT 0, -- 1: its message is or was kept
    attempts    INTEGER NOT NULL DEFAULT 0,
    task        BIGINT NOT NULL DEFAULT 0,  -- the River job that may deliver it
    next_try    BIGINT NOT NULL DEFAULT 0,
    updated     BIGINT NOT NULL,
    code        INTEGER NOT NULL DEFAULT 0,
    reply       TEXT NOT NULL DEFAULT '',
    message_id  TEXT NOT NULL DEFAULT '',
    UNIQUE (job, address_key)
);
CREATE INDEX offprint_delivery_open ON offprint_delivery (job) WHERE open = 1;
CREATE INDEX offprint_delivery_sending ON offprint_delivery (state) WHERE state = 'sending';
CREATE INDEX offprint_delivery_address ON offprint_delivery (address_key);
CREATE INDEX offprint_delivery_message ON offprint_delivery (message_id) WHERE message_id <> '';

CREATE TABLE offprint_message (
    delivery INTEGER PRIMARY KEY REFERENCES offprint_delivery (id) ON DELETE CASCADE,
    sender   TEXT NOT NULL,          -- of the envelope
    text     BLOB NOT NULL,          -- the message but for its shared parts
    cuts     TEXT NOT NULL,          -- JSON: where which shared part belongs
    sha256   BLOB NOT NULL           -- of the whole message
);

CREATE TABLE offprint_blob (
    sha256  BLOB PRIMARY KEY,
    body    BLOB NOT NULL,
    created BIGINT NOT NULL
);

CREATE TABLE offprint_blob_use (
    delivery INTEGER NOT NULL REFERENCES offprint_message (delivery) ON DELETE CASCADE,
    sha256   BLOB NOT NULL,
    PRIMARY KEY (sha256, delivery)
);
CREATE INDEX offprint_blob_use_delivery ON offprint_blob_use (delivery);

CREATE TABLE offprint_suppression (
    mac     BLOB PRIMARY KEY,        -- HMAC-SHA256 of the address
    created BIGINT NOT NULL
);

CREATE TABLE offprint_idempotency (
    scope   TEXT NOT NULL,           -- whose key it is
    name    TEXT NOT NULL,
    body    BLOB NOT NULL,           -- SHA-256 of the request's body
    job     TEXT NOT NULL REFERENCES offprint_job (id) ON DELETE CASCADE,
    status  INTEGER NOT NULL,
    answer  BLOB NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (scope, name)
);
CREATE INDEX offprint_idempotency_created ON offprint_idempotency (created);
