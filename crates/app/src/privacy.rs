//! The switches of privacy, what they and a customer's refusal take out of a reading, and impact assessments.

use domain::{
    Actor, Analysis, AngerType, Because, CaseId, Complaint, ConsentPurpose, CustomerId, Derived, Finding,
    Psychology, Stance, Temperament, Tier,
};
use store::{CaseWrite, StoreError};
use wire::{
    rights::{Assessment, AssessmentRequest, PrivacySettings},
    time::rfc3339,
};

use crate::{App, AppError, Caller, Verb, intake::Held, limits, mask, pack, permission};

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
        Ok(read_switches(stored.as_deref()))
    }

    /// The switches, and the packs that new cases fall under, read at once.
    pub(crate) async fn settings_in_force(&self) -> Result<Held, AppError> {
        let stored = self.store().settings([SETTING, pack::SETTING]).await?;
        Ok(Held {
            use_temperament: read_switches(stored[0].as_deref()).use_temperament,
            packs: self.known_packs(stored[1].as_deref()),
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

fn read_switches(stored: Option<&str>) -> PrivacySettings {
    let json = stored.and_then(|json| serde_json::from_str::<serde_json::Value>(json).ok());
    let json = json.unwrap_or_default();
    PrivacySettings {
        use_temperament: json["use_temperament"].as_bool().unwrap_or(true),
        retention_days: json["retention_days"]
            .as_u64()
            .and_then(|days| u32::try_from(days).ok()),
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
    derive_needs(analysis);
}

/// The reading with what a machine judges about the person, as it was read anew; what people said stays.
fn with_judgment(analysis: &mut Analysis, read: &Analysis) {
    if analysis.psychology.primary.tier() != Tier::Person {
        analysis.psychology.clone_from(&read.psychology);
    }
    take_up(&mut analysis.stance, &read.stance);
    take_up(&mut analysis.anger_type, &read.anger_type);
    take_up(&mut analysis.temperament, &read.temperament);
    derive_needs(analysis);
}

fn take_up<V: Clone>(derived: &mut Derived<V>, read: &Derived<V>) {
    if derived.tier != Tier::Person {
        derived.clone_from(read);
    }
}

/// Needs follow from psychology, motives and risks; without the psychology fewer follow.
fn derive_needs(analysis: &mut Analysis) {
    let motives: Vec<_> = analysis.motives.iter().map(|finding| finding.value()).collect();
    let risks: Vec<_> = analysis.risks.iter().map(|finding| finding.value()).collect();
    analysis.needs = ::analysis::derive_needs(analysis.psychology.primary.value(), &motives, &risks);
}

impl App {
    /// Takes out of a reading what its customer refused and what the desk switched off.
    pub(crate) async fn take_out_judgment(
        &self,
        customer: Option<&CustomerId>,
        use_temperament: bool,
        analysis: &mut Analysis,
    ) -> Result<(), AppError> {
        if self.refused(customer, ConsentPurpose::AutomatedJudgment).await? {
            without_judgment(analysis);
        } else if !use_temperament {
            without_temperament(analysis);
        }
        Ok(())
    }

    /// Takes the machine's judgment out of the stored cases of a customer, or reads it anew once it is allowed again, so
    /// that lists, figures and assignment go by what the customer said.
    pub(crate) async fn follow_consent(
        &self,
        customer: &CustomerId,
        granted: bool,
        actor: &Actor,
    ) -> Result<(), AppError> {
        for id in self.store().case_ids_of(customer).await? {
            for last in [false, true] {
                match self.judge_again(&id, granted, actor).await {
                    Err(AppError::Store(StoreError::Stale { .. })) if !last => {}
                    done => {
                        done?;
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    async fn judge_again(&self, id: &CaseId, granted: bool, actor: &Actor) -> Result<(), AppError> {
        let Some(case) = self.store().case(id).await? else {
            return Ok(());
        };
        let mut analysis = case.analysis.clone();
        match granted {
            // Of a case whose words are gone nothing can be read.
            true if mask::is_covered(&case.text) => return Ok(()),
            true => {
                let complaint = Complaint {
                    received_at: Some(case.received_at),
                    matter: case.matter.clone(),
                    ..Complaint::new(case.text.clone(), case.channel)
                };
                with_judgment(&mut analysis, &self.read_one(complaint).await?);
            }
            false => without_judgment(&mut analysis),
        }
        if analysis == case.analysis {
            return Ok(());
        }
        let reason = match granted {
            true => "客户同意系统判断，按原文重新判断",
            false => "客户拒绝由系统判断，机器判断的心理、应对类型与气质不再保留",
        };
        let event = desk::judged_again(&case, analysis, actor, self.now(), reason);
        let mut changed = case.clone();
        desk::apply(&mut changed, &event);
        let write = CaseWrite {
            case: &changed,
            events: std::slice::from_ref(&event),
            search_tokens: None,
            next_check_at: desk::next_check_at(&changed),
            idempotency: None,
        };
        let sequence = self.store().append(case.version, write).await?;
        self.bus().publish(sequence);
        Ok(())
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
