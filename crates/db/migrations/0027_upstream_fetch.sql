-- What is being fetched from an upstream registry, so that one node fetches while the others wait. `subject` is a tag, or the digest
-- of a manifest or layer. After `lease_until`, another may take it over.
CREATE TABLE upstream_fetch (
    account     {text} NOT NULL,
    region      {text} NOT NULL,
    repository  {text} NOT NULL,
    subject     {text} NOT NULL,
    holder      {text} NOT NULL,
    lease_until bigint NOT NULL,
    PRIMARY KEY (account, region, repository, subject)
);
CREATE INDEX upstream_fetch_by_lease ON upstream_fetch (lease_until);

-- Manifests of upstream registries, verified, whose images are yet to be put: their layers are still coming.
CREATE TABLE upstream_manifest (
    repository bigint NOT NULL REFERENCES repository (id),
    digest     {text} NOT NULL,
    media_type {text} NOT NULL,
    manifest   {bytes} NOT NULL,
    fetched_at bigint NOT NULL,
    PRIMARY KEY (repository, digest)
);

-- What the tags of cached images named in the upstream registry when that was last confirmed, and when it is to be asked again.
CREATE TABLE upstream_tag (
    repository   bigint NOT NULL REFERENCES repository (id),
    tag          {text} NOT NULL,
    digest       {text} NOT NULL,
    confirmed_at bigint NOT NULL,
    check_at     bigint NOT NULL,
    PRIMARY KEY (repository, tag)
);
