use crate::advisory::{Ecosystem, Family, PackageKey};
use crate::image::Installed;
use crate::order::Order;
use crate::package::Package;
use crate::words::{Name, Version};

/// A key under which advisories for a package can stand, and the version that they speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// The key.
    pub key: PackageKey,
    /// The package's version, or that of its source.
    pub version: Version,
}

/// The keys of a package that an image has. `os` is where the packages of its operating system come
/// from; without it, only those of languages are known.
pub fn lookups(installed: &Installed, os: Option<&Ecosystem>) -> Vec<Lookup> {
    let package = &installed.package;
    match (Ecosystem::of_kind(package.kind), os) {
        (Some(_), _) if installed.is_vouched_for => Vec::new(),
        (Some(ecosystem), _) => lookup(ecosystem, &package.name, &package.version),
        (None, Some(os)) if package.vendor.is_none() => of_os(package, os),
        (None, Some(_) | None) => Vec::new(),
    }
}

/// Debian and Alpine name the source of a package. Distributions of rpm name one or the other.
fn of_os(package: &Package, os: &Ecosystem) -> Vec<Lookup> {
    let source = (package.source_name(), package.source_version());
    let binary = (&package.name, &package.version);
    let mut names = vec![source];
    if os.family().order() == Order::Rpm && binary.0 != source.0 {
        names.push(binary);
    }
    let mut found = Vec::new();
    for (name, version) in names {
        for ecosystem in repositories(os) {
            found.extend(lookup(ecosystem, name, version));
        }
        if os.family() == Family::Ubuntu && package.version.as_str().contains("esm") {
            // Only machines with Pro have such a version.
            let pro = format!("Pro:{}", os.release().unwrap_or_default());
            found.extend(lookup(Ecosystem::new(Family::Ubuntu, &pro), name, version));
        }
    }
    found
}

/// Advisories of Red Hat name the repository that a package is from. An image names the first of
/// its repositories alone, and has packages of the others.
fn repositories(os: &Ecosystem) -> Vec<Ecosystem> {
    let first = os.release().and_then(|release| release.strip_suffix("::baseos"));
    match first.filter(|_| os.family() == Family::RedHat) {
        Some(release) => ["baseos", "appstream", "crb"]
            .map(|name| Ecosystem::new(Family::RedHat, &format!("{release}::{name}")))
            .to_vec(),
        None => vec![os.clone()],
    }
}

fn lookup(ecosystem: Ecosystem, name: &Name, version: &Version) -> Vec<Lookup> {
    let key = PackageKey::new(ecosystem, name.as_str()).ok();
    key.map(|key| Lookup { key, version: version.clone() }).into_iter().collect()
}
