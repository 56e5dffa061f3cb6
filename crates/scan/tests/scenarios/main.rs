//! The room as its callers see it: layers, images, advisories, findings.

mod bad_layers;
mod databases;
mod images;
mod layers;
mod tarball;
