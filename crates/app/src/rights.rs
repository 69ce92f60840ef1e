//! A person's rights (PIPL): a copy of the data, correction, erasure, consent, and an explanation of what was read.

use domain::{
    Case, CaseId, Consent, ConsentPurpose, Customer, CustomerId, Event, Facet, Language, Tier, Timestamp,
    Vocabulary,
};
use store::CaseWrite;
use wire::{
    customer::{CustomerCard, Purchase},
    key::Key,
    quote::Quote,
    rights::{ConsentRequest, CorrectionRequest, Erasure, ExplainedLabel, Explanation, PersonExport},
    time::rfc3339,
};

use crate::{App, AppError, Caller, Code, Verb, limits, mask::Masker, permission};

impl App {
    /// Everything on file about a person; who asked is on record.
    pub async fn export_person(
        &self,
        caller: &Caller,
        id: &str,
        language: Language,
    ) -> Result<PersonExport, AppError> {
        permission::require(caller.role, Verb::ExportPerson)?;
        let customer = self.customer_on_file_by_id(id).await?;
        self.note_audit(&caller.person.id.0, "person_exported", &customer.id.0, "")
            .await?;
        let mut cases = Vec::new();
        for case in self.store().case_ids_of(&customer.id).await? {
            if let Some(case) = self.store().case(&case).await? {
                cases.push(self.export_case(&case, language).await?);
            }
        }
        let purchases = self.store().purchases(&customer.id, u32::MAX).await?;
        let consents = self.store().consents(&customer.id).await?;
        Ok(PersonExport {
            id: customer.id.0,
            name: customer.name,
            phone: customer.phone,
            email: customer.email,
            loyalty: Key(customer.loyalty),
            since: rfc3339(customer.since),
            consents: consents.iter().map(wire::rights::Consent::from).collect(),
            purchases: purchases.iter().map(Purchase::from).collect(),
            cases,
            exported_at: rfc3339(self.now()),
        })
    }

    async fn customer_on_file_by_id(&self, id: &str) -> Result<Customer, AppError> {
        let found = self.store().customer(&CustomerId(id.to_owned())).await?;
        found.ok_or_else(|| AppError::not_found("客户", "customer"))
    }

    /// Puts right what is on file about a person.
    pub async fn correct_person(
        &self,
        caller: &Caller,
        id: &str,
        asked: CorrectionRequest,
    ) -> Result<CustomerCard, AppError> {
        permission::require(caller.role, Verb::CorrectPerson)?;
        let customer = self.customer_on_file_by_id(id).await?;
        let corrected = Customer {
            name: asked.name.unwrap_or(customer.name),
            phone: asked.phone.or(customer.phone),
            email: asked.email.or(customer.email),
            ..customer
        };
        self.store()
            .put_customers(std::slice::from_ref(&corrected))
            .await?;
        // What is kept ready was covered by the card as it was.
        self.heard_talks().forget();
        self.learned().forget_all();
        self.note_audit(&caller.person.id.0, "person_corrected", id, &asked.reason)
            .await?;
        self.customer_card(caller, id).await
    }

    /// Erases a person's data: name, contacts, words, files, links. What is counted stays; an open case has to be
    /// ended first.
    pub async fn erase_person(&self, caller: &Caller, id: &str, reason: &str) -> Result<Erasure, AppError> {
        permission::require(caller.role, Verb::ErasePerson)?;
        let customer = self.customer_on_file_by_id(id).await?;
        let mut cases = Vec::new();
        for case in self.store().case_ids_of(&customer.id).await? {
            cases.extend(self.store().case(&case).await?);
        }
        if let Some(open) = cases.iter().find(|case| !case.state.is_final()) {
            let words = domain::Bilingual::new(
                format!(
                    "案件 {} 还没有办结；请先办结、拒绝或由客户撤回，再删除",
                    open.number
                ),
                format!(
                    "Case {} is still open: close it, turn it down or have it withdrawn first.",
                    open.number
                ),
            );
            return Err(AppError::Told(Code::RuleViolated, words));
        }
        let mut erased = 0;
        for case in cases.iter().filter(|case| !case.erased) {
            self.erase_case(case, &caller.actor(), reason).await?;
            erased += 1;
        }
        let nobody = Customer {
            name: String::new(),
            phone: None,
            email: None,
            ..customer.clone()
        };
        self.store().put_customers(std::slice::from_ref(&nobody)).await?;
        self.store().forget_consent_notes(&customer.id).await?;
        self.note_audit(&caller.person.id.0, "person_erased", id, reason)
            .await?;
        Ok(Erasure { cases: erased })
    }

