use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::malformed::UnknownEcosystem;
use crate::order::Order;
use crate::package::PackageKind;
use crate::release::OsRelease;

/// Where packages come from, without the release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Debian.
    Debian,
    /// Ubuntu, also with Pro.
    Ubuntu,
    /// Alpine Linux.
    Alpine,
    /// Wolfi.
    Wolfi,
    /// Chainguard.
    Chainguard,
    /// MinimOS.
    MinimOs,
    /// Echo.
    Echo,
    /// Red Hat Enterprise Linux.
    RedHat,
    /// AlmaLinux.
    AlmaLinux,
    /// Rocky Linux.
    RockyLinux,
    /// Amazon Linux.
    AmazonLinux,
    /// Oracle Linux.
    OracleLinux,
    /// Fedora.
    Fedora,
    /// SUSE Linux Enterprise.
    Suse,
    /// openSUSE.
    OpenSuse,
    /// Azure Linux.
    AzureLinux,
    /// openEuler.
    OpenEuler,
    /// Mageia.
    Mageia,
    /// Python's index.
    PyPi,
    /// Node's registry.
    Npm,
    /// Go's modules.
    Go,
    /// Rust's crates.
    CratesIo,
    /// Java's repositories.
    Maven,
    /// Ruby's gems.
    RubyGems,
    /// PHP's packages.
    Packagist,
    /// .NET's packages.
    NuGet,
}

/// Every family with its name in OSV, or in its manner where OSV has none.
const NAMES: [(Family, &str); 26] = [
    (Family::Debian, "Debian"),
    (Family::Ubuntu, "Ubuntu"),
    (Family::Alpine, "Alpine"),
    (Family::Wolfi, "Wolfi"),
    (Family::Chainguard, "Chainguard"),
    (Family::MinimOs, "MinimOS"),
    (Family::Echo, "Echo"),
    (Family::RedHat, "Red Hat"),
    (Family::AlmaLinux, "AlmaLinux"),
    (Family::RockyLinux, "Rocky Linux"),
    (Family::AmazonLinux, "Amazon Linux"),
    (Family::OracleLinux, "Oracle Linux"),
    (Family::Fedora, "Fedora"),
    (Family::Suse, "SUSE"),
    (Family::OpenSuse, "openSUSE"),
    (Family::AzureLinux, "Azure Linux"),
    (Family::OpenEuler, "openEuler"),
    (Family::Mageia, "Mageia"),
    (Family::PyPi, "PyPI"),
    (Family::Npm, "npm"),
    (Family::Go, "Go"),
    (Family::CratesIo, "crates.io"),
    (Family::Maven, "Maven"),
    (Family::RubyGems, "RubyGems"),
    (Family::Packagist, "Packagist"),
    (Family::NuGet, "NuGet"),
];

impl Family {
    /// Its name in OSV.
    pub fn as_str(self) -> &'static str {
        let named = NAMES.iter().find(|(family, _)| *family == self);
        named.map_or("", |(_, name)| *name)
    }

    /// How its versions are ordered.
    pub fn order(self) -> Order {
        match self {
            Self::Debian | Self::Ubuntu | Self::Echo => Order::Dpkg,
            Self::Alpine | Self::Wolfi | Self::Chainguard | Self::MinimOs => Order::Apk,
            Self::RedHat
            | Self::AlmaLinux
            | Self::RockyLinux
            | Self::AmazonLinux
            | Self::OracleLinux
            | Self::Fedora
            | Self::Suse
            | Self::OpenSuse
            | Self::AzureLinux
            | Self::OpenEuler
            | Self::Mageia => Order::Rpm,
            Self::PyPi => Order::Python,
            Self::Npm | Self::Go | Self::CratesIo => Order::Semver,
            Self::Maven => Order::Maven,
            Self::RubyGems => Order::Gem,
            Self::Packagist => Order::Composer,
            Self::NuGet => Order::Nuget,
        }
    }

    /// Whether it is a distribution of an operating system.
    pub fn is_distribution(self) -> bool {
        matches!(self.order(), Order::Dpkg | Order::Apk | Order::Rpm)
    }
}

