-- Accounts, and who is in them. An account that is closed keeps its rows; its principals are nobody.
CREATE TABLE account (
    id         {text} NOT NULL PRIMARY KEY,
    created_at bigint NOT NULL,
    closed_at  bigint
);
INSERT INTO account (id, created_at) SELECT account, min(created_at) FROM access_key GROUP BY account;

-- Names are unique without regard to case: `folded` is the name in lower case.
CREATE TABLE iam_user (
    id         {text} NOT NULL PRIMARY KEY,
    account    {text} NOT NULL REFERENCES account (id),
    path       {text} NOT NULL,
    name       {text} NOT NULL,
    folded     {text} NOT NULL,
    boundary   {text},
    created_at bigint NOT NULL,
    UNIQUE (account, folded)
);

CREATE TABLE iam_group (
    id         {text} NOT NULL PRIMARY KEY,
    account    {text} NOT NULL REFERENCES account (id),
    path       {text} NOT NULL,
    name       {text} NOT NULL,
    folded     {text} NOT NULL,
    created_at bigint NOT NULL,
    UNIQUE (account, folded)
);

CREATE TABLE iam_group_member (
    "group" {text} NOT NULL REFERENCES iam_group (id),
    "user"  {text} NOT NULL REFERENCES iam_user (id),
    PRIMARY KEY ("group", "user")
);
CREATE UNIQUE INDEX iam_group_member_by_user ON iam_group_member ("user", "group");

CREATE TABLE iam_role (
    id                  {text} NOT NULL PRIMARY KEY,
    account             {text} NOT NULL REFERENCES account (id),
    path                {text} NOT NULL,
    name                {text} NOT NULL,
    folded              {text} NOT NULL,
    trust_policy        {text} NOT NULL,
    description         {text},
    max_session_seconds bigint NOT NULL,
    boundary            {text},
    created_at          bigint NOT NULL,
    last_used_at        bigint,
    last_used_region    {text},
    UNIQUE (account, folded)
);

-- Managed policies of the accounts. Those that AWS manages are part of the program.
CREATE TABLE iam_policy (
    id              {text} NOT NULL PRIMARY KEY,
    account         {text} NOT NULL REFERENCES account (id),
    path            {text} NOT NULL,
    name            {text} NOT NULL,
    folded          {text} NOT NULL,
    description     {text},
    default_version bigint NOT NULL,
    last_version    bigint NOT NULL,
    created_at      bigint NOT NULL,
    updated_at      bigint NOT NULL,
    UNIQUE (account, folded)
);

CREATE TABLE iam_policy_version (
    policy     {text} NOT NULL REFERENCES iam_policy (id),
    version    bigint NOT NULL,
    document   {text} NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (policy, version)
);

-- A managed policy, by its ARN, and the user, group or role that it is attached to.
CREATE TABLE iam_attachment (
    holder      {text} NOT NULL,
    policy_arn  {text} NOT NULL,
    account     {text} NOT NULL REFERENCES account (id),
    policy_name {text} NOT NULL,
    attached_at bigint NOT NULL,
    PRIMARY KEY (holder, policy_arn)
);
CREATE UNIQUE INDEX iam_attachment_by_policy ON iam_attachment (account, policy_arn, holder);
CREATE INDEX iam_user_by_boundary ON iam_user (account, boundary, folded) WHERE boundary IS NOT NULL;
CREATE INDEX iam_role_by_boundary ON iam_role (account, boundary, folded) WHERE boundary IS NOT NULL;

-- A policy that is part of its user, group or role.
CREATE TABLE iam_inline_policy (
    holder   {text} NOT NULL,
    name     {text} NOT NULL,
    document {text} NOT NULL,
    PRIMARY KEY (holder, name)
);

-- Tags of users, roles, policies, identity providers and instance profiles.
CREATE TABLE iam_tag (
    holder {text} NOT NULL,
    folded {text} NOT NULL,
    name   {text} NOT NULL,
    value  {text} NOT NULL,
    PRIMARY KEY (holder, folded)
);

CREATE TABLE iam_oidc_provider (
    arn         {text} NOT NULL PRIMARY KEY,
    account     {text} NOT NULL REFERENCES account (id),
    url         {text} NOT NULL,
    thumbprints {text} NOT NULL,
    created_at  bigint NOT NULL,
    UNIQUE (account, url)
);

CREATE TABLE iam_oidc_client (
    provider {text} NOT NULL REFERENCES iam_oidc_provider (arn),
    client   {text} NOT NULL,
    PRIMARY KEY (provider, client)
);

CREATE TABLE iam_instance_profile (
    id         {text} NOT NULL PRIMARY KEY,
    account    {text} NOT NULL REFERENCES account (id),
    path       {text} NOT NULL,
    name       {text} NOT NULL,
    folded     {text} NOT NULL,
    role       {text} REFERENCES iam_role (id),
    created_at bigint NOT NULL,
    UNIQUE (account, folded)
);
CREATE INDEX iam_instance_profile_by_role ON iam_instance_profile (role, folded) WHERE role IS NOT NULL;

-- `principal` is `root` or a user's id.
ALTER TABLE access_key ADD COLUMN last_used_at bigint;
ALTER TABLE access_key ADD COLUMN last_used_region {text};
ALTER TABLE access_key ADD COLUMN last_used_service {text};
CREATE INDEX access_key_by_principal ON access_key (account, principal, id);

-- The text as it was set; what is served and judged is made from it.
CREATE TABLE repository_policy (
    repository bigint NOT NULL PRIMARY KEY REFERENCES repository (id),
    document   {text} NOT NULL
);

CREATE TABLE registry_policy (
    registry bigint NOT NULL PRIMARY KEY REFERENCES registry (id),
    document {text} NOT NULL
);
