use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::files::fields::lines;

/// A Maven artifact.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Coordinates {
    pub(crate) group: Option<String>,
    pub(crate) artifact: String,
    pub(crate) version: String,
}

impl Coordinates {
    /// `group:artifact`, as advisories name it, or what is known of it.
    pub(crate) fn name(&self) -> Cow<'_, str> {
        match &self.group {
            Some(group) => format!("{group}:{}", self.artifact).into(),
            None => (&self.artifact).into(),
        }
    }

    /// Reads `pom.properties`.
    pub(crate) fn of_properties(content: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(content);
        let pairs = text.lines().filter_map(|line| line.split_once('='));
        let mut values: BTreeMap<&str, &str> =
            pairs.map(|(key, value)| (key.trim(), value.trim())).collect();
        // `${project.version}` was to be replaced.
        values.retain(|_, value| !value.is_empty() && !value.contains("${"));
        let value = |key: &str| values.get(key).map(|value| (*value).to_owned());
        let (artifact, version) = (value("artifactId")?, value("version")?);
        Some(Self { group: Some(value("groupId")?), artifact, version })
    }

    /// Guesses from the archive's name and its manifest, as Maven's plugins and bundles write it.
    pub(crate) fn of_archive(file_name: &str, manifest: Option<&[u8]>) -> Option<Self> {
        let main = manifest.map(main_attributes).unwrap_or_default();
        let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
        let named = artifact_and_version(stem);
        let artifact = named.map_or(stem, |(artifact, _)| artifact).to_owned();
        let value = |key: &str| main.get(key).cloned().filter(|value| !value.is_empty());
        let version = named.map(|(_, version)| version.to_owned());
        let version = version
            .or_else(|| value("implementation-version"))
            .or_else(|| value("bundle-version"))?;
        let symbolic = value("bundle-symbolicname");
        let symbolic = symbolic.as_deref().and_then(|name| name.split(';').next()).map(str::trim);
        let group = value("implementation-vendor-id").or_else(|| {
            let group = symbolic?.strip_suffix(&artifact)?.strip_suffix('.')?;
            Some(group.to_owned())
        });
        Some(Self { group, artifact, version })
    }
}

/// `commons-lang3-3.12.0` is `commons-lang3` at `3.12.0`.
fn artifact_and_version(stem: &str) -> Option<(&str, &str)> {
    let dashes = stem.rmatch_indices('-').map(|(at, _)| at);
    let mut versions =
        dashes.filter(|at| *at > 0 && stem[at + 1..].starts_with(|c: char| c.is_ascii_digit()));
    versions.next().map(|at| (&stem[..at], &stem[at + 1..]))
}

/// The main attributes of a manifest, by name in small letters. A line that begins with a space
/// goes on.
fn main_attributes(content: &[u8]) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    let mut last: Option<(String, String)> = None;
    for line in lines(content) {
        let line = String::from_utf8_lossy(line);
        if line.is_empty() {
            break;
        }
        if let (Some(rest), Some((_, value))) = (line.strip_prefix(' '), &mut last) {
            value.push_str(rest);
        } else if let Some((name, value)) = line.split_once(':') {
            attributes.extend(last.take());
            last = Some((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    attributes.extend(last);
    attributes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_are_known_by_their_names_and_manifests() {
        let bundle = "Bundle-SymbolicName: org.apache.commons.lang3;\r\n singleton:=true\r\n\
                      Bundle-Version: 3.12.0\r\n\r\nName: a\r\n";
        let vendor = "Implementation-Vendor-Id: org.slf4j\nImplementation-Version: 1.7\n";
        #[rustfmt::skip]
        let cases = [
            // file                    manifest  name                      version
            ("lang3.jar",              bundle,   "org.apache.commons:lang3", "3.12.0"),
            ("slf4j-api-1.7.36.jar",   vendor,   "org.slf4j:slf4j-api",    "1.7.36"),
            ("guava-31.1-jre.jar",     "",       "guava",                  "31.1-jre"),
            ("log4j-1.2-api-2.17.jar", "",       "log4j-1.2-api",          "2.17"),
        ];
        for (file, manifest, name, version) in cases {
            let found = Coordinates::of_archive(file, Some(manifest.as_bytes())).unwrap();
            assert_eq!((&*found.name(), &*found.version), (name, version), "{file}");
        }
        assert_eq!(Coordinates::of_archive("app.jar", None), None);
    }
}