    /// Erases the words of one case, its files and its links; the facts that are counted stay.
    pub(crate) async fn erase_case(
        &self,
        case: &Case,
        actor: &domain::Actor,
        reason: &str,
    ) -> Result<(), AppError> {
        let stored = self.store().events(&case.id).await?;
        let events: Vec<Event> = stored.into_iter().map(|stored| stored.event).collect();
        let masker = Masker::of_everything();
        let shown = masker.text(&case.text);
        let cover = |event: &Event| masker.event(event, &shown);
        let (covered, erasure) = desk::erased(&events, actor, self.now(), reason, cover);
        let changed = desk::replay(covered.iter().chain([&erasure])).ok_or(AppError::Plain(Code::Failed))?;
        let tokens = text::search_tokens(&changed.number);
        let tokens: Vec<String> = tokens.into_iter().collect();
        let write = CaseWrite {
            case: &changed,
            events: std::slice::from_ref(&erasure),
            search_tokens: Some(&tokens),
            next_check_at: desk::next_check_at(&changed),
            idempotency: None,
        };
        let sequence = self.store().erase(case.version, &covered, write).await?;
        self.store().hide_files(&case.id).await?;
        self.store().end_progress_links(&case.id).await?;
        self.store().delete_talks(&case.id).await?;
        self.heard_talks().forget();
        self.clean_reports().await?;
        self.learned().forget_all();
        self.bus().publish(sequence);
        Ok(())
    }

    /// Erases the words of cases that ended longer ago than they may be kept; answers how many.
    pub async fn erase_outdated(&self, now: Timestamp) -> Result<usize, AppError> {
        let Some(days) = self.privacy().await?.retention_days else {
            return Ok(0);
        };
        let before = now.plus_hours(-24 * i64::from(days));
        let ended = self.store().ended_before(before, limits::RETENTION_CASES).await?;
        let mut erased = 0;
        for id in &ended {
            match self.erase_outdated_case(id).await {
                Ok(()) => erased += 1,
                // One case that cannot be erased must not keep the others.
                Err(error) => tracing::error!(
                    case = id.as_str(),
                    error = &error as &dyn std::error::Error,
                    "a case could not be erased"
                ),
            }
        }
        Ok(erased)
    }

    async fn erase_outdated_case(&self, id: &CaseId) -> Result<(), AppError> {
        match self.store().case(id).await? {
            Some(case) => {
                self.erase_case(&case, &domain::Actor::System, "保存期限已满")
                    .await
            }
            None => Ok(()),
        }
    }

    /// Notes what a customer allows or refuses; answers the last word on every purpose.
    pub async fn put_consent(
        &self,
        caller: &Caller,
        id: &str,
        asked: ConsentRequest,
    ) -> Result<Vec<wire::rights::Consent>, AppError> {
        permission::require(caller.role, Verb::SetConsent)?;
        let customer = self.customer_on_file_by_id(id).await?;
        let consent = Consent {
            customer: customer.id.clone(),
            purpose: asked.purpose.0,
            granted: asked.granted,
            note: asked.note.unwrap_or_default(),
            by: caller.person.id.0.clone(),
            at: self.now(),
        };
        self.store().add_consent(&consent).await?;
        if consent.purpose == ConsentPurpose::AutomatedJudgment {
            self.follow_consent(&customer.id, consent.granted, &caller.actor())
                .await?;
        }
        let consents = self.store().consents(&customer.id).await?;
        Ok(consents.iter().map(wire::rights::Consent::from).collect())
    }

    /// Whether a customer refused that a machine judges him.
    pub(crate) async fn refused(
        &self,
        customer: Option<&CustomerId>,
        purpose: ConsentPurpose,
    ) -> Result<bool, AppError> {
        let Some(customer) = customer else {
            return Ok(false);
        };
        let consents = self.store().consents(customer).await?;
        let last = consents.iter().find(|consent| consent.purpose == purpose);
        Ok(last.is_some_and(|consent| !consent.granted))
    }

