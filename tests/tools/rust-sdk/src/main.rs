//! Drives keys, and repositories under them, with the AWS SDK for Rust: results, errors and pages.
//!
//! The server and the credentials are those of the environment. It prints the name of each scenario
//! that held, and ends with a panic if one did not.

use std::env::var;
use std::error::Error;

use aws_sdk_ecr::types::{
    EncryptionConfiguration, EncryptionType, ImageFailureCode, ImageIdentifier,
};
use aws_sdk_kms::config::retry::RetryConfig;
use aws_sdk_kms::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_kms::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_kms::operation::decrypt::DecryptError;
use aws_sdk_kms::operation::encrypt::EncryptError;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::{
    DataKeySpec, GrantConstraints, GrantOperation, KeySpec, KeyUsageType, MessageType,
    SigningAlgorithmSpec,
};

type Done = Result<(), Box<dyn Error>>;

/// The clients, with one attempt each: a call that fails once must be seen.
struct Clients {
    kms: aws_sdk_kms::Client,
    ecr: aws_sdk_ecr::Client,
}

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

impl Clients {
    fn of_environment() -> Result<Self, Box<dyn Error>> {
        let endpoint = var("AWS_ENDPOINT_URL")?;
        let region = Region::new(var("AWS_REGION")?);
        let (id, secret) = (var("AWS_ACCESS_KEY_ID")?, var("AWS_SECRET_ACCESS_KEY")?);
        let credentials = Credentials::new(id, secret, None, None, "environment");
        let http = aws_smithy_http_client::Builder::new().build_http();
        let kms = aws_sdk_kms::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&endpoint)
            .region(region.clone())
            .credentials_provider(credentials.clone())
            .retry_config(RetryConfig::disabled())
            .http_client(http.clone())
            .build();
        let ecr = aws_sdk_ecr::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&endpoint)
            .region(region)
            .credentials_provider(credentials)
            .retry_config(RetryConfig::disabled())
            .http_client(http)
            .build();
        let (kms, ecr) = (aws_sdk_kms::Client::from_conf(kms), aws_sdk_ecr::Client::from_conf(ecr));
        Ok(Self { kms, ecr })
    }

    /// A new key's ARN.
    async fn made(&self) -> Result<String, Box<dyn Error>> {
        let made = self.kms.create_key().send().await?;
        Ok(made.key_metadata().and_then(|key| key.arn()).expect("a key has an ARN").to_owned())
    }
}

/// Requires the error of this name, with these words.
fn refused<T, E: ProvideErrorMetadata, R>(
    outcome: Result<T, SdkError<E, R>>,
    name: &str,
    words: &str,
) {
    let Err(SdkError::ServiceError(error)) = outcome else { panic!("{name} was expected") };
    let (code, message) = (error.err().code(), error.err().message().unwrap_or_default());
    assert_eq!(code, Some(name), "{message}");
    assert!(message.contains(words), "{message}");
}

async fn keys_are_made_described_tagged_and_listed_page_by_page(at: &Clients) -> Done {
    let mut keys = Vec::new();
    for number in 0..5 {
        let tag = aws_sdk_kms::types::Tag::builder().tag_key("n").tag_value(number.to_string());
        let made = at.kms.create_key().description(format!("key {number}")).tags(tag.build()?);
        let made = made.send().await?.key_metadata.expect("it is answered");
        keys.push(made.arn.expect("a key has an ARN"));
    }
    let described = at.kms.describe_key().key_id(&keys[3]).send().await?;
    let described = described.key_metadata().expect("it is answered");
    assert_eq!(described.description(), Some("key 3"));
    assert!(described.creation_date().is_some() && described.enabled());
    let mut pages = at.kms.list_keys().into_paginator().page_size(2).send();
    let (mut found, mut count) = (Vec::new(), 0);
    while let Some(page) = pages.next().await {
        let page = page?;
        assert!(page.keys().len() <= 2, "a page is no longer than was asked for");
        found.extend(page.keys().iter().filter_map(|key| key.key_arn().map(str::to_owned)));
        count += 1;
    }
    assert!(keys.iter().all(|key| found.contains(key)) && count >= 3, "{count} pages");
    let tags = at.kms.list_resource_tags().key_id(&keys[4]).send().await?;
    assert_eq!(tags.tags().first().map(|tag| tag.tag_value()), Some("4"));
    Ok(())
}

