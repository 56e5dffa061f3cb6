use super::bill::{Bill, BillFormat};
use super::{cyclonedx, spdx};

impl Bill<'_> {
    /// The document.
    pub fn write(&self, format: BillFormat) -> String {
        match format {
            BillFormat::CycloneDx => cyclonedx::write(self),
            BillFormat::Spdx => spdx::write(self),
        }
    }
}
