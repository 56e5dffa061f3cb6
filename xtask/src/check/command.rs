use std::process::Command;

/// A program with its arguments.
pub(super) fn command(words: &[&str]) -> Command {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).current_dir(crate::files::root());
    command
}
