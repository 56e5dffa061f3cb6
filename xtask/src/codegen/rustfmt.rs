use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::files;

/// Runs the text through `rustfmt` with the project's settings.
pub(super) fn formatted(rust: &str) -> Result<String, String> {
    let complain = |error: std::io::Error| format!("rustfmt: {error}");
    let mut rustfmt = Command::new("rustfmt")
        .arg("--config-path")
        .arg(files::root().join("rustfmt.toml"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(complain)?;
    let mut input = rustfmt.stdin.take().expect("standard input is piped");
    let text = rust.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = rustfmt.wait_with_output().map_err(complain)?;
    writer.join().expect("the writer does not panic").map_err(complain)?;
    if !output.status.success() {
        return Err("rustfmt refused the generated text".to_owned());
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}
