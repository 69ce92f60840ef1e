//! One file of handlers per noun; each extracts, calls a use case and converts.

pub(crate) mod account;
pub(crate) mod accounts;
pub(crate) mod analyses;
pub(crate) mod attachments;
pub(crate) mod audit;
pub(crate) mod board;
pub(crate) mod cases;
pub(crate) mod conversations;
pub(crate) mod customers;
pub(crate) mod download;
pub(crate) mod health;
pub(crate) mod imports;
pub(crate) mod insight;
pub(crate) mod jobs;
pub(crate) mod legend;
pub(crate) mod live;
pub(crate) mod messages;
pub(crate) mod packs;
pub(crate) mod presets;
pub(crate) mod progress;
pub(crate) mod redress;
pub(crate) mod reports;
pub(crate) mod rights;
pub(crate) mod root_causes;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod setup;
pub(crate) mod staff;
pub(crate) mod tokens;
pub(crate) mod users;
pub(crate) mod web;
pub(crate) mod webhooks;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::{
    router::{OpenApiRouter, UtoipaMethodRouterExt},
    routes,
};

use crate::api::Server;

/// Every route of the API.
pub(crate) fn all() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(session::login))
        .routes(routes!(session::logout))
        .routes(routes!(session::me))
        .routes(routes!(tokens::list_tokens, tokens::make_token))
        .routes(routes!(tokens::revoke_token))
        .routes(routes!(users::list_users))
        .routes(routes!(settings::list_documents))
        .routes(routes!(settings::show_document))
        .routes(routes!(settings::list_revisions, settings::change_document))
        .routes(routes!(settings::preview_document))
        .routes(routes!(settings::undo_document))
        .routes(routes!(legend::legend))
        .routes(routes!(analyses::analyze))
        .routes(routes!(analyses::plan))
        .routes(routes!(cases::list_cases, cases::open_case))
        .routes(routes!(cases::count_cases))
        .routes(routes!(imports::read_file).layer(DefaultBodyLimit::max(app::FILE_BYTES + 1)))
        .routes(routes!(imports::import_rows))
        .routes(routes!(cases::show_case))
        .routes(routes!(cases::list_case_events))
        .routes(routes!(cases::list_case_messages))
        .routes(routes!(cases::command_case))
        .routes(routes!(cases::note_presence))
        .routes(routes!(presets::list_presets, presets::add_preset))
        .routes(routes!(presets::change_preset, presets::delete_preset))
        .routes(routes!(redress::show_advice))
        .routes(routes!(attachments::upload).layer(DefaultBodyLimit::max(app::FILE_BYTES + 1)))
        .routes(routes!(attachments::show_attachment))
        .routes(routes!(packs::list_packs))
        .routes(routes!(packs::put_packs_in_force))
        .routes(routes!(packs::preview_packs))
        .routes(routes!(progress::make_progress_link))
        .routes(routes!(progress::show_progress))
        .routes(routes!(progress::give_verdict))
        .routes(routes!(progress::list_duplicates))
        .routes(routes!(progress::tell_prevention))
        .routes(routes!(staff::list_assignees))
        .routes(routes!(staff::list_profiles))
        .routes(routes!(staff::put_profile))
        .routes(routes!(staff::show_fairness))
        .routes(routes!(rights::export_person))
        .routes(routes!(rights::correct_person))
        .routes(routes!(rights::erase_person))
        .routes(routes!(rights::put_consent))
        .routes(routes!(rights::explain))
        .routes(routes!(rights::show_privacy, rights::put_privacy))
        .routes(routes!(rights::list_assessments, rights::add_assessment))
        .routes(routes!(messages::check_message))
        .routes(routes!(customers::list_customers))
        .routes(routes!(customers::show_customer))
        .routes(routes!(insight::dashboard))
        .routes(routes!(live::follow))
        .merge(of_administration())
        .merge(of_accounts())
        .merge(of_conversations())
        .merge(of_operations())
        .merge(of_insight())
}

/// The routes of those who run the desk.
fn of_administration() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(board::show_board))
        .routes(routes!(accounts::list_accounts, accounts::make_account))
        .routes(routes!(accounts::change_account))
        .routes(routes!(accounts::show_trail))
        .routes(routes!(setup::show_desk, setup::name_organization))
        .routes(routes!(setup::set_up))
        .routes(routes!(setup::fill_demo))
}

/// The routes of the own account, and of letting colleagues in again.
fn of_accounts() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(account::list_sessions))
        .routes(routes!(account::end_session))
        .routes(routes!(account::change_password))
        .routes(routes!(account::show_second_factor, account::offer_second_factor))
        .routes(routes!(account::confirm_second_factor))
        .routes(routes!(account::remove_second_factor))
        .routes(routes!(account::unlock_user))
        .routes(routes!(account::reset_second_factor))
}

/// The routes of conversations.
fn of_conversations() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(
            conversations::list_conversations,
            conversations::open_conversation
        ))
        .routes(routes!(conversations::add_turns))
        .routes(routes!(conversations::review_conversation))
        .routes(routes!(conversations::appeal))
        .routes(routes!(conversations::decide_appeal))
        .routes(routes!(conversations::follow_conversation))
}

/// The routes of those who run the desk.
fn of_operations() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(webhooks::list_webhooks, webhooks::add_webhook))
        .routes(routes!(webhooks::change_webhook, webhooks::remove_webhook))
        .routes(routes!(webhooks::list_deliveries))
        .routes(routes!(webhooks::replay_webhook))
        .routes(routes!(jobs::list_jobs))
        .routes(routes!(jobs::show_job))
        .routes(routes!(jobs::replay_job))
        .routes(routes!(audit::list_audit))
}

/// The routes of what many cases teach.
fn of_insight() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(insight::breakdown))
        .routes(routes!(insight::outbreaks))
        .routes(routes!(insight::silent_leavers))
        .routes(routes!(insight::add_purchases))
        .routes(routes!(insight::causes))
        .routes(routes!(insight::economics))
        .routes(routes!(insight::process))
        .routes(routes!(insight::process_xes))
        .routes(routes!(insight::satisfaction))
        .routes(routes!(insight::lessons))
        .routes(routes!(
            root_causes::list_root_causes,
            root_causes::add_root_cause
        ))
        .routes(routes!(root_causes::change_root_cause))
        .routes(routes!(root_causes::tell_customers))
        .routes(routes!(reports::report))
        .routes(routes!(reports::report_file))
        .routes(routes!(reports::list_reports))
        .routes(routes!(reports::schedule_reports))
}
