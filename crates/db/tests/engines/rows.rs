//! A row of every family is written and found again. `plans` checks how rows are found, statement
//! by statement.

use db::{
    AccessKey, Attachment, DbError, IamPolicy, IamPolicyVersion, ImageRecord, InstanceProfile,
    JobTurn, KeyOwner, NewBlob, NewJob, NewUpload, OidcProvider, RepositoryKey, Tx,
};
use names::{
    AccountId, Digest, EncryptionKey, GrantId, IamPath, IdKind, InstanceProfileName, ObjectKey,
    PolicyName, UniqueId, UploadId, WrappedKey,
};

use crate::house::{House, on_both_engines};
use crate::lists::{image, now, repository};
use crate::transactions::registry;

on_both_engines!(
    what_an_image_is_made_of_is_found_again,
    what_rights_are_made_of_is_found_again,
    a_job_is_claimed_and_comes_back,
);

const PAGE: u32 = 10;

async fn what_an_image_is_made_of_is_found_again(house: &House) {
    let db = house.open();
    let key = db.write(push).await.unwrap();
    let digest = Digest::sha256(b"layer");
    let found: Result<_, DbError> = db
        .read(move |tx| {
            let blob = tx.find_repository_blob(key, &digest)?;
            let attached = tx.find_attached_blob(key, &digest)?;
            let tags = tx.list_resource_tags(key)?;
            let repositories = tx.list_repositories(&registry(1), Some("a"), PAGE)?;
            let records = tx.list_all_image_records(None, PAGE)?;
            let uploads = tx.list_uploads(key, PAGE)?;
            let rights = tx.list_all_repository_blobs(None, PAGE)?;
            Ok((blob, attached, tags, repositories, records, uploads, rights))
        })
        .await;
    let (blob, attached, tags, repositories, records, uploads, rights) = found.unwrap();
    assert_eq!(blob.unwrap().digest, Digest::sha256(b"layer"));
    assert!(attached.unwrap().referenced);
    assert_eq!(tags, [("team".to_owned(), "b".to_owned())]);
    assert_eq!(repositories.len(), 1);
    assert!(repositories[0].scan_on_push);
    let grants = [GrantId::from_random([1; 32]), GrantId::from_random([2; 32])];
    assert_eq!(repositories[0].kms_grants, grants);
    assert_eq!((records.len(), uploads.len(), rights.len()), (1, 1, 1));
}

/// Writes all rows of a push, some of them twice, as a retried push does.
fn push(tx: &mut Tx<'_>) -> Result<RepositoryKey, DbError> {
    let key = repository(tx, "web")?;
    let registry = tx.open_registry(&registry(1), now())?;
    let digest = Digest::sha256(b"layer");
    let wrapped_key = WrappedKey::from_bytes(&[0, 255]);
    let encryption_key = EncryptionKey::default();
    let upload = NewUpload {
        id: UploadId::from_random([1; 16]),
        repository: key,
        encryption_key: encryption_key.clone(),
        object: ObjectKey::from_random([1; 16]),
        wrapped_key: wrapped_key.clone(),
    };
    tx.insert_upload(&upload, now())?;
    let object = ObjectKey::from_random([2; 16]);
    let size_bytes = 5;
    let blob = tx.insert_blob(
        &NewBlob {
            registry,
            encryption_key,
            digest: digest.clone(),
            size_bytes,
            object,
            wrapped_key,
        },
        now(),
    )?;
    let image = tx.insert_image(&image(key, b"{}"), now())?;
    for value in ["a", "b"] {
        tx.put_resource_tag(key, "team", value)?;
        tx.put_repository_policy(key, value)?;
        tx.put_registry_policy(registry, value)?;
        tx.put_registry_setting(registry, "setting", value)?;
        tx.attach_blob(key, &digest, blob, now())?;
        tx.insert_image_blob(key, &digest, image)?;
        tx.insert_image_child(key, &digest, image)?;
    }
    let record = ImageRecord { object: ObjectKey::from_random([3; 16]), tag: None };
    tx.insert_image_record(image, &record)?;
    Ok(key)
}

