//! Where the records of one call come from: the server numbers what it refuses, and a person knows
//! files.

use crate::client::ClientFailure;

/// The origins of what one call sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origins {
    /// One file.
    Whole(String),
    /// One for each line.
    Lines(Vec<String>),
}

impl Origins {
    /// A sentence of the server, with a file in the place of the line that it names.
    pub(super) fn name(&self, told: &str) -> String {
        match self {
            Self::Whole(path) => format!("{path}: {told}"),
            Self::Lines(lines) => match line_in(told, lines) {
                Some((line, origin)) => told.replacen(&line, origin, 1),
                None => match (lines.first(), lines.last()) {
                    (Some(first), Some(last)) if first != last => {
                        format!("{first} … {last}: {told}")
                    }
                    (Some(one), _) => format!("{one}: {told}"),
                    (None, _) => told.to_owned(),
                },
            },
        }
    }

    /// The same of a call that was refused for what it sends.
    pub(super) fn name_failure(&self, failure: ClientFailure) -> ClientFailure {
        match failure {
            ClientFailure::Refused { status, code, message, request_id }
                if code == "InvalidParameterException" =>
            {
                let message = self.name(&message);
                ClientFailure::Refused { status, code, message, request_id }
            }
            failure => failure,
        }
    }
}

/// The first `line N` of a sentence, and where that line comes from.
fn line_in<'l>(told: &str, lines: &'l [String]) -> Option<(String, &'l str)> {
    const WORD: &str = "line ";
    let number = &told[told.find(WORD)? + WORD.len()..];
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    let number: usize = number[..end].parse().ok()?;
    let origin = lines.get(number.checked_sub(1)?)?;
    Some((format!("{WORD}{number}"), origin))
}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::*;

    #[test]
    fn what_is_refused_is_told_by_its_file() {
        let lines = Origins::Lines(["a.json", "b.jsonl, line 7"].map(str::to_owned).to_vec());
        let whole = Origins::Whole("updateinfo.xml".to_owned());
        #[rustfmt::skip]
        let cases = [
            // origins  sentence                             told
            (&lines, "line 1: it ends at line 1 column 2",   "a.json: it ends at line 1 column 2"),
            (&lines, "line 2: it is none",                   "b.jsonl, line 7: it is none"),
            (&lines, "'line 2 is longer than 9 bytes'",      "'b.jsonl, line 7 is longer than 9 bytes'"),
            (&lines, "line 3: there is no such line",        "a.json … b.jsonl, line 7: line 3: there is no such line"),
            (&lines, "no gzip",                              "a.json … b.jsonl, line 7: no gzip"),
            (&whole, "it ends at line 1",                    "updateinfo.xml: it ends at line 1"),
        ];
        for (origins, told, named) in cases {
            assert_eq!(origins.name(told), named);
        }
        let one = Origins::Lines(vec!["a.json".to_owned()]);
        assert_eq!(one.name("no gzip"), "a.json: no gzip");
    }

    #[test]
    fn only_a_refusal_of_the_documents_is_told_by_a_file() {
        let refused = |code: &str| ClientFailure::Refused {
            status: StatusCode::BAD_REQUEST,
            code: code.to_owned(),
            message: "why".to_owned(),
            request_id: None,
        };
        let named = |code: &str| {
            Origins::Whole("kev.json".to_owned()).name_failure(refused(code)).to_string()
        };
        assert_eq!(named("InvalidParameterException"), "InvalidParameterException: kev.json: why");
        assert_eq!(named("AccessDeniedException"), "AccessDeniedException: why");
    }
}
