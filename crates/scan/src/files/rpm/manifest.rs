use super::header::source_of;
use crate::files::fields::lines;
use crate::files::listing::Listing;
use crate::package::PackageKind;
use crate::words::Name;

/// Reads the list that images of Azure Linux have in place of a database: a line of rpm's query for
/// each package, with tabs between name, version and release, two times, vendor, epoch, size,
/// architecture, epoch again and source.
pub(crate) fn read_manifest(content: &[u8]) -> Listing {
    let mut listing = Listing::default();
    for line in lines(content).filter(|line| !line.is_empty()) {
        let line = String::from_utf8_lossy(line);
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, version, _, _, _, epoch, _, arch, _, source] = columns[..] else {
            listing.wrong("a line without ten columns");
            continue;
        };
        let full = |version: &str| match epoch {
            "(none)" | "0" | "" => version.to_owned(),
            epoch => format!("{epoch}:{version}"),
        };
        if let Some(package) = listing.add(PackageKind::Rpm, name, &full(version)) {
            package.arch = Name::parse(arch).ok();
            package.source = source_of(source, full).filter(|source| source.name != package.name);
        }
    }
    listing
}
