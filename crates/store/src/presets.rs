//! What people have laid ready for themselves or for all: views, macros, signatures.

use domain::{Timestamp, UserId};

use crate::{Store, StoreError, db::values};

/// The most presets one person is shown.
const PRESET_LIMIT: u32 = 1_000;

/// A preset as stored; what it holds is the business of the use cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresetRecord {
    /// The identity.
    pub id: String,
    /// The key of its kind.
    pub kind: String,
    /// Who made it.
    pub owner: UserId,
    /// Whether everybody has it.
    pub shared: bool,
    /// The name; a person has it once for each kind.
    pub name: String,
    /// What it holds, as JSON.
    pub body: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Id, kind, owner, shared, name, body, made at, changed at.
type PresetRow = (String, String, String, bool, String, String, i64, i64);
const PRESET: &str = "id, kind, owner, shared, name, body, created_at, updated_at";

impl Store {
    /// Stores a new preset. `Duplicate` when its owner has one of this kind and name.
    pub async fn create_preset(&self, preset: &PresetRecord) -> Result<(), StoreError> {
        let sql = format!("INSERT INTO presets ({PRESET}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
        let bound = values![
            preset.id.as_str(),
            preset.kind.as_str(),
            preset.owner.as_str(),
            preset.shared,
            preset.name.as_str(),
            preset.body.as_str(),
            preset.created_at.0,
            preset.updated_at.0
        ];
        self.execute(&sql, bound).await.map(drop)
    }

    /// Writes a preset anew; owner and kind stay. `NotFound` when it is gone, `Duplicate` when its owner has one of
    /// this name.
    pub async fn update_preset(&self, preset: &PresetRecord) -> Result<(), StoreError> {
        let sql = "UPDATE presets SET shared = $2, name = $3, body = $4, updated_at = $5 WHERE id = $1";
        let bound = values![
            preset.id.as_str(),
            preset.shared,
            preset.name.as_str(),
            preset.body.as_str(),
            preset.updated_at.0
        ];
        match self.execute(sql, bound).await? {
            0 => Err(StoreError::NotFound { what: "preset" }),
            _ => Ok(()),
        }
    }

    /// Throws a preset away; whether there was one.
    pub async fn delete_preset(&self, id: &str) -> Result<bool, StoreError> {
        let gone = self
            .execute("DELETE FROM presets WHERE id = $1", values![id])
            .await?;
        Ok(gone > 0)
    }

    /// The preset, or nothing.
    pub async fn preset(&self, id: &str) -> Result<Option<PresetRecord>, StoreError> {
        let sql = format!("SELECT {PRESET} FROM presets WHERE id = $1");
        let found: Option<PresetRow> = self.db().fetch_first(&sql, values![id]).await?;
        Ok(found.map(preset))
    }

    /// The presets of a person and those shared by others, by name.
    pub async fn presets_for(&self, person: &UserId) -> Result<Vec<PresetRecord>, StoreError> {
        let sql = format!(
            "SELECT {PRESET} FROM presets WHERE owner = $1 OR shared = $2 ORDER BY kind, name, id LIMIT {PRESET_LIMIT}"
        );
        let rows: Vec<PresetRow> = self.db().fetch(&sql, values![person.as_str(), true]).await?;
        Ok(rows.into_iter().map(preset).collect())
    }
}

fn preset(row: PresetRow) -> PresetRecord {
    let (id, kind, owner, shared, name, body, created_at, updated_at) = row;
    PresetRecord {
        id,
        kind,
        owner: UserId(owner),
        shared,
        name,
        body,
        created_at: Timestamp(created_at),
        updated_at: Timestamp(updated_at),
    }
}
