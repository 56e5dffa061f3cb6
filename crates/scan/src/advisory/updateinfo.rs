//! `updateinfo.xml`, the errata of a repository of rpm packages: what Amazon Linux has, and what
//! Fedora and Oracle have as well.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, BufRead, Read};

use quick_xml::events::{BytesRef, BytesStart, Event as Xml};
use quick_xml::{Reader, XmlVersion};

use super::ecosystem::Ecosystem;
use super::malformed::{BadAdvisory, cut, malformed};
use super::moment;
use super::package_key::PackageKey;
use super::record::{Advisory, Affected, Event, Range, RangeKind};
use super::severity::{Rating, Scale};
use crate::words::{Name, Version};

/// The longest text or tag. Descriptions come near 100 KiB.
const EVENT_BYTES_MAX: u64 = 4 * 1024 * 1024;
/// Real ones are six deep.
const DEPTH_MAX: u32 = 32;
/// Packages of one update: a kernel of all architectures has some hundreds.
const PACKAGES_MAX: usize = 100_000;
const DETAILS_CHARS_MAX: usize = 16 * 1024;
const REFERENCES_MAX: usize = 1000;

/// Reads `updateinfo.xml` of a repository of `ecosystem`, and gives each advisory of security to
/// `take`. An update that makes no sense is counted and passed over; the answer is how many there
/// were. What is no XML is an error.
pub fn read_updateinfo(
    source: impl BufRead,
    ecosystem: &Ecosystem,
    mut take: impl FnMut(Advisory),
) -> Result<u64, BadAdvisory> {
    let used = Cell::new(0);
    let mut reader = Reader::from_reader(Gate { source, used: &used });
    reader.config_mut().check_end_names = true;
    let (mut buffer, mut update, mut passed_over) = (Vec::new(), None, 0);
    let mut depth = 0_u32;
    loop {
        used.set(0);
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(malformed)? {
            Xml::Eof if depth > 0 => return Err(malformed("ends too early")),
            Xml::Eof => return Ok(passed_over),
            Xml::Start(tag) => {
                depth += 1;
                if depth > DEPTH_MAX {
                    return Err(malformed("tags are nested too deeply"));
                }
                open(&tag, &mut update);
            }
            Xml::Empty(tag) => open(&tag, &mut update),
            Xml::Text(text) => with(&mut update, |update: &mut Update| {
                update.add_text(&text.decode().unwrap_or_default());
            }),
            Xml::CData(text) => with(&mut update, |update: &mut Update| {
                update.add_text(&text.decode().unwrap_or_default());
            }),
            Xml::GeneralRef(name) => with(&mut update, |update| update.add_reference(&name)),
            Xml::End(tag) => {
                depth = depth.saturating_sub(1);
                if tag.local_name().as_ref() == b"update" {
                    match update.take().map(|update: Update| update.finish(ecosystem)) {
                        Some(Some(advisory)) if !advisory.affected.is_empty() => take(advisory),
                        Some(None) => passed_over += 1,
                        Some(Some(_)) | None => {}
                    }
                } else {
                    with(&mut update, Update::close);
                }
            }
            Xml::Comment(_) | Xml::Decl(_) | Xml::PI(_) | Xml::DocType(_) => {}
        }
    }
}

fn with(update: &mut Option<Update>, act: impl FnOnce(&mut Update)) {
    if let Some(update) = update {
        act(update);
    }
}

fn open(tag: &BytesStart<'_>, update: &mut Option<Update>) {
    match update {
        Some(update) => update.open(tag),
        None if tag.local_name().as_ref() == b"update" => {
            let kind = attribute(tag, "type").unwrap_or_default();
            *update = Some(Update { is_of_security: kind == "security", ..Update::default() });
        }
        None => {}
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|found| found.key.as_ref() == name.as_bytes())?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// An update under way.
#[derive(Default)]
struct Update {
    is_of_security: bool,
    place: Place,
    id: String,
    title: String,
    severity: String,
    details: String,
    issued: Option<String>,
    updated: Option<String>,
    cves: Vec<Name>,
    references: Vec<String>,
    module: Option<Name>,
    /// Fixed versions by package, module and architecture.
    fixed: BTreeMap<(String, Option<Name>), BTreeMap<String, Version>>,
    packages: usize,
    is_wrong: bool,
}

/// Whose text comes.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    #[default]
    Elsewhere,
    Id,
    Title,
    Severity,
    Description,
}

impl Update {
    fn open(&mut self, tag: &BytesStart<'_>) {
        self.place = Place::Elsewhere;
        match tag.local_name().as_ref() {
            b"id" => self.place = Place::Id,
            b"title" => self.place = Place::Title,
            b"severity" => self.place = Place::Severity,
            b"description" => self.place = Place::Description,
            b"issued" => self.issued = attribute(tag, "date"),
            b"updated" => self.updated = attribute(tag, "date"),
            b"reference" => self.add_page(tag),
            b"collection" => self.module = None,
            b"module" => {
                let part = |name| attribute(tag, name).unwrap_or_default();
                let stream = format!("{}:{}", part("name"), part("stream"));
                self.module = Name::parse(&stream).ok();
            }
            b"package" => self.add_package(tag),
            _ => {}
        }
    }

    fn close(&mut self) {
        self.place = Place::Elsewhere;
    }

    fn add_text(&mut self, text: &str) {
        let (place, chars_max) = match self.place {
            Place::Elsewhere => return,
            Place::Id => (&mut self.id, 512),
            Place::Title => (&mut self.title, 512),
            Place::Severity => (&mut self.severity, 32),
            Place::Description => (&mut self.details, DETAILS_CHARS_MAX),
        };
        if place.len() < chars_max {
            place.push_str(&cut(text, chars_max - place.len()));
        }
    }

