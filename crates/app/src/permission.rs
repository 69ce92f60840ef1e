//! Who may do what: one table of verb × role, beside the route that carries the verb.

use domain::Role;

use crate::{AppError, Code};

/// What a person can ask of the product. Commands upon a case have a finer table in the rules of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Read the own account.
    ReadMe,
    /// End the own session.
    Logout,
    /// Read the own sessions and second factor.
    ReadAccount,
    /// Change the own password, sessions and second factor.
    ChangeAccount,
    /// Let a colleague in again who is locked out.
    RestoreAccess,
    /// Read a text without storing it.
    Analyze,
    /// Ask for a plan.
    Plan,
    /// Take a complaint in.
    Intake,
    /// List and search cases.
    ListCases,
    /// Read a case.
    ReadCase,
    /// Read the history of a case.
    ReadEvents,
    /// Read what helps to decide how to make good.
    ReadRedress,
    /// Read the messages of a case.
    ReadMessages,
    /// Change a case.
    Command,
    /// Tell what one does at a case, and see who else is there.
    NotePresence,
    /// Read what is laid ready: views, macros, signatures.
    ListPresets,
    /// Lay something ready.
    AddPreset,
    /// Change what is laid ready.
    ChangePreset,
    /// Throw away what is laid ready.
    DeletePreset,
    /// Check a message before it is sent.
    CheckMessage,
    /// Read a customer's card.
    ReadCustomer,
    /// Read the rule packs.
    ReadPacks,
    /// Say which rule packs new cases fall under.
    SetPacks,
    /// Upload a file.
    Upload,
    /// See a file of a case.
    ReadAttachment,
    /// See which cases may be the same complaint.
    ReadDuplicates,
    /// See who could take a case.
    ReadAssignees,
    /// See what colleagues are good at.
    ListProfiles,
    /// Say what a colleague is good at.
    SetProfile,
    /// See how fairly work is shared.
    ReadFairness,
    /// Make a secret link for a customer.
    MakeProgressLink,
    /// Tell customers that a cause was removed.
    TellPrevention,
    /// Explain how a case was read.
    Explain,
    /// Take a copy of everything about a person.
    ExportPerson,
    /// Put right what is on file about a person.
    CorrectPerson,
    /// Erase a person's data.
    ErasePerson,
    /// Note what a customer allows or refuses.
    SetConsent,
    /// Read the switches of privacy.
    ReadPrivacy,
    /// Set the switches of privacy.
    SetPrivacy,
    /// Read the impact assessments.
    ListAssessments,
    /// Keep an impact assessment.
    AddAssessment,
    /// Read the numbers.
    ReadDashboard,
    /// Read outbreaks.
    ReadOutbreaks,
    /// Read who may have left without a word.
    ReadSilent,
    /// Bring purchases in.
    AddPurchases,
    /// Read what may lie behind complaints.
    ReadCauses,
    /// Read what cases and conversations teach.
    ReadLessons,
    /// Read what recovery is worth.
    ReadEconomics,
    /// Read the process as it ran.
    ReadProcess,
    /// Take the process away as a log of events.
    ExportProcess,
    /// Read how satisfied customers are.
    ReadSatisfaction,
    /// Read the numbers group by group.
    ReadBreakdown,
    /// Read the tree of causes.
    ListRootCauses,
    /// Write a cause down.
    AddRootCause,
    /// Change a cause.
    ChangeRootCause,
    /// Tell the customers hurt what was done.
    TellCustomers,
    /// Read a report.
    ReadReport,
    /// Take a report away as a file.
    ExportReport,
    /// List the reports kept.
    ListReports,
    /// Say which reports are made.
    ScheduleReports,
    /// Read the names of everything.
    ReadLegend,
    /// Follow what changes.
    Follow,
    /// List colleagues.
    ListUsers,
    /// Make an API token.
    MakeToken,
    /// List the own API tokens.
    ListTokens,
    /// End an API token.
    RevokeToken,
    /// Take a conversation in.
    OpenConversation,
    /// List conversations, agents and rules of inspection.
    ListConversations,
    /// Add turns to a conversation.
    AddTurns,
    /// Read a conversation with what was heard in it.
    ReadConversation,
    /// Follow the advice upon a conversation.
    FollowConversation,
    /// Appeal against a deduction.
    Appeal,
    /// Decide an appeal.
    DecideAppeal,
    /// List accounts.
    ListAccounts,
    /// Make an account.
    MakeAccount,
    /// Change an account.
    EditAccount,
    /// Read what was done beside the cases.
    ReadTrail,
    /// Say what the organization is called.
    NameOrganization,
    /// Put demonstration data into an empty desk.
    FillDemo,
    /// List and search customers.
    ListCustomers,
    /// Read the supervisor's board.
    ReadBoard,
    /// Read the documents that decide.
    ReadSettings,
    /// Try a change of a document without keeping it.
    PreviewSettings,
    /// Change a document, or undo a change.
    ChangeSettings,
    /// Read who is told of what.
    ListWebhooks,
    /// Have somebody told.
    AddWebhook,
    /// Change who is told of what.
    ChangeWebhook,
    /// Have somebody told no more.
    RemoveWebhook,
    /// Read what was told.
    ListDeliveries,
    /// Tell again.
    ReplayWebhook,
    /// Read the queue of work.
    ListJobs,
    /// Put work back into the queue.
    ReplayJob,
    /// Read the audit trail.
    ReadAudit,
}

