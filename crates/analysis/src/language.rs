//! Which of the models reads a text: the one of the script that most of it is written in.

use crate::glance::Glance;

/// A Chinese character says about as much as this many Latin letters.
const LETTERS_PER_CHARACTER: u32 = 4;

/// Whether most of a text is English.
pub(crate) fn is_english(glance: &Glance) -> bool {
    let characters = glance.han - glance.rare_han;
    glance.latin > characters * LETTERS_PER_CHARACTER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_of_the_words_decide() {
        let english = |words: &str| is_english(&Glance::of(&text::read(words)));
        assert!(english("Where is my refund?") && english("ok"));
        assert!(!english("退款呢") && !english("") && !english("12345!!"));
        assert!(!english("我的iPhone充不进电了,换一台"));
        assert!(english("The 客服 never answered my emails"));
    }
}
