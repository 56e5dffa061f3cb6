use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::layer::Why;
use crate::words::Name;

/// As long as a file of this kind gets, and ten times that.
const TEXT_BYTES_MAX: usize = 64 * 1024;

/// What `os-release` says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OsRelease {
    /// `debian`, `alpine`, `amzn`.
    pub id: Name,
    /// `12`, `3.20.1`. Rolling releases have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version_id: Option<Name>,
    /// `Debian GNU/Linux 12 (bookworm)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pretty_name: Option<Name>,
    /// `cpe:/o:redhat:enterprise_linux:9::baseos`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpe_name: Option<Name>,
}

impl OsRelease {
    /// Reads `os-release`: assignments as a shell has them.
    pub fn parse(content: &[u8]) -> Result<Self, Why> {
        if content.len() > TEXT_BYTES_MAX {
            return Err(Why::malformed("too long"));
        }
        let text = String::from_utf8_lossy(content);
        let mut values = BTreeMap::new();
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            if let Some((key, value)) = line.split_once('=') {
                values.insert(key.trim_end(), unquoted(value.trim()));
            }
        }
        let word = |key: &str| values.get(key).and_then(|value| Name::parse(value).ok());
        Ok(Self {
            id: word("ID").ok_or_else(|| Why::malformed("no ID"))?,
            version_id: word("VERSION_ID"),
            pretty_name: word("PRETTY_NAME"),
            cpe_name: word("CPE_NAME"),
        })
    }

    /// The version, empty if there is none.
    pub(crate) fn version(&self) -> &str {
        self.version_id.as_ref().map_or("", Name::as_str)
    }

    /// The first `count` numbers of the version: `3.20` of `3.20.1`.
    pub(crate) fn version_start(&self, count: usize) -> String {
        self.version().split('.').take(count).collect::<Vec<_>>().join(".")
    }

    /// ECR's `platform`: `DEBIAN_12`, `AMAZON_LINUX_2`.
    pub fn platform(&self) -> String {
        let id = match self.id.as_str() {
            "amzn" => "AMAZON_LINUX",
            "ol" => "ORACLE_LINUX",
            "almalinux" => "ALMALINUX",
            "rocky" => "ROCKY_LINUX",
            "rhel" => "RHEL",
            "azurelinux" => "AZURE_LINUX",
            id => &id.to_ascii_uppercase().replace(['-', '.'], "_"),
        };
        let numbers = match self.id.as_str() {
            // Points of a release that all get the same updates.
            "almalinux" | "rocky" | "rhel" | "ol" | "debian" => 1,
            "amzn" if !self.version().starts_with("2018") => 1,
            _ => 2,
        };
        let version = self.version_start(numbers).replace('.', "_");
        if version.is_empty() { id.to_owned() } else { format!("{id}_{version}") }
    }
}

/// A value without its quotes. What is escaped in double quotes is `"`, `$`, `` ` `` and `\`.
fn unquoted(value: &str) -> String {
    let within = |quote| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    if let Some(text) = within('\'') {
        return text.to_owned();
    }
    let Some(text) = within('"') else { return value.to_owned() };
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => plain.extend(letters.next()),
            letter => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_read() {
        #[rustfmt::skip]
        let cases = [
            // text | id | version | platform
            ("ID=debian\nVERSION_ID=\"12\"\n",                             "debian", "12",       "DEBIAN_12"),
            ("# c\nID='alpine'\nVERSION_ID=3.20.1\nPRETTY_NAME=\"a \\\"b\\\"\"", "alpine", "3.20.1", "ALPINE_3_20"),
            ("ID=\"amzn\"\nVERSION_ID=\"2\"\n",                            "amzn",   "2",        "AMAZON_LINUX_2"),
            ("ID=\"rocky\"\nVERSION_ID=\"9.3\"",                           "rocky",  "9.3",      "ROCKY_LINUX_9"),
            ("ID=ubuntu\r\nVERSION_ID=\"22.04\"\r\n",                      "ubuntu", "22.04",    "UBUNTU_22_04"),
            ("ID=wolfi\n",                                                 "wolfi",  "",         "WOLFI"),
        ];
        for (text, id, version, platform) in cases {
            let release = OsRelease::parse(text.as_bytes()).unwrap();
            assert_eq!(
                (release.id.as_str(), release.version(), release.platform().as_str()),
                (id, version, platform)
            );
        }
    }

    #[test]
    fn what_is_no_release_is_said() {
        for text in ["", "VERSION_ID=1", "ID=", "ID=\"\u{1}\"", "\u{0}\u{0}"] {
            assert!(OsRelease::parse(text.as_bytes()).is_err(), "{text:?}");
        }
        assert!(OsRelease::parse(&vec![b'a'; TEXT_BYTES_MAX + 1]).is_err());
    }
}