async fn what_is_encrypted_is_decrypted_in_its_context_only(at: &Clients) -> Done {
    let key = at.made().await?;
    at.kms.create_alias().alias_name("alias/rust/one").target_key_id(&key).send().await?;
    let again = at.kms.create_alias().alias_name("alias/rust/one").target_key_id(&key).send().await;
    refused(again, "AlreadyExistsException", "already exists");
    let sealed = at.kms.encrypt().key_id("alias/rust/one").plaintext(Blob::new("a secret"));
    let sealed = sealed.encryption_context("repository", "ünï/cødé").send().await?;
    let blob = sealed.ciphertext_blob().expect("it is answered").clone();
    let open = at.kms.decrypt().ciphertext_blob(blob.clone());
    let opened = open.encryption_context("repository", "ünï/cødé").send().await?;
    assert_eq!(opened.plaintext().map(Blob::as_ref), Some(&b"a secret"[..]));
    assert_eq!(opened.key_id(), Some(key.as_str()));
    let without = at.kms.decrypt().ciphertext_blob(blob).send().await;
    let error = without.expect_err("the context is missing").into_service_error();
    assert!(matches!(error, DecryptError::InvalidCiphertextException(_)), "{error}");
    let data = at.kms.generate_data_key().key_id(&key).key_spec(DataKeySpec::Aes256).send().await?;
    let blob = data.ciphertext_blob().expect("it is answered").clone();
    let opened = at.kms.decrypt().ciphertext_blob(blob).send().await?;
    assert_eq!(opened.plaintext(), data.plaintext());
    Ok(())
}

async fn a_signature_of_a_digest_verifies(at: &Clients) -> Done {
    for (spec, algorithm, length) in [
        (KeySpec::EccNistP256, SigningAlgorithmSpec::EcdsaSha256, 32),
        (KeySpec::Rsa2048, SigningAlgorithmSpec::RsassaPssSha384, 48),
    ] {
        let made = at.kms.create_key().key_spec(spec).key_usage(KeyUsageType::SignVerify);
        let made = made.send().await?.key_metadata.expect("it is answered");
        let (key, digest) = (made.key_id(), Blob::new(vec![7; length]));
        let sign = at.kms.sign().key_id(key).message(digest.clone());
        let sign = sign.message_type(MessageType::Digest).signing_algorithm(algorithm.clone());
        let signature = sign.send().await?.signature.expect("it is answered");
        let public = at.kms.get_public_key().key_id(key).send().await?;
        assert!(public.public_key().is_some_and(|der| der.as_ref().first() == Some(&0x30)));
        for (message, is_valid) in [(digest, true), (Blob::new(vec![8; length]), false)] {
            let verify = at.kms.verify().key_id(key).message(message).signature(signature.clone());
            let verify = verify.message_type(MessageType::Digest);
            let verified = verify.signing_algorithm(algorithm.clone()).send().await;
            match verified {
                Ok(verified) => assert!(is_valid && verified.signature_valid()),
                refusal => {
                    assert!(!is_valid);
                    refused(refusal, "KMSInvalidSignatureException", "");
                }
            }
        }
    }
    Ok(())
}

async fn the_states_of_a_key_are_refused_in_words_of_kms(at: &Clients) -> Done {
    let key = at.made().await?;
    let using = || at.kms.encrypt().key_id(&key).plaintext(Blob::new("x")).send();
    at.kms.disable_key().key_id(&key).send().await?;
    let error = using().await.expect_err("it is disabled").into_service_error();
    assert!(matches!(&error, EncryptError::DisabledException(_)), "{error}");
    assert_eq!(error.message(), Some(format!("{key} is disabled.").as_str()));
    at.kms.enable_key().key_id(&key).send().await?;
    using().await?;
    let planned = at.kms.schedule_key_deletion().key_id(&key).pending_window_in_days(7);
    assert!(planned.send().await?.deletion_date().is_some());
    refused(using().await, "KMSInvalidStateException", "is pending deletion.");
    at.kms.cancel_key_deletion().key_id(&key).send().await?;
    refused(using().await, "DisabledException", "");
    at.kms.enable_key().key_id(&key).send().await?;
    at.kms.enable_key_rotation().key_id(&key).rotation_period_in_days(90).send().await?;
    at.kms.rotate_key_on_demand().key_id(&key).send().await?;
    let status = at.kms.get_key_rotation_status().key_id(&key).send().await?;
    let (is_on, days) = (status.key_rotation_enabled(), status.rotation_period_in_days());
    assert_eq!((is_on, days), (true, Some(90)));
    let absent = at.kms.describe_key().key_id("1234abcd-12ab-34cd-56ef-1234567890ab").send().await;
    refused(absent, "NotFoundException", "does not exist");
    Ok(())
}

async fn grants_are_listed_page_by_page_and_end_when_they_are_revoked(at: &Clients) -> Done {
    let key = at.made().await?;
    let mut grants = Vec::new();
    for number in 0..3 {
        let context =
            GrantConstraints::builder().encryption_context_subset("n", number.to_string());
        let grant = at.kms.create_grant().key_id(&key).operations(GrantOperation::Decrypt);
        let grant = grant.grantee_principal("arn:aws:iam::123456789012:root");
        let made = grant.constraints(context.build()).send().await?;
        grants.push(made.grant_id().expect("it is answered").to_owned());
    }
    for left in [3, 2] {
        let pages = at.kms.list_grants().key_id(&key).into_paginator().page_size(2);
        let listed: Result<Vec<_>, _> = pages.items().send().collect().await;
        assert_eq!(listed?.len(), left);
        if left == 3 {
            at.kms.revoke_grant().key_id(&key).grant_id(&grants[0]).send().await?;
        }
    }
    Ok(())
}

