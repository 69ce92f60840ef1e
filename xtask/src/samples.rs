//! The sample weekly reports of the documentation: made from demo data of a fixed day and seed.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::shell;

/// The end of the demo's story, and the last day of the reports.
const AT: &str = "2026-11-22T18:00:00+08:00";
const UNTIL: &str = "2026-11-22";
const CASES: &str = "1000";
const SEED: &str = "1";
/// An address that belongs to nobody, for the links.
const ADDRESS: &str = "https://desk.example";

/// Writes the reports, or with `check` fails when a page differs from what the code writes.
pub(crate) fn write(binary: &Path, check: bool) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("tingsu-samples-{}", std::process::id()));
    std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let written = write_into(&folder, binary, check);
    std::fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    written
}

fn write_into(folder: &Path, binary: &Path, check: bool) -> Result<()> {
    let binary = binary.to_string_lossy();
    let database = format!("sqlite://{}", folder.join("demo.db").display());
    let run = |arguments: &[&str]| shell::output(&mut shell::command("", &binary, arguments));
    run(&[
        "seed",
        "--database",
        &database,
        "--cases",
        CASES,
        "--at",
        AT,
        "--seed",
        SEED,
    ])?;
    for language in ["zh", "en"] {
        let to = folder.join(language);
        let to = to.to_string_lossy();
        run(&[
            "insight",
            "extract",
            "--database",
            &database,
            "--to",
            &to,
            "--language",
            language,
        ])?;
        let [html, pdf, xlsx] =
            ["html", "pdf", "xlsx"].map(|ending| format!("{to}/week-{language}.{ending}"));
        run(&[
            "insight",
            "report",
            &format!("{to}/cases.jsonl"),
            "--until",
            UNTIL,
            "--language",
            language,
            "--public-url",
            ADDRESS,
            "--html",
            &html,
            "--pdf",
            &pdf,
            "--xlsx",
            &xlsx,
        ])?;
        keep(&[html, pdf, xlsx], language, check)?;
    }
    Ok(())
}

/// Puts the files among the samples when the page has changed; the others hold the same statements and hold the day they
/// were made.
fn keep(made: &[String], language: &str, check: bool) -> Result<()> {
    let samples = shell::root().join("docs/samples");
    let page = format!("week-{language}.html");
    let new = std::fs::read(&made[0])?;
    if std::fs::read(samples.join(&page)).is_ok_and(|present| present == new) {
        return Ok(());
    }
    if check {
        bail!(
            "docs/samples/{page} differs from what the code writes; run `cargo xtask samples` and read the change"
        );
    }
    for file in made {
        let name = Path::new(file).file_name().context("a file has a name")?;
        std::fs::copy(file, samples.join(name))?;
        println!("wrote docs/samples/{}", name.to_string_lossy());
    }
    Ok(())
}
