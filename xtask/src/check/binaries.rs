//! The binaries of all tests, built together.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use super::command::command;
use super::report::heading;

/// The tests of one target of one package.
#[derive(Debug, Clone)]
pub(super) struct Binary {
    pub(super) package: String,
    /// The target's name; that of the package for its unit tests.
    pub(super) target: String,
    pub(super) is_unit: bool,
    pub(super) program: PathBuf,
    /// Its working directory: the package's folder.
    pub(super) folder: PathBuf,
}

/// Builds them, and the server that some of them start.
pub(super) fn build() -> Result<Vec<Binary>, String> {
    heading("build");
    let words = ["cargo", "test", "--workspace", "--no-run"];
    let output = command(&words)
        .arg("--message-format=json-render-diagnostics")
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo: {error}"))?;
    if !output.status.success() {
        return Err("the tests do not build: see above".to_owned());
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    let mut binaries: Vec<Binary> = messages.lines().filter_map(binary).collect();
    binaries.sort_by(|a, b| (&a.package, &a.target).cmp(&(&b.package, &b.target)));
    Ok(binaries)
}

/// The test binary that a message of cargo is about, if it is about one.
fn binary(message: &str) -> Option<Binary> {
    let message: Value = serde_json::from_str(message).ok()?;
    let is_test = message["profile"]["test"] == true;
    let program = message["executable"].as_str().filter(|_| is_test)?;
    let folder = Path::new(message["manifest_path"].as_str()?).parent()?;
    let target = message["target"]["name"].as_str()?.to_owned();
    let kind = message["target"]["kind"][0].as_str()?;
    Some(Binary {
        package: package(message["package_id"].as_str()?, folder)?,
        target,
        is_unit: kind != "test",
        program: program.into(),
        folder: folder.to_owned(),
    })
}

/// The name in an identifier such as `path+file:///here/tests#black-box@0.1.0`; if there is none,
/// the folder's name.
fn package(id: &str, folder: &Path) -> Option<String> {
    let after = id.rsplit_once('#')?.1;
    let named = after.split_once('@').map(|(name, _)| name.to_owned());
    named.or_else(|| Some(folder.file_name()?.to_str()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binaries_of_tests_are_told_from_what_else_is_built() {
        let test = r#"{"reason":"compiler-artifact","package_id":"path+file:///x/tests#black-box@0.1.0",
            "manifest_path":"/x/tests/Cargo.toml","target":{"kind":["test"],"name":"golden"},
            "profile":{"test":true},"executable":"/x/target/debug/deps/golden-1"}"#;
        let found = binary(test).unwrap();
        assert_eq!(
            (&*found.package, &*found.target, found.is_unit),
            ("black-box", "golden", false)
        );
        assert_eq!(found.folder, Path::new("/x/tests"));
        let unit = test.replace("#black-box@0.1.0", "#0.1.0").replace("[\"test\"]", "[\"lib\"]");
        let found = binary(&unit).unwrap();
        assert_eq!((&*found.package, found.is_unit), ("tests", true));
        assert!(binary(&test.replace("\"test\":true", "\"test\":false")).is_none());
        assert!(binary(r#"{"reason":"build-finished","success":true}"#).is_none());
        assert!(binary("warning: no message").is_none());
    }
}
