//! The supervisor's board: what breaks next and by which rule, what waits for a decision, who carries what.

use domain::{
    Case, CaseState, CommandKind, Deadline, DeadlineState, Language, Person as Somebody, Risk, Timestamp,
    Vocabulary, Waiting,
};
use store::{CaseFilter, CaseQuery, CaseSort, OwnerFilter};
use wire::{
    board::{Board, BoardCase, BoardClock, BoardCounts, BoardDecision},
    case::{Person, RemedyOffer, deadline_of},
    key::{Key, keys_of},
    time::rfc3339,
};

use crate::{App, AppError, Caller, Verb, limits, permission};

impl App {
    /// The supervisor's board as it stands now, of one team when named.
    pub async fn board(
        &self,
        caller: &Caller,
        team: Option<&str>,
        language: Language,
    ) -> Result<Board, AppError> {
        permission::require(caller.role, Verb::ReadBoard)?;
        let now = self.now();
        let late = CaseFilter {
            clocks: vec![DeadlineState::Breached],
            ..open(team)
        };
        let next = CaseFilter {
            clocks: vec![DeadlineState::Near, DeadlineState::Running],
            due_from: Some(now),
            ..open(team)
        };
        let waiting = CaseFilter {
            waiting: Waiting::ALL.to_vec(),
            ..of_team(team)
        };
        let late_cases = self.pressing(late.clone(), limits::BOARD_CLOCKS).await?;
        let next_cases = self.pressing(next, limits::BOARD_CLOCKS).await?;
        let waiting_cases = self.pressing(waiting.clone(), limits::BOARD_DECISIONS).await?;
        let is_late = |clock: &&Deadline| clock.state == DeadlineState::Breached;
        let is_next = |clock: &&Deadline| matches!(clock.state, DeadlineState::Near | DeadlineState::Running);
        Ok(Board {
            counts: self.board_counts(late, waiting, team).await?,
            late: lines_of(&late_cases, is_late, language),
            next: lines_of(&next_cases, is_next, language),
            decisions: self.decisions_of(&waiting_cases, caller, language).await?,
            load: self.load(team).await?,
            made_at: rfc3339(now),
        })
    }

    async fn board_counts(
        &self,
        late: CaseFilter,
        waiting: CaseFilter,
        team: Option<&str>,
    ) -> Result<BoardCounts, AppError> {
        let near = CaseFilter {
            clocks: vec![DeadlineState::Near],
            ..open(team)
        };
        let unowned = CaseFilter {
            owner: Some(OwnerFilter::Nobody),
            team: team.map(str::to_owned),
            ..open(None)
        };
        let safety = CaseFilter {
            risks: vec![Risk::Safety],
            ..open(team)
        };
        Ok(BoardCounts {
            breached: self.store().count(&late).await?,
            near: self.store().count(&near).await?,
            unowned: self.store().count(&unowned).await?,
            safety: self.store().count(&safety).await?,
            waiting: self.store().count(&waiting).await?,
            open: self.store().count(&open(team)).await?,
        })
    }

    /// The most pressing cases that match, masked.
    async fn pressing(&self, filter: CaseFilter, limit: u32) -> Result<Vec<Case>, AppError> {
        let query = CaseQuery {
            filter,
            sort: CaseSort::Due,
            cursor: None,
            limit,
        };
        let mut cases = Vec::new();
        for row in self.store().list(&query).await?.rows {
            if let Some(case) = self.store().case(&row.id).await? {
                cases.push(self.masker(&case).await?.case(&case));
            }
        }
        Ok(cases)
    }

    async fn decisions_of(
        &self,
        cases: &[Case],
        caller: &Caller,
        language: Language,
    ) -> Result<Vec<BoardDecision>, AppError> {
        let mut decisions = Vec::new();
        for case in cases {
            let allowed = self.allowed(case, caller).await?;
            let waits = case.waits_for().into_iter();
            decisions.extend(waits.filter_map(|what| decision_of(case, what, &allowed, caller, language)));
        }
        Ok(decisions)
    }
}

