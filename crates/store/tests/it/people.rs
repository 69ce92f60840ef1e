//! People, sessions and tokens; customers and purchases.

use domain::*;
use tingsu_store::{ApiToken, SecondFactor, Session, Store, StoreError, User};

use crate::{
    sample::START,
    temporary::{Temporary, on_both},
};

/// Somebody; the first one belongs to a team.
pub(crate) fn user(number: u32) -> User {
    User {
        id: UserId(format!("u{number}")),
        login: format!("login{number}"),
        name: format!("坐席{number}"),
        role: Role::Specialist,
        team: (number == 1).then(|| "商城客服一组".to_owned()),
        language: Language::English,
        active: true,
        password_hash: "$argon2id$…".into(),
        created_at: START,
    }
}

async fn a_sign_in_ends_once_and_in_time(database: &Temporary) {
    let store = &database.store;
    let end = START.plus_ms(600_000);
    store.begin_sign_in("a", end).await.unwrap();
    store.begin_sign_in("b", end).await.unwrap();
    assert!(
        store.begin_sign_in("a", end).await.is_err(),
        "no two are the same"
    );
    assert!(!store.end_sign_in("c", START).await.unwrap(), "never begun");
    assert!(store.end_sign_in("a", START).await.unwrap());
    assert!(!store.end_sign_in("a", START).await.unwrap(), "once only");
    assert!(!store.end_sign_in("b", end).await.unwrap(), "too late");
    store.sweep(end, START).await.unwrap();
    store.begin_sign_in("b", end).await.unwrap();
}

async fn people_are_kept_and_changed(database: &Temporary) {
    let store = &database.store;
    store.create_user(&user(2)).await.unwrap();
    store.create_user(&user(1)).await.unwrap();
    assert_eq!(store.users().await.unwrap(), [user(1), user(2)]);
    let twin = User {
        login: "login1".into(),
        ..user(3)
    };
    let refused = store.create_user(&twin).await;
    assert!(
        matches!(refused, Err(StoreError::Duplicate { what: "login" })),
        "{refused:?}"
    );
    let refused = store
        .create_user(&User {
            login: "other".into(),
            ..user(1)
        })
        .await;
    assert!(
        matches!(refused, Err(StoreError::Duplicate { what: "user" })),
        "{refused:?}"
    );
    let changed = User {
        role: Role::Admin,
        team: None,
        active: false,
        language: Language::Chinese,
        ..user(1)
    };
    store.update_user(&changed).await.unwrap();
    assert_eq!(store.user(&changed.id).await.unwrap(), Some(changed.clone()));
    assert_eq!(store.user_by_login("login1").await.unwrap(), Some(changed));
    assert_eq!(store.user_by_login("LOGIN1' OR 1=1").await.unwrap(), None);
    assert!(matches!(
        store.update_user(&user(9)).await,
        Err(StoreError::NotFound { what: "user" })
    ));
}

async fn sessions_end(database: &Temporary) {
    let store = &database.store;
    store.create_user(&user(1)).await.unwrap();
    let session = |secret: &str| Session {
        secret_hash: secret.into(),
        user: UserId::from("u1"),
        csrf: "c".into(),
        agent: "a browser".into(),
        created_at: START,
        expires_at: START.plus_hours(8),
    };
    for secret in ["a", "b", "c"] {
        store.create_session(&session(secret)).await.unwrap();
    }
    let found = store.session("a", START.plus_hours(7)).await.unwrap();
    assert_eq!(found, Some((session("a"), user(1))));
    assert_eq!(store.session("a", START.plus_hours(8)).await.unwrap(), None);
    store.delete_session("a").await.unwrap();
    assert_eq!(store.session("a", START).await.unwrap(), None);
    store
        .update_user(&User {
            active: false,
            ..user(1)
        })
        .await
        .unwrap();
    assert_eq!(store.session("b", START).await.unwrap(), None);
    store.update_user(&user(1)).await.unwrap();
    assert_eq!(store.sweep(START.plus_hours(8), START).await.unwrap(), 2);
    store.create_session(&session("d")).await.unwrap();
    let listed = store.sessions_of(&UserId::from("u1"), START).await.unwrap();
    assert_eq!(listed, [session("d")]);
    store.create_session(&session("e")).await.unwrap();
    store
        .delete_other_sessions(&UserId::from("u1"), Some("d"))
        .await
        .unwrap();
    assert_eq!(store.session("e", START).await.unwrap(), None);
    assert!(
        !store
            .delete_session_named(&UserId::from("u2"), "d")
            .await
            .unwrap(),
        "another's session"
    );
    store.create_session(&session("f")).await.unwrap();
    assert!(
        store
            .delete_session_named(&UserId::from("u1"), "f")
            .await
            .unwrap()
    );
    store.delete_sessions_of(&UserId::from("u1")).await.unwrap();
    assert_eq!(store.session("d", START).await.unwrap(), None);
}

