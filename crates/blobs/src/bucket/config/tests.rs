use super::*;

type Set<'a> = &'a [(&'a str, &'a str)];

fn parse(address: &str, more: Set<'_>) -> Result<BucketConfig, String> {
    let keys = [("LONGSHORE_S3_ACCESS_KEY_ID", "id"), ("LONGSHORE_S3_SECRET_ACCESS_KEY", "hush")];
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
