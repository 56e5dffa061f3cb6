-- What all nodes of one deployment must agree about, and what a long piece of work over all of it has come to.
CREATE TABLE deployment_fact (
    name  {text} NOT NULL PRIMARY KEY,
    value {text} NOT NULL
);
