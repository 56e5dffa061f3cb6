//! The moves of tags, as an answer of the server has them, for people to read.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

use super::moment::moment;

/// Digits of a digest that a table shows: enough to tell images apart.
const DIGITS: usize = 12;

/// Stands for no image.
const NONE: &str = "-";

/// Renders moves as a table, with a column of tags if they are of several.
pub(super) fn tell(answer: &Value, with_tags: bool) -> String {
    let moves = moves(answer);
    if moves.is_empty() {
        return "no move is remembered\n".to_owned();
    }
    let mut rows = vec![["WHEN", "TAG", "FROM", "TO", "THROUGH", "BY"].map(str::to_owned)];
    rows.extend(moves.iter().map(row));
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let mut told = String::new();
    for row in &rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            if column != 1 || with_tags {
                let _ = write!(line, "{cell:<width$}  ");
            }
        }
        told.push_str(line.trim_end());
        told.push('\n');
    }
    told
}

fn row(found: &Value) -> [String; 6] {
    let text = |member: &str| found[member].as_str().unwrap_or_default();
    [
        moment(&found["MovedAt"]),
        text("ImageTag").to_owned(),
        shortened(text("FromImageDigest")),
        shortened(text("ToImageDigest")),
        through(text("MovedThrough")),
        caller(text("MovedBy")),
    ]
}

fn shortened(digest: &str) -> String {
    match digest.split_once(':') {
        Some((algorithm, digits)) => {
            let digits: String = digits.chars().take(DIGITS).collect();
            format!("{algorithm}:{digits}")
        }
        None => NONE.to_owned(),
    }
}

/// A word of a newer server is shown as it is.
fn through(word: &str) -> String {
    match word {
        "AWS_API" => "AWS API",
        "OCI_API" => "OCI API",
        "ROLLBACK" => "rollback",
        "RESTORE" => "restore",
        "LIFECYCLE_POLICY" => "lifecycle policy",
        "PULL_THROUGH_CACHE" => "pull through cache",
        word => word,
    }
    .to_owned()
}

/// `123456789012:user/kim` of `arn:aws:iam::123456789012:user/kim`.
fn caller(arn: &str) -> String {
    match arn.split_once("::") {
        Some((_, caller)) => caller.to_owned(),
        None => arn.to_owned(),
    }
}

/// The one digest in these moves that begins like this.
pub(super) fn matching_digest(answer: &Value, beginning: &str) -> Result<String, String> {
    let members = ["FromImageDigest", "ToImageDigest"];
    let all = moves(answer).iter().flat_map(|found| members.map(|member| found[member].as_str()));
    let matching: BTreeSet<&str> =
        all.flatten().filter(|digest| digest.starts_with(beginning)).collect();
    let mut matching = matching.into_iter();
    match (matching.next(), matching.next()) {
        (Some(one), None) => Ok(one.to_owned()),
        (None, _) => Err(format!("no digest in the history of the tag begins with {beginning}")),
        (Some(one), Some(other)) => {
            Err(format!("{one} and {other} begin with {beginning}: write more of it"))
        }
    }
}

fn moves(answer: &Value) -> &[Value] {
    answer["Moves"].as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn history() -> Value {
        let (a, b) = (format!("sha256:{}", "a".repeat(64)), format!("sha256:ab{}", "b".repeat(62)));
        json!({ "Moves": [
            { "ImageTag": "latest", "FromImageDigest": b, "MovedAt": 7.5, "MovedThrough": "LIFECYCLE_POLICY" },
            { "ImageTag": "latest", "FromImageDigest": a, "ToImageDigest": b, "MovedAt": 5,
              "MovedBy": "arn:aws:sts::123456789012:assumed-role/ci/run-7", "MovedThrough": "AWS_API" },
            { "ImageTag": "v1", "ToImageDigest": a, "MovedAt": 0,
              "MovedBy": "arn:aws:iam::123456789012:user/kim", "MovedThrough": "OCI_API" },
        ]})
    }

    #[test]
    fn moves_are_a_table() {
        let all = "\
WHEN                  TAG     FROM                 TO                   THROUGH           BY
1970-01-01T00:00:07Z  latest  sha256:abbbbbbbbbbb  -                    lifecycle policy
1970-01-01T00:00:05Z  latest  sha256:aaaaaaaaaaaa  sha256:abbbbbbbbbbb  AWS API           123456789012:assumed-role/ci/run-7
1970-01-01T00:00:00Z  v1      -                    sha256:aaaaaaaaaaaa  OCI API           123456789012:user/kim
";
        assert_eq!(tell(&history(), true), all);
        let of_one = tell(&history(), false);
        assert!(of_one.starts_with("WHEN                  FROM "), "{of_one}");
        assert_eq!(tell(&json!({ "Moves": [] }), true), "no move is remembered\n");
    }

    #[test]
    fn a_shortened_digest_stands_for_one() {
        let found = |beginning: &str| matching_digest(&history(), beginning);
        assert_eq!(found("sha256:aa").unwrap(), format!("sha256:{}", "a".repeat(64)));
        assert!(found("sha256:ab").unwrap().starts_with("sha256:abbb"));
        assert!(found("sha256:a").unwrap_err().ends_with("begin with sha256:a: write more of it"));
        let none = "no digest in the history of the tag begins with sha256:c";
        assert_eq!(found("sha256:c").unwrap_err(), none);
    }
}
