//! What was acknowledged is on the disk: the settings that this rests on, as they hold on our own connections.

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tingsu_store::Store;

use crate::temporary::{Temporary, on_both};

async fn nothing_is_acknowledged_before_it_is_on_the_disk(database: &Temporary) {
    let lossy = database.store.find_lossy_settings().await.unwrap();
    if database.store.is_sqlite() {
        assert_eq!(lossy, Vec::<String>::new());
        return;
    }
    // The server of the tests may run without flushing, and is told on; an order of the database is overruled.
    let mut conn = PgConnection::connect(&database.url).await.unwrap();
    let flushes: String = sqlx::query_scalar("SHOW fsync")
        .fetch_one(&mut conn)
        .await
        .unwrap();
    assert_eq!(
        lossy.contains(&"fsync = off".to_owned()),
        flushes == "off",
        "{lossy:?}"
    );
    let name = database.url.rsplit('/').next().unwrap();
    let sooner = format!("ALTER DATABASE {name} SET synchronous_commit = off");
    sqlx::raw_sql(AssertSqlSafe(sooner))
        .execute(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    let store = Store::open(&database.url).await.unwrap();
    let lossy = store.find_lossy_settings().await.unwrap();
    assert!(
        !lossy.iter().any(|one| one.starts_with("synchronous_commit")),
        "{lossy:?}"
    );
    store.close().await;
}

on_both!(nothing_is_acknowledged_before_it_is_on_the_disk);
