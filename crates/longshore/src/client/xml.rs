//! Reads the few values that we need from an answer of the Query protocol. Its elements have no
//! attributes.

/// The text of the first element of that name, if it holds only text.
pub(super) fn text_of(document: &str, element: &str) -> Option<String> {
    let (_, rest) = document.split_once(&format!("<{element}>"))?;
    let (text, _) = rest.split_once(&format!("</{element}>"))?;
    (!text.contains('<')).then(|| unescape(text))?
}

/// Replaces character references with their characters. `None` if one is malformed.
fn unescape(text: &str) -> Option<String> {
    let mut pieces = text.split('&');
    let mut out = pieces.next()?.to_owned();
    for piece in pieces {
        let (reference, rest) = piece.split_once(';')?;
        out.push(match reference {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            number => {
                let number = number.strip_prefix('#')?;
                let code = match number.strip_prefix('x') {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code)?
            }
        });
        out.push_str(rest);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_from_answers() {
        #[rustfmt::skip]
        let cases = [
            // document                              text             because
            ("<A><K>v</K></A>",                      Some("v"),       "an element within another"),
            ("<K>1</K><K>2</K>",                     Some("1"),       "the first of two"),
            ("<K>a&amp;b&lt;&#10;&#x41;&quot;</K>",  Some("a&b<\nA\""), "references"),
            ("<K></K>",                              Some(""),        "empty"),
            ("<K>a&nbsp;b</K>",                      None,            "no such reference"),
            ("<K>a&amp b</K>",                       None,            "a reference without an end"),
            ("<K><L>v</L></K>",                      None,            "no text but an element"),
            ("<K>v",                                 None,            "no end"),
            ("<J>v</J>",                             None,            "another element"),
        ];
        for (document, text, because) in cases {
            assert_eq!(text_of(document, "K").as_deref(), text, "{document}: {because}");
        }
    }
}
