-- Customers' keys. `policy` names users and roles by their ids. `material` is what encrypts now; `public_key` is that of a pair.
-- A key whose `delete_at` has come is gone; `rotates_at` is when it gets its next material.
CREATE TABLE kms_key (
    id            {text} NOT NULL PRIMARY KEY,
    account       {text} NOT NULL,
    region        {text} NOT NULL,
    description   {text} NOT NULL,
    spec          {text} NOT NULL,
    usage         {text} NOT NULL,
    manager       {text} NOT NULL,
    policy        {text} NOT NULL,
    is_enabled    bigint NOT NULL,
    created_at    bigint NOT NULL,
    delete_at     bigint,
    rotation_days bigint,
    rotates_at    bigint,
    material      {text} NOT NULL,
    public_key    {bytes}
);
CREATE INDEX kms_key_by_place    ON kms_key (account, region, id);
CREATE INDEX kms_key_by_deletion ON kms_key (delete_at, id);
CREATE INDEX kms_key_by_rotation ON kms_key (rotates_at, id);

-- The secret parts of keys, sealed under the registry's root key: one for each rotation.
CREATE TABLE kms_material (
    key        {text} NOT NULL REFERENCES kms_key (id),
    id         {text} NOT NULL,
    sealed     {bytes} NOT NULL,
    origin     {text} NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (key, id)
);
CREATE INDEX kms_material_by_age ON kms_material (key, created_at, id);

CREATE TABLE kms_alias (
    account    {text} NOT NULL,
    region     {text} NOT NULL,
    name       {text} NOT NULL,
    key        {text} NOT NULL REFERENCES kms_key (id),
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (account, region, name)
);
CREATE INDEX kms_alias_by_key ON kms_alias (key, name);

CREATE TABLE kms_tag (
    key   {text} NOT NULL REFERENCES kms_key (id),
    name  {text} NOT NULL,
    value {text} NOT NULL,
    PRIMARY KEY (key, name)
);

-- Who may use a key beside its policy. `grantee` and `retiree` are an id, an ARN or a service; the names with `shown_` are what
-- the client wrote. `operations` has them with a space between two. `context` is JSON, and `context_rule` says how it binds.
CREATE TABLE kms_grant (
    key           {text} NOT NULL REFERENCES kms_key (id),
    id            {text} NOT NULL,
    name          {text},
    grantee       {text} NOT NULL,
    shown_grantee {text} NOT NULL,
    retiree       {text},
    shown_retiree {text},
    operations    {text} NOT NULL,
    context_rule  {text},
    context       {text},
    source_arn    {text},
    issuer        {text} NOT NULL,
    created_at    bigint NOT NULL,
    PRIMARY KEY (key, id)
);
CREATE INDEX kms_grant_by_grantee ON kms_grant (key, grantee, id);
CREATE INDEX kms_grant_by_name    ON kms_grant (key, name, id);
CREATE INDEX kms_grant_by_retiree ON kms_grant (retiree, key, id);
