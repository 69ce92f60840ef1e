//! What is kept beside cases: secret links for customers, consents, and what colleagues are good at.

use domain::{
    CaseId, Consent, ConsentPurpose, CustomerId, DeadlineState, StaffProfile, Strength, Subject, Timestamp,
    UserId, Vocabulary,
};

use crate::{Store, StoreError, db::values, facets::tag_bit};

/// A secret link by which a customer follows a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgressLink {
    /// The hash of the secret.
    pub secret_hash: String,
    /// The identity, safe to show.
    pub id: String,
    /// The case.
    pub case: CaseId,
    /// Who made it.
    pub made_by: UserId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Cases with customers of one stance that a person closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedAlike {
    /// Who.
    pub owner: UserId,
    /// How many.
    pub closed: u64,
    /// Those whose customer got what he expected, or more.
    pub pleased: u64,
}

/// Open cases of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// Who.
    pub owner: UserId,
    /// How many.
    pub open: u64,
    /// Those of severity 3 and 4.
    pub hard: u64,
    /// Those with a clock that is near.
    pub near: u64,
    /// Those with a clock that was missed.
    pub breached: u64,
}

/// Customer, purpose, granted, note, by, at.
type ConsentRow = (String, String, bool, String, String, i64);
/// Secret's hash, id, case, maker, made at, ends at.
type LinkRow = (String, String, String, String, i64, i64);
/// User, strengths, skills, capacity.
type ProfileRow = (String, String, String, i64);

impl Store {
    /// Stores a link and ends the earlier ones of its case.
    pub async fn put_progress_link(&self, link: &ProgressLink) -> Result<(), StoreError> {
        let link = link.clone();
        self.write(move |conn| {
            Box::pin(async move {
                let end = "UPDATE progress_links SET revoked = TRUE WHERE case_id = $1";
                conn.execute(end, values![link.case.as_str()]).await?;
                let sql = "INSERT INTO progress_links (secret_hash, id, case_id, made_by, created_at, expires_at, revoked) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7)";
                let bound = values![
                    link.secret_hash,
                    link.id,
                    link.case.0,
                    link.made_by.0,
                    link.created_at.0,
                    link.expires_at.0,
                    false
                ];
                conn.execute(sql, bound).await.map(drop)
            })
        })
        .await
    }

    /// The link with this secret, unless it has ended.
    pub async fn progress_link(
        &self,
        secret_hash: &str,
        now: Timestamp,
    ) -> Result<Option<ProgressLink>, StoreError> {
        let sql = "SELECT secret_hash, id, case_id, made_by, created_at, expires_at FROM progress_links \
                   WHERE secret_hash = $1 AND expires_at > $2 AND NOT revoked";
        let found: Option<LinkRow> = self.db().fetch_first(sql, values![secret_hash, now.0]).await?;
        Ok(found.map(
            |(secret_hash, id, case, made_by, created_at, expires_at)| ProgressLink {
                secret_hash,
                id,
                case: CaseId(case),
                made_by: UserId(made_by),
                created_at: Timestamp(created_at),
                expires_at: Timestamp(expires_at),
            },
        ))
    }

    /// Ends every link of a case.
    pub async fn end_progress_links(&self, case: &CaseId) -> Result<(), StoreError> {
        let sql = "UPDATE progress_links SET revoked = TRUE WHERE case_id = $1";
        self.execute(sql, values![case.as_str()]).await.map(drop)
    }

    /// Notes what a customer said about a purpose.
    pub async fn add_consent(&self, consent: &Consent) -> Result<(), StoreError> {
        let sql = "INSERT INTO consents (ordinal, customer, purpose, granted, note, actor, told_at) \
                   VALUES (COALESCE((SELECT MAX(ordinal) FROM consents), 0) + 1, $1, $2, $3, $4, $5, $6)";
        let bound = values![
            consent.customer.as_str(),
            consent.purpose.key(),
            consent.granted,
            consent.note.as_str(),
            consent.by.as_str(),
            consent.at.0
        ];
        self.execute(sql, bound).await.map(drop)
    }

    /// The last word of a customer on each purpose, in vocabulary order.
    pub async fn consents(&self, customer: &CustomerId) -> Result<Vec<Consent>, StoreError> {
        let sql = "SELECT customer, purpose, granted, note, actor, told_at FROM consents \
                   WHERE customer = $1 ORDER BY ordinal DESC";
        let rows: Vec<ConsentRow> = self.db().fetch(sql, values![customer.as_str()]).await?;
        let mut last: Vec<Consent> = Vec::new();
        for (customer, purpose, granted, note, by, at) in rows {
            let purpose = known::<ConsentPurpose>(&purpose)?;
            if !last.iter().any(|consent| consent.purpose == purpose) {
                let (customer, at) = (CustomerId(customer), Timestamp(at));
                last.push(Consent {
                    customer,
                    purpose,
                    granted,
                    note,
                    by,
                    at,
                });
            }
        }
        last.sort_by_key(|consent| consent.purpose);
        Ok(last)
    }

