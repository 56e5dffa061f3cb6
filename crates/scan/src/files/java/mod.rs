//! Java archives: jars, wars and ears, and those inside of them.

mod archive;
mod coordinates;
mod zip;

pub(crate) use archive::read_archive;
