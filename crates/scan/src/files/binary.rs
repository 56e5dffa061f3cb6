use object::{BinaryFormat, Object as _, ObjectSection as _, ObjectSegment as _};

use super::listing::Listing;
use super::{go, rust};
use crate::layer::Why;

/// Reads what a program says it was built from: Go's build information, and what `cargo auditable`
/// adds to programs in Rust.
pub(crate) fn read_binary(content: &[u8]) -> Listing {
    let file = match object::File::parse(content) {
        Ok(file) => file,
        // `MZ` begins other files too.
        Err(_) if content.starts_with(b"MZ") => return Listing::default(),
        Err(error) => return Listing::failed(Why::malformed(error)),
    };
    let section = |name: &str| file.section_by_name(name)?.data().ok();
    let build = match file.format() {
        // Windows' programs have no section of this name.
        BinaryFormat::Pe | BinaryFormat::Coff => go::find(content),
        // Its sections were taken away: it runs without.
        _ if file.sections().next().is_none() => go::find(content),
        _ => section(".go.buildinfo").or_else(|| section("__go_buildinfo")),
    };
    let memory = |address, bytes| {
        let held = file.segments().filter_map(|segment| segment.data_range(address, bytes).ok());
        held.flatten().next()
    };
    let mut listing = build.map(|build| go::read_build(build, memory)).unwrap_or_default();
    if let Some(dependencies) = section(".dep-v0") {
        listing.append(rust::read_dependencies(dependencies));
    }
    listing
}
