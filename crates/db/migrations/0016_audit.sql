-- What happened, as CloudTrail tells it, for as long as a setting says. `record` is the whole record in CloudTrail's JSON; the other
-- columns say what LookupEvents looks for. `resources` has one resource a line: its type, a space, its name.
CREATE TABLE audit_record (
    id          {identity},
    account     {text} NOT NULL,
    region      {text} NOT NULL,
    event_id    {text} NOT NULL,
    happened_at bigint NOT NULL,
    name        {text} NOT NULL,
    source      {text} NOT NULL,
    read_only   bigint NOT NULL,
    user_name   {text},
    access_key  {text},
    resources   {text} NOT NULL,
    record      {text} NOT NULL
);
CREATE INDEX audit_record_by_time  ON audit_record (account, region, happened_at, id);
CREATE INDEX audit_record_by_event ON audit_record (account, region, event_id, happened_at, id);
CREATE INDEX audit_record_by_name  ON audit_record (account, region, name, happened_at, id);
CREATE INDEX audit_record_by_user  ON audit_record (account, region, user_name, happened_at, id) WHERE user_name IS NOT NULL;
CREATE INDEX audit_record_by_key   ON audit_record (account, region, access_key, happened_at, id) WHERE access_key IS NOT NULL;

-- The names that a record's resources are found by.
CREATE TABLE audit_resource (
    record      bigint NOT NULL REFERENCES audit_record (id),
    name        {text} NOT NULL,
    account     {text} NOT NULL,
    region      {text} NOT NULL,
    happened_at bigint NOT NULL,
    PRIMARY KEY (record, name)
);
CREATE INDEX audit_resource_by_name ON audit_resource (account, region, name, happened_at, record);

-- Which policy a record is about: its id stays while a repository has a policy, and each put makes another version. A policy that
-- was put before ids were kept has the nil UUID until it is put again.
ALTER TABLE lifecycle_policy ADD COLUMN id {text} NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
ALTER TABLE lifecycle_policy ADD COLUMN version bigint NOT NULL DEFAULT 1;
