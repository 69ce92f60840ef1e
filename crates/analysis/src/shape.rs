//! What a text looks like, apart from its words: length, marks, numbers, address.

use crate::glance::Glance;

/// The number of measures.
pub(crate) const MEASURES: usize = 15;

/// The measures of a text of which this was seen, each roughly within −2 to 4.
pub(crate) fn measure(glance: &Glance) -> [f32; MEASURES] {
    let chars = glance.chars as f32;
    let length = libm::log1pf(chars) - 4.0;
    let capped = |count: u32, cap: u32, unit: f32| count.min(cap) as f32 / unit;
    let flag = |count: u32| if count > 0 { 1.0 } else { 0.0 };
    [
        length,
        length * length,
        capped(glance.exclamations, 4, 2.0),
        capped(glance.questions, 4, 2.0),
        capped(glance.numbers, 6, 3.0),
        flag(glance.lines),
        capped(glance.ends, 8, 4.0),
        flag(glance.pictures),
        flag(glance.handles),
        flag(glance.formal_you),
        flag(glance.you),
        flag(glance.me),
        (glance.commas as f32 / chars.max(1.0) * 10.0).min(4.0),
        flag(glance.quotes),
        capped(glance.latin, 40, 20.0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_stay_in_bounds() {
        let long = "你我，!?1 a😡\n".repeat(5000);
        for text in ["", "差", long.as_str()] {
            for value in measure(&Glance::of(&text::read(text))) {
                assert!(value.is_finite() && value.abs() < 70.0, "{value}");
            }
        }
    }
}
