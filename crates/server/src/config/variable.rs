/// Looks up an environment variable. Secrets have no flags, because other users can see a program's
/// flags.
pub type Variable<'a> = &'a dyn Fn(&str) -> Option<String>;