    /// Forgets the words that stand beside a customer's consents; that they were given or refused stays.
    pub async fn forget_consent_notes(&self, customer: &CustomerId) -> Result<(), StoreError> {
        let sql = "UPDATE consents SET note = '' WHERE customer = $1";
        self.execute(sql, values![customer.as_str()]).await.map(drop)
    }

    /// Stores what a colleague is good at.
    pub async fn put_profile(&self, profile: &StaffProfile) -> Result<(), StoreError> {
        let sql = "INSERT INTO staff_profiles (user_id, strengths, skills, capacity) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (user_id) DO UPDATE SET strengths = excluded.strengths, skills = excluded.skills, \
                   capacity = excluded.capacity";
        let bound = values![
            profile.user.as_str(),
            joined(&profile.strengths),
            joined(&profile.skills),
            profile.capacity
        ];
        self.execute(sql, bound).await.map(drop)
    }

    /// What colleagues are good at, as far as it was told.
    pub async fn profiles(&self) -> Result<Vec<StaffProfile>, StoreError> {
        let sql = "SELECT user_id, strengths, skills, capacity FROM staff_profiles ORDER BY user_id";
        let rows: Vec<ProfileRow> = self.db().fetch(sql, values![]).await?;
        let profile = |(user, strengths, skills, capacity): ProfileRow| {
            Ok(StaffProfile {
                user: UserId(user),
                strengths: split::<Strength>(&strengths)?,
                skills: split::<Subject>(&skills)?,
                capacity: u32::try_from(capacity).unwrap_or_default(),
            })
        };
        rows.into_iter().map(profile).collect()
    }

    /// Open cases by owner.
    pub async fn loads(&self) -> Result<Vec<Load>, StoreError> {
        let sql = "SELECT owner, COUNT(*), SUM(CASE WHEN severity >= 3 THEN 1 ELSE 0 END), \
                   SUM(CASE WHEN (tags & $1) <> 0 THEN 1 ELSE 0 END), \
                   SUM(CASE WHEN (tags & $2) <> 0 THEN 1 ELSE 0 END) FROM cases \
                   WHERE open AND owner IS NOT NULL GROUP BY owner ORDER BY owner";
        let (near, breached) = (tag_bit(DeadlineState::Near), tag_bit(DeadlineState::Breached));
        let rows: Vec<(String, i64, i64, i64, i64)> = self.db().fetch(sql, values![near, breached]).await?;
        let load = |(owner, open, hard, near, breached)| Load {
            owner: UserId(owner),
            open: count(open),
            hard: count(hard),
            near: count(near),
            breached: count(breached),
        };
        Ok(rows.into_iter().map(load).collect())
    }

    /// By owner, what became of the cases opened since `since` whose customer had this stance.
    pub async fn closed_alike(&self, stance: &str, since: Timestamp) -> Result<Vec<ClosedAlike>, StoreError> {
        let sql = "SELECT owner, COUNT(*), SUM(CASE WHEN outcome IN ('met', 'above') THEN 1 ELSE 0 END) FROM cases \
                   WHERE opened_at >= $1 AND stance = $2 AND owner IS NOT NULL AND outcome IS NOT NULL \
                   AND outcome <> 'unknown' GROUP BY owner ORDER BY owner";
        let rows: Vec<(String, i64, i64)> = self.db().fetch(sql, values![since.0, stance]).await?;
        let alike = |(owner, closed, pleased)| ClosedAlike {
            owner: UserId(owner),
            closed: count(closed),
            pleased: count(pleased),
        };
        Ok(rows.into_iter().map(alike).collect())
    }
}

fn count(value: i64) -> u64 {
    u64::try_from(value).unwrap_or_default()
}

fn known<V: Vocabulary>(key: &str) -> Result<V, StoreError> {
    V::from_key(key).ok_or_else(|| StoreError::Corrupt {
        what: V::HEADING.en.into(),
        because: format!("`{key}` is none"),
    })
}

fn joined<V: Vocabulary>(values: &[V]) -> String {
    let keys: Vec<&str> = values.iter().map(|value| value.key()).collect();
    keys.join(" ")
}

fn split<V: Vocabulary>(keys: &str) -> Result<Vec<V>, StoreError> {
    keys.split_whitespace().map(known).collect()
}
