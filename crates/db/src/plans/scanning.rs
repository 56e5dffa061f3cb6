//! Statements about advisories, and what images have.

use names::{ScanStatus, ScanType};

use super::samples::{IMAGE, PAGE, REPOSITORY, digest, now};
use crate::{
    AdvisoryKey, AdvisoryPackage, BlobKey, CveEpss, CveScore, DbError, ImageInventory,
    ImagePackage, ImageScan, NewAdvisory, NewPackage, PackageFinding, PackageKey, Tx,
};

pub(super) fn run_statements_about_advisories(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let package = AdvisoryPackage {
        ecosystem: "Debian:12".to_owned(),
        name: "openssl".to_owned(),
        affected: Vec::new(),
    };
    let new = NewAdvisory {
        name: "DEBIAN-CVE-2024-1".to_owned(),
        source: "Debian".to_owned(),
        digest: String::new(),
        modified_at: Some(now()),
        document: Vec::new(),
        packages: Vec::new(),
    };
    tx.count_advisories("Debian", "none", 1, Some(now()), now())?;
    let key = tx.put_advisory(&new)?;
    tx.insert_advisory_package(key, &package)?;
    tx.find_advisories(&["DEBIAN-CVE-2024-1"])?;
    tx.list_advisory_packages(key)?;
    tx.list_advisories_of_each(&[("Debian:12", "openssl")])?;
    tx.find_advisory_documents(&[AdvisoryKey(1)])?;
    tx.find_advisory_document("DEBIAN-CVE-2024-1")?;
    tx.ecosystem_has_advisories("Debian:12")?;
    tx.list_advisory_sources(Some("a"), PAGE)?;
    tx.find_advisory_source("Debian")?;
    run_statements_about_cves(tx)?;
    tx.delete_advisory_packages(key)
}

fn run_statements_about_cves(tx: &mut Tx<'_>) -> Result<(), DbError> {
    const CVE: &str = "CVE-2024-1";
    tx.put_cve_score(CVE, &CveScore::default())?;
    tx.find_cve_scores(&[CVE])?;
    tx.touch_packages_with(CVE)?;
    tx.insert_exploited_cve(CVE)?;
    tx.are_exploited(&[CVE])?;
    tx.list_exploited_cves(Some(CVE), PAGE)?;
    tx.delete_exploited_cve(CVE)?;
    tx.put_cve_epss(CVE, CveEpss { probability: 1, percentile: 2 })?;
    tx.find_cve_epss(&[CVE]).map(drop)
}

pub(super) fn run_statements_about_scans(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let new = NewPackage {
        digest: "d".to_owned(),
        document: Vec::new(),
        is_of_os: true,
        shown_name: "openssl".to_owned(),
        shown_version: "1".to_owned(),
        keys: vec![("Debian:12".to_owned(), "openssl".to_owned())],
    };
    let package = tx.insert_package(&new)?;
    tx.find_package("d")?;
    tx.find_package_documents(&[package])?;
    tx.find_shown_packages(&[package])?;
    tx.list_package_keys(package)?;
    tx.touch_packages("Debian:12", "openssl")?;
    tx.list_packages_to_judge(PackageKey(0), PAGE)?;
    tx.find_packages_to_judge(&[package])?;
    tx.note_changed_findings(package)?;
    tx.package_is_judged(package, 7)?;
    let found = PackageFinding {
        vulnerability: "CVE-2024-1".to_owned(),
        severity: 5,
        advisory: "DEBIAN-CVE-2024-1".to_owned(),
        document: Vec::new(),
        observed_at: now(),
        updated_at: now(),
    };
    tx.put_package_finding(package, &found)?;
    tx.list_package_findings(package)?;
    tx.find_package_findings(&[(package, "CVE-2024-1")])?;
    tx.list_vulnerabilities_of_each(&[package])?;
    tx.delete_package_finding(package, "CVE-2024-1")?;
    run_statements_about_inventories(tx, package)?;
    tx.delete_unused_package(package)?;
    tx.find_layer_facts(BlobKey(1), 1)?;
    // There is no such blob.
    tx.put_layer_facts(BlobKey(1), 1, b"").ok();
    let scan = ImageScan {
        scan_type: ScanType::Basic,
        status: ScanStatus::Complete,
        description: String::new(),
        started_at: now(),
        ended_at: None,
        judged_at: None,
        counts: None,
        source: None,
        awaits: None,
    };
    // There is no such image.
    tx.put_image_scan(IMAGE, &scan).ok();
    tx.find_image_scan(IMAGE, ScanType::Basic)?;
    tx.list_image_scans(IMAGE)?;
    tx.find_scans_of_each(&[IMAGE], ScanType::Basic)?;
    tx.list_newest_images(REPOSITORY, Some(IMAGE), PAGE)?;
    tx.list_awaiting_images("Debian:12", IMAGE, PAGE)?;
    tx.delete_image_scans(IMAGE)
}

fn run_statements_about_inventories(tx: &mut Tx<'_>, package: PackageKey) -> Result<(), DbError> {
    let place = ImagePackage { package, path: "var/lib/dpkg/status".to_owned(), layer: digest() };
    let inventory = ImageInventory { readers: 1, document: Vec::new(), made_at: now() };
    tx.put_image_inventory(IMAGE, &inventory)?;
    tx.find_image_inventory(IMAGE)?;
    tx.insert_image_package(IMAGE, &place)?;
    tx.list_image_packages(IMAGE, Some((package, "a")), PAGE)?;
    tx.list_places_of_package(IMAGE, package, PAGE)?;
    tx.tell_images(package, IMAGE, PAGE)?;
    tx.list_images_to_count(PAGE)?;
    tx.image_is_counted(IMAGE)?;
    tx.delete_image_package(IMAGE, package, "var/lib/dpkg/status")?;
    tx.delete_image_inventory(IMAGE)
}
