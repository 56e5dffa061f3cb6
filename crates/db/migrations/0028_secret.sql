-- Secrets of Secrets Manager, and when they are erased.
CREATE TABLE secret (
    arn         {text} PRIMARY KEY,
    account     {text} NOT NULL,
    region      {text} NOT NULL,
    name        {text} NOT NULL,
    description {text},
    policy      {text},
    created_at  bigint NOT NULL,
    changed_at  bigint NOT NULL,
    accessed_at bigint,
    deleted_at  bigint,
    delete_at   bigint
);
CREATE UNIQUE INDEX secret_by_name ON secret (account, region, name);
CREATE INDEX secret_by_deletion ON secret (delete_at, arn);

-- Their values, sealed under the keyring.
CREATE TABLE secret_version (
    secret      {text} NOT NULL REFERENCES secret (arn),
    version     {text} NOT NULL,
    sealed      {bytes} NOT NULL,
    created_at  bigint NOT NULL,
    accessed_at bigint,
    PRIMARY KEY (secret, version)
);

-- Which version each label names.
CREATE TABLE secret_stage (
    secret  {text} NOT NULL REFERENCES secret (arn),
    stage   {text} NOT NULL,
    version {text} NOT NULL,
    PRIMARY KEY (secret, stage)
);

CREATE TABLE secret_tag (
    secret {text} NOT NULL REFERENCES secret (arn),
    name   {text} NOT NULL,
    value  {text} NOT NULL,
    PRIMARY KEY (secret, name)
);
