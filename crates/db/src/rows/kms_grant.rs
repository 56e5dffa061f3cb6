use names::{GrantId, GrantOperation, KmsKeyId, Region, Timestamp};

use crate::value::{Row, args};
use crate::{DbError, Tx};

/// A grant on a customer's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KmsGrant {
    /// The key.
    pub key: KmsKeyId,
    /// The grant's id.
    pub id: GrantId,
    /// The name that its maker gave it.
    pub name: Option<String>,
    /// Who may use the key.
    pub grantee: GrantParty,
    /// Who may end the grant.
    pub retiree: Option<GrantParty>,
    /// What the grantee may do.
    pub operations: Vec<GrantOperation>,
    /// How an encryption context binds it (`Equals` or `Subset`), and the context as JSON.
    pub context: Option<(String, String)>,
    /// The resource in whose name a service may use it.
    pub source_arn: Option<String>,
    /// The account that made it.
    pub issuer: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A principal or service in a grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantParty {
    /// As decisions name it: the id of a user or role, an ARN, or a service.
    pub id: String,
    /// As the client wrote it.
    pub shown: String,
}

/// The columns, as `read` expects them.
const COLUMNS: &str = "g.key, g.id, g.name, g.grantee, g.shown_grantee, g.retiree, g.shown_retiree,
    g.operations, g.context_rule, g.context, g.source_arn, g.issuer, g.created_at";

