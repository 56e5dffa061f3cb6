use super::fields::lines;
use super::listing::Listing;
use crate::package::PackageKind;

/// Reads an installed gem's specification. RubyGems writes it, one assignment a line:
/// `s.name = "rake".freeze`.
pub(crate) fn read_specification(content: &[u8]) -> Listing {
    let mut listing = Listing::default();
    let (mut name, mut version) = (None, None);
    for line in lines(content) {
        let Ok(line) = std::str::from_utf8(line) else { continue };
        let Some((place, value)) = line.split_once('=') else { continue };
        match place.trim().rsplit_once('.') {
            Some((_, "name")) if name.is_none() => name = quoted(value),
            Some((_, "version")) if version.is_none() => version = quoted(value),
            Some(_) | None => {}
        }
    }
    match (name, version) {
        (Some(name), Some(version)) => drop(listing.add(PackageKind::Gem, name, version)),
        (None, _) | (_, None) => listing.wrong("no name or no version"),
    }
    listing
}

/// The first text in quotes: of `"1.0"`, `'1.0'.freeze` and `Gem::Version.new("1.0")`.
fn quoted(value: &str) -> Option<&str> {
    let start = value.find(['"', '\''])?;
    let quote = value[start..].chars().next()?;
    let text = &value[start + 1..];
    Some(&text[..text.find(quote)?])
}
