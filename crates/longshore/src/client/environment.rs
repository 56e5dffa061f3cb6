use std::collections::BTreeMap;
use std::path::PathBuf;

/// The environment that the command was started with.
#[derive(Clone, Default)]
pub(crate) struct Environment(BTreeMap<String, String>);

impl Environment {
    /// This process's. A variable that is empty counts as not set, as it does for `aws`.
    pub(crate) fn of_process() -> Self {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self(std::env::vars_os().filter_map(text).filter(|(_, value)| !value.is_empty()).collect())
    }

    /// A variable's value.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A file or folder that a variable names, or else the one at `below` in the home folder.
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
