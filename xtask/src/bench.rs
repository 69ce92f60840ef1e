//! Measuring beside the peers: ratios of one run, never figures of two.

use anyhow::Result;

use crate::{run, shell};

/// Runs the benchmark script of `evals/peers` with the release build.
pub(crate) fn run_all(arguments: &[String]) -> Result<()> {
    run::build_web()?;
    let binary = run::build_binary(true)?;
    let script = "evals/peers/bench.py";
    let mut bench = shell::command("", "python3", &[script, "--binary", &binary.to_string_lossy()]);
    shell::run(bench.args(arguments))
}
