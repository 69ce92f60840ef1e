//! Identifiers of the RFC 9562 form (8-4-4-4-12 digits to the base of sixteen). A part of one may look like the number
//! of a person; it never is one.

use std::ops::Range;

use super::{Found, Page};

const LENGTH: usize = 36;
const DASHES: [usize; 4] = [8, 13, 18, 23];

/// Takes away what was found in a part of an identifier. A claim upon the whole of it stays.
pub(super) fn release(page: &Page<'_>, found: &mut Vec<Found>) {
    if found.is_empty() || page.text.len() < LENGTH {
        return;
    }
    let places = places(page.text);
    let partly = |place: &Range<usize>, bytes: &Range<usize>| {
        let meets = bytes.start < place.end && place.start < bytes.end;
        meets && !(bytes.start <= place.start && place.end <= bytes.end)
    };
    found.retain(|one| !places.iter().any(|place| partly(place, &one.bytes)));
}

/// Where identifiers stand in the text.
fn places(text: &str) -> Vec<Range<usize>> {
    let dashes = text.match_indices('-');
    let starts = dashes.filter_map(|(dash, _)| dash.checked_sub(DASHES[0]));
    starts.filter_map(|start| place(text.as_bytes(), start)).collect()
}

fn place(bytes: &[u8], start: usize) -> Option<Range<usize>> {
    let end = start + LENGTH;
    let is_right = |(index, byte): (usize, &u8)| match DASHES.contains(&index) {
        true => *byte == b'-',
        false => byte.is_ascii_hexdigit(),
    };
    let whole = bytes.get(start..end)?.iter().enumerate().all(is_right);
    let word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let before = start.checked_sub(1).and_then(|before| bytes.get(before));
    (whole && !word(before) && !word(bytes.get(end))).then_some(start..end)
}
