//! Digests in inputs: checked by ECR's expression first, then by our grammar, which is narrower.

use names::Digest;
use wire::aws::WireRefusal;
use wire::aws::check::invalid_parameter;

/// ECR's expression.
pub(super) const EXPRESSION: &str = "[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+";

/// Reads a digest that the call cannot do without.
pub(in crate::doors::aws) fn read(path: &str, text: &str) -> Result<Digest, WireRefusal> {
    Digest::parse(text).map_err(|_| {
        let constraint = if satisfies_expression(text) {
            "Digest must be sha256 or sha512 in lower-case hexadecimal".to_owned()
        } else {
            format!("must satisfy regular expression '{EXPRESSION}'")
        };
        invalid_parameter(path, &constraint)
    })
}

/// Whether the whole text satisfies ECR's expression.
pub(super) fn satisfies_expression(text: &str) -> bool {
    let in_algorithm = |b: u8| b.is_ascii_alphanumeric() || b"-_+.".contains(&b);
    text.split_once(':').is_some_and(|(algorithm, hex)| {
        !algorithm.is_empty()
            && !hex.is_empty()
            && algorithm.bytes().all(in_algorithm)
            && hex.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_expression_of_digests() {
        #[rustfmt::skip]
        let cases = [
            ("sha256:0123",          true,  "short, but the expression does not count"),
            ("SHA256:ABCdef",        true,  "upper case"),
            ("a-_+.9:f",             true,  "every character of an algorithm"),
            ("sha256",               false, "no colon"),
            ("sha256:",              false, "no hash"),
            (":abc",                 false, "no algorithm"),
            ("sha256:abc:abc",       false, "two colons"),
            ("sha256:xyz",           false, "not hexadecimal"),
            ("sha256:abc\n",         false, "a line end is a character"),
            ("",                     false, "empty"),
        ];
        for (text, expected, because) in cases {
            assert_eq!(satisfies_expression(text), expected, "{text:?}: {because}");
        }
    }
}
