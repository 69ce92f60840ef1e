//! The list of customers, page by page, with what each has open; read for the page shown only.

use domain::{Customer, CustomerId, Loyalty, Timestamp, Vocabulary};

use crate::{
    LIST_LIMIT, Store, StoreError,
    customers::{CUSTOMER, CustomerRecord, customer},
    db::Value,
    filter::Condition,
};

/// One page of customers asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerQuery {
    /// Stands in the name, the telephone number or the e-mail address, whatever the letter case.
    pub words: Option<String>,
    /// How close the customer is.
    pub loyalties: Vec<Loyalty>,
    /// Only those with an open case.
    pub with_open: bool,
    /// Where the last page ended; `next_cursor` of that page.
    pub cursor: Option<String>,
    /// How many rows, 1 to [`LIST_LIMIT`]; clamped.
    pub limit: u32,
}

/// A customer with his cases counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    /// Who.
    pub customer: Customer,
    /// Cases in all.
    pub cases: u64,
    /// Cases that are open.
    pub open: u64,
    /// When the newest case was opened.
    pub last_at: Option<Timestamp>,
}

/// One page of customers, the newest on file first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerPage {
    /// The rows.
    pub rows: Vec<CustomerRow>,
    /// To be sent back for the next page; nothing on the last.
    pub next_cursor: Option<String>,
    /// How many match in all.
    pub total: u64,
}

/// Customer, cases, open cases, newest opening.
type CountRow = (String, i64, i64, i64);

impl Store {
    /// One page of the customers that match.
    pub async fn list_customers(&self, query: &CustomerQuery) -> Result<CustomerPage, StoreError> {
        let limit = query.limit.clamp(1, LIST_LIMIT);
        let mut condition = condition_of(query);
        let total = self.count_customers(&condition).await?;
        if let Some(cursor) = &query.cursor {
            let (since, id) = read_cursor(cursor)?;
            let (since, id) = (condition.bind(since), condition.bind(id));
            condition.and(format!("(since < {since} OR (since = {since} AND id > {id}))"));
        }
        let most = condition.bind(i64::from(limit) + 1);
        let sql = format!(
            "SELECT {CUSTOMER} FROM customers WHERE {} ORDER BY since DESC, id LIMIT {most}",
            condition.sql()
        );
        let found: Vec<CustomerRecord> = self.db().fetch(&sql, condition.values).await?;
        let mut customers = found.into_iter().map(customer).collect::<Result<Vec<_>, _>>()?;
        let has_more = customers.len() > limit as usize;
        customers.truncate(limit as usize);
        let last = customers.last().filter(|_| has_more);
        let next_cursor = last.map(|last| format!("{}.{}", last.since.0, last.id.as_str()));
        let ids: Vec<&str> = customers.iter().map(|customer| customer.id.as_str()).collect();
        let counts = self.count_cases_of(&ids).await?;
        let rows = customers.into_iter().map(|customer| row(customer, &counts));
        Ok(CustomerPage {
            rows: rows.collect(),
            next_cursor,
            total,
        })
    }

    async fn count_customers(&self, condition: &Condition) -> Result<u64, StoreError> {
        let sql = format!("SELECT COUNT(*) FROM customers WHERE {}", condition.sql());
        let found: Option<(i64,)> = self.db().fetch_first(&sql, condition.values.clone()).await?;
        Ok(found.map_or(0, |(count,)| count.unsigned_abs()))
    }

    async fn count_cases_of(&self, customers: &[&str]) -> Result<Vec<CountRow>, StoreError> {
        if customers.is_empty() {
            return Ok(Vec::new());
        }
        let mut condition = Condition::default();
        let places: Vec<String> = customers.iter().map(|id| condition.bind(*id)).collect();
        let sql = format!(
            "SELECT customer, COUNT(*), SUM(CASE WHEN open THEN 1 ELSE 0 END), MAX(opened_at) FROM cases \
             WHERE customer IN ({}) GROUP BY customer",
            places.join(", ")
        );
        self.db().fetch(&sql, condition.values).await
    }
}

fn condition_of(query: &CustomerQuery) -> Condition {
    let mut condition = Condition::default();
    if let Some(words) = &query.words {
        let pattern = condition.bind(format!("%{}%", escape(&words.to_lowercase())));
        let stands_in = |column: &str| format!("LOWER({column}) LIKE {pattern} ESCAPE '\\'");
        let places: Vec<String> = ["name", "COALESCE(phone, '')", "COALESCE(email, '')", "id"]
            .into_iter()
            .map(stands_in)
            .collect();
        condition.and(format!("({})", places.join(" OR ")));
    }
    if !query.loyalties.is_empty() {
        let keys: Vec<String> = query
            .loyalties
            .iter()
            .map(|loyalty| condition.bind(loyalty.key()))
            .collect();
        condition.and(format!("loyalty IN ({})", keys.join(", ")));
    }
    if query.with_open {
        condition.and("EXISTS (SELECT 1 FROM cases k WHERE k.customer = customers.id AND k.open)".to_owned());
    }
    condition
}

/// The words as a part of a pattern that means itself.
fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

fn read_cursor(cursor: &str) -> Result<(Value, Value), StoreError> {
    let parts = cursor.split_once('.').ok_or(StoreError::InvalidCursor)?;
    let since: i64 = parts.0.parse().map_err(|_| StoreError::InvalidCursor)?;
    Ok((since.into(), parts.1.into()))
}

fn row(customer: Customer, counts: &[CountRow]) -> CustomerRow {
    let known = |id: &CustomerId| counts.iter().find(|count| count.0 == id.as_str());
    let (cases, open, last_at) = match known(&customer.id) {
        Some((_, cases, open, last)) => (*cases, *open, Some(Timestamp(*last))),
        None => (0, 0, None),
    };
    CustomerRow {
        customer,
        cases: cases.unsigned_abs(),
        open: open.unsigned_abs(),
        last_at,
    }
}
