//! Insight beside its peers: pm4py reads our event log, R's surveillance looks for outbreaks in the same series.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::{needs, python::Package, run, shell};

/// The version that reads it.
const PM4PY: Package = Package {
    name: "pm4py",
    version: "2.7.23.11",
};
/// Cases of the demo story that are exported.
const CASES: &str = "400";

/// Both, each of which says when it skips because the peer's language is missing.
pub(crate) fn compare_all() -> Result<()> {
    shell::stage("the event log in pm4py", read_log)?;
    shell::stage("outbreaks in R's surveillance", find_outbreaks)
}

/// Every week's bound of R's own series; R comes with the distribution (`r-cran-surveillance`).
fn find_outbreaks() -> Result<()> {
    let asked = ["-e", "library(surveillance)"];
    let is_there = Command::new("Rscript")
        .args(asked)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !is_there {
        println!("SKIPPED: Rscript with surveillance is not here (Debian: r-cran-surveillance)");
        return Ok(());
    }
    let script = ["evals/peers/outbreaks.R"];
    let found = shell::output(&mut shell::command("", "Rscript", &script))?;
    let file = std::env::temp_dir().join(format!("tingsu-outbreaks-{}.jsonl", std::process::id()));
    std::fs::write(&file, found)?;
    let example = [
        "run",
        "--quiet",
        "--package",
        "tingsu-insight",
        "--example",
        "beside_r",
    ];
    let mut compare = shell::command("", "cargo", &example);
    let compared = shell::run(compare.stdin(std::fs::File::open(&file)?));
    let _ = std::fs::remove_file(&file);
    compared
}

/// Exports a demo story and has pm4py read it.
fn read_log() -> Result<()> {
    if needs::find("python3").is_none() {
        println!("SKIPPED: python3 is not on the PATH");
        return Ok(());
    }
    let python = PM4PY.find_or_install()?.with_file_name("python");
    let binary = run::build_binary(false)?;
    let folder = std::env::temp_dir().join(format!("tingsu-mining-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let compared = compare(&binary, &python, &folder);
    let _ = std::fs::remove_dir_all(&folder);
    compared
}

fn compare(binary: &Path, python: &Path, folder: &Path) -> Result<()> {
    let path = |name: &str| folder.join(name).display().to_string();
    let database = format!("sqlite://{}", path("demo.db"));
    let tingsu = |arguments: &[&str]| shell::command("", &binary.to_string_lossy(), arguments);
    shell::run(&mut tingsu(&["seed", "--database", &database, "--cases", CASES]))?;
    let to = folder.display().to_string();
    let extract = ["insight", "extract", "--database", &database, "--to", &to];
    shell::run(&mut tingsu(&extract))?;
    let (events, log) = (path("events.jsonl"), path("log.xes"));
    // Every variant is wanted, not only the usual ones.
    let process = ["insight", "process", &events, "--xes", &log, "--most", "1000000"];
    let found = shell::output(&mut tingsu(&process))?;
    if found.trim().is_empty() {
        bail!("tingsu insight process printed nothing");
    }
    std::fs::write(folder.join("found.json"), found)?;
    let mut read = Command::new(python);
    read.current_dir(shell::root());
    shell::run(read.args(["evals/peers/mining.py", &log, &path("found.json")]))
}