async fn a_second_factor_is_offered_confirmed_and_spent(database: &Temporary) {
    let store = &database.store;
    let user = UserId::from("u1");
    let factor = |secret: &str| SecondFactor {
        user: UserId::from("u1"),
        secret: secret.into(),
        confirmed: false,
        last_step: 0,
        created_at: START,
    };
    assert!(store.offer_second_factor(&factor("OLD")).await.unwrap());
    assert!(store.offer_second_factor(&factor("NEW")).await.unwrap());
    assert_eq!(store.second_factor(&user).await.unwrap(), Some(factor("NEW")));
    assert!(
        !store.spend_step(&user, 7).await.unwrap(),
        "it is not confirmed yet"
    );
    let hashes = vec!["h1".to_owned(), "h2".to_owned()];
    assert!(store.confirm_second_factor(&user, 7, hashes).await.unwrap());
    assert!(!store.confirm_second_factor(&user, 8, Vec::new()).await.unwrap());
    assert!(
        !store.offer_second_factor(&factor("LATER")).await.unwrap(),
        "one in use stays"
    );
    assert!(!store.spend_step(&user, 7).await.unwrap(), "a code works once");
    assert!(store.spend_step(&user, 8).await.unwrap());
    assert!(
        !store
            .spend_recovery_code(&UserId::from("u2"), "h1")
            .await
            .unwrap()
    );
    assert!(store.spend_recovery_code(&user, "h1").await.unwrap());
    assert!(!store.spend_recovery_code(&user, "h1").await.unwrap());
    assert_eq!(store.recovery_codes_left(&user).await.unwrap(), 1);
    assert!(store.remove_second_factor(&user).await.unwrap());
    assert!(!store.remove_second_factor(&user).await.unwrap());
    assert_eq!(store.recovery_codes_left(&user).await.unwrap(), 0);
}

async fn tokens_end_and_are_revoked(database: &Temporary) {
    let store = &database.store;
    store.create_user(&user(1)).await.unwrap();
    let token = |id: &str| ApiToken {
        id: id.into(),
        secret_hash: format!("hash of {id}"),
        name: "nightly export".into(),
        user: UserId::from("u1"),
        role: Role::Analyst,
        scopes: vec![TokenScope::CasesRead, TokenScope::Insight],
        created_at: START,
        expires_at: START.plus_hours(8),
        revoked: false,
    };
    store.create_token(&token("t1")).await.unwrap();
    store.create_token(&token("t2")).await.unwrap();
    assert!(matches!(
        store.create_token(&token("t1")).await,
        Err(StoreError::Duplicate { what: "token" })
    ));
    assert_eq!(
        store.token("hash of t1", START).await.unwrap(),
        Some((token("t1"), user(1)))
    );
    assert_eq!(
        store.token("hash of t1", START.plus_hours(8)).await.unwrap(),
        None
    );
    store.revoke_token("t1").await.unwrap();
    assert_eq!(store.token("hash of t1", START).await.unwrap(), None);
    assert!(matches!(
        store.revoke_token("t9").await,
        Err(StoreError::NotFound { what: "token" })
    ));
    let revoked: Vec<_> = store
        .tokens_of(&UserId::from("u1"))
        .await
        .unwrap()
        .iter()
        .map(|token| token.revoked)
        .collect();
    assert_eq!(revoked, [true, false]);
}

async fn customers_are_found_by_contact(database: &Temporary) {
    let store = &database.store;
    let customer = |id: &str, phone: Option<&str>, since: i64| Customer {
        id: CustomerId::from(id),
        name: "王\0女士".into(),
        phone: phone.map(str::to_owned),
        email: Some(format!("{id}@example.org")),
        loyalty: Loyalty::AtRisk,
        since: START.plus_hours(since),
        demo: false,
    };
    let kept = |customer: Customer| Customer {
        name: "王\u{fffd}女士".into(),
        ..customer
    };
    let (old, new) = (
        customer("c1", Some("13800000001"), 0),
        customer("c2", Some("13800000001"), 9),
    );
    store
        .put_customers(&[customer("c1", None, 5), new, old.clone()])
        .await
        .unwrap();
    assert_eq!(store.customer(&old.id).await.unwrap(), Some(kept(old.clone())));
    assert_eq!(
        store
            .customer_by_contact(Some("13800000001"), None)
            .await
            .unwrap(),
        Some(kept(old))
    );
    let by_mail = store
        .customer_by_contact(None, Some("c2@example.org"))
        .await
        .unwrap();
    assert_eq!(by_mail.map(|customer| customer.id), Some(CustomerId::from("c2")));
    assert_eq!(store.customer_by_contact(None, None).await.unwrap(), None);
}

