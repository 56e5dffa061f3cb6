//! CreateAlias, UpdateAlias, DeleteAlias, ListAliases.
//!
//! * An alias is for a key of its own account and Region.
//! * Names that begin with `alias/aws/` belong to services.

mod aliases;
