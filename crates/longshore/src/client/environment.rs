use std::collections::BTreeMap;
use std::path::PathBuf;

/// The environment of the command.
#[derive(Clone, Default)]
pub(crate) struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The environment of this process. An empty variable counts as unset, as it does for `aws`.
    pub(crate) fn of_process() -> Self {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self(std::env::vars_os().filter_map(text).filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The value of a variable.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The path that a variable names, else the path `below` in the home folder.
    pub(crate) fn path_or_home(&self, name: &str, below: &str) -> Option<PathBuf> {
        let named = self.find(name).map(PathBuf::from);
        named.or_else(|| Some(PathBuf::from(self.find("HOME")?).join(below)))
    }
}

#[cfg(test)]
impl<const N: usize> From<[(&str, &str); N]> for Environment {
    fn from(variables: [(&str, &str); N]) -> Self {
        Self(variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
    }
}
