//! The configuration of a bucket: its address and credentials, from a URL and variables.

mod azure;
mod google;
mod patience;
mod s3;

pub use azure::{AzureConfig, AzureCredential};
pub use google::{GoogleConfig, GoogleCredential};
pub use patience::Patience;
pub use s3::{S3Config, ServerSideEncryption};

/// The address of a bucket, and its credentials.
#[derive(Debug, Clone)]
pub struct BucketConfig {
    /// The bucket; on Azure the container. It must be there.
    pub bucket: String,
    /// The start of all object keys, without slashes at either end; may be empty.
    pub prefix: String,
    /// The cloud that the bucket is in.
    pub cloud: CloudConfig,
    /// How long to wait, and how often to try.
    pub patience: Patience,
}

/// The cloud of a bucket, and the credentials.
#[derive(Debug, Clone)]
pub enum CloudConfig {
    /// AWS, or a store that speaks like it.
    S3(S3Config),
    /// Azure Blob Storage.
    Azure(AzureConfig),
    /// Google Cloud Storage.
    Google(GoogleConfig),
}

/// What is wrong with a configuration, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct MalformedBucketConfig(String);

impl BucketConfig {
    /// Reads `s3://BUCKET/PREFIX`, `az://CONTAINER/PREFIX` or `gs://BUCKET/PREFIX`, and the
    /// variables `LONGSHORE_S3_…`, `LONGSHORE_AZURE_…` or `LONGSHORE_GCS_…` from `variable`.
    pub fn parse(
        address: &str,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, MalformedBucketConfig> {
        let variables = Variables { address, variable: &variable };
        let (scheme, bucket, prefix) = Scheme::split(address)?;
        let cloud = match scheme {
            Scheme::S3 => CloudConfig::S3(S3Config::parse(&variables)?),
            Scheme::Azure => CloudConfig::Azure(AzureConfig::parse(&variables)?),
            Scheme::Google => CloudConfig::Google(GoogleConfig::parse(&variables)?),
        };
        Ok(Self { bucket, prefix, cloud, patience: Patience::default() })
    }

    /// Whether `text` looks like the address of a bucket, well-formed or not.
    pub fn is_address(text: &str) -> bool {
        text.contains("://")
    }

    /// The place of the bucket, for messages.
    pub fn at(&self) -> &str {
        match &self.cloud {
            CloudConfig::S3(s3) => s3.endpoint.as_deref().unwrap_or("AWS"),
            CloudConfig::Azure(azure) => azure.endpoint.as_deref().unwrap_or("Azure"),
            CloudConfig::Google(google) => google.endpoint.as_deref().unwrap_or("Google"),
        }
    }
}

fn malformed(what: impl Into<String>) -> MalformedBucketConfig {
    MalformedBucketConfig(what.into())
}

/// The scheme of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
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
    fn split(address: &str) -> Result<(Self, String, String), MalformedBucketConfig> {
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

/// The variables for one address.
struct Variables<'a> {
    address: &'a str,
    variable: &'a dyn Fn(&str) -> Option<String>,
}

impl Variables<'_> {
    /// An empty one is one that was not set.
    fn find(&self, name: &str) -> Option<String> {
        (self.variable)(name).filter(|value| !value.is_empty())
    }

    fn require(&self, name: &str) -> Result<String, MalformedBucketConfig> {
        self.find(name).ok_or_else(|| self.missing(name))
    }

    fn missing(&self, name: &str) -> MalformedBucketConfig {
        let is_not = if name.starts_with("neither") { "is" } else { "is not" };
        malformed(format!("{name} {is_not} set; {} needs it", self.address))
    }

    fn switch(&self, name: &str) -> Result<bool, MalformedBucketConfig> {
        match self.find(name).as_deref() {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(malformed(format!("{name} is neither true nor false"))),
        }
    }

