use crate::words::Name;

/// Where those write from who publish packages for Debian and Ubuntu that are not theirs. A list,
/// because the maintainers of the distributions write from anywhere.
const OF_OTHERS: [&str; 12] = [
    "@chromium.org",
    "@confluent.io",
    "@datadoghq.com",
    "@docker.com",
    "@elastic.co",
    "@gitlab.com",
    "@grafana.com",
    "@hashicorp.com",
    "@microsoft.com",
    "@mongodb.com",
    "@nodesource.com",
    "@nvidia.com",
];

/// How the vendors of rpm's distributions begin.
const OF_DISTRIBUTIONS: [&str; 14] = [
    "AlmaLinux",
    "Amazon",
    "CentOS",
    "CloudLinux",
    "Fedora",
    "Koji",
    "Mageia",
    "Microsoft",
    "Oracle",
    "Red Hat",
    "Rocky",
    "SUSE",
    "openEuler",
    "openSUSE",
];

/// The maintainer of a package of dpkg, if it is none of the distribution.
pub(crate) fn foreign_maintainer(maintainer: &str) -> Option<Name> {
    let address = maintainer.to_ascii_lowercase();
    let is_foreign = OF_OTHERS.iter().any(|end| address.trim_end_matches('>').ends_with(end));
    is_foreign.then(|| Name::parse(maintainer).ok()).flatten()
}

/// The vendor of a package of rpm, if it is none of a distribution. One without a vendor was built
/// by hand, mostly from a distribution's source.
pub(crate) fn foreign_vendor(vendor: &str) -> Option<Name> {
    let is_known = OF_DISTRIBUTIONS.iter().any(|start| vendor.starts_with(start));
    Name::parse(vendor).ok().filter(|_| !is_known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_are_told_from_the_distribution() {
        #[rustfmt::skip]
        let maintainers = [
            ("Docker <support@docker.com>",                       true),
            ("Ivan Iguaran <ivan@nodesource.com>",                true),
            ("Debian GCC Maintainers <debian-gcc@lists.debian.org>", false),
            ("A Person <a.person@example.org>",                   false),
            ("",                                                  false),
        ];
        for (maintainer, is_foreign) in maintainers {
            assert_eq!(foreign_maintainer(maintainer).is_some(), is_foreign, "{maintainer}");
        }
        #[rustfmt::skip]
        let vendors = [
            ("Docker",                             true),
            ("Fedora Project",                     false),
            ("SUSE LLC <https://www.suse.com/>",   false),
            ("Amazon.com",                         false),
            ("",                                   false),
        ];
        for (vendor, is_foreign) in vendors {
            assert_eq!(foreign_vendor(vendor).is_some(), is_foreign, "{vendor}");
        }
    }
}
