//! Reports of planted, quiet and odd data; never a number that is none.

use super::*;
use crate::outbreak::Report as Row;
use crate::report::{write_html, write_pdf, write_xlsx};
use domain::Language;
use proptest::prelude::*;

fn options(until: i32) -> ReportOptions {
    ReportOptions {
        until,
        days: 7,
        q: 0.05,
        method: MethodName::Auto,
    }
}

fn row(id: usize, day: i32, product: &str, batch: Option<&str>, text: &str) -> Row {
    Row {
        id: format!("C{id}"),
        day,
        values: vec![Some(product.into()), batch.map(str::to_owned)],
        text: text.into(),
    }
}

fn dimensions() -> Vec<String> {
    vec!["product".into(), "batch".into()]
}

#[test]
fn a_planted_defect_is_in_the_report_in_both_languages() {
    let mut rng = fastrand::Rng::with_seed(9);
    let mut rows = Vec::new();
    for day in 0..112 {
        for _ in 0..12 {
            let product = ["净水器", "扫地机", "充电宝"][rng.usize(0..3)];
            let batch = ["B1", "B2", "B3"][rng.usize(0..3)];
            let text = ["客服不理人", "送货太慢", "按键失灵"][rng.usize(0..3)];
            let named = (rng.u8(0..4) == 0).then_some(batch);
            rows.push(row(rows.len(), day, product, named, text));
        }
        for _ in 0..(day - 102).max(0) {
            let text = ["外壳鼓包，烫手", "鼓包了还冒烟", "外壳鼓包裂开"][rng.usize(0..3)];
            rows.push(row(rows.len(), day, "充电宝", Some("A2307"), text));
        }
    }
    let report = write_report(&ReportSet::new(dimensions(), rows), &options(111));
    let [outbreak, volume, words, defect, share] = &report.findings[..] else {
        panic!()
    };
    assert!(
        outbreak.headline.zh.contains("A2307") && outbreak.figure.unwrap().low() > 20.0,
        "{outbreak:?}"
    );
    assert!(volume.figure.unwrap().low() > 1.0, "{volume:?}");
    assert!(words.headline.zh.contains("鼓包"), "{words:?}");
    assert!(defect.headline.en.contains("A2307"), "{defect:?}");
    assert!(share.headline.zh.contains("充电宝"), "{share:?}");
    let page = write_html(&report.print("周报 <script>", 111, Language::Chinese));
    let printed = report.print("周报", 111, Language::Chinese);
    let pdf = write_pdf(&printed);
    assert!(
        pdf.starts_with(b"%PDF-1.7") && pdf.len() < 60_000,
        "{} bytes",
        pdf.len()
    );
    let book = write_xlsx(&printed).unwrap();
    assert!(book.starts_with(b"PK") && book == write_xlsx(&printed).unwrap());
    assert!(page.contains("&lt;script&gt;") && page.contains("lang=\"zh-CN\"") && page.contains("<svg"));
    assert!(write_html(&report.print("Weekly", 111, Language::English)).contains("Outbreak: "));
}

#[test]
fn without_data_there_are_reasons() {
    let report = write_report(&ReportSet::default(), &options(0));
    assert_eq!(report.findings.len(), 5);
    assert!(report.findings.iter().all(|finding| finding.figure.is_err()));
    assert!(
        report
            .findings
            .iter()
            .all(|finding| !finding.detail.zh.is_empty())
    );
}

fn any_row() -> impl Strategy<Value = Row> {
    let value =
        || prop::option::of(prop::sample::select(vec!["a", "b", "", " ", "鼓包"]).prop_map(str::to_owned));
    let text = prop::sample::select(vec![
        "",
        "鼓包烫手",
        "鼓包烫手！",
        "same",
        "送货太慢了 12 天",
        "\u{0}<&>",
    ]);
    let day = prop_oneof![-30..120i32, Just(i32::MIN), Just(i32::MAX)];
    ("[a-c]{0,2}", day, prop::collection::vec(value(), 0..3), text).prop_map(|(id, day, values, text)| Row {
        id,
        day,
        values,
        text: text.into(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_input_gives_a_number_that_is_none(
        rows in prop::collection::vec(any_row(), 0..120),
        until in prop_oneof![-40..130i32, Just(i32::MIN), Just(i32::MAX)],
        days in 0usize..400,
    ) {
        let set = ReportSet::new(dimensions(), rows);
        let report = write_report(&set, &ReportOptions { days, ..options(until) });
        for language in [Language::Chinese, Language::English] {
            let printed = report.print("t", until, language);
            let page = write_html(&printed);
            prop_assert!(write_pdf(&printed).starts_with(b"%PDF-1.7"));
            prop_assert!(!page.contains("NaN") && !page.contains("inf"), "{page}");
        }
    }
}

#[test]
fn chance_is_written_as_people_read_it() {
    assert_eq!(chance(1.2e-49), "< 0.0001");
    assert_eq!(chance(0.0314), "= 0.0314");
}
