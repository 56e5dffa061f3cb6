use std::process::ExitCode;

/// What the help of a command says at its end that acts, or prints a list.
pub(super) const EXIT_CODES: &str = "Exit code 0: done. 1: refused or failed. 2: wrong usage.";

/// Says what is wrong with a word of the command line, and with which code the program exits.
pub(super) fn wrong_usage(why: &str) -> ExitCode {
    eprintln!("longshore: {why}");
    ExitCode::from(2)
}
