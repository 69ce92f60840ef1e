//! Starting and stopping: the product put together over a database, bound to an address.

use std::{future::Future, net::SocketAddr};

use app::{App, AppError, Courier, Networks, OpenError, SealingKey};
use tokio::{net::TcpListener, signal, sync::watch};

use crate::{
    RateOptions, SystemClock, SystemRandomness,
    api::{Extras, router_until},
    limits,
    listen::listen,
};

/// How the server is started.
#[derive(Clone)]
pub struct ServeOptions {
    /// The address to listen on, such as `127.0.0.1:7080`; port 0 takes a free one.
    pub addr: String,
    /// The database, as `sqlite://path` or `postgres://…`.
    pub database: String,
    /// Whether an empty database is filled with demonstration data and accounts.
    pub demo: bool,
    /// How often callers may ask.
    pub rates: RateOptions,
    /// Networks that webhooks may go to although they are not public.
    pub networks: Networks,
    /// The address under which people reach the workbench, for links in files.
    pub public_url: Option<String>,
    /// The key that seals secrets in the database; without one, nobody can set up a second factor.
    pub sealing_key: Option<[u8; SealingKey::BYTES]>,
    /// The provider at which the organization's people sign in.
    #[cfg(feature = "oidc")]
    pub oidc: Option<crate::OidcOptions>,
}

/// What the server tells once it listens.
#[derive(Clone)]
pub struct Bound {
    /// The address it listens on.
    pub addr: SocketAddr,
    /// The product it serves.
    pub app: App,
    /// The code by which the desk can be set up, while nobody can sign in.
    pub setup_code: Option<String>,
}

