-- What moves in here, from another installation or from a backup: one row at most. While `completed_at` is not set the
-- rows and objects are not whole, and no server serves them.
CREATE TABLE incoming (
    id           bigint NOT NULL PRIMARY KEY,
    source       {text} NOT NULL,
    rows_digest  {text},
    blobs_done   bigint NOT NULL,
    records_done {text} NOT NULL,
    strays       bigint NOT NULL,
    begun_at     bigint NOT NULL,
    completed_at bigint,
    -- Who is at it: of two runs the later one counts, and it waits until the earlier one has let go.
    turn         bigint NOT NULL,
    held_until   bigint NOT NULL
);

-- Whoever copies objects holds their deletion up until then.
CREATE TABLE deletion_hold (
    holder     {text} NOT NULL PRIMARY KEY,
    held_until bigint NOT NULL
);
