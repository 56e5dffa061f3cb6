//! What a server says of itself.

use anyhow::{Context, Result};

use crate::oci::Client;

/// The values of counters, by their names and labels.
pub(super) async fn read<const N: usize>(
    client: &mut Client,
    names: [&str; N],
) -> Result<[u64; N]> {
    let page = String::from_utf8(client.read("/metrics").await?)?;
    let mut values = [0; N];
    for (value, name) in values.iter_mut().zip(names) {
        let line = page.lines().find_map(|line| line.strip_prefix(name));
        let found = line.and_then(|rest| rest.trim().parse().ok());
        *value = found.with_context(|| format!("no {name}"))?;
    }
    Ok(values)
}

/// Objects that were deleted.
pub(super) const RECLAIMED: &str = "longshore_reclaimed_objects_total";
/// Images that lifecycle policies expired.
pub(super) const EXPIRED: &str = "longshore_expired_images_total";