/// A family and its release, as OSV writes them: `Debian:12`, `Ubuntu:22.04:LTS`, `npm`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ecosystem {
    family: Family,
    /// Empty where there is none.
    release: Box<str>,
}

impl Ecosystem {
    /// A family and a release, which is empty for families without.
    pub fn new(family: Family, release: &str) -> Self {
        Self { family, release: release.into() }
    }

    /// The family.
    pub fn family(&self) -> Family {
        self.family
    }

    /// The release, if one is named.
    pub fn release(&self) -> Option<&str> {
        Some(&*self.release).filter(|release| !release.is_empty())
    }

    /// Where the packages of an operating system come from; `None` if we know no advisories for it.
    pub fn of_release(release: &OsRelease) -> Option<Self> {
        // A release without a number, such as Debian's sid, has no advisories of its own.
        let numbers =
            |count| Some(release.version_start(count)).filter(|numbers| !numbers.is_empty());
        let (family, name) = match release.id.as_str() {
            "debian" => (Family::Debian, numbers(1)?),
            "ubuntu" => (Family::Ubuntu, ubuntu(&numbers(2)?)),
            "alpine" => (Family::Alpine, format!("v{}", numbers(2)?)),
            "wolfi" => (Family::Wolfi, String::new()),
            "chainguard" => (Family::Chainguard, String::new()),
            "minimos" => (Family::MinimOs, String::new()),
            "echo" => (Family::Echo, String::new()),
            "rhel" => (Family::RedHat, red_hat(release)?),
            "almalinux" => (Family::AlmaLinux, numbers(1)?),
            "rocky" => (Family::RockyLinux, numbers(1)?),
            "amzn" => (Family::AmazonLinux, numbers(1)?),
            "ol" => (Family::OracleLinux, numbers(1)?),
            "fedora" => (Family::Fedora, numbers(1)?),
            "sles" | "sled" => (Family::Suse, suse(release)?),
            "opensuse-leap" => (Family::OpenSuse, format!("Leap {}", numbers(2)?)),
            "opensuse-tumbleweed" => (Family::OpenSuse, "Tumbleweed".into()),
            "azurelinux" | "mariner" => (Family::AzureLinux, numbers(1)?),
            "openEuler" => (Family::OpenEuler, open_euler(release)?),
            "mageia" => (Family::Mageia, numbers(1)?),
            _ => return None,
        };
        Some(Self::new(family, &name))
    }

    /// Where the packages of a language come from; `None` for those of an operating system.
    pub fn of_kind(kind: PackageKind) -> Option<Self> {
        let family = match kind {
            PackageKind::Deb | PackageKind::Apk | PackageKind::Rpm => return None,
            PackageKind::Python => Family::PyPi,
            PackageKind::Node => Family::Npm,
            PackageKind::Go => Family::Go,
            PackageKind::Cargo => Family::CratesIo,
            PackageKind::Java => Family::Maven,
            PackageKind::Gem => Family::RubyGems,
            PackageKind::Composer => Family::Packagist,
            PackageKind::Nuget => Family::NuGet,
        };
        Some(Self::new(family, ""))
    }
}

/// Every second April is a release with long support.
fn ubuntu(numbers: &str) -> String {
    let year = numbers.strip_suffix(".04").and_then(|year| year.parse::<u32>().ok());
    let is_long = year.is_some_and(|year| year.is_multiple_of(2));
    if is_long { format!("{numbers}:LTS") } else { numbers.to_owned() }
}

/// The repositories are those that the release names itself: `enterprise_linux:9::baseos`.
fn red_hat(release: &OsRelease) -> Option<String> {
    let cpe = release.cpe_name.as_ref()?.as_str();
    cpe.strip_prefix("cpe:/o:redhat:").map(str::to_owned)
}

/// `SUSE Linux Enterprise Server 15 SP5` is `Linux Enterprise Server 15 SP5`.
fn suse(release: &OsRelease) -> Option<String> {
    release.pretty_name.as_ref()?.as_str().strip_prefix("SUSE ").map(str::to_owned)
}

