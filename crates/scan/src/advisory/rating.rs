use super::record::{Advisory, Affected};
use super::severity::{CvssVector, Rating, Scale, Severity};

/// What others than the advisory say of a CVE.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CveScores {
    /// From the CVE List: what the organization that assigned it says.
    pub cna: Option<CvssVector>,
    /// From the CVE List: what CISA added.
    pub cisa: Option<CvssVector>,
    /// NVD's, which rates few since 2026.
    pub nvd: Option<CvssVector>,
}

/// How severe a vulnerability is for a package, and on whose word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rated {
    /// How severe.
    pub severity: Severity,
    /// The distribution's own word, if it has one.
    pub vendor_word: Option<String>,
    /// The best vector there is, also where a word decided.
    pub cvss: Option<CvssVector>,
    /// Where that vector is from, in the words of ECR's `scoreDetails`.
    pub cvss_source: Option<&'static str>,
}

/// Rates a vulnerability as ECR does: the distribution's word counts first. Then the vector of the
/// advisory, those of the CVE List, and NVD's. Without any it is undefined.
pub fn rate(advisory: &Advisory, affected: &Affected, scores: Option<&CveScores>) -> Rated {
    let own = || affected.ratings.iter().chain(&advisory.ratings);
    let word = own().find_map(|rating| match rating {
        Rating::Word(scale, word) if *scale != Scale::GitHub => Some((*scale, word)),
        Rating::Word(..) | Rating::Cvss(_) => None,
    });
    let of_github = own().find_map(|rating| match rating {
        Rating::Word(Scale::GitHub, word) => Some(Scale::GitHub.severity(word)),
        Rating::Word(..) | Rating::Cvss(_) => None,
    });
    let vectors = own().filter_map(|rating| match rating {
        Rating::Cvss(vector) => Some(vector),
        Rating::Word(..) => None,
    });
    // The newest version of CVSS, where there are several.
    let in_record =
        vectors.max_by_key(|vector| vector.version()).map(|vector| (vector, "ADVISORY"));
    let elsewhere = scores.and_then(|CveScores { cna, cisa, nvd }| {
        let listed = [(cna, "CVE"), (cisa, "CISA"), (nvd, "NVD")];
        listed.into_iter().find_map(|(vector, source)| Some((vector.as_ref()?, source)))
    });
    let best = in_record.or(elsewhere);
    let by_word = word.map(|(scale, word)| scale.severity(word));
    let by_word = by_word.filter(|severity| *severity != Severity::Undefined);
    let by_vector = best.map(|(vector, _)| vector.severity());
    Rated {
        severity: by_word.or(by_vector).or(of_github).unwrap_or_default(),
        vendor_word: word.map(|(_, word)| word.clone()),
        cvss: best.map(|(vector, _)| vector.clone()),
        cvss_source: best.map(|(_, source)| source),
    }
}
