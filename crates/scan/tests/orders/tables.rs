use scan::Order::{self, Apk, Composer, Dpkg, Gem, Maven, Nuget, Python, Rpm, Semver};

/// Each line is in order, from the oldest.
#[test]
fn versions_from_the_oldest() {
    #[rustfmt::skip]
    let cases: [(Order, &[&str]); 10] = [
        (Dpkg,     &["1.0~rc1-1", "1.0-1~bpo12+1", "1.0-1", "1.0-1+b1", "1.0-1+deb12u1", "1.0-1+deb12u10", "1.0+dfsg-1", "1:0.1"]),
        (Rpm,      &["1.0~rc1-1", "1.0-1", "1.0-1.el9", "1.0-2", "1.0^git1-1", "1.0.1-1", "1:0.1-1"]),
        (Apk,      &["1.0_alpha", "1.0_rc1", "1.0", "1.0-r1", "1.0-r10", "1.0_p1", "1.0a", "1.0.1"]),
        (Python,   &["not-pep-440", "1.0.dev1", "1.0a1", "1.0rc1", "1.0", "1.0+local", "1.0.post1", "1.1", "1!0.1"]),
        (Semver,   &["0.0.0-20220715151400-c0bba94af5f8", "1.0.0-1", "1.0.0-alpha", "1.0.0-alpha.1", "v1.0.0", "1.0.1+incompatible", "99999999999999999999.0.0"]),
        (Maven,    &["1-alpha", "1-beta", "1-m1", "1-rc", "1-SNAPSHOT", "1", "1-sp", "1-jre", "1-1", "1.1"]),
        (Gem,      &["1.0.0.a", "1.0.0.b2", "1.0.0.rc1", "1.0.0", "1.0.0.1", "1.0.1"]),
        (Composer, &["1.0-dev", "1.0-alpha1", "1.0-beta", "1.0-RC1", "1.0", "1.0-patch1", "1.0.1", "1.x-dev"]),
        (Nuget,    &["1.0.0-alpha", "1.0.0-Beta.2", "1.0.0-beta.10", "1.0.0-rc", "1.0.0", "1.0.0.1", "1.0.1"]),
        (Nuget,    &["1.0.0-1", "1.0.0-A", "1.0.0-b"]),
    ];
    for (order, versions) in cases {
        for (index, one) in versions.iter().enumerate() {
            for (other_index, other) in versions.iter().enumerate() {
                let compared = order.compare(one, other);
                assert_eq!(compared, Some(index.cmp(&other_index)), "{order:?} {one} {other}");
            }
        }
    }
}

#[test]
fn spellings_of_one_version() {
    #[rustfmt::skip]
    let cases = [
        // order     one            other           because
        (Dpkg,     "0:1.0-0",       "1.0",          "no epoch is epoch 0, no revision is revision 0"),
        (Rpm,      "0:1.0-1",       "1.0-1",        "no epoch is epoch 0"),
        (Rpm,      "1.0.01-1",      "1.0.1-1",      "numbers, not texts"),
        (Python,   "1.0",           "1.0.0",        "zeros at the end"),
        (Python,   "1.0alpha1",     "1.0a1",        "words in full"),
        (Semver,   "v1.2",          "1.2.0+x",      "a `v`, a missing number, what is not compared"),
        (Maven,    "1.0.0-ga",      "1",            "what means nothing"),
        (Gem,      "1.0.0",         "1",            "zeros at the end"),
        (Composer, "v1.0",          "1.0.0.0",      "four numbers"),
        (Nuget,    "1.0-RC+a",      "1.0.0.0-rc",   "without case"),
    ];
    for (order, one, other, because) in cases {
        let compared = order.compare(one, other);
        assert_eq!(compared, Some(std::cmp::Ordering::Equal), "{order:?} {one} {other}: {because}");
    }
}

#[test]
fn what_is_no_version_has_no_order() {
    let long = "1".repeat(257);
    #[rustfmt::skip]
    let cases = [
        (Dpkg,     "x:1.0"),
        (Dpkg,     "1.0 2"),
        (Apk,      "v1.0"),
        (Apk,      "1.0-1"),
        (Apk,      "1.0_new"),
        (Semver,   "latest"),
        (Semver,   "1..0"),
        (Gem,      "1..0"),
        (Composer, "dev-main"),
        (Composer, "1.0-gamma"),
        (Nuget,    "1.2.3.4.5"),
        (Rpm,      ""),
        (Python,   ""),
        (Maven,    " "),
        (Maven,    &long),
        (Dpkg,     &long),
    ];
    for (order, text) in cases {
        assert_eq!(order.compare(text, "1.0"), None, "{order:?} {text}");
        assert_eq!(order.compare("1.0", text), None, "{order:?} {text}");
    }
}
