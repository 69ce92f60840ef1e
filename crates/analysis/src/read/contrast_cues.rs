//! An expectation by its cue words, where nothing in the text tells of a promise or an advertisement.

use domain::Quote;

use crate::cues::Mark;
use crate::read::Underline;

/// How many clauses after an expectation what came instead is looked for.
const REACH: usize = 4;

/// The first clause from where a cue begins an expectation, and the clause after it that says what came instead.
pub(crate) fn cued_contrast(underline: &Underline) -> (Option<Quote>, Option<Quote>) {
    let Some(begun) = underline.marked(Mark::Expected).into_iter().next() else {
        return (None, None);
    };
    let received = underline.marked(Mark::Received);
    let clauses = underline.clauses();
    let Some(index) = clauses.iter().position(|clause| clause.contains(&begun.start)) else {
        return (None, None);
    };
    let came = clauses[index + 1..]
        .iter()
        .take(REACH)
        .find(|clause| received.iter().any(|range| clause.contains(&range.start)));
    let expected = underline.quote(begun.start..clauses[index].end);
    (expected, came.and_then(|clause| underline.quote(clause.clone())))
}
