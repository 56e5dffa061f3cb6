//! Starting a server, knowing that it is ready, and ending it.
//!
//! Only processes that this program started are ever signalled, each by its own id.

use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

/// A server that is not ready by then is broken.
const READY_SECONDS_MAX: u64 = 60;
/// A server that has not ended by then is killed.
const END_SECONDS_MAX: u64 = 10;
/// The pause between two checks: far below the units in which a start is measured.
const LOOK_INTERVAL: Duration = Duration::from_micros(200);

const READY_WORDS: &str = "listening on http://";

/// How to start a server, as often as needed, always on the same data.
pub(super) struct Launch {
    pub(super) program: PathBuf,
    pub(super) arguments: Vec<String>,
    pub(super) environment: Vec<(&'static str, String)>,
    pub(super) ready: Ready,
    /// The folder of `stdout` and `stderr`.
    pub(super) folder: PathBuf,
}

/// How a server says that it is ready.
#[derive(Clone, Copy)]
pub(super) enum Ready {
    /// It prints `listening on http://ADDRESS`.
    Prints,
    /// It accepts connections there.
    Accepts(SocketAddr),
}

/// A process that runs until this is dropped.
pub(super) struct Running {
    child: Child,
    pub(super) address: SocketAddr,
}

impl Launch {
    pub(super) fn start(&self) -> Result<Running> {
        let Self { program, arguments, environment, ready, folder } = self;
        let child = Command::new(program)
            .args(arguments)
            .env_clear()
            .env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(File::create(folder.join("stdout"))?)
            .stderr(File::create(folder.join("stderr"))?)
            .spawn()
            .with_context(|| format!("start {}", program.display()))?;
        let mut running = Running { child, address: (Ipv4Addr::LOCALHOST, 0).into() };
        running.address = running.wait_until(*ready, folder)?;
        Ok(running)
    }
}

impl Running {
    pub(super) fn process(&self) -> u32 {
        self.child.id()
    }

    fn wait_until(&mut self, ready: Ready, folder: &Path) -> Result<SocketAddr> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(READY_SECONDS_MAX) {
            let address = match ready {
                Ready::Prints => printed_address(&fs::read_to_string(folder.join("stdout"))?)?,
                Ready::Accepts(address) => TcpStream::connect(address).is_ok().then_some(address),
            };
            if let Some(address) = address {
                return Ok(address);
            }
            if let Some(status) = self.child.try_wait()? {
                let said = fs::read_to_string(folder.join("stderr")).unwrap_or_default();
                bail!("ended at once, {status}: {}", last_lines(&said));
            }
            thread::sleep(LOOK_INTERVAL);
        }
        bail!("not ready after {READY_SECONDS_MAX} seconds")
    }

    fn end(&mut self) -> io::Result<()> {
        if self.child.try_wait()?.is_some() {
            return Ok(());
        }
        let pid = Pid::from_child(&self.child);
        kill_process(pid, Signal::TERM)?;
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(END_SECONDS_MAX) {
            if self.child.try_wait()?.is_some() {
                return Ok(());
            }
            thread::sleep(LOOK_INTERVAL);
        }
        self.child.kill()?;
        self.child.wait().map(drop)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            eprintln!("process {} could not be ended: {error}", self.child.id());
        }
    }
}

/// A port that was free a moment ago, for servers that cannot choose one.
pub(super) fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

/// The address on a whole line; half a line is not yet an address.
fn printed_address(stdout: &str) -> Result<Option<SocketAddr>> {
    let Some((_, rest)) = stdout.split_once(READY_WORDS) else { return Ok(None) };
    let Some((address, _)) = rest.split_once('\n') else { return Ok(None) };
    address.trim().parse().map(Some).with_context(|| format!("printed address {address:?}"))
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(5)..].join(" / ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_counts_when_its_line_is_whole() {
        #[rustfmt::skip]
        let cases = [
            // printed                                             port
            ("",                                                   None),
            ("listening on http://127.0.0.1:50",                   None),
            ("listening on http://127.0.0.1:5050\n",               Some(5050)),
            ("welcome\nlistening on http://127.0.0.1:5050\nmore",  Some(5050)),
        ];
        for (printed, port) in cases {
            let address = printed_address(printed).unwrap();
            assert_eq!(address.map(|address| address.port()), port, "{printed:?}");
        }
        assert!(printed_address("listening on http://somewhere\n").is_err());
    }
}
