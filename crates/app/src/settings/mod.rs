//! The texts that decide as documents: seed files that the database overrides, with preview, history and undo.

pub(crate) mod documents;
mod edit;
mod preview;
mod preview_hands;
mod preview_rules;

use domain::{Bilingual, Timestamp};
use store::{Revision, StoreError};
use wire::{
    settings::{DocumentChange, DocumentParts, PreviewParts, RevisionList, RevisionRow, UndoRequest},
    time::rfc3339,
};

use self::documents::{DocumentError, OwnTexts, build, may_be_own, seed, seeds, title};
use crate::{App, AppError, Caller, Code, Verb, app::Rulebook, limits, permission};

impl App {
    /// Every document, and the rulebook they make.
    pub async fn list_documents(&self, caller: &Caller) -> Result<(String, Vec<DocumentParts>), AppError> {
        permission::require(caller.role, Verb::ReadSettings)?;
        let stored = self.store().documents().await?;
        let latest = |name: &str| stored.iter().find(|revision| revision.name == name);
        let own = stored
            .iter()
            .filter(|revision| revision.text.is_some() && seed(&revision.name).is_none());
        let own = own.map(|revision| (revision.name.clone(), ""));
        let all = seeds().chain(own);
        let shown = all.map(|(name, text)| self.show(&name, text, latest(&name), false));
        Ok((self.rulebook_version(), shown.collect::<Result<_, _>>()?))
    }

    /// A document as it holds now, or as it stood at a revision.
    pub async fn document(
        &self,
        caller: &Caller,
        name: &str,
        revision: Option<u32>,
    ) -> Result<DocumentParts, AppError> {
        permission::require(caller.role, Verb::ReadSettings)?;
        let seed_text = self.known_document(name).await?;
        let wanted = match revision {
            None => self.newest(name).await?,
            Some(0) => None,
            Some(number) => Some(self.revision(name, number).await?),
        };
        self.show(name, seed_text, wanted.as_ref(), true)
    }

    /// The changes of a document, newest first.
    pub async fn document_history(&self, caller: &Caller, name: &str) -> Result<RevisionList, AppError> {
        permission::require(caller.role, Verb::ReadSettings)?;
        self.known_document(name).await?;
        let revisions = self.store().revisions(name, limits::REVISIONS).await?;
        Ok(RevisionList {
            items: revisions.iter().map(revision_row).collect(),
        })
    }

    /// What a change would do on the newest cases; nothing is kept.
    pub async fn preview_document(
        &self,
        caller: &Caller,
        name: &str,
        change: &DocumentChange,
    ) -> Result<PreviewParts, AppError> {
        permission::require(caller.role, Verb::PreviewSettings)?;
        let text = self.changed_text(name, change).await?;
        let new = self.rulebook_with(name, Some(text)).await?;
        self.preview(&new).await
    }

    /// Saves a change made upon the revision that the caller saw; it holds at once.
    pub async fn change_document(
        &self,
        caller: &Caller,
        name: &str,
        seen: u32,
        change: &DocumentChange,
    ) -> Result<DocumentParts, AppError> {
        permission::require(caller.role, Verb::ChangeSettings)?;
        let text = self.changed_text(name, change).await?;
        let note = change.note.clone().unwrap_or_default();
        self.save(caller, name, seen, Some(text), note, None).await
    }

    /// Brings back an earlier revision, or the one before the present.
    pub async fn undo_document(
        &self,
        caller: &Caller,
        name: &str,
        seen: u32,
        request: &UndoRequest,
    ) -> Result<DocumentParts, AppError> {
        permission::require(caller.role, Verb::ChangeSettings)?;
        self.known_document(name).await?;
        let target = request.revision.unwrap_or(seen.saturating_sub(1));
        if seen == 0 || target >= seen {
            return Err(AppError::field(
                "revision",
                "没有可撤销的改动；请给出比当前更早的版本",
                "there is nothing to undo; name a revision before the present one",
            ));
        }
        let text = match target {
            0 => None,
            number => self.revision(name, number).await?.text,
        };
        let note = request.note.clone().unwrap_or_default();
        self.save(caller, name, seen, text, note, Some(target)).await
    }

    async fn save(
        &self,
        caller: &Caller,
        name: &str,
        seen: u32,
        text: Option<String>,
        note: String,
        restores: Option<u32>,
    ) -> Result<DocumentParts, AppError> {
        let seed_text = self.known_or_new(name, text.is_some()).await?;
        // A text that cannot be read is refused before it is kept.
        self.rulebook_with(name, text.clone()).await?;
        let revision = Revision {
            name: name.to_owned(),
            number: seen.saturating_add(1),
            text,
            by: caller.person.clone(),
            at: self.now(),
            note,
            restores,
        };
        match self.store().add_revision(&revision).await {
            Ok(()) => {}
            Err(StoreError::Stale { current_version }) => return Err(changed_meanwhile(current_version)),
            Err(error) => return Err(error.into()),
        }
        self.note_audit(&caller.person.id.0, "change_document", name, &revision.note)
            .await?;
        self.reload_rulebook().await?;
        self.show(name, seed_text, Some(&revision), true)
    }

    /// The text after a change, not yet checked.
    async fn changed_text(&self, name: &str, change: &DocumentChange) -> Result<String, AppError> {
        let seed_text = self.known_or_new(name, change.text.is_some()).await?;
        if let Some(text) = &change.text {
            return Ok(text.clone());
        }
        let newest = self.newest(name).await?;
        let text = newest.and_then(|revision| revision.text);
        edit::apply_edits(text.as_deref().unwrap_or(seed_text), &change.edits)
    }

