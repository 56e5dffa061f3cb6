//! The encoding of tokens: numbers in eight bytes, words with two bytes of length before each.

pub(crate) fn push_word(out: &mut Vec<u8>, word: &str) {
    let length = u16::try_from(word.len()).expect("the words of a token are far below 64 KiB");
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(word.as_bytes());
}

/// No word, or one.
pub(crate) fn push_optional(out: &mut Vec<u8>, word: Option<&str>) {
    out.push(u8::from(word.is_some()));
    if let Some(word) = word {
        push_word(out, word);
    }
}

pub(crate) fn push_words<'a>(out: &mut Vec<u8>, words: impl ExactSizeIterator<Item = &'a str>) {
    out.push(u8::try_from(words.len()).expect("lists in tokens are bounded far below 256"));
    words.for_each(|word| push_word(out, word));
}

pub(crate) fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, left) = rest.split_first_chunk::<N>()?;
    *rest = left;
    Some(*taken)
}

pub(crate) fn take_i64(rest: &mut &[u8]) -> Option<i64> {
    take(rest).map(i64::from_be_bytes)
}

pub(crate) fn take_word<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let length = u16::from_be_bytes(take(rest)?);
    let (word, left) = rest.split_at_checked(usize::from(length))?;
    *rest = left;
    str::from_utf8(word).ok()
}

/// The bytes end too early, or are not in our format.
pub(crate) struct Cut;

pub(crate) fn take_optional<'a>(rest: &mut &'a [u8]) -> Result<Option<&'a str>, Cut> {
    match take::<1>(rest) {
        Some([0]) => Ok(None),
        Some([1]) => take_word(rest).map(Some).ok_or(Cut),
        _ => Err(Cut),
    }
}

pub(crate) fn take_words(rest: &mut &[u8]) -> Option<Vec<String>> {
    let [count] = take::<1>(rest)?;
    (0..count).map(|_| take_word(rest).map(str::to_owned)).collect()
}
