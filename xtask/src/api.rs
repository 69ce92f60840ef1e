//! schemathesis over the whole API: a real server with demo data, every operation of its description, no failure.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result};

use crate::{
    python::{Package, target_folder},
    run, shell,
};

const SCHEMATHESIS: Package = Package {
    name: "schemathesis",
    version: "4.32.5",
};
/// Where configuration and sign-in are.
const FOLDER: &str = "xtask/schemathesis";
/// Streams that never end, which a client that waits for the end cannot try; `crates/server/tests/it/live.rs` does.
const STREAMS: [&str; 2] = ["/api/v1/events", "/api/v1/conversations/{id}/events"];

/// How thoroughly.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Depth {
    /// As in every `make test`.
    Short,
    /// As in `cargo xtask long`.
    Deep,
}

impl Depth {
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Short => &["--phases", "examples,coverage"],
            Self::Deep => &["--max-examples", "200", "--max-time", "1800"],
        }
    }
}

/// Tries the API; without a network the short try says that it was skipped, and the deep one fails.
pub(crate) fn try_api(depth: Depth) -> Result<()> {
    let target = target_folder();
    let program = match SCHEMATHESIS.find_or_install() {
        Ok(program) => program,
        Err(error) if depth == Depth::Short => {
            println!("SKIPPED: the API was not tried, since schemathesis could not be installed: {error:#}");
            println!(
                "It comes from PyPI and needs Python 3.11; with both, or with it in target/schemathesis, this runs."
            );
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let binary = run::build_binary(false)?;
    let folder = target.join("api-tried");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    let server = Served::start(&binary, &folder)?;
    let description = folder.join("openapi.json");
    std::fs::write(
        &description,
        shell::output(&mut shell::command("", &binary.to_string_lossy(), &["openapi"]))?,
    )?;
    let config = shell::root().join(FOLDER);
    let mut tried = Command::new(program);
    tried
        .current_dir(&folder)
        .arg("--config-file")
        .arg(config.join("schemathesis.toml"))
        .arg("run")
        .arg(&description)
        .args(["--url", &server.url, "--no-color", "--workers", "2"])
        .args(depth.arguments())
        .env("PYTHONPATH", &config)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("TINGSU_API", format!("{}/api/v1", server.url))
        .env("TINGSU_LOGIN", "admin")
        .env("TINGSU_PASSWORD", "tingsu-demo");
    for stream in STREAMS {
        tried.args(["--exclude-path", stream]);
    }
    shell::run(&mut tried)
}

/// A server with demo data on a free port; stops when dropped.
struct Served {
    process: Child,
    url: String,
}

impl Served {
    fn start(binary: &Path, folder: &Path) -> Result<Self> {
        let database = format!("sqlite://{}", folder.join("tingsu.db").display());
        let log = std::fs::File::create(folder.join("server.log"))?;
        let mut process = Command::new(binary)
            .args([
                "serve",
                "--demo",
                "--addr",
                "127.0.0.1:0",
                "--database",
                &database,
            ])
            .args(["--rate-per-minute", "0", "--logins-per-minute", "0"])
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .context("the server did not start")?;
        let output = process.stdout.take().context("the server has no output")?;
        let mut lines = BufReader::new(output).lines();
        let line = lines.next().context("the server ended before it listened")??;
        // What else it says is read to its end, so that it never waits for a reader.
        std::thread::spawn(move || lines.map_while(std::io::Result::ok).for_each(drop));
        let url = line.split_whitespace().find(|word| word.starts_with("http://"));
        let url = url.with_context(|| format!("no address in: {line}"))?.to_owned();
        Ok(Self { process, url })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Nothing can be done about a server that has ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
