//! Every change of a case: decided by the desk, stored with its events, told on the bus.

use domain::{Analysis, Case, Command, CommandKind, Person};
use store::{CaseWrite, IdempotencyKey, StoreError};
use wire::{CaseParts, FieldError};

use crate::{App, AppError, Caller, Code, Repeatable, Verb, idempotency::Before, permission};

impl App {
    /// Carries out a command upon the case that the caller saw at `expected_version`; answers the case after it.
    pub async fn command(
        &self,
        caller: &Caller,
        id: &str,
        expected_version: u32,
        command: Command,
        repeatable: Option<&Repeatable>,
    ) -> Result<CaseParts, AppError> {
        permission::require(caller.role, Verb::Command)?;
        let kind = desk::kind_of(&command);
        if !self.rules().may(caller.role, kind) {
            return Err(AppError::Plain(Code::Forbidden));
        }
        let case = self.find_case(id).await?;
        let unmasks = kind == CommandKind::Unmask;
        self.require_team(&case, caller, kind).await?;
        let key = match self.look_before(caller, repeatable, &case.id.0).await? {
            Before::Done(_) => return self.view(&case, caller, !unmasks).await,
            Before::Do(key) => key,
        };
        if case.version != expected_version {
            return self.refuse_stale(&case, caller).await;
        }
        let command = self.complete(command, &case).await?;
        let warnings = self.check_outgoing(&command, &case, caller).await?;
        if unmasks {
            // Noted before anything is shown: who saw it is never lost.
            self.note_audit(&caller.person.id.0, "unmask", &case.id.0, &reason_of(&command))
                .await?;
        }
        match self
            .decide_and_append(&case, command, caller, key.as_ref(), warnings)
            .await
        {
            Ok(case) => self.view(&case, caller, !unmasks).await,
            Err(AppError::Store(StoreError::Stale { .. })) => {
                let current = self.find_case(id).await?;
                self.refuse_stale(&current, caller).await
            }
            Err(error) => Err(error),
        }
    }

    async fn refuse_stale(&self, current: &Case, caller: &Caller) -> Result<CaseParts, AppError> {
        Err(AppError::Stale(Box::new(self.view(current, caller, true).await?)))
    }

    pub(crate) async fn decide_and_append(
        &self,
        case: &Case,
        command: Command,
        caller: &Caller,
        key: Option<&IdempotencyKey>,
        warnings: Vec<String>,
    ) -> Result<Case, AppError> {
        let rules = self.rules();
        let context = desk::Context {
            now: self.now(),
            rules: &rules,
            corrected: correct(case, &command),
            warnings,
        };
        let words = words_of(&command);
        let events = desk::decide(case, command, &caller.actor(), &context)?;
        let mut changed = case.clone();
        events.iter().for_each(|event| desk::apply(&mut changed, event));
        let tokens = words.map(|words| crate::intake::search_tokens(&changed, &words));
        let write = CaseWrite {
            case: &changed,
            events: &events,
            search_tokens: tokens.as_deref(),
            next_check_at: desk::next_check_at(&changed),
            idempotency: key,
        };
        let sequence = self.store().append(case.version, write).await?;
        self.bus().publish(sequence);
        Ok(changed)
    }

    /// Fills in what the wire names by identity only: people and other cases.
    async fn complete(&self, command: Command, case: &Case) -> Result<Command, AppError> {
        Ok(match command {
            Command::Assign { owner } => Command::Assign {
                owner: self.person(&owner.id, "owner").await?,
            },
            Command::Change {
                what,
                to,
                owner: Some(owner),
            } => {
                let owner: Person = self.person(&owner.id, "owner").await?;
                let to = if to.trim().is_empty() {
                    owner.name.clone()
                } else {
                    to
                };
                Command::Change {
                    what,
                    to,
                    owner: Some(owner),
                }
            }
            Command::LinkParent { parent } => Command::LinkParent {
                parent: self.other_case(&parent.0, "parent").await?.id,
            },
            Command::Merge { into } => {
                let target = self.other_case(&into.0, "into").await?;
                if target.id == case.id {
                    return Err(AppError::field(
                        "into",
                        "不能并入自己",
                        "a case cannot be joined into itself",
                    ));
                }
                Command::Merge { into: target.id }
            }
            Command::Attach { attachment } => Command::Attach {
                attachment: self.uploaded(attachment).await?,
            },
            other => other,
        })
    }

    /// The case that a field names by id or number.
    pub(crate) async fn other_case(&self, name: &str, field: &str) -> Result<Case, AppError> {
        let found = self.find_case(name).await;
        found.map_err(|error| match error.code() {
            Code::NotFound => AppError::field(field, "没有这个案件", "there is no such case"),
            _ => error,
        })
    }

    /// Refuses a message to the customer with findings that block it, unless a reason overrules them; answers what
    /// was found, as `rule: words`.
    pub(crate) async fn check_outgoing(
        &self,
        command: &Command,
        case: &Case,
        caller: &Caller,
    ) -> Result<Vec<String>, AppError> {
        let Some((field, text, overrule)) = outgoing(command) else {
            return Ok(Vec::new());
        };
        let findings = self.findings(text, Some(case), caller).await?;
        let blocking = findings
            .iter()
            .filter(|finding| overrule.is_none() && finding.severity == playbook::MessageSeverity::Block);
        let errors: Vec<FieldError> = blocking
            .map(|finding| {
                let (quote, because) = (finding.quote.words(), &finding.because);
                FieldError::new(
                    field,
                    format!("“{quote}”：{}", because.zh),
                    format!("\"{quote}\": {}", because.en),
                )
            })
            .collect();
        if errors.is_empty() {
            let told = findings
                .iter()
                .map(|finding| format!("{}: {}", finding.rule, finding.quote.words()));
            Ok(told.collect())
        } else {
            Err(AppError::MessageBlocked(errors))
        }
    }
}

/// What a command sends to the customer: the field, the words, and the reason that overrules findings.
fn outgoing(command: &Command) -> Option<(&'static str, &str, Option<&str>)> {
    let (field, text, overrule) = match command {
        Command::SendMessage { text, overrule } => ("text", text, overrule),
        Command::Acknowledge {
            message: Some(message),
            overrule,
        }
        | Command::ReportProgress {
            message, overrule, ..
        }
        | Command::TellPrevention {
            message: Some(message),
            overrule,
            ..
        } => ("message", message, overrule),
        Command::RequestTime {
            notice: Some(notice),
            overrule,
            ..
        } => ("notice", notice, overrule),
        Command::ProposeStatement { text, overrule } => ("text", text, overrule),
        _ => return None,
    };
    Some((field, text, overrule.as_deref()))
}

/// The reading after a person's corrections; nothing when nothing is corrected.
fn correct(case: &Case, command: &Command) -> Option<Analysis> {
    match command {
        Command::ConfirmFacets { corrections, .. } if !corrections.is_empty() => {
            Some(analysis::correct(&case.analysis, &case.text, corrections))
        }
        _ => None,
    }
}

/// Words that a case is found by from now on; a case keeps being found by its first ones.
fn words_of(command: &Command) -> Option<String> {
    match command {
        Command::Note { text } => Some(text.clone()),
        _ => None,
    }
}

fn reason_of(command: &Command) -> String {
    match command {
        Command::Unmask { reason } => reason.clone(),
        _ => String::new(),
    }
}
