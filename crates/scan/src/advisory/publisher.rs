use super::ecosystem::Family;

/// Whose advisories they are, and under which terms they are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publisher {
    /// Its name.
    pub name: &'static str,
    /// The licence of its data, as SPDX writes it where it has one.
    pub licence: &'static str,
}

const UNSTATED: &str = "not stated";

/// How the identifiers of each publisher begin.
#[rustfmt::skip]
const PUBLISHERS: &[(&[&str], Publisher)] = &[
    (&["DEBIAN-", "DSA-", "DLA-", "DTSA-"],      Publisher { name: "Debian",       licence: UNSTATED }),
    (&["UBUNTU-", "USN-", "LSN-"],               Publisher { name: "Ubuntu",       licence: "CC-BY-SA-4.0" }),
    (&["ALPINE-"],                               Publisher { name: "Alpine",       licence: UNSTATED }),
    (&["ALSA-", "ALBA-", "ALEA-"],               Publisher { name: "AlmaLinux",    licence: "MIT" }),
    (&["RLSA-", "RXSA-", "RLBA-", "RLEA-"],      Publisher { name: "Rocky Linux",  licence: "BSD-3-Clause" }),
    (&["RHSA-", "RHBA-", "RHEA-"],               Publisher { name: "Red Hat",      licence: "CC-BY-4.0" }),
    (&["ALAS"],                                  Publisher { name: "Amazon Linux", licence: UNSTATED }),
    (&["ELSA-"],                                 Publisher { name: "Oracle Linux", licence: UNSTATED }),
    (&["FEDORA-"],                               Publisher { name: "Fedora",       licence: UNSTATED }),
    (&["SUSE-"],                                 Publisher { name: "SUSE",         licence: UNSTATED }),
    (&["openSUSE-"],                             Publisher { name: "openSUSE",     licence: UNSTATED }),
    (&["AZL-"],                                  Publisher { name: "Azure Linux",  licence: "MIT" }),
    (&["CGA-"],                                  Publisher { name: "Chainguard",   licence: "CC-BY-NC-ND-4.0" }),
    (&["MINI-"],                                 Publisher { name: "MinimOS",      licence: UNSTATED }),
    (&["ECHO-"],                                 Publisher { name: "Echo",         licence: UNSTATED }),
    (&["OESA-"],                                 Publisher { name: "openEuler",    licence: UNSTATED }),
    (&["MGASA-"],                                Publisher { name: "Mageia",       licence: UNSTATED }),
    (&["GHSA-"],                                 Publisher { name: "GitHub",       licence: "CC-BY-4.0" }),
    (&["PYSEC-"],                                Publisher { name: "PyPA",         licence: "CC-BY-4.0" }),
    (&["GO-"],                                   Publisher { name: "Go",           licence: "CC-BY-4.0" }),
    (&["RUSTSEC-"],                              Publisher { name: "RustSec",      licence: "CC0-1.0" }),
    (&["MAL-"],                                  Publisher { name: "OpenSSF",      licence: "Apache-2.0" }),
    (&["BIT-"],                                  Publisher { name: "Bitnami",      licence: "Apache-2.0" }),
];

const OTHERS: Publisher = Publisher { name: "Others", licence: UNSTATED };

impl Publisher {
    /// The CVE List: scores of CVEs.
    pub const CVE_LIST: Self = Self { name: "CVE List", licence: "cve-tou" };
    /// NVD: scores of CVEs.
    pub const NVD: Self = Self { name: "NVD", licence: "public domain" };
    /// CISA's list of what is exploited.
    pub const KEV: Self = Self { name: "KEV", licence: "CC0-1.0" };
    /// EPSS: how likely CVEs are exploited.
    pub const EPSS: Self = Self { name: "EPSS", licence: UNSTATED };

    /// Whether advisories are from there: other sources speak of CVEs, and of no package.
    pub fn has_advisories(name: &str) -> bool {
        let beside = [Self::CVE_LIST, Self::NVD, Self::KEV, Self::EPSS];
        !beside.iter().any(|source| source.name == name)
    }

    /// Whose advisory of this identifier is.
    pub fn of(id: &str) -> Self {
        let begins = |(starts, _): &&(&[&str], Self)| {
            starts.iter().any(|start| id.get(..start.len()) == Some(*start))
        };
        PUBLISHERS.iter().find(begins).map_or(OTHERS, |(_, publisher)| *publisher)
    }

    /// The licence of the publisher of this name.
    pub fn licence_of(name: &str) -> &'static str {
        let is_named = |(_, publisher): &&(&[&str], Self)| publisher.name == name;
        PUBLISHERS.iter().find(is_named).map_or(UNSTATED, |(_, publisher)| publisher.licence)
    }

    /// Whose errata the repositories of a distribution carry.
    pub fn of_repositories(family: Family) -> Self {
        let is_of = |(_, publisher): &&(&[&str], Self)| publisher.name == family.as_str();
        PUBLISHERS.iter().find(is_of).map_or(OTHERS, |(_, publisher)| *publisher)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_say_whose_advisories_they_are() {
        #[rustfmt::skip]
        let cases = [
            // identifier            publisher
            ("DEBIAN-CVE-2024-1234", "Debian"),
            ("DSA-5000-1",           "Debian"),
            ("ALAS2023-2024-500",    "Amazon Linux"),
            ("ALSA-2024:1",          "AlmaLinux"),
            ("GHSA-jfh8-c2jp-5v3q",  "GitHub"),
            ("GO-2024-1",            "Go"),
            ("GOOGLE-1",             "Others"),
            ("",                     "Others"),
            ("\u{fc}\u{fc}",         "Others"),
        ];
        for (id, name) in cases {
            assert_eq!(Publisher::of(id).name, name, "{id}");
        }
        assert_eq!(Publisher::of_repositories(Family::AmazonLinux).name, "Amazon Linux");
        assert_eq!(Publisher::of_repositories(Family::Npm).name, "Others");
    }
}
