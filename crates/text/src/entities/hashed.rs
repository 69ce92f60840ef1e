//! Signs of what is judged, hashed to places in tables of weights.

use crate::fold::is_han;

/// A sign of a family, hashed.
pub(super) fn mix(family: u32, parts: &[u32]) -> u32 {
    let start = u64::from(family).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ parts.len() as u64;
    let mixed = parts.iter().fold(start, |mixed, &part| {
        let mixed = (mixed ^ u64::from(part)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        mixed ^ (mixed >> 32)
    });
    (mixed >> 16) as u32
}

/// Runs of characters of one kind, each with its length: 9 for a digit, a for a letter, 字 for Chinese.
pub(super) fn shape_of(words: &str) -> Vec<(char, u32)> {
    let class = |c: char| match c {
        '0'..='9' => '9',
        'a'..='z' => 'a',
        c if is_han(c) => '字',
        c => c,
    };
    let mut shape: Vec<(char, u32)> = Vec::new();
    for c in words.chars().map(class) {
        match shape.last_mut() {
            Some((last, count)) if *last == c => *count += 1,
            _ => shape.push((c, 1)),
        }
    }
    shape
}
