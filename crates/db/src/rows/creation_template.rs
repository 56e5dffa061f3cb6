use std::collections::HashMap;

use names::{
    AppliedFor, EncryptionType, ExclusionFilter, KmsKeyArn, RegistryId, TagMutability,
    TemplatePrefix, Timestamp,
};

use super::registry::RegistryKey;
use super::repository::{join_filters, split_filters};
use crate::value::{self, Row, args};
use crate::{DbError, Tx};

/// A repository creation template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreationTemplate {
    /// Which repositories it is for.
    pub prefix: TemplatePrefix,
    /// What they get.
    pub settings: TemplateSettings,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// What repositories get from a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateSettings {
    /// What the template is for, in the words of its author.
    pub description: Option<String>,
    /// How bytes are encrypted.
    pub encryption: EncryptionType,
    /// Under which KMS key, unless it is the one that ECR manages.
    pub kms_key: Option<KmsKeyArn>,
    /// Whether tags may move.
    pub mutability: TagMutability,
    /// Which tags are excluded from that rule.
    pub exclusion_filters: Vec<ExclusionFilter>,
    /// Resource tags, in the order given.
    pub tags: Vec<(String, String)>,
    /// The repository policy, as it was given.
    pub repository_policy: Option<String>,
    /// The lifecycle policy, as it was given.
    pub lifecycle_policy: Option<String>,
    /// When it is applied.
    pub applied_for: Vec<AppliedFor>,
    /// The ARN of the role that creates the repositories.
    pub custom_role: Option<String>,
}

/// What CreateRepository gives by default.
impl Default for TemplateSettings {
    fn default() -> Self {
        Self {
            description: None,
            encryption: EncryptionType::Aes256,
            kms_key: None,
            mutability: TagMutability::Mutable,
            exclusion_filters: Vec::new(),
            tags: Vec::new(),
            repository_policy: None,
            lifecycle_policy: None,
            applied_for: Vec::new(),
            custom_role: None,
        }
    }
}

impl Tx<'_> {
    /// Inserts a template; `false` if there is one for the same repositories.
    pub fn insert_creation_template(
        &mut self,
        registry: RegistryKey,
        template: &CreationTemplate,
    ) -> Result<bool, DbError> {
        let CreationTemplate { prefix, settings, created_at, updated_at } = template;
        let inserted = self.execute(
            "INSERT INTO creation_template (registry, stem, prefix, encryption, mutability,
                 exclusion_filters, applied_for, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, '', '', $6, $7)
             ON CONFLICT (registry, stem) DO NOTHING",
            args![
                registry,
                prefix.stem(),
                prefix.as_str(),
                settings.encryption.as_str(),
                settings.mutability.as_str(),
                *created_at,
                *updated_at
            ],
        )?;
        if inserted == 0 {
            return Ok(false);
        }
        self.put_template_settings(registry, prefix, settings, *updated_at)?;
        Ok(true)
    }

    /// Replaces the settings of a template.
    pub fn put_template_settings(
        &mut self,
        registry: RegistryKey,
        prefix: &TemplatePrefix,
        settings: &TemplateSettings,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let TemplateSettings {
            description,
            encryption,
            kms_key,
            mutability,
            exclusion_filters,
            tags,
            repository_policy,
            lifecycle_policy,
            applied_for,
            custom_role,
        } = settings;
        let uses: Vec<&str> = applied_for.iter().map(|it| it.as_str()).collect();
        self.send(
            "UPDATE creation_template SET description = $3, encryption = $4, kms_key = $5,
                 mutability = $6, exclusion_filters = $7, repository_policy = $8,
                 lifecycle_policy = $9, applied_for = $10, custom_role = $11, updated_at = $12
             WHERE registry = $1 AND stem = $2",
            args![
                registry,
                prefix.stem(),
                description.as_deref(),
                encryption.as_str(),
                kms_key.as_ref().map(KmsKeyArn::to_string).as_deref(),
                mutability.as_str(),
                &join_filters(exclusion_filters),
                repository_policy.as_deref(),
                lifecycle_policy.as_deref(),
                &uses.join(" "),
                custom_role.as_deref(),
                now
            ],
        )?;
        self.delete_template_tags(registry, prefix)?;
        for (place, (name, value)) in (0_i64..).zip(tags) {
            self.send(
                "INSERT INTO creation_template_tag (registry, stem, place, name, value)
                 VALUES ($1, $2, $3, $4, $5)",
                args![registry, prefix.stem(), place, name, value],
            )?;
        }
        Ok(())
    }

    /// The template with this prefix.
    pub fn find_creation_template(
        &mut self,
        registry: &RegistryId,
        prefix: &TemplatePrefix,
    ) -> Result<Option<CreationTemplate>, DbError> {
        let found = self.row(
            "SELECT t.stem, t.prefix, t.description, t.encryption, t.kms_key, t.mutability,
                    t.exclusion_filters, t.repository_policy, t.lifecycle_policy, t.applied_for,
                    t.custom_role, t.created_at, t.updated_at
             FROM registry g JOIN creation_template t ON t.registry = g.id
             WHERE g.account = $1 AND g.region = $2 AND t.stem = $3",
            args![&registry.account, &registry.region, prefix.stem()],
            read,
        )?;
        let Some(mut template) = found else { return Ok(None) };
        template.settings.tags = self.rows(
            "SELECT name, value FROM creation_template_tag
             WHERE registry = (SELECT id FROM registry WHERE account = $1 AND region = $2)
                 AND stem = $3
             ORDER BY place",
            args![&registry.account, &registry.region, prefix.stem()],
            |row| read_tag(row, 0),
        )?;
        Ok(Some(template))
    }

    /// Templates in the order of their prefixes, from after the stem `after` on.
    pub fn list_creation_templates(
        &mut self,
        registry: &RegistryId,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<CreationTemplate>, DbError> {
        let RegistryId { account, region } = registry;
        let after = value::after(after.unwrap_or_default());
        let mut templates = self.rows(
            "SELECT stem, prefix, description, encryption, kms_key, mutability, exclusion_filters,
                    repository_policy, lifecycle_policy, applied_for, custom_role, created_at,
                    updated_at
             FROM creation_template
             WHERE registry = (SELECT id FROM registry WHERE account = $1 AND region = $2)
                 AND stem > $3
             ORDER BY stem LIMIT $4",
            args![account, region, after, i64::from(limit)],
            read,
        )?;
        let Some(last) = templates.last().map(|last| last.prefix.stem().to_owned()) else {
            return Ok(templates);
        };
        // A template has at most 50.
        let tags = self.rows(
            "SELECT stem, name, value FROM creation_template_tag
             WHERE registry = (SELECT id FROM registry WHERE account = $1 AND region = $2)
                 AND stem > $3 AND stem <= $4
             ORDER BY stem, place",
            args![account, region, after, &last],
            |row| Ok((row.text(0, "creation_template_tag.stem")?, read_tag(row, 1)?)),
        )?;
        let mut of: HashMap<String, Vec<(String, String)>> = HashMap::new();
        for (stem, tag) in tags {
            of.entry(stem).or_default().push(tag);
        }
        for template in &mut templates {
            template.settings.tags = of.remove(template.prefix.stem()).unwrap_or_default();
        }
        Ok(templates)
    }

    /// The prefixes of a registry's templates, and when each is applied.
    pub fn list_template_uses(
        &mut self,
        registry: &RegistryId,
        limit: u32,
    ) -> Result<Vec<(TemplatePrefix, Vec<AppliedFor>)>, DbError> {
        self.rows(
            "SELECT prefix, applied_for FROM creation_template
             WHERE registry = (SELECT id FROM registry WHERE account = $1 AND region = $2)
             ORDER BY stem LIMIT $3",
            args![&registry.account, &registry.region, i64::from(limit)],
            |row| Ok((read_prefix(row, 0)?, read_uses(row, 1)?)),
        )
    }

    /// Deletes a template; `false` if it is not there.
    pub fn delete_creation_template(
        &mut self,
        registry: RegistryKey,
        prefix: &TemplatePrefix,
    ) -> Result<bool, DbError> {
        self.delete_template_tags(registry, prefix)?;
        let deleted = self.execute(
            "DELETE FROM creation_template WHERE registry = $1 AND stem = $2",
            args![registry, prefix.stem()],
        )?;
        Ok(deleted == 1)
    }

    fn delete_template_tags(
        &mut self,
        registry: RegistryKey,
        prefix: &TemplatePrefix,
    ) -> Result<(), DbError> {
        self.send(
            "DELETE FROM creation_template_tag WHERE registry = $1 AND stem = $2",
            args![registry, prefix.stem()],
        )
    }
}

