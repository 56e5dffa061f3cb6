//! Tests only for a server across a network: conflicts, restarts, other nodes, the connection.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use db::{Db, DbError};
use names::Timestamp;
use stand_ins::{Database, Postgres, free_port};
use tokio::task::JoinSet;

use crate::transactions::{is_there, registry, write};

fn database() -> Option<Database> {
    Postgres::shared().map(Postgres::database)
}

fn connect(database: &Database) -> Db {
    Db::connect(&database.url(), 4).unwrap()
}

/// A server for this test only, which does what would disturb others.
fn own_server() -> Option<Postgres> {
    Postgres::shared()?;
    Some(Postgres::start().unwrap())
}

/// Adds one to a number in a setting, as two nodes would that each read it first. Counts how often
/// it ran.
async fn add_one(db: &Db, ran: &Arc<AtomicU32>) -> Result<(), DbError> {
    let ran = ran.clone();
    db.write(move |tx| {
        ran.fetch_add(1, Ordering::SeqCst);
        let key = tx.open_registry(&registry(1), Timestamp::from_seconds(1))?;
        let before = tx.find_registry_setting(&registry(1), "number")?;
        let number: u32 = before.map_or(0, |text| text.parse().unwrap());
        tx.put_registry_setting(key, "number", &(number + 1).to_string())
    })
    .await
}

async fn number(db: &Db) -> u32 {
    let found: Result<_, DbError> =
        db.read(|tx| tx.find_registry_setting(&registry(1), "number")).await;
    found.unwrap().unwrap().parse().unwrap()
}

#[tokio::test]
async fn writers_in_each_others_way_are_run_again_and_none_is_lost() {
    const WRITERS: u32 = 40;
    let Some(database) = database() else { return };
    let nodes = [connect(&database), connect(&database)];
    let ran = Arc::new(AtomicU32::new(0));
    let mut writers = JoinSet::new();
    for at in 0..WRITERS {
        let (db, ran) = (nodes[at as usize % 2].clone(), ran.clone());
        writers.spawn(async move { add_one(&db, &ran).await });
    }
    while let Some(written) = writers.join_next().await {
        written.unwrap().unwrap();
    }
    assert_eq!(number(&nodes[0]).await, WRITERS);
    let ran = ran.load(Ordering::SeqCst);
    assert!(ran > WRITERS, "with eight connections some were in each other's way: {ran}");
}

#[tokio::test]
async fn a_row_that_two_writers_make_at_once_is_made_once() {
    let Some(database) = database() else { return };
    let nodes = [connect(&database), connect(&database)];
    let mut writers = JoinSet::new();
    for at in 0..20 {
        let db = nodes[at % 2].clone();
        writers.spawn(async move { write(&db, 1).await.unwrap() });
    }
    let keys = writers.join_all().await;
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
}

#[tokio::test]
async fn a_failed_statement_keeps_nothing_whatever_the_closure_makes_of_it() {
    let Some(database) = database() else { return };
    let db = connect(&database);
    let key = write(&db, 1).await.unwrap();
    database.sql("DELETE FROM registry");
    let written: Result<(), DbError> = db
        .write(move |tx| {
            tx.open_registry(&registry(2), Timestamp::from_seconds(1))?;
            // Refused, because there is no such registry. The closure ignores the error.
            tx.put_registry_setting(key, "name", "value").ok();
            Ok(())
        })
        .await;
    assert!(matches!(written, Err(DbError::Engine { .. })), "{written:?}");
    assert!(!is_there(&db, 2).await);
}

/// The server of the tests does not wait for its disk. Acknowledged rows must be durable
/// nevertheless.
#[tokio::test]
async fn a_server_that_restarts_is_found_again_with_all_that_was_acknowledged() {
    let Some(server) = own_server() else { return };
    let database = server.database();
    let db = connect(&database);
    for account in 1..=8 {
        write(&db, account).await.unwrap();
    }
    server.stop();
    server.start_again();
    write(&db, 9).await.unwrap();
    server.crash();
    let (during, ()) = tokio::join!(write(&db, 10), async { server.start_again() });
    during.unwrap();
    for account in 1..=10 {
        assert!(is_there(&db, account).await, "{account}");
    }
}

#[tokio::test]
async fn a_server_that_stops_within_a_transaction_does_not_lose_it() {
    let Some(server) = own_server().map(Arc::new) else { return };
    let db = connect(&server.database());
    let ran = Arc::new(AtomicU32::new(0));
    let (seen, stopped) = (ran.clone(), server.clone());
    let written: Result<_, DbError> = db
        .write(move |tx| {
            let key = tx.open_registry(&registry(1), Timestamp::from_seconds(1))?;
            if seen.fetch_add(1, Ordering::SeqCst) == 0 {
                stopped.stop();
                stopped.start_again();
            }
            tx.put_registry_setting(key, "name", "value")
        })
        .await;
    written.unwrap();
    assert_eq!(ran.load(Ordering::SeqCst), 2, "once on each connection");
    assert!(is_there(&db, 1).await);
}

