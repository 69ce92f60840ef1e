//! Full text: the one thing the two databases do differently. Tokens come from outside, normalized.

use std::collections::BTreeMap;

use crate::{
    StoreError,
    db::{Conn, Db, Insert, Value, values},
};

/// The most tokens kept of one case.
const MOST_TOKENS: usize = 20_000;
/// The longest token kept, in characters; longer ones are no words.
const LONGEST_TOKEN: usize = 64;
/// PostgreSQL keeps this many places of one word.
const MOST_PLACES: usize = 255;
/// PostgreSQL counts places up to here.
const LAST_PLACE: usize = 16_383;

/// The tokens both databases agree on: made of letters and digits only, in lower case.
fn clean(tokens: &[String]) -> impl Iterator<Item = String> {
    let is_word = |token: &&String| {
        !token.is_empty()
            && token.chars().count() <= LONGEST_TOKEN
            && token.chars().all(char::is_alphanumeric)
    };
    tokens
        .iter()
        .filter(is_word)
        .take(MOST_TOKENS)
        .map(|token| token.to_lowercase())
}

/// `'退款':1,5 '态度':2`: the words and places of a text, written so that PostgreSQL has nothing to parse.
fn vector_literal(tokens: &[String]) -> String {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, token) in clean(tokens).enumerate() {
        let of_word = places.entry(token).or_default();
        if of_word.len() < MOST_PLACES {
            of_word.push((index + 1).min(LAST_PLACE));
        }
    }
    let mut literal = String::new();
    for (word, places) in places {
        let places: Vec<String> = places.iter().map(usize::to_string).collect();
        literal.push_str(&format!("'{word}':{} ", places.join(",")));
    }
    literal
}

impl Conn {
    /// Stores the words of cases that have none yet, each as [`Db::write_words`] wrote them.
    pub(crate) async fn insert_tokens(&mut self, cases: &[(i64, &str)]) -> Result<(), StoreError> {
        let Insert { into, casts, rows } = self.tokens_to_insert(cases);
        self.insert_rows(into, casts, rows).await
    }

    /// The rows that store the words of cases.
    pub(crate) fn tokens_to_insert(&self, cases: &[(i64, &str)]) -> Insert<'static> {
        let rows = cases.iter().map(|(ordinal, words)| values![*ordinal, *words]);
        let (into, casts): (_, &[_]) = match self {
            Self::Lite(_) => ("INSERT INTO case_search (rowid, tokens)", &[]),
            Self::Pg(_) => ("INSERT INTO case_search (ordinal, tokens)", &["", "::tsvector"]),
        };
        Insert {
            into,
            casts,
            rows: rows.collect(),
        }
    }

    /// Forgets the words of a case.
    pub(crate) async fn delete_tokens(&mut self, ordinal: i64) -> Result<(), StoreError> {
        let sql = match self {
            Self::Lite(_) => "DELETE FROM case_search WHERE rowid = $1",
            Self::Pg(_) => "DELETE FROM case_search WHERE ordinal = $1",
        };
        self.execute(sql, values![ordinal]).await?;
        Ok(())
    }
}

/// How many of the newest cases that match a search are ranked. A common word stands in a great part of all cases,
/// and to weigh each of them takes longer than anybody waits.
pub const RANKED: u32 = 3_000;

/// A search for cases that have all of the words.
pub(crate) struct Search {
    /// A query of `ordinal` and `score`, the smaller the better; `$$` stands for the words, `$FILTER` for a
    /// condition over `cases c`. It ranks the newest [`RANKED`] cases that match.
    pub(crate) ranked: &'static str,
    /// A query of the ordinals alone.
    pub(crate) unranked: &'static str,
    /// The words, as the database wants them.
    pub(crate) words: Value,
}

impl Search {
    /// The query that ranks; `words` is the placeholder of the words.
    pub(crate) fn ranked_sql(&self, words: &str, filter: &str) -> String {
        let sql = self.ranked.replace("$$", words).replace("$FILTER", filter);
        sql.replace("$RANKED", &RANKED.to_string())
    }
}

impl Db {
    /// The words of a case as this database takes them.
    pub(crate) fn write_words(&self, tokens: &[String]) -> String {
        match self {
            Self::Lite { .. } => {
                let mut words = String::with_capacity(tokens.len() * 8);
                for word in clean(tokens) {
                    if !words.is_empty() {
                        words.push(' ');
                    }
                    words.push_str(&word);
                }
                words
            }
            Self::Pg { .. } => vector_literal(tokens),
        }
    }

    /// How many cases have all of these tokens.
    pub(crate) async fn count_words(&self, search: &Search) -> Result<u64, StoreError> {
        let found = search.unranked.replace("$$", "$1");
        let sql = format!("SELECT COUNT(*) FROM ({found}) AS found");
        let count: Option<(i64,)> = self.fetch_first(&sql, vec![search.words.clone()]).await?;
        Ok(count.map_or(0, |(count,)| count.unsigned_abs()))
    }

    /// The search for these tokens; nothing when none of them is a word.
    pub(crate) fn search(&self, tokens: &[String]) -> Option<Search> {
        let (quote, and) = match self {
            Self::Lite { .. } => ('"', " AND "),
            Self::Pg { .. } => ('\'', " & "),
        };
        let words: Vec<String> = clean(tokens)
            .map(|word| format!("{quote}{word}{quote}"))
            .collect();
        let words = (!words.is_empty()).then(|| Value::from(words.join(and)))?;
        Some(match self {
            Self::Lite { .. } => Search {
                ranked: "SELECT s.rowid AS ordinal, bm25(case_search) AS score FROM case_search s \
                         CROSS JOIN cases c WHERE case_search MATCH $$ AND c.ordinal = s.rowid AND $FILTER \
                         ORDER BY s.rowid DESC LIMIT $RANKED",
                unranked: "SELECT rowid FROM case_search WHERE case_search MATCH $$",
                words,
            },
            Self::Pg { .. } => Search {
                ranked: "SELECT ordinal, CAST(-ts_rank(tokens, $$::tsquery, 1) AS DOUBLE PRECISION) AS score \
                         FROM (SELECT s.ordinal, s.tokens FROM case_search s CROSS JOIN cases c \
                         WHERE s.tokens @@ $$::tsquery AND c.ordinal = s.ordinal AND $FILTER \
                         ORDER BY s.ordinal DESC LIMIT $RANKED) AS newest",
                unranked: "SELECT ordinal FROM case_search WHERE tokens @@ $$::tsquery",
                words,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_are_literals_without_anything_to_parse() {
        let tokens = ["退款", "o'brien", "", "退款", "GB18030", "😡", "\0"].map(str::to_owned);
        assert_eq!(vector_literal(&tokens), "'gb18030':3 '退款':1,2 ");
    }
}
