//! A server that a shell runs for as long as this process holds a pipe open: it ends with this
//! process, even if that is killed.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The shell.
#[derive(Debug)]
pub(crate) struct Watched {
    process: Child,
    /// Dropped when the server is to end: the shell waits for the end of this pipe.
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Watched {
    /// Runs a script. Returns its output after `ready`, or why it did not get there.
    pub(crate) fn start(script: &str, arguments: &[&OsStr]) -> Result<(Self, Vec<String>), String> {
        let mut command = Command::new("sh");
        command.args(["-c", script, "stand-in"]).args(arguments);
        let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut process = spawned.map_err(|error| format!("there is no shell: {error}"))?;
        let orders = process.stdin.take();
        let answers = BufReader::new(process.stdout.take().expect("its output is a pipe"));
        let mut watched = Self { process, orders, answers };
        let answer = watched.answer();
        let mut words = answer.split_whitespace().map(str::to_owned);
        if words.next().as_deref() == Some("ready") {
            Ok((watched, words.collect()))
        } else {
            Err(answer.trim_start_matches("missing: ").to_owned())
        }
    }

    /// Sends an order, and checks that it was carried out.
    pub(crate) fn order(&mut self, order: &str, done: &str) {
        let orders = self.orders.as_mut().expect("there until drop");
        writeln!(orders, "{order}").expect("the shell reads as long as this lives");
        assert_eq!(self.answer(), done, "what the shell answers to {order}");
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        let read = self.answers.read_line(&mut line);
        read.map_or_else(|error| error.to_string(), |_| line.trim_end().to_owned())
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        drop(self.orders.take());
        // The shell stops the server and removes the folder; if it fails at that, no test is wrong.
        drop(self.process.wait());
    }
}
