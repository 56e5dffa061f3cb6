use std::fmt;
use std::time::Duration;

use zeroize::Zeroizing;

/// Where a bucket is and how to get in.
#[derive(Clone)]
pub struct S3Config {
    /// The bucket. It must be there.
    pub bucket: String,
    /// What the keys of all objects start with, without slashes at its ends; may be empty.
    pub prefix: String,
    /// The store's address, if it is not AWS's.
    pub endpoint: Option<String>,
    /// The Region that requests are signed for.
    pub region: String,
    /// Whose requests they are.
    pub access_key_id: String,
    /// What they are signed with.
    pub secret_access_key: Zeroizing<String>,
    /// May the store be spoken to without TLS?
    pub allow_http: bool,
    /// How the store encrypts.
    pub sse: ServerSideEncryption,
    /// How long to wait, and how often to try.
    pub patience: Patience,
}

/// How a store encrypts what it keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerSideEncryption {
    /// As the bucket is set up.
    None,
    /// With keys of S3's own.
    S3,
    /// With this key of KMS.
    Kms(String),
}

/// How long to wait for a store, and how often to try.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For the next bytes of an answer.
    pub read: Duration,
    /// For one request with its answer. A part of 16 MiB at 1 Mbit/s takes a little more than two minutes.
    pub request: Duration,
    /// For one call, with all its requests.
    pub call: Duration,
    /// How often one request is repeated.
    pub retries: usize,
    /// The first pause between two tries; each one is about twice as long as the one before.
    pub pause: Duration,
    /// The longest pause between two tries.
    pub pause_max: Duration,
    /// After how many failed calls in a row the store is left alone.
    pub failures_max: u32,
    /// For how long.
    pub rest: Duration,
}

impl Default for Patience {
    /// An unreachable store costs a client half a minute once, and the next ones nothing.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(30),
            request: Duration::from_mins(3),
            call: Duration::from_mins(4),
            retries: 6,
            pause: Duration::from_millis(100),
            pause_max: Duration::from_secs(5),
            failures_max: 8,
            rest: Duration::from_secs(5),
        }
    }
}

/// Why a configuration is not one, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct MalformedS3Config(String);

impl S3Config {
    /// Reads `s3://BUCKET/PREFIX` and what `variable` says the `LONGSHORE_S3_…` variables are.
    pub fn parse(
        address: &str,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, MalformedS3Config> {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let required = |name: &str| {
            set(name).ok_or_else(|| malformed(format!("{name} is not set; {address} needs it")))
        };
        let (bucket, prefix) = bucket_and_prefix(address)?;
        let endpoint =
            set("LONGSHORE_S3_ENDPOINT").map(|text| check_endpoint(&text)).transpose()?;
        let allow_http =
            switch("LONGSHORE_S3_ALLOW_HTTP", set("LONGSHORE_S3_ALLOW_HTTP").as_deref())?;
        if endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://")) && !allow_http
        {
            return Err(malformed(
                "LONGSHORE_S3_ENDPOINT has no TLS; use https://, or set LONGSHORE_S3_ALLOW_HTTP=true",
            ));
        }
        let region = match (set("LONGSHORE_S3_REGION"), &endpoint) {
            (Some(region), _) => region,
            // Stores that are not AWS's mostly do not care.
            (None, Some(_)) => "us-east-1".to_owned(),
            (None, None) => required("LONGSHORE_S3_REGION")?,
        };
        Ok(Self {
            bucket,
            prefix,
            endpoint,
            region,
            access_key_id: required("LONGSHORE_S3_ACCESS_KEY_ID")?,
            secret_access_key: required("LONGSHORE_S3_SECRET_ACCESS_KEY")?.into(),
            allow_http,
            sse: encryption(set("LONGSHORE_S3_SSE").as_deref())?,
            patience: Patience::default(),
        })
    }
}

impl fmt::Debug for S3Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3Config")
            .field("bucket", &self.bucket)
            .field("prefix", &self.prefix)
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .field("access_key_id", &self.access_key_id)
            .field("allow_http", &self.allow_http)
            .field("sse", &self.sse)
            .field("patience", &self.patience)
            .finish_non_exhaustive()
    }
}

fn malformed(what: impl Into<String>) -> MalformedS3Config {
    MalformedS3Config(what.into())
}

/// Services that people will ask for, and the addresses that they will try.
const OTHER_SERVICES: [(&str, &str); 7] = [
    ("gs://", "Google Cloud Storage"),
    ("gcs://", "Google Cloud Storage"),
    ("az://", "Azure Blob Storage"),
    ("azure://", "Azure Blob Storage"),
    ("abfs://", "Azure Blob Storage"),
    ("abfss://", "Azure Blob Storage"),
    ("wasbs://", "Azure Blob Storage"),
];

fn bucket_and_prefix(address: &str) -> Result<(String, String), MalformedS3Config> {
    let wrong =
        |what| malformed(format!("{address} is not s3://BUCKET or s3://BUCKET/PREFIX: {what}"));
    if let Some((_, service)) = OTHER_SERVICES.iter().find(|(start, _)| address.starts_with(start))
    {
        return Err(malformed(format!(
            "{address} is in {service}, which is not supported: use s3:// with a store that speaks S3 and honours If-None-Match on PUT",
        )));
    }
    let rest =
        address.strip_prefix("s3://").ok_or_else(|| wrong("it does not start with s3://"))?;
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let in_bucket = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.';
    if !(3..=63).contains(&bucket.len()) || !bucket.bytes().all(in_bucket) {
        return Err(wrong(
            "a bucket's name has 3 to 63 lower-case letters, digits, dots and hyphens",
        ));
    }
    let prefix = prefix.trim_end_matches('/');
    let in_prefix = |b: u8| b.is_ascii_alphanumeric() || b"-_./".contains(&b);
    let is_name = |name: &str| !matches!(name, "" | "." | "..");
    if !prefix.bytes().all(in_prefix) || !(prefix.is_empty() || prefix.split('/').all(is_name)) {
        return Err(wrong(
            "a prefix has letters, digits, dots, hyphens, underscores and single slashes",
        ));
    }
    Ok((bucket.to_owned(), prefix.to_owned()))
}

