-- What repositories get that ECR creates by itself. `stem` is the prefix without a slash at its end.
CREATE TABLE creation_template (
    registry          bigint NOT NULL REFERENCES registry (id),
    stem              {text} NOT NULL,
    prefix            {text} NOT NULL,
    description       {text},
    encryption        {text} NOT NULL,
    kms_key           {text},
    mutability        {text} NOT NULL,
    exclusion_filters {text} NOT NULL,
    repository_policy {text},
    lifecycle_policy  {text},
    applied_for       {text} NOT NULL,
    custom_role       {text},
    created_at        bigint NOT NULL,
    updated_at        bigint NOT NULL,
    PRIMARY KEY (registry, stem)
);

-- The resource tags that such repositories get, in the order in which they were given.
CREATE TABLE creation_template_tag (
    registry bigint NOT NULL,
    stem     {text} NOT NULL,
    place    bigint NOT NULL,
    name     {text} NOT NULL,
    value    {text} NOT NULL,
    PRIMARY KEY (registry, stem, place),
    FOREIGN KEY (registry, stem) REFERENCES creation_template (registry, stem)
);
