//! Which of the models reads a text: the one of the script that most of it is written in; in a text of two languages
//! every sentence goes to its own.

use std::ops::Range;

use text::Reading;

use crate::glance::Glance;

/// A Chinese character says about as much as this many Latin letters.
const LETTERS_PER_CHARACTER: u32 = 4;
/// Fewer letters of English, about three words, are no sentence for a model of its own.
const LEAST_LATIN: u32 = 12;
/// The same for Chinese characters.
const LEAST_HAN: u32 = 4;

/// Whether most of a text is English.
pub(crate) fn is_english(glance: &Glance) -> bool {
    let characters = glance.han - glance.rare_han;
    glance.latin > characters * LETTERS_PER_CHARACTER
}

/// The sentences of a text that are English, as a reading of their own, and the others as another; nothing unless there
/// is enough of both for a model to read.
pub(crate) fn by_language<'t>(reading: &Reading<'t>, glance: &Glance) -> Option<[Reading<'t>; 2]> {
    if !is_enough(glance) {
        return None;
    }
    let mut parts: [Vec<Range<usize>>; 2] = [Vec::new(), Vec::new()];
    let sentences = reading.sentences();
    // What stands between two sentences belongs to the first.
    let ends = sentences.iter().skip(1).map(|next| next.start);
    let ends = ends.chain([reading.normalized().len()]);
    let mut english = false;
    for (sentence, end) in sentences.iter().zip(ends) {
        let seen = Glance::of(&reading.part(std::slice::from_ref(sentence)));
        if seen.latin + seen.han > 0 {
            english = is_english(&seen);
        }
        parts[usize::from(!english)].push(sentence.start..end);
    }
    let parts = parts.map(|ranges| reading.part(&ranges));
    let [of_english, of_others] = [0, 1].map(|part| Glance::of(&parts[part]));
    (of_english.latin >= LEAST_LATIN && of_others.han >= LEAST_HAN).then_some(parts)
}

fn is_enough(glance: &Glance) -> bool {
    glance.latin >= LEAST_LATIN && glance.han >= LEAST_HAN
}

/// How much of a text a part of it is, in Chinese characters or as many Latin letters as say the same.
pub(crate) fn amount_of(glance: &Glance) -> f32 {
    glance.han as f32 + glance.latin as f32 / LETTERS_PER_CHARACTER as f32
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

    #[test]
    fn sentences_are_dealt_by_their_language() {
        let dealt = |words: &str| {
            let reading = text::read(words);
            let parts = by_language(&reading, &Glance::of(&reading));
            parts.map(|parts| parts.map(|part| part.normalized().to_owned()))
        };
        let told = dealt("客服态度太差了。I want my money back!!快点退。 Where is it? ok");
        let [english, other] = told.expect("there is enough of both");
        assert_eq!(english, "i want my money back!!where is it? ok");
        assert_eq!(other, "客服态度太差了。快点退。 ");
        for one in [
            "我的iphone充不进电了,换一台",
            "where is my refund? 谢谢",
            "退款呢,等了三天了",
            "",
        ] {
            assert_eq!(dealt(one), None, "{one}");
        }
    }
}
