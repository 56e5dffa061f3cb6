//! Whole databases: a copy from one engine to the other is identical, and complete.

use std::collections::BTreeSet;

use db::{Cell, Db, DbError, Incoming, NewJob, Piece, TABLES, Table};
use names::Timestamp;

use crate::house::{House, on_both_engines};
use crate::lists::{image, now, repository};

on_both_engines!(
    every_table_and_column_is_known,
    a_snapshot_is_one_moment,
    what_was_read_is_written_and_read_again,
    holds_end,
    incoming_is_kept,
);

/// `table.column` of all columns, and `table: key` of all tables, as the engine has them.
fn schema(house: &House) -> BTreeSet<String> {
    match house {
        House::Sqlite(folder) => {
            let connection = rusqlite::Connection::open(folder.path().join("rows.sqlite")).unwrap();
            let sql = "SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c
                       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'
                       UNION ALL SELECT t.name || ': ' || group_concat(c.name, ' ' ORDER BY c.pk)
                       FROM sqlite_schema t, pragma_table_info(t.name) c
                       WHERE t.type = 'table' AND c.pk > 0 AND t.name NOT LIKE 'sqlite%' GROUP BY t.name";
            let mut statement = connection.prepare(sql).unwrap();
            let lines = statement.query_map([], |row| row.get(0)).unwrap();
            lines.collect::<Result<_, _>>().unwrap()
        }
        House::Postgres(database) => {
            let sql = "SELECT table_name || '.' || column_name FROM information_schema.columns
                       WHERE table_schema = current_schema()
                       UNION ALL SELECT c.table_name || ': ' || string_agg(k.column_name::text, ' ' ORDER BY k.ordinal_position)
                       FROM information_schema.table_constraints c
                       JOIN information_schema.key_column_usage k USING (constraint_name, table_name)
                       WHERE c.constraint_type = 'PRIMARY KEY' AND c.table_schema = current_schema()
                       GROUP BY c.table_name";
            database.sql(sql).lines().map(str::to_owned).collect()
        }
    }
}

async fn every_table_and_column_is_known(house: &House) {
    house.open();
    let mut known = BTreeSet::new();
    for table in TABLES {
        let Table { name, columns, key, .. } = table;
        known.extend(columns.iter().map(|column| format!("{name}.{column}")));
        known.insert(format!("{name}: {}", key.join(" ")));
    }
    let mut found = schema(house);
    found.retain(|line| !line.starts_with("schema_version"));
    let forgotten: Vec<_> = found.difference(&known).collect();
    let imagined: Vec<_> = known.difference(&found).collect();
    assert!(
        forgotten.is_empty() && imagined.is_empty(),
        "TABLES of db lacks {forgotten:?} and invents {imagined:?}: a migration changes both"
    );
}

async fn pieces(db: &Db) -> Vec<Piece> {
    let mut snapshot = db.snapshot().unwrap();
    let mut found = Vec::new();
    while let Some(piece) = snapshot.next().await.unwrap() {
        found.push(piece);
    }
    found
}

/// All rows, without regard to pages, and the last generated keys.
fn contents(pieces: &[Piece]) -> Vec<(&'static str, Vec<Vec<Cell>>, i64)> {
    let mut found = Vec::new();
    let mut rows_of = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Rows { rows, .. } => rows_of.extend(rows.iter().cloned()),
            Piece::End { table, last_generated } => {
                found.push((table.name, std::mem::take(&mut rows_of), *last_generated));
            }
        }
    }
    found
}

/// More than a page of images and of jobs, a key that was used and is free again, every kind of
/// cell.
async fn fill(db: &Db) {
    let filled: Result<(), DbError> = db
        .write(|tx| {
            let repository = repository(tx, "web")?;
            for number in 0..100_u8 {
                tx.insert_image(&image(repository, &[number, 0, 255]), now())?;
            }
            for number in 0..1030 {
                let subject = number.to_string();
                let (lane, name, payload) = ("records", "a", "{\"\u{1f6a2}\":0}");
                let job = NewJob {
                    lane,
                    cause: "cause",
                    name,
                    subject: &subject,
                    payload,
                    due_at: now(),
                };
                tx.put_job(&job, now())?;
            }
            tx.delete_job("a", "1029")
        })
        .await;
    filled.unwrap();
}

async fn a_snapshot_is_one_moment(house: &House) {
    let db = house.open();
    fill(&db).await;
    let mut snapshot = db.snapshot().unwrap();
    let first = snapshot.next().await.unwrap().unwrap();
    let Piece::Rows { table, rows } = &first else { panic!("jobs come first") };
    assert_eq!((table.name, rows.len()), ("job", 512));
    let gone: Result<(), DbError> = db
        .write(|tx| {
            repository(tx, "later")?;
            for number in 0..1029 {
                tx.delete_job("a", &number.to_string())?;
            }
            Ok(())
        })
        .await;
    gone.unwrap();
    let mut all = vec![first];
    while let Some(piece) = snapshot.next().await.unwrap() {
        all.push(piece);
    }
    let found = contents(&all);
    let count = |name| found.iter().find(|(table, ..)| *table == name).unwrap().1.len();
    assert_eq!((count("job"), count("image"), count("repository")), (1029, 100, 1));
    drop(db.snapshot().unwrap());
}

