//! Files on cases: uploaded by content, attached by command, shown to those who may.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use domain::Role;
use serde_json::json;

use crate::{
    demo_desk::{COMPLAINT, Client, Desk, Reply},
    temporary::on_both,
};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

async fn upload(desk: &Desk, client: &Client, bytes: &[u8]) -> Reply {
    let client = client.and("content-type", "application/octet-stream");
    desk.send(client.request(Method::POST, "/api/v1/attachments", Body::from(bytes.to_vec())))
        .await
}

async fn a_file_is_attached_and_shown(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&agent, COMPLAINT).await;
    let reply = upload(desk, &agent, PNG).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    let file = reply.json();
    assert_eq!(
        (&file["media_type"], &file["bytes"]),
        (&json!("image/png"), &json!(16))
    );
    let attach = json!({"command": "attach", "hash": file["hash"], "name": "开裂的屏幕.png"});
    let case = desk.must(&agent, &case, &attach).await;
    assert_eq!(case["attachments"][0]["name"], "开裂的屏幕.png");
    assert_eq!(
        desk.command(&agent, &case, &attach).await.problem(),
        "422 invalid_fields"
    );
    let hash = file["hash"].as_str().unwrap();
    let path = format!(
        "/api/v1/cases/{}/attachments/{hash}",
        case["id"].as_str().unwrap()
    );
    let shown = desk.get(&agent, &path).await;
    assert_eq!((shown.status, &shown.body[..]), (StatusCode::OK, PNG));
    assert_eq!(shown.header("content-type"), "image/png");
    assert!(
        shown
            .header("content-disposition")
            .starts_with("inline; filename*=UTF-8''%E5"),
        "{shown:?}"
    );
    // The file of one case is not shown through another.
    let other = desk.open_case(&agent, "快递丢了").await;
    let path = format!(
        "/api/v1/cases/{}/attachments/{hash}",
        other["id"].as_str().unwrap()
    );
    assert_eq!(desk.get(&agent, &path).await.problem(), "404 not_found");
    let trail = desk
        .app
        .store()
        .audit_trail(case["id"].as_str(), 5)
        .await
        .unwrap();
    assert!(
        trail
            .iter()
            .any(|line| line.action == "attachment_seen" && line.detail == hash),
        "{trail:?}"
    );
}

async fn what_is_too_large_or_runs_is_refused(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&agent, COMPLAINT).await;
    for wrong in [
        &b""[..],
        b"<script>alert(1)</script>",
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0",
    ] {
        assert_eq!(upload(desk, &agent, wrong).await.problem(), "422 invalid_fields");
    }
    let large = vec![b'a'; app::FILE_BYTES + 1];
    assert_eq!(upload(desk, &agent, &large).await.problem(), "413 too_large");
    assert_eq!(
        upload(desk, &agent, &large[1..]).await.status,
        StatusCode::CREATED
    );
    let unknown = json!({"command": "attach", "hash": "00", "name": "没有.png"});
    let reply = desk.command(&agent, &case, &unknown).await;
    assert_eq!(reply.problem(), "422 invalid_fields");
    assert_eq!(reply.fields(), ["hash"]);
}

async fn what_nobody_attaches_is_swept_away(desk: &mut Desk) {
    let agent = desk.sign_in(Role::Agent).await;
    let case = desk.open_case(&agent, COMPLAINT).await;
    let kept = upload(desk, &agent, PNG).await.json();
    let lost = upload(desk, &agent, "收据".as_bytes()).await.json();
    desk.must(
        &agent,
        &case,
        &json!({"command": "attach", "hash": kept["hash"], "name": "图.png"}),
    )
    .await;
    let store = desk.app.store();
    assert_eq!(store.sweep_files(desk.app.now().plus_hours(1)).await.unwrap(), 1);
    assert!(
        store
            .file(kept["hash"].as_str().unwrap())
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        store
            .file(lost["hash"].as_str().unwrap())
            .await
            .unwrap()
            .is_none()
    );
}

on_both!(
    a_file_is_attached_and_shown,
    what_is_too_large_or_runs_is_refused,
    what_nobody_attaches_is_swept_away,
);

/// What one colleague uploads in a day has a limit; another one's day is his own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_fills_the_disk_in_a_day() {
    use sqlx::Connection;

    let database = crate::temporary::Temporary::sqlite();
    let desk = Desk::open(&database.url).await;
    let agent = desk.sign_in(Role::Agent).await;
    let other = [PNG, &b"another"[..]].concat();
    assert_eq!(upload(&desk, &agent, PNG).await.status, StatusCode::CREATED);
    let mut conn = sqlx::SqliteConnection::connect(&database.url).await.unwrap();
    sqlx::query("UPDATE files SET bytes = 209715200")
        .execute(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    let full = upload(&desk, &agent, &other).await;
    assert_eq!(full.problem(), "413 too_large", "{}", full.text());
    let specialist = desk.sign_in(Role::Specialist).await;
    assert_eq!(
        upload(&desk, &specialist, &other).await.status,
        StatusCode::CREATED
    );
    desk.pass_hours(25);
    let agent = desk.sign_in(Role::Agent).await;
    assert_eq!(upload(&desk, &agent, &other).await.status, StatusCode::CREATED);
    desk.close().await;
    database.remove().await;
}
