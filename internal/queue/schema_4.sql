-- Version 4: who a job belongs to, and what is kept for it.

ALTER TABLE offprint_job ADD COLUMN owner TEXT NOT NULL DEFAULT '';  -- whose bytes are bounded; empty: nobody's
ALTER TABLE offprint_job ADD COLUMN bytes BIGINT NOT NULL DEFAULT 0; -- its request, letters and their parts

CREATE INDEX offprint_job_owner ON offprint_job (owner, bytes) WHERE owner <> '';
