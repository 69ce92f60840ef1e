//! Transcripts as text: lines with speaker marks, SRT and WebVTT.

use domain::{Channel, TalkDoubt, Timestamp};

use crate::time::parse_time;
use crate::transcript::times::{clock_ms, cue_ms};
use crate::transcript::{Mark, Said, Transcripts, conversation, speaker_of};

/// The longest mark of a speaker, in letters.
const LONGEST_MARK: usize = 16;

/// Reads the conversations of a text; lines of `---` or `===` part them.
pub(crate) fn read(words: &str, name: &str, channel: Channel) -> Transcripts {
    let mut transcripts = Transcripts::default();
    let mut part: Vec<&str> = Vec::new();
    for line in words.lines().chain(["==="]) {
        let trimmed = line.trim();
        if !(trimmed.len() >= 3 && trimmed.chars().all(|c| c == '-' || c == '=')) {
            part.push(line);
            continue;
        }
        if part.iter().any(|line| !line.trim().is_empty()) {
            let number = transcripts.conversations.len() + 1;
            let id = if number == 1 {
                name.to_owned()
            } else {
                format!("{name}-{number}")
            };
            transcripts.conversations.push(read_part(&part, id, channel));
        }
        part.clear();
    }
    transcripts
}

fn read_part(lines: &[&str], id: String, channel: Channel) -> domain::Conversation {
    let mut said = if lines.iter().any(|line| cue_ms(line).is_some()) {
        read_cues(lines)
    } else {
        read_lines(lines)
    };
    let broken = repair(&mut said);
    let mut conversation = conversation(id, channel, None, said);
    if broken {
        conversation.doubts.push(TalkDoubt::Broken);
    }
    conversation
}

/// Takes replacement characters, which stand for bytes that could not be read, as a sign of a broken record.
fn repair(said: &mut [Said]) -> bool {
    said.iter().any(|one| one.turn.text.contains('\u{fffd}'))
}

/// Subtitles: a number, a line of times, then the words.
fn read_cues(lines: &[&str]) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    let mut times: Option<(i64, i64)> = None;
    let mut words: Vec<String> = Vec::new();
    let mut flush = |times: &mut Option<(i64, i64)>, words: &mut Vec<String>| {
        if let Some((start, end)) = times.take() {
            let (mark, text) = split_voice(words.join("\n").trim());
            let mut one = Said::new(mark, text);
            (one.turn.starts_ms, one.turn.ends_ms) = (Some(start), Some(end));
            said.push(one);
        }
        words.clear();
    };
    for line in lines {
        if let Some(cue) = cue_ms(line) {
            // The number before a cue's times is not part of the words before it.
            if words
                .last()
                .is_some_and(|last| last.trim().parse::<u32>().is_ok())
            {
                words.pop();
            }
            flush(&mut times, &mut words);
            times = Some(cue);
        } else if line.trim().is_empty() {
            flush(&mut times, &mut words);
        } else {
            words.push((*line).to_owned());
        }
    }
    flush(&mut times, &mut words);
    said
}

/// The speaker of a subtitle: WebVTT's `<v name>`, or a mark as in text.
fn split_voice(words: &str) -> (Mark, String) {
    if let Some((name, rest)) = words.strip_prefix("<v").and_then(|rest| rest.split_once('>')) {
        let name = name
            .trim_start_matches(|c: char| c == '.' || c.is_alphanumeric())
            .trim();
        return (mark_of(name), rest.replace("</v>", ""));
    }
    match split_mark(words) {
        Some((mark, rest)) => (mark, rest.to_owned()),
        None => (Mark::None, words.to_owned()),
    }
}

fn read_lines(lines: &[&str]) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    for line in lines {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let (clock, rest) = split_clock(line);
        let (rest, late) = match split_mark(rest) {
            Some((mark, words)) => {
                let (later, words) = if clock.is_some() {
                    (None, words)
                } else {
                    split_clock(words)
                };
                said.push(Said::new(mark, words.trim()));
                (None, later)
            }
            None => (Some(rest), None),
        };
        match (rest, said.last_mut()) {
            // A line without a mark goes on with what was said, unless marks are not used at all.
            (Some(rest), Some(last)) if clock.is_none() && last.mark != Mark::None => {
                last.turn.text.push('\n');
                last.turn.text.push_str(rest);
            }
            (Some(rest), _) => said.push(Said::new(Mark::None, rest)),
            (None, _) => {}
        }
        if let (Some(clock), Some(last)) = (clock.or(late), said.last_mut()) {
            match clock {
                Clock::Offset(ms) => last.turn.starts_ms = Some(ms),
                Clock::At(at) => last.turn.at = Some(at),
            }
        }
    }
    said
}

enum Clock {
    Offset(i64),
    At(Timestamp),
}

/// A time at the head of a line, bare or in brackets, and what follows it.
fn split_clock(line: &str) -> (Option<Clock>, &str) {
    let bracketed = [('[', ']'), ('(', ')'), ('【', '】'), ('（', '）')]
        .into_iter()
        .find_map(|(open, close)| line.strip_prefix(open)?.split_once(close));
    if let Some((inside, rest)) = bracketed {
        return match clock_of(inside) {
            Some(clock) => (Some(clock), rest.trim_start()),
            None => (None, line),
        };
    }
    let spaces: Vec<usize> = line
        .match_indices([' ', '\t'])
        .map(|(at, _)| at)
        .take(2)
        .collect();
    for &space in spaces.iter().rev() {
        if let Some(clock) = clock_of(&line[..space]) {
            return (Some(clock), line[space..].trim_start());
        }
    }
    (None, line)
}

fn clock_of(words: &str) -> Option<Clock> {
    if !words.contains(':') {
        return None;
    }
    clock_ms(words)
        .map(Clock::Offset)
        .or_else(|| parse_time(words).map(Clock::At))
}

/// The mark of a speaker before a colon, and what follows.
fn split_mark(line: &str) -> Option<(Mark, &str)> {
    let (head, rest) = line.split_once(['：', ':'])?;
    let head = head
        .trim()
        .trim_matches(['[', ']', '【', '】', '<', '>', '(', ')', '（', '）']);
    let letters = head.chars().count();
    if letters == 0 || letters > LONGEST_MARK {
        return None;
    }
    match mark_of(head) {
        Mark::Label(label) if !is_label(&label) => None,
        mark => Some((mark, rest.trim_start())),
    }
}

fn mark_of(name: &str) -> Mark {
    match speaker_of(name) {
        Some(speaker) => Mark::Known(speaker),
        None => Mark::Label(name.to_owned()),
    }
}

/// Whether a head that names no role still stands for somebody: `A`, `甲`, `说话人1`, `spk_0`, `王先生`.
fn is_label(head: &str) -> bool {
    let letters = head.chars().count();
    let plain = head
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '*' | '＊'));
    let latin = head.is_ascii() && letters <= 2;
    let named = ["先生", "女士", "小姐", "说话人", "发言人", "spk", "speaker", "小"]
        .iter()
        .any(|name| head.to_lowercase().contains(name));
    plain
        && (latin || named || matches!(head, "甲" | "乙" | "丙" | "问" | "答") || head.parse::<u32>().is_ok())
}