/// Pushes an image of one layer; returns the layer's digest.
async fn push(at: &Clients, repository: &str, layer: &'static [u8], digest: &str) -> Done {
    let begun = at.ecr.initiate_layer_upload().repository_name(repository).send().await?;
    let upload = begun.upload_id().expect("it is answered");
    let part = at.ecr.upload_layer_part().repository_name(repository).upload_id(upload);
    let last = i64::try_from(layer.len())? - 1;
    let part = part.part_first_byte(0).part_last_byte(last);
    part.layer_part_blob(aws_sdk_ecr::primitives::Blob::new(layer)).send().await?;
    let complete = at.ecr.complete_layer_upload().repository_name(repository).upload_id(upload);
    complete.layer_digests(digest).send().await?;
    let (length, kind) = (layer.len(), "application/vnd.oci.image.config.v1+json");
    let manifest = format!(
        r#"{{"schemaVersion":2,"mediaType":"{MANIFEST}","config":{{"mediaType":"{kind}","digest":"{digest}","size":{length}}},"layers":[]}}"#
    );
    let put = at.ecr.put_image().repository_name(repository).image_manifest(manifest);
    put.image_tag("v1").send().await?;
    Ok(())
}

/// The manifest of an image, or why there is none.
async fn pull(at: &Clients, repository: &str) -> Result<Result<String, String>, Box<dyn Error>> {
    let id = ImageIdentifier::builder().image_tag("v1").build();
    let got = at.ecr.batch_get_image().repository_name(repository).image_ids(id).send().await?;
    if let Some(image) = got.images().first() {
        return Ok(Ok(image.image_manifest().expect("it is answered").to_owned()));
    }
    let failure = got.failures().first().expect("it is one or the other");
    assert_eq!(failure.failure_code(), Some(&ImageFailureCode::KmsError));
    Ok(Err(failure.failure_reason().expect("it is answered").to_owned()))
}

async fn a_repository_is_closed_and_opened_by_its_key(at: &Clients) -> Done {
    // The SHA-256 of "{}".
    let digest = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    let (key, name) = (at.made().await?, "rust/under-a-key");
    let encryption = EncryptionConfiguration::builder().encryption_type(EncryptionType::Kms);
    let encryption = encryption.kms_key(&key).build()?;
    let create = at.ecr.create_repository().repository_name(name);
    let created = create.encryption_configuration(encryption.clone()).send().await?;
    let repository = created.repository().expect("it is answered");
    assert_eq!(repository.encryption_configuration(), Some(&encryption));
    push(at, name, b"{}", digest).await?;
    let manifest = pull(at, name).await?.expect("the key is enabled");
    for number in 0..2 {
        at.kms.disable_key().key_id(&key).send().await?;
        let reason = pull(at, name).await?.expect_err("the key is disabled");
        assert_eq!(reason, format!("{key} is disabled."), "round {number}");
        let begun = at.ecr.initiate_layer_upload().repository_name(name).send().await;
        refused(begun, "KmsException", "is disabled.");
        at.kms.enable_key().key_id(&key).send().await?;
        assert_eq!(pull(at, name).await?, Ok(manifest.clone()));
        at.kms.rotate_key_on_demand().key_id(&key).send().await?;
    }
    let grants = at.kms.list_grants().key_id(&key).send().await?;
    assert_eq!(grants.grants().len(), 2, "as ECR makes them");
    for grant in grants.grants() {
        let id = grant.grant_id().expect("it is answered");
        at.kms.revoke_grant().key_id(&key).grant_id(id).send().await?;
    }
    pull(at, name).await?.expect_err("the grants are revoked");
    at.ecr.delete_repository().repository_name(name).force(true).send().await?;
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Done {
    let at = Clients::of_environment()?;
    macro_rules! hold {
        ($($scenario:ident),+ $(,)?) => {
            $($scenario(&at).await?; println!("{}", stringify!($scenario));)+
        };
    }
    hold!(
        keys_are_made_described_tagged_and_listed_page_by_page,
        what_is_encrypted_is_decrypted_in_its_context_only,
        a_signature_of_a_digest_verifies,
        the_states_of_a_key_are_refused_in_words_of_kms,
        grants_are_listed_page_by_page_and_end_when_they_are_revoked,
        a_repository_is_closed_and_opened_by_its_key,
    );
    Ok(())
}