async fn what_was_read_is_written_and_read_again(house: &House) {
    let db = house.open();
    fill(&db).await;
    let before = pieces(&db).await;
    let mut others = vec![House::sqlite()];
    others.extend(House::postgres());
    for other in others {
        let target = other.open();
        let empty: Result<_, DbError> =
            target.read(|tx| Ok(tx.find_occupied_table()?.is_none())).await;
        assert!(empty.unwrap());
        // A second time over the first, as after a crash.
        for _ in 0..2 {
            let cleared: Result<(), DbError> = target
                .write(|tx| {
                    tx.clear_tables()?;
                    assert!(tx.find_occupied_table()?.is_none());
                    Ok(())
                })
                .await;
            cleared.unwrap();
            for piece in before.clone() {
                let written: Result<(), DbError> = target
                    .write(move |tx| match &piece {
                        Piece::Rows { table, rows } => tx.insert_rows(table, rows),
                        Piece::End { table, last_generated } => {
                            tx.generate_after(table, *last_generated)
                        }
                    })
                    .await;
                written.unwrap();
            }
        }
        assert_eq!(contents(&pieces(&target).await), contents(&before));
        let occupied: Result<_, DbError> =
            target.read(|tx| Ok(tx.find_occupied_table()?.map(|table| table.name))).await;
        assert_eq!(occupied.unwrap(), Some("job"));
        assert_eq!(target.integrity_check().await.unwrap(), Vec::<String>::new());
        let next: Result<_, DbError> = target
            .write(|tx| {
                let (lane, name, payload) = ("records", "b", "{}");
                tx.put_job(
                    &NewJob { lane, cause: "cause", name, subject: "", payload, due_at: now() },
                    now(),
                )
            })
            .await;
        next.unwrap();
        let after = contents(&pieces(&target).await);
        let last = after[0].1.last().unwrap()[0].clone();
        assert_eq!(last, Cell::Int(1031), "the last key was used once, and is not used again");
    }
}

async fn holds_end(house: &House) {
    let db = house.open();
    let at = Timestamp::from_seconds;
    let asked: Result<_, DbError> = db
        .write(move |tx| {
            tx.put_deletion_hold("a", at(10))?;
            tx.put_deletion_hold("a", at(20))?;
            tx.put_deletion_hold("b", at(15))?;
            let both = tx.find_deletion_hold(at(12))?;
            let ended = tx.find_deletion_hold(at(20))?;
            tx.delete_deletion_hold("a")?;
            Ok((both, ended, tx.find_deletion_hold(at(12))?))
        })
        .await;
    assert_eq!(asked.unwrap(), (Some(at(20)), None, Some(at(15))));
    let refused = db.read_only().write(|tx| tx.delete_deletion_hold("b")).await.unwrap_err();
    assert_eq!(refused.to_string(), "this server is read-only");
}

async fn incoming_is_kept(house: &House) {
    let db = house.open();
    let at = Timestamp::from_seconds;
    let mut incoming = Incoming {
        source: "there".to_owned(),
        rows_digest: None,
        blobs_done: db::BlobKey(0),
        records_done: None,
        strays: false,
        begun_at: at(1),
        completed_at: None,
        turn: 1,
        held_until: at(2),
    };
    let wanted = incoming.clone();
    let begun: Result<_, DbError> = db
        .write(move |tx| {
            let before = tx.put_incoming(&wanted)?;
            tx.begin_incoming(&wanted)?;
            Ok((before, tx.hold_incoming(2, at(3))?, tx.hold_incoming(1, at(3))?))
        })
        .await;
    assert_eq!(begun.unwrap(), (false, false, true), "of a run that is not there nothing is noted");
    incoming.held_until = at(3);
    for _ in 0..2 {
        let wanted = incoming.clone();
        let kept: Result<_, DbError> = db
            .write(move |tx| {
                assert!(tx.put_incoming(&wanted)?);
                tx.find_incoming()
            })
            .await;
        assert_eq!(kept.unwrap(), Some(incoming.clone()));
        incoming.rows_digest = Some("sha256:0".to_owned());
        incoming.records_done = Some(names::ObjectKey::from_random([7; 16]));
        incoming.completed_at = Some(at(9));
    }
    assert_eq!(
        pieces(&db).await.iter().filter(|piece| matches!(piece, Piece::Rows { .. })).count(),
        0
    );
}

#[test]
fn a_database_beside_others_is_neither_made_nor_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.sqlite");
    let why = |opened: Result<Db, DbError>| opened.unwrap_err().to_string();
    assert!(why(Db::open_beside(&path)).starts_with("there is no database at "));
    assert!(!path.exists());
    let first = Db::open(&path).unwrap();
    let second = Db::open_beside(&path).unwrap();
    drop((first, second));
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch("DELETE FROM schema_version WHERE number > 1").unwrap();
    assert!(why(Db::open_beside(&path)).contains("start a server of this version on it once"));
}
