use serde::{Deserialize, Serialize};

use crate::words::{Name, Version};

/// What installed a package, or what it was found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PackageKind {
    /// dpkg.
    Deb,
    /// Alpine's apk.
    Apk,
    /// rpm.
    Rpm,
    /// A distribution of Python, installed.
    Python,
    /// A package of Node, installed.
    Node,
    /// A module that a Go binary was built from, or Go's own library (`stdlib`).
    Go,
    /// A crate that a binary was built from.
    Cargo,
    /// A Java archive.
    Java,
    /// A gem, installed.
    Gem,
    /// A package of Composer, installed.
    Composer,
    /// A package of NuGet, deployed.
    Nuget,
}

impl PackageKind {
    /// The word of ECR's `packageManager`.
    pub fn package_manager(self) -> &'static str {
        match self {
            Self::Deb | Self::Apk | Self::Rpm => "OS",
            Self::Python => "PYTHONPKG",
            Self::Node => "NODEPKG",
            Self::Go => "GOBINARY",
            Self::Cargo => "CARGO",
            Self::Java => "JAR",
            Self::Gem => "GEMSPEC",
            Self::Composer => "COMPOSER",
            Self::Nuget => "DOTNET_CORE",
        }
    }

    /// Whether it belongs to the operating system.
    pub fn is_of_os(self) -> bool {
        matches!(self, Self::Deb | Self::Apk | Self::Rpm)
    }
}

/// A package that an image has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Package {
    /// What it is of.
    pub kind: PackageKind,
    /// Its name; `group:artifact` in Java.
    pub name: Name,
    /// Its version, as [`PackageKind`] writes it: `[epoch:]version-release` of deb and rpm.
    pub version: Version,
    /// Its architecture, in the manager's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arch: Option<Name>,
    /// What it was built from, if that has another name or version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Who made it, if that is not the distribution whose manager installed it. The distribution's
    /// advisories say nothing of it, and it vouches for nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<Name>,
    /// The stream of an rpm module that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<Name>,
}

/// The source package of a binary package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Source {
    /// Its name.
    pub name: Name,
    /// Its version, which can differ from that of the binary package.
    pub version: Version,
}

impl Package {
    /// A package with nothing but a name and a version.
    pub fn new(kind: PackageKind, name: Name, version: Version) -> Self {
        Self { kind, name, version, arch: None, source: None, vendor: None, module: None }
    }

    /// The name that distributions know it by: that of its source.
    pub fn source_name(&self) -> &Name {
        self.source.as_ref().map_or(&self.name, |source| &source.name)
    }

    /// The version of [`Package::source_name`].
    pub fn source_version(&self) -> &Version {
        self.source.as_ref().map_or(&self.version, |source| &source.version)
    }

    /// The version in the parts that ECR's `vulnerablePackages` shows.
    pub fn version_parts(&self) -> VersionParts<'_> {
        let text = self.version.as_str();
        match self.kind {
            PackageKind::Deb | PackageKind::Rpm => {
                let (epoch, rest) = text.split_once(':').unwrap_or(("0", text));
                let (version, release) = match rest.rsplit_once('-') {
                    Some((version, release)) => (version, Some(release)),
                    None => (rest, None),
                };
                VersionParts { epoch: epoch.parse().unwrap_or_default(), version, release }
            }
            PackageKind::Apk => match text.rsplit_once("-r") {
                Some((version, _)) => {
                    let release = &text[version.len() + 1..];
                    VersionParts { epoch: 0, version, release: Some(release) }
                }
                None => VersionParts { epoch: 0, version: text, release: None },
            },
            PackageKind::Python
            | PackageKind::Node
            | PackageKind::Go
            | PackageKind::Cargo
            | PackageKind::Java
            | PackageKind::Gem
            | PackageKind::Composer
            | PackageKind::Nuget => VersionParts { epoch: 0, version: text, release: None },
        }
    }
}

/// The parts of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VersionParts<'a> {
    /// 0 if the version names none.
    pub epoch: u32,
    /// What upstream calls the version.
    pub version: &'a str,
    /// What the distribution adds.
    pub release: Option<&'a str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_come_apart_as_ecr_shows_them() {
        use PackageKind::{Apk, Deb, Node, Rpm};
        #[rustfmt::skip]
        let cases = [
            // kind  version                   epoch version         release
            (Deb,    "2.9.14+dfsg-1.3~deb12u1", 0,   "2.9.14+dfsg",  Some("1.3~deb12u1")),
            (Deb,    "1:9.2p1-2+deb12u3",       1,   "9.2p1",        Some("2+deb12u3")),
            (Deb,    "2024a",                   0,   "2024a",        None),
            (Rpm,    "2:8.2.2637-20.el8",       2,   "8.2.2637",     Some("20.el8")),
            (Apk,    "1.2.4_git20230717-r4",    0,   "1.2.4_git20230717", Some("r4")),
            (Node,   "1.0.0-rc.1",              0,   "1.0.0-rc.1",   None),
        ];
        for (kind, text, epoch, version, release) in cases {
            let package =
                Package::new(kind, Name::parse("a").unwrap(), Version::parse(text).unwrap());
            assert_eq!(package.version_parts(), VersionParts { epoch, version, release }, "{text}");
        }
    }
}
