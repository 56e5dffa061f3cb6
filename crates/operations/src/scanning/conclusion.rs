//! What is said of an image that was read and judged: how its scan ended, in ECR's words where ECR
//! has some. Nothing that could not be read or compared counts as clean.

use db::{DbError, ImageKey, ImageScan, Tx};
use names::{ScanStatus, ScanType, Timestamp};
use scan::{Ecosystem, Publisher};

use super::findings::{count, groups, write_counts};
use super::inventory::StoredInventory;

/// The longest description: an account of everything could be long.
const DESCRIPTION_CHARS_MAX: usize = 1500;

const COMPLETE: &str = "The scan was completed successfully.";
const ACTIVE: &str = "Continuous scan is selected for image.";
const UNSUPPORTED: &str =
    "UnsupportedImageError: The operating system and/or package manager are not supported.";

/// How a scan ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conclusion {
    status: ScanStatus,
    description: String,
    /// The first ecosystem without advisories.
    awaits: Option<String>,
}

/// Whether an enhanced scan goes on as advisories change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Continues {
    /// It does.
    Yes,
    /// It is that of the push.
    No,
}

/// Whether a scan has not come to its end.
pub(crate) fn is_under_way(scan: &ImageScan) -> bool {
    matches!(scan.status, ScanStatus::InProgress | ScanStatus::Pending)
}

/// Concludes a scan. `is_known` says whether there are advisories for an ecosystem.
fn conclude(
    scan_type: ScanType,
    continues: Continues,
    inventory: &StoredInventory,
    is_known: impl FnMut(&str) -> Result<bool, DbError>,
) -> Result<Conclusion, DbError> {
    let end = |status, description: String| Conclusion { status, description, awaits: None };
    if inventory.is_too_large {
        let why = format!("The image is too large to be scanned.{}", not_read(inventory));
        return Ok(end(ScanStatus::ImageSizeExceeded, why));
    }
    if inventory.hides_packages_of_os {
        let why = format!("A part of the image could not be read.{}", not_read(inventory));
        return Ok(end(ScanStatus::Failed, why));
    }
    let languages = &inventory.language_ecosystems;
    let of_os = &inventory.os_ecosystems;
    let has_something = match scan_type {
        ScanType::Basic => !of_os.is_empty(),
        ScanType::Enhanced => !of_os.is_empty() || !languages.is_empty(),
    };
    if !has_something {
        let status = match scan_type {
            // As ECR has it: its waiter ends.
            ScanType::Basic => ScanStatus::Failed,
            ScanType::Enhanced => ScanStatus::UnsupportedImage,
        };
        return Ok(end(status, UNSUPPORTED.to_owned()));
    }
    let (known, missing) = look_up(scan_type, inventory, is_known)?;
    let awaits = missing.first().cloned();
    if known == 0 {
        let description = format!("{}{}", not_imported(&missing), not_read(inventory));
        let status = ScanStatus::FindingsUnavailable;
        return Ok(Conclusion { status, description, awaits });
    }
    let (status, word) = match (scan_type, continues) {
        (ScanType::Enhanced, Continues::Yes) => (ScanStatus::Active, ACTIVE),
        _ => (ScanStatus::Complete, COMPLETE),
    };
    let mut description = word.to_owned();
    if !missing.is_empty() {
        description = format!("{description} {}", not_imported(&missing));
    }
    description.push_str(&not_read(inventory));
    Ok(Conclusion { status, description, awaits })
}

/// For how many of the ecosystems there are advisories, and for which there are none.
fn look_up(
    scan_type: ScanType,
    inventory: &StoredInventory,
    mut is_known: impl FnMut(&str) -> Result<bool, DbError>,
) -> Result<(usize, Vec<String>), DbError> {
    let (mut known, mut missing) = (0, Vec::new());
    // One of the repositories of an operating system is enough.
    let mut os_is_known = false;
    for ecosystem in &inventory.os_ecosystems {
        os_is_known |= is_known(ecosystem)?;
    }
    match inventory.os_ecosystems.first() {
        Some(_) if os_is_known => known += 1,
        Some(first) => missing.push(first.clone()),
        None => {}
    }
    if scan_type == ScanType::Enhanced {
        for ecosystem in &inventory.language_ecosystems {
            if is_known(ecosystem)? {
                known += 1;
            } else {
                missing.push(ecosystem.clone());
            }
        }
    }
    Ok((known, missing))
}

fn not_imported(missing: &[String]) -> String {
    format!(
        "There are no advisories for {}: import them with `longshore advisories import`.",
        missing.join(", ")
    )
}

