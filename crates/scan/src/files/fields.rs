use std::borrow::Cow;

/// The longest line that is looked at. Values that matter are short.
const LINE_BYTES_MAX: usize = 64 * 1024;

/// A line `Name: value`.
pub(crate) fn field(line: &[u8]) -> Option<(&str, Cow<'_, str>)> {
    if line.len() > LINE_BYTES_MAX {
        return None;
    }
    let colon = line.iter().position(|byte| *byte == b':')?;
    let name = std::str::from_utf8(&line[..colon]).ok()?;
    Some((name.trim_end(), String::from_utf8_lossy(line[colon + 1..].trim_ascii())))
}

/// The lines of a file, with or without `\r`.
pub(crate) fn lines(content: &[u8]) -> impl Iterator<Item = &[u8]> {
    content.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

/// Text without the mark that some editors put at its start.
pub(crate) fn without_mark(content: &[u8]) -> &[u8] {
    content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content)
}
