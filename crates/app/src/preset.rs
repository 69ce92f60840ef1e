//! What people lay ready: views of the list, macros and signatures; for all when a leader says so.

use std::collections::HashMap;

use domain::{Bilingual, Person};
use store::PresetRecord;
use wire::{
    preset::{Preset, PresetBody, PresetKind, PresetList, PresetRequest},
    time::rfc3339,
};

use crate::{App, AppError, Caller, Code, Verb, permission, secret};

impl App {
    /// The caller's presets and those shared by others.
    pub async fn presets(&self, caller: &Caller) -> Result<PresetList, AppError> {
        permission::require(caller.role, Verb::ListPresets)?;
        let names: HashMap<String, String> = self
            .store()
            .users()
            .await?
            .into_iter()
            .map(|user| (user.id.0, user.name))
            .collect();
        let records = self.store().presets_for(&caller.person.id).await?;
        let items = records.into_iter().map(|record| {
            let owner = names.get(&record.owner.0).map(|name| Person {
                id: record.owner.clone(),
                name: name.clone(),
            });
            show(record, owner.as_ref(), caller)
        });
        Ok(PresetList {
            items: items.collect::<Result<_, _>>()?,
        })
    }

    /// Lays something ready.
    pub async fn add_preset(&self, caller: &Caller, asked: PresetRequest) -> Result<Preset, AppError> {
        permission::require(caller.role, Verb::AddPreset)?;
        require_sharing(caller, asked.shared)?;
        let now = self.now();
        let record = PresetRecord {
            id: secret::new_id(now, self.randomness()),
            kind: asked.kind.key().to_owned(),
            owner: caller.person.id.clone(),
            shared: asked.shared,
            name: asked.name,
            body: to_json(&asked.body)?,
            created_at: now,
            updated_at: now,
        };
        self.store().create_preset(&record).await?;
        show(record, Some(&caller.person), caller)
    }

    /// Changes a preset: one's own, and as a leader what is shared.
    pub async fn change_preset(
        &self,
        caller: &Caller,
        id: &str,
        asked: PresetRequest,
    ) -> Result<Preset, AppError> {
        permission::require(caller.role, Verb::ChangePreset)?;
        let before = self.preset_to_change(caller, id).await?;
        require_sharing(caller, asked.shared && !before.shared)?;
        if before.kind != asked.kind.key() {
            return Err(AppError::field("kind", "种类不能改", "the kind stays what it is"));
        }
        let record = PresetRecord {
            shared: asked.shared,
            name: asked.name,
            body: to_json(&asked.body)?,
            updated_at: self.now(),
            ..before
        };
        self.store().update_preset(&record).await?;
        let owner = self.person(&record.owner, "owner").await.ok();
        show(record, owner.as_ref(), caller)
    }

    /// Throws a preset away: one's own, and as a leader what is shared.
    pub async fn delete_preset(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        permission::require(caller.role, Verb::DeletePreset)?;
        self.preset_to_change(caller, id).await?;
        self.store().delete_preset(id).await?;
        Ok(())
    }

    /// The preset; somebody else's own presets do not exist for the caller.
    async fn preset_to_change(&self, caller: &Caller, id: &str) -> Result<PresetRecord, AppError> {
        let found = self.store().preset(id).await?;
        let visible = found.filter(|record| record.shared || record.owner == caller.person.id);
        let record = visible.ok_or_else(|| AppError::not_found("预设", "preset"))?;
        if may_change(&record, caller) {
            Ok(record)
        } else {
            Err(AppError::Plain(Code::Forbidden))
        }
    }
}

fn may_change(record: &PresetRecord, caller: &Caller) -> bool {
    record.owner == caller.person.id || (record.shared && permission::may_share(caller.role))
}

fn require_sharing(caller: &Caller, shared: bool) -> Result<(), AppError> {
    if shared && !permission::may_share(caller.role) {
        let words = Bilingual::new(
            "共享给所有人要由主管来做；请先存为自己的",
            "only a leader shares with everybody; keep it for yourself, or ask one",
        );
        return Err(AppError::Told(Code::Forbidden, words));
    }
    Ok(())
}

fn show(record: PresetRecord, owner: Option<&Person>, caller: &Caller) -> Result<Preset, AppError> {
    let corrupt = |because: String| {
        AppError::Store(store::StoreError::Corrupt {
            what: format!("preset {}", record.id),
            because,
        })
    };
    let kind = PresetKind::from_key(&record.kind);
    let kind = kind.ok_or_else(|| corrupt(format!("`{}` is no kind", record.kind)))?;
    let body: PresetBody = serde_json::from_str(&record.body).map_err(|error| corrupt(error.to_string()))?;
    Ok(Preset {
        editable: may_change(&record, caller),
        owner: owner.map(wire::case::Person::from),
        updated_at: rfc3339(record.updated_at),
        id: record.id,
        name: record.name,
        shared: record.shared,
        kind,
        body,
    })
}

fn to_json(body: &PresetBody) -> Result<String, AppError> {
    serde_json::to_string(body).map_err(|_| {
        let words = Bilingual::new("无法保存", "it could not be written down");
        AppError::Told(Code::Failed, words)
    })
}
