//! Why a reading is less sure than it could be.

use domain::Doubt;

use crate::glance::Glance;

/// Fewer characters than this are too few to be sure.
const SHORT: u32 = 6;
/// More characters than this are read by their main part.
const LONG: u32 = 5000;
/// The share of letters below which a text is no language.
const LEAST_LETTERS: f32 = 0.3;
/// The share of foreign letters among letters above which languages are mixed.
const MOST_FOREIGN: f32 = 0.4;
/// A best probability below this is a close call.
const CLOSE: f32 = 0.4;

/// The doubts about the text itself.
pub(crate) fn doubt_text(glance: &Glance) -> Vec<Doubt> {
    let (han, foreign) = (glance.han, glance.latin + glance.foreign);
    let visible = glance.chars - glance.blanks;
    if visible == 0 {
        return vec![Doubt::Empty];
    }
    let letters = (han + foreign) as f32;
    let mut doubts = Vec::new();
    let mut doubt = |applies: bool, doubt: Doubt| {
        if applies {
            doubts.push(doubt);
        }
    };
    doubt(visible < SHORT, Doubt::ShortText);
    doubt(visible > LONG, Doubt::VeryLong);
    doubt(letters / (visible as f32) < LEAST_LETTERS, Doubt::NotLanguage);
    let only_english = han == 0 && glance.foreign == 0;
    doubt(
        foreign > 3 && foreign as f32 / letters > MOST_FOREIGN && !only_english,
        Doubt::MixedLanguage,
    );
    doubts
}

/// Whether the main facets are close calls.
pub(crate) fn is_close_call(complaint: f32, psychology: f32) -> bool {
    complaint < 0.6 || psychology < CLOSE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_texts_are_doubted() {
        let doubts = |text: &str| doubt_text(&Glance::of(&text::read(text)));
        assert_eq!(doubts(" \u{200B}\n"), [Doubt::Empty]);
        assert_eq!(doubts("差"), [Doubt::ShortText]);
        assert_eq!(doubts("!!!???...###123456"), [Doubt::NotLanguage]);
        assert_eq!(doubts("the parcel never came 退款"), [Doubt::MixedLanguage]);
        assert_eq!(doubts("le colis n'est jamais arrivé"), [Doubt::MixedLanguage]);
        assert_eq!(doubts("the parcel never came"), []);
        assert_eq!(doubts("快递三天没到,客服不理人"), []);
        assert!(doubts(&"快递没到。".repeat(2000)).contains(&Doubt::VeryLong));
    }
}
