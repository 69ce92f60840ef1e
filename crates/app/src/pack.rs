//! Rule packs: which there are, and which new cases fall under.

use domain::{
    Actor, Bilingual, Case, CaseState, Command, Deadline, Event, EventKind, Language, Role, Vocabulary,
};
use store::CaseFilter;
use wire::{
    FieldError,
    key::{Key, keys_of},
    pack::{PackClock, PackExtension, PacksInForce, RulePack},
    settings::PreviewParts,
};

use crate::{App, AppError, Caller, Verb, limits, permission};

/// The setting that holds the keys of the packs in force, as a JSON list.
pub(crate) const SETTING: &str = "packs_in_force";

impl App {
    /// Every rule pack, the house's first.
    pub async fn list_packs(&self, caller: &Caller, language: Language) -> Result<Vec<RulePack>, AppError> {
        permission::require(caller.role, Verb::ReadPacks)?;
        let in_force = self.packs_in_force().await?;
        let rules = self.rules();
        let mut packs: Vec<&desk::Pack> = rules.packs.values().collect();
        packs.sort_by_key(|pack| pack.key != desk::Pack::HOUSE);
        Ok(packs
            .into_iter()
            .map(|pack| show(pack, &in_force, language))
            .collect())
    }

    /// The packs that new cases fall under, beside the house's.
    pub(crate) async fn packs_in_force(&self) -> Result<Vec<String>, AppError> {
        let stored = self.store().setting(SETTING).await?;
        Ok(self.known_packs(stored.as_deref()))
    }

    /// The packs of a stored setting; one that no longer exists binds nobody.
    pub(crate) fn known_packs(&self, stored: Option<&str>) -> Vec<String> {
        let packs: Option<Vec<String>> = stored.and_then(|json| serde_json::from_str(json).ok());
        let rules = self.rules();
        let known = packs.into_iter().flatten();
        known.filter(|key| rules.packs.contains_key(key)).collect()
    }

    /// Says which packs new cases fall under; those that are open keep what they have.
    pub async fn put_packs_in_force(
        &self,
        caller: &Caller,
        asked: &PacksInForce,
    ) -> Result<PacksInForce, AppError> {
        permission::require(caller.role, Verb::SetPacks)?;
        let mut packs = asked.packs.clone();
        packs.sort();
        packs.dedup();
        let wrong = packs.iter().filter_map(|key| self.refuse_pack(key));
        let errors: Vec<FieldError> = wrong.collect();
        if !errors.is_empty() {
            return Err(AppError::Invalid(errors));
        }
        let json = serde_json::Value::from(packs.clone()).to_string();
        self.store().set_setting(SETTING, &json).await?;
        self.note_audit(&caller.person.id.0, "packs_in_force", SETTING, &json)
            .await?;
        Ok(PacksInForce { packs })
    }

    /// What these packs would set on the newest open cases, if they had come under them; nothing is kept.
    pub async fn preview_packs(
        &self,
        caller: &Caller,
        asked: &PacksInForce,
    ) -> Result<PreviewParts, AppError> {
        permission::require(caller.role, Verb::PreviewSettings)?;
        let errors: Vec<FieldError> = asked
            .packs
            .iter()
            .filter_map(|key| self.refuse_pack(key))
            .collect();
        if !errors.is_empty() {
            return Err(AppError::Invalid(errors));
        }
        let states = CaseState::ALL.iter().copied().filter(|state| !state.is_final());
        let filter = CaseFilter {
            states: states.collect(),
            ..CaseFilter::default()
        };
        let cases = self.store().newest_cases(&filter, limits::PREVIEW_CASES).await?;
        let mut found = PreviewParts {
            rulebook: self.rules().version().unwrap_or_default().to_owned(),
            sampled: u32::try_from(cases.len()).unwrap_or(u32::MAX),
            ..PreviewParts::default()
        };
        for case in cases {
            let changes = self.clocks_under(&case, &asked.packs);
            if !changes.is_empty() {
                let shown = self.masker(&case).await?.case(&case);
                found.cases.push((shown.id, shown.number, shown.title, changes));
            }
        }
        Ok(found)
    }

