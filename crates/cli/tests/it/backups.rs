//! Backups taken while work goes on, verified, restored; halves and tampered ones are refused.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde_json::json;

use crate::fresh::{Fresh, wait};
use crate::http::{Line, Server};
use crate::tool::{Ran, run};

/// Opens cases until told to stop; answers how many.
fn write_on(server: &Server, token: &str, stop: &AtomicBool, count: &AtomicUsize) {
    let mut line = Line::open(&server.addr, token).unwrap();
    while !stop.load(Ordering::Relaxed) {
        let body = json!({"text": "等了十天还没退款，电话13912345678\t\\N", "channel": "web_form"});
        assert_eq!(line.post("/api/v1/cases", &[], &body).unwrap().status, 201);
        count.fetch_add(1, Ordering::Relaxed);
    }
}

fn events_in(ran: &Ran) -> u64 {
    let before = ran.out.split(" event(s)").next().unwrap();
    before.rsplit(' ').next().unwrap().parse().unwrap()
}

/// Takes a backup in the middle of work; answers what it says.
fn back_up(fresh: &Fresh, to: &str) -> Ran {
    let server = Server::start(&fresh.url, &[]);
    let (stop, count) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| write_on(&server, &fresh.token, &stop, &count));
        while count.load(Ordering::Relaxed) < 20 {
            std::thread::yield_now();
        }
        let ran = run(&["backup", to, "--database", &fresh.url], "");
        stop.store(true, Ordering::Relaxed);
        ran.ok()
    })
}

/// Everything that may go wrong with a file, and that leaves no trace at the target.
fn refuse_bad_ones(good: &Path, target: &str) {
    let bytes = std::fs::read(good).unwrap();
    let bad = good.with_extension("bad");
    let mut spoiled = bytes.clone();
    let middle = spoiled.len() / 2;
    // In the middle of every page but the first, so that none of them is one that nothing stands on.
    for page in spoiled
        .chunks_mut(4_096)
        .skip(1)
        .filter(|page| page.len() == 4_096)
    {
        page[2_000..2_064].fill(0xff);
    }
    for (what, content) in [
        ("half", &bytes[..middle]),
        ("all but the end", &bytes[..bytes.len() - 40]),
        ("empty", &[][..]),
        ("spoiled", &spoiled[..]),
    ] {
        std::fs::write(&bad, content).unwrap();
        let ran = run(&["restore", bad.to_str().unwrap(), "--database", target], "");
        assert_eq!(ran.code, 3, "{what} was taken: {} {}", ran.out, ran.err);
        assert!(
            ran.err.contains("cannot be restored") || ran.err.contains("is no backup"),
            "{what}: {}",
            ran.err
        );
    }
}

async fn same_history(left: &str, right: &str, events: u64) {
    let (left, right) = (
        server::open_app(left).await.unwrap(),
        server::open_app(right).await.unwrap(),
    );
    let limit = u32::try_from(events).unwrap();
    let restored = right.store().events_after(0, 10_000).await.unwrap();
    assert_eq!(restored.len() as u64, events);
    assert_eq!(
        left.store().events_after(0, limit).await.unwrap(),
        restored,
        "what was written later is not there"
    );
    let number = right
        .store()
        .case(&restored[0].case)
        .await
        .unwrap()
        .unwrap()
        .number;
    assert!(right.store().case_by_number(&number).await.unwrap().is_some());
    left.store().close().await;
    right.store().close().await;
}

#[test]
fn an_sqlite_backup_taken_while_work_goes_on_restores() {
    let fresh = Fresh::sqlite();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("desk.bak");
    let ran = back_up(&fresh, file.to_str().unwrap());
    let target = format!("sqlite://{}", folder.path().join("new.db").display());
    refuse_bad_ones(&file, &target);
    let restored = run(&["restore", file.to_str().unwrap(), "--database", &target], "").ok();
    assert_eq!(events_in(&restored), events_in(&ran));
    wait(same_history(&fresh.url, &target, events_in(&ran)));
    let names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    let left = names.iter().filter(|name| {
        let name = name.to_string_lossy();
        name.contains("partial") || name.contains("restoring")
    });
    assert_eq!(left.count(), 0, "{names:?}");
}

#[test]
fn a_postgresql_backup_taken_while_work_goes_on_restores() {
    let Some(fresh) = Fresh::postgres() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("desk.bak");
    let ran = back_up(&fresh, file.to_str().unwrap());
    let target = Fresh::bare_postgres().unwrap();
    refuse_bad_ones(&file, &target.url);
    let name = file.to_str().unwrap();
    let restored = run(&["restore", name, "--database", &target.url], "").ok();
    // The live database went on between the dump and its check.
    assert!(events_in(&restored) <= events_in(&ran));
    wait(same_history(&fresh.url, &target.url, events_in(&restored)));
    let again = run(&["restore", name, "--database", &target.url], "");
    assert_eq!(
        again.code, 3,
        "a database that holds cases is not overwritten: {}",
        again.err
    );
    let into_file = format!("sqlite://{}", folder.path().join("x.db").display());
    assert_eq!(run(&["restore", name, "--database", &into_file], "").code, 2);
}

/// Restores a file whose bytes are in order and whose history is not; it is refused for its chain.
fn refuse_changed_history(changed: &Path, target: &str) {
    let ran = run(&["restore", changed.to_str().unwrap(), "--database", target], "");
    assert_eq!(ran.code, 3, "a changed history was taken: {}", ran.out);
    assert!(
        ran.err.contains("cannot be restored") && ran.err.contains("event "),
        "{}",
        ran.err
    );
}

