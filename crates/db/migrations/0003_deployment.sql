-- What all nodes of one deployment must agree about, and what a long piece of work over all of it has come to.
CREATE TABLE deployment_fact (
    name  {text} NOT NULL PRIMARY KEY,
    value {text} NOT NULL
);

-- Why requests were denied of late, as each account that it concerns may be told, by whichever node it asks.
CREATE TABLE denial (
    request {text} NOT NULL,
    account {text} NOT NULL,
    told    {text} NOT NULL,
    at      bigint NOT NULL,
    PRIMARY KEY (request, account)
);
CREATE INDEX denial_by_at ON denial (at);
