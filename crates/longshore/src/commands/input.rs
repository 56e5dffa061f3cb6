use std::io::{self, Read as _};

/// docker and kubelet write a few lines and a token.
const BYTES_MAX: u64 = 1 << 20;

/// All of standard input.
pub(super) fn read() -> io::Result<String> {
    let mut text = String::new();
    io::stdin().lock().take(BYTES_MAX + 1).read_to_string(&mut text)?;
    if text.len() as u64 > BYTES_MAX {
        return Err(io::Error::other("standard input is longer than 1 MiB"));
    }
    Ok(text)
}
