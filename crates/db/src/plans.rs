//! Checks the plans of statements: each finds its rows through an index, in the order of that
//! index. So a list's first page costs the same in a repository of ten images and of a million.

use std::cell::RefCell;
use std::error::Error;
use std::fs;
use std::path::Path;

use names::{
    AccountId, Digest, ExclusionFilter, GroupName, IamPath, IdKind, ImageStatus, ImageTag,
    InstanceProfileName, MediaType, ObjectKey, PolicyName, PreviewState, RegistryId, RepositoryArn,
    RepositoryName, RoleIdentity, RoleName, TagMutability, Timestamp, UniqueId, UploadId,
    UserIdentity, UserName, WrappedKey,
};
use rusqlite::Connection;
use stand_ins::Postgres;

use crate::engine::{postgres, sqlite};
use crate::migrations::MIGRATIONS;
use crate::rows::{
    blob::BlobKey, image::ImageKey, job::Round, registry::RegistryKey, repository::RepositoryKey,
};
use crate::testing::{MANY_IMAGES, scans};
use crate::tx::Access;
use crate::{
    Cell, ClaimedJob, Db, DbError, IamGroup, IamRole, IamUser, IfTaken, ImageFilter, Incoming,
    JobState, JobTurn, KeyOwner, KeyUse, LifecyclePreview, PulledImage, RepositoryBlob, Table,
    TagStatus, Tx, Upload, UploadProgress,
};

