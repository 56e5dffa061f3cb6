//! `longshore fsck`: opens a server's data, and reports what is inconsistent.

use std::io::{IsTerminal as _, Write as _, stderr};
use std::time::Duration;

use operations::fsck::{Depth, Finding, Repaired, Severity, check, rebuild, repair};
use operations::{IfUnsealed, Operations};

use crate::config::{Encryption, Storage};
use crate::doors::pushed_manifest;
use crate::lost_rows;
use crate::start_error::StartError;
use crate::stores::{StoresError, open, require_complete};

/// The arguments of a check.
#[derive(Debug, Clone)]
pub struct FsckAsked {
    /// What to check.
    pub storage: Storage,
    /// Read and hash every byte.
    pub digests: bool,
    /// Repair what can be repaired without losing anything.
    pub repair: bool,
    /// Make rows again out of objects, first.
    pub rebuild: Rebuild,
}

/// Which rows are recreated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rebuild {
    /// Nothing: they are as they are.
    Nothing,
    /// Objects that are sealed.
    Sealed,
    /// All objects, also those that anyone could have put there.
    Everything,
}

/// What a check comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Soundness {
    /// Everything was checked, and there are no errors.
    Sound,
    /// There are no errors in what was checked. The rest is under KMS keys that cannot be used.
    Unchecked,
    /// There are errors.
    Unsound,
}

/// Checks a folder, and prints the findings on standard output.
pub async fn fsck(asked: FsckAsked) -> Result<Soundness, StartError> {
    let FsckAsked { storage, digests, repair, rebuild } = asked;
    if storage.uses_folder() && !storage.data.is_dir() {
        return Err(StoresError::NoFolder { folder: storage.data }.into());
    }
    if rebuild == Rebuild::Nothing {
        lost_rows::require_database(&storage).await?;
    }
    // The protection of new objects does not matter: only records are written, and those are always
    // sealed.
    let stores = open(&storage, Encryption::Longshore).await?;
    require_complete(&stores).await?;
    // Without it, or with another one, every layer there would look missing.
    stores.require_archive(&storage).await?;
    let operations = stores.operations.as_ref();
    if rebuild != Rebuild::Nothing {
        let recalled = operations.recall_root_keys().await.map_err(StartError::Verb)?;
        if recalled > 0 {
            eprintln!("found {recalled} former root keys beside the objects");
        }
    }
    match rebuild {
        Rebuild::Nothing => {}
        Rebuild::Sealed => rebuild_rows(operations, IfUnsealed::Refuse).await?,
        Rebuild::Everything => rebuild_rows(operations, IfUnsealed::Accept).await?,
    }
    if repair {
        lost_rows::require_rows(&storage, operations).await?;
    }
    let depth = if digests { Depth::Digests } else { Depth::Objects };
    let look = || look(operations, depth, storage.is_shared());
    let findings = look().await?;
    if !repair || findings.is_empty() {
        return Ok(soundness(&findings));
    }
    mend(operations, &findings).await?;
    println!("after the repair:");
    Ok(soundness(&look().await?))
}

fn soundness(findings: &[Finding]) -> Soundness {
    if findings.iter().any(|finding| finding.severity() == Severity::Error) {
        Soundness::Unsound
    } else if findings.iter().any(is_unchecked) {
        Soundness::Unchecked
    } else {
        Soundness::Sound
    }
}

fn is_unchecked(finding: &Finding) -> bool {
    matches!(finding, Finding::KeyUnusable { .. })
}

/// Findings kept for a repair at most; a second run finds the rest.
const FINDINGS_MAX: usize = 100_000;

/// How long nodes have to finish what looked like a fault while it was running.
const SECOND_LOOK_AFTER: Duration = Duration::from_secs(5);

/// Checks and reports. If nodes may be running, a finding counts only if it is found twice.
async fn look(
    operations: &Operations,
    depth: Depth,
    is_shared: bool,
) -> Result<Vec<Finding>, StartError> {
    let mut findings = Vec::new();
    let mut keep = |finding: Finding| {
        if !is_shared {
            tell(&finding);
        }
        if findings.len() < FINDINGS_MAX {
            findings.push(finding);
        }
    };
    let mut summary = check(operations, depth, &pushed_manifest::read_stored, &mut keep)
        .await
        .map_err(StartError::Verb)?;
    if is_shared {
        if !findings.is_empty() {
            tokio::time::sleep(SECOND_LOOK_AFTER).await;
            let mut again = Vec::new();
            let mut keep = |finding: Finding| {
                if findings.contains(&finding) {
                    again.push(finding);
                }
            };
            summary = check(operations, depth, &pushed_manifest::read_stored, &mut keep)
                .await
                .map_err(StartError::Verb)?;
            findings = again;
        }
        findings.iter().for_each(tell);
    }
    let notes =
        findings.iter().filter(|finding| finding.severity() == Severity::Note).count() as u64;
    let (errors, notes) = if is_shared {
        (findings.len() as u64 - notes, notes)
    } else {
        (summary.errors, summary.notes)
    };
    println!(
        "{} blobs, {} images, {} uploads, {} objects: {errors} errors, {notes} notes",
        summary.blobs, summary.images, summary.uploads, summary.objects,
    );
    let unchecked = findings.iter().filter(|finding| is_unchecked(finding)).count();
    if unchecked > 0 {
        println!("{unchecked} objects were not checked: their KMS keys cannot be used");
    }
    Ok(findings)
}

fn tell(finding: &Finding) {
    let word = match finding.severity() {
        Severity::Error => "error",
        Severity::Note => "note",
    };
    println!("{word}: {finding}");
}

async fn mend(operations: &Operations, findings: &[Finding]) -> Result<(), StartError> {
    let mut mended = 0;
    for finding in findings {
        match repair(operations, finding).await.map_err(StartError::Verb)? {
            Repaired::Yes => mended += 1,
            Repaired::No => println!("not repaired: {finding}"),
        }
    }
    println!("{mended} of {} repaired; jobs do the rest when the server runs", findings.len());
    Ok(())
}

async fn rebuild_rows(operations: &Operations, if_unsealed: IfUnsealed) -> Result<(), StartError> {
    let is_watched = stderr().is_terminal();
    let mut skipped = |object: &names::ObjectKey, why: &str| {
        println!("skipped: object {object}: {why}");
        if is_watched {
            // This only shows progress; if it fails, nothing is lost.
            drop(stderr().write_all(b"."));
        }
    };
    let made = rebuild(operations, if_unsealed, &pushed_manifest::read_stored, &mut skipped).await;
    let made = made.map_err(StartError::Verb)?;
    println!(
        "rebuilt {} repositories, {} layers, {} images, {} tags; {} objects were not needed",
        made.repositories, made.layers, made.images, made.tags, made.skipped
    );
    Ok(())
}
