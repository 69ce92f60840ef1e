//! Pain points of range and policy as the command line shows them.

use domain::{Subject, Vocabulary};
use insight::Gap;
use insight::causes::{PainKind, PainPoint, ProductCase, find_pains};
use insight::outbreak::{Report, ReportSet};
use serde_json::{Value, json};

use super::show::{ShowArgs, percent, print_table};
use crate::exit::Failure;
use crate::output::say;

/// What files call the subject of prices, fees and rules, beside its own names.
const POLICY: [&str; 8] = ["价格", "收费", "费用", "规则", "条款", "资费", "price", "fees"];

/// Pain points with the reports that their places mean.
pub(super) struct Pains<'r> {
    reports: Vec<&'r Report>,
    found: Result<Vec<PainPoint>, Gap>,
}

impl<'r> Pains<'r> {
    /// Looks for them in the complaints up to a day.
    pub(super) fn find(set: &'r ReportSet, until: i32) -> Self {
        let place_of = |name: &str| set.dimensions.iter().position(|dimension| dimension == name);
        let Some(product) = place_of("product") else {
            return Self {
                reports: Vec::new(),
                found: Err(Gap::NotNamed),
            };
        };
        let topic = place_of("topic");
        let named = set.reports.iter().filter(|report| report.day <= until);
        let named = named.filter_map(|report| Some((report, report.values[product].as_deref()?)));
        let (reports, cases): (Vec<&Report>, Vec<ProductCase<'_>>) = named
            .map(|(report, product)| {
                let topic = topic.and_then(|topic| report.values[topic].as_deref());
                let case = ProductCase {
                    product,
                    policy: topic.is_some_and(is_policy),
                    text: &report.text,
                };
                (report, case)
            })
            .unzip();
        let found = find_pains(&cases);
        Self { reports, found }
    }

    /// Prints them as a table.
    pub(super) fn print(&self, show: &ShowArgs) -> Result<(), Failure> {
        let title = show.pick("规则与品类的痛点", "Pain points of rules and range");
        let found = match &self.found {
            Ok(found) if found.is_empty() => return self.tell(show, title, Gap::NothingFound),
            Ok(found) => found,
            Err(gap) => return self.tell(show, title, *gap),
        };
        let rows = found.iter().map(|one| {
            let words: Vec<&str> = one.phrases.iter().map(|phrase| phrase.words.as_str()).collect();
            let share = one.share.map_or_else(
                |gap| show.words(&gap.words()),
                |share| {
                    let [value, low, high] = [share.value(), share.low(), share.high()].map(percent);
                    format!("{value} [{low}, {high}]")
                },
            );
            vec![
                one.product.clone(),
                kind_words(show, one.kind),
                format!("{} / {}", one.cases.len(), one.of),
                share,
                percent(one.elsewhere),
                words.join(" / "),
            ]
        });
        let header = match show.language() {
            domain::Language::Chinese => ["产品", "痛点", "件数/全部", "占比 [95%]", "其他产品", "突出说法"],
            domain::Language::English => [
                "product",
                "pain",
                "cases/all",
                "share [95%]",
                "other products",
                "words",
            ],
        };
        print_table(title, &header, rows.collect())
    }

    fn tell(&self, show: &ShowArgs, title: &str, gap: Gap) -> Result<(), Failure> {
        let mark = show.pick("：", ": ");
        say(format!("{title}{mark}{}", show.words(&gap.words())))
    }

    /// As programs see them.
    pub(super) fn object(&self, show: &ShowArgs) -> Value {
        let found = match &self.found {
            Ok(found) => found,
            Err(gap) => return show.gap_json(*gap),
        };
        let one = |one: &PainPoint| {
            let cases = one.cases.iter().map(|place| self.reports[*place]);
            let ids: Vec<&str> = cases.clone().map(|report| report.id.as_str()).collect();
            let quotes: Vec<&str> = cases.take(2).map(|report| report.text.as_str()).collect();
            let words: Vec<&str> = one.phrases.iter().map(|phrase| phrase.words.as_str()).collect();
            json!({
                "product": one.product,
                "kind": one.kind.key(),
                "word": word_of(one.kind),
                "reports": one.cases.len(),
                "of": one.of,
                "share": show.figure_json(&one.share),
                "other_products": one.elsewhere,
                "corrected_p": one.adjusted,
                "words": words,
                "quotes": quotes,
                "cases": ids,
            })
        };
        found.iter().map(one).collect()
    }
}

fn is_policy(topic: &str) -> bool {
    Subject::from_word(topic) == Some(Subject::Policy) || POLICY.contains(&topic.trim())
}

fn word_of(kind: PainKind) -> Option<&'static str> {
    match kind {
        PainKind::Policy => None,
        PainKind::Range(word) => Some(word),
    }
}

fn kind_words(show: &ShowArgs, kind: PainKind) -> String {
    match kind {
        PainKind::Policy => show.pick("价格与规则", "prices and rules").to_owned(),
        PainKind::Range(word) => format!("{}{word}", show.pick("品类：", "range: ")),
    }
}
