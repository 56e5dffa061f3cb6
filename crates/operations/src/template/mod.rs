//! Repository creation templates: what repositories get that ECR creates by itself.
//!
//! # Invariants
//! * A template is for the repositories under its prefix, and is applied when one of them is
//!   created, never later.
//! * Of the templates that are applied for the same cause, the one with the longest prefix is used,
//!   and the one for `ROOT` if no other fits.
//! * A template's policies are readable when they are put. The principals that its repository
//!   policy names are looked up again when a repository gets it.
//! * A repository has everything that its template says from the transaction that makes it on.
//!
//! # Who calls
//! The AWS door, for the templates; the OCI door, when a push finds no repository.
//!
//! # On a crash
//! A repository that a push created stays, empty, and the next push goes on in it.

pub(crate) mod create_on_push;
pub(crate) mod create_repository_creation_template;
pub(crate) mod delete_repository_creation_template;
pub(crate) mod describe_repository_creation_templates;
pub(crate) mod refusal;
mod settings;
pub(crate) mod update_repository_creation_template;
