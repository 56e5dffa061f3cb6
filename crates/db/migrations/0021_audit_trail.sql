-- The trail that records are delivered to, if there is one: its row has the id 1.
CREATE TABLE audit_trail (
    id          bigint NOT NULL PRIMARY KEY,
    name        {text} NOT NULL,
    home_region {text} NOT NULL,
    bucket      {text} NOT NULL,
    prefix      {text} NOT NULL,
    begun_at    bigint NOT NULL
);

-- Records that no log file has yet, and from when on one may: that of a call under way waits for its end.
CREATE TABLE audit_undelivered (
    record  bigint NOT NULL PRIMARY KEY REFERENCES audit_record (id),
    account {text} NOT NULL,
    region  {text} NOT NULL,
    due_at  bigint NOT NULL
);
CREATE INDEX audit_undelivered_by_time ON audit_undelivered (account, region, due_at, record);

-- Log files that no digest file names yet. `body` is what is to be written, and NULL once it is: one at a time in a registry.
CREATE TABLE audit_log_file (
    account     {text} NOT NULL,
    region      {text} NOT NULL,
    object      {text} NOT NULL,
    hash        {text} NOT NULL,
    oldest_at   bigint NOT NULL,
    newest_at   bigint NOT NULL,
    body        {bytes},
    PRIMARY KEY (account, region, object)
);
CREATE UNIQUE INDEX audit_log_file_unwritten ON audit_log_file (account, region) WHERE body IS NOT NULL;

-- The chain of the digest files of a registry: its newest one, and `body` until that is written. The next one begins at
-- `digested_until`. Before the first one, `object` is NULL.
CREATE TABLE audit_chain (
    account         {text} NOT NULL,
    region          {text} NOT NULL,
    digested_until  bigint NOT NULL,
    object          {text},
    hash            {text},
    signature       {text},
    body            {bytes},
    log_written_at    bigint,
    digest_written_at bigint,
    PRIMARY KEY (account, region)
);

-- The keys that sign digest files. `id` is the fingerprint, `public` the public key, `sealed` the private one.
CREATE TABLE audit_signing_key (
    id      {text} NOT NULL PRIMARY KEY,
    account {text} NOT NULL,
    region  {text} NOT NULL,
    public  {bytes} NOT NULL,
    sealed  {bytes} NOT NULL,
    since   bigint NOT NULL
);
CREATE INDEX audit_signing_key_by_registry ON audit_signing_key (account, region, since, id);
