//! Former root keys beside the objects: their secrets, sealed, in a document each. Only a rebuild
//! reads them, when the rows are lost.
//!
//! A document's name is the root key's place and id, so that a rebuild knows their order.

use blobs::{DocumentKind, Documents};
use db::{DbError, RootKeyRow, Tx};

use super::root_keys::{RootKeys, read_rows};
use crate::{Failure, Operations};

/// Before the sealed secret in a document.
const MAGIC: &[u8] = b"LSROOTKEY\x01";

impl Operations {
    /// Writes the documents of all root keys that were handed down, unless they are as they should
    /// be.
    pub(crate) async fn keep_handed_down(&self) -> Result<(), Failure> {
        let Some(documents) = &self.root_keys else { return Ok(()) };
        for row in read_rows(&self.db).await? {
            if let Some(sealed) = &row.handed_down {
                keep(documents, &name(&row), sealed).await?;
            }
        }
        Ok(())
    }

    /// Makes rows for the root keys of which documents speak, if the rows name none. Returns how
    /// many.
    pub async fn recall_root_keys(&self) -> Result<usize, Failure> {
        let Some(documents) = &self.root_keys else { return Ok(0) };
        let (mut rows, now) = (Vec::new(), self.now());
        for name in documents.list(DocumentKind::RootKey).await? {
            let Some((place, id)) = read_name(&name) else { continue };
            let found = documents.read(DocumentKind::RootKey, &name).await?;
            let Some(sealed) = found.as_deref().and_then(|bytes| bytes.strip_prefix(MAGIC)) else {
                continue;
            };
            let (retired_at, handed_down) = (Some(now), Some(sealed.to_vec()));
            let id = id.to_owned();
            rows.push(RootKeyRow { id, place, since: now, retired_at, handed_down, seals: None });
        }
        let known = RootKeys::of(&rows)?;
        let count = rows.len();
        let note = move |tx: &mut Tx<'_>| {
            let is_needed = tx.list_root_keys()?.is_empty();
            if is_needed {
                rows.iter().try_for_each(|row| tx.insert_root_key(row))?;
            }
            Ok::<_, DbError>(is_needed)
        };
        if count == 0 || !self.db.write(note).await? {
            return Ok(0);
        }
        known.settle(&self.keyring)?;
        Ok(count)
    }
}

async fn keep(documents: &Documents, name: &str, sealed: &[u8]) -> Result<(), Failure> {
    let wanted = [MAGIC, sealed].concat();
    let found = documents.read(DocumentKind::RootKey, name).await?;
    if found.as_deref() != Some(&wanted) {
        documents.put(DocumentKind::RootKey, name, wanted).await?;
    }
    Ok(())
}

fn name(row: &RootKeyRow) -> String {
    format!("{:05}-{}", row.place, row.id)
}

/// Place and id in the name of a document. Others may have put a file there.
fn read_name(name: &str) -> Option<(i64, &str)> {
    let (place, id) = name.split_once('-')?;
    let place = place.parse().ok().filter(|place| *place > 0)?;
    keys::RootKeyId::parse(id)?;
    Some((place, id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_documents() {
        #[rustfmt::skip]
        let cases = [
            ("00001-0a0b0c0d",  Some((1, "0a0b0c0d")), "the first one"),
            ("12345-0a0b0c0d",  Some((12_345, "0a0b0c0d")), "a later one"),
            ("00000-0a0b0c0d",  None, "places begin with one"),
            ("-1-0a0b0c0d",     None, "no place"),
            ("00001-0a0b0c",    None, "a short id"),
            ("00001-0a0b0c0g",  None, "no id"),
            ("0a0b0c0d",        None, "no place at all"),
        ];
        for (text, read, because) in cases {
            assert_eq!(read_name(text), read, "{because}");
        }
    }
}
