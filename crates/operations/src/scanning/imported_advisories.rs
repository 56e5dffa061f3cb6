/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportedAdvisories {
    /// Advisories that were not there.
    pub added: u64,
    /// Advisories that said something else before.
    pub changed: u64,
    /// Advisories that are as they were.
    pub unchanged: u64,
    /// Advisories of which there is a newer form.
    pub outdated: u64,
    /// Advisories about packages that no image can have.
    pub irrelevant: u64,
    /// Documents that are no advisories.
    pub refused: u64,
    /// Why the first of them are none.
    pub refusals: Vec<String>,
    /// Packages of images that are judged again.
    pub packages: u64,
}

impl ImportedAdvisories {
    pub(super) fn add(&mut self, other: &Self) {
        let Self { added, changed, unchanged, outdated, irrelevant, packages, .. } = other;
        self.added += added;
        self.changed += changed;
        self.unchanged += unchanged;
        self.outdated += outdated;
        self.irrelevant += irrelevant;
        self.packages += packages;
    }
}
