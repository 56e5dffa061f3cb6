//! The built binary explains itself: each command that it lists, and unknown ones.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::process::{Command, Output};

fn longshore(arguments: &[&str]) -> Output {
    // Colours and widths are the terminal's, which there is none of here.
    Command::new(env!("CARGO_BIN_EXE_longshore")).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The names in the list of commands: what begins at the third column.
fn commands(help: &str) -> Vec<String> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let lines = list.take_while(|line| !line.is_empty());
    let named = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    named.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn each_command_explains_itself_and_those_below_it() {
    let mut unexplained = Vec::new();
    let mut waiting: Vec<Vec<String>> = vec![Vec::new()];
    let mut explained = 0;
    while let Some(path) = waiting.pop() {
        let mut arguments: Vec<&str> = path.iter().map(String::as_str).collect();
        arguments.push("--help");
        let output = longshore(&arguments);
        let help = text(&output.stdout);
        if !output.status.success()
            || !help.contains("Usage: longshore")
            || help.starts_with("Usage")
        {
            unexplained.push(format!("{arguments:?}: {help}{}", text(&output.stderr)));
        }
        explained += 1;
        let below = commands(&help).into_iter().filter(|name| name != "help");
        waiting.extend(below.map(|name| [path.clone(), vec![name]].concat()));
    }
    assert!(unexplained.is_empty(), "{}", unexplained.join("\n"));
    assert!(explained > 10, "only {explained} were found");
}

#[test]
fn what_is_no_command_is_refused_with_the_nearest() {
    let output = longshore(&["serv"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("'serve'"), "{}", text(&output.stderr));
}
