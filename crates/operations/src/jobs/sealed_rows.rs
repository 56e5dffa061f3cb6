//! The kinds of rows that hold sealed values, as `reseal_rows` goes through them: in pages, by key.

use db::{DbError, SealedMaterial, SealedSecret, Tx};
use keys::SealedAs;
use names::{KmsKeyId, MaterialId};

/// Rows that are sealed again in one transaction.
const PAGE: u32 = 128;

/// One kind.
pub(super) trait SealedRows: 'static {
    type Row: Send + Sync + 'static;
    /// By what the rows are ordered.
    type Place: Send + Sync + 'static;

    /// The next page.
    fn list(tx: &mut Tx<'_>, after: Option<&Self::Place>) -> Result<Vec<Self::Row>, DbError>;

    fn place(row: &Self::Row) -> Self::Place;

    /// What is sealed, and as what.
    fn sealed(row: &Self::Row) -> (SealedAs<'_>, &[u8]);

    /// Puts the value that was sealed again, unless the row has another one meanwhile.
    fn put(tx: &mut Tx<'_>, old: &Self::Row, new: &[u8]) -> Result<(), DbError>;
}

/// A value by the name of what it belongs to.
type Named = (String, Vec<u8>);

fn text(after: Option<&String>) -> &str {
    after.map_or("", String::as_str)
}

/// Secret access keys.
pub(super) struct AccessKeys;

impl SealedRows for AccessKeys {
    type Row = Named;
    type Place = String;

    fn list(tx: &mut Tx<'_>, after: Option<&String>) -> Result<Vec<Named>, DbError> {
        tx.list_sealed_access_keys(text(after), PAGE)
    }

    fn place((id, _): &Named) -> String {
        id.clone()
    }

    fn sealed((id, sealed): &Named) -> (SealedAs<'_>, &[u8]) {
        (SealedAs::AccessKey(id), sealed)
    }

    fn put(tx: &mut Tx<'_>, (id, old): &Named, new: &[u8]) -> Result<(), DbError> {
        tx.reseal_access_key(id, old, new)
    }
}

/// Materials of KMS keys.
pub(super) struct KmsMaterials;

impl SealedRows for KmsMaterials {
    type Row = SealedMaterial;
    type Place = (KmsKeyId, MaterialId);

    fn list(tx: &mut Tx<'_>, after: Option<&Self::Place>) -> Result<Vec<SealedMaterial>, DbError> {
        tx.list_sealed_kms_materials(after, PAGE)
    }

    fn place(row: &SealedMaterial) -> Self::Place {
        (row.key.clone(), row.id.clone())
    }

    fn sealed(row: &SealedMaterial) -> (SealedAs<'_>, &[u8]) {
        (SealedAs::KmsMaterial { key: &row.key, id: &row.id }, &row.sealed)
    }

    fn put(tx: &mut Tx<'_>, old: &SealedMaterial, new: &[u8]) -> Result<(), DbError> {
        tx.reseal_kms_material(old, new)
    }
}

/// Versions of secrets.
pub(super) struct Secrets;

impl SealedRows for Secrets {
    type Row = SealedSecret;
    type Place = (String, String);

    fn list(tx: &mut Tx<'_>, after: Option<&Self::Place>) -> Result<Vec<SealedSecret>, DbError> {
        tx.list_sealed_secrets(after, PAGE)
    }

    fn place(row: &SealedSecret) -> Self::Place {
        (row.secret.clone(), row.version.clone())
    }

    fn sealed(row: &SealedSecret) -> (SealedAs<'_>, &[u8]) {
        (SealedAs::Secret { secret: &row.secret, version: &row.version }, &row.sealed)
    }

    fn put(tx: &mut Tx<'_>, old: &SealedSecret, new: &[u8]) -> Result<(), DbError> {
        tx.reseal_secret(old, new)
    }
}

/// Keys that sign the audit trail.
pub(super) struct AuditKeys;

impl SealedRows for AuditKeys {
    type Row = Named;
    type Place = String;

    fn list(tx: &mut Tx<'_>, after: Option<&String>) -> Result<Vec<Named>, DbError> {
        tx.list_sealed_audit_keys(text(after), PAGE)
    }

    fn place((id, _): &Named) -> String {
        id.clone()
    }

    fn sealed((id, sealed): &Named) -> (SealedAs<'_>, &[u8]) {
        (SealedAs::AuditKey(id), sealed)
    }

    fn put(tx: &mut Tx<'_>, (id, old): &Named, new: &[u8]) -> Result<(), DbError> {
        tx.reseal_audit_key(id, old, new)
    }
}