thread_local! {
    static NOTED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Remembers a statement that this thread runs.
pub(crate) fn note(sql: &str) {
    NOTED.with_borrow_mut(|noted| noted.push(sql.to_owned()));
}

/// Every statement, once, over a database with nothing in it.
fn statements(connection: &Connection) -> Vec<String> {
    for schema in MIGRATIONS {
        connection.execute_batch(&sqlite::dialect(schema)).unwrap();
    }
    let mut tx = Tx::sqlite(connection, Access::Write);
    NOTED.take();
    run_statements_about_repositories(&mut tx).unwrap();
    run_statements_about_rights(&mut tx).unwrap();
    run_statements_about_images(&mut tx).unwrap();
    run_statements_about_lifecycle(&mut tx).unwrap();
    run_statements_about_blobs(&mut tx).unwrap();
    run_statements_about_uploads_and_jobs(&mut tx).unwrap();
    run_statements_over_all_rows(&mut tx).unwrap();
    run_statements_about_accounts_and_keys(&mut tx).unwrap();
    run_statements_about_users_and_groups(&mut tx).unwrap();
    run_statements_about_roles(&mut tx).unwrap();
    run_statements_about_policies(&mut tx).unwrap();
    run_statements_about_providers_and_profiles(&mut tx).unwrap();
    let statements = NOTED.take();
    assert!(statements.len() > 60, "the statements are noted");
    statements
}

#[test]
fn every_statement_finds_its_rows_through_an_index_and_in_its_order() {
    let connection = Connection::open_in_memory().unwrap();
    let statements = statements(&connection);
    let mut wrong = Vec::new();
    for sql in statements {
        let steps = scans(&connection, &sql).into_iter();
        wrong.extend(steps.map(|step| format!("{step}\nin the plan of\n{sql}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// PostgreSQL derives the type of each parameter from its position; an ambiguous statement is
/// refused here.
#[test]
fn every_statement_is_one_of_postgresql_and_finds_its_rows_through_an_index() {
    let Some(server) = Postgres::shared() else { return };
    let database = server.database();
    Db::connect(&database.url(), 1).unwrap();
    let mut session = postgres::Session::open(&database.url()).unwrap();
    fill_one_repository(&session);
    let mut statements = statements(&Connection::open_in_memory().unwrap());
    // Spelled otherwise.
    session.begin(Access::Take);
    let mut tx = Tx::postgres(&mut session, Access::Take);
    run_statements_that_claim(&mut tx).unwrap();
    statements.extend(NOTED.take());
    session.roll_back().unwrap();
    let mut wrong = Vec::new();
    for sql in statements {
        match session.explain(&sql) {
            Ok(steps) => wrong.extend(
                steps
                    .into_iter()
                    .filter(|step| is_over_everything(step) || is_over_others(&sql, step))
                    .map(|step| format!("{step}\nin the plan of\n{sql}")),
            ),
            Err(error) => wrong.push(format!("{error}: {:?}\nof\n{sql}", error.source())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Makes the statistics misleading: nearly every row belongs to one repository, so its name seems
/// not to be selective.
fn fill_one_repository(session: &postgres::Session) {
    const ONE_REPOSITORY: &str =
        "INSERT INTO registry (account, region, created_at) VALUES ('123456789012', 'us-east-1', 1);
         INSERT INTO repository (registry, name, mutability, exclusion_filters, scan_on_push, encryption,
                                 encryption_key, created_at)
             SELECT id, 'web', 'MUTABLE', '[]', 0, 'AES256', 'default', 1 FROM registry";
    const HELP_IS_CHEAP: &str =
        "SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
         SET min_parallel_index_scan_size = 0";
    for batch in [ONE_REPOSITORY, MANY_IMAGES, "ANALYZE", HELP_IS_CHEAP] {
        session.batch(batch, "mislead the planner").unwrap();
    }
}

/// An incremental sort covers only the few rows that are equal in the existing order: the tags of
/// one image.
fn is_over_everything(step: &str) -> bool {
    let step = step.trim_start_matches([' ', '-', '>']);
    ["Seq Scan", "Sort  (", "Hash ", "Gather", "Parallel"].iter().any(|sign| step.starts_with(sign))
}

/// A list that filters by repository or status would read, in its order, the rows of all others.
fn is_over_others(sql: &str, step: &str) -> bool {
    sql.contains("ORDER BY")
        && step.trim_start().starts_with("Filter:")
        && ["repository = $", "status = $"].iter().any(|by| step.contains(by))
}

#[test]
fn a_plan_of_postgresql_that_scans_is_seen() {
    let Some(server) = Postgres::shared() else { return };
    let session = postgres::Session::open(&server.database().url()).unwrap();
    let steps = session.explain("SELECT oid FROM pg_class WHERE reltype > $1 ORDER BY relnatts");
    let steps = steps.unwrap();
    let over_everything = steps.iter().filter(|step| is_over_everything(step)).count();
    assert_eq!(over_everything, 2, "{steps:?}");
}

#[test]
fn a_plan_that_scans_is_seen() {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch("CREATE TABLE t (a bigint, b bigint)").unwrap();
    let steps = scans(&connection, "SELECT a FROM t WHERE a > $1 ORDER BY b");
    assert_eq!(steps, ["SCAN t", "USE TEMP B-TREE FOR ORDER BY"]);
}

/// What goes over a whole table on purpose, when a database is filled or checked for being empty; and what is about no table.
const OVER_WHOLE_TABLES: [&str; 4] =
    ["clear_tables", "find_occupied_table", "generate_after", "shared_time"];

/// On SQLite each statement is explained wherever a test runs it; on PostgreSQL those alone that are run here.
#[test]
fn every_statement_that_looks_for_rows_is_run_here() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let here = fs::read_to_string(source.join("plans.rs")).unwrap();
    let files = ["rows", "tables"].map(|folder| fs::read_dir(source.join(folder)).unwrap());
    let (mut missing, mut seen) = (Vec::new(), 0);
    for file in files.into_iter().flatten() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        for method in text.split("\n    pub fn ").skip(1) {
            let name = method.split(['(', '<']).next().unwrap();
            let looks = ["\"SELECT ", "\"DELETE FROM", "\"UPDATE ", "SELECT {", "_each("];
            let is_of_tx = method.split("->").next().is_some_and(|head| head.contains("&mut self"));
            let looks = looks.iter().any(|word| method.contains(word));
            if !is_of_tx || !looks || OVER_WHOLE_TABLES.contains(&name) {
                continue;
            }
            seen += 1;
            if !here.contains(&format!("tx.{name}(")) {
                missing.push(name.to_owned());
            }
        }
    }
    assert!(seen > 100, "only {seen} methods were found");
    assert!(missing.is_empty(), "they are not run in plans.rs: {}", missing.join(", "));
}

const REPOSITORY: RepositoryKey = RepositoryKey(1);
const IMAGE: ImageKey = ImageKey(1);
const PAGE: u32 = 10;

fn now() -> Timestamp {
    Timestamp::from_seconds(1)
}

fn digest() -> Digest {
    Digest::sha256(b"")
}

fn tag() -> ImageTag {
    ImageTag::parse("v1").unwrap()
}

fn object() -> ObjectKey {
    ObjectKey::from_random([1; 16])
}

fn registry() -> RegistryId {
    let account: AccountId = "123456789012".parse().unwrap();
    RegistryId { account, region: "us-east-1".parse().unwrap() }
}

fn arn() -> RepositoryArn {
    RepositoryArn { registry: registry(), repository: RepositoryName::parse("web").unwrap() }
}

fn run_statements_about_repositories(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let name = RepositoryName::parse("web").unwrap();
    let filters = [ExclusionFilter::parse("v*").unwrap()];
    tx.find_registry(&registry())?;
    tx.find_registry_setting(&registry(), "setting")?;
    tx.find_repository(&registry(), &name)?;
    tx.find_repository_by_key(REPOSITORY)?;
    tx.find_hidden_repository(REPOSITORY)?;
    tx.find_registry_of(REPOSITORY)?;
    tx.list_repositories(&registry(), Some("a"), PAGE)?;
    tx.put_tag_mutability(REPOSITORY, TagMutability::Mutable, &filters)?;
    tx.put_scan_on_push(REPOSITORY, true)?;
    tx.hide_repository(REPOSITORY, now())?;
    tx.delete_repository(REPOSITORY)?;
    tx.list_resource_tags(REPOSITORY)?;
    tx.delete_resource_tag(REPOSITORY, "key")
}

fn run_statements_about_rights(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let RegistryId { account, .. } = registry();
    let id = UniqueId::from_random(IdKind::User, [1; 17]);
    tx.account_is_closed(&account)?;
    tx.put_denial("request", &account, "{}", now())?;
    tx.find_denial("request", &account)?;
    tx.find_denial_moment(PAGE, now())?;
    tx.delete_denials_before(now())?;
    tx.find_user_standing(&id)?;
    tx.find_role_standing(&id)?;
    tx.list_group_ids(&id)?;
    tx.find_default_document(&account, &IamPath::root(), &PolicyName::parse("push").unwrap())?;
    tx.list_tags_of_holder(&id)?;
    tx.find_repository_standing(&arn())?;
    tx.find_repository_policy(REPOSITORY)?;
    tx.delete_repository_policy(REPOSITORY)?;
    tx.find_registry_policy(&registry())?;
    tx.list_repository_policies(Some(REPOSITORY), PAGE)?;
    tx.list_registry_policies(Some(RegistryKey(1)), PAGE)?;
    tx.list_trust_policies(Some(&id), PAGE)?;
    tx.policies_name_by_ids()?;
    tx.note_policies_by_ids()?;
    tx.is_named_early(&account)?;
    tx.note_named_early(&account)?;
    tx.delete_registry_policy(RegistryKey(1))
}

fn run_statements_about_images(tx: &mut Tx<'_>) -> Result<(), DbError> {
    for tags in [TagStatus::Any, TagStatus::Tagged, TagStatus::Untagged] {
        for status in [None, Some(ImageStatus::Active)] {
            let filter = ImageFilter { status, tags };
            tx.list_images(REPOSITORY, filter, Some(IMAGE), PAGE)?;
            tx.list_image_tags(REPOSITORY, filter, Some((IMAGE, "v1")), PAGE)?;
        }
    }
    tx.list_referrers(REPOSITORY, &digest(), Some(IMAGE), PAGE)?;
    tx.find_referrers(&[IMAGE])?;
    tx.find_image_sizes(REPOSITORY, &[&digest()])?;
    tx.list_tags_of_each(&[IMAGE])?;
    tx.list_parents(REPOSITORY, &digest(), PAGE)?;
    tx.list_children(IMAGE)?;
    tx.list_image_blobs(IMAGE)?;
    tx.list_tags(REPOSITORY, "a", PAGE)?;
    tx.list_tags_of(IMAGE)?;
    tx.count_tags_of(REPOSITORY, IMAGE)?;
    tx.recount_tags(IMAGE)?;
    tx.point_tag(REPOSITORY, &tag(), IMAGE, IfTaken::Refuse).ok();
    tx.delete_tag(REPOSITORY, &tag(), IMAGE)?;
    tx.find_image(REPOSITORY, &digest())?;
    tx.find_image_by_tag(REPOSITORY, &tag())?;
    tx.pull_image(REPOSITORY, &digest())?;
    tx.pull_image_by_tag(REPOSITORY, &tag())?;
    tx.look_up(&PulledImage::by_digest(&arn(), &digest()))?;
    tx.look_up(&PulledImage::by_tag(&arn(), &tag()))?;
    tx.find_manifest(IMAGE)?;
    tx.repository_has_images(REPOSITORY)?;
    tx.put_image_size(IMAGE, 1)?;
    tx.record_pull(IMAGE, "arn:aws:iam::123456789012:user/a", now())?;
    tx.delete_image(IMAGE)?;
    tx.find_recorded_image(&object())?;
    tx.find_image_record(IMAGE, &tag())?;
    tx.list_image_records(IMAGE)?;
    tx.image_is_recorded(IMAGE)?;
    tx.move_image_record(&object(), &object())?;
    tx.delete_image_record(&object())
}

fn run_statements_about_lifecycle(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let preview = LifecyclePreview {
        document: String::new(),
        state: PreviewState::Complete,
        turn: 1,
        started_at: now(),
        ended_at: None,
        expiring: 0,
        transitioning: 0,
    };
    tx.find_lifecycle_policy(REPOSITORY)?;
    tx.put_lifecycle_evaluation(REPOSITORY, now(), now())?;
    tx.delete_lifecycle_policy(REPOSITORY)?;
    tx.find_lifecycle_preview(REPOSITORY)?;
    tx.put_lifecycle_preview(REPOSITORY, &preview, 2)?;
    for tags in [TagStatus::Any, TagStatus::Tagged, TagStatus::Untagged] {
        tx.list_previewed_images(REPOSITORY, 1, tags, Some(1), PAGE)?;
    }
    tx.find_previewed_images(REPOSITORY, 1, &[&digest()])?;
    tx.delete_previewed_images(REPOSITORY, 2, PAGE)?;
    tx.delete_lifecycle_preview(REPOSITORY)?;
    tx.list_lifecycle_images(REPOSITORY, Some(IMAGE), PAGE)?;
    tx.find_lifecycle_images(&[IMAGE])?;
    tx.list_children_of_each(&[IMAGE])?;
    tx.archive_image(IMAGE, now())?;
    tx.begin_activation(IMAGE)?;
    tx.activate_image(IMAGE, now())?;
    tx.find_image_status(IMAGE)?;
    tx.list_parents_in_use(REPOSITORY, &digest(), PAGE)?;
    tx.list_expired_images(REPOSITORY, &digest(), PAGE)?;
    tx.list_expired_images_by_tag(REPOSITORY, &tag(), PAGE)?;
    tx.find_oldest_expiry(REPOSITORY)?;
    tx.forget_expired_images(REPOSITORY, now(), PAGE)?;
    tx.forget_expired_image(REPOSITORY, &digest(), now())?;
    let principal = "arn:aws:iam::123456789012:role/ci";
    tx.find_pull_time_exclusion(&registry(), principal)?;
    tx.list_pull_time_exclusions(&registry(), Some("a"), PAGE)?;
    tx.delete_pull_time_exclusion(&registry(), principal).map(drop)
}

fn run_statements_about_blobs(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let blob = BlobKey(1);
    tx.find_blob(RegistryKey(1), "default", &digest())?;
    tx.find_blob_by_key(blob)?;
    tx.condemn_blob(blob, now())?;
    tx.revive_blob(blob)?;
    tx.delete_blob(blob)?;
    tx.object_is_known(&object())?;
    tx.object_is_needed(&object())?;
    tx.blob_is_attached(blob)?;
    tx.find_repository_blob(REPOSITORY, &digest())?;
    tx.look_up(&RepositoryBlob::by_digest(&arn(), &digest()))?;
    tx.find_attached_blob(REPOSITORY, &digest())?;
    tx.find_blob_size(REPOSITORY, &digest())?;
    tx.find_blob_sizes(REPOSITORY, &[&digest()])?;
    tx.find_attached_blobs(REPOSITORY, &[&digest()])?;
    tx.list_repositories_with_blob(blob, PAGE)?;
    tx.list_repository_blobs(REPOSITORY, Some(&digest()), PAGE)?;
    tx.renew_lease(REPOSITORY, &digest(), now())?;
    tx.put_blob_media_type(REPOSITORY, &digest(), &MediaType::parse("a/b").unwrap())?;
    tx.detach_blob(REPOSITORY, &digest())
}

fn run_statements_about_uploads_and_jobs(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let id = UploadId::from_random([1; 16]);
    let upload = Upload {
        id: id.clone(),
        repository: REPOSITORY,
        encryption_key: "default".to_owned(),
        object: object(),
        wrapped_key: WrappedKey::from_bytes(&[]),
        progress: UploadProgress::default(),
        version: 0,
    };
    tx.find_upload(REPOSITORY, &id)?;
    tx.find_upload_activity(&id)?;
    tx.put_upload_progress(&upload, now())?;
    tx.renew_upload(&id, 0, now())?;
    tx.take_upload(&id, 0, now())?;
    tx.delete_upload(&id, 0)?;
    tx.list_uploads(REPOSITORY, PAGE)?;
    let (name, subject) = ("job".to_owned(), "subject".to_owned());
    let payload = "{}".to_owned();
    let cause = "cause".to_owned();
    let job = ClaimedJob { id: 1, cause, name, subject, payload, attempts: 1, fence: 1 };
    run_statements_that_claim(tx)?;
    tx.extend_job(&job, now())?;
    tx.next_job_due("lane")?;
    tx.end_job(&job)?;
    tx.postpone_job(&job, now(), None)?;
    tx.bury_job(&job, "why", now())?;
    tx.retry_job(1, now())?;
    tx.delete_job("job", "subject")?;
    tx.delete_waiting_job("job", "subject")?;
    tx.job_is_known("job", "subject").map(drop)
}

fn user() -> IamUser {
    let id = UniqueId::from_random(IdKind::User, [1; 17]);
    let (path, name) = (IamPath::root(), UserName::parse("alice").unwrap());
    let identity = UserIdentity { account: registry().account, id, path, name };
    IamUser { identity, boundary: None, created_at: now() }
}

fn run_statements_about_accounts_and_keys(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let account = registry().account;
    tx.insert_account(&account, now())?;
    tx.find_account(&account)?;
    tx.account_is_open(&account)?;
    tx.list_accounts(Some("1"), PAGE)?;
    tx.close_account(&account, now())?;
    let (id, owner) = ("AKIAIOSFODNN7EXAMPLE".to_owned(), KeyOwner::Root);
    tx.find_access_key(&id)?;
    tx.list_access_keys(&account, &owner, Some("A"), PAGE)?;
    tx.put_access_key_active(&account, &owner, &id, true)?;
    tx.delete_access_key(&account, &owner, &id)?;
    tx.delete_other_access_keys(&account, &owner, &id)?;
    let used = KeyUse { at: now(), region: registry().region, service: "ecr".to_owned() };
    tx.record_key_use(&id, &used)
}

fn run_statements_about_users_and_groups(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let user = user();
    let UserIdentity { account, id, path, name } = &user.identity;
    let group = IamGroup {
        account: account.clone(),
        id: UniqueId::from_random(IdKind::Group, [1; 17]),
        path: path.clone(),
        name: GroupName::parse("developers").unwrap(),
        created_at: now(),
    };
    tx.insert_iam_user(&user)?;
    tx.find_iam_user(account, name)?;
    tx.find_iam_user_by_id(id)?;
    tx.list_iam_users(account, "/", Some("a"), PAGE)?;
    tx.count_iam_users(account)?;
    tx.put_iam_user_name(id, path, name)?;
    tx.put_iam_user_boundary(id, None)?;
    tx.insert_iam_group(&group)?;
    tx.find_iam_group(account, &group.name)?;
    tx.find_iam_group_by_id(&group.id)?;
    tx.list_iam_groups(account, "/", Some("a"), PAGE)?;
    tx.count_iam_groups(account)?;
    tx.put_iam_group_name(&group.id, path, &group.name)?;
    tx.add_group_member(&group.id, id)?;
    tx.list_group_members(&group.id, Some("A"), PAGE)?;
    tx.list_groups_of_user(id, Some("A"), PAGE)?;
    tx.delete_group_member(&group.id, id)?;
    tx.put_iam_tag(id.as_str(), "Team", "a")?;
    tx.list_iam_tags(id.as_str(), Some("a"), PAGE)?;
    tx.delete_iam_tag(id.as_str(), "team")?;
    tx.delete_iam_tags(id.as_str())?;
    tx.holder_has_inline_policies(id.as_str())?;
    tx.holder_has_attachments(id.as_str())?;
    tx.delete_iam_group(&group.id)?;
    tx.delete_iam_user(id)
}

/// On PostgreSQL they are spelled otherwise.
fn run_statements_that_claim(tx: &mut Tx<'_>) -> Result<(), DbError> {
    tx.make_jobs_ready("lane", now())?;
    for round in [Round::Rest, Round::Whole] {
        tx.claim_jobs("lane", &JobTurn::new(1), round, now(), PAGE)?;
    }
    Ok(())
}

fn run_statements_over_all_rows(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let id = UploadId::from_random([1; 16]);
    tx.list_blobs(Some(BlobKey(1)), PAGE)?;
    tx.list_all_images(Some(IMAGE), PAGE)?;
    tx.list_all_image_records(Some(&object()), PAGE)?;
    tx.list_all_uploads(Some(&id), PAGE)?;
    tx.list_all_repository_blobs(Some((REPOSITORY, &digest())), PAGE)?;
    tx.list_hidden_repositories(Some(REPOSITORY), PAGE)?;
    tx.put_deletion_hold("backup", now())?;
    tx.find_deletion_hold(now())?;
    tx.delete_deletion_hold("backup")?;
    let incoming = Incoming {
        source: String::new(),
        rows_digest: None,
        blobs_done: BlobKey(0),
        records_done: None,
        strays: false,
        begun_at: now(),
        completed_at: None,
        turn: 1,
        held_until: now(),
    };
    tx.begin_incoming(&incoming)?;
    tx.hold_incoming(1, now())?;
    tx.put_incoming(&incoming)?;
    tx.find_incoming()?;
    tx.forget_incoming()?;
    for table in Table::moving() {
        let key = vec![Cell::Null; table.key.len()];
        tx.read_page(table, Some(&key))?;
    }
    tx.find_deployment_fact("keyring")?;
    tx.put_deployment_fact("keyring", "check")?;
    tx.delete_deployment_fact("keyring")?;
    let states = [JobState::Waiting, JobState::Running, JobState::Retrying, JobState::GivenUp];
    for state in states.map(Some).into_iter().chain([None]) {
        tx.list_jobs(state, 1, PAGE)?;
    }
    tx.find_job("job", "subject").map(drop)
}

fn account() -> AccountId {
    AccountId::parse("123456789012").unwrap()
}

fn unique_id(kind: IdKind) -> UniqueId {
    UniqueId::from_random(kind, [1; 17])
}

const POLICY_ARN: &str = "arn:aws:iam::123456789012:policy/push";

fn run_statements_about_roles(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let id = unique_id(IdKind::Role);
    let name = RoleName::parse("ci").unwrap();
    let (account, path) = (account(), IamPath::root());
    tx.find_role(&account, &name)?;
    tx.find_role_by_id(&id)?;
    tx.list_roles(&account, "/", "a", PAGE)?;
    tx.count_roles(&account)?;
    tx.put_role_settings(&id, None, 3600)?;
    tx.put_role_trust_policy(&id, "{}")?;
    tx.put_role_boundary(&id, Some(POLICY_ARN))?;
    tx.record_role_use(&id, now(), &registry().region)?;
    tx.list_roles_with_boundary(&account, POLICY_ARN, "a", PAGE)?;
    tx.count_roles_with_boundary(&account, POLICY_ARN)?;
    tx.delete_role(&id)?;
    let identity = RoleIdentity { account, id, path, name };
    let role = IamRole {
        identity,
        trust_policy: "{}".to_owned(),
        description: None,
        max_session_seconds: 3600,
        boundary: None,
        created_at: now(),
        last_used: None,
    };
    // Whether the account exists does not matter: the plan is noted.
    tx.insert_role(&role).ok();
    Ok(())
}

fn run_statements_about_policies(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let (id, holder) = (unique_id(IdKind::ManagedPolicy), unique_id(IdKind::User));
    let (account, name) = (account(), PolicyName::parse("push").unwrap());
    tx.find_policy(&account, &name)?;
    tx.list_policies(&account, "/", "a", PAGE)?;
    tx.count_policies(&account)?;
    tx.put_policy_versions(&id, 1, 1, now())?;
    tx.find_policy_version(&id, 1)?;
    tx.list_policy_versions(&id)?;
    tx.delete_policy_version(&id, 1)?;
    tx.delete_policy(&id)?;
    tx.put_inline_policy(&holder, &name, "{}")?;
    tx.find_inline_policy(&holder, &name)?;
    tx.list_inline_policies(&holder)?;
    tx.delete_inline_policy(&holder, &name)?;
    tx.detach_policy(&holder, POLICY_ARN)?;
    tx.list_users_with_boundary(&account, POLICY_ARN, PAGE)?;
    tx.count_users_with_boundary(&account, POLICY_ARN)?;
    tx.list_attachments(&holder)?;
    tx.list_policy_holders(&account, POLICY_ARN, "A", PAGE)?;
    tx.count_policy_holders(&account, POLICY_ARN).map(drop)
}

fn run_statements_about_providers_and_profiles(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let arn = "arn:aws:iam::123456789012:oidc-provider/example.org";
    let (account, url) = (account(), "https://example.org");
    tx.find_oidc_provider(arn)?;
    tx.find_oidc_provider_by_url(&account, url)?;
    tx.list_oidc_providers(&account)?;
    tx.put_oidc_thumbprints(arn, &[])?;
    tx.list_oidc_clients(arn)?;
    tx.delete_oidc_client(arn, "sts.amazonaws.com")?;
    tx.delete_oidc_clients(arn)?;
    tx.delete_oidc_provider(arn)?;
    let (id, role) = (unique_id(IdKind::InstanceProfile), unique_id(IdKind::Role));
    let name = InstanceProfileName::parse("node").unwrap();
    tx.find_instance_profile(&account, &name)?;
    tx.list_instance_profiles(&account, "/", "a", PAGE)?;
    tx.list_instance_profiles_for_role(&role, "a", PAGE)?;
    tx.count_instance_profiles(&account)?;
    tx.put_instance_profile_role(&id, None)?;
    tx.delete_instance_profile(&id)
}
