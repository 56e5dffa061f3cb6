//! Package URLs.

use std::fmt::Write as _;

use crate::package::{Package, PackageKind};
use crate::release::OsRelease;

/// The URL of a package.
pub(super) fn purl(package: &Package, release: Option<&OsRelease>) -> String {
    let (namespace, name) = parts(package, release);
    let mut url = format!("pkg:{}", kind(package.kind));
    for part in namespace.iter().flat_map(|namespace| namespace.split('/')) {
        let _ = write!(url, "/{}", encoded(part));
    }
    let (epoch, version) = version(package);
    let _ = write!(url, "/{}@{}", encoded(&name), encoded(version));
    let mut qualifiers = Vec::new();
    if let Some(arch) = &package.arch {
        qualifiers.push(format!("arch={}", encoded(arch.as_str())));
    }
    if let Some(distro) = release.filter(|_| package.kind.is_of_os()).map(distro) {
        qualifiers.push(format!("distro={}", encoded(&distro)));
    }
    qualifiers.extend(epoch.map(|epoch| format!("epoch={}", encoded(epoch))));
    if !qualifiers.is_empty() {
        let _ = write!(url, "?{}", qualifiers.join("&"));
    }
    url
}

fn kind(kind: PackageKind) -> &'static str {
    match kind {
        PackageKind::Deb => "deb",
        PackageKind::Apk => "apk",
        PackageKind::Rpm => "rpm",
        PackageKind::Python => "pypi",
        PackageKind::Node => "npm",
        PackageKind::Go => "golang",
        PackageKind::Cargo => "cargo",
        PackageKind::Java => "maven",
        PackageKind::Gem => "gem",
        PackageKind::Composer => "composer",
        PackageKind::Nuget => "nuget",
    }
}

/// The namespace, where the name has one, and the name in it.
pub(super) fn parts(package: &Package, release: Option<&OsRelease>) -> (Option<String>, String) {
    let name = package.name.as_str();
    let split = |at: Option<(&str, &str)>| match at {
        Some((namespace, name)) => (Some(namespace.to_owned()), name.to_owned()),
        None => (None, name.to_owned()),
    };
    match package.kind {
        PackageKind::Deb | PackageKind::Apk | PackageKind::Rpm => {
            (release.map(|release| release.id.to_string()), name.to_owned())
        }
        PackageKind::Python => (None, name.to_ascii_lowercase().replace('_', "-")),
        PackageKind::Node | PackageKind::Go => split(name.rsplit_once('/')),
        PackageKind::Composer => split(name.split_once('/')),
        PackageKind::Java => split(name.split_once(':')),
        PackageKind::Cargo | PackageKind::Gem | PackageKind::Nuget => (None, name.to_owned()),
    }
}

/// The version; the epoch of rpm is a qualifier.
fn version(package: &Package) -> (Option<&str>, &str) {
    let text = package.version.as_str();
    match text.split_once(':') {
        Some((epoch, version)) if package.kind == PackageKind::Rpm => (Some(epoch), version),
        _ => (None, text),
    }
}

fn distro(release: &OsRelease) -> String {
    match release.version() {
        "" => release.id.to_string(),
        version => format!("{}-{version}", release.id),
    }
}

/// What is no letter, number, or one of `.-_~:` becomes `%` and its bytes.
fn encoded(text: &str) -> String {
    let mut url = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b".-_~:".contains(&byte) {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Name, Version};

    #[test]
    fn packages_have_urls() {
        use PackageKind::{Apk, Cargo, Composer, Deb, Go, Java, Node, Python, Rpm};
        #[rustfmt::skip]
        let cases = [
            // kind     name                       version               arch            url
            (Deb,       "libssl3",                 "3.0.9-1+b1",         Some("amd64"),  "pkg:deb/debian/libssl3@3.0.9-1%2Bb1?arch=amd64&distro=debian-12"),
            (Deb,       "zlib1g",                  "1:1.2.13.dfsg-1",    None,           "pkg:deb/debian/zlib1g@1:1.2.13.dfsg-1?distro=debian-12"),
            (Rpm,       "vim-minimal",             "2:8.2.2637-20.el9",  Some("x86_64"), "pkg:rpm/debian/vim-minimal@8.2.2637-20.el9?arch=x86_64&distro=debian-12&epoch=2"),
            (Apk,       "musl",                    "1.2.4-r4",           None,           "pkg:apk/debian/musl@1.2.4-r4?distro=debian-12"),
            (Python,    "Typing_Extensions",       "4.0",                None,           "pkg:pypi/typing-extensions@4.0"),
            (Node,      "lodash",                  "4.17.15",            None,           "pkg:npm/lodash@4.17.15"),
            (Node,      "@types/node",             "20.1.0",             None,           "pkg:npm/%40types/node@20.1.0"),
            (Go,        "golang.org/x/sys",        "v0.1.0",             None,           "pkg:golang/golang.org/x/sys@v0.1.0"),
            (Go,        "stdlib",                  "1.19.4",             None,           "pkg:golang/stdlib@1.19.4"),
            (Cargo,     "h2",                      "0.3.1",              None,           "pkg:cargo/h2@0.3.1"),
            (Java,      "org.slf4j:slf4j-api",     "1.7.36",             None,           "pkg:maven/org.slf4j/slf4j-api@1.7.36"),
            (Composer,  "monolog/monolog",         "2.0.0",              None,           "pkg:composer/monolog/monolog@2.0.0"),
            (Node,      "a b?c#d",                 "1",                  None,           "pkg:npm/a%20b%3Fc%23d@1"),
        ];
        let release = OsRelease::parse(b"ID=debian\nVERSION_ID=12\n").unwrap();
        for (kind, name, version, arch, url) in cases {
            let (name, version) = (Name::parse(name).unwrap(), Version::parse(version).unwrap());
            let mut package = Package::new(kind, name, version);
            package.arch = arch.map(|arch| Name::parse(arch).unwrap());
            assert_eq!(purl(&package, Some(&release)), url);
        }
        let package = Package::new(Deb, Name::parse("a").unwrap(), Version::parse("1").unwrap());
        assert_eq!(purl(&package, None), "pkg:deb/a@1", "from an unknown distribution");
    }
}
