use names::{KmsKeyId, MaterialId, MaterialOrigin, Timestamp};

use crate::value::{Row, args};
use crate::{DbError, Tx};

/// One of the materials of a customer's key, without what is secret about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KmsMaterial {
    /// Its id.
    pub id: MaterialId,
    /// Why there is one.
    pub origin: MaterialOrigin,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What is secret about a material, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedMaterial {
    /// Its key.
    pub key: KmsKeyId,
    /// Its id.
    pub id: MaterialId,
    /// The secret part.
    pub sealed: Vec<u8>,
}

impl Tx<'_> {
    /// Keeps a material, sealed.
    pub fn insert_kms_material(
        &mut self,
        key: &KmsKeyId,
        material: &KmsMaterial,
        sealed: &[u8],
    ) -> Result<(), DbError> {
        let KmsMaterial { id, origin, created_at } = material;
        self.execute(
            "INSERT INTO kms_material (key, id, sealed, origin, created_at) VALUES ($1, $2, $3, $4, $5)",
            args![key, id, sealed, origin.as_str(), *created_at],
        )
        .map(drop)
    }

    /// A material of a key, sealed.
    pub fn find_kms_material(
        &mut self,
        key: &KmsKeyId,
        id: &MaterialId,
    ) -> Result<Option<Vec<u8>>, DbError> {
        self.row(
            "SELECT sealed FROM kms_material WHERE key = $1 AND id = $2",
            args![key, id],
            |row| row.bytes(0, "kms_material.sealed").map(<[u8]>::to_vec),
        )
    }

    /// The sealed materials of all keys, by the ids of key and material, from after `after` on.
    pub fn list_sealed_kms_materials(
        &mut self,
        after: Option<&(KmsKeyId, MaterialId)>,
        limit: u32,
    ) -> Result<Vec<SealedMaterial>, DbError> {
        let (key, id) = after.map_or(("", ""), |(key, id)| (key.as_str(), id.as_str()));
        self.rows(
            "SELECT key, id, sealed FROM kms_material
             WHERE (key, id) > ($1, $2) ORDER BY key, id LIMIT $3",
            args![key, id, i64::from(limit)],
            |row| {
                Ok(SealedMaterial {
                    key: row.word(0, "kms_material.key")?,
                    id: row.word(1, "kms_material.id")?,
                    sealed: row.bytes(2, "kms_material.sealed")?.to_vec(),
                })
            },
        )
    }

    /// Keeps the same material, sealed in another way. Nothing happens if it is not the one that
    /// was read.
    pub fn reseal_kms_material(&mut self, old: &SealedMaterial, new: &[u8]) -> Result<(), DbError> {
        let SealedMaterial { key, id, sealed } = old;
        self.send(
            "UPDATE kms_material SET sealed = $4 WHERE key = $1 AND id = $2 AND sealed = $3",
            args![key, id, sealed, new],
        )
    }

    /// The materials of a key, the oldest first, from after `after` on.
    pub fn list_kms_materials(
        &mut self,
        key: &KmsKeyId,
        after: Option<&(Timestamp, MaterialId)>,
        limit: u32,
    ) -> Result<Vec<KmsMaterial>, DbError> {
        let (at, id) = match after {
            Some((at, id)) => (at.as_micros(), id.as_str()),
            None => (i64::MIN, ""),
        };
        self.rows(
            "SELECT id, origin, created_at FROM kms_material
             WHERE key = $1 AND (created_at, id) > ($2, $3)
             ORDER BY created_at, id LIMIT $4",
            args![key, at, id, i64::from(limit)],
            read,
        )
    }

    /// When a key got its newest material.
    pub fn find_newest_kms_material_time(
        &mut self,
        key: &KmsKeyId,
    ) -> Result<Option<Timestamp>, DbError> {
        self.row(
            "SELECT created_at FROM kms_material WHERE key = $1
             ORDER BY created_at DESC, id DESC LIMIT 1",
            args![key],
            |row| row.moment(0, "kms_material.created_at"),
        )
    }

    /// Deletes all materials of a key.
    pub fn delete_kms_materials(&mut self, key: &KmsKeyId) -> Result<(), DbError> {
        self.send("DELETE FROM kms_material WHERE key = $1", args![key])
    }
}

fn read(row: &Row<'_>) -> Result<KmsMaterial, DbError> {
    Ok(KmsMaterial {
        id: row.word(0, "kms_material.id")?,
        origin: row.word(1, "kms_material.origin")?,
        created_at: row.moment(2, "kms_material.created_at")?,
    })
}
