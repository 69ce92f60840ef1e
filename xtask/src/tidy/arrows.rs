//! Which crate may depend on which: the floors of the house.

use super::SourceFile;

/// Each crate with the crates of the workspace it may depend on.
const FLOORS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("text", &["domain"]),
    ("analysis", &["domain", "text"]),
    ("playbook", &["domain", "text"]),
    ("desk", &["domain"]),
    ("insight", &["domain"]),
    ("store", &["domain"]),
    ("channels", &["domain", "text"]),
    ("wire", &["domain"]),
    (
        "app",
        &[
            "domain", "text", "analysis", "playbook", "desk", "insight", "store", "channels", "wire",
        ],
    ),
    ("server", &["domain", "app", "wire"]),
    (
        "cli",
        &[
            "domain", "text", "analysis", "playbook", "insight", "channels", "wire", "app", "server",
        ],
    ),
];

pub(super) fn find_breaches(files: &[SourceFile]) -> Vec<String> {
    let mut breaches = Vec::new();
    for (name, allowed) in FLOORS {
        let manifest = format!("crates/{name}/Cargo.toml");
        let Some(file) = files.iter().find(|file| file.path == manifest) else {
            continue;
        };
        for dependency in dependencies(&file.text) {
            let is_ours = FLOORS.iter().any(|(crate_name, _)| *crate_name == dependency);
            if is_ours && !allowed.contains(&dependency) {
                breaches.push(format!("{manifest}: {name} may not depend on {dependency}"));
            }
            if *name == "domain" {
                breaches.push(format!(
                    "{manifest}: domain depends on nothing, not on {dependency}"
                ));
            }
        }
    }
    breaches
}

/// The names under `[dependencies]`; what tests alone use is free.
fn dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    let body = manifest.split("[dependencies]").nth(1).unwrap_or_default();
    body.lines()
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
}
