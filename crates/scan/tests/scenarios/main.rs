//! The room as its callers see it: layers, images, advisories, findings.

mod bad_layers;
mod images;
mod layers;
mod tarball;
