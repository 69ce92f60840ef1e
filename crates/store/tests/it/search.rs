//! Chinese search: two-character words inside sentences, ranked, the same on both databases.

use tingsu_store::{CaseFilter, CaseQuery, CaseSort, CaseWrite, Store};

use crate::{
    sample::{case, tokens, with_events, write},
    temporary::{Temporary, on_both},
};

const TEXTS: &[&str] = &[
    "我在你们店里买的酸奶喝了拉肚子，打电话过去没有人接，发消息也没有人回，等了整整三天才有人说可以考虑退款的事情，态度还很差",
    "退款退款退款！",
    "客服态度恶劣",
    "快递丢失，要求退款",
    "退了货，款没到",
    "iPhone15 Pro 屏幕碎了 café",
];

async fn fill(store: &Store) {
    for (number, text) in (0..).zip(TEXTS) {
        let mut case = case(number);
        case.text = (*text).to_owned();
        let (case, events) = with_events(case, Vec::new());
        let mut words = tokens(text);
        words.extend(
            ["iphone15", "café"]
                .iter()
                .filter(|word| text.to_lowercase().contains(*word))
                .map(|word| word.to_string()),
        );
        store
            .create(CaseWrite {
                search_tokens: Some(&words),
                ..write(&case, &events)
            })
            .await
            .unwrap();
    }
}

async fn find(store: &Store, words: &[&str]) -> Vec<u64> {
    let filter = CaseFilter {
        tokens: words.iter().map(|word| word.to_string()).collect(),
        ..CaseFilter::default()
    };
    let mut query = CaseQuery {
        filter,
        sort: CaseSort::Relevance,
        limit: 2,
        cursor: None,
    };
    let mut found = Vec::new();
    loop {
        let page = store.list(&query).await.unwrap();
        found.extend(
            page.rows
                .iter()
                .map(|row| (0..).zip(TEXTS).find(|(_, text)| row.text == **text).unwrap().0),
        );
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            assert_eq!(page.total, found.len() as u64);
            return found;
        }
    }
}

async fn two_characters_are_found_and_ranked(database: &Temporary) {
    let store = &database.store;
    fill(store).await;
    // The short text that says nothing else comes first, the long one that mentions it once comes last.
    assert_eq!(find(store, &["退款"]).await, [1, 3, 0]);
    assert_eq!(find(store, &["态度"]).await, [2, 0]);
    assert_eq!(find(store, &["退款", "态度"]).await, [0]);
    // Both characters are in it, but not side by side.
    assert!(!find(store, &["退款"]).await.contains(&4));
    assert_eq!(find(store, &["iphone15"]).await, [5]);
    assert_eq!(find(store, &["IPHONE15", "café"]).await, [5]);
    assert_eq!(find(store, &["cafe"]).await, [] as [u64; 0]);
    assert_eq!(find(store, &["保修"]).await, [] as [u64; 0]);
}

async fn odd_words_neither_fail_nor_find(database: &Temporary) {
    let store = &database.store;
    fill(store).await;
    for words in [
        &["\""][..],
        &["'"],
        &["😡"],
        &["退款\0"],
        &["a AND b"],
        &["*"],
        &["退款 OR 态度"],
        &[":"],
        &["\\"],
    ] {
        assert_eq!(find(store, words).await, [] as [u64; 0], "{words:?}");
    }
}

async fn changed_words_replace_the_old_ones(database: &Temporary) {
    let store = &database.store;
    fill(store).await;
    let mut changed = case(1);
    changed.version = 2;
    changed.text = TEXTS[1].to_owned();
    let events = [crate::sample::answered(&changed, 1)];
    let words = tokens("保修");
    store
        .append(
            1,
            CaseWrite {
                search_tokens: Some(&words),
                ..write(&changed, &events)
            },
        )
        .await
        .unwrap();
    assert_eq!(find(store, &["保修"]).await, [1]);
    assert_eq!(find(store, &["退款"]).await, [3, 0]);
    changed.version = 3;
    store.append(2, write(&changed, &events)).await.unwrap();
    assert_eq!(find(store, &["保修"]).await, [1], "words not given stay");
}

on_both!(
    two_characters_are_found_and_ranked,
    odd_words_neither_fail_nor_find,
    changed_words_replace_the_old_ones
);
