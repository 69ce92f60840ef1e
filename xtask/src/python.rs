//! Programs of Python's package index: each in an environment of its own under the target folder, made once.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::{needs, shell};

/// A program that comes from PyPI.
pub(crate) struct Package {
    /// The package, and the program of the same name.
    pub(crate) name: &'static str,
    /// The version that its use was written for.
    pub(crate) version: &'static str,
}

/// Where builds and what they need lie.
pub(crate) fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| shell::root().join("target"), PathBuf::from)
}

impl Package {
    /// The program; installed when it is not there in this version.
    pub(crate) fn find_or_install(&self) -> Result<PathBuf> {
        let environment = target_folder().join(self.name);
        let program = environment.join("bin").join(self.name);
        let python = environment.join("bin/python");
        let (name, version) = (self.name, self.version);
        let wanted = format!("import importlib.metadata as m; assert m.version('{name}') == '{version}'");
        if runs(Command::new(&python).args(["-c", &wanted])) {
            return Ok(program);
        }
        if needs::find("python3").is_none() {
            bail!("python3 is not on the PATH; {name} needs Python 3.11 or later");
        }
        let is_new = "import sys; assert sys.version_info >= (3, 11)";
        if !runs(Command::new("python3").args(["-c", is_new])) {
            bail!("python3 is older than 3.11, which {name} needs");
        }
        let path = environment.to_string_lossy().into_owned();
        shell::run(&mut shell::command("", "python3", &["-m", "venv", &path]))?;
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        shell::run(pip.arg(format!("{name}=={version}")))?;
        Ok(program)
    }
}

fn runs(command: &mut Command) -> bool {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}
