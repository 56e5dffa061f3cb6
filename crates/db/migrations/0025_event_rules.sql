-- Rules of the bus `default` of an account in a Region: which events go to their targets.
CREATE TABLE event_rule (
    account     {text} NOT NULL,
    region      {text} NOT NULL,
    name        {text} NOT NULL,
    pattern     {text} NOT NULL,
    state       {text} NOT NULL,
    description {text},
    role        {text},
    created_at  bigint NOT NULL,
    PRIMARY KEY (account, region, name)
);

-- Targets of rules. `parameters` is a JSON object of EventBridge's `Target`, without its id and ARN.
CREATE TABLE event_target (
    account    {text} NOT NULL,
    region     {text} NOT NULL,
    rule       {text} NOT NULL,
    id         {text} NOT NULL,
    arn        {text} NOT NULL,
    parameters {text} NOT NULL,
    PRIMARY KEY (account, region, rule, id)
);
CREATE INDEX event_target_by_arn ON event_target (account, region, arn, rule);
