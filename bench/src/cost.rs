//! What a server costs the machine, read from `/proc`.
//!
//! A server is its first process and its children (nginx has workers).

use std::fs;

use anyhow::{Context, Result};

/// Processor seconds, in user and kernel mode, since the start of `servers` and their children.
pub(crate) fn cpu_seconds(servers: &[u32]) -> Result<f64> {
    families(servers).map(cpu_seconds_alone).sum()
}

/// Processor seconds of this program, without the servers that it started.
pub(crate) fn own_cpu_seconds() -> Result<f64> {
    cpu_seconds_alone(std::process::id())
}

/// Memory that is resident now.
pub(crate) fn resident_bytes(servers: &[u32]) -> Result<u64> {
    families(servers).map(|process| status_bytes(process, "VmRSS:")).sum()
}

/// The most memory that was resident at any time since [`forget_peak`].
pub(crate) fn peak_bytes(servers: &[u32]) -> Result<u64> {
    families(servers).map(|process| status_bytes(process, "VmHWM:")).sum()
}

/// Memory that is the processes' own: without files that Linux shows them, such as a database's,
/// whose pages it takes back when it needs them.
pub(crate) fn own_bytes(servers: &[u32]) -> Result<u64> {
    families(servers).map(|process| status_bytes(process, "RssAnon:")).sum()
}

/// Starts the count of [`peak_bytes`] again.
pub(crate) fn forget_peak(servers: &[u32]) -> Result<()> {
    for process in families(servers) {
        let path = format!("/proc/{process}/clear_refs");
        fs::write(&path, "5").with_context(|| path)?;
    }
    Ok(())
}

fn families(servers: &[u32]) -> impl Iterator<Item = u32> {
    servers.iter().flat_map(|&server| family(server))
}

fn family(process: u32) -> Vec<u32> {
    let mut members = vec![process];
    let mut next = 0;
    while let Some(&member) = members.get(next) {
        members.extend(children(member));
        next += 1;
    }
    members
}

/// A process that ends in between has no children to report.
fn children(process: u32) -> Vec<u32> {
    let tasks = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    tasks
        .filter_map(|task| fs::read_to_string(task.path().join("children")).ok())
        .flat_map(|list| list.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .filter_map(|word| word.parse().ok())
        .collect()
}

fn cpu_seconds_alone(process: u32) -> Result<f64> {
    let path = format!("/proc/{process}/stat");
    let text = fs::read_to_string(&path).with_context(|| path)?;
    let ticks = parse_ticks(&text).context("a process's statistics")?;
    Ok(ticks as f64 / rustix::param::clock_ticks_per_second() as f64)
}

/// The command's name is second, in parentheses, and may itself contain blanks and parentheses.
fn parse_ticks(stat: &str) -> Option<u64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let kernel: u64 = fields.next()?.parse().ok()?;
    Some(user + kernel)
}

fn status_bytes(process: u32, field: &str) -> Result<u64> {
    let path = format!("/proc/{process}/status");
    let text = fs::read_to_string(&path).with_context(|| path)?;
    let line = text.lines().find_map(|line| line.strip_prefix(field));
    let kibibytes = line.and_then(|rest| rest.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    Ok(kibibytes.with_context(|| format!("no {field} in the status of {process}"))? * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_found_whatever_the_command_is_called() {
        #[rustfmt::skip]
        let cases = [
            // stat                                                               ticks
            ("7 (nginx) S 1 7 7 0 -1 4194560 90 0 0 0 12 30 0 0 20 0 1 0",        Some(42)),
            ("7 (a) b (c)) S 1 7 7 0 -1 4194560 90 0 0 0 1 2 0 0 20 0 1 0",       Some(3)),
            ("7 (short) S 1 7",                                                   None),
            ("",                                                                  None),
        ];
        for (stat, ticks) in cases {
            assert_eq!(parse_ticks(stat), ticks, "{stat:?}");
        }
    }

    #[test]
    fn a_process_can_be_asked_about_itself() {
        let own = [std::process::id()];
        assert!(resident_bytes(&own).unwrap() > 0);
        assert!(peak_bytes(&own).unwrap() >= resident_bytes(&own).unwrap() / 2);
        assert!(own_bytes(&own).unwrap() < resident_bytes(&own).unwrap() * 2);
        assert!(own_cpu_seconds().unwrap() <= cpu_seconds(&own).unwrap());
    }
}
