use super::fields::{field, lines};
use super::listing::Listing;
use super::vendors::foreign_maintainer;
use super::wanted::Wanted;
use crate::layer::LayerPath;
use crate::package::{PackageKind, Source};
use crate::words::{Name, Version};

/// A stanza of dpkg's `status`, or the whole file of a package in `status.d`.
#[derive(Default)]
struct Stanza {
    package: Option<String>,
    version: Option<String>,
    architecture: Option<String>,
    source: Option<String>,
    status: Option<String>,
    maintainer: Option<String>,
}

/// Reads dpkg's `status`. In `status.d`, which distroless images have, no stanza has a status:
/// all are installed.
pub(crate) fn read_status(content: &[u8]) -> Listing {
    let mut listing = Listing::default();
    let mut stanza = Stanza::default();
    for line in lines(content) {
        if line.trim_ascii().is_empty() {
            std::mem::take(&mut stanza).add_to(&mut listing);
        } else if !line.starts_with(b" ") && !line.starts_with(b"\t") {
            stanza.take(line);
        }
    }
    stanza.add_to(&mut listing);
    listing
}

impl Stanza {
    fn take(&mut self, line: &[u8]) {
        let Some((name, value)) = field(line) else { return };
        let place = match name.to_ascii_lowercase().as_str() {
            "package" => &mut self.package,
            "version" => &mut self.version,
            "architecture" => &mut self.architecture,
            "source" => &mut self.source,
            "status" => &mut self.status,
            "maintainer" => &mut self.maintainer,
            _ => return,
        };
        *place = Some(value.into_owned());
    }

    /// Whether its files are there: all states after the unpacking.
    fn is_installed(&self) -> bool {
        let state = self.status.as_deref().map(|status| status.split_ascii_whitespace().last());
        state.is_none_or(|state| {
            matches!(
                state,
                Some(
                    "installed"
                        | "unpacked"
                        | "half-configured"
                        | "triggers-awaited"
                        | "triggers-pending"
                )
            )
        })
    }

    fn add_to(self, listing: &mut Listing) {
        let is_empty = self.package.is_none() && self.version.is_none();
        if is_empty || !self.is_installed() {
            return;
        }
        let (Some(name), Some(version)) = (&self.package, &self.version) else {
            listing.wrong("a stanza without a name or a version");
            return;
        };
        let source = self.source.as_deref().and_then(|source| read_source(source, version));
        if let Some(package) = listing.add(PackageKind::Deb, name, version) {
            package.arch = self.architecture.as_deref().and_then(|arch| Name::parse(arch).ok());
            package.vendor = self.maintainer.as_deref().and_then(foreign_maintainer);
            let is_another =
                |source: &Source| source.name != package.name || source.version != package.version;
            package.source = source.filter(is_another);
        }
    }
}

/// `glibc` or `glibc (2.36-9)`.
fn read_source(text: &str, version: &str) -> Option<Source> {
    let (name, version) = match text.split_once('(') {
        Some((name, rest)) => (name, rest.trim_end().strip_suffix(')')?),
        None => (text, version),
    };
    Some(Source { name: Name::parse(name).ok()?, version: Version::parse(version).ok()? })
}

/// Reads the files of a package: `info/NAME.list`, a path a line.
pub(crate) fn read_list(content: &[u8]) -> Listing {
    owned(lines(content))
}

/// Reads `status.d/NAME.md5sums`: a sum and a path a line.
pub(crate) fn read_sums(content: &[u8]) -> Listing {
    owned(lines(content).filter_map(|line| {
        let sum = line.iter().position(|byte| *byte == b' ')?;
        Some(line[sum..].trim_ascii_start())
    }))
}

fn owned<'a>(paths: impl Iterator<Item = &'a [u8]>) -> Listing {
    let mut listing = Listing::default();
    for path in paths.filter_map(LayerPath::parse) {
        if Wanted::can_be_owned(&path) {
            listing.own(path);
        }
    }
    listing
}
