//! What is derived from the cases and kept beside them, made anew when its meaning has changed.

use domain::Case;

use crate::{
    Store, StoreError,
    counted::{COUNTED, Counted, CountedRow, Tally},
    db::{Conn, values},
    facets, index, record,
};

/// The setting that tells what the stored bits and rollups mean.
const SETTING: &str = "derived";
/// Another way of counting gets another number.
const VERSION: u32 = 3;
/// Cases read at once.
const CHUNK: i64 = 1_000;

impl Store {
    /// Makes bits and rollups anew from the snapshots, unless they are those of this program.
    pub(crate) async fn refresh_derived(&self) -> Result<(), StoreError> {
        let meaning = format!("\"{VERSION}-{}\"", facets::fingerprint());
        if self.setting(SETTING).await?.as_ref() == Some(&meaning) {
            return Ok(());
        }
        self.write(move |conn| Box::pin(async move { rebuild(conn, &meaning).await }))
            .await
    }
}

async fn rebuild(conn: &mut Conn, meaning: &str) -> Result<(), StoreError> {
    conn.execute("DELETE FROM rollups", values![]).await?;
    let mut tally = Tally::default();
    let mut last = 0;
    loop {
        let cases = read_chunk(conn, last).await?;
        let Some((end, _, _)) = cases.last() else {
            break;
        };
        last = *end;
        for (ordinal, case, known) in &cases {
            let counted = Counted::of(case, known.0.7);
            let (_, facets, tags, ..) = counted.0;
            let sql = "UPDATE cases SET facets = $2, tags = $3, topic = $4, batch = $5 WHERE ordinal = $1";
            let (topic, batch) = (index::topic(case), case.matter.batch.as_deref());
            conn.execute(sql, values![*ordinal, facets, tags, topic, batch])
                .await?;
            tally.add(&counted);
        }
    }
    tally.store(conn).await?;
    let sql = "INSERT INTO settings (key, value) VALUES ($1, $2) \
               ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    conn.execute(sql, values![SETTING, meaning]).await.map(drop)
}

/// The next cases after an ordinal, with what is known of them so far.
async fn read_chunk(conn: &mut Conn, after: i64) -> Result<Vec<(i64, Case, Counted)>, StoreError> {
    let which = "WHERE ordinal > $1 ORDER BY ordinal LIMIT $2";
    let bodies = format!("SELECT ordinal, body FROM snapshots {which}");
    let bodies: Vec<(i64, String)> = conn.fetch(&bodies, values![after, CHUNK]).await?;
    let rows = format!("SELECT {COUNTED} FROM cases {which}");
    let rows: Vec<CountedRow> = conn.fetch(&rows, values![after, CHUNK]).await?;
    let pairs = bodies.into_iter().zip(rows);
    pairs
        .map(|((ordinal, body), row)| {
            let case: Case = record::from_json(&body, || format!("case at {ordinal}"))?;
            Ok((ordinal, case, Counted(row)))
        })
        .collect()
}
