use std::fmt;

use serde::{Deserialize, Serialize};

use super::ecosystem::{Ecosystem, Family};
use crate::words::{Name, NotAWord};

/// Where a package and the advisories for it meet: an ecosystem and a name in the one spelling of
/// that ecosystem. An index by it tells which packages a changed advisory concerns.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PackageKey {
    ecosystem: Ecosystem,
    name: Name,
}

impl PackageKey {
    /// The key of a name, in whatever spelling its ecosystem allows.
    pub fn new(ecosystem: Ecosystem, name: &str) -> Result<Self, NotAWord> {
        let name = match ecosystem.family() {
            Family::PyPi => Name::parse(&python_name(name)),
            Family::NuGet | Family::Packagist => Name::parse(&name.to_ascii_lowercase()),
            _ => Name::parse(name),
        };
        Ok(Self { ecosystem, name: name? })
    }

    /// The ecosystem.
    pub fn ecosystem(&self) -> &Ecosystem {
        &self.ecosystem
    }

    /// The name, normalized.
    pub fn name(&self) -> &Name {
        &self.name
    }
}

impl fmt::Display for PackageKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.ecosystem, self.name)
    }
}

/// PEP 503: small letters, and one dash for each run of dashes, dots and underscores.
fn python_name(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for letter in name.trim().chars() {
        match letter {
            '-' | '_' | '.' if normal.ends_with('-') => {}
            '-' | '_' | '.' => normal.push('-'),
            letter => normal.push(letter.to_ascii_lowercase()),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_have_one_key() {
        #[rustfmt::skip]
        let cases = [
            // ecosystem  name                 key
            ("PyPI",      "Jaraco.Text",       "PyPI/jaraco-text"),
            ("PyPI",      "zope__.-interface", "PyPI/zope-interface"),
            ("NuGet",     "Newtonsoft.Json",   "NuGet/newtonsoft.json"),
            ("Packagist", "Symfony/Console",   "Packagist/symfony/console"),
            ("npm",       "@babel/Core",       "npm/@babel/Core"),
            ("Debian:12", "libssl3",           "Debian:12/libssl3"),
        ];
        for (ecosystem, name, key) in cases {
            let found = PackageKey::new(ecosystem.parse().unwrap(), name).unwrap();
            assert_eq!(found.to_string(), key);
        }
    }
}
