//! Reading texts and planning without storing anything, and checking messages before they are sent.

use domain::{Analysis, Case, Complaint, Language, Plan, Timestamp};
use playbook::{MessageFinding, MessageSeverity};
use wire::{
    intake::PlanInput,
    message::{self, FindingSeverity, MessageCheck, MessageCheckRequest},
    quote::Quote,
};

use crate::{
    App, AppError, Caller, Code, Verb, limits, permission, privacy::without_temperament,
    situation::situation_of_text,
};

impl App {
    /// Reads texts, in order; nothing is stored. Their number is limited where requests are read.
    pub async fn analyze(
        &self,
        caller: &Caller,
        complaints: Vec<Complaint>,
    ) -> Result<Vec<Analysis>, AppError> {
        permission::require(caller.role, Verb::Analyze)?;
        self.read_all(complaints).await
    }

    pub(crate) async fn read_one(&self, complaint: Complaint) -> Result<Analysis, AppError> {
        let read = self.read_all(vec![complaint]).await?;
        read.into_iter().next().ok_or(AppError::Plain(Code::Failed))
    }

    /// Reads texts; what the desk switched off is left out.
    pub(crate) async fn read_all(&self, complaints: Vec<Complaint>) -> Result<Vec<Analysis>, AppError> {
        let use_temperament = self.privacy().await?.use_temperament;
        self.read_with(complaints, use_temperament).await
    }

    /// Reads texts, with temperament or without: switched off, it is not even stored.
    pub(crate) async fn read_with(
        &self,
        complaints: Vec<Complaint>,
        use_temperament: bool,
    ) -> Result<Vec<Analysis>, AppError> {
        self.counters().note_analyses(complaints.len());
        let mut analyses = match complaints.as_slice() {
            // A few words are read sooner than another thread is woken.
            [short] if short.text.len() <= limits::SHORT_BYTES => vec![self.engine().analyze(short)],
            _ => self.read_aside(complaints).await?,
        };
        if !use_temperament {
            analyses.iter_mut().for_each(without_temperament);
        }
        Ok(analyses)
    }

    /// Reading is work for a processor, so it is done off the async threads.
    async fn read_aside(&self, complaints: Vec<Complaint>) -> Result<Vec<Analysis>, AppError> {
        let _permit = self
            .readers()
            .acquire()
            .await
            .map_err(|_| AppError::Plain(Code::Failed))?;
        let engine = self.engine().clone();
        let work = move || -> Vec<Analysis> {
            complaints
                .iter()
                .map(|complaint| engine.analyze(complaint))
                .collect()
        };
        let read = tokio::task::spawn_blocking(work).await;
        read.map_err(|_| AppError::Plain(Code::Failed))
    }

    /// The plan for a text or for a case.
    pub async fn plan(&self, caller: &Caller, input: PlanInput) -> Result<Plan, AppError> {
        permission::require(caller.role, Verb::Plan)?;
        match input {
            PlanInput::Text(complaint) => {
                let analysis = self.read_one(complaint.clone()).await?;
                let mut situation = situation_of_text(&complaint, caller.role, self.now());
                situation.use_temperament = self.privacy().await?.use_temperament;
                Ok(self.playbook().plan(&analysis, &situation))
            }
            PlanInput::Case(id) => Ok(self.case(caller, &id).await?.plan),
        }
    }

    /// What should be changed in a message before it goes to the customer, in one language.
    pub async fn check_message(
        &self,
        caller: &Caller,
        request: &MessageCheckRequest,
        language: Language,
    ) -> Result<MessageCheck, AppError> {
        permission::require(caller.role, Verb::CheckMessage)?;
        let case = match &request.case_id {
            Some(id) => Some(self.find_case(id).await?),
            None => None,
        };
        let findings = self.findings(&request.text, case.as_ref(), caller).await?;
        Ok(MessageCheck {
            findings: findings
                .iter()
                .map(|finding| show_finding(finding, language))
                .collect(),
        })
    }

    pub(crate) async fn findings(
        &self,
        text: &str,
        case: Option<&Case>,
        caller: &Caller,
    ) -> Result<Vec<MessageFinding>, AppError> {
        let situation = match case {
            Some(case) => {
                let mut situation = self.standing(case, caller.role).await?.situation;
                let since = match &situation.approved_statement {
                    Some(_) => self.approved_since(case).await?,
                    None => None,
                };
                read_particulars(case, &mut situation, since);
                situation
            }
            None => {
                let complaint = Complaint::new("", domain::Channel::Chat);
                situation_of_text(&complaint, caller.role, self.now())
            }
        };
        let particulars = text::entities(&text::read(text), Some(self.now()));
        Ok(self.playbook().check_outgoing(text, &situation, &particulars))
    }
}

/// Days, terms and sums of what was said and approved before, as they were meant then.
fn read_particulars(case: &Case, situation: &mut domain::Situation, approved: Option<Timestamp>) {
    let read = |text: &str, at| text::entities(&text::read(text), Some(at));
    let outbound = case
        .messages
        .iter()
        .filter(|message| message.direction == domain::MessageDirection::Outbound);
    situation.dealings.said_particulars = outbound.map(|message| read(&message.text, message.at)).collect();
    if let Some(statement) = &situation.approved_statement {
        situation.dealings.statement_particulars = read(&statement.zh, approved.unwrap_or(situation.now));
    }
}

fn show_finding(finding: &MessageFinding, language: Language) -> message::MessageFinding {
    message::MessageFinding {
        rule: finding.rule.clone(),
        severity: match finding.severity {
            MessageSeverity::Warn => FindingSeverity::Warn,
            MessageSeverity::Block => FindingSeverity::Block,
        },
        quote: Quote::from(&finding.quote),
        because: finding.because.in_language(language).to_owned(),
    }
}