/// Why the server could not start, or had to stop.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The product could not be put together.
    #[error("the product could not be put together")]
    Open(#[from] OpenError),
    /// The demonstration could not be filled in.
    #[error("the demonstration could not be filled in")]
    Demo(#[source] AppError),
    /// The accounts could not be read.
    #[error("the accounts could not be read")]
    Start(#[source] AppError),
    /// The address cannot be listened on.
    #[error("cannot listen on {addr}")]
    Address {
        /// The address asked for.
        addr: String,
        /// Why.
        source: std::io::Error,
    },
    /// The network failed while serving.
    #[error("the network failed")]
    Network(#[source] std::io::Error),
}

/// The product over a database, with the machine's clock and randomness.
pub async fn open_app(database: &str) -> Result<App, OpenError> {
    app::open(database, Box::new(SystemClock), Box::new(SystemRandomness)).await
}

/// Serves until the process is told to stop (interrupt or terminate). `on_bound` is called once it listens.
pub async fn serve(options: ServeOptions, on_bound: impl FnOnce(&Bound)) -> Result<(), ServeError> {
    let listener = TcpListener::bind(&options.addr)
        .await
        .map_err(|source| ServeError::Address {
            addr: options.addr.clone(),
            source,
        })?;
    let app = app::open_to_serve(
        &options.database,
        Box::new(SystemClock),
        Box::new(SystemRandomness),
    )
    .await?;
    app.allow_networks(options.networks.clone());
    if let Some(address) = options.public_url {
        app.set_public_address(address);
    }
    if let Some(bytes) = &options.sealing_key {
        app.set_sealing_key(SealingKey::of(bytes));
    }
    seal_secrets(&app).await.map_err(ServeError::Start)?;
    if options.demo {
        fill_demo(&app).await.map_err(ServeError::Demo)?;
    }
    let addr = listener.local_addr().map_err(ServeError::Network)?;
    on_bound(&Bound {
        addr,
        app: app.clone(),
        setup_code: app.setup_code().await.map_err(ServeError::Start)?,
    });
    let clock = tokio::spawn(app.clone().run_clock());
    let work = tokio::spawn(app.clone().run_jobs(Courier::new(options.networks)));
    let ahead = tokio::spawn(app.clone().run_ahead());
    let extras = Extras {
        #[cfg(feature = "oidc")]
        oidc: options.oidc,
    };
    serve_on(listener, &app, options.rates, extras, stop_signal()).await;
    for task in [clock, work, ahead] {
        task.abort();
    }
    app.store().close().await;
    Ok(())
}

/// Seals what an earlier version stored as it was, and says when the key does not fit what is on file.
async fn seal_secrets(app: &App) -> Result<(), AppError> {
    let report = app.seal_secrets().await?;
    if report.sealed_now > 0 {
        tracing::info!(count = report.sealed_now, "secrets of authenticators were sealed");
    }
    if report.unreadable > 0 {
        tracing::error!(
            count = report.unreadable,
            "secrets of authenticators do not open with this key; set key_file to the file they were sealed with"
        );
    }
    Ok(())
}

/// Fills an empty database with the demonstration; one that holds it already is left as it is.
async fn fill_demo(app: &App) -> Result<(), AppError> {
    let options = app::demo::Options {
        cases: limits::DEMO_CASES,
        days: app::demo::DAYS,
        at: app.now(),
        seed: limits::DEMO_SEED,
    };
    let summary = app.seed_demo(options).await?;
    tracing::info!(
        cases = summary.cases,
        events = summary.events,
        "demonstration data is there"
    );
    Ok(())
}

/// Serves until `stop`; then live streams end at once, and requests under way have a while to end.
async fn serve_on(
    listener: TcpListener,
    app: &App,
    rates: RateOptions,
    extras: Extras,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let (told, stopping) = watch::channel(false);
    let router = router_until(app.clone(), rates, extras, stopping);
    let graceful = async move {
        stop.await;
        told.send_replace(true);
    };
    listen(listener, router, graceful).await;
}

async fn stop_signal() {
    let interrupt = async { signal::ctrl_c().await.unwrap_or_default() };
    #[cfg(unix)]
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<Option<()>>();
    tokio::select! {
        () = interrupt => {}
        _ = terminate => {}
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpStream,
        sync::oneshot,
    };

    use super::*;

    async fn ask(addr: SocketAddr, request: &str) -> (TcpStream, String) {
        let mut stream = TcpStream::connect(addr).await.expect("it listens");
        stream.write_all(request.as_bytes()).await.expect("it reads");
        let mut answer = vec![0; 4096];
        let read = stream.read(&mut answer).await.expect("it answers");
        (stream, String::from_utf8_lossy(&answer[..read]).into_owned())
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn it_answers_over_the_network_and_stops_while_streams_are_open() {
        let folder = tempfile::tempdir().expect("a folder");
        let app = open_app(&format!("sqlite://{}", folder.path().join("t.db").display()))
            .await
            .expect("a product");
        let new = app::NewUser {
            login: "lin".to_owned(),
            name: "林".to_owned(),
            role: domain::Role::Agent,
            team: None,
            language: domain::Language::Chinese,
            password: "correct horse".to_owned(),
        };
        app.create_user(new).await.expect("an account");
        let request = wire::session::LoginRequest {
            login: "lin".to_owned(),
            password: "correct horse".to_owned(),
            code: None,
        };
        let cookie = app.login(&request, "").await.expect("a session").cookie;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let addr = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn({
            let app = app.clone();
            async move {
                serve_on(listener, &app, RateOptions::NONE, Extras::default(), async {
                    stopped.await.unwrap_or_default()
                })
                .await
            }
        });
        let (_, health) = ask(
            addr,
            "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        )
        .await;
        assert!(health.starts_with("HTTP/1.1 200"), "{health}");
        let follow =
            format!("GET /api/v1/events HTTP/1.1\r\nhost: x\r\ncookie: tingsu_session={cookie}\r\n\r\n");
        let (_stream, head) = ask(addr, &follow).await;
        assert!(head.contains("text/event-stream"), "{head}");
        let start = Instant::now();
        stop.send(()).expect("it still serves");
        serving.await.expect("no panic");
        assert!(
            start.elapsed() < Duration::from_secs(3),
            "it took {:?}",
            start.elapsed()
        );
        app.store().close().await;
    }
}
