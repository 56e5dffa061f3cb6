-- Jobs that cannot go on until something happens. `waits_for` names it (the ARN of a KMS key), so that they are due at once when
-- it happens, and not only at `due_at`; `waits_because` tells operators why.
ALTER TABLE job ADD COLUMN waits_for {text};
ALTER TABLE job ADD COLUMN waits_because {text};
CREATE INDEX job_waits_for ON job (waits_for, id) WHERE waits_for IS NOT NULL;
