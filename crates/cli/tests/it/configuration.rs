//! Settings by flag, environment, file and default, in this order; and what deploy/ brings.

use std::process::{Command, Stdio};

use crate::tool::{command, file, run};

fn told(arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let mut doctor = command(&[&["doctor"], arguments].concat());
    let output = doctor
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    text
}

#[test]
fn the_doctor_tells_what_holds_and_why() {
    let (_folder, path) = file(
        "t.toml",
        "addr = \"127.0.0.1:7001\"\nrate_per_minute = 7\ntrust_proxy = true\n",
    );
    let of_file = told(&["--config", &path], &[]);
    assert!(
        of_file.contains(&format!("set     addr = 127.0.0.1:7001  (file {path})")),
        "{of_file}"
    );
    assert!(
        of_file.contains(&format!("set     trust_proxy = true  (file {path})")),
        "{of_file}"
    );
    assert!(
        of_file.contains("set     logins_per_minute = 60  (default)"),
        "{of_file}"
    );
    let variables = [
        ("TINGSU_ADDR", "127.0.0.1:7002"),
        ("TINGSU_CONFIG", path.as_str()),
    ];
    let of_environment = told(&[], &variables);
    assert!(
        of_environment.contains("set     addr = 127.0.0.1:7002  (environment, TINGSU_ADDR)"),
        "{of_environment}"
    );
    assert!(
        of_environment.contains("set     rate_per_minute = 7  (file"),
        "{of_environment}"
    );
    let of_flag = told(&["--addr", "127.0.0.1:7003"], &variables);
    assert!(
        of_flag.contains("set     addr = 127.0.0.1:7003  (flag)"),
        "{of_flag}"
    );
    let secret = told(&[], &[("TINGSU_DATABASE", "sqlite://nowhere/t.db")]);
    assert!(
        secret.contains("database = sqlite://nowhere/t.db  (environment"),
        "{secret}"
    );
}

#[test]
fn a_file_with_a_mistake_is_refused_by_name() {
    let (_folder, path) = file("t.toml", "adress = \"127.0.0.1:7001\"\n");
    let refused = run(&["doctor", "--config", &path], "");
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("there is no setting adress"),
        "{}",
        refused.err
    );
    let missing = run(&["serve", "--config", "/no/such/file.toml"], "");
    assert_eq!(missing.code, 2, "{}", missing.err);
    let (_folder, wrong) = file("t.toml", "rate_per_minute = \"many\"\n");
    assert_eq!(run(&["doctor", "--config", &wrong], "").code, 2);
}

const DEPLOY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy");

#[test]
fn the_example_of_deploy_is_understood() {
    let path = format!("{DEPLOY}/tingsu.toml");
    let (_folder, database) = file("t.db", "");
    let words = told(
        &[
            "--config",
            &path,
            "--database",
            &format!("sqlite://{database}.new"),
        ],
        &[],
    );
    assert!(
        words.contains(&format!("set     log_json = true  (file {path})")),
        "{words}"
    );
}

#[test]
fn the_unit_of_deploy_is_one_that_systemd_understands() {
    let verify = Command::new("systemd-analyze")
        .args(["verify", "--man=no", &format!("{DEPLOY}/tingsu.service")])
        .output();
    let Ok(verify) = verify else {
        eprintln!("skipped: systemd-analyze is not on the PATH");
        return;
    };
    let words = String::from_utf8_lossy(&verify.stderr).into_owned();
    // The program is not installed where the unit will find it.
    let complaints: Vec<&str> = words
        .lines()
        .filter(|line| line.contains("tingsu.service") && !line.contains("is not executable"))
        .collect();
    assert!(complaints.is_empty(), "{words}");
}

/// What the container file copies is there, what it sets are settings, its compiler is ours, and what it runs is ours.
#[test]
fn the_container_file_of_deploy_fits_what_is_here() {
    let root = std::path::Path::new(DEPLOY).parent().unwrap();
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let words = read("deploy/Containerfile");
    let lines = || words.lines().map(str::trim);
    let mut copied = Vec::new();
    for line in lines().filter(|line| line.starts_with("COPY ") && !line.contains("--from=")) {
        let names: Vec<&str> = line.split_whitespace().skip(1).collect();
        copied.extend(names[..names.len() - 1].iter().map(|name| (*name).to_owned()));
    }
    assert!(copied.len() >= 4, "{copied:?}");
    for name in &copied {
        assert!(root.join(name).exists(), "{name} is not there to be copied");
    }
    let manifest = read("Cargo.toml");
    let compiler = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = "))
        .unwrap()
        .trim_matches('"');
    assert!(
        words.contains(&format!("rust:{compiler}-")),
        "{compiler} is needed"
    );
    let variables: Vec<(&str, &str)> = lines()
        .filter_map(|line| line.strip_prefix("ENV "))
        .flat_map(str::split_whitespace)
        .filter_map(|pair| pair.split_once('='))
        .collect();
    let (_folder, database) = file("t.db", "");
    let database = format!("sqlite://{database}.new");
    let config = format!("{DEPLOY}/tingsu.toml");
    assert!(words.contains("COPY deploy/tingsu.toml /etc/tingsu/tingsu.toml"));
    assert!(words.contains(r#"CMD ["serve", "--config", "/etc/tingsu/tingsu.toml"]"#));
    let shown = told(&["--config", &config, "--database", &database], &variables);
    assert!(!variables.is_empty());
    for (name, _) in variables {
        assert!(
            shown.contains(&format!("(environment, {name})")),
            "{name} is no setting: {shown}"
        );
    }
}
