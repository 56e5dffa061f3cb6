//! What an image has, as rows: packages that images share, and where this image has them.
//!
//! Order: packages are written first, each once for all images; then one transaction writes which
//! of them the image has. A crash in between leaves packages that no image has; the next run of
//! the job uses them.

use std::collections::{BTreeMap, BTreeSet};

use db::{DbError, ImageInventory, ImageKey, ImagePackage, NewPackage, PackageKey, Tx};
use names::{Digest, Timestamp};
use scan::{Ecosystem, Installed, Inventory, OsRelease, Package, PackageKind, READERS, lookups};
use serde::{Deserialize, Serialize};

use crate::{Failure, Operations};

/// Packages that one transaction writes at most.
const BATCH: usize = 250;
/// How many packages an image can have. Fat images have some thousands.
pub(crate) const PACKAGES_MAX: usize = 50_000;
/// How many parts are told that could not be read.
const UNREAD_MAX: usize = 100;
const ROWS_AT_ONCE: u32 = 2000;

/// A package as its row has it: all that decides what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredPackage {
    pub(crate) package: Package,
    /// Where packages of its operating system come from, for those of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) os: Option<Ecosystem>,
    /// Whether the distribution's advisories speak of it.
    #[serde(default)]
    pub(crate) is_vouched_for: bool,
}

/// What is said of an image beside its packages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredInventory {
    pub(crate) release: Option<OsRelease>,
    /// Where advisories for those stand.
    pub(crate) os_ecosystems: BTreeSet<String>,
    /// Where advisories for its other packages stand.
    pub(crate) language_ecosystems: BTreeSet<String>,
    /// What could not be read, in a sentence each.
    pub(crate) unread: Vec<String>,
    /// Whether packages of the operating system may be missing for it.
    pub(crate) hides_packages_of_os: bool,
    /// Whether the image is too large to be scanned.
    pub(crate) is_too_large: bool,
}

impl StoredPackage {
    fn of(installed: &Installed, os: Option<&Ecosystem>) -> Self {
        let os = os.filter(|_| installed.package.kind.is_of_os()).cloned();
        let is_vouched_for = installed.is_vouched_for;
        Self { package: installed.package.clone(), os, is_vouched_for }
    }

    pub(crate) fn read(document: &[u8]) -> Option<Self> {
        serde_json::from_slice(document).ok()
    }

    /// The package in some image: where it is decides nothing.
    pub(crate) fn installed(&self, place: &ImagePackage) -> Option<Installed> {
        Some(Installed {
            package: self.package.clone(),
            path: scan::LayerPath::parse(place.path.as_bytes())?,
            layer: place.layer.clone(),
            is_vouched_for: self.is_vouched_for,
        })
    }

    fn row(&self, installed: &Installed) -> NewPackage {
        let document = serde_json::to_vec(self).expect("a package is plain data");
        let found = lookups(installed, self.os.as_ref());
        let keys = found.into_iter().map(|lookup| {
            (lookup.key.ecosystem().to_string(), lookup.key.name().as_str().to_owned())
        });
        let keys: BTreeSet<_> = keys.collect();
        let Package { kind, name, version, .. } = &self.package;
        // Debian and Alpine speak of sources.
        let (name, version) = match kind {
            PackageKind::Deb | PackageKind::Apk => {
                (self.package.source_name(), self.package.source_version())
            }
            _ => (name, version),
        };
        NewPackage {
            digest: Digest::sha256(&document).hex().to_owned(),
            document,
            is_of_os: kind.is_of_os(),
            shown_name: name.as_str().to_owned(),
            shown_version: version.as_str().to_owned(),
            keys: keys.into_iter().collect(),
        }
    }
}

impl StoredInventory {
    pub(crate) fn read(document: &[u8]) -> Option<Self> {
        serde_json::from_slice(document).ok()
    }

    fn of(inventory: &Inventory, rows: &[(NewPackage, ImagePackageOf)]) -> Self {
        let mut stored = Self { release: inventory.release.clone(), ..Self::default() };
        for (row, _) in rows {
            let home = if row.is_of_os {
                &mut stored.os_ecosystems
            } else {
                &mut stored.language_ecosystems
            };
            home.extend(row.keys.iter().map(|(ecosystem, _)| ecosystem.clone()));
        }
        let unread = &inventory.unread;
        stored.hides_packages_of_os = unread.iter().any(|(_, one)| one.hides_packages_of_os());
        stored.is_too_large = unread.iter().any(|(_, one)| one.is_of_size());
        let told = unread.iter().take(UNREAD_MAX);
        stored.unread = told.map(|(layer, unread)| format!("{layer}: {unread}")).collect();
        if rows.len() > PACKAGES_MAX {
            stored.is_too_large = true;
            stored.unread.push(format!("the image has more than {PACKAGES_MAX} packages"));
        }
        stored
    }
}

/// Where an image has a package.
type ImagePackageOf = (String, Digest);

