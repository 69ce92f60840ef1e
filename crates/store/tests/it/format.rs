//! The stored format, word for word: what lies in databases already must stay readable.

use expect_test::expect_file;
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::{
    sample::{case, every_kind, with_events, write},
    temporary::Temporary,
};

/// The snapshot of a case with every field set, then one event of every kind, as they lie in the database.
const FILE: &str = include_str!("format-1.jsonl");
/// The same as it was written before cases kept rule packs, requests about clocks, statements and files.
const OLDER: &str = include_str!("format-0.jsonl");

async fn connect(database: &Temporary) -> SqliteConnection {
    let path = database.url.trim_start_matches("sqlite://");
    let options = SqliteConnectOptions::new().filename(path);
    SqliteConnection::connect_with(&options)
        .await
        .expect("a connection")
}

/// The first sample in which every field that can be left out is there.
fn full_case() -> domain::Case {
    let is_full = |case: &domain::Case| {
        let expectation = &case.analysis.expectation;
        let parts = [
            case.customer.is_some(),
            case.owner.is_some(),
            case.valid.is_some(),
            case.closure
                .as_ref()
                .is_some_and(|closure| closure.csat.and(closure.attempts.as_ref()).is_some()),
            case.proposal
                .as_ref()
                .is_some_and(|proposal| proposal.approved_by.is_some()),
            case.matter.product.is_some() && case.matter.site.is_some(),
            case.core_position.is_some() && case.parent.is_some() && case.merged_into.is_some(),
            expectation.expected.is_some() && expectation.received.is_some(),
            !case.deadlines.is_empty(),
        ];
        parts.iter().all(|part| *part)
    };
    let found = (0..).map(case).find(is_full).expect("one of endlessly many");
    keep_everything(found)
}

/// What cases keep beside the main line, every part of it.
fn keep_everything(case: domain::Case) -> domain::Case {
    let other = (0..)
        .map(crate::sample::case)
        .find(|other| {
            let whole = other
                .time_request
                .as_ref()
                .is_some_and(|request| request.notice.is_some());
            whole && other.joined.is_some() && !other.attachments.is_empty() && other.statement.is_some()
        })
        .expect("one of endlessly many");
    domain::Case {
        packs: vec!["telecom-2016".into()],
        time_request: other.time_request,
        joined: other.joined,
        attachments: other.attachments,
        statement: other.statement,
        preventions: vec!["更换了供应商".into()],
        verdict: Some(crate::sample::verdict()),
        erased: true,
        ..case
    }
}

#[tokio::test]
async fn what_is_written_keeps_its_form() {
    let database = Temporary::sqlite().await;
    let full = full_case();
    let (case, events) = with_events(full.clone(), every_kind(&full));
    database.store.create(write(&case, &events)).await.unwrap();
    let mut conn = connect(&database).await;
    let snapshot: String = sqlx::query_scalar("SELECT body FROM snapshots")
        .fetch_one(&mut conn)
        .await
        .unwrap();
    let rows: Vec<(String, String, String)> =
        sqlx::query_as("SELECT actor, body, hash FROM events ORDER BY position")
            .fetch_all(&mut conn)
            .await
            .unwrap();
    let mut lines = vec![snapshot];
    lines.extend(
        rows.into_iter()
            .map(|(actor, body, hash)| format!("{hash} {actor} {body}")),
    );
    conn.close().await.unwrap();
    expect_file!["./format-1.jsonl"].assert_eq(&format!("{}\n", lines.join("\n")));
    database.remove().await;
}

async fn put_events(conn: &mut SqliteConnection, lines: impl Iterator<Item = &str>) {
    for (position, line) in (0i64..).zip(lines) {
        let mut parts = line.splitn(3, ' ');
        let hash = parts.next().expect("a hash");
        let (actor, body) = parts.next().zip(parts.next()).expect("an actor and an event");
        let update = "UPDATE events SET hash = $1, actor = $2, body = $3 WHERE position = $4";
        let done = sqlx::query(update)
            .bind(hash)
            .bind(actor)
            .bind(body)
            .bind(position);
        assert_eq!(done.execute(&mut *conn).await.unwrap().rows_affected(), 1);
    }
}

