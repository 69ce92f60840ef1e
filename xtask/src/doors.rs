//! The features that the default build leaves out, tried: signing in at a provider of OpenID Connect, which comes from
//! PyPI, and traces to a collector, which the test is itself.

use anyhow::Result;

use crate::{needs, python::Package, shell};

const PROVIDER: Package = Package {
    name: "oidc-provider-mock",
    version: "0.3.4",
};
const FEATURES: [&str; 2] = ["--features", "oidc,otlp"];

/// Builds with both features, and runs what tries them and what reads the settings.
pub(crate) fn try_features() -> Result<()> {
    let provider = PROVIDER.find_or_install()?;
    let tested = ["--package", "tingsu", "--test", "it"];
    let (run, names): (&[&str], &[&str]) = match needs::find("cargo-nextest") {
        Some(_) => (&["nextest", "run"], &["doors::", "configuration::"]),
        None => (&["test"], &["--", "doors::", "configuration::"]),
    };
    let arguments = [run, &tested, &FEATURES, names].concat();
    shell::run(shell::command("", "cargo", &arguments).env("TINGSU_TEST_OIDC", provider))
}

/// Checks the code that only those builds have as strictly as all other.
pub(crate) fn check_features() -> Result<()> {
    let before = ["clippy", "--package", "tingsu", "--all-targets"];
    let arguments = [&before[..], &FEATURES, &["--", "-D", "warnings"]].concat();
    shell::run(&mut shell::command("", "cargo", &arguments))
}
