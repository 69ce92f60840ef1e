//! The engine at its border: text in, findings with quotes out; training and evaluation from files.

use analysis::training::{DataFile, Recipe, train};
use analysis::{Engine, EngineOptions, correct, read_labeled};
use domain::{
    Analysis, Cause, Channel, Complaint, Doubt, FacetValue, Finding, Motive, Psychology, Risk, Span, Stance,
    Subject,
};
use proptest::prelude::*;
use tingsu_analysis as analysis;

const AUTHORED_DEV: &str = include_str!("../../../corpus/authored/dev.jsonl");
const AUTHORED_TRAIN: &str = include_str!("../../../corpus/authored/train.jsonl");

fn engine() -> &'static Engine {
    static ENGINE: std::sync::OnceLock<Engine> = std::sync::OnceLock::new();
    ENGINE.get_or_init(Engine::default_model)
}

fn read(text: &str) -> Analysis {
    engine().analyze(&Complaint::new(text, Channel::Chat))
}

fn quotes<V: domain::Evidenced>(findings: &[Finding<V>], value: V) -> Vec<String> {
    let found = findings.iter().filter(|finding| finding.value() == value);
    found
        .flat_map(|finding| finding.quotes())
        .map(|quote| quote.words().to_owned())
        .collect()
}

#[test]
fn a_demand_with_a_threat_is_read_with_its_quotes() {
    let analysis = read("我要退款,还要赔偿!态度太差,再不处理我就曝光");
    assert!(analysis.complaint.value());
    assert_eq!(analysis.psychology.primary.value(), Psychology::Redress);
    let shown: Vec<&str> = analysis
        .psychology
        .primary
        .quotes()
        .iter()
        .map(|quote| quote.words())
        .collect();
    assert!(
        shown.contains(&"我要退款") && shown.contains(&"还要赔偿"),
        "{shown:?}"
    );
    assert_eq!(quotes(&analysis.motives, Motive::Refund), ["我要退款"]);
    assert_eq!(quotes(&analysis.motives, Motive::Compensation), ["还要赔偿"]);
    assert_eq!(quotes(&analysis.subjects, Subject::Attitude), ["态度太差"]);
    assert!(quotes(&analysis.risks, Risk::Exposure).concat().contains("曝光"));
    assert_eq!(analysis.stance.value, Stance::Bargain);
}

#[test]
fn quotes_come_home_to_the_original() {
    let text = "態度太差！！！我要退款１００元😡😡";
    let analysis = read(text);
    let quote = &analysis.psychology.primary.quotes()[0];
    let chars: Vec<char> = text.chars().collect();
    let Span { start, end } = quote.span();
    let slice: String = chars[start as usize..end as usize].iter().collect();
    assert_eq!(slice, quote.words());
}

#[test]
fn a_danger_told_lightly_is_a_complaint() {
    for text in [
        "充着充着冒烟了！！还好没在床上，A2307，我已经拍了视频。",
        "耳机充电时冒火了，幸好人在旁边，也没烧到啥，谢谢",
        "插排冒火花，我换了一个，现在没事了",
    ] {
        let analysis = read(text);
        assert!(analysis.complaint.value(), "{text}");
        assert!(
            analysis.risks.iter().any(|risk| risk.value() == Risk::Safety),
            "{text}"
        );
    }
    assert!(!read("充电宝没有鼓包，挺好的").complaint.value());
}

#[test]
fn a_promise_and_what_came_of_it_are_paired() {
    let analysis = read("客服说好三天到账,结果到现在半个月了一分钱没见着");
    let words = |quote: &Option<domain::Quote>| quote.as_ref().map(|quote| quote.words().to_owned());
    assert_eq!(words(&analysis.expectation.expected).as_deref(), Some("三天到账"));
    assert_eq!(
        words(&analysis.expectation.received).as_deref(),
        Some("到现在半个月了一分钱没见着")
    );
    assert_eq!(analysis.expectation.promises[0].by, "客服");
}

#[test]
fn odd_text_is_doubted_not_refused() {
    let blank = read(" \u{200B}\n");
    assert_eq!(blank.doubts, [Doubt::Empty]);
    assert!(!blank.complaint.value() && blank.psychology.primary.value() == Psychology::None);
    assert!(
        read("hello there, my parcel 一直没到 never came")
            .doubts
            .contains(&Doubt::MixedLanguage)
    );
    let long = read(&"快递三天没到,客服不理人。".repeat(30_000));
    assert!(long.doubts.contains(&Doubt::VeryLong));
}