fn read_tag(row: &Row<'_>, at: usize) -> Result<(String, String), DbError> {
    Ok((
        row.text(at, "creation_template_tag.name")?,
        row.text(at + 1, "creation_template_tag.value")?,
    ))
}

fn read_prefix(row: &Row<'_>, at: usize) -> Result<TemplatePrefix, DbError> {
    row.word(at, "creation_template.prefix")
}

fn read_uses(row: &Row<'_>, at: usize) -> Result<Vec<AppliedFor>, DbError> {
    const COLUMN: &str = "creation_template.applied_for";
    let text = row.text(at, COLUMN)?;
    let read = |word: &str| word.parse().map_err(|_| DbError::Corrupt { column: COLUMN });
    text.split_ascii_whitespace().map(read).collect()
}

/// A template without its tags.
fn read(row: &Row<'_>) -> Result<CreationTemplate, DbError> {
    const FILTERS: &str = "creation_template.exclusion_filters";
    const KEY: &str = "creation_template.kms_key";
    let key = row.maybe_text(4, KEY)?;
    let corrupt = |column| DbError::Corrupt { column };
    let settings = TemplateSettings {
        description: row.maybe_text(2, "creation_template.description")?,
        encryption: row.word(3, "creation_template.encryption")?,
        kms_key: key.map(|key| KmsKeyArn::parse(&key)).transpose().map_err(|_| corrupt(KEY))?,
        mutability: row.word(5, "creation_template.mutability")?,
        exclusion_filters: split_filters(&row.text(6, FILTERS)?).ok_or_else(|| corrupt(FILTERS))?,
        tags: Vec::new(),
        repository_policy: row.maybe_text(7, "creation_template.repository_policy")?,
        lifecycle_policy: row.maybe_text(8, "creation_template.lifecycle_policy")?,
        applied_for: read_uses(row, 9)?,
        custom_role: row.maybe_text(10, "creation_template.custom_role")?,
    };
    Ok(CreationTemplate {
        prefix: read_prefix(row, 1)?,
        settings,
        created_at: row.moment(11, "creation_template.created_at")?,
        updated_at: row.moment(12, "creation_template.updated_at")?,
    })
}
