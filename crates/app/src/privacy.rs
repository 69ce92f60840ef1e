//! The switches of privacy, what they and a customer's refusal take out of a reading, and impact assessments.

use domain::{Analysis, AngerType, Because, Derived, Finding, Psychology, Stance, Temperament, Tier};
use wire::{
    rights::{Assessment, AssessmentRequest, PrivacySettings},
    time::rfc3339,
};

use crate::{App, AppError, Caller, Verb, limits, permission};

/// The setting that holds the switches as JSON.
const SETTING: &str = "privacy";
/// Under this target the audit trail keeps impact assessments; nothing deletes from it.
const ASSESSMENTS: &str = "impact_assessment";
/// Three years, as PIPL art. 56 wants assessments kept.
const KEPT_MS: i64 = 3 * 366 * 86_400_000;

impl App {
    /// The switches of privacy.
    pub async fn privacy_settings(&self, caller: &Caller) -> Result<PrivacySettings, AppError> {
        permission::require(caller.role, Verb::ReadPrivacy)?;
        self.privacy().await
    }

    /// The switches; temperament is used and nothing is erased by itself until somebody says otherwise.
    pub(crate) async fn privacy(&self) -> Result<PrivacySettings, AppError> {
        let stored = self.store().setting(SETTING).await?;
        let json = stored.and_then(|json| serde_json::from_str::<serde_json::Value>(&json).ok());
        let json = json.unwrap_or_default();
        Ok(PrivacySettings {
            use_temperament: json["use_temperament"].as_bool().unwrap_or(true),
            retention_days: json["retention_days"]
                .as_u64()
                .and_then(|days| u32::try_from(days).ok()),
        })
    }

    /// Sets the switches.
    pub async fn put_privacy_settings(
        &self,
        caller: &Caller,
        asked: PrivacySettings,
    ) -> Result<PrivacySettings, AppError> {
        permission::require(caller.role, Verb::SetPrivacy)?;
        let json = serde_json::json!({
            "use_temperament": asked.use_temperament, "retention_days": asked.retention_days,
        });
        self.store().set_setting(SETTING, &json.to_string()).await?;
        self.note_audit(&caller.person.id.0, "privacy_set", SETTING, &json.to_string())
            .await?;
        Ok(asked)
    }

    /// Keeps an impact assessment.
    pub async fn add_assessment(
        &self,
        caller: &Caller,
        asked: &AssessmentRequest,
    ) -> Result<Assessment, AppError> {
        permission::require(caller.role, Verb::AddAssessment)?;
        let json = serde_json::json!({"title": asked.title, "text": asked.text});
        self.note_audit(&caller.person.id.0, ASSESSMENTS, ASSESSMENTS, &json.to_string())
            .await?;
        let now = self.now();
        Ok(Assessment {
            title: asked.title.clone(),
            text: asked.text.clone(),
            by: caller.person.id.0.clone(),
            at: rfc3339(now),
            keep_until: rfc3339(now.plus_ms(KEPT_MS)),
        })
    }

    /// Impact assessments, newest first.
    pub async fn list_assessments(&self, caller: &Caller) -> Result<Vec<Assessment>, AppError> {
        permission::require(caller.role, Verb::ListAssessments)?;
        let lines = self
            .store()
            .audit_trail(Some(ASSESSMENTS), limits::ASSESSMENTS)
            .await?;
        let shown = lines.into_iter().map(|line| {
            let json: serde_json::Value = serde_json::from_str(&line.detail).unwrap_or_default();
            let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
            Assessment {
                title: text("title"),
                text: text("text"),
                by: line.actor,
                at: rfc3339(line.at),
                keep_until: rfc3339(line.at.plus_ms(KEPT_MS)),
            }
        });
        Ok(shown.collect())
    }
}

/// The reading without temperament, unless a person said it.
pub(crate) fn without_temperament(analysis: &mut Analysis) {
    forget(&mut analysis.temperament, Temperament::Unknown);
}

/// The reading without what a machine judged about the person: what people said stays, and so do the facts.
pub(crate) fn without_judgment(analysis: &mut Analysis) {
    without_temperament(analysis);
    forget(&mut analysis.stance, Stance::None);
    forget(&mut analysis.anger_type, AngerType::None);
    if analysis.psychology.primary.tier() != Tier::Person
        && let Some(nothing) = Finding::absent(Psychology::None, 0.0, Tier::Rules)
    {
        analysis.psychology.primary = nothing;
        analysis.psychology.secondary = None;
        analysis.psychology.distribution.clear();
    }
}

fn forget<V>(derived: &mut Derived<V>, nothing: V) {
    if derived.tier != Tier::Person {
        *derived = Derived {
            value: nothing,
            p: 0.0,
            tier: Tier::Rules,
            because: Vec::<Because>::new(),
        };
    }
}