/// One row: the verb, its route, and the roles that may.
#[derive(Clone, Copy, Debug)]
pub struct Permission {
    /// The verb.
    pub verb: Verb,
    /// The method of the route.
    pub method: &'static str,
    /// The path of the route.
    pub path: &'static str,
    /// Who may.
    pub roles: &'static [Role],
}

use Role::{Admin, Agent, Analyst, Quality, Specialist, Supervisor};

const EVERYBODY: &[Role] = &[Agent, Specialist, Supervisor, Quality, Analyst, Admin];
const DESK: &[Role] = &[Agent, Specialist, Supervisor, Quality, Admin];
const HANDLERS: &[Role] = &[Agent, Specialist, Supervisor, Admin];
const READERS_OF_NUMBERS: &[Role] = &[Supervisor, Quality, Analyst, Specialist, Agent, Admin];
const ADMINS: &[Role] = &[Admin];
const NUMBERS_OF_STAFF: &[Role] = &[Supervisor, Quality, Analyst, Admin];
const LEADERS: &[Role] = &[Supervisor, Admin];
const JUDGES: &[Role] = &[Supervisor, Quality, Admin];
const WATCHERS: &[Role] = &[Quality, Admin];
const LEARNERS: &[Role] = &[Specialist, Supervisor, Quality, Analyst, Admin];