#[tokio::test]
async fn what_older_versions_wrote_is_still_read() {
    let database = Temporary::sqlite().await;
    let full = full_case();
    let (case, events) = with_events(full.clone(), every_kind(&full));
    database.store.create(write(&case, &events)).await.unwrap();
    let mut conn = connect(&database).await;
    let mut lines = OLDER.lines();
    sqlx::query("UPDATE snapshots SET body = $1")
        .bind(lines.next().expect("a snapshot"))
        .execute(&mut conn)
        .await
        .unwrap();
    put_events(&mut conn, lines).await;
    conn.close().await.unwrap();
    let read = database.store.case(&case.id).await.unwrap().expect("the case");
    assert!(read.packs.is_empty() && read.attachments.is_empty() && !read.erased);
    assert_eq!(
        (read.joined, read.statement, read.time_request),
        (None, None, None)
    );
    let clock = &read.deadlines[0];
    assert_eq!((clock.extensions, clock.days_out, clock.paused_at), (0, 0, None));
    assert_eq!(database.store.events(&case.id).await.unwrap().len(), events.len());
    database.remove().await;
}

#[tokio::test]
async fn what_was_written_stays_readable() {
    let database = Temporary::sqlite().await;
    let full = full_case();
    let (case, events) = with_events(full.clone(), every_kind(&full));
    database.store.create(write(&case, &events)).await.unwrap();
    let mut conn = connect(&database).await;
    let mut lines = FILE.lines();
    let snapshot = lines.next().expect("a snapshot");
    sqlx::query("UPDATE snapshots SET body = $1")
        .bind(snapshot)
        .execute(&mut conn)
        .await
        .unwrap();
    put_events(&mut conn, lines).await;
    conn.close().await.unwrap();
    assert_eq!(database.store.case(&case.id).await.unwrap(), Some(case.clone()));
    let read = database.store.events(&case.id).await.unwrap();
    assert_eq!(
        read.into_iter().map(|stored| stored.event).collect::<Vec<_>>(),
        events
    );
    assert_eq!(database.store.verify_chain(None).await.unwrap().breaks, []);
    database.remove().await;
}

/// What the release before wrote: neither rulebooks nor investigations nor overruled words.
#[tokio::test]
async fn what_an_older_release_wrote_is_read() {
    let database = Temporary::sqlite().await;
    let full = full_case();
    let (case, events) = with_events(full.clone(), every_kind(&full));
    database.store.create(write(&case, &events)).await.unwrap();
    let mut conn = connect(&database).await;
    let snapshot = FILE.lines().next().expect("a snapshot");
    let mut old: serde_json::Value = serde_json::from_str(snapshot).unwrap();
    let fields = old.as_object_mut().unwrap();
    assert!(fields.remove("rulebook").is_some() && fields.remove("investigated_at").is_some());
    assert!(
        fields["proposal"]
            .as_object_mut()
            .unwrap()
            .remove("rulebook")
            .is_some()
    );
    sqlx::query("UPDATE snapshots SET body = $1")
        .bind(old.to_string())
        .execute(&mut conn)
        .await
        .unwrap();
    let old_events = [("overruled", r#"{"warning_overruled":{"reason":"已获授权"}}"#)];
    for (name, body) in old_events {
        let update = "UPDATE events SET body = $1 WHERE body LIKE $2";
        let done = sqlx::query(update).bind(body).bind(format!("%{name}%"));
        assert_eq!(done.execute(&mut conn).await.unwrap().rows_affected(), 1);
    }
    conn.close().await.unwrap();
    let read = database.store.case(&case.id).await.unwrap().expect("it is there");
    assert_eq!((read.rulebook, read.investigated_at), (None, None));
    assert_eq!(read.proposal.expect("it has one").rulebook, None);
    let events = database.store.events(&case.id).await.unwrap();
    let told = |event: &domain::EventKind| {
        matches!(event, domain::EventKind::WarningOverruled { overruled: None, .. })
    };
    assert!(events.iter().any(|stored| told(&stored.event.kind)));
    database.remove().await;
}