/// The cases that a team carries; all without one.
fn of_team(team: Option<&str>) -> CaseFilter {
    CaseFilter {
        owner: team.map(|team| OwnerFilter::Team(team.to_owned())),
        ..CaseFilter::default()
    }
}

fn open(team: Option<&str>) -> CaseFilter {
    let states = CaseState::ALL.iter().copied().filter(|state| !state.is_final());
    CaseFilter {
        states: states.collect(),
        ..of_team(team)
    }
}

/// The first clock of each case that is meant, in the order of the cases.
fn lines_of(cases: &[Case], is_meant: impl Fn(&&Deadline) -> bool, language: Language) -> Vec<BoardClock> {
    let line = |case: &Case| {
        let clocks = case.deadlines.iter().filter(&is_meant);
        let clock = clocks.min_by_key(|clock| clock.due_at)?;
        Some(BoardClock {
            case: BoardCase::of(case),
            clock: deadline_of(clock, language),
        })
    };
    cases.iter().filter_map(line).collect()
}

/// What somebody asks for: who, when, in which words.
struct Asked<'c> {
    by: Option<&'c Somebody>,
    at: Timestamp,
    words: String,
    offers: Vec<RemedyOffer>,
    commands: &'static [CommandKind],
}

fn asked_in(case: &Case, what: Waiting, language: Language) -> Option<Asked<'_>> {
    match what {
        Waiting::Proposal => case.proposal.as_ref().map(|proposal| Asked {
            by: proposal.by.as_ref(),
            at: proposal.at,
            words: proposal.summary.clone(),
            offers: proposal.offers.iter().map(RemedyOffer::from).collect(),
            commands: &[CommandKind::Approve, CommandKind::SendBack],
        }),
        Waiting::Time => case.time_request.as_ref().map(|request| {
            let name = request.what.entry();
            let words = domain::Bilingual::new(
                format!("{}：{}", name.zh, request.reason),
                format!("{}: {}", name.en, request.reason),
            );
            Asked {
                by: request.by.as_ref(),
                at: request.at,
                words: words.in_language(language).to_owned(),
                offers: Vec::new(),
                commands: &[CommandKind::DecideTime],
            }
        }),
        Waiting::Statement => case.statement.as_ref().map(|statement| Asked {
            by: statement.by.as_ref(),
            at: statement.at,
            words: statement.text.clone(),
            offers: Vec::new(),
            commands: &[CommandKind::ApproveStatement],
        }),
    }
}

fn decision_of(
    case: &Case,
    what: Waiting,
    allowed: &[CommandKind],
    caller: &Caller,
    language: Language,
) -> Option<BoardDecision> {
    let asked = asked_in(case, what, language)?;
    let is_own = asked.by.is_some_and(|by| by.id == caller.person.id);
    let commands: Vec<CommandKind> = match is_own {
        true => Vec::new(),
        false => asked
            .commands
            .iter()
            .copied()
            .filter(|command| allowed.contains(command))
            .collect(),
    };
    let (own, beyond) = (
        domain::Bilingual::new(
            "自己提出的，须由别人决定",
            "Your own request; somebody else decides.",
        ),
        domain::Bilingual::new(
            "须由本组主管或管理员决定",
            "A supervisor of its team or an administrator decides.",
        ),
    );
    let because = match (is_own, commands.is_empty()) {
        (true, _) => Some(own),
        (false, true) => Some(beyond),
        (false, false) => None,
    };
    Some(BoardDecision {
        case: BoardCase::of(case),
        what: Key(what),
        by: asked.by.map(Person::from),
        at: rfc3339(asked.at),
        words: asked.words,
        offers: asked.offers,
        commands: keys_of(&commands),
        because: because.map(|words| words.in_language(language).to_owned()),
    })
}