async fn purchases_are_newest_first(database: &Temporary) {
    let store = &database.store;
    let purchase = |customer: &str, hours: i64| Purchase {
        customer: CustomerId::from(customer),
        at: START.plus_hours(hours),
        amount: Money::fen(1_999 + hours),
        product: "酸奶".into(),
    };
    let bought: Vec<_> = (0..1_200)
        .map(|hours| purchase(if hours % 2 == 0 { "c1" } else { "c2" }, hours))
        .collect();
    let bought: Vec<_> = bought.into_iter().map(tingsu_store::NewPurchase::from).collect();
    assert_eq!(store.add_purchases(&bought).await.unwrap(), 1_200);
    let named = tingsu_store::NewPurchase {
        purchase: purchase("c1", 5_000),
        id: Some("o-1".into()),
    };
    let twice = [named.clone(), named];
    assert_eq!(store.add_purchases(&twice).await.unwrap(), 1);
    assert_eq!(
        store.add_purchases(&twice[..1]).await.unwrap(),
        0,
        "it is on file"
    );
    let newest = store.purchases(&CustomerId::from("c1"), 2).await.unwrap();
    assert_eq!(newest, [purchase("c1", 5_000), purchase("c1", 1_198)]);
    assert_eq!(
        store
            .purchases(&CustomerId::from("c2"), 9_999)
            .await
            .unwrap()
            .len(),
        600
    );
}

/// The one server of a file remembers who calls and which settings hold; no change may be answered by what it remembers.
async fn what_a_server_remembers_ends_with_every_change(database: &Temporary) {
    let store = Store::open_to_serve(&database.url).await.unwrap();
    store.create_user(&user(1)).await.unwrap();
    let session = Session {
        secret_hash: "of a cookie".into(),
        user: UserId::from("u1"),
        csrf: "csrf".into(),
        agent: String::new(),
        created_at: START,
        expires_at: START.plus_hours(1),
    };
    let token = ApiToken {
        id: "t1".into(),
        secret_hash: "of a token".into(),
        name: "nightly".into(),
        user: UserId::from("u1"),
        role: Role::Analyst,
        scopes: Vec::new(),
        created_at: START,
        expires_at: START.plus_hours(1),
        revoked: false,
    };
    assert_eq!(store.token("of a token", START).await.unwrap(), None);
    store.create_session(&session).await.unwrap();
    store.create_token(&token).await.unwrap();
    for _ in 0..2 {
        let found = store.token("of a token", START).await.unwrap();
        assert_eq!(found, Some((token.clone(), user(1))));
        let found = store.session("of a cookie", START).await.unwrap();
        assert_eq!(found, Some((session.clone(), user(1))));
        assert_eq!(store.settings(["a", "b"]).await.unwrap(), [None, None]);
    }
    let end = START.plus_hours(1);
    assert_eq!(store.token("of a token", end).await.unwrap(), None);
    assert_eq!(store.session("of a cookie", end).await.unwrap(), None);
    store.set_setting("b", "1").await.unwrap();
    let settings = store.settings(["a", "b"]).await.unwrap();
    assert_eq!(settings, [None, Some("1".to_owned())]);
    let renamed = User {
        name: "新名字".into(),
        ..user(1)
    };
    store.update_user(&renamed).await.unwrap();
    let found = store.token("of a token", START).await.unwrap();
    assert_eq!(found.map(|(_, user)| user.name), Some("新名字".to_owned()));
    store.revoke_token("t1").await.unwrap();
    assert_eq!(store.token("of a token", START).await.unwrap(), None);
    store.delete_session("of a cookie").await.unwrap();
    assert_eq!(store.session("of a cookie", START).await.unwrap(), None);
    store.close().await;
}

on_both!(
    what_a_server_remembers_ends_with_every_change,
    people_are_kept_and_changed,
    a_sign_in_ends_once_and_in_time,
    sessions_end,
    a_second_factor_is_offered_confirmed_and_spent,
    tokens_end_and_are_revoked,
    customers_are_found_by_contact,
    purchases_are_newest_first,
);