/// `openEuler 24.03 (LTS-SP1)` is `24.03-LTS-SP1`.
fn open_euler(release: &OsRelease) -> Option<String> {
    let pretty = release.pretty_name.as_ref()?.as_str();
    let (version, rest) = pretty.strip_prefix("openEuler ")?.split_once(' ').unzip();
    let kind = rest.map(|rest| rest.trim_matches(['(', ')']));
    Some(match (version, kind) {
        (Some(version), Some(kind)) => format!("{version}-{kind}"),
        _ => release.version_start(2),
    })
}

impl FromStr for Ecosystem {
    type Err = UnknownEcosystem;

    fn from_str(text: &str) -> Result<Self, UnknownEcosystem> {
        let (name, release) = text.split_once(':').unwrap_or((text, ""));
        let known = NAMES.iter().find(|(_, known)| *known == name).ok_or(UnknownEcosystem)?;
        let is_good = release.len() <= 128 && !release.contains(char::is_control);
        is_good.then(|| Self::new(known.0, release)).ok_or(UnknownEcosystem)
    }
}

impl TryFrom<String> for Ecosystem {
    type Error = UnknownEcosystem;

    fn try_from(text: String) -> Result<Self, UnknownEcosystem> {
        text.parse()
    }
}

impl From<Ecosystem> for String {
    fn from(ecosystem: Ecosystem) -> Self {
        ecosystem.to_string()
    }
}

impl fmt::Display for Ecosystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.release() {
            Some(release) => write!(f, "{}:{release}", self.family.as_str()),
            None => f.write_str(self.family.as_str()),
        }
    }
}

impl fmt::Debug for Ecosystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_have_the_names_that_advisories_use() {
        #[rustfmt::skip]
        let cases = [
            // os-release                                                          ecosystem
            ("ID=debian\nVERSION_ID=12",                                           "Debian:12"),
            ("ID=ubuntu\nVERSION_ID=22.04",                                        "Ubuntu:22.04:LTS"),
            ("ID=ubuntu\nVERSION_ID=23.04",                                        "Ubuntu:23.04"),
            ("ID=ubuntu\nVERSION_ID=24.10",                                        "Ubuntu:24.10"),
            ("ID=alpine\nVERSION_ID=3.20.1",                                       "Alpine:v3.20"),
            ("ID=wolfi\nVERSION_ID=20230201",                                      "Wolfi"),
            ("ID=rhel\nCPE_NAME=cpe:/o:redhat:enterprise_linux:9::baseos",         "Red Hat:enterprise_linux:9::baseos"),
            ("ID=almalinux\nVERSION_ID=9.3",                                       "AlmaLinux:9"),
            ("ID=rocky\nVERSION_ID=8.9",                                           "Rocky Linux:8"),
            ("ID=amzn\nVERSION_ID=2023",                                           "Amazon Linux:2023"),
            ("ID=sles\nVERSION_ID=15.5\nPRETTY_NAME='SUSE Linux Enterprise Server 15 SP5'", "SUSE:Linux Enterprise Server 15 SP5"),
            ("ID=opensuse-leap\nVERSION_ID=15.5",                                  "openSUSE:Leap 15.5"),
            ("ID=azurelinux\nVERSION_ID=3.0",                                      "Azure Linux:3"),
            ("ID=openEuler\nVERSION_ID=24.03\nPRETTY_NAME='openEuler 24.03 (LTS-SP1)'", "openEuler:24.03-LTS-SP1"),
        ];
        for (text, ecosystem) in cases {
            let release = OsRelease::parse(text.as_bytes()).unwrap();
            let found = Ecosystem::of_release(&release).unwrap();
            assert_eq!(found.to_string(), ecosystem);
            assert_eq!(ecosystem.parse::<Ecosystem>().unwrap(), found);
        }
        for unknown in ["ID=plan9", "ID=debian", "ID=alpine", "ID=rhel\nVERSION_ID=9"] {
            let release = OsRelease::parse(unknown.as_bytes()).unwrap();
            assert_eq!(Ecosystem::of_release(&release), None, "{unknown}");
        }
    }
}
