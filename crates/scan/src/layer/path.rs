use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest path that Linux opens.
const PATH_BYTES_MAX: usize = 4096;

/// A path of a layer, from its root: no `/` at its ends, no empty segment, no `.` and no `..`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LayerPath(Box<str>);

impl LayerPath {
    /// Reads the name of an entry. `None` if it climbs out of the root, is the root, or is too
    /// long. Bytes that are not UTF-8 are replaced: such a file is never one that is looked for.
    pub fn parse(name: &[u8]) -> Option<Self> {
        if name.len() > PATH_BYTES_MAX {
            return None;
        }
        let text = String::from_utf8_lossy(name);
        let mut path = String::with_capacity(text.len());
        for segment in text.split('/').filter(|segment| !matches!(*segment, "" | ".")) {
            if segment == ".." || segment.contains('\0') {
                return None;
            }
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(segment);
        }
        (!path.is_empty()).then(|| Self(path.into()))
    }

    /// Where a symbolic link at this path leads: an absolute target from the root, a relative one
    /// from the link's folder. As in a container, `..` at the root stays at the root.
    pub fn follow(&self, target: &[u8]) -> Option<Self> {
        if target.len() > PATH_BYTES_MAX {
            return None;
        }
        let target = std::str::from_utf8(target).ok()?;
        let mut segments: Vec<&str> = if target.starts_with('/') {
            Vec::new()
        } else {
            self.folder().split('/').filter(|segment| !segment.is_empty()).collect()
        };
        for segment in target.split('/') {
            match segment {
                "" | "." => {}
                ".." => drop(segments.pop()),
                segment => segments.push(segment),
            }
        }
        Self::parse(segments.join("/").as_bytes())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last segment.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// All but the last segment; empty at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Whether it is in the folder `other`, at any depth.
    pub fn is_within(&self, other: &str) -> bool {
        other.is_empty() || self.0.strip_prefix(other).is_some_and(|rest| rest.starts_with('/'))
    }
}

impl fmt::Display for LayerPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for LayerPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for LayerPath {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(text.as_bytes()).ok_or("not a path within a layer")
    }
}

impl From<LayerPath> for String {
    fn from(path: LayerPath) -> Self {
        path.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_entries() {
        let long = "a/".repeat(3000);
        #[rustfmt::skip]
        let cases: [(&str, Option<&str>, &str); 10] = [
            // name               path                because
            ("etc/os-release",    Some("etc/os-release"), "the usual"),
            ("./etc/os-release",  Some("etc/os-release"), "as GNU tar writes it"),
            ("/etc//os-release",  Some("etc/os-release"), "absolute"),
            ("etc/",              Some("etc"),            "a folder"),
            ("./",                None,                   "the root"),
            ("",                  None,                   "nothing"),
            ("../etc/shadow",     None,                   "climbs"),
            ("a/../../b",         None,                   "climbs, later"),
            ("a\0b",              None,                   "a NUL"),
            (&long,               None,                   "too long"),
        ];
        for (name, path, because) in cases {
            let parsed = LayerPath::parse(name.as_bytes());
            assert_eq!(parsed.as_ref().map(LayerPath::as_str), path, "{because}");
        }
    }

    #[test]
    fn links_lead_from_their_folder_and_stay_within_the_root() {
        #[rustfmt::skip]
        let cases = [
            // link              target                      leads to
            ("etc/os-release",   "../usr/lib/os-release",    Some("usr/lib/os-release")),
            ("etc/os-release",   "/usr/lib/os-release",      Some("usr/lib/os-release")),
            ("etc/os-release",   "../../../../usr/x",        Some("usr/x")),
            ("lib",              "usr/lib",                  Some("usr/lib")),
            ("lib",              "/",                        None),
        ];
        for (link, target, leads_to) in cases {
            let followed = LayerPath::parse(link.as_bytes()).unwrap().follow(target.as_bytes());
            assert_eq!(followed.as_ref().map(LayerPath::as_str), leads_to, "{link} → {target}");
        }
    }
}
