//! What a customer sees by a secret link, and what cases have in common: duplicates and incidents.

use domain::{
    Bilingual, Case, CaseId, CaseState, Command, Deadline, DeadlineState, EventKind, Language, Person,
    Promise, Role, UserId, Verdict, Vocabulary,
};
use store::{CaseFilter, CaseQuery, CaseSort, StoreError};
use wire::{
    key::Key,
    progress::{
        Duplicate, NotTold, PreventionRequest, PreventionTold, Progress, ProgressLink, ProgressLinkRequest,
        ProgressPromise, ProgressStep, ProgressVerdict,
    },
    time::{rfc3339, spoken},
};

use crate::{App, AppError, Caller, Code, Credential, Verb, limits, mask::Masker, permission, secret};

const DAY_MS: i64 = 86_400_000;

impl App {
    /// Makes a secret link for the customer of a case; earlier ones end.
    pub async fn make_progress_link(
        &self,
        caller: &Caller,
        id: &str,
        asked: ProgressLinkRequest,
    ) -> Result<ProgressLink, AppError> {
        permission::require(caller.role, Verb::MakeProgressLink)?;
        let case = self.find_case(id).await?;
        let now = self.now();
        let plain = secret::new_secret(self.randomness());
        let link = store::ProgressLink {
            secret_hash: secret::digest(&[plain.as_bytes()]),
            id: secret::new_id(now, self.randomness()),
            case: case.id.clone(),
            made_by: UserId(caller.person.id.0.clone()),
            created_at: now,
            expires_at: now.plus_ms(i64::from(asked.days) * DAY_MS),
        };
        self.store().put_progress_link(&link).await?;
        self.note_audit(&caller.person.id.0, "progress_link", &case.id.0, &link.id)
            .await?;
        Ok(ProgressLink {
            path: format!("/progress/{plain}"),
            expires_at: rfc3339(link.expires_at),
        })
    }

    /// How far the case behind a secret is; asks nobody who he is, and holds nothing that says who complained.
    pub async fn progress(&self, plain: &str, language: Language) -> Result<Progress, AppError> {
        let (link, case) = self.case_behind(plain).await?;
        self.show_progress(&link, case, language).await
    }

    /// What the customer says of the result; closes the case, or puts it back to work.
    pub async fn give_verdict(
        &self,
        plain: &str,
        command: Command,
        language: Language,
    ) -> Result<Progress, AppError> {
        let caller = holder_of_link(language);
        let (link, mut case) = self.case_behind(plain).await?;
        for last in [false, true] {
            let decided = self
                .decide_and_append(&case, command.clone(), &caller, None, Vec::new())
                .await;
            match decided {
                Ok(after) => return self.show_progress(&link, after, language).await,
                // A colleague was quicker: the customer has no version to look at again, so it is decided anew.
                Err(AppError::Store(StoreError::Stale { .. })) if !last => {
                    case = self.case_behind(plain).await?.1;
                }
                Err(error) => return Err(error),
            }
        }
        Err(AppError::Plain(Code::Failed))
    }

    async fn case_behind(&self, plain: &str) -> Result<(store::ProgressLink, Case), AppError> {
        let hash = secret::digest(&[plain.as_bytes()]);
        let missing = || AppError::not_found("链接，或已失效", "link, or it has ended");
        let link = self.store().progress_link(&hash, self.now()).await?;
        let link = link.ok_or_else(missing)?;
        let case = self.store().case(&link.case).await?.ok_or_else(missing)?;
        Ok((link, case))
    }

    async fn show_progress(
        &self,
        link: &store::ProgressLink,
        case: Case,
        language: Language,
    ) -> Result<Progress, AppError> {
        let masker = self.masker(&case).await?;
        let events = self.store().events(&case.id).await?;
        let steps = events.iter().filter_map(|stored| match &stored.event.kind {
            EventKind::StateChanged { to, .. } => Some(ProgressStep {
                at: rfc3339(stored.event.at),
                what: in_words(*to, language),
            }),
            _ => None,
        });
        Ok(Progress {
            number: case.number.clone(),
            state: Key(case.state),
            state_name: in_words(case.state, language),
            received_at: rfc3339(case.received_at),
            updated_at: rfc3339(case.updated_at),
            next: next_of(&case).map(|words| words.in_language(language).to_owned()),
            steps: steps.collect(),
            promises: case
                .promises
                .iter()
                .filter_map(|promise| promised(promise, &masker))
                .collect(),
            may_judge: desk::awaits_verdict(&case),
            may_object: matches!(case.state, CaseState::Closed | CaseState::FollowedUp),
            verdict: case.verdict.as_ref().map(|verdict| judged(verdict, &masker)),
            expires_at: rfc3339(link.expires_at),
        })
    }