impl Tx<'_> {
    /// Makes a grant.
    pub fn insert_kms_grant(&mut self, new: &KmsGrant) -> Result<(), DbError> {
        let KmsGrant { key, id, name, grantee, retiree, operations, .. } = new;
        let KmsGrant { context, source_arn, issuer, created_at, .. } = new;
        let operations: Vec<&str> = operations.iter().map(|operation| operation.as_str()).collect();
        self.execute(
            "INSERT INTO kms_grant (key, id, name, grantee, shown_grantee, retiree, shown_retiree,
                 operations, context_rule, context, source_arn, issuer, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            args![
                key,
                id,
                name.as_ref(),
                &grantee.id,
                &grantee.shown,
                retiree.as_ref().map(|retiree| &retiree.id),
                retiree.as_ref().map(|retiree| &retiree.shown),
                &operations.join(" "),
                context.as_ref().map(|(rule, _)| rule),
                context.as_ref().map(|(_, context)| context),
                source_arn.as_ref(),
                issuer,
                *created_at,
            ],
        )
        .map(drop)
    }

    /// One grant on a key.
    pub fn find_kms_grant(
        &mut self,
        key: &KmsKeyId,
        id: &GrantId,
    ) -> Result<Option<KmsGrant>, DbError> {
        self.row(
            &format!("SELECT {COLUMNS} FROM kms_grant g WHERE g.key = $1 AND g.id = $2"),
            args![key, id],
            read,
        )
    }

    /// The grants on a key, by id, from after `after` on.
    pub fn list_kms_grants(
        &mut self,
        key: &KmsKeyId,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<KmsGrant>, DbError> {
        self.rows(
            &format!("SELECT {COLUMNS} FROM kms_grant g WHERE g.key = $1 AND g.id > $2 ORDER BY g.id LIMIT $3"),
            args![key, after.unwrap_or_default(), i64::from(limit)],
            read,
        )
    }

    /// The grants of one grantee on a key, by id, from after `after` on.
    pub fn list_kms_grants_of_grantee(
        &mut self,
        key: &KmsKeyId,
        grantee: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<KmsGrant>, DbError> {
        self.rows(
            &format!("SELECT {COLUMNS} FROM kms_grant g WHERE g.key = $1 AND g.grantee = $2 AND g.id > $3
                 ORDER BY g.id LIMIT $4"),
            args![key, grantee, after.unwrap_or_default(), i64::from(limit)],
            read,
        )
    }

    /// Some grants of one grantee on a key that are for this encryption context; `None` are those
    /// for every context.
    pub fn list_kms_grants_of_context(
        &mut self,
        key: &KmsKeyId,
        grantee: &str,
        context: Option<&str>,
        limit: u32,
    ) -> Result<Vec<KmsGrant>, DbError> {
        let (sql, args) = match &context {
            Some(context) => (
                format!("SELECT {COLUMNS} FROM kms_grant g WHERE g.key = $1 AND g.grantee = $2 AND g.context = $3
                     ORDER BY g.id LIMIT $4"),
                args![key, grantee, *context, i64::from(limit)].to_vec(),
            ),
            None => (
                format!("SELECT {COLUMNS} FROM kms_grant g WHERE g.key = $1 AND g.grantee = $2 AND g.context IS NULL
                     ORDER BY g.id LIMIT $3"),
                args![key, grantee, i64::from(limit)].to_vec(),
            ),
        };
        self.rows(&sql, &args, read)
    }

    /// The grants on a key that have this name.
    pub fn list_kms_grants_of_name(
        &mut self,
        key: &KmsKeyId,
        name: &str,
        limit: u32,
    ) -> Result<Vec<KmsGrant>, DbError> {
        self.rows(
            &format!("SELECT {COLUMNS} FROM kms_grant g WHERE g.key = $1 AND g.name = $2 ORDER BY g.id LIMIT $3"),
            args![key, name, i64::from(limit)],
            read,
        )
    }

    /// The grants on keys in a Region that this principal may retire, from after `after` on.
    pub fn list_kms_grants_of_retiree(
        &mut self,
        retiree: &str,
        region: &Region,
        after: Option<&(String, String)>,
        limit: u32,
    ) -> Result<Vec<KmsGrant>, DbError> {
        let (key, id) = after.map_or(("", ""), |(key, id)| (key, id));
        self.rows(
            &format!(
                "SELECT {COLUMNS} FROM kms_grant g JOIN kms_key k ON k.id = g.key
                 WHERE g.retiree = $1 AND (g.key, g.id) > ($2, $3) AND k.region = $4
                 ORDER BY g.key, g.id LIMIT $5"
            ),
            args![retiree, key, id, region, i64::from(limit)],
            read,
        )
    }

    /// Ends a grant; `false` if there was none.
    pub fn delete_kms_grant(&mut self, key: &KmsKeyId, id: &GrantId) -> Result<bool, DbError> {
        let sql = "DELETE FROM kms_grant WHERE key = $1 AND id = $2";
        Ok(self.execute(sql, args![key, id])? == 1)
    }

    /// Ends all grants on a key.
    pub fn delete_kms_grants(&mut self, key: &KmsKeyId) -> Result<(), DbError> {
        self.send("DELETE FROM kms_grant WHERE key = $1", args![key])
    }
}

fn read(row: &Row<'_>) -> Result<KmsGrant, DbError> {
    const OPERATIONS: &str = "kms_grant.operations";
    let operations = row.text(7, OPERATIONS)?;
    let operation = |word: &str| word.parse().map_err(|_| DbError::Corrupt { column: OPERATIONS });
    let retiree = row.maybe_text(5, "kms_grant.retiree")?;
    let shown_retiree = row.maybe_text(6, "kms_grant.shown_retiree")?;
    let rule = row.maybe_text(8, "kms_grant.context_rule")?;
    Ok(KmsGrant {
        key: row.word(0, "kms_grant.key")?,
        id: row.word(1, "kms_grant.id")?,
        name: row.maybe_text(2, "kms_grant.name")?,
        grantee: GrantParty {
            id: row.text(3, "kms_grant.grantee")?,
            shown: row.text(4, "kms_grant.shown_grantee")?,
        },
        retiree: retiree.zip(shown_retiree).map(|(id, shown)| GrantParty { id, shown }),
        operations: operations
            .split_ascii_whitespace()
            .map(operation)
            .collect::<Result<_, DbError>>()?,
        context: rule.zip(row.maybe_text(9, "kms_grant.context")?),
        source_arn: row.maybe_text(10, "kms_grant.source_arn")?,
        issuer: row.text(11, "kms_grant.issuer")?,
        created_at: row.moment(12, "kms_grant.created_at")?,
    })
}
