//! Measuring beside the peers: ratios of one run, never figures of two.

use anyhow::Result;

use crate::{load, run, shell};

/// Measures lists, searches and counts over many cases: those of a database that is there, or as many as wanted.
pub(crate) fn measure_store(arguments: &[String]) -> Result<()> {
    let mut bench = shell::command("", "cargo", &["bench", "--quiet", "--package", "tingsu-store"]);
    let value = |name: &str| {
        let place = arguments.iter().position(|word| word == name)?;
        arguments.get(place + 1)
    };
    for (name, variable) in [
        ("--cases", "TINGSU_BENCH_CASES"),
        ("--database", "TINGSU_BENCH_DATABASE"),
    ] {
        if let Some(value) = value(name) {
            bench.env(variable, value);
        }
    }
    shell::run(&mut bench)
}

/// Measures what insight promises: 2,000 series of five years scanned, a million customers fitted, and the memory of both.
fn measure_insight() -> Result<()> {
    for example in ["scan_speed", "fit_speed"] {
        let arguments = [
            "run",
            "--quiet",
            "--release",
            "--package",
            "tingsu-insight",
            "--example",
            example,
        ];
        shell::run(&mut shell::command("", "cargo", &arguments))?;
    }
    Ok(())
}

/// Runs the benchmark script of `evals/peers` with the release build; with `insight`, its measurement alone.
pub(crate) fn run_all(arguments: &[String]) -> Result<()> {
    if arguments.first().is_some_and(|word| word == "insight") {
        return measure_insight();
    }
    run::build_web()?;
    let binary = run::build_binary(true)?;
    let script = "evals/peers/bench.py";
    let mut bench = shell::command("", "python3", &[script, "--binary", &binary.to_string_lossy()]);
    shell::run(bench.args(arguments))?;
    shell::stage("clocks of open cases", || {
        shell::run(&mut shell::command(
            "",
            "cargo",
            &["bench", "--package", "tingsu-app", "--bench", "clock"],
        ))
    })?;
    shell::stage("durable intakes over HTTP", || load::measure_intakes(&binary))?;
    shell::stage("insight", measure_insight)?;
    shell::stage("intakes of other desks", || {
        shell::run(&mut shell::command("", "python3", &["evals/peers/intakes.py"]))
    })
}
