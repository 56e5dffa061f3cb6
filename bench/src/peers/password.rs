//! One user and one password, for the peers that keep them in a file.
//!
//! The registries take nothing but bcrypt and compute it anew for each request, so theirs has the
//! lowest cost there is. nginx gets the password in the clear, which is the fastest it can check.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const USER: &str = "AWS";
const PASSWORD: &str = "bench";

/// `bench`, at cost 4.
const BCRYPT: &str = "$2y$04$dmc50I7gypQS4rtr60gydeTHBm/5.QlEvSefv3r4RKmunlWornVEi";

pub(super) fn authorization() -> String {
    format!("Basic {}", STANDARD.encode(format!("{USER}:{PASSWORD}")))
}

pub(super) fn bcrypt_line() -> String {
    format!("{USER}:{BCRYPT}\n")
}

pub(super) fn plain_line() -> String {
    format!("{USER}:{{PLAIN}}{PASSWORD}\n")
}
