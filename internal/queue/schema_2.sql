-- Version 2: callbacks. Times are milliseconds since 1970 UTC, as in schema.sql.

ALTER TABLE offprint_job ADD COLUMN callback TEXT NOT NULL DEFAULT '';      -- a URL; empty: none
ALTER TABLE offprint_job ADD COLUMN callback_data TEXT NOT NULL DEFAULT ''; -- JSON of the caller's

CREATE TABLE offprint_event (
    id       TEXT PRIMARY KEY,       -- the webhook-id: evt_ and 26 random characters
    job      TEXT NOT NULL REFERENCES offprint_job (id) ON DELETE CASCADE,
    delivery INTEGER REFERENCES offprint_delivery (id) ON DELETE CASCADE,
    type     TEXT NOT NULL,          -- pdf.rendered, ...
    state    TEXT NOT NULL,          -- waiting, delivered, failed, gone
    created  BIGINT NOT NULL,
    updated  BIGINT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try BIGINT NOT NULL DEFAULT 0, -- 0: at once, or never
    error    TEXT NOT NULL DEFAULT '',  -- why the last try failed
    body     TEXT NOT NULL           -- what is sent, byte for byte; empty: not needed any more
);
CREATE INDEX offprint_event_job ON offprint_event (job);
CREATE INDEX offprint_event_delivery ON offprint_event (delivery);
CREATE INDEX offprint_event_waiting ON offprint_event (updated) WHERE state = 'waiting';