    /// Cases that may be the same complaint, most alike first.
    pub async fn duplicates(
        &self,
        caller: &Caller,
        id: &str,
        language: Language,
    ) -> Result<Vec<Duplicate>, AppError> {
        permission::require(caller.role, Verb::ReadDuplicates)?;
        let case = self.find_case(id).await?;
        let mut found = Vec::new();
        for other in self.candidates_for(&case).await? {
            let likeness = desk::likeness(&case, &other);
            if likeness.score >= desk::LIKELY && other.state != CaseState::Merged {
                let masker = self.masker(&other).await?;
                found.push(Duplicate {
                    id: other.id.0.clone(),
                    number: other.number.clone(),
                    title: masker.text(&other.title),
                    state: Key(other.state),
                    received_at: rfc3339(other.received_at),
                    score: likeness.score,
                    because: likeness
                        .because
                        .iter()
                        .map(|words| words.in_language(language).to_owned())
                        .collect(),
                });
            }
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.number.cmp(&b.number)));
        Ok(found)
    }

    /// Cases worth comparing: the same customer's, those that name the same order, those found by the same title.
    async fn candidates_for(&self, case: &Case) -> Result<Vec<Case>, AppError> {
        let since = case.received_at.plus_ms(-desk::WITHIN_DAYS * DAY_MS);
        let base = CaseFilter {
            opened_from: Some(since),
            ..CaseFilter::default()
        };
        let mut filters = vec![CaseFilter {
            tokens: text::search_tokens(case.title.trim_end_matches('…'))
                .into_iter()
                .collect(),
            ..base.clone()
        }];
        filters.extend(case.customer.clone().map(|customer| CaseFilter {
            customer: Some(customer),
            ..base.clone()
        }));
        filters.extend(case.matter.order.as_ref().map(|order| CaseFilter {
            tokens: text::search_tokens(order).into_iter().collect(),
            ..base.clone()
        }));
        let mut ids: Vec<CaseId> = Vec::new();
        for filter in filters
            .into_iter()
            .filter(|filter| !filter.tokens.is_empty() || filter.customer.is_some())
        {
            let query = CaseQuery {
                filter,
                sort: CaseSort::OpenedDescending,
                cursor: None,
                limit: limits::DUPLICATES,
            };
            let rows = self.store().list(&query).await?.rows;
            ids.extend(rows.into_iter().map(|row| row.id).filter(|id| *id != case.id));
        }
        ids.sort();
        ids.dedup();
        let mut cases = Vec::with_capacity(ids.len());
        for id in ids {
            cases.extend(self.store().case(&id).await?);
        }
        Ok(cases)
    }

    /// Tells the customers of an incident, or of one case, that its cause was removed (D9).
    pub async fn tell_prevention(
        &self,
        caller: &Caller,
        id: &str,
        asked: &PreventionRequest,
        language: Language,
    ) -> Result<PreventionTold, AppError> {
        permission::require(caller.role, Verb::TellPrevention)?;
        let incident = self.find_case(id).await?;
        let mut told = PreventionTold {
            told: Vec::new(),
            not_told: Vec::new(),
        };
        for case in self.cases_of_incident(incident).await? {
            let number = case.number.clone();
            match self.tell_one(&case, caller, asked).await {
                Ok(()) => told.told.push(number),
                Err(AppError::Refused(refusal)) => told.not_told.push(NotTold {
                    number,
                    because: refusal.because.in_language(language).to_owned(),
                }),
                Err(AppError::Store(StoreError::Stale { .. })) => told.not_told.push(NotTold {
                    number,
                    because: changed(language),
                }),
                Err(error) => return Err(error),
            }
        }
        Ok(told)
    }

    pub(crate) async fn tell_one(
        &self,
        case: &Case,
        caller: &Caller,
        asked: &PreventionRequest,
    ) -> Result<(), AppError> {
        let command = Command::TellPrevention {
            action: asked.action.clone(),
            message: asked.message.clone(),
            overrule: None,
        };
        self.check_outgoing(&command, case, caller).await?;
        self.decide_and_append(case, command, caller, None, Vec::new())
            .await
            .map(drop)
    }

    /// The case and those that belong to it, whoever still waits for news.
    async fn cases_of_incident(&self, incident: Case) -> Result<Vec<Case>, AppError> {
        let mut cases = Vec::new();
        let mut cursor = None;
        loop {
            let query = CaseQuery {
                filter: CaseFilter {
                    parent: Some(incident.id.clone()),
                    ..CaseFilter::default()
                },
                sort: CaseSort::OpenedDescending,
                cursor: cursor.take(),
                limit: store::LIST_LIMIT,
            };
            let page = self.store().list(&query).await?;
            for row in &page.rows {
                cases.extend(self.store().case(&row.id).await?);
            }
            cursor = page.next_cursor;
            if cursor.is_none() || cases.len() >= limits::INCIDENT_CASES {
                break;
            }
        }
        cases.insert(0, incident);
        Ok(cases)
    }

    /// The approved statement of the incident a case belongs to, or stands for.
    pub(crate) async fn statement_for(&self, case: &Case) -> Result<Option<Bilingual>, AppError> {
        let approved = |case: &Case| {
            let statement = case.statement.as_ref();
            statement
                .filter(|statement| statement.approved_by.is_some())
                .map(|statement| Bilingual::new(statement.text.clone(), statement.text.clone()))
        };
        match &case.parent {
            Some(parent) => Ok(self.store().case(parent).await?.as_ref().and_then(approved)),
            None => Ok(approved(case)),
        }
    }
}

