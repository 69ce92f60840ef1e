//! Files that derive from the code: written by a command, and checked for drift by the same command.

use std::fmt::Write as _;

use anyhow::{Result, bail};
use domain::vocabulary::all_tables;

use crate::{needs, notices, run, samples, shell};

/// Writes every derived file, or with `check` fails when one of them differs.
pub(crate) fn write_all(check: bool) -> Result<()> {
    let binary = run::build_binary(false)?;
    let openapi = shell::output(&mut shell::command("", &binary.to_string_lossy(), &["openapi"]))?;
    put("openapi.json", &openapi, check)?;
    put("docs/GLOSSARY.md", &glossary(), check)?;
    needs::install_node_packages("web")?;
    let generate = [
        "--no-install",
        "openapi-typescript",
        "../openapi.json",
        "--root-types",
        "--root-types-no-schema-prefix",
    ];
    let types = shell::output(&mut shell::command("web", "npx", &generate))?;
    put("web/src/api/schema.d.ts", &types, check)?;
    samples::write(&binary, check)?;
    notices::write(check)
}

/// Writes a derived file, or with `check` fails when it differs.
pub(crate) fn put(path: &str, content: &str, check: bool) -> Result<()> {
    let file = shell::root().join(path);
    let present = std::fs::read_to_string(&file).unwrap_or_default();
    if present == content {
        return Ok(());
    }
    if check {
        bail!("{path} differs from what the code says; run `cargo xtask codegen` and read the change");
    }
    println!("wrote {path}");
    Ok(std::fs::write(file, content)?)
}

fn glossary() -> String {
    let mut page = String::from(
        "# Glossary\n\nEvery vocabulary of the product, made from the tables in `crates/domain/src/vocabulary/` by\n\
         `cargo xtask codegen`. The key is the wire and code name and never changes its meaning.\n",
    );
    for table in all_tables() {
        let heading = &table.heading;
        let _ = write!(
            page,
            "\n## {} {} · `{}` [{}]\n\n| key | 中文 | English | meaning | also called |\n| --- | --- | --- | --- | --- |\n",
            heading.zh, heading.en, heading.key, heading.row
        );
        for entry in table.entries {
            let _ = writeln!(
                page,
                "| `{}` | {} | {} | {}<br>{} | {} |",
                entry.key,
                entry.zh,
                entry.en,
                entry.meaning_zh,
                entry.meaning_en,
                entry.aliases.join(", ")
            );
        }
    }
    page
}
