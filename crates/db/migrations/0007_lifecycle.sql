-- When an image last moved to the archive, and when it last came back. They stand behind the manifest, and most images have
-- neither: engines see that a value is NULL without reading the pages before it.
ALTER TABLE image ADD COLUMN archived_at bigint;
ALTER TABLE image ADD COLUMN activated_at bigint;

-- The canonical text of a repository's lifecycle policy.
CREATE TABLE lifecycle_policy (
    repository        bigint NOT NULL PRIMARY KEY REFERENCES repository (id),
    document          {text} NOT NULL,
    put_at            bigint NOT NULL,
    last_evaluated_at bigint
);

-- The last preview of a lifecycle policy in a repository, with the text as it was sent. `turn` counts its runs: one that is not
-- the newest writes nothing any more.
CREATE TABLE lifecycle_preview (
    repository    bigint NOT NULL PRIMARY KEY REFERENCES repository (id),
    document      {text} NOT NULL,
    state         {text} NOT NULL,
    turn          bigint NOT NULL,
    started_at    bigint NOT NULL,
    ended_at      bigint,
    expiring      bigint NOT NULL,
    transitioning bigint NOT NULL
);

-- What a run of a preview found: the images that a rule would take, in the order in which it would act. `tags` has them with a
-- space between two, as they were then.
CREATE TABLE lifecycle_preview_image (
    repository    bigint NOT NULL REFERENCES repository (id),
    turn          bigint NOT NULL,
    place         bigint NOT NULL,
    digest        {text} NOT NULL,
    tags          {text} NOT NULL,
    is_tagged     bigint NOT NULL,
    pushed_at     bigint NOT NULL,
    storage_class {text} NOT NULL,
    rule          bigint NOT NULL,
    action        {text} NOT NULL,
    PRIMARY KEY (repository, turn, place)
);
CREATE INDEX lifecycle_preview_image_by_tags   ON lifecycle_preview_image (repository, turn, is_tagged, place);
CREATE INDEX lifecycle_preview_image_by_digest ON lifecycle_preview_image (repository, turn, digest);

-- Users and roles whose pulls are not recorded.
CREATE TABLE pull_time_exclusion (
    registry   bigint NOT NULL REFERENCES registry (id),
    principal  {text} NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (registry, principal)
);

-- Images that lifecycle policies expired, for as long as a setting says. `rule` is the rule's text at that time; `tags` has the
-- image's tags with a space between two.
CREATE TABLE expired_image (
    repository bigint NOT NULL REFERENCES repository (id),
    digest     {text} NOT NULL,
    expired_at bigint NOT NULL,
    tags       {text} NOT NULL,
    pushed_at  bigint NOT NULL,
    pulled_at  bigint,
    rule       {text} NOT NULL,
    reason     {text} NOT NULL,
    PRIMARY KEY (repository, digest, expired_at)
);
CREATE INDEX expired_image_by_age ON expired_image (repository, expired_at);

-- The tags of those images, to be found by.
CREATE TABLE expired_image_tag (
    repository bigint NOT NULL REFERENCES repository (id),
    tag        {text} NOT NULL,
    expired_at bigint NOT NULL,
    digest     {text} NOT NULL,
    PRIMARY KEY (repository, tag, expired_at, digest)
);
CREATE INDEX expired_image_tag_by_digest ON expired_image_tag (repository, digest, expired_at);