fn changed(language: Language) -> String {
    match language {
        Language::Chinese => "案件刚被别人更新，请稍后再试".to_owned(),
        Language::English => "somebody changed the case just now; try again".to_owned(),
    }
}

fn in_words(state: CaseState, language: Language) -> String {
    let entry = state.entry();
    match language {
        Language::Chinese => entry.zh.to_owned(),
        Language::English => entry.en.to_owned(),
    }
}

/// Whoever holds the link of a case speaks as its customer; nobody learns more of who it is.
fn holder_of_link(language: Language) -> Caller {
    Caller {
        person: Person {
            id: UserId(Role::CustomerLink.key().to_owned()),
            name: "客户".to_owned(),
        },
        login: String::new(),
        role: Role::CustomerLink,
        team: None,
        language,
        credential: Credential::Token { scopes: Vec::new() },
    }
}

fn judged(verdict: &Verdict, masker: &Masker) -> ProgressVerdict {
    let verdict = masker.verdict(verdict);
    ProgressVerdict {
        outcome: Key(verdict.outcome),
        csat: verdict.csat,
        settled: verdict.settled,
        at: rfc3339(verdict.at),
        expected: verdict.expected,
        received: verdict.received,
    }
}

/// What the desk promised; what the customer tells of others stays out.
fn promised(promise: &Promise, masker: &Masker) -> Option<ProgressPromise> {
    promise.quote.is_none().then(|| ProgressPromise {
        what: masker.text(&promise.what),
        until: promise.until.map(rfc3339),
        state: Key(promise.state),
    })
}

/// What is due next in words, from the clocks that count.
fn next_of(case: &Case) -> Option<Bilingual> {
    let counts = |clock: &&Deadline| matches!(clock.state, DeadlineState::Running | DeadlineState::Near);
    let next = case
        .deadlines
        .iter()
        .filter(counts)
        .min_by_key(|clock| clock.due_at)?;
    let (kind, due) = (next.kind.entry(), spoken(next.due_at));
    Some(Bilingual::new(
        format!("{}：{} 前", kind.zh, due.zh),
        format!("{} by {}", kind.en, due.en),
    ))
}
