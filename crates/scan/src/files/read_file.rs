use super::listing::{Listing, Read};
use super::wanted::Wanted;
use super::{apk, binary, dotnet, dpkg, java, node, php, python, rpm, ruby};
use crate::bounds::Bounds;
use crate::layer::{FileFacts, LayerPath};
use crate::release::OsRelease;

/// Reads a file as what it is.
pub(crate) fn read_file(wanted: Wanted, path: &LayerPath, content: &[u8], bounds: &Bounds) -> Read {
    let listing = match wanted {
        Wanted::Release => return read_release(content),
        Wanted::DpkgStatus => dpkg::read_status(content),
        Wanted::DpkgList => dpkg::read_list(content),
        Wanted::DpkgSums => dpkg::read_sums(content),
        Wanted::ApkInstalled => apk::read_installed(content),
        Wanted::RpmSqlite => rpm::read_sqlite(content),
        Wanted::RpmLog => rpm::read_log(content),
        Wanted::RpmNdb => rpm::read_ndb(content),
        Wanted::RpmBdb => rpm::read_bdb(content),
        Wanted::RpmManifest => rpm::read_manifest(content),
        Wanted::PythonMetadata => python::read_metadata(content),
        Wanted::NodeManifest => node::read_manifest(content),
        Wanted::JavaArchive => java::read_archive(path.file_name(), content, bounds),
        Wanted::GemSpecification => ruby::read_specification(content),
        Wanted::ComposerInstalled => php::read_installed(content),
        Wanted::DotnetDependencies => dotnet::read_dependencies(content),
        Wanted::Binary => binary::read_binary(content),
    };
    listing.into_read()
}

fn read_release(content: &[u8]) -> Read {
    match OsRelease::parse(content) {
        Ok(release) => Read { facts: FileFacts::Release(release), problems: Vec::new() },
        Err(why) => Listing::failed(why).into_read(),
    }
}
