//! How serious and how urgent a case is, from its facts, with reasons. Labels on the person are never read here.

use domain::{
    Bilingual, Case, Currency, DeadlineKind, DeadlineState, Nature, Priority, PromiseState, Severity,
    Vocabulary,
};

use crate::rules::{Grading, Rules};

/// The severity of a case from nature, money, risks, subject and channel, and the reasons, gravest first.
pub fn severity_of(case: &Case, rules: &Rules) -> (Severity, Vec<Bilingual>) {
    let grading = &rules.grading;
    let mut found = reasons(case, grading);
    found.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
    if found.is_empty() {
        let because = Bilingual::new("没有加重的情形", "Nothing makes it graver.");
        found.push((grading.base, because));
    }
    let severity = found
        .first()
        .map_or(grading.base, |(severity, _)| *severity)
        .max(grading.base);
    (severity, found.into_iter().map(|(_, because)| because).collect())
}

/// The priority of a case from its severity, risks and clocks. It never falls below what the case had already.
pub fn priority_of(case: &Case, severity: Severity, rules: &Rules) -> Priority {
    let grading = &rules.grading;
    let by_risk = case
        .analysis
        .risks
        .iter()
        .filter_map(|finding| grading.risks.get(&finding.value()));
    let by_clock = case.deadlines.iter().filter(|_| !case.state.is_final());
    let by_clock = by_clock.filter_map(|clock| grading.clocks.get(&(clock.kind, clock.state)));
    // A promise broken by the customer's own account weighs as one broken under the desk's clock.
    let broken = case
        .promises
        .iter()
        .any(|promise| promise.state == PromiseState::Broken);
    let by_promise = grading
        .clocks
        .get(&(DeadlineKind::Promise, DeadlineState::Breached));
    by_risk
        .map(|weight| weight.priority)
        .chain(by_clock.copied())
        .chain(by_promise.copied().filter(|_| broken && !case.state.is_final()))
        .chain([Priority::from_level(severity.level()), case.priority])
        .max()
        .expect("the chain holds two values at least")
}

fn reasons(case: &Case, grading: &Grading) -> Vec<(Severity, Bilingual)> {
    let mut found = Vec::new();
    let valid = case.analysis.nature.value() == Nature::Valid || case.valid == Some(true);
    if valid {
        let because = Bilingual::new(
            "指称企业有过失（有效投诉）",
            "A failing is alleged (valid complaint).",
        );
        found.push((grading.valid, because));
    }
    found.extend(by_money(case, grading));
    for finding in &case.analysis.risks {
        let Some(weight) = grading.risks.get(&finding.value()) else {
            continue;
        };
        let entry = finding.value().entry();
        let quote = finding
            .quotes()
            .first()
            .map_or(String::new(), |quote| format!("“{}”", quote.words()));
        let because = Bilingual::new(
            format!("风险：{}{quote}", entry.zh),
            format!(
                "Risk: {}{}{quote}.",
                entry.en.to_lowercase(),
                if quote.is_empty() { "" } else { " " }
            ),
        );
        found.push((weight.severity, because));
    }
    for finding in &case.analysis.subjects {
        let Some(severity) = grading.subjects.get(&finding.value()) else {
            continue;
        };
        let entry = finding.value().entry();
        let because = Bilingual::new(
            format!("投诉内容：{}", entry.zh),
            format!("Subject: {}.", entry.en),
        );
        found.push((*severity, because));
    }
    if let Some(severity) = grading.channels.get(&case.channel) {
        let entry = case.channel.entry();
        let because = Bilingual::new(
            format!("来源渠道：{}", entry.zh),
            format!("Channel: {}.", entry.en),
        );
        found.push((*severity, because));
    }
    found
}

fn by_money(case: &Case, grading: &Grading) -> Option<(Severity, Bilingual)> {
    let amount = case
        .analysis
        .largest_amount()
        .filter(|money| money.currency == Currency::CNY)?;
    let (threshold, severity) = grading.money.iter().rev().find(|(least, _)| amount >= *least)?;
    let because = Bilingual::new(
        format!(
            "涉及金额 {} 元，达到 {} 元",
            amount.decimal(),
            threshold.decimal()
        ),
        format!(
            "CNY {} is at stake, at least {}.",
            amount.decimal(),
            threshold.decimal()
        ),
    );
    Some((*severity, because))
}
