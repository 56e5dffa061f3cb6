//! A strict JSON reader for policies: no duplicate keys, and each value knows its position.

use std::borrow::Cow;
use std::ops::Range;

/// A policy's condition values are six levels deep; no policy needs more than this.
const DEPTH_MAX: usize = 12;

/// The text is not JSON, has a duplicate key, or nests too deep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotJson;

#[derive(Debug)]
pub(crate) struct Json<'a> {
    pub(crate) value: Value<'a>,
    /// Its position in the text, in bytes.
    pub(crate) at: Range<usize>,
}

#[derive(Debug)]
pub(crate) enum Value<'a> {
    Null,
    Bool(bool),
    /// As it was written: no digit is lost.
    Number(&'a str),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// Reads a text that is one value.
pub(crate) fn read(text: &str) -> Result<Json<'_>, NotJson> {
    read_to_depth(text, DEPTH_MAX)
}

/// The same, with another limit of how deep it nests.
pub(crate) fn read_to_depth(text: &str, depth_max: usize) -> Result<Json<'_>, NotJson> {
    let mut reader = Reader { text, at: 0, depth_max };
    let json = reader.json(0)?;
    reader.skip_space();
    if reader.at == text.len() { Ok(json) } else { Err(NotJson) }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth_max: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), NotJson> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(NotJson)
        }
    }

    fn json(&mut self, depth: usize) -> Result<Json<'a>, NotJson> {
        self.skip_space();
        let start = self.at;
        let value = match self.peek().ok_or(NotJson)? {
            b'{' => self.object(depth + 1)?,
            b'[' => self.list(depth + 1)?,
            b'"' => Value::Text(self.string()?),
            b't' => self.word("true", Value::Bool(true))?,
            b'f' => self.word("false", Value::Bool(false))?,
            b'n' => self.word("null", Value::Null)?,
            _ => Value::Number(self.number()?),
        };
        Ok(Json { value, at: start..self.at })
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Result<Value<'a>, NotJson> {
        if self.text[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(value)
        } else {
            Err(NotJson)
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value<'a>, NotJson> {
        self.open(b'{', depth)?;
        let mut members = Vec::new();
        if self.closes(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            self.skip_space();
            let key = self.string()?;
            self.skip_space();
            self.expect(b':')?;
            members.push((key, self.json(depth)?));
            if self.ends(b'}')? {
                break;
            }
        }
        let mut keys: Vec<&str> = members.iter().map(|(key, _)| &**key).collect();
        keys.sort_unstable();
        if keys.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(NotJson);
        }
        Ok(Value::Object(members))
    }

    fn list(&mut self, depth: usize) -> Result<Value<'a>, NotJson> {
        self.open(b'[', depth)?;
        let mut items = Vec::new();
        if self.closes(b']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.json(depth)?);
            if self.ends(b']')? {
                return Ok(Value::List(items));
            }
        }
    }

    fn open(&mut self, bracket: u8, depth: usize) -> Result<(), NotJson> {
        if depth > self.depth_max {
            return Err(NotJson);
        }
        self.expect(bracket)
    }

    /// Closes at once: an empty object or list.
    fn closes(&mut self, bracket: u8) -> bool {
        self.skip_space();
        self.expect(bracket).is_ok()
    }

    /// After a member or an item: is it the last?
    fn ends(&mut self, bracket: u8) -> Result<bool, NotJson> {
        self.skip_space();
        if self.expect(b',').is_ok() {
            return Ok(false);
        }
        self.expect(bracket)?;
        Ok(true)
    }

    fn number(&mut self) -> Result<&'a str, NotJson> {
        let start = self.at;
        let _ = self.expect(b'-');
        if self.expect(b'0').is_err() {
            self.digits()?;
        }
        if self.expect(b'.').is_ok() {
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(&self.text[start..self.at])
    }

    fn digits(&mut self) -> Result<(), NotJson> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(NotJson) }
    }

    fn string(&mut self) -> Result<Cow<'a, str>, NotJson> {
        self.expect(b'"')?;
        let start = self.at;
        self.plain();
        let first = &self.text[start..self.at];
        if self.expect(b'"').is_ok() {
            return Ok(Cow::Borrowed(first));
        }
        let mut text = first.to_owned();
        loop {
            match self.peek().ok_or(NotJson)? {
                b'"' => {
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                b'\\' => {
                    self.at += 1;
                    text.push(self.escape()?);
                }
                0..=0x1f => return Err(NotJson),
                _ => {
                    let start = self.at;
                    self.plain();
                    text.push_str(&self.text[start..self.at]);
                }
            }
        }
    }

    /// Skips the plain characters of a string.
    fn plain(&mut self) {
        while self.peek().is_some_and(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
            self.at += 1;
        }
    }

    fn escape(&mut self) -> Result<char, NotJson> {
        let byte = self.peek().ok_or(NotJson)?;
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => return Err(NotJson),
        })
    }

    fn code_point(&mut self) -> Result<char, NotJson> {
        let first = self.hex4()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first).ok_or(NotJson);
        }
        self.expect(b'\\')?;
        self.expect(b'u')?;
        let second = self.hex4()?;
        if !(0xdc00..0xe000).contains(&second) {
            return Err(NotJson);
        }
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)).ok_or(NotJson)
    }

    fn hex4(&mut self) -> Result<u32, NotJson> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4).ok_or(NotJson)?;
        let mut value = 0;
        for digit in digits {
            value = value * 16 + char::from(*digit).to_digit(16).ok_or(NotJson)?;
        }
        self.at += 4;
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_read_strictly() {
        #[rustfmt::skip]
        let cases = [
            (r#"{"a":[1,-0.5,1e3,true,false,null,"x"]}"#, true,  "every kind of value"),
            (" \t\r\n{ } ",                               true,  "space around"),
            (r#""\ud83d\ude00\u00e9\n\/""#,               true,  "escapes"),
            ("[]",                                        true,  "an empty list"),
            ("",                                          false, "nothing"),
            ("{",                                         false, "not closed"),
            ("{}}",                                       false, "more than one value"),
            (r#"{"a":1,"a":2}"#,                          false, "a key twice"),
            (r#"{"a":1,"\u0061":2}"#,                     false, "a key twice, once escaped"),
            (r#"{"a":1,}"#,                               false, "a comma too many"),
            ("[1,]",                                      false, "a comma too many"),
            ("{a:1}",                                     false, "a key without quotes"),
            ("'a'",                                       false, "other quotes"),
            ("01",                                        false, "a zero in front"),
            ("+1",                                        false, "a plus"),
            ("1.",                                        false, "no digit after the point"),
            ("-",                                         false, "no digit"),
            ("nul",                                       false, "half a word"),
            ("// a\n{}",                                  false, "a comment"),
            ("\"a\nb\"",                                  false, "a line break in a string"),
            (r#""\ud83d""#,                               false, "half a surrogate pair"),
            (r#""\udc00""#,                               false, "the other half"),
            (r#""\ud83d\u0041""#,                         false, "a half with something else"),
            (r#""\x41""#,                                 false, "an escape that is none"),
            (r#""\u00g0""#,                               false, "not hexadecimal"),
            (r#""\u00é""#,                                false, "a cut character"),
            ("\u{feff}{}",                                false, "a byte order mark"),
        ];
        for (text, accepted, because) in cases {
            assert_eq!(read(text).is_ok(), accepted, "{text}: {because}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(read(&nested(DEPTH_MAX)).is_ok());
        assert!(read(&nested(DEPTH_MAX + 1)).is_err());
        assert!(read(&"[".repeat(1_000_000)).is_err());
    }

    #[test]
    fn values_know_where_they_stood() {
        let text = r#"{"a": {"b": 1} }"#;
        let Value::Object(members) = read(text).unwrap().value else { panic!("an object") };
        assert_eq!(&text[members[0].1.at.clone()], r#"{"b": 1}"#);
    }
}
