-- The grants by which ECR uses the KMS key of a repository in its name, with a space between two.
ALTER TABLE repository ADD COLUMN kms_grants {text};

-- Grants for one encryption context: those for one repository, out of those for all that use the key.
CREATE INDEX kms_grant_by_context ON kms_grant (key, grantee, context, id);
