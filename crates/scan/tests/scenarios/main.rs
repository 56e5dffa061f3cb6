//! The room as its callers see it: layers, images, advisories, findings.

mod advisories;
mod archives;
mod bad_layers;
mod beside;
mod bills;
mod databases;
mod garbled;
mod images;
mod layers;
mod matching;
mod programs;
mod stacks;
mod tarball;