#[test]
fn a_correction_stands_and_needs_follow_it() {
    let text = "我要退款,态度太差";
    let corrected = correct(
        &read(text),
        text,
        &[
            FacetValue::Psychology(Psychology::Respect, None),
            FacetValue::Causes(vec![Cause::Unheard]),
        ],
    );
    assert_eq!(corrected.psychology.primary.value(), Psychology::Respect);
    assert_eq!(corrected.psychology.primary.quotes()[0].words(), "态度太差");
    assert!(corrected.needs.basic.contains(&domain::BasicNeed::Respected));
    assert_eq!(corrected.causes[0].value(), Cause::Unheard);
}

#[test]
fn the_default_model_reads_the_authored_dev_set_as_well_as_its_floor() {
    let (texts, errors) = read_labeled(AUTHORED_DEV);
    assert!(errors.is_empty());
    let report = engine().evaluate(&texts, 7);
    let floors = [
        ("c", 0.942),
        ("psy", 0.618),
        ("emo", 0.695),
        ("int", 0.627),
        ("nat", 0.709),
        ("stn", 0.559),
        ("typ", 0.700),
        ("sub", 0.533),
        ("mot", 0.502),
        ("cau", 0.505),
        ("risk", 0.506),
    ];
    for (key, floor) in floors {
        let facet = report
            .facets
            .iter()
            .find(|facet| facet.key == key)
            .expect("every facet is labeled");
        let reached = facet.micro_f1.score;
        assert!(reached >= floor, "{key}: {reached:.3} < {floor}");
        for value in facet.values.iter().filter(|value| value.texts >= 10) {
            assert!(
                value.recall >= 0.25,
                "{key} {}: recall {:.2}",
                value.key,
                value.recall
            );
        }
    }
}

#[test]
fn training_gives_the_same_bytes_on_one_thread_and_on_two() {
    let lines: Vec<&str> = AUTHORED_TRAIN.lines().take(160).collect();
    let bytes = lines.join("\n").into_bytes();
    let files = [DataFile {
        name: "some.jsonl".to_owned(),
        bytes: &bytes,
    }];
    let recipe = Recipe {
        bits: 12,
        rounds: 15,
        ..Recipe::direct()
    };
    let one = train("tiny", &files, &recipe, 1).expect("enough texts");
    let two = train("tiny", &files, &recipe, 2).expect("enough texts");
    assert_eq!(one.manifest, two.manifest);
    assert_eq!(one.bytes, two.bytes);
    let engine = Engine::load(EngineOptions {
        direct: &one.bytes,
        public: None,
        english: None,
        talk: None,
    })
    .expect("a model just made");
    assert_eq!(
        engine.version(),
        format!("tingsu {} / model tiny", env!("CARGO_PKG_VERSION"))
    );
    assert!(train("none", &[], &recipe, 1).is_err());
}

fn spans_hold<V: domain::Evidenced>(text: &str, findings: &[Finding<V>]) -> bool {
    let quotes = findings.iter().flat_map(Finding::quotes);
    quotes
        .into_iter()
        .all(|quote| quote.span().slice(text) == Some(quote.words()))
}

proptest! {
    #[test]
    fn any_text_gives_an_analysis(text in any::<String>()) {
        let analysis = read(&text);
        prop_assert!(spans_hold(&text, &analysis.motives) && spans_hold(&text, &analysis.risks));
        prop_assert!(spans_hold(&text, std::slice::from_ref(&analysis.psychology.primary)));
    }

    #[test]
    fn any_mix_of_complaint_words_gives_an_analysis(text in "[退款赔偿态度差我要!，。\\n 说好结果0-9a-z😡\u{200D}]{0,60}") {
        let analysis = read(&text);
        prop_assert!(spans_hold(&text, std::slice::from_ref(&analysis.emotion.stage)));
        prop_assert!(spans_hold(&text, &analysis.causes) && spans_hold(&text, &analysis.subjects));
    }
}

#[test]
fn each_sentence_of_a_mixed_text_is_read_in_its_language() {
    let text = "客服态度太差了,问三次没人理。I want a full refund and an apology from the manager. 再不处理我就打12315投诉!";
    let analysis = read(text);
    let of = |start: &str| {
        analysis
            .subjects
            .iter()
            .find(|finding| finding.quotes()[0].words().starts_with(start))
    };
    assert!(
        analysis.complaint.value() && of("客服态度太差").is_some(),
        "{:?}",
        analysis.subjects
    );
    assert!(
        !quotes(&analysis.risks, Risk::Regulator).is_empty(),
        "{:?}",
        analysis.risks
    );
    let english = quotes(&analysis.motives, Motive::Refund).concat();
    assert!(english.contains("refund"), "{:?}", analysis.motives);
    let alone = read("I want a full refund and an apology from the manager.");
    for motive in &alone.motives {
        assert!(
            analysis
                .motives
                .iter()
                .any(|finding| finding.value() == motive.value())
        );
    }
}