    /// Which clocks of a case would be set, moved or stopped under these packs.
    fn clocks_under(&self, case: &Case, packs: &[String]) -> Vec<Bilingual> {
        let rules = self.rules();
        let context = desk::Context {
            now: self.now(),
            rules: &rules,
            corrected: None,
            warnings: Vec::new(),
        };
        let command = Command::ApplyPacks {
            packs: packs.to_vec(),
            reason: "preview".to_owned(),
        };
        // The rules say no when nothing would change, or when a pack does not cover the channel.
        let Ok(events) = desk::decide(case, command, &administrator(), &context) else {
            return Vec::new();
        };
        let change = |event: &Event| match &event.kind {
            EventKind::DeadlineSet { deadline } => Some(due_words(deadline)),
            EventKind::DeadlineStopped { kind } => {
                let name = kind.entry();
                Some(Bilingual::new(
                    format!("“{}”不再计时", name.zh),
                    format!("“{}” no longer counts", name.en),
                ))
            }
            _ => None,
        };
        events.iter().filter_map(change).collect()
    }

    fn refuse_pack(&self, key: &str) -> Option<FieldError> {
        let known = || {
            let rules = self.rules();
            let keys = rules.packs.keys().filter(|key| *key != desk::Pack::HOUSE);
            keys.map(String::as_str).collect::<Vec<_>>().join(", ")
        };
        match self.rules().packs.get(key) {
            None => Some(FieldError::new(
                "packs",
                format!("没有这套规则“{key}”；可用：{}", known()),
                format!("there is no pack \"{key}\"; there are: {}", known()),
            )),
            Some(pack) if pack.key == desk::Pack::HOUSE => Some(FieldError::new(
                "packs",
                "内部规则始终有效，不用列出",
                "the house's rules are always in force; leave them out",
            )),
            Some(_) if self.rules().holds_at(key, self.now()) => None,
            Some(pack) => pack.until.as_ref().map(|until| {
                FieldError::new(
                    "packs",
                    format!("“{}”自 {until} 起失效，请改用现行规则", pack.name.zh),
                    format!(
                        "\"{}\" stopped holding on {until}; use the rule in force",
                        pack.name.en
                    ),
                )
            }),
        }
    }
}

/// Somebody who may put any case under any pack, for trying only.
fn administrator() -> Actor {
    Actor::User {
        person: Caller::system().person,
        role: Role::Admin,
    }
}

fn due_words(deadline: &Deadline) -> Bilingual {
    let (name, due) = (deadline.kind.entry(), wire::time::spoken(deadline.due_at));
    Bilingual::new(
        format!("“{}”应在 {} 前（{}）", name.zh, due.zh, deadline.because.zh),
        format!("“{}” due {} ({})", name.en, due.en, deadline.because.en),
    )
}

fn show(pack: &desk::Pack, in_force: &[String], language: Language) -> RulePack {
    let say = |words: &domain::Bilingual| words.in_language(language).to_owned();
    RulePack {
        key: pack.key.clone(),
        name: say(&pack.name),
        source: say(&pack.source),
        version: pack.version.clone(),
        until: pack.until.clone(),
        confirmed: pack.confirmed,
        in_force: pack.key == desk::Pack::HOUSE || in_force.contains(&pack.key),
        calendar: pack.calendar.clone(),
        channels: keys_of(&pack.channels),
        restart_on_new_facts: pack.restart_on_new_facts,
        links: pack.links.clone(),
        notes: pack.notes.iter().map(say).collect(),
        clocks: pack
            .clocks
            .iter()
            .map(|clock| show_clock(clock, language))
            .collect(),
    }
}

fn show_clock(clock: &desk::PackClock, language: Language) -> PackClock {
    let say = |words: &domain::Bilingual| words.in_language(language).to_owned();
    let rule = &clock.policy.rule;
    let extensions = clock.extensions.iter().map(|step| PackExtension {
        total: step.total,
        unit: unit_key(step.unit),
        when: say(&step.when),
        approver: say(&step.approver),
        roles: keys_of(&step.roles),
        notice: step.notice,
    });
    PackClock {
        kind: Key(rule.kind),
        from_severity: clock.policy.from_severity.level(),
        amount: rule.amount,
        unit: unit_key(rule.unit),
        near_percent: rule.near_percent,
        article: match clock.article.zh.is_empty() {
            true => say(&rule.source),
            false => say(&clock.article),
        },
        start: clock.start.key(),
        stop: clock.stop.iter().map(|event| event.key()).collect(),
        pause: clock.pause.as_ref().map(|pause| say(&pause.because)),
        extensions: extensions.collect(),
    }
}

fn unit_key(unit: domain::DayKind) -> &'static str {
    match unit {
        domain::DayKind::Hours => "hours",
        domain::DayKind::Calendar => "calendar",
        domain::DayKind::Working => "working",
    }
}
