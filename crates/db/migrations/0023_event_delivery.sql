-- Events that still have to be delivered, a row for each target. `target` names it. Of one target and one `about`, no row is due
-- before an earlier one. A row with `dead_at` was given up, and stays until someone acts.
CREATE TABLE event_delivery (
    id         {identity},
    event      bigint NOT NULL REFERENCES event (id),
    account    {text} NOT NULL,
    region     {text} NOT NULL,
    target     {text} NOT NULL,
    about      {text} NOT NULL,
    since      bigint NOT NULL,
    due_at     bigint NOT NULL,
    attempts   bigint NOT NULL,
    last_error {text},
    dead_at    bigint
);
CREATE INDEX event_delivery_by_event ON event_delivery (event);
CREATE INDEX event_delivery_due      ON event_delivery (target, due_at, id) WHERE dead_at IS NULL;
CREATE INDEX event_delivery_in_order ON event_delivery (target, about, due_at) WHERE dead_at IS NULL;
CREATE INDEX event_delivery_dead     ON event_delivery (account, region, id) WHERE dead_at IS NOT NULL;