/// The table.
pub const PERMISSIONS: &[Permission] = &[
    row(Verb::ReadMe, "get", "/api/v1/me", EVERYBODY),
    row(Verb::Logout, "post", "/api/v1/logout", EVERYBODY),
    row(Verb::ReadAccount, "get", "/api/v1/me/sessions", EVERYBODY),
    row(
        Verb::ChangeAccount,
        "delete",
        "/api/v1/me/sessions/{id}",
        EVERYBODY,
    ),
    row(Verb::ChangeAccount, "post", "/api/v1/me/password", EVERYBODY),
    row(Verb::ReadAccount, "get", "/api/v1/me/second-factor", EVERYBODY),
    row(Verb::ChangeAccount, "post", "/api/v1/me/second-factor", EVERYBODY),
    row(
        Verb::ChangeAccount,
        "post",
        "/api/v1/me/second-factor/confirm",
        EVERYBODY,
    ),
    row(
        Verb::ChangeAccount,
        "post",
        "/api/v1/me/second-factor/remove",
        EVERYBODY,
    ),
    row(Verb::RestoreAccess, "post", "/api/v1/users/{id}/unlock", ADMINS),
    row(
        Verb::RestoreAccess,
        "post",
        "/api/v1/users/{id}/second-factor/reset",
        ADMINS,
    ),
    row(Verb::Analyze, "post", "/api/v1/analyses", EVERYBODY),
    row(Verb::Plan, "post", "/api/v1/plans", DESK),
    row(Verb::Intake, "post", "/api/v1/cases", HANDLERS),
    row(Verb::ListCases, "get", "/api/v1/cases", EVERYBODY),
    row(Verb::ListCases, "get", "/api/v1/cases/counts/{facet}", EVERYBODY),
    row(Verb::Intake, "post", "/api/v1/imports/read", HANDLERS),
    row(Verb::Intake, "post", "/api/v1/imports", HANDLERS),
    row(Verb::ReadCase, "get", "/api/v1/cases/{id}", EVERYBODY),
    row(Verb::ReadEvents, "get", "/api/v1/cases/{id}/events", EVERYBODY),
    row(Verb::ReadMessages, "get", "/api/v1/cases/{id}/messages", DESK),
    row(Verb::ReadRedress, "get", "/api/v1/cases/{id}/redress", DESK),
    row(Verb::Command, "post", "/api/v1/cases/{id}/commands", DESK),
    row(
        Verb::NotePresence,
        "post",
        "/api/v1/cases/{id}/presence",
        EVERYBODY,
    ),
    row(Verb::ListPresets, "get", "/api/v1/presets", EVERYBODY),
    row(Verb::AddPreset, "post", "/api/v1/presets", EVERYBODY),
    row(Verb::ChangePreset, "post", "/api/v1/presets/{id}", EVERYBODY),
    row(Verb::DeletePreset, "delete", "/api/v1/presets/{id}", EVERYBODY),
    row(Verb::ReadPacks, "get", "/api/v1/packs", EVERYBODY),
    row(Verb::SetPacks, "post", "/api/v1/packs/in-force", ADMINS),
    row(Verb::Upload, "post", "/api/v1/attachments", DESK),
    row(
        Verb::ReadAttachment,
        "get",
        "/api/v1/cases/{id}/attachments/{hash}",
        DESK,
    ),
    row(Verb::ReadDuplicates, "get", "/api/v1/cases/{id}/duplicates", DESK),
    row(Verb::ReadAssignees, "get", "/api/v1/cases/{id}/assignees", DESK),
    row(Verb::ListProfiles, "get", "/api/v1/users/profiles", DESK),
    row(Verb::SetProfile, "post", "/api/v1/users/{id}/profile", LEADERS),
    row(
        Verb::ReadFairness,
        "get",
        "/api/v1/insight/fairness",
        NUMBERS_OF_STAFF,
    ),
    row(
        Verb::MakeProgressLink,
        "post",
        "/api/v1/cases/{id}/progress-link",
        HANDLERS,
    ),
    row(
        Verb::TellPrevention,
        "post",
        "/api/v1/cases/{id}/prevention",
        LEADERS,
    ),
    row(Verb::Explain, "get", "/api/v1/cases/{id}/explanation", DESK),
    row(
        Verb::ExportPerson,
        "get",
        "/api/v1/customers/{id}/export",
        LEADERS,
    ),
    row(
        Verb::CorrectPerson,
        "post",
        "/api/v1/customers/{id}/correct",
        HANDLERS,
    ),
    row(Verb::ErasePerson, "post", "/api/v1/customers/{id}/erase", LEADERS),
    row(
        Verb::SetConsent,
        "post",
        "/api/v1/customers/{id}/consents",
        HANDLERS,
    ),
    row(Verb::ReadPrivacy, "get", "/api/v1/settings/privacy", EVERYBODY),
    row(Verb::SetPrivacy, "post", "/api/v1/settings/privacy", ADMINS),
    row(
        Verb::ListAssessments,
        "get",
        "/api/v1/privacy/assessments",
        LEADERS,
    ),
    row(Verb::AddAssessment, "post", "/api/v1/privacy/assessments", ADMINS),
    row(Verb::CheckMessage, "post", "/api/v1/messages/check", DESK),
    row(Verb::ReadCustomer, "get", "/api/v1/customers/{id}", DESK),
    row(
        Verb::ReadDashboard,
        "get",
        "/api/v1/insight/dashboard",
        READERS_OF_NUMBERS,
    ),
    row(Verb::ReadBreakdown, "get", "/api/v1/insight/breakdown", EVERYBODY),
    row(Verb::ReadOutbreaks, "get", "/api/v1/insight/outbreaks", EVERYBODY),
    row(Verb::ReadSilent, "get", "/api/v1/insight/silent", DESK),
    row(Verb::AddPurchases, "post", "/api/v1/purchases", LEADERS),
    row(Verb::ReadCauses, "get", "/api/v1/insight/causes", EVERYBODY),
    row(
        Verb::ReadLessons,
        "get",
        "/api/v1/insight/lessons",
        NUMBERS_OF_STAFF,
    ),
    row(Verb::ReadEconomics, "get", "/api/v1/insight/economics", LEARNERS),
    row(Verb::ReadProcess, "get", "/api/v1/insight/process", EVERYBODY),
    row(
        Verb::ExportProcess,
        "get",
        "/api/v1/insight/process.xes",
        LEARNERS,
    ),
    row(
        Verb::ReadSatisfaction,
        "get",
        "/api/v1/insight/satisfaction",
        EVERYBODY,
    ),
    row(
        Verb::ListRootCauses,
        "get",
        "/api/v1/insight/root-causes",
        EVERYBODY,
    ),
    row(
        Verb::AddRootCause,
        "post",
        "/api/v1/insight/root-causes",
        LEARNERS,
    ),
    row(
        Verb::ChangeRootCause,
        "post",
        "/api/v1/insight/root-causes/{id}",
        LEARNERS,
    ),
    row(
        Verb::TellCustomers,
        "post",
        "/api/v1/insight/root-causes/{id}/tell",
        LEADERS,
    ),
    row(Verb::ReadReport, "get", "/api/v1/insight/report", EVERYBODY),
    row(
        Verb::ExportReport,
        "get",
        "/api/v1/insight/report/{format}",
        EVERYBODY,
    ),
    row(Verb::ListReports, "get", "/api/v1/insight/reports", EVERYBODY),
    row(
        Verb::ScheduleReports,
        "post",
        "/api/v1/insight/reports/schedule",
        LEADERS,
    ),
    row(Verb::ReadLegend, "get", "/api/v1/legend", EVERYBODY),
    row(Verb::Follow, "get", "/api/v1/events", EVERYBODY),
    row(Verb::ListUsers, "get", "/api/v1/users", EVERYBODY),
    row(Verb::MakeToken, "post", "/api/v1/tokens", LEADERS),
    row(Verb::ListTokens, "get", "/api/v1/tokens", LEADERS),
    row(Verb::RevokeToken, "delete", "/api/v1/tokens/{id}", LEADERS),
    row(Verb::OpenConversation, "post", "/api/v1/conversations", DESK),
    row(Verb::ListConversations, "get", "/api/v1/conversations", DESK),
    row(Verb::AddTurns, "post", "/api/v1/conversations/{id}/turns", DESK),
    row(
        Verb::ReadConversation,
        "get",
        "/api/v1/conversations/{id}/review",
        DESK,
    ),
    row(
        Verb::FollowConversation,
        "get",
        "/api/v1/conversations/{id}/events",
        DESK,
    ),
    row(Verb::Appeal, "post", "/api/v1/conversations/{id}/appeals", DESK),
    row(
        Verb::DecideAppeal,
        "post",
        "/api/v1/conversations/{id}/decisions",
        JUDGES,
    ),
    row(Verb::ListAccounts, "get", "/api/v1/accounts", ADMINS),
    row(Verb::MakeAccount, "post", "/api/v1/accounts", ADMINS),
    row(Verb::EditAccount, "post", "/api/v1/accounts/{id}", ADMINS),
    row(Verb::ReadTrail, "get", "/api/v1/trail", ADMINS),
    row(Verb::NameOrganization, "post", "/api/v1/desk", ADMINS),
    row(Verb::FillDemo, "post", "/api/v1/setup/demo", ADMINS),
    row(Verb::ListCustomers, "get", "/api/v1/customers", DESK),
    row(Verb::ReadBoard, "get", "/api/v1/board", JUDGES),
    row(Verb::PreviewSettings, "post", "/api/v1/packs/preview", LEADERS),
    row(Verb::ReadSettings, "get", "/api/v1/settings", DESK),
    row(Verb::ReadSettings, "get", "/api/v1/settings/{name}", DESK),
    row(
        Verb::ReadSettings,
        "get",
        "/api/v1/settings/{name}/revisions",
        DESK,
    ),
    row(
        Verb::PreviewSettings,
        "post",
        "/api/v1/settings/{name}/preview",
        LEADERS,
    ),
    row(
        Verb::ChangeSettings,
        "post",
        "/api/v1/settings/{name}/revisions",
        &[Admin],
    ),
    row(
        Verb::ChangeSettings,
        "post",
        "/api/v1/settings/{name}/undo",
        &[Admin],
    ),
    row(Verb::ListWebhooks, "get", "/api/v1/webhooks", ADMINS),
    row(Verb::AddWebhook, "post", "/api/v1/webhooks", ADMINS),
    row(Verb::ChangeWebhook, "post", "/api/v1/webhooks/{id}", ADMINS),
    row(Verb::RemoveWebhook, "delete", "/api/v1/webhooks/{id}", ADMINS),
    row(
        Verb::ListDeliveries,
        "get",
        "/api/v1/webhooks/{id}/deliveries",
        ADMINS,
    ),
    row(
        Verb::ReplayWebhook,
        "post",
        "/api/v1/webhooks/{id}/replay",
        ADMINS,
    ),
    row(Verb::ListJobs, "get", "/api/v1/jobs", ADMINS),
    row(Verb::ListJobs, "get", "/api/v1/jobs/{id}", ADMINS),
    row(Verb::ReplayJob, "post", "/api/v1/jobs/{id}/replay", ADMINS),
    row(Verb::ReadAudit, "get", "/api/v1/audit", WATCHERS),
];

