-- How the key of a repository was changed last. `kms_grants` are those on the key before, which are retired when nothing is under
-- that key any more. `position` is where the stage continues.
CREATE TABLE repository_rekey (
    repository  bigint NOT NULL PRIMARY KEY REFERENCES repository (id),
    from_key    {text} NOT NULL,
    kms_grants  {text},
    to_key      {text} NOT NULL,
    stage       {text} NOT NULL,
    position    {text} NOT NULL,
    layers      bigint NOT NULL,
    bytes       bigint NOT NULL,
    layers_done bigint NOT NULL,
    bytes_done  bigint NOT NULL,
    images_done bigint NOT NULL,
    begun_at    bigint NOT NULL,
    ended_at    bigint
);