impl Operations {
    /// Writes down what an image has. Returns its packages; `None` if the image is gone.
    pub(crate) async fn write_inventory(
        &self,
        image: ImageKey,
        inventory: &Inventory,
    ) -> Result<Option<BTreeSet<PackageKey>>, Failure> {
        let os = inventory.release.as_ref().and_then(Ecosystem::of_release);
        let mut rows: Vec<(NewPackage, ImagePackageOf)> = inventory
            .packages
            .iter()
            .map(|installed| {
                let row = StoredPackage::of(installed, os.as_ref()).row(installed);
                (row, (installed.path.as_str().to_owned(), installed.layer.clone()))
            })
            .collect();
        let stored = StoredInventory::of(inventory, &rows);
        rows.truncate(PACKAGES_MAX);
        let mut places = BTreeSet::new();
        while !rows.is_empty() {
            let some = rows.split_off(rows.len().saturating_sub(BATCH));
            let write = move |tx: &mut Tx<'_>| write_packages(tx, &some);
            let written: Result<_, DbError> = self.db.write(write).await;
            places.extend(written?);
        }
        let document = serde_json::to_vec(&stored).expect("an inventory is plain data");
        let inventory = ImageInventory { readers: READERS, document, made_at: self.now() };
        let packages = places.iter().map(|place| place.package).collect();
        let write = move |tx: &mut Tx<'_>| replace(tx, image, &inventory, &places);
        let written: Result<_, DbError> = self.db.write(write).await;
        Ok(written?.then_some(packages))
    }

    /// The packages of an image.
    pub(crate) async fn packages_of_image(
        &self,
        image: ImageKey,
    ) -> Result<BTreeSet<PackageKey>, Failure> {
        let list = move |tx: &mut Tx<'_>| list_places(tx, image);
        let listed: Result<_, DbError> = self.db.read_at_length(list).await;
        Ok(listed?.into_iter().map(|place| place.package).collect())
    }
}

fn write_packages(
    tx: &mut Tx<'_>,
    rows: &[(NewPackage, ImagePackageOf)],
) -> Result<Vec<ImagePackage>, DbError> {
    let mut known: BTreeMap<&str, PackageKey> = BTreeMap::new();
    let mut places = Vec::with_capacity(rows.len());
    for (row, (path, layer)) in rows {
        let found = match known.get(row.digest.as_str()) {
            Some(key) => Some(*key),
            None => tx.find_package(&row.digest)?,
        };
        let package = match found {
            Some(key) => key,
            None => tx.insert_package(row)?,
        };
        known.insert(&row.digest, package);
        places.push(ImagePackage { package, path: path.clone(), layer: layer.clone() });
    }
    Ok(places)
}

/// Every place where an image has a package.
pub(crate) fn list_places(tx: &mut Tx<'_>, image: ImageKey) -> Result<Vec<ImagePackage>, DbError> {
    let mut places: Vec<ImagePackage> = Vec::new();
    loop {
        let last = places.last().map(|place| (place.package, place.path.clone()));
        let after = last.as_ref().map(|(package, path)| (*package, path.as_str()));
        let page = tx.list_image_packages(image, after, ROWS_AT_ONCE)?;
        let is_last = page.len() < ROWS_AT_ONCE as usize;
        places.extend(page);
        if is_last || places.len() > PACKAGES_MAX {
            return Ok(places);
        }
    }
}

/// Writes which packages an image has, and deletes those that it was the last to have.
fn replace(
    tx: &mut Tx<'_>,
    image: ImageKey,
    inventory: &ImageInventory,
    places: &BTreeSet<ImagePackage>,
) -> Result<bool, DbError> {
    if tx.find_image_status(image)?.is_none() {
        let packages: BTreeSet<PackageKey> = places.iter().map(|place| place.package).collect();
        for package in packages {
            tx.delete_unused_package(package)?;
        }
        return Ok(false);
    }
    let before: BTreeSet<ImagePackage> = list_places(tx, image)?.into_iter().collect();
    for gone in before.difference(places) {
        tx.delete_image_package(image, gone.package, &gone.path)?;
    }
    for new in places.difference(&before) {
        tx.insert_image_package(image, new)?;
    }
    for gone in before.difference(places) {
        tx.delete_unused_package(gone.package)?;
    }
    tx.put_image_inventory(image, inventory)?;
    Ok(true)
}

/// Forgets up to `limit` places of a deleted image. Returns whether that were all.
pub(crate) fn forget_places(tx: &mut Tx<'_>, image: ImageKey, limit: u32) -> Result<bool, DbError> {
    let places = tx.list_image_packages(image, None, limit)?;
    for place in &places {
        tx.delete_image_package(image, place.package, &place.path)?;
    }
    let packages: BTreeSet<PackageKey> = places.iter().map(|place| place.package).collect();
    for package in packages {
        tx.delete_unused_package(package)?;
    }
    if places.len() < limit as usize {
        tx.delete_image_inventory(image)?;
        return Ok(true);
    }
    Ok(false)
}

/// What is said of an image beside its packages, and when it was read.
pub(crate) fn find_stored(
    tx: &mut Tx<'_>,
    image: ImageKey,
) -> Result<Option<(StoredInventory, Timestamp)>, DbError> {
    let found = tx.find_image_inventory(image)?;
    Ok(found.and_then(|found| Some((StoredInventory::read(&found.document)?, found.made_at))))
}
