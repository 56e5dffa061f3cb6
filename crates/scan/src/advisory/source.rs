use super::ecosystem::Family;
use crate::words::Name;

impl Family {
    /// The word of ECR's `source` in an enhanced finding: whose data it is.
    pub fn source(self) -> &'static str {
        match self {
            Self::Debian => "DEBIAN_CVE",
            Self::Ubuntu => "UBUNTU_CVE",
            Self::Alpine => "ALPINE_CVE",
            Self::RedHat => "REDHAT_CVE",
            Self::AmazonLinux => "AMAZON_CVE",
            Self::AlmaLinux => "ALMALINUX_CVE",
            Self::RockyLinux => "ROCKY_CVE",
            Self::OracleLinux => "ORACLE_CVE",
            Self::Suse | Self::OpenSuse => "SUSE_CVE",
            Self::Fedora => "FEDORA_CVE",
            Self::AzureLinux => "AZURE_LINUX_CVE",
            Self::Wolfi => "WOLFI_CVE",
            Self::Chainguard => "CHAINGUARD_CVE",
            Self::MinimOs => "MINIMOS_CVE",
            Self::Echo => "ECHO_CVE",
            Self::OpenEuler => "OPENEULER_CVE",
            Self::Mageia => "MAGEIA_CVE",
            Self::PyPi
            | Self::Npm
            | Self::Go
            | Self::CratesIo
            | Self::Maven
            | Self::RubyGems
            | Self::Packagist
            | Self::NuGet => "OSV",
        }
    }

    /// The page on a vulnerability: the distribution's, for a CVE and a distribution that has one;
    /// else that of NVD or of OSV. It is ECR's `uri` and `sourceUrl`.
    pub fn page_of(self, vulnerability: &Name) -> String {
        let id = vulnerability.as_str();
        if !id.starts_with("CVE-") {
            return format!("https://osv.dev/vulnerability/{id}");
        }
        match self {
            Self::Debian => format!("https://security-tracker.debian.org/tracker/{id}"),
            Self::Ubuntu => format!("https://ubuntu.com/security/{id}"),
            Self::Alpine => format!("https://security.alpinelinux.org/vuln/{id}"),
            Self::RedHat => format!("https://access.redhat.com/security/cve/{id}"),
            Self::AmazonLinux => format!("https://alas.aws.amazon.com/cve/html/{id}.html"),
            Self::OracleLinux => format!("https://linux.oracle.com/cve/{id}.html"),
            Self::Suse | Self::OpenSuse => format!("https://www.suse.com/security/cve/{id}.html"),
            _ => format!("https://nvd.nist.gov/vuln/detail/{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_link_to_pages_of_their_source() {
        #[rustfmt::skip]
        let cases = [
            // family            vulnerability    page
            (Family::Debian,     "CVE-2024-1",    "https://security-tracker.debian.org/tracker/CVE-2024-1"),
            (Family::Npm,        "CVE-2024-1",    "https://nvd.nist.gov/vuln/detail/CVE-2024-1"),
            (Family::Npm,        "GHSA-x-y-z",    "https://osv.dev/vulnerability/GHSA-x-y-z"),
        ];
        for (family, vulnerability, page) in cases {
            assert_eq!(family.page_of(&Name::parse(vulnerability).unwrap()), page);
        }
    }
}