    /// How a case was read, in words for the customer.
    pub async fn explain(
        &self,
        caller: &Caller,
        id: &str,
        language: Language,
    ) -> Result<Explanation, AppError> {
        permission::require(caller.role, Verb::Explain)?;
        let case = self.find_case(id).await?;
        let mut shown = self.masker(&case).await?.case(&case);
        let use_temperament = self.privacy().await?.use_temperament;
        self.take_out_judgment(case.customer.as_ref(), use_temperament, &mut shown.analysis)
            .await?;
        let refused = self
            .refused(case.customer.as_ref(), ConsentPurpose::AutomatedJudgment)
            .await?;
        let say = |words: &[(&str, &str)]| -> Vec<String> {
            let pick = |(zh, en): &(&str, &str)| match language {
                Language::Chinese => (*zh).to_owned(),
                Language::English => (*en).to_owned(),
            };
            words.iter().map(pick).collect()
        };
        Ok(Explanation {
            labels: labels_of(&shown, language),
            used_for: say(USED_FOR),
            never_decides: say(NEVER_DECIDES),
            how_to_refuse: say(&[HOW_TO_REFUSE]).concat(),
            refused,
        })
    }
}

const USED_FOR: &[(&str, &str)] = &[
    (
        "帮助坐席理解您的诉求与感受，选择合适的沟通方式",
        "To help our staff understand your demand and feelings and talk to you fittingly.",
    ),
    (
        "按事实（性质、金额、风险）确定严重程度与处理先后",
        "To set urgency from facts: nature, money and risk.",
    ),
];
const NEVER_DECIDES: &[(&str, &str)] = &[
    (
        "是否受理、是否赔付、赔付多少",
        "Whether your complaint is taken up, or whether and how much you are paid.",
    ),
    ("办理期限的长短", "How long handling may take."),
    (
        "最终处理结果：一律由人决定",
        "The outcome: a person always decides.",
    ),
];
const HOW_TO_REFUSE: (&str, &str) = (
    "您可以要求我们不用系统判断您的投诉心理、气质等标签；告知任何一位坐席即可，之后改由人工判断",
    "You can ask us not to judge psychology, temperament and the like by machine: tell any colleague, and a person will judge instead.",
);

fn labels_of(case: &Case, language: Language) -> Vec<ExplainedLabel> {
    let analysis = &case.analysis;
    let psychology = &analysis.psychology.primary;
    let (emotion, nature) = (&analysis.emotion.stage, &analysis.nature);
    vec![
        label(
            Facet::Psychology,
            psychology.value(),
            (psychology.p(), psychology.tier()),
            psychology.quotes(),
            language,
        ),
        label(
            Facet::Emotion,
            emotion.value(),
            (emotion.p(), emotion.tier()),
            emotion.quotes(),
            language,
        ),
        label(
            Facet::Nature,
            nature.value(),
            (nature.p(), nature.tier()),
            nature.quotes(),
            language,
        ),
        label(
            Facet::Stance,
            analysis.stance.value,
            (analysis.stance.p, analysis.stance.tier),
            &[],
            language,
        ),
        label(
            Facet::AngerType,
            analysis.anger_type.value,
            (analysis.anger_type.p, analysis.anger_type.tier),
            &[],
            language,
        ),
        label(
            Facet::Temperament,
            analysis.temperament.value,
            (analysis.temperament.p, analysis.temperament.tier),
            &[],
            language,
        ),
    ]
}

fn label<V: Vocabulary>(
    facet: Facet,
    value: V,
    (p, tier): (f32, Tier),
    quotes: &[domain::Quote],
    language: Language,
) -> ExplainedLabel {
    let name = |entry: &'static domain::vocabulary::Entry| match language {
        Language::Chinese => entry.zh.to_owned(),
        Language::English => entry.en.to_owned(),
    };
    ExplainedLabel {
        facet: Key(facet),
        name: name(facet.entry()),
        value: name(value.entry()),
        p,
        tier: Key(tier),
        quotes: quotes.iter().map(Quote::from).collect(),
    }
}
