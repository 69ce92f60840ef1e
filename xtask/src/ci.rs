//! Everything a change must pass, in the order in which failures are cheapest to find.

use anyhow::Result;

use crate::postgres::Postgres;
use crate::{api, codegen, doors, needs, peers, run, scores, shell, stream, tidy};

/// All checks of `make test`.
pub(crate) fn run_all() -> Result<()> {
    needs::check_toolchains()?;
    if std::env::var_os("TINGSU_DATA").is_none() {
        println!(
            "TINGSU_DATA is not set: checks that need data outside the repository will say that they skip."
        );
    }
    shell::stage("format", || {
        shell::run(&mut shell::command("", "cargo", &["fmt", "--all", "--check"]))
    })?;
    shell::stage("tidy", tidy::check_house)?;
    shell::stage("web", check_web)?;
    shell::stage("lints", || {
        let arguments = [
            "clippy",
            "--workspace",
            "--all-targets",
            "--quiet",
            "--",
            "-D",
            "warnings",
        ];
        shell::run(&mut shell::command("", "cargo", &arguments))
    })?;
    let postgres = Postgres::start()?;
    shell::stage("tests on SQLite and PostgreSQL", || run_tests(&postgres, &[]))?;
    shell::stage("API, every operation", || api::try_api(api::Depth::Short))?;
    shell::stage("generated files", || codegen::write_all(true))?;
    shell::stage("scores", || scores::keep_scores(true))?;
    shell::stage("browser", || check_browser(&[], &[]))?;
    println!("\nall checks passed");
    Ok(())
}

/// The checks that take longer than a change can wait for.
pub(crate) fn run_long() -> Result<()> {
    let postgres = Postgres::start()?;
    shell::stage("property tests with many cases", || {
        run_tests(&postgres, &[("PROPTEST_CASES", "20000")])
    })?;
    shell::stage("API, deeply", || api::try_api(api::Depth::Deep))?;
    shell::stage("what the default build leaves out", || {
        doors::check_features()?;
        doors::try_features()
    })?;
    shell::stage("a thousand crash rounds", || {
        try_longer(&postgres, "tingsu", "crash::", ("TINGSU_CRASH_ROUNDS", "1000"))
    })?;
    shell::stage("an hour of work", || {
        try_longer(&postgres, "tingsu", "soak::", ("TINGSU_SOAK_MINUTES", "60"))
    })?;
    shell::stage("every reader, a hundred thousand broken inputs", || {
        try_much("tingsu-app", "it", "fuzz::", ("TINGSU_FUZZ_ROUNDS", "100000"))
    })?;
    shell::stage("a hundred million odd texts", || {
        try_much("tingsu-analysis", "odd", "", ("TINGSU_ODD_TEXTS", "100000000"))
    })?;
    shell::stage("ten gigabytes through a pipe", || {
        stream::check(&run::build_binary(true)?)
    })?;
    peers::compare_all()?;
    shell::stage("a hundred thousand cases", || {
        let database = std::env::temp_dir().join("tingsu-long.db");
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{suffix}", database.display()));
        }
        let url = format!("sqlite://{}", database.display());
        run::seed(&["--database", &url, "--cases", "100000"].map(String::from))
    })?;
    shell::stage("a thousand cases in one browser", || {
        check_browser(&["speed.test.mjs"], &[("TINGSU_LONG", "1")])
    })
}

/// Runs some tests of a package for as long as a variable says.
fn try_longer(postgres: &Postgres, package: &str, tests: &str, (name, value): (&str, &str)) -> Result<()> {
    let mut longer = match needs::find("cargo-nextest") {
        Some(_) => shell::command("", "cargo", &["nextest", "run", "--package", package, tests]),
        None => shell::command(
            "",
            "cargo",
            &["test", "--package", package, "--test", "it", tests],
        ),
    };
    shell::run(
        longer
            .env("TINGSU_TEST_POSTGRES", postgres.url())
            .env(name, value),
    )
}

/// Runs some tests of a package on as many inputs as a variable says, as quickly as the machine can.
fn try_much(package: &str, file: &str, tests: &str, (name, value): (&str, &str)) -> Result<()> {
    let arguments = ["test", "--release", "--package", package, "--test", file, tests];
    shell::run(shell::command("", "cargo", &arguments).env(name, value))
}

fn run_tests(postgres: &Postgres, variables: &[(&str, &str)]) -> Result<()> {
    needs::CURL.find_or_install()?;
    let mut tests = match needs::find("cargo-nextest") {
        Some(_) => shell::command("", "cargo", &["nextest", "run", "--workspace", "--no-fail-fast"]),
        None => shell::command("", "cargo", &["test", "--workspace", "--quiet", "--no-fail-fast"]),
    };
    tests
        .env("TINGSU_TEST_POSTGRES", postgres.url())
        .envs(variables.iter().copied());
    shell::run(&mut tests)
}

fn check_web() -> Result<()> {
    needs::install_node_packages("web")?;
    shell::run(&mut shell::command("web", "npm", &["run", "--silent", "check"]))?;
    run::build_web()
}

/// What measures time and weight has the machine for itself.
const ALONE: &str = "speed.test.mjs";

/// Walks through the workbench in a browser: all of it when no file is named, two files at a time.
fn check_browser(files: &[&str], variables: &[(&str, &str)]) -> Result<()> {
    let chromium = needs::CHROMIUM.find_or_install()?;
    needs::install_node_packages("e2e")?;
    let binary = run::build_binary(false)?;
    let walk = |files: &[String], at_once: &str| {
        let mut walk = shell::command("e2e", "npm", &["test", "--silent", "--", at_once]);
        walk.args(files).envs(variables.iter().copied());
        shell::run(walk.env("TINGSU_BIN", &binary).env("CHROMIUM", &chromium))
    };
    if files.is_empty() {
        walk(&walkthroughs()?, "--test-concurrency=2")?;
        return walk(&[ALONE.to_owned()], "--test-concurrency=1");
    }
    let named: Vec<String> = files.iter().map(|file| (*file).to_owned()).collect();
    walk(&named, "--test-concurrency=1")
}

/// The files of walkthroughs but the one that runs alone.
fn walkthroughs() -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(shell::root().join("e2e"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.mjs") && name != ALONE {
            files.push(name);
        }
    }
    files.sort();
    Ok(files)
}
