//! `tingsu export`: what the desk has learned, to take along.

use app::Corrected;
use domain::{FacetValue, Vocabulary};
use serde_json::{Map, Value, json};

use crate::exit::{Done, Ended, Failure, translate};
use crate::output::say;
use crate::runtime::{DatabaseArgs, block_on, open_app};

/// Write what people put right, as labeled texts to train with
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// The overruled facets of every case as JSONL, personal data covered
    #[arg(long, required = true)]
    corrections: bool,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    args.database.require_present()?;
    let corrected = block_on(async {
        let app = open_app(&args.database).await?;
        let corrected = app.corrections().await;
        app.store().close().await;
        corrected.map_err(|error| translate(error, "the corrections cannot be read"))
    })?;
    corrected.iter().try_for_each(say_row)?;
    Ok(Done::All)
}

fn say_row(corrected: &Corrected) -> Result<(), Failure> {
    let mut row = Map::new();
    row.insert("id".to_owned(), json!(corrected.number));
    row.insert("source".to_owned(), json!("correction"));
    row.insert("text".to_owned(), json!(corrected.text));
    for facet in &corrected.facets {
        put(&mut row, facet);
    }
    say(Value::Object(row))
}

/// Writes a facet with the codebook's short keys.
fn put(row: &mut Map<String, Value>, facet: &FacetValue) {
    let mut set = |key: &str, value: Value| {
        row.insert(key.to_owned(), value);
    };
    match facet {
        FacetValue::Complaint(is) => set("c", json!(u8::from(*is))),
        FacetValue::Psychology(first, second) => {
            set("psy", json!(first.key()));
            set("psy2", json!(second.map(Vocabulary::key)));
        }
        FacetValue::Motives(values) => set("mot", keys(values)),
        FacetValue::Emotion(stage, intensity) => {
            set("emo", json!(stage.key()));
            set("int", json!(intensity.key()));
        }
        FacetValue::Subjects(values) => set("sub", keys(values)),
        FacetValue::Nature(value) => set("nat", json!(value.key())),
        FacetValue::Stance(value) => set("stn", json!(value.key())),
        FacetValue::AngerType(value) => set("typ", json!(value.key())),
        FacetValue::Causes(values) => set("cau", keys(values)),
        FacetValue::Risks(values) => set("risk", keys(values)),
        FacetValue::Temperament(value) => set("tmp", json!(value.key())),
        FacetValue::Expectation(value) => set("out", json!(value.key())),
    }
}

fn keys<V: Vocabulary>(values: &[V]) -> Value {
    values.iter().map(|value| value.key()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{EmotionStage, Intensity, Motive, Psychology};

    #[test]
    fn what_is_written_can_be_learned_from() {
        let mut row = Map::new();
        row.insert("text".to_owned(), json!("退钱"));
        for facet in [
            FacetValue::Complaint(true),
            FacetValue::Psychology(Psychology::Redress, None),
            FacetValue::Motives(vec![Motive::Refund]),
            FacetValue::Emotion(EmotionStage::Angry, Intensity::ALL[2]),
        ] {
            put(&mut row, &facet);
        }
        let line = Value::Object(row).to_string();
        let (texts, errors) = analysis::read_labeled(&line);
        assert!(errors.is_empty(), "{errors:?}");
        let label = |block| texts[0].label(block);
        use analysis::block::Block;
        assert_eq!(label(Block::Complaint), Some(1));
        assert_eq!(label(Block::Psychology), Some(Psychology::Redress.index() as u32));
        assert_eq!(label(Block::Motives), Some(1 << Motive::Refund.index()));
        assert_eq!(label(Block::Intensity), Some(2));
    }
}
