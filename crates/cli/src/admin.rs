//! `tingsu admin`: accounts and tokens, made by whoever may run commands on the machine.

use std::io::{IsTerminal, Read};

use anyhow::Context;
use app::{App, Caller, Credential, NewUser};
use domain::{Language, Person, Role, TokenScope, Vocabulary};
use wire::{key::Key, session::TokenRequest};

use crate::exit::{Done, Ended, Failure, translate, usage};
use crate::language::LanguageName;
use crate::operate;
use crate::output::say;
use crate::runtime::{DatabaseArgs, block_on, open_app};

/// Accounts and tokens.
#[derive(clap::Subcommand, Debug)]
pub(crate) enum Command {
    /// Give a person an account; the first administrator is made this way
    CreateUser(UserArgs),
    /// Make an API token for an account; it is printed this once
    CreateToken(TokenArgs),
    /// Give an account a new password, take its second factor away and end its sessions
    Restore(RestoreArgs),
    /// The queue of work: what waits, was done, or failed for good
    Jobs(operate::JobsArgs),
    /// Put a job that ended back into the queue
    ReplayJob(operate::ReplayArgs),
    /// Who signed in, saw unmasked data, took data away or changed settings
    Audit(operate::AuditArgs),
}

/// Give a person an account
#[derive(clap::Args, Debug)]
pub(crate) struct UserArgs {
    /// The login name
    #[arg(long)]
    login: String,
    /// The name shown; the login name when left out
    #[arg(long)]
    name: Option<String>,
    /// agent, specialist, supervisor, quality, analyst or admin
    #[arg(long, default_value = "agent", value_parser = parse_role)]
    role: Role,
    /// The team the person belongs to, as it stands on cases
    #[arg(long)]
    team: Option<String>,
    /// The language of the interface
    #[arg(long, default_value = "zh")]
    language: LanguageName,
    /// The password; better left out: it is asked for on a terminal, without showing it, and read from standard
    /// input in a pipe. Others on this machine can see the arguments of a command
    #[arg(long, env = "TINGSU_PASSWORD", hide_env_values = true)]
    password: Option<String>,
    /// Read the password from standard input, even on a terminal
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Let somebody in again who lost password or authenticator
#[derive(clap::Args, Debug)]
pub(crate) struct RestoreArgs {
    /// The login name
    #[arg(long)]
    login: String,
    /// Read the password from standard input, even on a terminal
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Make an API token
#[derive(clap::Args, Debug)]
pub(crate) struct TokenArgs {
    /// The login name of the account it acts for
    #[arg(long)]
    login: String,
    /// What it is for
    #[arg(long)]
    name: String,
    /// The role it acts in; the account's own when left out
    #[arg(long, value_parser = parse_role)]
    role: Option<Role>,
    /// What it may be used for, several times if need be; everything its role may when left out
    #[arg(long, value_parser = parse_scope)]
    scope: Vec<TokenScope>,
    /// How many days it lives
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u64).range(1..=wire::limits::TOKEN_DAYS))]
    days: u64,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Runs the command.
pub(crate) fn run(command: Command) -> Ended {
    match command {
        Command::CreateUser(args) => create_user(args),
        Command::CreateToken(args) => create_token(args),
        Command::Restore(args) => restore(&args),
        Command::Jobs(args) => operate::list_jobs(args),
        Command::ReplayJob(args) => operate::replay_job(&args),
        Command::Audit(args) => operate::list_audit(args),
    }
}

fn create_user(args: UserArgs) -> Ended {
    let password = match args.password {
        Some(password) if !args.password_stdin => {
            warn_of_arguments();
            password
        }
        _ => read_password(args.password_stdin)?,
    };
    let new = NewUser {
        name: args.name.unwrap_or_else(|| args.login.clone()),
        login: args.login,
        role: args.role,
        team: args.team,
        language: Language::from(args.language),
        password,
    };
    let login = new.login.clone();
    block_on(async {
        let app = open_app(&args.database).await?;
        let made = app.create_user(new).await;
        app.store().close().await;
        made.map_err(|error| translate(error, &format!("the account {login} was not made")))?;
        say(format!("{login} can sign in as {}", args.role.key()))?;
        Ok(Done::All)
    })
}

fn restore(args: &RestoreArgs) -> Ended {
    let password = read_password(args.password_stdin)?;
    block_on(async {
        let app = open_app(&args.database).await?;
        let restored = app.restore_account(&args.login, &password).await;
        app.store().close().await;
        restored.map_err(|error| translate(error, &format!("{} was left as it was", args.login)))?;
        say(format!(
            "{} can sign in with the new password; every session has ended",
            args.login
        ))?;
        Ok(Done::All)
    })
}

fn create_token(args: TokenArgs) -> Ended {
    block_on(async {
        let app = open_app(&args.database).await?;
        let made = make_token(&app, &args).await;
        app.store().close().await;
        say(made?)?;
        Ok(Done::All)
    })
}

async fn make_token(app: &App, args: &TokenArgs) -> Result<String, Failure> {
    let found = app.store().user_by_login(&args.login).await;
    let user = found
        .context("the database cannot be read")?
        .filter(|user| user.active);
    let user = user.ok_or_else(|| usage(format!("there is no account {}", args.login)))?;
    let role = args.role.unwrap_or(user.role);
    // The operator has every right; the token still belongs to the person.
    let caller = Caller {
        person: Person {
            id: user.id,
            name: user.name,
        },
        login: user.login,
        role: Role::Admin,
        team: None,
        language: user.language,
        credential: Credential::Local,
    };
    let request = TokenRequest {
        name: args.name.clone(),
        role: Key(role),
        days: args.days,
        scopes: args.scope.iter().copied().map(Key).collect(),
    };
    let token = app
        .make_token(&caller, &request)
        .await
        .map_err(|error| translate(error, "no token was made"))?;
    Ok(token.token)
}

/// From standard input in a pipe; on a terminal asked for twice, since nobody sees what is typed.
fn read_password(from_stdin: bool) -> Result<String, Failure> {
    if !from_stdin && std::io::stdin().is_terminal() {
        let ask = |prompt| rpassword::prompt_password(prompt).context("the terminal cannot be read");
        let password = ask("Password: ")?;
        if ask("Once more: ")? != password {
            return Err(usage("the two passwords differ; nothing was done"));
        }
        return Ok(password);
    }
    let mut typed = String::new();
    std::io::stdin().read_to_string(&mut typed)?;
    Ok(typed.trim_end_matches(['\r', '\n']).to_owned())
}

/// A password among the arguments is taken, but not silently; one from the environment is none of them.
fn warn_of_arguments() {
    let is_argument = |word: std::ffi::OsString| word.to_string_lossy().starts_with("--password");
    if std::env::args_os().any(is_argument) {
        eprintln!(
            "tingsu: a password among the arguments stays in the shell's history and is seen by others"
        );
    }
}

fn parse_scope(word: &str) -> Result<TokenScope, String> {
    TokenScope::from_key(word).ok_or_else(|| {
        format!(
            "no such scope; the scopes are {}",
            wire::key::allowed_keys::<TokenScope>()
        )
    })
}

fn parse_role(word: &str) -> Result<Role, String> {
    let staff = |role: &Role| *role != Role::CustomerLink;
    Role::from_word(word).filter(staff).ok_or_else(|| {
        let keys: Vec<&str> = Role::ALL.iter().copied().filter(staff).map(Role::key).collect();
        format!("no such role; the roles are {}", keys.join(", "))
    })
}
