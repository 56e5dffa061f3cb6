use names::{Digest, Timestamp};

use crate::image::Installed;
use crate::release::OsRelease;

/// What a bill is about.
#[derive(Debug, Clone)]
pub struct Bill<'a> {
    /// The image's repository.
    pub repository: &'a str,
    /// The image.
    pub image: &'a Digest,
    /// Its operating system.
    pub release: Option<&'a OsRelease>,
    /// What it has.
    pub packages: &'a [Installed],
    /// What of it could not be read, in a sentence each.
    pub unread: &'a [String],
    /// When it was read.
    pub made_at: Timestamp,
    /// The version of the program that read it.
    pub program: &'a str,
}

/// How a bill is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BillFormat {
    /// CycloneDX 1.6, in JSON.
    CycloneDx,
    /// SPDX 2.3, in JSON.
    Spdx,
}

impl BillFormat {
    /// The media type of the document.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::CycloneDx => "application/vnd.cyclonedx+json",
            Self::Spdx => "application/spdx+json",
        }
    }
}

impl Bill<'_> {
    /// A name of the bill that no other has: of the image, and of when it was read.
    pub(super) fn uuid(&self) -> String {
        let text = format!("{} {}", self.image, self.made_at.as_micros());
        let digest = Digest::sha256(text.as_bytes());
        let hex = digest.hex();
        // Of version 8: made by a rule of our own.
        format!(
            "{}-{}-8{}-a{}-{}",
            &hex[..8],
            &hex[8..12],
            &hex[13..16],
            &hex[17..20],
            &hex[20..32]
        )
    }

    /// When the image was read, to the second.
    pub(super) fn moment(&self) -> String {
        let moment = jiff::Timestamp::from_second(self.made_at.as_seconds());
        moment.map_or_else(|_| "1970-01-01T00:00:00Z".to_owned(), |moment| moment.to_string())
    }
}
