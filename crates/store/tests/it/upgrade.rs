//! A database of the first tables, filled, is brought up to date on both databases: nothing is lost or changed.

use domain::{Timestamp, UserId};
use sqlx::{AssertSqlSafe, PgPool, SqlitePool, migrate::Migrator};
use tingsu_store::{CaseFilter, CaseQuery, SecondFactor, Store};

use crate::temporary::{Temporary, on_both};

/// The tables that a desk of the first release had. They are history and never change.
const FIRST: [i64; 4] = [1, 2, 1001, 2001];
const FILLED: &str = include_str!("first-tables.sql");

async fn first_tables(own: &str) -> Migrator {
    let mut all = Vec::new();
    for folder in ["common", own] {
        let path = format!("{}/migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
        let found = Migrator::new(std::path::Path::new(&path)).await.unwrap();
        all.extend(found.iter().filter(|step| FIRST.contains(&step.version)).cloned());
    }
    assert_eq!(all.len(), FIRST.len());
    Migrator::with_migrations(all)
}

/// An address beside the one of the test, since that was brought up to date when it was made.
async fn old_database(database: &Temporary) -> String {
    match database.url.strip_prefix("sqlite://") {
        Some(path) => {
            let url = format!("sqlite://{path}.old");
            let pool = SqlitePool::connect(&format!("{url}?mode=rwc")).await.unwrap();
            first_tables("sqlite").await.run(&pool).await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(FILLED)).execute(&pool).await.unwrap();
            pool.close().await;
            url
        }
        None => {
            let pool = PgPool::connect(&database.url).await.unwrap();
            let empty = "DROP SCHEMA public CASCADE; CREATE SCHEMA public";
            sqlx::raw_sql(AssertSqlSafe(empty)).execute(&pool).await.unwrap();
            first_tables("postgres").await.run(&pool).await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(FILLED)).execute(&pool).await.unwrap();
            pool.close().await;
            database.url.clone()
        }
    }
}

async fn a_database_of_the_first_tables_is_brought_up_to_date(database: &Temporary) {
    let url = old_database(database).await;
    let store = Store::open(&url).await.unwrap();
    let report = store.verify_chain(None).await.unwrap();
    assert!(report.breaks.is_empty(), "{:?}", report.breaks);
    let query = CaseQuery {
        limit: 10,
        ..CaseQuery::default()
    };
    let page = store.list(&query).await.unwrap();
    assert_eq!((page.total, page.rows.len()), (3, 3));
    assert_eq!(store.count(&CaseFilter::default()).await.unwrap(), 3);
    for row in &page.rows {
        let case = store.case(&row.id).await.unwrap().unwrap();
        assert_eq!(case.version, row.version, "{}", row.number);
        assert!(!case.text.is_empty());
    }
    let now = Timestamp(1_800_000_000_000);
    let (session, user) = store.session("0123456789abcdef0123", now).await.unwrap().unwrap();
    assert_eq!((session.agent.as_str(), user.active), ("", true));
    let named = store
        .delete_session_named(&user.id, "0123456789abcdef")
        .await
        .unwrap();
    assert!(named, "a session from before can be ended by its name");
    let (token, _) = store.token("hash of t1", now).await.unwrap().unwrap();
    assert!(
        token.scopes.is_empty(),
        "a token from before may what its role may"
    );
    assert_eq!(store.second_factor(&user.id).await.unwrap(), None);
    let factor = SecondFactor {
        user: UserId(user.id.0.clone()),
        secret: "S".into(),
        confirmed: false,
        last_step: 0,
        created_at: now,
    };
    assert!(store.offer_second_factor(&factor).await.unwrap());
    store.close().await;
    let again = Store::open(&url).await.unwrap();
    assert_eq!(
        again.count(&CaseFilter::default()).await.unwrap(),
        3,
        "a second start changes nothing"
    );
    again.close().await;
}

on_both!(a_database_of_the_first_tables_is_brought_up_to_date);
