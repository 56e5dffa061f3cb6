use std::fmt;
use std::str::FromStr;

use cvss::Cvss;
use serde::{Deserialize, Serialize};

/// The longest vector with every metric of CVSS 4 is about 200 bytes.
const VECTOR_BYTES_MAX: usize = 512;

/// ECR's severities, from the one without meaning upwards.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Severity {
    /// No source rates it.
    #[default]
    Undefined,
    /// Not worth an update.
    Informational,
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
    /// Critical.
    Critical,
}

impl Severity {
    /// The word of ECR's basic findings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Undefined => "UNDEFINED",
            Self::Informational => "INFORMATIONAL",
            Self::Low => "LOW",
            Self::Medium => "MEDIUM",
            Self::High => "HIGH",
            Self::Critical => "CRITICAL",
        }
    }

    /// The word of enhanced findings, which say `UNTRIAGED` for what is not rated.
    pub fn as_enhanced_str(self) -> &'static str {
        match self {
            Self::Undefined => "UNTRIAGED",
            rated => rated.as_str(),
        }
    }

    /// Its place in the order of severities, from 0 upwards.
    pub fn rank(self) -> u8 {
        self as u8
    }

    /// The severity at a place in their order.
    pub fn of_rank(rank: u8) -> Option<Self> {
        let all = [
            Self::Undefined,
            Self::Informational,
            Self::Low,
            Self::Medium,
            Self::High,
            Self::Critical,
        ];
        all.get(usize::from(rank)).copied()
    }

    /// The severity of a score of CVSS, in tenths.
    pub fn of_score(tenths: u16) -> Self {
        match tenths {
            0 => Self::Informational,
            1..=39 => Self::Low,
            40..=69 => Self::Medium,
            70..=89 => Self::High,
            90.. => Self::Critical,
        }
    }
}

/// A vector of CVSS 2, 3 or 4 that was understood.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CvssVector {
    text: Box<str>,
    version: CvssVersion,
    tenths: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum CvssVersion {
    V20,
    V30,
    V31,
    V40,
}

impl CvssVector {
    /// The vector.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// `2.0`, `3.0`, `3.1` or `4.0`.
    pub fn version(&self) -> &'static str {
        match self.version {
            CvssVersion::V20 => "2.0",
            CvssVersion::V30 => "3.0",
            CvssVersion::V31 => "3.1",
            CvssVersion::V40 => "4.0",
        }
    }

    /// The score, in tenths: 98 is 9.8.
    pub fn score_tenths(&self) -> u16 {
        self.tenths
    }

    /// The score.
    pub fn score(&self) -> f64 {
        f64::from(self.tenths) / 10.0
    }

    /// The severity that CVSS gives the score.
    pub fn severity(&self) -> Severity {
        Severity::of_score(self.tenths)
    }
}

/// A vector that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadVector;

impl fmt::Display for BadVector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a vector of CVSS")
    }
}

impl std::error::Error for BadVector {}

impl FromStr for CvssVector {
    type Err = BadVector;

    fn from_str(text: &str) -> Result<Self, BadVector> {
        let text = text.trim();
        if text.len() > VECTOR_BYTES_MAX {
            return Err(BadVector);
        }
        let vector: Cvss = text.parse().map_err(|_| BadVector)?;
        let version = match vector {
            Cvss::CvssV20(_) => CvssVersion::V20,
            Cvss::CvssV30(_) => CvssVersion::V30,
            Cvss::CvssV31(_) => CvssVersion::V31,
            Cvss::CvssV40(_) => CvssVersion::V40,
            _ => return Err(BadVector),
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a score is between 0 and 10"
        )]
        let tenths = (vector.score().clamp(0.0, 10.0) * 10.0).round() as u16;
        Ok(Self { text: text.into(), version, tenths })
    }
}

impl TryFrom<String> for CvssVector {
    type Error = BadVector;

    fn try_from(text: String) -> Result<Self, BadVector> {
        text.parse()
    }
}

impl From<CvssVector> for String {
    fn from(vector: CvssVector) -> Self {
        vector.text.into()
    }
}

/// How a source rates a vulnerability.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Rating {
    /// With a vector.
    Cvss(CvssVector),
    /// With a word of its own.
    Word(Scale, String),
}

/// Whose words they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Scale {
    /// Debian's urgency.
    Debian,
    /// Ubuntu's priority.
    Ubuntu,
    /// Red Hat's impact, which Amazon, AlmaLinux, Oracle and SUSE use as well.
    Impact,
    /// GitHub's, which stands for a vector that is missing.
    GitHub,
}

impl Scale {
    /// What a word means; [`Severity::Undefined`] if it does not rate.
    pub fn severity(self, word: &str) -> Severity {
        let word = word.trim().to_ascii_lowercase();
        match (self, word.trim_end_matches('*')) {
            (Self::Debian, "unimportant") | (Self::Ubuntu, "negligible") => Severity::Informational,
            (_, "low") => Severity::Low,
            (Self::Impact | Self::GitHub, "moderate") | (_, "medium") => Severity::Medium,
            (Self::Impact, "important") | (_, "high") => Severity::High,
            (Self::Ubuntu | Self::Impact | Self::GitHub, "critical") => Severity::Critical,
            _ => Severity::Undefined,
        }
    }
}
