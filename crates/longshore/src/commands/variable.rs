/// The value of an environment variable.
#[expect(clippy::disallowed_methods, reason = "secrets have no flags, so clap does not read them")]
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
