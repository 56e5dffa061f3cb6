-- What happened, as EventBridge tells it, for as long as a setting says, one row an event. `about` says what it happened to: the
-- events of one thing are delivered in the order of their rows. `time` is the event's own, `written_at` that of the row.
-- `is_pending` is 1 until the event was matched with the rules.
CREATE TABLE event (
    id          {identity},
    account     {text} NOT NULL,
    region      {text} NOT NULL,
    event_id    {text} NOT NULL,
    time        bigint NOT NULL,
    written_at  bigint NOT NULL,
    source      {text} NOT NULL,
    detail_type {text} NOT NULL,
    resources   {text} NOT NULL,
    detail      {text} NOT NULL,
    about       {text} NOT NULL,
    is_pending  bigint NOT NULL
);
CREATE INDEX event_by_time ON event (account, region, written_at, id);
CREATE INDEX event_pending ON event (is_pending, id) WHERE is_pending = 1;
