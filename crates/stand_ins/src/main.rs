//! `cargo run -p stand_ins -- postgres`: runs a PostgreSQL for all test processes until standard
//! input ends.
//!
//! It prints one line, the value of `LONGSHORE_TEST_POSTGRES` for those processes. It exits with 1
//! and says why if there is no PostgreSQL here; without the variable each test then says what it
//! skips.

use std::io::Write;
use std::process::ExitCode;
use std::{env, io};

use stand_ins::Postgres;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments != ["postgres"] {
        eprintln!("stand_ins postgres");
        return ExitCode::from(2);
    }
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("stand_ins: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let server = Postgres::start()?;
    let said = writeln!(io::stdout(), "{}", server.as_handed_over());
    said.and_then(|()| io::copy(&mut io::stdin(), &mut io::sink()))
        .map(drop)
        .map_err(|error| error.to_string())
}
