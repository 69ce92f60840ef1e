//! Conversations: whatever comes in is heard, quotes stand where they say, the agent's name changes nothing, and the
//! labeled files keep their rules.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use domain::{Channel, Conversation, Course, Speaker, TalkDoubt, TalkSignal, Timestamp, Turn, TurnReading};
use tingsu_analysis::{Engine, TurnLabel, read_labeled_talks};

fn talk(turns: &[(Speaker, &str)]) -> Conversation {
    let mut conversation = Conversation::new("t", Channel::Chat);
    conversation.turns = turns
        .iter()
        .map(|&(speaker, text)| Turn::new(speaker, text))
        .collect();
    conversation
}

use Speaker::{Agent, Bot, Customer, System, Unknown};

fn quarrel() -> Conversation {
    talk(&[
        (Customer, "我的洗衣机修了三次还是漏水，你们到底管不管？"),
        (Agent, "您自己用得不对吧，别人家都没问题。"),
        (Customer, "什么叫我用得不对！叫你们经理出来，不然我打12315！"),
        (Agent, "经理不在，您爱打就打。"),
        (Customer, "行，我现在就打，你等着！！"),
    ])
}

fn repair() -> Conversation {
    talk(&[
        (Customer, "我的洗衣机修了三次还是漏水，气死我了！"),
        (
            Agent,
            "修三次还漏，换谁都要生气，实在对不起。您家里地板泡坏了吗？",
        ),
        (Customer, "地板还好，就是每次都要请假在家等。"),
        (
            Agent,
            "请假三次等我们，是我们没做好。今天下午四点前师傅带新泵上门，我六点再给您回电话。",
        ),
        (Customer, "好的，那麻烦你了，谢谢。"),
    ])
}

#[test]
fn a_quarrel_rises_and_a_repair_comes_down() {
    let engine = Engine::default_model();
    let (bad, good) = (engine.converse(&quarrel()), engine.converse(&repair()));
    assert!(
        bad.escalation > 0.6 && good.escalation < 0.4,
        "{} {}",
        bad.escalation,
        good.escalation
    );
    assert!(good.score > bad.score + 30.0, "{} {}", good.score, bad.score);
    assert!(bad.trajectory.slope > 0.0 && good.trajectory.slope < 0.0);
    assert_eq!(good.trajectory.course, Course::Recovered);
    assert_eq!(bad.escalated_at, Some(2));
    let said = bad.turns[2].customer().expect("a customer's turn");
    let signals: HashSet<TalkSignal> = said.signals.iter().map(|signal| signal.value).collect();
    assert!(signals.contains(&TalkSignal::Superior) && signals.contains(&TalkSignal::Regulator));
    assert!(
        good.promises.iter().any(|promise| promise.turn == 3),
        "{:?}",
        good.promises
    );
}

#[test]
fn the_agents_name_changes_nothing() {
    let engine = Engine::default_model();
    let mut other = quarrel();
    other.agent = Some("A99".to_owned());
    other.id = "another".to_owned();
    assert_eq!(engine.converse(&quarrel()), engine.converse(&other));
}

#[test]
fn hearing_live_sees_nothing_of_what_comes_later() {
    let engine = Engine::default_model();
    let whole = quarrel();
    for size in 1..whole.turns.len() {
        let mut part = whole.clone();
        part.turns.truncate(size);
        let (part, whole) = (engine.listen(&part), engine.listen(&whole));
        for place in 0..size {
            assert_eq!(
                part.turns[place].escalation, whole.turns[place].escalation,
                "{size} {place}"
            );
        }
        assert_eq!(part.turns[size - 1], whole.turns[size - 1]);
    }
}

#[test]
fn odd_records_are_heard_with_doubts() {
    let engine = Engine::default_model();
    let doubts = |conversation: &Conversation| -> Vec<TalkDoubt> { engine.converse(conversation).doubts };
    assert!(doubts(&talk(&[])).contains(&TalkDoubt::Empty));
    assert!(doubts(&talk(&[(Customer, "  "), (Agent, "")])).contains(&TalkDoubt::EmptyTurns));
    assert!(
        doubts(&talk(&[
            (Customer, "退钱"),
            (Customer, "快点"),
            (Customer, "在吗"),
            (Customer, "喂")
        ]))
        .contains(&TalkDoubt::OneSided)
    );
    assert!(
        doubts(&talk(&[
            (Bot, "按1"),
            (System, "已转接"),
            (Customer, "喂"),
            (Unknown, "？")
        ]))
        .contains(&TalkDoubt::Machines)
    );
    let mut timed = quarrel();
    timed.turns[0].at = Some(Timestamp(9_000));
    timed.turns[1].at = Some(Timestamp(1_000));
    let found = doubts(&timed);
    assert!(found.contains(&TalkDoubt::TimesMissing) && found.contains(&TalkDoubt::TimesDisordered));
    let mut guessed = quarrel();
    guessed.turns[0].speaker_p = 0.7;
    assert!(doubts(&guessed).contains(&TalkDoubt::RolesGuessed));
    let long: Vec<(Speaker, &str)> = (0..5_001)
        .map(|at| {
            if at % 2 == 0 {
                (Customer, "还没好吗？")
            } else {
                (Agent, "请稍等")
            }
        })
        .collect();
    let review = engine.converse(&talk(&long));
    assert_eq!(review.turns.len(), 5_000);
    assert!(review.doubts.contains(&TalkDoubt::VeryLong));
}

