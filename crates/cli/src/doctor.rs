//! `tingsu doctor`: is everything in order? One line per question, with what to do when it is not.

use std::time::Instant;

use anyhow::{Context, anyhow};
use app::SealingKey;
use domain::{Channel, Complaint, Vocabulary};
use playbook::Playbook;

use crate::engine::load_engine;
use crate::exit::{Done, Ended, Failure};
use crate::key;
use crate::output::say;
use crate::runtime::{block_on, file_of, hide_password, open_app};
use crate::serve::Settings;

/// Check engine, playbook and database
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    settings: Settings,
    /// Check that no stored event was changed and that every case equals its replayed events, which reads all of them
    #[arg(long, visible_alias = "events")]
    verify_chain: bool,
}

/// The result of a question: what is there, or what to do.
type Finding = Result<String, String>;

/// Runs the command; `settings` says what a server here would be set to, and by whom.
pub(crate) fn run(args: &Args, settings: &[String]) -> Ended {
    for line in settings {
        say(format!("set     {line}"))?;
    }
    let mut failed = 0;
    for (name, finding) in [
        ("engine", check_engine()),
        ("playbook", check_playbook()),
        (
            "database",
            block_on(async { Ok::<_, Failure>(check_database(args).await) })?,
        ),
        (
            "key",
            block_on(async { Ok::<_, Failure>(check_key(args).await) })?,
        ),
        ("data", check_data()),
    ] {
        match finding {
            Ok(words) => say(format!("ok      {name}: {words}"))?,
            Err(words) => {
                failed += 1;
                say(format!("FAILED  {name}: {words}"))?;
            }
        }
    }
    match failed {
        0 => Ok(Done::All),
        _ => Err(Failure::Environment(anyhow!("{failed} check(s) failed"))),
    }
}

fn check_engine() -> Finding {
    let start = Instant::now();
    let engine = load_engine(None).map_err(|failure| format!("{failure:?}"))?;
    let loaded_ms = start.elapsed().as_millis();
    let analysis = engine.analyze(&Complaint::new("我要退款,还要赔偿", Channel::Chat));
    let psychology = analysis.psychology.primary.value().key();
    Ok(format!(
        "{} loaded in {loaded_ms} ms, reads its test sentence as {psychology}",
        analysis.engine
    ))
}

fn check_playbook() -> Finding {
    Ok(format!("version {}", Playbook::load_default().version()))
}

async fn check_database(args: &Args) -> Finding {
    let url = &args.settings.database.database;
    let shown = hide_password(url);
    if let Some(path) = file_of(url)
        && !std::path::Path::new(path).exists()
    {
        return Ok(format!("{shown} does not exist yet; serve and migrate make it"));
    }
    match look_at_database(args).await {
        Ok(words) => Ok(format!("{shown} {words}")),
        Err(Failure::Usage(error) | Failure::Environment(error)) => Err(format!("{error:#}")),
    }
}

async fn look_at_database(args: &Args) -> Result<String, Failure> {
    let app = open_app(&args.settings.database).await?;
    let store = app.store();
    let events = store.last_sequence().await.context("the events cannot be read")?;
    let mut words = format!("answers; {events} event(s)");
    let lossy = store
        .find_lossy_settings()
        .await
        .context("the settings of the database cannot be read")?;
    if !lossy.is_empty() {
        let lossy = lossy.join(", ");
        return Err(anyhow!(
            "a power cut can lose what was acknowledged: {lossy}; change this on the server"
        )
        .into());
    }
    if args.verify_chain {
        let report = app.verify_history().await.context("the events cannot be read")?;
        if let Some(fault) = report.first_fault() {
            return Err(anyhow!("{fault}; restore a backup").into());
        }
        words.push_str(", none of them changed; every case equals its replayed events");
    }
    store.close().await;
    Ok(words)
}

/// Whether the key is there and opens the secrets on file.
async fn check_key(args: &Args) -> Finding {
    let database = &args.settings.database.database;
    let named = args.settings.key_file();
    let Some(path) = key::path_of(named, database) else {
        return Ok("no key_file is set; nobody can set up an authenticator".to_owned());
    };
    let shown = path.display().to_string();
    if named.is_none() && !path.exists() {
        return Ok(format!("{shown} does not exist yet; serve makes it"));
    }
    let bytes = key::read(&path).map_err(|error| format!("{error:#}"))?;
    if file_of(database).is_some_and(|file| !std::path::Path::new(file).exists()) {
        return Ok(shown);
    }
    let told = async {
        let app = open_app(&args.settings.database).await?;
        app.set_sealing_key(SealingKey::of(&bytes));
        let report = app.seal_secrets().await.context("the secrets cannot be read")?;
        app.store().close().await;
        Ok::<_, Failure>(report)
    };
    match told.await {
        Ok(report) if report.unreadable == 0 => {
            let sealed = report.sealed + report.sealed_now;
            Ok(format!("{shown} opens the secrets of {sealed} authenticator(s)"))
        }
        Ok(report) => Err(format!(
            "{shown} does not open the secrets of {} authenticator(s); bring back the file they were sealed with",
            report.unreadable
        )),
        Err(Failure::Usage(error) | Failure::Environment(error)) => Err(format!("{error:#}")),
    }
}

fn check_data() -> Finding {
    match std::env::var_os("TINGSU_DATA") {
        None => Ok("TINGSU_DATA is not set; checks that need outside data are skipped".to_owned()),
        Some(folder) if std::path::Path::new(&folder).is_dir() => Ok("TINGSU_DATA is a folder".to_owned()),
        Some(_) => Err("TINGSU_DATA names no folder; correct or unset it".to_owned()),
    }
}
