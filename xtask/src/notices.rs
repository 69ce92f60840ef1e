//! The notices of third-party packages, read from what cargo and npm know of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{codegen, shell};

/// Writes THIRD-PARTY.md, or with `check` fails when it differs.
pub(crate) fn write(check: bool) -> Result<()> {
    let mut page = String::from(
        "# Third-party packages\n\nMade by `cargo xtask notices` from the lock files. Each package stays under its own license;\n\
         its text comes with the package's source.\n\n## Rust\n\n| package | license |\n| --- | --- |\n",
    );
    for (package, license) in rust_packages()? {
        let _ = writeln!(page, "| {package} | {license} |");
    }
    page.push_str("\n## Web workbench\n\n| package | license |\n| --- | --- |\n");
    for (package, license) in node_packages()? {
        let _ = writeln!(page, "| {package} | {license} |");
    }
    codegen::put("THIRD-PARTY.md", &page, check)
}

fn rust_packages() -> Result<BTreeSet<(String, String)>> {
    let arguments = [
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--filter-platform",
        "x86_64-unknown-linux-gnu",
    ];
    let metadata: Value =
        serde_json::from_str(&shell::output(&mut shell::command("", "cargo", &arguments))?)?;
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata lists packages")?;
    Ok(packages
        .iter()
        .filter(|package| !package["source"].is_null())
        .map(|package| {
            (
                format!("{} {}", word(&package["name"]), word(&package["version"])),
                word(&package["license"]),
            )
        })
        .collect())
}

fn node_packages() -> Result<BTreeSet<(String, String)>> {
    let lock: Value = serde_json::from_str(&std::fs::read_to_string(
        shell::root().join("web/package-lock.json"),
    )?)?;
    let packages = lock["packages"]
        .as_object()
        .context("package-lock.json lists packages")?;
    Ok(packages
        .iter()
        .filter(|(path, package)| !path.is_empty() && package["dev"] != Value::Bool(true))
        .map(|(path, package)| {
            let name = path.rsplit("node_modules/").next().unwrap_or(path);
            (
                format!("{name} {}", word(&package["version"])),
                word(&package["license"]),
            )
        })
        .collect())
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or("see its source").to_owned()
}
