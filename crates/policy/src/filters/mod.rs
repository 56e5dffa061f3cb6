//! Filters of repositories: which repositories a setting of a registry is about.

mod scanning;

pub use scanning::matches_scanning_filter;
