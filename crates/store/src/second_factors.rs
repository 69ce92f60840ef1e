//! Second factors: the secret of a person's authenticator and the hashes of the codes for when it is lost.

use domain::{Timestamp, UserId};

use crate::{
    Store, StoreError,
    db::{Value, values},
};

/// The second factor of a person.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// Whose.
    pub user: UserId,
    /// The shared secret, sealed by whoever stores it.
    pub secret: String,
    /// Whether the person has shown that the authenticator works; before that it asks for nothing.
    pub confirmed: bool,
    /// The last step whose code was used.
    pub last_step: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondFactor")
            .field("user", &self.user)
            .field("confirmed", &self.confirmed)
            .finish_non_exhaustive()
    }
}

/// User, secret, confirmed, last step, made at.
type Row = (String, String, bool, i64, i64);

fn factor_of((user, secret, confirmed, last_step, created_at): Row) -> SecondFactor {
    SecondFactor {
        user: UserId(user),
        secret,
        confirmed,
        last_step,
        created_at: Timestamp(created_at),
    }
}

impl Store {
    /// The second factor of a person, or nothing.
    pub async fn second_factor(&self, user: &UserId) -> Result<Option<SecondFactor>, StoreError> {
        let sql =
            "SELECT user_id, secret, confirmed, last_step, created_at FROM second_factors WHERE user_id = $1";
        let row: Option<Row> = self.db().fetch_first(sql, values![user.as_str()]).await?;
        Ok(row.map(factor_of))
    }

    /// Everybody's second factor.
    pub async fn second_factors(&self) -> Result<Vec<SecondFactor>, StoreError> {
        let sql = "SELECT user_id, secret, confirmed, last_step, created_at FROM second_factors";
        let rows: Vec<Row> = self.db().fetch(sql, values![]).await?;
        Ok(rows.into_iter().map(factor_of).collect())
    }

    /// Stores a person's secret in another form, if it is still the one that was read.
    pub async fn replace_secret(&self, user: &UserId, before: &str, after: &str) -> Result<(), StoreError> {
        let sql = "UPDATE second_factors SET secret = $3 WHERE user_id = $1 AND secret = $2";
        self.execute(sql, values![user.as_str(), before, after])
            .await
            .map(drop)
    }

    /// Stores a second factor that is not confirmed yet, in place of an earlier one that was not either; answers
    /// whether it was stored.
    pub async fn offer_second_factor(&self, factor: &SecondFactor) -> Result<bool, StoreError> {
        let sql = "INSERT INTO second_factors (user_id, secret, confirmed, last_step, created_at) \
                   VALUES ($1, $2, FALSE, $3, $4) ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, \
                   last_step = excluded.last_step, created_at = excluded.created_at \
                   WHERE NOT second_factors.confirmed";
        let bound = values![
            factor.user.as_str(),
            factor.secret.as_str(),
            factor.last_step,
            factor.created_at.0
        ];
        Ok(self.execute(sql, bound).await? > 0)
    }

    /// Confirms a second factor by the code of a step, with the hashes of its recovery codes; answers whether there
    /// was one to confirm.
    pub async fn confirm_second_factor(
        &self,
        user: &UserId,
        step: i64,
        code_hashes: Vec<String>,
    ) -> Result<bool, StoreError> {
        let user = user.as_str().to_owned();
        self.write(move |conn| {
            Box::pin(async move {
                let sql = "UPDATE second_factors SET confirmed = TRUE, last_step = $2 \
                           WHERE user_id = $1 AND NOT confirmed";
                if conn.execute(sql, values![user.as_str(), step]).await? == 0 {
                    return Ok(false);
                }
                conn.execute(
                    "DELETE FROM recovery_codes WHERE user_id = $1",
                    values![user.as_str()],
                )
                .await?;
                let rows: Vec<Vec<Value>> = code_hashes
                    .into_iter()
                    .map(|hash| values![hash, user.as_str()])
                    .collect();
                conn.insert_rows("INSERT INTO recovery_codes (code_hash, user_id)", &[], rows)
                    .await?;
                Ok(true)
            })
        })
        .await
    }

    /// Spends the code of a step; answers whether it had not been spent, nor a later one.
    pub async fn spend_step(&self, user: &UserId, step: i64) -> Result<bool, StoreError> {
        let sql =
            "UPDATE second_factors SET last_step = $2 WHERE user_id = $1 AND confirmed AND last_step < $2";
        Ok(self.execute(sql, values![user.as_str(), step]).await? > 0)
    }

    /// Spends a recovery code; answers whether it was one of the person's.
    pub async fn spend_recovery_code(&self, user: &UserId, code_hash: &str) -> Result<bool, StoreError> {
        let sql = "DELETE FROM recovery_codes WHERE user_id = $1 AND code_hash = $2";
        Ok(self.execute(sql, values![user.as_str(), code_hash]).await? > 0)
    }

    /// How many recovery codes a person has left.
    pub async fn recovery_codes_left(&self, user: &UserId) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) FROM recovery_codes WHERE user_id = $1";
        let found: Option<(i64,)> = self.db().fetch_first(sql, values![user.as_str()]).await?;
        Ok(found.map_or(0, |(count,)| count.unsigned_abs()))
    }

    /// Takes a person's second factor away with its recovery codes; answers whether there was one.
    pub async fn remove_second_factor(&self, user: &UserId) -> Result<bool, StoreError> {
        let user = user.as_str().to_owned();
        self.write(move |conn| {
            Box::pin(async move {
                conn.execute(
                    "DELETE FROM recovery_codes WHERE user_id = $1",
                    values![user.as_str()],
                )
                .await?;
                let sql = "DELETE FROM second_factors WHERE user_id = $1";
                Ok(conn.execute(sql, values![user.as_str()]).await? > 0)
            })
        })
        .await
    }
}
