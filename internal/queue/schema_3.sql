-- Version 3: notes. Times are milliseconds since 1970 UTC, as in schema.sql.

CREATE TABLE offprint_note (
    scope   TEXT NOT NULL,           -- whose note it is
    name    TEXT NOT NULL,           -- what it is about
    value   TEXT NOT NULL,
    expires BIGINT NOT NULL,         -- 0: never
    PRIMARY KEY (scope, name)
);
CREATE INDEX offprint_note_expires ON offprint_note (expires) WHERE expires > 0;
