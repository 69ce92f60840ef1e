//! A PostgreSQL server for the tests: found or installed, on a free port, in a folder that vanishes with it.

use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::needs;

/// Brings the newest server of the distribution.
const PACKAGE: &str = "postgresql";
/// Where Debian and its kin put the servers, one folder per version.
const SERVERS: &str = "/usr/lib/postgresql";
/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// Who runs the server when we are root, which PostgreSQL refuses to run as; the first that exists.
const USERS: &[&str] = &["postgres", "nobody"];

/// A running server; stops when dropped.
pub(crate) struct Postgres {
    programs: Programs,
    folder: PathBuf,
    server: Child,
    url: String,
}

impl Postgres {
    /// Makes a fresh cluster and starts it; what it stores need not outlive the machine.
    pub(crate) fn start() -> Result<Self> {
        Self::start_as(false)
    }

    /// As [`Postgres::start`], but a commit is on the disk before it is answered.
    pub(crate) fn start_durable() -> Result<Self> {
        Self::start_as(true)
    }

    fn start_as(durable: bool) -> Result<Self> {
        let programs = Programs {
            folder: find_or_install()?,
            user: unprivileged_user()?,
        };
        let folder = std::env::temp_dir().join(format!("tingsu-postgres-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o700))?;
        if let Some((user, group)) = programs.user {
            chown(&folder, Some(user), Some(group))?;
        }
        // The C.UTF-8 locale orders by code point, as SQLite does, and exists everywhere.
        let options = [
            "--pgdata=data",
            "--locale=C.UTF-8",
            "--encoding=UTF8",
            "--username=postgres",
            "--auth=trust",
        ];
        let made = programs
            .command("initdb", &folder)
            .args(options)
            .arg("--no-sync")
            .output()?;
        if !made.status.success() {
            bail!("initdb failed: {}", String::from_utf8_lossy(&made.stderr));
        }
        let port = free_port()?;
        let server = start_server(&programs, &folder, port, durable)?;
        let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        let mut postgres = Self {
            programs,
            folder,
            server,
            url,
        };
        postgres.wait(port)?;
        println!("· PostgreSQL listens on port {port}");
        Ok(postgres)
    }

    /// The address of a database whose user may make others.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    fn wait(&mut self, port: u16) -> Result<()> {
        let started = Instant::now();
        loop {
            let port = port.to_string();
            let mut ask = self.programs.command("pg_isready", &self.folder);
            let answer = ask
                .args(["--quiet", "--host=127.0.0.1", "--port", &port])
                .status()?;
            if answer.success() {
                return Ok(());
            }
            if self.server.try_wait()?.is_some() || started.elapsed() > PATIENCE {
                let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                bail!("PostgreSQL does not start:\n{log}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let mut stop = self.programs.command("pg_ctl", &self.folder);
        let stop = stop
            .args(["stop", "--pgdata=data", "--mode=immediate", "--wait"])
            .stdout(Stdio::null());
        if !stop.status().is_ok_and(|status| status.success()) {
            // Whatever went wrong, the process we started must not stay behind.
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The programs of one PostgreSQL version, and the user and group they run as when not as ours.
struct Programs {
    folder: PathBuf,
    user: Option<(u32, u32)>,
}

impl Programs {
    /// A program that will run in `folder`.
    fn command(&self, program: &str, folder: &Path) -> Command {
        let mut command = Command::new(self.folder.join(program));
        command
            .current_dir(folder)
            .env_remove("PGDATA")
            .env_remove("PGPORT");
        if let Some((user, group)) = self.user {
            command.gid(group).uid(user);
        }
        command
    }
}

fn start_server(programs: &Programs, folder: &Path, port: u16, durable: bool) -> Result<Child> {
    let log = std::fs::File::create(folder.join("log"))?;
    let port = format!("port={port}");
    let sockets = format!("unix_socket_directories={}", folder.display());
    // What the tests store is thrown away, so nothing has to reach the disk.
    let fsync = if durable { "fsync=on" } else { "fsync=off" };
    let settings = [
        fsync,
        "listen_addresses=127.0.0.1",
        "max_connections=300",
        &port,
        &sockets,
    ];
    let mut command = programs.command("postgres", folder);
    command
        .args(["-D", "data"])
        .args(settings.iter().flat_map(|setting| ["-c", setting]));
    command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    command.spawn().context("cannot start postgres")
}

fn find_or_install() -> Result<PathBuf> {
    if let Some(folder) = find_programs() {
        return Ok(folder);
    }
    needs::install(&[PACKAGE])?;
    find_programs().with_context(|| format!("initdb is still missing after installing {PACKAGE}"))
}

/// The folder of the newest server there is.
fn find_programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir(SERVERS).into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| {
            Some((
                entry.file_name().to_str()?.parse::<u32>().ok()?,
                entry.path().join("bin"),
            ))
        })
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .max();
    let on_path = || Some(needs::find("initdb")?.parent()?.to_owned());
    newest.map(|(_, folder)| folder).or_else(on_path)
}

/// The user and group for the server when we are root; nothing when we are not.
fn unprivileged_user() -> Result<Option<(u32, u32)>> {
    if !needs::is_root() {
        return Ok(None);
    }
    let users = std::fs::read_to_string("/etc/passwd").context("cannot read /etc/passwd")?;
    let entry = |name: &&str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut numbers = line.split(':').skip(2).map(str::parse::<u32>);
        Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
    };
    match USERS.iter().find_map(entry) {
        Some(user) => Ok(Some(user)),
        None => bail!(
            "PostgreSQL must not run as root, and there is neither of the users {}",
            USERS.join(", ")
        ),
    }
}

/// A port nobody listens on.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
