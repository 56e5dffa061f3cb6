use super::fields::{field, lines};
use super::listing::Listing;
use super::wanted::Wanted;
use crate::layer::LayerPath;
use crate::package::{PackageKind, Source};
use crate::words::Name;

/// Longer than real ones. Few bytes could name a long folder again and again.
const FOLDER_BYTES_MAX: usize = 1024;

/// An entry of apk's `installed`: lines of one letter, a colon and a value.
#[derive(Default)]
struct Entry {
    name: Option<String>,
    version: Option<String>,
    arch: Option<String>,
    origin: Option<String>,
    folder: String,
}

/// Reads apk's `installed`, which names packages and their files.
pub(crate) fn read_installed(content: &[u8]) -> Listing {
    let mut listing = Listing::default();
    let mut entry = Entry::default();
    for line in lines(content) {
        if line.is_empty() {
            std::mem::take(&mut entry).add_to(&mut listing);
        } else {
            entry.take(line, &mut listing);
        }
    }
    entry.add_to(&mut listing);
    listing
}

impl Entry {
    fn take(&mut self, line: &[u8], listing: &mut Listing) {
        let Some((letter, value)) = field(line) else { return };
        match letter {
            "P" => self.name = Some(value.into_owned()),
            "V" => self.version = Some(value.into_owned()),
            "A" => self.arch = Some(value.into_owned()),
            "o" => self.origin = Some(value.into_owned()),
            "F" => self.folder = value.into_owned(),
            "R" if self.folder.len() <= FOLDER_BYTES_MAX => {
                let path = LayerPath::parse(format!("{}/{value}", self.folder).as_bytes());
                path.filter(Wanted::can_be_owned).into_iter().for_each(|path| listing.own(path));
            }
            _ => {}
        }
    }

    fn add_to(self, listing: &mut Listing) {
        let (name, version) = match (&self.name, &self.version) {
            (None, None) => return,
            (Some(name), Some(version)) => (name, version),
            (None, Some(_)) | (Some(_), None) => {
                listing.wrong("an entry without a name or a version");
                return;
            }
        };
        if let Some(package) = listing.add(PackageKind::Apk, name, version) {
            package.arch = self.arch.as_deref().and_then(|arch| Name::parse(arch).ok());
            // Built together, the packages of an origin share its version.
            let origin = self.origin.as_deref().and_then(|origin| Name::parse(origin).ok());
            let version = package.version.clone();
            package.source =
                origin.filter(|name| *name != package.name).map(|name| Source { name, version });
        }
    }
}
