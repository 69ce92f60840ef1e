//! The programs the product's own programs need: found, or installed where the machine allows it, or named.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::shell;

/// A program that must be there, with the Debian package that brings it.
pub(crate) struct Need {
    /// Names the program goes by.
    pub(crate) names: &'static [&'static str],
    /// Debian's packages that bring it.
    pub(crate) packages: &'static [&'static str],
}

/// Chromium for the walkthroughs, with glyphs for Chinese.
pub(crate) const CHROMIUM: Need = Need {
    names: &["chromium", "chromium-browser", "google-chrome"],
    packages: &["chromium", "fonts-noto-cjk"],
};

/// What the pages that say what to type use.
pub(crate) const CURL: Need = Need {
    names: &["curl"],
    packages: &["curl"],
};

/// The path of a program on the PATH.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

impl Need {
    /// The program's path; installs it with apt when that is possible.
    pub(crate) fn find_or_install(&self) -> Result<PathBuf> {
        if let Some(path) = self.find() {
            return Ok(path);
        }
        install(self.packages)?;
        match self.find() {
            Some(path) => Ok(path),
            None => bail!(
                "{} is still missing after installing {}",
                self.names[0],
                self.packages.join(" ")
            ),
        }
    }

    fn find(&self) -> Option<PathBuf> {
        self.names.iter().find_map(|name| find(name))
    }
}

/// Installs Debian packages, or names them when this user or this system cannot.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    let words = packages.join(" ");
    if find("apt-get").is_none() || !is_root() {
        bail!("missing packages: {words}. On Debian: sudo apt-get install {words}");
    }
    let apt = |arguments: &[&str]| {
        let mut command = shell::command("", "apt-get", arguments);
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdout(Stdio::null());
        shell::run(&mut command)
    };
    apt(&["update", "-qq"])?;
    let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
    arguments.extend_from_slice(packages);
    apt(&arguments)
}

/// Whether this process may install packages.
pub(crate) fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Names the tools a fresh machine must bring itself, all missing ones at once.
pub(crate) fn check_toolchains() -> Result<()> {
    let wanted = [
        ("cargo", "rustup or Debian's cargo"),
        ("node", "nodejs ≥ 20"),
        ("npm", "npm"),
        ("git", "git"),
        ("cc", "gcc"),
    ];
    let missing: Vec<String> = wanted
        .iter()
        .filter(|(program, _)| find(program).is_none())
        .map(|(program, package)| format!("{program} (comes with {package})"))
        .collect();
    if !missing.is_empty() {
        bail!("missing on the PATH: {}", missing.join(", "));
    }
    Ok(())
}

/// Installs the web packages of `folder` when the lock file is newer than what is installed.
pub(crate) fn install_node_packages(folder: &str) -> Result<()> {
    let base = shell::root().join(folder);
    let modified = |path: &Path| std::fs::metadata(path).and_then(|meta| meta.modified()).ok();
    let lock = modified(&base.join("package-lock.json"));
    if lock.is_some() && modified(&base.join("node_modules/.package-lock.json")) >= lock {
        return Ok(());
    }
    shell::run(&mut shell::command(
        folder,
        "npm",
        &["ci", "--no-audit", "--no-fund"],
    ))
}
