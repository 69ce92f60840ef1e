//! Building the product and serving it.

use std::fs::File;
use std::path::PathBuf;
use std::time::SystemTime;

use anyhow::Result;

use crate::{needs, shell};

/// Builds web and server, then serves with demo data; the database lives under `var/`.
pub(crate) fn serve_demo(arguments: &[String]) -> Result<()> {
    needs::check_toolchains()?;
    build_web()?;
    let binary = build_binary(false)?;
    let folder = shell::root().join("var");
    std::fs::create_dir_all(&folder)?;
    let database = format!("sqlite://{}", folder.join("tingsu.db").display());
    let mut serve = shell::command(
        "",
        &binary.to_string_lossy(),
        &["serve", "--demo", "--database", &database],
    );
    shell::run(serve.args(arguments))
}

/// Fills a database with demo cases.
pub(crate) fn seed(arguments: &[String]) -> Result<()> {
    let binary = build_binary(true)?;
    shell::run(shell::command("", &binary.to_string_lossy(), &["seed"]).args(arguments))
}

/// Pictures of every page in four variants, for people to look at; names choose pages.
pub(crate) fn take_screenshots(names: &[String]) -> Result<()> {
    let chromium = needs::CHROMIUM.find_or_install()?;
    build_web()?;
    needs::install_node_packages("e2e")?;
    let binary = build_binary(false)?;
    let mut camera = shell::command("e2e", "node", &["screenshots.mjs"]);
    shell::run(
        camera
            .args(names)
            .env("TINGSU_BIN", binary)
            .env("CHROMIUM", chromium),
    )
}

/// Builds the web workbench into `web/dist`.
pub(crate) fn build_web() -> Result<()> {
    let was_there = shell::root().join("web/dist/index.html").exists();
    needs::install_node_packages("web")?;
    shell::run(&mut shell::command("web", "npm", &["run", "--silent", "build"]))?;
    if !was_there {
        // Cargo follows the files that were taken into the binary; of those that were not there before it knows nothing.
        let taking = shell::root().join("crates/server/src/routes/web.rs");
        File::options()
            .append(true)
            .open(taking)?
            .set_modified(SystemTime::now())?;
    }
    Ok(())
}

/// Builds the one binary and returns its path.
pub(crate) fn build_binary(release: bool) -> Result<PathBuf> {
    let mut build = shell::command("", "cargo", &["build", "--package", "tingsu"]);
    if release {
        build.arg("--release");
    }
    shell::run(&mut build)?;
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| shell::root().join("target"), PathBuf::from);
    Ok(target
        .join(if release { "release" } else { "debug" })
        .join("tingsu"))
}