#[tokio::test]
async fn a_server_that_stays_away_is_reported_in_time() {
    let Some(server) = own_server() else { return };
    let db = connect(&server.database());
    write(&db, 1).await.unwrap();
    server.stop();
    let began = std::time::Instant::now();
    let written = write(&db, 2).await;
    assert!(matches!(written, Err(DbError::Engine { .. })), "{written:?}");
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

const HINTS: &str =
    "SELECT count(*) FROM pg_attribute WHERE attoptions @> ARRAY['n_distinct=-0.05']";

/// A database of this schema that was made before there were hints.
#[tokio::test]
async fn hints_that_are_missing_are_given_at_the_next_start() {
    let Some(database) = database() else { return };
    connect(&database);
    assert_eq!(database.sql(HINTS), "10");
    database.sql("ALTER TABLE image ALTER COLUMN repository RESET (n_distinct)");
    // As an earlier version gave it.
    database.sql("ALTER TABLE upload ALTER COLUMN repository SET (n_distinct = 1000000)");
    assert_eq!(database.sql(HINTS), "8");
    connect(&database);
    assert_eq!(database.sql(HINTS), "10");
}

/// A node that may not alter tables serves without hints.
#[tokio::test]
async fn a_database_that_takes_no_hints_serves() {
    let Some(database) = database() else { return };
    connect(&database);
    database.sql("ALTER TABLE image ALTER COLUMN repository RESET (n_distinct)");
    // A role belongs to the whole server, which other tests share.
    let guest = format!("guest_of_{}", database.name());
    database.sql(&format!(
        "CREATE ROLE {guest} LOGIN; GRANT CREATE ON SCHEMA public TO {guest};
         GRANT ALL ON ALL TABLES IN SCHEMA public TO {guest};
         GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {guest}",
    ));
    let url = database.url().replacen("longshore", &guest, 1);
    assert_ne!(url, database.url());
    let db = Db::connect(&url, 1).unwrap();
    write(&db, 1).await.unwrap();
    assert!(is_there(&db, 1).await);
    assert_eq!(database.sql(HINTS), "9");
}

#[tokio::test]
async fn nodes_that_start_at_once_migrate_once() {
    let Some(database) = database() else { return };
    let starting: Vec<_> = (0..6)
        .map(|_| {
            let url = database.url();
            std::thread::spawn(move || Db::connect(&url, 1).map(drop))
        })
        .collect();
    for node in starting {
        node.join().unwrap().unwrap();
    }
    let twice = "SELECT count(*) - count(DISTINCT number) FROM schema_version";
    assert_eq!(database.sql(twice), "0");
}

#[tokio::test]
async fn a_node_that_runs_does_not_mind_a_schema_that_grows() {
    let Some(database) = database() else { return };
    let db = connect(&database);
    write(&db, 1).await.unwrap();
    database.sql(
        "ALTER TABLE registry ADD COLUMN colour text;
         INSERT INTO schema_version (number) VALUES (999)",
    );
    assert!(is_there(&db, 1).await);
    write(&db, 2).await.unwrap();
    let refused = Db::connect(&database.url(), 1);
    assert!(matches!(refused, Err(DbError::Newer { found: 999, .. })), "{refused:?}");
}

#[tokio::test]
async fn every_text_sorts_by_its_bytes() {
    let Some(database) = database() else { return };
    connect(&database);
    let others = database.sql(
        "SELECT string_agg(table_name || '.' || column_name, ' ') FROM information_schema.columns
         WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'",
    );
    assert_eq!(others, "", "written as {{text}}, these would");
}

#[tokio::test]
async fn a_caller_that_waits_too_long_for_a_connection_is_told() {
    let Some(database) = database() else { return };
    let db = Db::connect(&database.url(), 1).unwrap();
    let holding = db.write(|_| {
        std::thread::sleep(std::time::Duration::from_secs(11));
        Ok::<_, DbError>(())
    });
    let (held, late) = tokio::join!(holding, write(&db, 1));
    held.unwrap();
    assert!(matches!(late, Err(DbError::Busy)), "{late:?}");
    write(&db, 2).await.unwrap();
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "a test's own certificate, for a server of its own")]
async fn the_way_is_secured_as_the_url_says() {
    if Postgres::shared().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let certificate = folder.path().join("server.crt");
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(folder.path().join("server.key"), made.signing_key.serialize_pem()).unwrap();
    let port = free_port();
    let server = Postgres::start_with_tls(folder.path(), port).unwrap();
    let database = server.database();
    let root = format!("sslmode=verify-full&sslrootcert={}", certificate.display());
    #[rustfmt::skip]
    let cases = [
        ("localhost", "sslmode=disable",     Some("f"), "in the clear"),
        ("localhost", "sslmode=prefer",      Some("t"), "the server can, so we do"),
        ("localhost", "sslmode=require",     Some("t"), "and the server is not identified"),
        ("localhost", "sslmode=verify-full", None,      "the system does not know who signed it"),
        ("localhost", &root,                 Some("t"), "we do"),
        ("127.0.0.1", &root,                 None,      "it is not its name"),
    ];
    for (at, (host, mode, secured, because)) in cases.into_iter().enumerate() {
        let (name, node) = (database.name(), format!("node_{at}"));
        let url =
            format!("postgres://longshore@{host}:{port}/{name}?{mode}&application_name={node}");
        let db = Db::connect(&url, 1);
        let Some(secured) = secured else {
            assert!(matches!(db, Err(DbError::Engine { .. })), "{mode}: {because}: {db:?}");
            continue;
        };
        let db = db.unwrap();
        write(&db, 1).await.unwrap();
        let found = database.sql(&format!(
            "SELECT DISTINCT s.ssl FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)
             WHERE a.application_name = '{node}' AND a.client_addr IS NOT NULL"
        ));
        assert_eq!(found, secured, "{mode}: {because}");
    }
}