#[test]
fn times_tell_silence_overlap_and_speed() {
    let mut timed = quarrel();
    for (place, turn) in timed.turns.iter_mut().enumerate() {
        turn.starts_ms = Some(place as i64 * 10_000);
        turn.ends_ms = Some(place as i64 * 10_000 + 6_000);
    }
    timed.turns[2].starts_ms = Some(15_000);
    let review = Engine::default_model().converse(&timed);
    assert_eq!(review.turns[1].pace.silence_ms, Some(4_000));
    assert_eq!(review.turns[2].pace.overlap_ms, Some(1_000));
    assert!(
        review.turns[1]
            .pace
            .speed
            .is_some_and(|speed| speed > 100.0 && speed < 300.0)
    );
}

fn files() -> Vec<(&'static str, String)> {
    let names = [
        "train", "dev", "more-a", "more-b", "more-c", "more-d", "more-e", "more-f", "more-g", "more-h",
        "more-i", "more-j", "second",
    ];
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/dialogues");
    let read = |name| {
        std::fs::read_to_string(corpus.join(format!("{name}.jsonl"))).expect("it is in the repository")
    };
    names.into_iter().map(|name| (name, read(name))).collect()
}

#[test]
fn quotes_stand_in_their_turns() {
    let engine = Engine::default_model();
    let (talks, _) = read_labeled_talks(&files()[1].1);
    for talk in talks.iter().take(20) {
        let review = engine.converse(&talk.conversation);
        for (turn, heard) in talk.conversation.turns.iter().zip(&review.turns) {
            let quotes: Vec<&domain::Quote> = match &heard.reading {
                TurnReading::Customer(customer) => {
                    let signals = customer.signals.iter().filter_map(|signal| signal.quote.as_ref());
                    signals.chain(customer.stage.quote.as_ref()).collect()
                }
                TurnReading::Agent(agent) => {
                    let acts = agent.acts.iter().filter_map(|act| act.quote.as_ref());
                    acts.chain(agent.faults.iter().filter_map(|fault| fault.quote.as_ref()))
                        .collect()
                }
                TurnReading::Other => Vec::new(),
            };
            for quote in quotes {
                assert_eq!(quote.span().slice(&turn.text), Some(quote.words()));
            }
        }
    }
}

#[test]
fn labeled_conversations_keep_their_rules() {
    for (name, lines) in files() {
        let (talks, errors) = read_labeled_talks(&lines);
        assert!(errors.is_empty(), "{name}: {errors:?}");
        for talk in talks {
            let id = &talk.conversation.id;
            assert_eq!(talk.escalated, talk.escalated_at.is_some(), "{name} {id}");
            if let Some(place) = talk.escalated_at {
                assert!(
                    matches!(talk.labels[place], TurnLabel::Customer(..)),
                    "{name} {id}"
                );
            }
            assert!((0.0..=100.0).contains(&talk.score), "{name} {id}");
            assert!(
                (6..=26).contains(&talk.labels.len()),
                "{name} {id}: {} turns",
                talk.labels.len()
            );
        }
    }
}

#[test]
fn no_conversation_is_like_another() {
    let mut seen: Vec<(String, usize)> = Vec::new();
    // Which conversations have a run of five letters.
    let mut places: HashMap<Vec<char>, Vec<usize>> = HashMap::new();
    for (name, lines) in files().into_iter().filter(|(name, _)| *name != "second") {
        for talk in read_labeled_talks(&lines).0 {
            let said: String = talk
                .conversation
                .turns
                .iter()
                .map(|turn| turn.text.as_str())
                .collect();
            let letters: Vec<char> = said.chars().filter(|c| c.is_alphanumeric()).collect();
            let runs: HashSet<Vec<char>> = letters.windows(5).map(<[char]>::to_vec).collect();
            let mut common = vec![0; seen.len()];
            for place in runs.iter().filter_map(|run| places.get(run)).flatten() {
                common[*place] += 1;
            }
            for ((other, others), common) in seen.iter().zip(common) {
                let likeness = f64::from(common) / (runs.len() + others) as f64;
                assert!(
                    likeness < 0.1,
                    "{name} {} and {other} are alike",
                    talk.conversation.id
                );
            }
            let number = runs.len();
            for run in runs {
                places.entry(run).or_default().push(seen.len());
            }
            seen.push((format!("{name} {}", talk.conversation.id), number));
        }
    }
    assert!(seen.len() > 100, "{}", seen.len());
}
