//! Statements about customers' keys, their aliases and grants.

use names::{AliasName, GrantId, KmsAliasArn, KmsKeyId, MaterialId};

use super::samples::{PAGE, now, registry};
use crate::{DbError, SealedMaterial, Tx};

pub(super) fn run_statements_about_keys(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let id = KmsKeyId::from_random([1; 16]);
    let material = MaterialId::from_bytes([1; 32]);
    tx.find_kms_key(&id)?;
    tx.list_kms_keys(&registry(), Some("a"), PAGE)?;
    tx.list_kms_key_policies(Some(&id), PAGE)?;
    tx.list_kms_keys_to_delete(now(), PAGE)?;
    tx.list_kms_keys_to_rotate(now(), PAGE)?;
    tx.put_kms_key_description(&id, "")?;
    tx.put_kms_key_policy(&id, "")?;
    tx.put_kms_key_state(&id, true, None, None)?;
    tx.put_kms_key_rotation(&id, None, None)?;
    tx.put_kms_key_material(&id, &material)?;
    tx.find_kms_material(&id, &material)?;
    tx.find_newest_kms_material_time(&id)?;
    tx.list_kms_materials(&id, Some(&(now(), material)), PAGE)?;
    let name = AliasName::parse("alias/images").unwrap();
    let alias = KmsAliasArn { registry: registry(), name };
    tx.find_kms_alias(&alias)?;
    tx.list_kms_aliases(&registry(), Some("a"), PAGE)?;
    tx.list_kms_aliases_of_key(&id, Some("a"), PAGE)?;
    tx.put_kms_alias_key(&alias, &id, now())?;
    tx.delete_kms_alias(&alias)?;
    tx.list_kms_tags(&id, Some("a"), PAGE)?;
    tx.delete_kms_tag(&id, "a")?;
    tx.list_sealed_kms_materials(None, PAGE)?;
    let sealed =
        SealedMaterial { key: id.clone(), id: MaterialId::from_bytes([1; 32]), sealed: Vec::new() };
    tx.reseal_kms_material(&sealed, &[])?;
    let grant = GrantId::from_random([1; 32]);
    tx.find_kms_grant(&id, &grant)?;
    tx.list_kms_grants(&id, Some("a"), PAGE)?;
    tx.list_kms_grants_of_grantee(&id, "a", Some("a"), PAGE)?;
    tx.list_kms_grants_of_context(&id, "a", Some("{}"), PAGE)?;
    tx.list_kms_grants_of_context(&id, "a", None, PAGE)?;
    tx.list_kms_grants_of_name(&id, "a", PAGE)?;
    let after = ("a".to_owned(), "a".to_owned());
    tx.list_kms_grants_of_retiree("a", &registry().region, Some(&after), PAGE)?;
    tx.delete_kms_grant(&id, &grant)?;
    tx.delete_kms_grants(&id)?;
    tx.delete_kms_tags(&id)?;
    tx.delete_kms_aliases_of_key(&id)?;
    tx.delete_kms_materials(&id)?;
    tx.delete_kms_key(&id)
}
