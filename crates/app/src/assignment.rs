//! Who takes a case (D8): what colleagues are good at, who suits, how fairly work is shared.

use domain::{Language, Role, StaffProfile, UserId, Vocabulary};
use store::User;
use wire::{
    case::Person,
    key::{Key, keys_of},
    staff::{Assignee, FairnessReport, ProfileRequest, StaffLoad, StaffProfile as ProfileShape},
};

use crate::{App, AppError, Caller, Verb, limits, permission};

/// How many open cases somebody takes about whom nothing was told.
const CAPACITY: u32 = 30;
/// What became of cases older than this teaches nothing about today, in milliseconds.
const LEARNED_MS: i64 = 180 * 86_400_000;

impl App {
    /// Colleagues who could take a case, best first, with reasons.
    pub async fn assignees(
        &self,
        caller: &Caller,
        id: &str,
        language: Language,
    ) -> Result<Vec<Assignee>, AppError> {
        permission::require(caller.role, Verb::ReadAssignees)?;
        let case = self.find_case(id).await?;
        let stance = case.analysis.stance.value.key();
        let team = self.team_of(&case).await?;
        let within = match &team {
            Some(team) => self.colleagues(stance, Some(team)).await?,
            None => Vec::new(),
        };
        let mut found = desk::candidates(&case, &within);
        // A case stays in its team; a team without people or without room is helped by the others.
        if found.is_empty() {
            found = desk::candidates(&case, &self.colleagues(stance, None).await?);
        }
        let shown = found
            .into_iter()
            .take(limits::ASSIGNEES)
            .map(|candidate| Assignee {
                person: Person::from(&candidate.person),
                score: candidate.score,
                because: candidate
                    .because
                    .iter()
                    .map(|words| words.in_language(language).to_owned())
                    .collect(),
            });
        Ok(shown.collect())
    }

    /// How fairly work is shared.
    pub async fn fairness(&self, caller: &Caller) -> Result<FairnessReport, AppError> {
        permission::require(caller.role, Verb::ReadFairness)?;
        self.load(None).await
    }

    /// Who carries what, and how evenly; within one team when named.
    pub(crate) async fn load(&self, team: Option<&str>) -> Result<FairnessReport, AppError> {
        let colleagues = self.colleagues("", team).await?;
        let figures = desk::fairness(&colleagues);
        let loads = self.store().loads().await?;
        let people = colleagues.iter().map(|colleague| {
            let load = loads.iter().find(|load| load.owner == colleague.person.id);
            StaffLoad {
                person: Person::from(&colleague.person),
                open: colleague.open,
                hard: colleague.hard,
                near: load.map_or(0, |load| small(load.near)),
                breached: load.map_or(0, |load| small(load.breached)),
                capacity: colleague.capacity,
            }
        });
        Ok(FairnessReport {
            load_gini: figures.load_gini,
            hard_gini: figures.hard_gini,
            most_over_mean: figures.most_over_mean,
            people: people.collect(),
        })
    }

    /// What colleagues are good at.
    pub async fn list_profiles(&self, caller: &Caller) -> Result<Vec<ProfileShape>, AppError> {
        permission::require(caller.role, Verb::ListProfiles)?;
        let profiles = self.store().profiles().await?;
        let handlers = self.handlers().await?;
        Ok(handlers
            .into_iter()
            .map(|user| {
                let profile = profile_of(&user, &profiles);
                show(&user, &profile)
            })
            .collect())
    }

    /// Says what a colleague is good at, and how many cases he can take.
    pub async fn put_profile(
        &self,
        caller: &Caller,
        id: &str,
        asked: &ProfileRequest,
    ) -> Result<ProfileShape, AppError> {
        permission::require(caller.role, Verb::SetProfile)?;
        let user = self.store().user(&UserId(id.to_owned())).await?;
        let user = user.ok_or_else(|| AppError::not_found("同事", "colleague"))?;
        if !handles(&user) {
            return Err(AppError::field(
                "id",
                "这位同事不办理投诉，不用登记特长",
                "this colleague handles no complaints and needs no profile",
            ));
        }
        let profile = StaffProfile {
            user: user.id.clone(),
            strengths: asked.strengths.iter().map(|key| key.0).collect(),
            skills: asked.skills.iter().map(|key| key.0).collect(),
            capacity: asked.capacity,
        };
        self.store().put_profile(&profile).await?;
        self.note_audit(&caller.person.id.0, "profile_set", id, "")
            .await?;
        Ok(show(&user, &profile))
    }

    /// Those who handle cases, by name.
    async fn handlers(&self) -> Result<Vec<User>, AppError> {
        Ok(self.store().users().await?.into_iter().filter(handles).collect())
    }

    async fn colleagues(&self, stance: &str, team: Option<&str>) -> Result<Vec<desk::Colleague>, AppError> {
        let (profiles, loads) = (self.store().profiles().await?, self.store().loads().await?);
        let since = self.now().plus_ms(-LEARNED_MS);
        let alike = match stance {
            "" => Vec::new(),
            stance => self.store().closed_alike(stance, since).await?,
        };
        let colleague = |user: User| {
            let profile = profile_of(&user, &profiles);
            let load = loads.iter().find(|load| load.owner == user.id);
            let known = alike.iter().find(|alike| alike.owner == user.id);
            desk::Colleague {
                strengths: profile.strengths,
                skills: profile.skills,
                capacity: profile.capacity,
                open: load.map_or(0, |load| small(load.open)),
                hard: load.map_or(0, |load| small(load.hard)),
                closed_alike: known.map_or(0, |alike| small(alike.closed)),
                pleased_alike: known.map_or(0, |alike| small(alike.pleased)),
                person: domain::Person {
                    id: user.id,
                    name: user.name,
                },
            }
        };
        let handlers = self.handlers().await?.into_iter();
        let meant = handlers.filter(|user| team.is_none_or(|team| user.team.as_deref() == Some(team)));
        Ok(meant.map(colleague).collect())
    }
}

fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Whether cases are handed to somebody.
fn handles(user: &User) -> bool {
    user.active && matches!(user.role, Role::Agent | Role::Specialist | Role::Supervisor)
}

fn profile_of(user: &User, profiles: &[StaffProfile]) -> StaffProfile {
    let known = profiles.iter().find(|profile| profile.user == user.id);
    known.cloned().unwrap_or_else(|| StaffProfile {
        user: user.id.clone(),
        strengths: Vec::new(),
        skills: Vec::new(),
        capacity: CAPACITY,
    })
}

fn show(user: &User, profile: &StaffProfile) -> ProfileShape {
    ProfileShape {
        person: Person {
            id: user.id.0.clone(),
            name: user.name.clone(),
        },
        role: Key(user.role),
        strengths: keys_of(&profile.strengths),
        skills: keys_of(&profile.skills),
        capacity: profile.capacity,
    }
}
