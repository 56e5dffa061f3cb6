-- Images that were deleted or expired and can still be restored: the row of the image, with what referred to it. `tags`, `layers`
-- and `children` have words with a space between two. The rights to the layers have leases that end no earlier than
-- `restorable_until`.
CREATE TABLE deleted_image (
    id                {identity},
    repository        bigint  NOT NULL REFERENCES repository (id),
    digest            {text}  NOT NULL,
    deleted_at        bigint  NOT NULL,
    restorable_until  bigint  NOT NULL,
    cause             {text}  NOT NULL,
    tags              {text}  NOT NULL,
    layers            {text}  NOT NULL,
    children          {text}  NOT NULL,
    media_type        {text}  NOT NULL,
    artifact_type     {text},
    config_media_type {text},
    size              bigint  NOT NULL,
    subject           {text},
    annotations       {text},
    status            {text}  NOT NULL,
    pushed_at         bigint  NOT NULL,
    pulled_at         bigint,
    archived_at       bigint,
    activated_at      bigint,
    manifest_size     bigint  NOT NULL,
    manifest          {bytes} NOT NULL,
    UNIQUE (repository, digest)
);
CREATE INDEX deleted_image_in_order ON deleted_image (repository, id);
CREATE INDEX deleted_image_by_end   ON deleted_image (repository, restorable_until);