    /// The seed text of a document that exists; empty for one of the organization's own.
    async fn known_document(&self, name: &str) -> Result<&'static str, AppError> {
        let missing = || AppError::not_found("设置文件", "document");
        match seed(name) {
            Some(text) => Ok(text),
            None => self.newest(name).await?.map(|_| "").ok_or_else(missing),
        }
    }

    /// As [`App::known_document`]; a whole text may also be that of a new rule pack or calendar.
    async fn known_or_new(&self, name: &str, whole: bool) -> Result<&'static str, AppError> {
        match whole && may_be_own(name) && seed(name).is_none() {
            true => Ok(""),
            false => self.known_document(name).await,
        }
    }

    async fn newest(&self, name: &str) -> Result<Option<Revision>, AppError> {
        Ok(self.store().revisions(name, 1).await?.into_iter().next())
    }

    async fn revision(&self, name: &str, number: u32) -> Result<Revision, AppError> {
        let found = self.store().revision(name, number).await?;
        found.ok_or_else(|| AppError::not_found("版本", "revision"))
    }

    /// The rulebook there would be with another text of one document; nothing brings its seed back.
    async fn rulebook_with(&self, name: &str, text: Option<String>) -> Result<Rulebook, AppError> {
        let mut own = self.own_texts().await?;
        match text {
            Some(text) => own.insert(name.to_owned(), text),
            None => own.remove(name),
        };
        build(&own).map_err(|error| unreadable(&error))
    }

    async fn own_texts(&self) -> Result<OwnTexts, AppError> {
        let stored = self.store().documents().await?;
        let own = stored
            .into_iter()
            .filter_map(|revision| Some((revision.name, revision.text?)));
        Ok(own.collect())
    }

    /// Takes up what the database says when it changed, here or in another process; answers whether it did.
    pub(crate) async fn reload_rulebook(&self) -> Result<bool, AppError> {
        let count = self.store().count_revisions().await?;
        if count == self.revisions_seen() {
            return Ok(false);
        }
        let mut own = self.own_texts().await?;
        // A text that an older release took but this one does not must not keep the desk from opening: it is left out,
        // said so in the log, and everything else holds.
        let rulebook = loop {
            match build(&own) {
                Ok(rulebook) => break rulebook,
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "a document is left out");
                    leave_out(&mut own);
                }
            }
        };
        self.put_rulebook(rulebook, count);
        Ok(true)
    }

    fn rulebook_version(&self) -> String {
        self.rules().version().unwrap_or_default().to_owned()
    }

    fn show(
        &self,
        name: &str,
        seed_text: &str,
        revision: Option<&Revision>,
        whole: bool,
    ) -> Result<DocumentParts, AppError> {
        let own = revision.and_then(|revision| revision.text.as_deref());
        let text = own.unwrap_or(seed_text);
        let data = match whole {
            true => read_data(text)?,
            false => serde_json::Value::Null,
        };
        Ok(DocumentParts {
            name: name.to_owned(),
            title: title(name),
            revision: revision.map_or(0, |revision| revision.number),
            overridden: own.is_some(),
            changed: revision.map(|revision| (revision.at, revision.by.clone())),
            text: if whole { text.to_owned() } else { String::new() },
            data,
            rulebook: self.rulebook_version(),
        })
    }
}

fn read_data(text: &str) -> Result<serde_json::Value, AppError> {
    let table: toml::Table = toml::from_str(text).map_err(|_| AppError::Plain(Code::Failed))?;
    serde_json::to_value(table).map_err(|_| AppError::Plain(Code::Failed))
}

fn unreadable(error: &DocumentError) -> AppError {
    let words = match error {
        DocumentError::Playbook(error) => error.to_string(),
        DocumentError::Rubric(_) => error.to_string(),
        DocumentError::Rules(error) => {
            let cause = std::error::Error::source(error).map(|cause| format!(": {cause}"));
            format!("{error}{}", cause.unwrap_or_default())
        }
    };
    AppError::field(
        "text",
        format!("不能这样改：{words}"),
        format!("cannot be taken: {words}"),
    )
}

fn changed_meanwhile(current: u32) -> AppError {
    let words = Bilingual::new(
        format!("这份设置已被别人改过，现在是第 {current} 版；请看最新的再改"),
        format!(
            "the document was changed meanwhile and is at revision {current}; look at it and change it again"
        ),
    );
    AppError::Told(Code::StaleVersion, words)
}

/// Leaves out the documents that cannot be read beside the seeds, or all when it is not known which. A pack may need a
/// calendar of the organization's own, so these are looked at first and then stand beside the others.
fn leave_out(own: &mut OwnTexts) {
    let calendars: OwnTexts = own
        .iter()
        .filter(|(name, _)| name.starts_with("calendar-"))
        .filter(|(name, text)| reads_with(&OwnTexts::new(), name, text))
        .map(|(name, text)| (name.clone(), text.clone()))
        .collect();
    let before = own.len();
    own.retain(|name, text| reads_with(&calendars, name, text));
    if own.len() == before {
        own.clear();
    }
}

fn reads_with(others: &OwnTexts, name: &str, text: &str) -> bool {
    let mut own = others.clone();
    own.insert(name.to_owned(), text.to_owned());
    build(&own).is_ok()
}

fn revision_row(revision: &Revision) -> RevisionRow {
    let at: Timestamp = revision.at;
    RevisionRow {
        revision: revision.number,
        at: rfc3339(at),
        by: (&revision.by).into(),
        note: revision.note.clone(),
        restores: revision.restores,
    }
}