fn check_endpoint(text: &str) -> Result<String, MalformedS3Config> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host.map(|host| host.trim_end_matches('/')) {
        Some(host) if !host.is_empty() && !host.contains(['/', '@', '?', '#', ' ']) => {
            Ok(text.trim_end_matches('/').to_owned())
        }
        _ => Err(malformed("LONGSHORE_S3_ENDPOINT is not https://HOST or https://HOST:PORT")),
    }
}

fn switch(name: &str, value: Option<&str>) -> Result<bool, MalformedS3Config> {
    match value {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(malformed(format!("{name} is neither true nor false"))),
    }
}

fn encryption(value: Option<&str>) -> Result<ServerSideEncryption, MalformedS3Config> {
    match value {
        None | Some("none") => Ok(ServerSideEncryption::None),
        Some("s3") => Ok(ServerSideEncryption::S3),
        Some(other) => match other.strip_prefix("kms:") {
            Some(key) if !key.is_empty() => Ok(ServerSideEncryption::Kms(key.to_owned())),
            _ => Err(malformed("LONGSHORE_S3_SSE is none of none, s3 and kms:KEY")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Variables<'a> = &'a [(&'a str, &'a str)];

    fn parse(address: &str, more: Variables<'_>) -> Result<S3Config, String> {
        let keys =
            [("LONGSHORE_S3_ACCESS_KEY_ID", "id"), ("LONGSHORE_S3_SECRET_ACCESS_KEY", "hush")];
        let variable = |name: &str| {
            let found = more.iter().chain(&keys).find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        S3Config::parse(address, variable).map_err(|error| error.to_string())
    }

    #[test]
    fn configurations_that_are_read() {
        let aws = parse("s3://bytes", &[("LONGSHORE_S3_REGION", "eu-central-1")]).unwrap();
        assert_eq!((aws.bucket.as_str(), aws.prefix.as_str()), ("bytes", ""));
        assert_eq!((aws.endpoint, aws.sse), (None, ServerSideEncryption::None));
        #[rustfmt::skip]
        let more = [("LONGSHORE_S3_ENDPOINT", "http://[::1]:9000/"), ("LONGSHORE_S3_ALLOW_HTTP", "true"), ("LONGSHORE_S3_SSE", "kms:arn:aws:kms:a:b:key/c")];
        let own = parse("s3://by.tes/one/two/", &more).unwrap();
        assert_eq!((own.prefix.as_str(), own.region.as_str()), ("one/two", "us-east-1"));
        assert_eq!(own.endpoint.as_deref(), Some("http://[::1]:9000"));
        assert_eq!(own.sse, ServerSideEncryption::Kms("arn:aws:kms:a:b:key/c".to_owned()));
        assert!(!format!("{own:?}").contains("hush"), "a secret is not shown");
    }

    #[test]
    fn configurations_that_are_refused() {
        let (region, http) = (("LONGSHORE_S3_REGION", "r"), ("LONGSHORE_S3_ENDPOINT", "http://h"));
        #[rustfmt::skip]
        let cases: &[(&str, Variables<'_>, &str)] = &[
            ("bytes",              &[region],                                 "does not start with s3://"),
            ("gs://bytes/a",       &[region],                                 "Google Cloud Storage, which is not supported"),
            ("az://bytes/a",       &[region],                                 "Azure Blob Storage, which is not supported"),
            ("s3://",              &[region],                                 "a bucket's name has"),
            ("s3://Bytes",         &[region],                                 "a bucket's name has"),
            ("s3://bytes/a//b",    &[region],                                 "a prefix has"),
            ("s3://bytes/../b",    &[region],                                 "a prefix has"),
            ("s3://bytes/a b",     &[region],                                 "a prefix has"),
            ("s3://bytes",         &[],                                       "LONGSHORE_S3_REGION is not set"),
            ("s3://bytes",         &[http],                                   "LONGSHORE_S3_ALLOW_HTTP=true"),
            ("s3://bytes",         &[("LONGSHORE_S3_ENDPOINT", "h:9000")],    "LONGSHORE_S3_ENDPOINT is not"),
            ("s3://bytes",         &[("LONGSHORE_S3_ENDPOINT", "https://")],  "LONGSHORE_S3_ENDPOINT is not"),
            ("s3://bytes",         &[region, ("LONGSHORE_S3_SSE", "kms:")],   "LONGSHORE_S3_SSE is none of"),
            ("s3://bytes",         &[region, ("LONGSHORE_S3_ALLOW_HTTP", "1")], "neither true nor false"),
            ("s3://bytes",         &[region, ("LONGSHORE_S3_ACCESS_KEY_ID", "")], "LONGSHORE_S3_ACCESS_KEY_ID is not set"),
        ];
        for (address, variables, because) in cases {
            let error = parse(address, variables).unwrap_err();
            assert!(error.contains(because), "{address}: {error}");
        }
    }
}