async fn what_rights_are_made_of_is_found_again(house: &House) {
    const PROVIDER: &str = "arn:aws:iam::123456789012:oidc-provider/example.org";
    let db = house.open();
    let written: Result<_, DbError> = db
        .write(|tx| {
            let account = AccountId::parse("123456789012").unwrap();
            tx.insert_account(&account, now())?;
            write_access_key(tx, &account)?;
            write_policy(tx, &account)?;
            let provider = OidcProvider {
                arn: PROVIDER.to_owned(),
                account: account.clone(),
                url: "https://example.org".to_owned(),
                thumbprints: vec!["ab".to_owned()],
                created_at: now(),
            };
            let made = (tx.insert_oidc_provider(&provider)?, tx.insert_oidc_provider(&provider)?);
            tx.put_oidc_client(PROVIDER, "sts.amazonaws.com")?;
            tx.put_oidc_client(PROVIDER, "sts.amazonaws.com")?;
            let profile = InstanceProfile {
                id: UniqueId::from_random(IdKind::InstanceProfile, [1; 17]),
                account,
                path: IamPath::root(),
                name: InstanceProfileName::parse("Node").unwrap(),
                role: None,
                created_at: now(),
            };
            Ok((made, tx.insert_instance_profile(&profile)?, tx.insert_instance_profile(&profile)?))
        })
        .await;
    assert_eq!(written.unwrap(), ((true, false), true, false), "made once each");
    let found: Result<_, DbError> = db
        .read(|tx| {
            let account = AccountId::parse("123456789012").unwrap();
            let key = tx.find_access_key("AKIAIOSFODNN7EXAMPLE")?;
            let mut document = |path: &str, name: &str| {
                let (path, name) =
                    (IamPath::parse(path).unwrap(), PolicyName::parse(name).unwrap());
                tx.find_default_document(&account, &path, &name)
            };
            let document =
                (document("/", "Push")?, document("/", "PUSH")?, document("/a/", "Push")?);
            let profiles = tx.list_instance_profiles(&account, "/", "", PAGE)?;
            Ok((key, document, profiles.len(), tx.list_oidc_clients(PROVIDER)?))
        })
        .await;
    let (key, document, profiles, clients) = found.unwrap();
    let key = key.unwrap();
    assert_eq!((key.active, key.sealed_secret), (false, vec![0, 255]));
    assert!(matches!(document, (Some(_), None, None)), "by its ARN alone: {document:?}");
    assert_eq!((profiles, clients), (1, vec!["sts.amazonaws.com".to_owned()]));
}

/// Writes a key, and writes it again when it is inactive.
fn write_access_key(tx: &mut Tx<'_>, account: &AccountId) -> Result<(), DbError> {
    let key = AccessKey {
        id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        account: account.clone(),
        owner: KeyOwner::Root,
        sealed_secret: vec![0, 255],
        active: true,
        created_at: now(),
        last_use: None,
    };
    tx.put_access_key(&key)?;
    tx.put_access_key(&AccessKey { active: false, ..key })
}

fn write_policy(tx: &mut Tx<'_>, account: &AccountId) -> Result<(), DbError> {
    let id = UniqueId::from_random(IdKind::ManagedPolicy, [1; 17]);
    let name = PolicyName::parse("Push").unwrap();
    let policy = IamPolicy {
        id: id.clone(),
        account: account.clone(),
        path: IamPath::root(),
        name: name.clone(),
        description: None,
        default_version: 1,
        last_version: 1,
        created_at: now(),
        updated_at: now(),
    };
    assert!(tx.insert_policy(&policy)?);
    let version = IamPolicyVersion { version: 1, document: "{}".to_owned(), created_at: now() };
    tx.insert_policy_version(&id, &version)?;
    let attachment = Attachment { policy_arn: policy.arn(), policy_name: name };
    let holder = UniqueId::from_random(IdKind::User, [1; 17]);
    tx.attach_policy(account, &holder, &attachment, now())?;
    tx.attach_policy(account, &holder, &attachment, now())
}

async fn a_job_is_claimed_and_comes_back(house: &House) {
    let db = house.open();
    let put: Result<(), DbError> = db
        .write(|tx| {
            let (lane, cause, name, subject, payload) = ("lane", "cause", "job", "subject", "{}");
            let new = NewJob { lane, cause, name, subject, payload, due_at: now() };
            tx.put_job(&new, now())?;
            tx.put_job(&new, now())
        })
        .await;
    put.unwrap();
    let claim = || db.claim_jobs("lane", JobTurn::new(PAGE), now(), now(), PAGE);
    let mut claimed = claim().await.unwrap().0;
    assert_eq!(claimed.len(), 1);
    let job = claimed.remove(0);
    let postponed: Result<(), DbError> = db
        .write(move |tx| {
            tx.postpone_job(&job, now(), Some("why"))?;
            tx.postpone_job(&job, now(), None)
        })
        .await;
    postponed.unwrap();
    let again = claim().await.unwrap().0;
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].attempts, 1, "a job that did not fail has not been tried");
}
