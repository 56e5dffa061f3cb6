CREATE TABLE registry (
    id         {identity},
    account    {text} NOT NULL,
    region     {text} NOT NULL,
    created_at bigint NOT NULL,
    UNIQUE (account, region)
);

CREATE TABLE registry_setting (
    registry bigint NOT NULL REFERENCES registry (id),
    name     {text} NOT NULL,
    value    {text} NOT NULL,
    PRIMARY KEY (registry, name)
);

-- Secrets are sealed under the keyring; a row alone signs nothing.
CREATE TABLE access_key (
    id         {text}  NOT NULL PRIMARY KEY,
    account    {text}  NOT NULL,
    principal  {text}  NOT NULL,
    secret     {bytes} NOT NULL,
    active     bigint  NOT NULL,
    created_at bigint  NOT NULL
);

-- A repository that was deleted by force keeps its row until its contents are erased; its name is free at once.
CREATE TABLE repository (
    id                {identity},
    registry          bigint NOT NULL REFERENCES registry (id),
    name              {text} NOT NULL,
    mutability        {text} NOT NULL,
    exclusion_filters {text} NOT NULL,
    scan_on_push      bigint NOT NULL,
    encryption        {text} NOT NULL,
    encryption_key    {text} NOT NULL,
    created_at        bigint NOT NULL,
    erased_at         bigint
);
CREATE UNIQUE INDEX repository_by_name ON repository (registry, name) WHERE erased_at IS NULL;

CREATE TABLE resource_tag (
    repository bigint NOT NULL REFERENCES repository (id),
    name       {text} NOT NULL,
    value      {text} NOT NULL,
    PRIMARY KEY (repository, name)
);

-- Bytes, once per registry and encryption key. `condemned_at` is set while nothing refers to them.
CREATE TABLE blob (
    id             {identity},
    registry       bigint  NOT NULL REFERENCES registry (id),
    encryption_key {text}  NOT NULL,
    digest         {text}  NOT NULL,
    size           bigint  NOT NULL,
    object         {text}  NOT NULL,
    wrapped_key    {bytes} NOT NULL,
    condemned_at   bigint,
    created_at     bigint  NOT NULL,
    UNIQUE (registry, encryption_key, digest)
);
-- An object is in one row at most; a check of the store asks which.
CREATE UNIQUE INDEX blob_by_object ON blob (object);

-- The only right to read bytes: this repository may serve this digest.
CREATE TABLE repository_blob (
    repository  bigint NOT NULL REFERENCES repository (id),
    digest      {text} NOT NULL,
    blob        bigint NOT NULL REFERENCES blob (id),
    media_type  {text},
    lease_until bigint NOT NULL,
    PRIMARY KEY (repository, digest)
);
CREATE INDEX repository_blob_by_blob ON repository_blob (blob, repository);

-- The manifest is the last column: lists never read its pages.
CREATE TABLE image (
    id                {identity},
    repository        bigint  NOT NULL REFERENCES repository (id),
    digest            {text}  NOT NULL,
    media_type        {text}  NOT NULL,
    artifact_type     {text},
    config_media_type {text},
    size              bigint  NOT NULL,
    subject           {text},
    annotations       {text},
    status            {text}  NOT NULL,
    tag_count         bigint  NOT NULL,
    pushed_at         bigint  NOT NULL,
    pulled_at         bigint,
    manifest_size     bigint  NOT NULL,
    manifest          {bytes} NOT NULL,
    UNIQUE (repository, digest)
);
CREATE INDEX image_in_order   ON image (repository, id);
CREATE INDEX image_by_status  ON image (repository, status, id);
CREATE INDEX image_tagged     ON image (repository, status, id) WHERE tag_count > 0;
CREATE INDEX image_untagged   ON image (repository, status, id) WHERE tag_count = 0;
CREATE INDEX image_by_subject ON image (repository, subject, id) WHERE subject IS NOT NULL;

CREATE TABLE image_tag (
    repository bigint NOT NULL REFERENCES repository (id),
    tag        {text} NOT NULL,
    image      bigint NOT NULL REFERENCES image (id),
    PRIMARY KEY (repository, tag)
);
CREATE INDEX image_tag_by_image ON image_tag (image, tag);

-- What an image keeps alive: layers and configuration …
CREATE TABLE image_blob (
    repository bigint NOT NULL REFERENCES repository (id),
    digest     {text} NOT NULL,
    image      bigint NOT NULL REFERENCES image (id),
    PRIMARY KEY (repository, digest, image)
);
CREATE INDEX image_blob_by_image ON image_blob (image);

-- … and, if it is an index, its children.
CREATE TABLE image_child (
    repository bigint NOT NULL REFERENCES repository (id),
    child      {text} NOT NULL,
    parent     bigint NOT NULL REFERENCES image (id),
    PRIMARY KEY (repository, child, parent)
);
CREATE INDEX image_child_by_parent ON image_child (parent);

-- Objects that hold a copy of a manifest, so that rows can be rebuilt from objects alone.
CREATE TABLE image_record (
    object {text} NOT NULL PRIMARY KEY,
    image  bigint NOT NULL REFERENCES image (id),
    tag    {text}
);
CREATE UNIQUE INDEX image_record_by_image ON image_record (image, tag);

CREATE TABLE upload (
    id             {text}  NOT NULL PRIMARY KEY,
    repository     bigint  NOT NULL REFERENCES repository (id),
    encryption_key {text}  NOT NULL,
    object         {text}  NOT NULL,
    wrapped_key    {bytes} NOT NULL,
    received       bigint  NOT NULL,
    parked         {bytes} NOT NULL,
    version        bigint  NOT NULL,
    parts          bigint  NOT NULL,
    last_part      bigint  NOT NULL,
    short_part     bigint  NOT NULL,
    created_at     bigint  NOT NULL,
    updated_at     bigint  NOT NULL
);
CREATE INDEX upload_by_repository ON upload (repository);
CREATE UNIQUE INDEX upload_by_object ON upload (object);

-- Later, once, somewhere. `due_at` is when a job may be claimed; claiming moves it past the lease.
CREATE TABLE job (
    id         {identity},
    lane       {text} NOT NULL,
    name       {text} NOT NULL,
    subject    {text} NOT NULL,
    payload    {text} NOT NULL,
    due_at     bigint NOT NULL,
    attempts   bigint NOT NULL,
    fence      bigint NOT NULL,
    dead_at    bigint,
    last_error {text},
    created_at bigint NOT NULL,
    UNIQUE (name, subject)
);
CREATE INDEX job_due  ON job (lane, due_at) WHERE dead_at IS NULL;
CREATE INDEX job_dead ON job (dead_at, id) WHERE dead_at IS NOT NULL;
