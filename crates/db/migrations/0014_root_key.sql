-- The root keys of the keyring, in the order in which they came into use. The one that is not retired seals. `handed_down` is
-- the secret of a retired one, sealed under the one that seals. What they seal is counted after each rotation.
CREATE TABLE root_key (
    id          {text} NOT NULL PRIMARY KEY,
    place       bigint NOT NULL UNIQUE,
    since       bigint NOT NULL,
    retired_at  bigint,
    handed_down {bytes},
    secrets     bigint,
    data_keys   bigint,
    counted_at  bigint
);

-- The nodes that serve, and the root keys in the keyring of each, with a space between two.
CREATE TABLE keyring_node (
    id        {text} NOT NULL PRIMARY KEY,
    root_keys {text} NOT NULL,
    seen_at   bigint NOT NULL
);
