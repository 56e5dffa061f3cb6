-- Policies of repositories, registries and roles name users and roles by their ids. `by-ids` says that those from before
-- that do as well; an account's number, that some policy names somebody of it who was not there when it was set.
CREATE TABLE policy_principals (
    scope {text} NOT NULL PRIMARY KEY
);