#[test]
fn an_sqlite_backup_with_a_changed_history_is_refused() {
    let fresh = Fresh::sqlite();
    run(
        &["import", "--database", &fresh.url],
        "等了三天还没退款\n客服态度很差\n",
    )
    .ok();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("desk.bak");
    let name = file.to_str().unwrap();
    run(&["backup", name, "--database", &fresh.url], "").ok();
    let good = std::fs::read(&file).unwrap();
    wait(async {
        use sqlx::Connection;
        let mut conn = sqlx::SqliteConnection::connect(name).await.unwrap();
        let change = "UPDATE events SET happened_at = happened_at + 1 WHERE ordinal = 2 AND position = 0; \
                      PRAGMA wal_checkpoint(TRUNCATE)";
        sqlx::raw_sql(change).execute(&mut conn).await.unwrap();
        conn.close().await.unwrap();
    });
    let path = folder.path().join("new.db");
    let target = format!("sqlite://{}", path.display());
    refuse_changed_history(&file, &target);
    assert!(!path.exists(), "what was refused stands nowhere");
    std::fs::write(&file, good).unwrap();
    run(&["restore", name, "--database", &target], "").ok();
}

/// The same dump with one event a millisecond later: packed, summed and counted as a whole one is.
fn move_an_event(dump: &Path) {
    let text = zstd::decode_all(std::fs::File::open(dump).unwrap()).unwrap();
    let text = String::from_utf8(text).unwrap();
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let start = lines
        .iter()
        .position(|line| line.contains("\"name\":\"events\""))
        .unwrap();
    let mark: serde_json::Value = serde_json::from_str(&lines[start]).unwrap();
    let columns = mark["table"]["columns"].as_array().unwrap();
    let column = columns.iter().position(|name| name == "happened_at").unwrap();
    let mut row: Vec<String> = lines[start + 1].split('\t').map(str::to_owned).collect();
    let moved: i64 = row[column].parse::<i64>().unwrap() + 1;
    row[column] = moved.to_string();
    lines[start + 1] = row.join("\t");
    let mut packed = zstd::Encoder::new(std::fs::File::create(dump).unwrap(), 3).unwrap();
    packed.include_checksum(true).unwrap();
    std::io::copy(&mut lines.concat().as_bytes(), &mut packed).unwrap();
    packed.finish().unwrap();
}

#[test]
fn a_postgresql_backup_with_a_changed_history_is_refused() {
    let Some(fresh) = Fresh::postgres() else { return };
    run(&["import", "--database", &fresh.url], "等了三天还没退款\n").ok();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("desk.bak");
    let name = file.to_str().unwrap();
    run(&["backup", name, "--database", &fresh.url], "").ok();
    let good = std::fs::read(&file).unwrap();
    move_an_event(&file);
    let target = Fresh::bare_postgres().unwrap();
    refuse_changed_history(&file, &target.url);
    std::fs::write(&file, good).unwrap();
    // Nothing of the refused one was left, or this one would be refused as well.
    run(&["restore", name, "--database", &target.url], "").ok();
}

#[test]
fn the_first_broken_link_is_named() {
    let fresh = Fresh::sqlite();
    run(
        &["import", "--database", &fresh.url],
        "等了三天还没退款\n客服态度很差\n东西是坏的\n",
    )
    .ok();
    run(&["doctor", "--verify-chain", "--database", &fresh.url], "").ok();
    let tamper = |sql: &'static str| {
        let path = fresh.url.strip_prefix("sqlite://").unwrap().to_owned();
        wait(async move {
            use sqlx::Connection;
            let mut conn = sqlx::SqliteConnection::connect(&path).await.unwrap();
            let done = sqlx::raw_sql(sql).execute(&mut conn).await.unwrap();
            assert!(done.rows_affected() > 0, "{sql}");
            conn.close().await.unwrap();
        });
        let ran = run(&["doctor", "--verify-chain", "--database", &fresh.url], "");
        assert_ne!(ran.code, 0, "{sql} went unseen");
        format!("{}{}", ran.out, ran.err)
    };
    let id = wait(async {
        let app = server::open_app(&fresh.url).await.unwrap();
        let id = app.store().events_after(0, 1).await.unwrap()[0].case.clone();
        app.store().close().await;
        id
    });
    // A case that is taken away with all its events leaves a gap.
    let told = tamper(
        "DELETE FROM events WHERE ordinal = 3; DELETE FROM cases WHERE ordinal = 3; DELETE FROM snapshots WHERE ordinal = 3; INSERT INTO events SELECT sequence + 100, 1, position + 100, happened_at, actor, body, hash FROM events WHERE ordinal = 1 AND position = 0",
    );
    assert!(told.contains("missing") || told.contains("broken"), "{told}");
    let told = tamper("UPDATE events SET happened_at = happened_at + 1 WHERE ordinal = 1 AND position = 1");
    assert!(told.contains(&format!("event 2 of case {id}")), "{told}");
    let copy = std::env::temp_dir().join(format!("tampered-{}.bak", std::process::id()));
    let ran = run(&["backup", copy.to_str().unwrap(), "--database", &fresh.url], "");
    assert!(
        ran.code == 3 && !copy.exists(),
        "a backup of a tampered history is refused: {}",
        ran.err
    );
}
