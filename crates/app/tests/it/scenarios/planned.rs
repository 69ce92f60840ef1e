//! What a plan must and must not hold, by the expectations of the playbook's own tests.

use std::sync::LazyLock;

use domain::Plan;

/// The moves of each scenario; the file belongs to the playbook, whose tests hold plans of readings made by hand to it.
static MOVES: LazyLock<toml::Table> = LazyLock::new(|| {
    include_str!("../../../../playbook/tests/scenarios.toml")
        .parse()
        .expect("valid TOML")
});

fn listed(id: &str, key: &str) -> Vec<String> {
    MOVES[id][key].clone().try_into().expect("a list of texts")
}

/// What the plan of a scenario lacks, or holds and must not.
pub fn plan_misses(id: &str, plan: &Plan) -> Vec<String> {
    let moves: Vec<&str> = plan
        .steps
        .iter()
        .flat_map(|step| step.moves.iter().map(String::as_str))
        .collect();
    let early: Vec<&String> = plan.steps.iter().take(2).flat_map(|step| &step.moves).collect();
    let told: Vec<&str> = plan
        .steps
        .iter()
        .flat_map(|step| step.dont.iter().chain([&step.act]))
        .map(|text| text.zh.as_str())
        .collect();
    let lacking = listed(id, "needed")
        .into_iter()
        .filter(|key| !moves.contains(&key.as_str()));
    let lacking = lacking.map(|key| format!("plan needs {key}"));
    let forbidden = listed(id, "forbidden")
        .into_iter()
        .filter(|key| moves.contains(&key.as_str()));
    let forbidden = forbidden.map(|key| format!("plan must not {key}"));
    let rushed = listed(id, "not_first")
        .into_iter()
        .filter(|key| early.contains(&key));
    let rushed = rushed.map(|key| format!("plan too early {key}"));
    let untold = listed(id, "words")
        .into_iter()
        .filter(|words| !told.iter().any(|text| text.contains(words)));
    let untold = untold.map(|words| format!("plan tells {words}"));
    lacking.chain(forbidden).chain(rushed).chain(untold).collect()
}
