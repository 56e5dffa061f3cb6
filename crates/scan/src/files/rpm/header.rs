use std::borrow::Cow;

use super::numbers::Order;
use crate::files::listing::Listing;
use crate::files::vendors::foreign_vendor;
use crate::files::wanted::Wanted;
use crate::layer::{LayerPath, Why};
use crate::package::{PackageKind, Source};
use crate::words::{Name, Version};

const NAME: u32 = 1000;
const VERSION: u32 = 1001;
const RELEASE: u32 = 1002;
const EPOCH: u32 = 1003;
const VENDOR: u32 = 1011;
const ARCH: u32 = 1022;
const SOURCE_RPM: u32 = 1044;
const DIRECTORY_INDEXES: u32 = 1116;
const BASE_NAMES: u32 = 1117;
const DIRECTORY_NAMES: u32 = 1118;
const MODULARITY_LABEL: u32 = 5096;

const ENTRY_BYTES: usize = 16;
/// rpm's own limit on the entries of a header.
const ENTRIES_MAX: usize = 0x1_0000;
/// More than the largest package has (the kernel's sources).
const FILES_MAX: usize = 500_000;
/// Longer than real ones. Few bytes could name a long folder again and again.
const FOLDER_BYTES_MAX: usize = 1024;

/// A package's header: an index of tags, and what they point at.
struct Header<'a> {
    index: &'a [u8],
    store: &'a [u8],
}

/// Reads the headers of a database. Each is in the file once, so together they are not larger than
/// it; one that is pointed at again and again ends the reading.
pub(crate) struct Headers {
    pub(crate) listing: Listing,
    bytes_left: usize,
}

impl Headers {
    pub(crate) fn of(content: &[u8]) -> Self {
        Self { listing: Listing::default(), bytes_left: content.len() }
    }

    /// Takes from what is left for a header of this length; whether there was enough.
    pub(crate) fn allow(&mut self, bytes: usize) -> bool {
        let left = self.bytes_left.checked_sub(bytes.max(1));
        if left.is_none() {
            self.listing.problem(Why::malformed("headers that overlap"));
        }
        self.bytes_left = left.unwrap_or_default();
        left.is_some()
    }

    /// Adds the package of a header that was allowed.
    pub(crate) fn add(&mut self, blob: &[u8]) {
        add_package(blob, &mut self.listing);
    }
}

fn add_package(blob: &[u8], listing: &mut Listing) {
    let Some(header) = Header::parse(blob) else { return listing.wrong("a header that is cut") };
    let (Some(name), Some(version), Some(release)) =
        (header.text(NAME), header.text(VERSION), header.text(RELEASE))
    else {
        return listing.wrong("a header without a name, a version or a release");
    };
    // A key that signs packages is kept as if it were one.
    if name == "gpg-pubkey" {
        return;
    }
    let epoch = header.number(EPOCH).filter(|epoch| *epoch != 0);
    let full = |version: &str| match epoch {
        Some(epoch) => format!("{epoch}:{version}"),
        None => version.to_owned(),
    };
    let word = |tag| header.text(tag).and_then(|text| Name::parse(&text).ok());
    if let Some(package) =
        listing.add(PackageKind::Rpm, &name, &full(&format!("{version}-{release}")))
    {
        package.arch = word(ARCH);
        package.vendor = header.text(VENDOR).and_then(|vendor| foreign_vendor(&vendor));
        package.module = word(MODULARITY_LABEL).as_ref().and_then(stream);
        let file = header.text(SOURCE_RPM);
        let source = file.as_deref().and_then(|file| source_of(file, full));
        package.source = source
            .filter(|source| source.name != package.name || source.version != package.version);
    }
    if listing.packages().last().is_some_and(|package| package.vendor.is_none()) {
        header.add_owned(listing);
    }
}

/// `bash-5.1.8-6.el9.src.rpm`. The epoch is not in it; the packages of a source mostly share it.
pub(crate) fn source_of(file: &str, full: impl Fn(&str) -> String) -> Option<Source> {
    let stem = file.strip_suffix(".src.rpm").or_else(|| file.strip_suffix(".nosrc.rpm"))?;
    let (rest, release) = stem.rsplit_once('-')?;
    let (name, version) = rest.rsplit_once('-')?;
    let version = full(&format!("{version}-{release}"));
    Some(Source { name: Name::parse(name).ok()?, version: Version::parse(&version).ok()? })
}

/// `nodejs:18:8080020230718:9edba152` is of the stream `nodejs:18`.
fn stream(label: &Name) -> Option<Name> {
    let mut parts = label.as_str().split(':');
    let (module, stream) = (parts.next()?, parts.next()?);
    Name::parse(&format!("{module}:{stream}")).ok()
}

impl<'a> Header<'a> {
    fn parse(blob: &'a [u8]) -> Option<Self> {
        let entries = Order::Big.usize(blob, 0).filter(|count| *count <= ENTRIES_MAX)?;
        let store_bytes = Order::Big.usize(blob, 4)?;
        let (index, rest) = blob.get(8..)?.split_at_checked(entries * ENTRY_BYTES)?;
        Some(Self { index, store: rest.get(..store_bytes)? })
    }

    /// Where the values of a tag begin, and how many there are.
    fn find(&self, tag: u32) -> Option<(&'a [u8], usize)> {
        let mut entries = self.index.chunks_exact(ENTRY_BYTES);
        let entry = entries.find(|entry| Order::Big.u32(entry, 0) == Some(tag))?;
        let values = self.store.get(Order::Big.usize(entry, 8)?..)?;
        Some((values, Order::Big.usize(entry, 12)?))
    }

    fn text(&self, tag: u32) -> Option<Cow<'a, str>> {
        self.texts(tag).next()
    }

    fn number(&self, tag: u32) -> Option<u32> {
        let (values, _) = self.find(tag).filter(|(_, count)| *count > 0)?;
        Order::Big.u32(values, 0)
    }

    /// Texts end with a NUL.
    fn texts(&self, tag: u32) -> impl Iterator<Item = Cow<'a, str>> + use<'a> {
        let (values, count) = self.find(tag).unwrap_or_default();
        let texts = values.split(|byte| *byte == 0).take(count.min(FILES_MAX));
        texts.map(String::from_utf8_lossy)
    }

    fn add_owned(&self, listing: &mut Listing) {
        let folders: Vec<_> = self.texts(DIRECTORY_NAMES).collect();
        let Some((indexes, _)) = self.find(DIRECTORY_INDEXES) else { return };
        for (number, name) in self.texts(BASE_NAMES).enumerate() {
            let folder = Order::Big.usize(indexes, 4 * number).and_then(|index| folders.get(index));
            let folder = folder.filter(|folder| folder.len() <= FOLDER_BYTES_MAX);
            let path = folder.map(|folder| format!("{folder}{name}"));
            let path = path.and_then(|path| LayerPath::parse(path.as_bytes()));
            path.filter(Wanted::can_be_owned).into_iter().for_each(|path| listing.own(path));
        }
    }
}
