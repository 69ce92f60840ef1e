//! Lists of cases, page by page, in a stable order.

use domain::{Case, CaseId, Timestamp};

use crate::{
    CaseFilter, CasePage, CaseQuery, CaseRow, CaseSort, LIST_LIMIT, Store, StoreError,
    db::values,
    filter::{Condition, condition_for_counting, condition_walking_places, condition_without_words},
    index, record,
};

/// Up to so many cases that have the words are looked up one by one.
const FEW_MATCHES: u64 = 20_000;

/// A row as the database gives it: ordinal, snapshot, customer's name, phone and e-mail, score.
type FoundRow = (
    i64,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<f64>,
);

impl Store {
    /// One page of the list.
    pub async fn list(&self, query: &CaseQuery) -> Result<CasePage, StoreError> {
        self.list_from(query, 0).await
    }

    /// One page of the list that leaves out `skip` rows first, for a reader who jumps.
    pub async fn list_from(&self, query: &CaseQuery, skip: u32) -> Result<CasePage, StoreError> {
        let order = Order::of(self, query);
        let limit = query.limit.clamp(1, LIST_LIMIT);
        let Some((sql, values)) = order.select(self, query, limit, skip).await? else {
            return Ok(CasePage {
                rows: Vec::new(),
                next_cursor: None,
                total: 0,
            });
        };
        // Beside each other, since either may have to look at many cases.
        let (found, counted) = tokio::join!(self.db().fetch(&sql, values), self.count(&query.filter));
        let mut found: Vec<FoundRow> = found?;
        let is_last = found.len() <= limit as usize;
        found.truncate(limit as usize);
        let mut rows = Vec::with_capacity(found.len());
        let mut next_cursor = None;
        for (ordinal, body, name, phone, email, score) in found {
            let case: Case = record::from_json(&body, || format!("case at {ordinal}"))?;
            next_cursor = (!is_last).then(|| order.cursor(&case, ordinal, score));
            rows.push(row(case, name, [phone, email]));
        }
        let total = match (is_last, &query.cursor) {
            (true, None) if skip == 0 => rows.len() as u64,
            _ => counted?,
        };
        Ok(CasePage {
            rows,
            next_cursor,
            total,
        })
    }

    /// How many cases match.
    pub async fn count(&self, filter: &CaseFilter) -> Result<u64, StoreError> {
        if let Some(count) = self.count_rolled(filter).await? {
            return Ok(count);
        }
        let mut restriction = condition_for_counting(filter);
        if !filter.tokens.is_empty() {
            let Some(search) = self.db().search(&filter.tokens) else {
                return Ok(0);
            };
            let matching = self.db().count_words(&search).await?;
            let only_words = CaseFilter {
                tokens: filter.tokens.clone(),
                ..CaseFilter::default()
            };
            if *filter == only_words {
                return Ok(matching);
            }
            restriction.match_words(&search, matching > FEW_MATCHES);
        }
        let sql = format!("SELECT COUNT(*) FROM cases c WHERE {}", restriction.sql());
        let found: Option<(i64,)> = self.db().fetch_first(&sql, restriction.values).await?;
        Ok(found.map_or(0, |(count,)| count.unsigned_abs()))
    }

    /// Cases whose `next_check_at` has come, most overdue first.
    pub async fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<CaseId>, StoreError> {
        let sql = "SELECT id FROM cases WHERE next_check_at <= $1 ORDER BY next_check_at, ordinal LIMIT $2";
        let found: Vec<(String,)> = self.db().fetch(sql, values![now.0, limit]).await?;
        Ok(found.into_iter().map(|(id,)| CaseId(id)).collect())
    }
}

/// The order of one list.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Order {
    Due,
    Opened,
    Priority,
    Relevance,
}

impl Order {
    fn of(store: &Store, query: &CaseQuery) -> Self {
        match query.sort {
            CaseSort::Due => Self::Due,
            CaseSort::OpenedDescending => Self::Opened,
            CaseSort::Priority => Self::Priority,
            CaseSort::Relevance if store.db().search(&query.filter.tokens).is_some() => Self::Relevance,
            CaseSort::Relevance => Self::Opened,
        }
    }

    /// The letter that marks its cursors.
    fn letter(self) -> char {
        match self {
            Self::Due => 'd',
            Self::Opened => 'o',
            Self::Priority => 'p',
            Self::Relevance => 'r',
        }
    }