    /// `&amp;` and the like. Those that a document defines itself say nothing that matters.
    fn add_reference(&mut self, name: &BytesRef<'_>) {
        let letter = match &**name {
            b"amp" => '&',
            b"lt" => '<',
            b"gt" => '>',
            b"quot" => '"',
            b"apos" => '\'',
            _ => match name.resolve_char_ref() {
                Ok(Some(letter)) => letter,
                Ok(None) | Err(_) => return,
            },
        };
        self.add_text(letter.encode_utf8(&mut [0; 4]));
    }

    fn add_page(&mut self, tag: &BytesStart<'_>) {
        let is_cve = attribute(tag, "type").is_some_and(|kind| kind == "cve");
        let id = attribute(tag, "id").filter(|id| is_cve || id.starts_with("CVE-"));
        if let Some(id) = id.and_then(|id| Name::parse(&id).ok())
            && self.cves.len() < REFERENCES_MAX
            && !self.cves.contains(&id)
        {
            self.cves.push(id);
        }
        let page = attribute(tag, "href").filter(|page| page.len() <= 2048);
        if let Some(page) = page.filter(|_| self.references.len() < REFERENCES_MAX) {
            self.references.push(cut(&page, 2048));
        }
    }

    fn add_package(&mut self, tag: &BytesStart<'_>) {
        let part = |name| attribute(tag, name).filter(|part| !part.is_empty());
        let arch = part("arch").unwrap_or_default();
        if matches!(arch.as_str(), "src" | "nosrc") || self.packages == PACKAGES_MAX {
            return;
        }
        self.packages += 1;
        let (Some(name), Some(version), Some(release)) =
            (part("name"), part("version"), part("release"))
        else {
            self.is_wrong = true;
            return;
        };
        let epoch = part("epoch").filter(|epoch| epoch != "0").map(|epoch| format!("{epoch}:"));
        let full = format!("{}{version}-{release}", epoch.unwrap_or_default());
        match Version::parse(&full) {
            Ok(fixed) => {
                let versions = self.fixed.entry((name, self.module.clone())).or_default();
                versions.insert(arch, fixed);
            }
            Err(_) => self.is_wrong = true,
        }
    }

    /// The advisory; `None` if the update makes no sense. One that is not of security affects
    /// nothing.
    fn finish(self, ecosystem: &Ecosystem) -> Option<Advisory> {
        let id = Name::parse(&self.id).ok().filter(|_| !self.is_wrong)?;
        let mut affected = Vec::new();
        for ((name, module), by_arch) in self.fixed.iter().filter(|_| self.is_of_security) {
            let key = PackageKey::new(ecosystem.clone(), name).ok()?;
            affected.extend(fixed_in(&key, module.as_ref(), by_arch));
        }
        let severity = self.severity.trim().to_owned();
        let ratings = Some(severity).filter(|word| !word.is_empty());
        Some(Advisory {
            id,
            aliases: Vec::new(),
            upstream: self.cves,
            published: self.issued.as_deref().and_then(date),
            modified: self.updated.as_deref().or(self.issued.as_deref()).and_then(date),
            withdrawn: None,
            summary: self.title.trim().to_owned(),
            details: self.details.trim().to_owned(),
            references: self.references,
            ratings: ratings.into_iter().map(|word| Rating::Word(Scale::Impact, word)).collect(),
            affected,
        })
    }
}

/// All versions before the fixed one; by architecture only where they differ.
fn fixed_in(
    key: &PackageKey,
    module: Option<&Name>,
    by_arch: &BTreeMap<String, Version>,
) -> Vec<Affected> {
    let affected = |arch: Option<&String>, fixed: &Version| Affected {
        key: key.clone(),
        arch: arch.and_then(|arch| Name::parse(arch).ok()),
        module: module.cloned(),
        ranges: vec![Range {
            kind: RangeKind::Ecosystem,
            events: vec![Event::IntroducedFirst, Event::Fixed(fixed.clone())],
        }],
        versions: std::collections::BTreeSet::new(),
        ratings: Vec::new(),
    };
    let mut versions = by_arch.values();
    let first = versions.next();
    match first {
        Some(first) if versions.all(|version| version == first) => vec![affected(None, first)],
        _ => by_arch.iter().map(|(arch, fixed)| affected(Some(arch), fixed)).collect(),
    }
}

/// `2023-02-17 20:51:00`, in UTC, with or without a time, or as a number of seconds.
fn date(text: &str) -> Option<names::Timestamp> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<i64>() {
        return Some(names::Timestamp::from_seconds(seconds));
    }
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, "00:00"));
    let time = time.trim_end_matches('Z').trim_end_matches(" UTC");
    let time = if time.len() == 5 { format!("{time}:00") } else { time.to_owned() };
    moment::parse(&format!("{day}T{time}Z"))
}

/// Lets so many bytes through for each event, so that one event is bounded in memory.
struct Gate<'a, R> {
    source: R,
    used: &'a Cell<u64>,
}

impl<R: BufRead> Read for Gate<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Gate<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = EVENT_BYTES_MAX.saturating_sub(self.used.get());
        let buffer = self.source.fill_buf()?;
        if left == 0 && !buffer.is_empty() {
            return Err(io::Error::other("a text or a tag is too long"));
        }
        Ok(&buffer[..buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX))])
    }

    fn consume(&mut self, count: usize) {
        self.used.set(self.used.get() + count as u64);
        self.source.consume(count);
    }
}
