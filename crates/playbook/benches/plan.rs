//! How long a plan, a first answer and a message check take; prints microseconds each.

// A benchmark's result is what it prints.
#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::time::Instant;

use domain::{AngerType, Cause, EmotionStage, Intensity, Motive, Psychology, Risk, Stance, Subject};

#[path = "../tests/it/build.rs"]
#[allow(dead_code)]
mod build;

use build::{PLAYBOOK, Reading, known_situation};

fn rich_reading() -> Reading {
    Reading::of("第四次送晚了,前三次投诉没人理,我要退款还要赔偿,再不处理我就曝光")
        .goal(Psychology::Redress, "还要赔偿")
        .second(Psychology::Vent)
        .feeling(EmotionStage::Angry, Intensity::Strong, "再不处理")
        .subject(Subject::Service, "第四次送晚了")
        .subject(Subject::Attitude, "没人理")
        .motive(Motive::Refund, "退款")
        .motive(Motive::Compensation, "赔偿")
        .cause(Cause::Unheard, "前三次投诉没人理")
        .cause(Cause::Loss, "送晚了")
        .risk(Risk::Exposure, "曝光")
        .risk(Risk::Repeat, "第四次")
        .manner(Stance::Bargain, AngerType::Emotional)
}

fn measure(name: &str, rounds: u32, mut run: impl FnMut()) {
    for _ in 0..rounds / 10 {
        run();
    }
    let start = Instant::now();
    for _ in 0..rounds {
        run();
    }
    println!(
        "{name}: {:.1} µs",
        start.elapsed().as_secs_f64() * 1e6 / f64::from(rounds)
    );
}

fn main() {
    let (analysis, situation) = (rich_reading().analysis, known_situation());
    let message = "陈女士您好，这单第四次送晚，确实耽误您。我先把每个环节核一遍，今天18:00前给您回电话。";
    measure("load", 50, || {
        drop(black_box(tingsu_playbook::Playbook::load_default()))
    });
    measure("plan", 20_000, || {
        drop(black_box(PLAYBOOK.plan(&analysis, &situation)))
    });
    measure("first answer", 20_000, || {
        drop(black_box(PLAYBOOK.acknowledgement(&analysis, &situation)))
    });
    measure("message check", 20_000, || {
        drop(black_box(PLAYBOOK.check_message(message, &situation)))
    });
}
