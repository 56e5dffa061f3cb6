//! Layers, written entry by entry.

use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use scan::{Bounds, LayerFacts, LayerPath, read_layer};

#[derive(Default, Clone)]
pub(crate) struct Tarball(Vec<u8>);

impl Tarball {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.entry(b'0', path, "", 0o644, content.as_ref())
    }

    pub(crate) fn program(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.entry(b'0', path, "", 0o755, content.as_ref())
    }

    pub(crate) fn symlink(self, path: &str, target: &str) -> Self {
        self.entry(b'2', path, target, 0o777, b"")
    }

    pub(crate) fn hard_link(self, path: &str, target: &str) -> Self {
        self.entry(b'1', path, target, 0o644, b"")
    }

    /// A header, its sum, and the content, filled up.
    pub(crate) fn entry(
        self,
        kind: u8,
        path: &str,
        target: &str,
        mode: u32,
        content: &[u8],
    ) -> Self {
        let mut header = [0; 512];
        header[..path.len()].copy_from_slice(path.as_bytes());
        put(&mut header[100..108], &format!("{mode:07o}\0"));
        put(&mut header[124..136], &format!("{:011o}\0", content.len()));
        header[156] = kind;
        put(&mut header[157..257], target);
        put(&mut header[257..265], "ustar\x0000");
        self.block(header).raw(content)
    }

    /// A header as it is, but for its sum.
    pub(crate) fn block(self, mut header: [u8; 512]) -> Self {
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        put(&mut header[148..156], &format!("{sum:06o}\0 "));
        self.raw(&header)
    }

    /// Bytes, filled up to whole blocks.
    pub(crate) fn raw(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self.0.resize(self.0.len().next_multiple_of(512), 0);
        self
    }

    pub(crate) fn plain(mut self) -> Vec<u8> {
        self.0.extend_from_slice(&[0; 1024]);
        self.0
    }

    pub(crate) fn gzip(self) -> Vec<u8> {
        gzip(&self.plain())
    }

    pub(crate) fn zstd(self) -> Vec<u8> {
        compress_to_vec(&self.plain()[..], CompressionLevel::Fastest)
    }

    /// Reads it with the usual bounds.
    pub(crate) fn facts(self) -> LayerFacts {
        read(&self.plain())
    }
}

fn put(field: &mut [u8], text: &str) {
    field[..text.len()].copy_from_slice(text.as_bytes());
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

pub(crate) fn read(bytes: &[u8]) -> LayerFacts {
    read_within(bytes, &Bounds::default())
}

pub(crate) fn read_within(bytes: &[u8], bounds: &Bounds) -> LayerFacts {
    read_layer(bytes, bounds, &|| Duration::ZERO).expect("a slice does not fail")
}

pub(crate) fn path(text: &str) -> LayerPath {
    LayerPath::parse(text.as_bytes()).expect("a path")
}

/// What a layer has, a line for each package: kind, name, version, and where.
pub(crate) fn packages(facts: &LayerFacts) -> Vec<String> {
    let files = facts.files.iter();
    let lines = files.flat_map(|(path, file)| {
        file.packages().iter().map(move |package| {
            format!("{:?} {} {} {path}", package.kind, package.name, package.version)
        })
    });
    lines.collect()
}

/// What could not be read, a line for each.
pub(crate) fn unread(facts: &LayerFacts) -> Vec<String> {
    facts.unread.iter().map(ToString::to_string).collect()
}
