//! Exposes the parser of this door to a fuzz target.

use super::request::{Read, account_of, behind, parse};

/// Reads a path and a query: the key of an object that is named, and the account that it is of.
pub(crate) fn read(path: &str, query: &str) -> Option<(String, Option<String>)> {
    match parse(path, query)? {
        (_, Read::Object(key)) => {
            let account = behind("", &key).and_then(account_of);
            Some((key, account.map(|account| account.to_string())))
        }
        (_, Read::List(_) | Read::Location) => None,
    }
}
