use super::MalformedBucketConfig;
use super::malformed::malformed;

/// The scheme of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    S3,
    Azure,
    Google,
}

/// Schemes that people may try, and what to tell them.
const OTHER_SCHEMES: [(&str, &str); 6] = [
    ("gcs://", GOOGLE),
    ("azure://", AZURE),
    ("abfs://", AZURE),
    ("abfss://", AZURE),
    ("wasb://", AZURE),
    ("wasbs://", AZURE),
];
const GOOGLE: &str = "is in Google Cloud Storage: write it as gs://BUCKET/PREFIX";
const AZURE: &str =
    "is in Azure Blob Storage: write it as az://CONTAINER/PREFIX, with LONGSHORE_AZURE_ACCOUNT";

impl Scheme {
    /// Scheme, bucket and prefix.
    pub(super) fn split(address: &str) -> Result<(Self, String, String), MalformedBucketConfig> {
        if let Some((_, says)) = OTHER_SCHEMES.iter().find(|(start, _)| address.starts_with(start))
        {
            return Err(malformed(format!("{address} {says}")));
        }
        let wrong = |form, what| malformed(format!("{address} is not {form}: {what}"));
        let (scheme, rest) = match address.split_once("://") {
            Some(("s3", rest)) => (Self::S3, rest),
            Some(("az", rest)) => (Self::Azure, rest),
            Some(("gs", rest)) => (Self::Google, rest),
            _ => {
                let form = "s3://BUCKET/PREFIX, az://CONTAINER/PREFIX or gs://BUCKET/PREFIX";
                return Err(wrong(form, "it does not start with s3://, az:// or gs://"));
            }
        };
        let (form, name) = match scheme {
            Self::S3 => (
                "s3://BUCKET or s3://BUCKET/PREFIX",
                "a bucket's name has 3 to 63 lower-case letters, digits, dots and hyphens",
            ),
            Self::Azure => (
                "az://CONTAINER or az://CONTAINER/PREFIX",
                "a container's name has 3 to 63 lower-case letters, digits and hyphens",
            ),
            Self::Google => (
                "gs://BUCKET or gs://BUCKET/PREFIX",
                "a bucket's name has 3 to 63 lower-case letters, digits, dots, hyphens and underscores",
            ),
        };
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let in_bucket = |b: u8| {
            let more = match scheme {
                Self::S3 => b == b'.',
                Self::Azure => false,
                Self::Google => matches!(b, b'.' | b'_'),
            };
            b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || more
        };
        if !(3..=63).contains(&bucket.len()) || !bucket.bytes().all(in_bucket) {
            return Err(wrong(form, name));
        }
        let prefix = prefix.trim_end_matches('/');
        let in_prefix = |b: u8| b.is_ascii_alphanumeric() || b"-_./".contains(&b);
        let is_name = |name: &str| !matches!(name, "" | "." | "..");
        if !prefix.bytes().all(in_prefix) || !(prefix.is_empty() || prefix.split('/').all(is_name))
        {
            return Err(wrong(
                form,
                "a prefix has letters, digits, dots, hyphens, underscores and single slashes",
            ));
        }
        Ok((scheme, bucket.to_owned(), prefix.to_owned()))
    }
}