const fn row(verb: Verb, method: &'static str, path: &'static str, roles: &'static [Role]) -> Permission {
    Permission {
        verb,
        method,
        path,
        roles,
    }
}

/// Whether the role may.
pub fn may(role: Role, verb: Verb) -> bool {
    PERMISSIONS
        .iter()
        .any(|row| row.verb == verb && row.roles.contains(&role))
}

/// Whether somebody in this role may lay something ready for everybody.
pub(crate) fn may_share(role: Role) -> bool {
    LEADERS.contains(&role)
}

/// Refuses when the role may not.
pub(crate) fn require(role: Role, verb: Verb) -> Result<(), AppError> {
    if may(role, verb) {
        Ok(())
    } else {
        Err(AppError::Plain(Code::Forbidden))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_link_opens_nothing_of_the_desk() {
        for row in PERMISSIONS {
            assert!(!may(Role::CustomerLink, row.verb), "{:?}", row.verb);
            assert!(may(Role::Admin, row.verb), "{:?}", row.verb);
        }
    }

    #[test]
    fn every_route_has_one_row_and_a_verb_the_same_roles_everywhere() {
        for row in PERMISSIONS {
            let route = |other: &&Permission| (other.method, other.path) == (row.method, row.path);
            assert_eq!(
                PERMISSIONS.iter().filter(route).count(),
                1,
                "{} {}",
                row.method,
                row.path
            );
            let same = PERMISSIONS.iter().filter(|other| other.verb == row.verb);
            assert!(
                same.into_iter().all(|other| other.roles == row.roles),
                "{:?}",
                row.verb
            );
        }
    }
}