fn not_read(inventory: &StoredInventory) -> String {
    if inventory.unread.is_empty() {
        return String::new();
    }
    let told = format!(" Not read: {}.", inventory.unread.join("; "));
    told.chars().take(DESCRIPTION_CHARS_MAX).collect()
}

/// Whose advisories speak of the operating system of an image.
fn source_of(inventory: &StoredInventory) -> Option<String> {
    let os = inventory.release.as_ref().and_then(Ecosystem::of_release)?;
    Some(Publisher::of_repositories(os.family()).name.to_owned())
}

/// Writes down how a scan of an image ended, with the counts of its findings.
pub(crate) fn write_conclusion(
    tx: &mut Tx<'_>,
    image: ImageKey,
    scan: &ImageScan,
    continues: Continues,
    inventory: &StoredInventory,
    now: Timestamp,
) -> Result<ImageScan, DbError> {
    let known = |ecosystem: &str| tx.ecosystem_has_advisories(ecosystem);
    let Conclusion { status, description, awaits } =
        conclude(scan.scan_type, continues, inventory, known)?;
    let has_findings = matches!(status, ScanStatus::Complete | ScanStatus::Active);
    let counts = if has_findings {
        Some(write_counts(&count(&groups(tx, image, scan.scan_type)?)))
    } else {
        None
    };
    let concluded = ImageScan {
        scan_type: scan.scan_type,
        status,
        description,
        started_at: scan.started_at,
        ended_at: Some(scan.ended_at.unwrap_or(now)),
        judged_at: Some(now),
        counts,
        source: source_of(inventory),
        awaits,
    };
    tx.put_image_scan(image, &concluded)?;
    Ok(concluded)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn set(words: &[&str]) -> BTreeSet<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn scans_end_as_what_was_read_and_compared_allows() {
        use ScanStatus::{Active, Complete, Failed, FindingsUnavailable, UnsupportedImage};
        use ScanType::{Basic, Enhanced};
        #[rustfmt::skip]
        let cases = [
            // type | of the system | of languages | known | status | awaits | because
            (Basic,    &["Debian:12"][..], &[][..],      &["Debian:12"][..],     Complete,            None,              "the usual"),
            (Basic,    &["Debian:12"],     &["PyPI"],    &["Debian:12"],         Complete,            None,              "languages do not count"),
            (Basic,    &["Debian:12"],     &["PyPI"],    &["Debian:11", "PyPI"], FindingsUnavailable, Some("Debian:12"), "advisories of another release"),
            (Basic,    &[],                &["PyPI"],    &["PyPI"],              Failed,              None,              "no operating system"),
            (Basic,    &["R:a", "R:b"],    &[],          &["R:b"],               Complete,            None,              "one of its repositories"),
            (Enhanced, &["Debian:12"],     &["PyPI"],    &["Debian:12"],         Active,              Some("PyPI"),      "the rest is said"),
            (Enhanced, &[],                &["PyPI"],    &["PyPI"],              Active,              None,              "languages alone"),
            (Enhanced, &["Debian:12"],     &["PyPI"],    &[],                    FindingsUnavailable, Some("Debian:12"), "nothing is known"),
            (Enhanced, &[],                &[],          &["PyPI"],              UnsupportedImage,    None,              "from scratch"),
        ];
        for (scan_type, os, languages, known, status, awaits, because) in cases {
            let inventory = StoredInventory {
                os_ecosystems: set(os),
                language_ecosystems: set(languages),
                ..StoredInventory::default()
            };
            let is_known = |ecosystem: &str| Ok(known.contains(&ecosystem));
            let ended = conclude(scan_type, Continues::Yes, &inventory, is_known).unwrap();
            assert_eq!((ended.status, ended.awaits.as_deref()), (status, awaits), "{because}");
        }
    }

    #[test]
    fn what_could_not_be_read_is_said() {
        let whole = StoredInventory {
            os_ecosystems: set(&["Debian:12"]),
            unread: vec!["sha256:ab: app/a.jar: not a zip archive".to_owned()],
            ..StoredInventory::default()
        };
        let end = |inventory: &StoredInventory| {
            conclude(ScanType::Basic, Continues::No, inventory, |_| Ok(true)).unwrap()
        };
        let told = end(&whole);
        assert_eq!(told.status, ScanStatus::Complete);
        assert_eq!(
            told.description,
            "The scan was completed successfully. Not read: sha256:ab: app/a.jar: not a zip archive."
        );
        let hidden = StoredInventory { hides_packages_of_os: true, ..whole.clone() };
        assert_eq!(end(&hidden).status, ScanStatus::Failed);
        let large = StoredInventory { is_too_large: true, ..hidden };
        assert_eq!(end(&large).status, ScanStatus::ImageSizeExceeded);
    }
}
