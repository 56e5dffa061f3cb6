//! The checks before the tests, cheapest first.

use std::time::Instant;

use super::command::command;
use super::report::{Table, heading};

/// One check: a target of the Makefile, which has the command.
pub(super) struct Step {
    pub(super) name: &'static str,
}

pub(super) const STEPS: [Step; 4] = [
    Step { name: "fmt" },
    Step { name: "deny" },
    Step { name: "codegen-check" },
    Step { name: "lint" },
];

/// The checks that run beside the tests: no test depends on them, and they keep one processor.
pub(super) const BESIDE: [&str; 1] = ["docs"];

impl Step {
    pub(super) fn run(&self, table: &mut Table) -> Result<(), String> {
        heading(self.name);
        let began = Instant::now();
        let status = command(&["make", "--no-print-directory", self.name]).status();
        let succeeded = status.as_ref().is_ok_and(std::process::ExitStatus::success);
        table.step(self.name, began.elapsed(), succeeded, &format!("make {}", self.name));
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(_) => Err(format!("{} failed: see above", self.name)),
            Err(error) => Err(format!("make: {error}")),
        }
    }
}
