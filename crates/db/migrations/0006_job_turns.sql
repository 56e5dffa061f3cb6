-- Jobs take turns by what caused them. `state` is 0 for a job that waits for `due_at`, 1 for one that may be claimed, and 2
-- for one that is claimed, whose `due_at` is the end of the lease. `again_at` says that a running job was asked for again.
-- The program before this one claims by `due_at` alone, through `job_due`, and goes on doing so beside this one.
ALTER TABLE job ADD COLUMN cause {text} NOT NULL DEFAULT '';
ALTER TABLE job ADD COLUMN state bigint NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN again_at bigint;
CREATE INDEX job_not_ready ON job (lane, due_at) WHERE dead_at IS NULL AND state <> 1;
CREATE INDEX job_ready     ON job (lane, cause, due_at) WHERE state = 1;
CREATE INDEX job_running   ON job (id) WHERE state = 2;
CREATE INDEX job_retrying  ON job (id) WHERE last_error IS NOT NULL AND dead_at IS NULL AND state <> 2;
CREATE INDEX job_given_up  ON job (id) WHERE dead_at IS NOT NULL;
