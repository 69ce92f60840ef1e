//! Teams: which one carries a case, and that a supervisor of one decides for no other.

use domain::{Bilingual, Case, CommandKind, Role};

use crate::{App, AppError, Caller, Code};

/// What a supervisor decides about the work of others; who could hand a case to the own team could decide it there.
const DECISIONS: [CommandKind; 5] = [
    CommandKind::Assign,
    CommandKind::Approve,
    CommandKind::SendBack,
    CommandKind::DecideTime,
    CommandKind::ApproveStatement,
];

impl App {
    /// The team that carries a case: its owner's; without an owner the one that it concerns.
    pub(crate) async fn team_of(&self, case: &Case) -> Result<Option<String>, AppError> {
        match &case.owner {
            Some(owner) => {
                let user = self.store().user(&owner.id).await?;
                Ok(user.and_then(|user| user.team))
            }
            None => Ok(case.matter.team.clone()),
        }
    }

    /// The commands that a case takes from a caller.
    pub(crate) async fn allowed(&self, case: &Case, caller: &Caller) -> Result<Vec<CommandKind>, AppError> {
        let mut allowed = desk::allowed(case, caller.role, &self.rules());
        if allowed.iter().any(|kind| DECISIONS.contains(kind)) && !self.decides_for(case, caller).await? {
            allowed.retain(|kind| !DECISIONS.contains(kind));
        }
        Ok(allowed)
    }

    /// Refuses a decision about the work of another team.
    pub(crate) async fn require_team(
        &self,
        case: &Case,
        caller: &Caller,
        kind: CommandKind,
    ) -> Result<(), AppError> {
        if !DECISIONS.contains(&kind) || self.decides_for(case, caller).await? {
            return Ok(());
        }
        let words = Bilingual::new(
            "案件在另一个班组，须由那个班组的主管或管理员决定",
            "another team carries the case; a supervisor of that team or an administrator decides",
        );
        Err(AppError::Told(Code::Forbidden, words))
    }

    /// Whoever belongs to no team decides for all of them, and a case that no team carries is everybody's.
    async fn decides_for(&self, case: &Case, caller: &Caller) -> Result<bool, AppError> {
        let (Role::Supervisor, Some(own)) = (caller.role, &caller.team) else {
            return Ok(true);
        };
        let carries = self.team_of(case).await?;
        Ok(carries.is_none_or(|team| team == *own))
    }
}