    /// The columns it orders by, all in the same direction.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Due => &["c.next_due_at", "c.ordinal"],
            Self::Opened => &["c.opened_at", "c.ordinal"],
            Self::Priority => &["c.urgency", "c.next_due_at", "c.ordinal"],
            Self::Relevance => &["h.score", "c.ordinal"],
        }
    }

    /// The statement for one page, reading one row more than the page holds; nothing when no word can match.
    async fn select(
        self,
        store: &Store,
        query: &CaseQuery,
        limit: u32,
        skip: u32,
    ) -> Result<Option<Statement>, StoreError> {
        let search = store.db().search(&query.filter.tokens);
        if search.is_none() && !query.filter.tokens.is_empty() {
            return Ok(None);
        }
        let mut condition = match self.walks_places(store, &query.filter).await? {
            true => condition_walking_places(&query.filter),
            false => condition_without_words(&query.filter),
        };
        let (mut with, mut join, mut score) = (String::new(), "", "CAST(NULL AS DOUBLE PRECISION)");
        match search {
            Some(search) if self == Self::Relevance => {
                let filter = condition.take_sql();
                let words = condition.bind(search.words.clone());
                with = format!("h AS MATERIALIZED ({}),", search.ranked_sql(&words, &filter));
                (join, score) = ("JOIN h ON h.ordinal = c.ordinal", "h.score");
            }
            Some(search) => {
                let matching = store.db().count_words(&search).await?;
                condition.match_words(&search, matching > FEW_MATCHES);
            }
            None => {}
        }
        if let Some(cursor) = &query.cursor {
            self.start_after(cursor, &mut condition)?;
        }
        // The page is chosen over a narrow index; only its own rows and snapshots are read.
        let sql = format!(
            "WITH {with} page AS MATERIALIZED (SELECT c.ordinal, {score} AS score, {} \
             FROM cases c {join} WHERE {} ORDER BY {} LIMIT {} OFFSET {skip}) \
             SELECT p.ordinal, s.body, u.name, u.phone, u.email, p.score FROM page p JOIN cases k ON k.ordinal = p.ordinal \
             JOIN snapshots s ON s.ordinal = p.ordinal LEFT JOIN customers u ON u.id = k.customer ORDER BY {}",
            self.each_key(|place, key| format!("{key} AS k{place}")),
            condition.sql(),
            self.each_key(|place, _| format!("k{place}{}", self.direction())),
            limit + 1,
            self.each_key(|place, _| format!("p.k{place}{}", self.direction())),
        );
        Ok(Some((sql, condition.values)))
    }

    /// Whether the cases of a place are so many that sorting them costs more than walking in the order of the list
    /// until the page is full. PostgreSQL knows by itself; the newest of a place stand in their order already.
    async fn walks_places(self, store: &Store, filter: &CaseFilter) -> Result<bool, StoreError> {
        if !store.is_sqlite() || !matches!(self, Self::Due | Self::Priority) {
            return Ok(false);
        }
        let alone = match filter {
            CaseFilter {
                product: Some(product),
                ..
            } => CaseFilter {
                product: Some(product.clone()),
                ..CaseFilter::default()
            },
            CaseFilter { site: Some(site), .. } => CaseFilter {
                site: Some(site.clone()),
                ..CaseFilter::default()
            },
            CaseFilter { team: Some(team), .. } => CaseFilter {
                team: Some(team.clone()),
                ..CaseFilter::default()
            },
            _ => return Ok(false),
        };
        Ok(store.count(&alone).await? > FEW_MATCHES)
    }

    fn direction(self) -> &'static str {
        if self == Self::Opened { " DESC" } else { "" }
    }

    fn each_key(self, term: impl Fn(usize, &str) -> String) -> String {
        let keys = self.keys().iter().enumerate();
        keys.map(|(place, key)| term(place, key))
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn start_after(self, cursor: &str, condition: &mut Condition) -> Result<(), StoreError> {
        let parts = cursor
            .strip_prefix(self.letter())
            .ok_or(StoreError::InvalidCursor)?;
        let parts: Result<Vec<u64>, _> = parts
            .split('.')
            .map(|part| u64::from_str_radix(part, 16))
            .collect();
        let parts = parts.map_err(|_| StoreError::InvalidCursor)?;
        if parts.len() != self.keys().len() {
            return Err(StoreError::InvalidCursor);
        }
        let mut placeholders = Vec::new();
        for (key, bits) in self.keys().iter().zip(parts) {
            placeholders.push(match *key {
                "h.score" => condition.bind(f64::from_bits(bits)),
                _ => condition.bind(bits.cast_signed()),
            });
        }
        let than = if self == Self::Opened { "<" } else { ">" };
        condition.and(format!(
            "({}) {than} ({})",
            self.keys().join(", "),
            placeholders.join(", ")
        ));
        Ok(())
    }

    /// The cursor that starts after this case.
    fn cursor(self, case: &Case, ordinal: i64, score: Option<f64>) -> String {
        let due = index::next_due_at(case).cast_unsigned();
        let keys = match self {
            Self::Due => vec![due],
            Self::Opened => vec![case.opened_at.0.cast_unsigned()],
            Self::Priority => vec![index::urgency(case).cast_unsigned(), due],
            Self::Relevance => vec![score.unwrap_or_default().to_bits()],
        };
        let keys = keys.into_iter().chain([ordinal.cast_unsigned()]);
        let keys: Vec<String> = keys.map(|key| format!("{key:x}")).collect();
        format!("{}{}", self.letter(), keys.join("."))
    }
}

/// A statement with its values.
type Statement = (String, Vec<crate::db::Value>);

fn row(case: Case, customer_name: Option<String>, contacts: [Option<String>; 2]) -> CaseRow {
    let analysis = &case.analysis;
    CaseRow {
        version: case.version,
        channel: case.channel,
        state: case.state,
        severity: case.severity,
        priority: case.priority,
        psychology: analysis.psychology.primary.value(),
        emotion: analysis.emotion.stage.value(),
        intensity: analysis.emotion.intensity,
        nature: analysis.nature.value(),
        stance: analysis.stance.value,
        subjects: analysis.subjects.iter().map(|finding| finding.value()).collect(),
        risks: analysis.risks.iter().map(|finding| finding.value()).collect(),
        next_deadline: index::next_deadline(&case),
        opened_at: case.opened_at,
        updated_at: case.updated_at,
        demo: case.demo,
        customer_name,
        customer_contacts: contacts.into_iter().flatten().collect(),
        id: case.id,
        number: case.number,
        title: case.title,
        text: case.text,
        customer: case.customer,
        owner: case.owner,
        matter: case.matter,
    }
}
