//! Running other programs, said aloud and with their failure named.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies in the workspace")
        .to_owned()
}

/// A command that will run in `folder` below the workspace.
pub(crate) fn command(folder: &str, program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root().join(folder));
    // Cargo tells this program about itself; passed on, crates whose build looks at it would be built anew each time.
    let ours = std::env::vars_os().map(|(name, _)| name).filter(|name| {
        let name = name.to_string_lossy();
        name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
    });
    ours.for_each(|name| {
        command.env_remove(name);
    });
    command
}

/// Runs a command and fails with its words when it fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let words = in_words(command);
    println!("· {words}");
    let status = command
        .status()
        .with_context(|| format!("cannot start {words}"))?;
    if !status.success() {
        bail!("{words} failed: {status}");
    }
    Ok(())
}

/// Runs a command and returns what it printed.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let words = in_words(command);
    let output = command
        .output()
        .with_context(|| format!("cannot start {words}"))?;
    if !output.status.success() {
        bail!(
            "{words} failed: {}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("{words} printed no UTF-8"))
}

/// Does one named stage and says how long it took.
pub(crate) fn stage(name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("\n── {name}");
    let started = Instant::now();
    work().with_context(|| format!("stage “{name}”"))?;
    println!("   {name}: {:.1} s", started.elapsed().as_secs_f64());
    Ok(())
}

fn in_words(command: &Command) -> String {
    let program = command.get_program().to_string_lossy().into_owned();
    let arguments = command
        .get_args()
        .map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once(program)
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}