    /// A store's address, with at most so many names in its path.
    fn endpoint(
        &self,
        name: &str,
        names_max: usize,
        allow_http: bool,
    ) -> Result<Option<String>, MalformedBucketConfig> {
        let Some(text) = self.find(name) else { return Ok(None) };
        let text = text.trim_end_matches('/');
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let is_one = |rest: &str| {
            let mut names = rest.split('/');
            !rest.contains(['@', '?', '#', ' '])
                && names.clone().count() <= 1 + names_max
                && names.all(|name| !name.is_empty())
        };
        if !rest.is_some_and(is_one) {
            return Err(malformed(format!("{name} is not https://HOST or https://HOST:PORT")));
        }
        if text.starts_with("http://") && !allow_http {
            let allow = name.replace("ENDPOINT", "ALLOW_HTTP");
            return Err(malformed(format!("{name} has no TLS; use https://, or set {allow}=true")));
        }
        Ok(Some(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Set<'a> = &'a [(&'a str, &'a str)];

    fn parse(address: &str, more: Set<'_>) -> Result<BucketConfig, String> {
        let keys =
            [("LONGSHORE_S3_ACCESS_KEY_ID", "id"), ("LONGSHORE_S3_SECRET_ACCESS_KEY", "hush")];
        let variable = |name: &str| {
            let found = more.iter().chain(&keys).find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        BucketConfig::parse(address, variable).map_err(|error| error.to_string())
    }

    #[test]
    fn configurations_that_are_read() {
        let aws = parse("s3://bytes", &[("LONGSHORE_S3_REGION", "eu-central-1")]).unwrap();
        assert_eq!((aws.bucket.as_str(), aws.prefix.as_str()), ("bytes", ""));
        assert_eq!(aws.at(), "AWS");
        #[rustfmt::skip]
        let more = [("LONGSHORE_S3_ENDPOINT", "http://[::1]:9000/"), ("LONGSHORE_S3_ALLOW_HTTP", "true"), ("LONGSHORE_S3_SSE", "kms:arn:aws:kms:a:b:key/c")];
        let own = parse("s3://by.tes/one/two/", &more).unwrap();
        assert!(!format!("{own:?}").contains("hush"), "a secret is not shown");
        assert_eq!((own.prefix.as_str(), own.at()), ("one/two", "http://[::1]:9000"));
        let CloudConfig::S3(s3) = own.cloud else { panic!("it is S3") };
        assert_eq!(s3.region, "us-east-1");
        assert_eq!(s3.sse, ServerSideEncryption::Kms("arn:aws:kms:a:b:key/c".to_owned()));
    }

    const ACCOUNT: (&str, &str) = ("LONGSHORE_AZURE_ACCOUNT", "anaccount");
    const AZURE_KEY: (&str, &str) = ("LONGSHORE_AZURE_ACCESS_KEY", "aHVzaA==");
    const SAS: (&str, &str) = ("LONGSHORE_AZURE_SAS_TOKEN", "?sv=1&sig=aHVzaA");

    #[test]
    fn configurations_of_azure_that_are_read() {
        let own = parse("az://con-tainer/one", &[ACCOUNT, AZURE_KEY]).unwrap();
        assert_eq!(
            (own.bucket.as_str(), own.prefix.as_str(), own.at()),
            ("con-tainer", "one", "Azure")
        );
        assert!(!format!("{own:?}").contains("aHVzaA"), "a secret is not shown");
        let endpoint = ("LONGSHORE_AZURE_ENDPOINT", "http://127.0.0.1:10000/anaccount/");
        let http = ("LONGSHORE_AZURE_ALLOW_HTTP", "true");
        let own = parse("az://container", &[ACCOUNT, SAS, endpoint, http]).unwrap();
        assert_eq!(own.at(), "http://127.0.0.1:10000/anaccount");
        assert!(!format!("{own:?}").contains("aHVzaA"), "a secret is not shown");
    }

    #[test]
    fn configurations_of_azure_that_are_refused() {
        let (name, key) = ("LONGSHORE_AZURE_ACCOUNT", "LONGSHORE_AZURE_ACCESS_KEY");
        let end = "LONGSHORE_AZURE_ENDPOINT";
        #[rustfmt::skip]
        let cases: &[(&str, Set<'_>, &str)] = &[
            ("az://",            &[ACCOUNT, AZURE_KEY],                         "az://CONTAINER/PREFIX: a container's name has"),
            ("az://con.tainer",  &[ACCOUNT, AZURE_KEY],                         "a container's name has"),
            ("az://container/ ", &[ACCOUNT, AZURE_KEY],                         "a prefix has"),
            ("abfss://c@a/b",    &[ACCOUNT, AZURE_KEY],                         "write it as az://CONTAINER/PREFIX"),
            ("azure://c/b",      &[ACCOUNT, AZURE_KEY],                         "write it as az://CONTAINER/PREFIX"),
            ("az://container",   &[AZURE_KEY],                                  "LONGSHORE_AZURE_ACCOUNT is not set"),
            ("az://container",   &[(name, "a.b.c"), AZURE_KEY],                 "LONGSHORE_AZURE_ACCOUNT is not 3 to 24"),
            ("az://container",   &[ACCOUNT],                                    "neither LONGSHORE_AZURE_ACCESS_KEY nor LONGSHORE_AZURE_SAS_TOKEN is set; az://container needs"),
            ("az://container",   &[ACCOUNT, AZURE_KEY, SAS],                    "unset one"),
            ("az://container",   &[ACCOUNT, (key, "h u s h")],                  "is not in base 64"),
            ("az://container",   &[ACCOUNT, ("LONGSHORE_AZURE_SAS_TOKEN", "x")], "is not a token"),
            ("az://container",   &[ACCOUNT, AZURE_KEY, (end, "http://h/a")],    "LONGSHORE_AZURE_ALLOW_HTTP=true"),
            ("az://container",   &[ACCOUNT, AZURE_KEY, (end, "https://h/a/b")], "LONGSHORE_AZURE_ENDPOINT is not"),
            ("az://container",   &[ACCOUNT, AZURE_KEY, (end, "h")],             "LONGSHORE_AZURE_ENDPOINT is not"),
        ];
        for (address, variables, because) in cases {
            let error = parse(address, variables).unwrap_err();
            assert!(error.contains(because), "{address}: {error}");
            assert!(!error.contains("aHVzaA"), "a secret is not repeated: {error}");
        }
    }

    const GOOGLE_FILE: (&str, &str) = ("LONGSHORE_GCS_SERVICE_ACCOUNT", "/run/key.json");
    const GOOGLE_KEY: (&str, &str) =
        ("LONGSHORE_GCS_SERVICE_ACCOUNT_KEY", "{\"private_key\":\"hush\"}");

    #[test]
    fn configurations_of_google_that_are_read() {
        let own = parse("gs://buck_et.org/one", &[GOOGLE_KEY]).unwrap();
        assert_eq!(
            (own.bucket.as_str(), own.prefix.as_str(), own.at()),
            ("buck_et.org", "one", "Google")
        );
        assert!(!format!("{own:?}").contains("hush"), "a secret is not shown");
        let endpoint = ("LONGSHORE_GCS_ENDPOINT", "http://127.0.0.1:4443");
        let http = ("LONGSHORE_GCS_ALLOW_HTTP", "true");
        let own = parse("gs://bucket", &[GOOGLE_FILE, endpoint, http]).unwrap();
        assert_eq!(own.at(), "http://127.0.0.1:4443");
    }

    #[test]
    fn configurations_of_google_that_are_refused() {
        let key = "LONGSHORE_GCS_SERVICE_ACCOUNT_KEY";
        let end = "LONGSHORE_GCS_ENDPOINT";
        #[rustfmt::skip]
        let cases: &[(&str, Set<'_>, &str)] = &[
            ("gs://",        &[GOOGLE_KEY],                       "gs://BUCKET/PREFIX: a bucket's name has"),
            ("gs://Bucket",  &[GOOGLE_KEY],                       "a bucket's name has"),
            ("gs://bucket",  &[],                                 "neither LONGSHORE_GCS_SERVICE_ACCOUNT nor LONGSHORE_GCS_SERVICE_ACCOUNT_KEY is set"),
            ("gs://bucket",  &[GOOGLE_FILE, GOOGLE_KEY],          "unset one"),
            ("gs://bucket",  &[(key, "/run/key.json")],           "the path of a file goes to LONGSHORE_GCS_SERVICE_ACCOUNT"),
            ("gs://bucket",  &[GOOGLE_KEY, (end, "http://h")],    "LONGSHORE_GCS_ALLOW_HTTP=true"),
            ("gs://bucket",  &[GOOGLE_KEY, (end, "https://h/a")], "LONGSHORE_GCS_ENDPOINT is not"),
        ];
        for (address, variables, because) in cases {
            let error = parse(address, variables).unwrap_err();
            assert!(error.contains(because), "{address}: {error}");
            assert!(!error.contains("hush"), "a secret is not repeated: {error}");
        }
    }

    #[test]
    fn configurations_that_are_refused() {
        let (region, http) = (("LONGSHORE_S3_REGION", "r"), ("LONGSHORE_S3_ENDPOINT", "http://h"));
        #[rustfmt::skip]
        let cases: &[(&str, Set<'_>, &str)] = &[
            ("bytes",              &[region],                                 "does not start with s3://"),
            ("gcs://bytes/a",      &[region],                                 "write it as gs://BUCKET/PREFIX"),
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
