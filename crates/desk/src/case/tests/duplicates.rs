//! Cases that may be one complaint.

use domain::Case;

use super::sample_case;
use crate::case::{LIKELY, likeness};

fn other(text: &str) -> Case {
    Case {
        id: "other".into(),
        text: text.into(),
        ..sample_case()
    }
}

#[test]
fn the_same_words_the_same_order_and_the_same_customer_count() {
    let case = sample_case();
    let same = likeness(&case, &other(&case.text));
    assert!(same.score >= LIKELY, "{same:?}");
    assert_eq!(same.because[0].zh, "文字相似 100%");
    let strange = likeness(&case, &other("酒店的空调整晚都在漏水"));
    assert_eq!((strange.score, strange.because.len()), (0.0, 0));
    let with_order = |mut case: Case| {
        case.matter.order = Some("dd20261120001".into());
        case.customer = Some("k1".into());
        case
    };
    let ordered = likeness(&with_order(case.clone()), &with_order(other("什么时候退款")));
    assert!((ordered.score - 0.9).abs() < 1e-9, "{ordered:?}");
    assert!(ordered.because[0].en.contains("DD20261120001"));
    // The same customer alone may have two complaints.
    let customer = |mut case: Case| {
        case.customer = Some("k1".into());
        case
    };
    assert!(likeness(&customer(case.clone()), &customer(other("什么时候退款"))).score < LIKELY);
}

#[test]
fn a_case_is_no_duplicate_of_itself_and_time_ends_likeness() {
    let case = sample_case();
    assert_eq!(likeness(&case, &case).score, 0.0);
    let mut late = other(&case.text);
    late.received_at = late.received_at.plus_hours(24 * 91);
    assert_eq!(likeness(&case, &late).score, 0.0);
}
