//! Measuring beside the peers: ratios of one run, never figures of two.

use anyhow::Result;

use crate::{load, run, shell};

/// Runs the benchmark script of `evals/peers` with the release build.
pub(crate) fn run_all(arguments: &[String]) -> Result<()> {
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
    shell::stage("durable intakes over HTTP", || load::measure_intakes(&binary))
}
