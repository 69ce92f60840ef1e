//! One record as one line of JSON, in the shape of the contract.

use std::collections::BTreeMap;

use domain::Language;
use serde::Serialize;

use super::Analyzed;

#[derive(Serialize)]
struct Line<'r> {
    #[serde(flatten)]
    analysis: wire::Analysis,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    facets: BTreeMap<&'r str, FacetShape<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<wire::Plan>,
}

/// A facet of one's own.
#[derive(Serialize)]
struct FacetShape<'r> {
    value: &'r str,
    p: f64,
}

/// The line with its end.
pub(super) fn line_of(record: &Analyzed, language: Language) -> String {
    let facets = record.facets.iter().map(|(name, found)| {
        let shape = FacetShape {
            value: &found.value,
            p: wire::analysis::probability(found.p),
        };
        (name.as_str(), shape)
    });
    let line = Line {
        analysis: wire::Analysis::of(&record.analysis, Some(record.id.clone())),
        facets: facets.collect(),
        plan: record.plan.as_ref().map(|plan| wire::Plan::of(plan, language)),
    };
    let mut json = serde_json::to_string(&line).expect("wire shapes have string keys only");
    json.push('\n');
    json
}
