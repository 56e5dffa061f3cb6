-- Whose advisories there are, with how many. `modified_at` is when the source last changed one of them.
CREATE TABLE advisory_source (
    name        {text} NOT NULL PRIMARY KEY,
    licence     {text} NOT NULL,
    advisories  bigint NOT NULL,
    modified_at bigint,
    imported_at bigint NOT NULL
);

-- An advisory without what it affects. `digest` is that of the whole, so that the same one is not written again.
CREATE TABLE advisory (
    id          {identity},
    name        {text} NOT NULL UNIQUE,
    source      {text} NOT NULL REFERENCES advisory_source (name),
    digest      {text} NOT NULL,
    modified_at bigint,
    document    {bytes} NOT NULL
);

-- What an advisory says of a package. Packages of images meet it by an equal ecosystem and name.
CREATE TABLE advisory_package (
    ecosystem {text} NOT NULL,
    name      {text} NOT NULL,
    advisory  bigint NOT NULL REFERENCES advisory (id),
    affected  {bytes} NOT NULL,
    PRIMARY KEY (ecosystem, name, advisory)
);
CREATE INDEX advisory_package_by_advisory ON advisory_package (advisory, ecosystem, name);

-- What a layer says, compressed, as a set of readers of this number understood it.
CREATE TABLE layer_facts (
    blob    bigint NOT NULL PRIMARY KEY REFERENCES blob (id),
    readers bigint NOT NULL,
    facts   {bytes} NOT NULL
);

-- A package of images, whichever have it. Findings name it as `shown_name` and `shown_version`.
CREATE TABLE scanned_package (
    id            {identity},
    digest        {text} NOT NULL UNIQUE,
    document      {bytes} NOT NULL,
    is_of_os      bigint NOT NULL,
    shown_name    {text} NOT NULL,
    shown_version {text} NOT NULL
);

-- Where advisories for a package stand: the reverse index from a changed advisory to packages.
CREATE TABLE scanned_package_key (
    ecosystem {text} NOT NULL,
    name      {text} NOT NULL,
    package   bigint NOT NULL REFERENCES scanned_package (id),
    PRIMARY KEY (ecosystem, name, package)
);
CREATE INDEX scanned_package_key_by_package ON scanned_package_key (package);

-- What is known to be wrong with a package.
CREATE TABLE package_finding (
    package       bigint NOT NULL REFERENCES scanned_package (id),
    vulnerability {text} NOT NULL,
    severity      bigint NOT NULL,
    advisory      {text} NOT NULL,
    document      {bytes} NOT NULL,
    observed_at   bigint NOT NULL,
    updated_at    bigint NOT NULL,
    PRIMARY KEY (package, vulnerability)
);

-- Packages that have to be compared with the advisories: new ones, and those that a changed advisory names. `turn` counts the
-- reasons, `is_changed` says that findings changed and the images are not told yet.
CREATE TABLE package_to_judge (
    package    bigint NOT NULL PRIMARY KEY REFERENCES scanned_package (id),
    turn       bigint NOT NULL,
    is_changed bigint NOT NULL
);

-- What an image has, and what of it could not be read. Both outlive the image until a job deletes them.
CREATE TABLE image_inventory (
    image    bigint NOT NULL PRIMARY KEY,
    readers  bigint NOT NULL,
    document {bytes} NOT NULL,
    made_at  bigint NOT NULL
);
CREATE TABLE image_package (
    image   bigint NOT NULL,
    package bigint NOT NULL REFERENCES scanned_package (id),
    path    {text} NOT NULL,
    layer   {text} NOT NULL,
    PRIMARY KEY (image, package, path)
);
CREATE INDEX image_package_by_package ON image_package (package, image);

-- The last scan of an image of each type. `counts` is JSON: how many findings there are of each severity. `source` is whose
-- advisories speak of its operating system, `awaits` the ecosystem whose advisories are missing.
CREATE TABLE image_scan (
    image       bigint NOT NULL REFERENCES image (id),
    scan_type   {text} NOT NULL,
    status      {text} NOT NULL,
    description {text} NOT NULL,
    started_at  bigint NOT NULL,
    ended_at    bigint,
    judged_at   bigint,
    counts      {text},
    source      {text},
    awaits      {text},
    PRIMARY KEY (image, scan_type)
);
CREATE INDEX image_scan_by_awaits ON image_scan (awaits, image);

-- Images of which a package got other findings, so that they have to be counted again.
CREATE TABLE image_to_count (
    image bigint NOT NULL PRIMARY KEY
);
