-- Rules of pull through caches: which upstream fills the repositories under a prefix. `stem` is the
-- prefix without a slash at its end.
CREATE TABLE pull_through_cache_rule (
    account         {text} NOT NULL,
    region          {text} NOT NULL,
    stem            {text} NOT NULL,
    prefix          {text} NOT NULL,
    upstream        {text} NOT NULL,
    upstream_prefix {text},
    credential      {text},
    custom_role     {text},
    created_at      bigint NOT NULL,
    updated_at      bigint NOT NULL,
    PRIMARY KEY (account, region, stem)
);
