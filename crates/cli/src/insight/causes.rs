//! `tingsu insight causes`: the words that set a slice apart, what is new, what belongs together, which batch stands out,
//! and where rules and range hurt.

use std::path::PathBuf;

use insight::causes::{
    Basis, Batch, Cluster, DefectCandidate, Labeled, Phrase, PhraseOptions, Rising, UnitsSold,
    cluster_within, distinguish, find_defects, find_rising,
};
use insight::{Gap, date_words};
use serde_json::{Value, json};

use super::columns::{ReportArgs, Reports};
use super::pains::Pains;
use super::show::{ShowArgs, brief, cut, print_json, print_table};
use super::units::read_units;
use crate::exit::{Done, Ended, Failure, usage};
use crate::output::say;

/// The words that set a slice apart, what is new, what belongs together, which batch stands out
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    reports: ReportArgs,
    /// The slice to tell from the rest, such as product=充电宝
    #[arg(long, value_name = "COLUMN=VALUE")]
    slice: Option<String>,
    /// The newest days that are told from those before
    #[arg(long, default_value_t = 28, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..=366))]
    newest: u16,
    /// A file of units sold with product, batch and units, .csv or .jsonl: batches are then judged by them
    #[arg(long, value_name = "FILE")]
    units: Option<PathBuf>,
    /// The most clusters
    #[arg(long, default_value_t = 12, value_name = "N")]
    clusters: usize,
    /// The most phrases of each kind
    #[arg(long, default_value_t = 15, value_name = "N")]
    most: usize,
    #[command(flatten)]
    show: ShowArgs,
}

/// The columns that groups lie within.
const WITHIN: [&str; 2] = ["topic", "product"];

/// All that was found, each with the reason where nothing can be.
struct Found<'r> {
    slice: Option<(String, Result<Vec<Phrase>, Gap>)>,
    rising: Result<Vec<Rising>, Gap>,
    clusters: Result<Vec<Cluster>, Gap>,
    defects: Vec<DefectCandidate>,
    pains: Pains<'r>,
    by_units: bool,
    reports: &'r Reports,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    let table = args.show.wants_table()?;
    let reports = args.reports.read()?;
    let (units, bad_units) = match &args.units {
        Some(file) => read_units(file)?,
        None => (UnitsSold::default(), 0),
    };
    let options = PhraseOptions {
        most: args.most,
        ..PhraseOptions::default()
    };
    let known = || {
        reports
            .set
            .reports
            .iter()
            .filter(|report| report.day <= reports.until)
    };
    let dated: Vec<(i32, &str)> = known().map(|report| (report.day, report.text.as_str())).collect();
    let found = Found {
        slice: args
            .slice
            .as_deref()
            .map(|slice| tell_apart(&reports, slice, &options))
            .transpose()?,
        rising: find_rising(&dated, reports.until, i32::from(args.newest), &options),
        clusters: cluster_within(&labeled(&reports), args.clusters),
        defects: defects(&reports, &units),
        pains: Pains::find(&reports.set, reports.until),
        by_units: !units.is_empty(),
        reports: &reports,
    };
    if table {
        print(&args.show, &found)?;
    } else {
        print_json(&object(&args.show, &found))?;
    }
    Ok(Done::Partly {
        refused: reports.refused + bad_units,
    })
}

/// The texts with the product and the topic that groups may lie within.
fn labeled(reports: &Reports) -> Vec<Labeled<'_>> {
    let set = &reports.set;
    let within = (0..set.dimensions.len()).filter(|place| WITHIN.contains(&set.dimensions[*place].as_str()));
    let within: Vec<usize> = within.collect();
    let known = set.reports.iter().filter(|report| report.day <= reports.until);
    known
        .map(|report| Labeled {
            text: &report.text,
            values: within
                .iter()
                .map(|place| report.values[*place].as_deref())
                .collect(),
        })
        .collect()
}

type Told = (String, Result<Vec<Phrase>, Gap>);

fn tell_apart(reports: &Reports, slice: &str, options: &PhraseOptions) -> Result<Told, Failure> {
    let (name, wanted) = slice
        .split_once('=')
        .ok_or_else(|| usage("--slice is written column=value"))?;
    let set = &reports.set;
    let dimension = set
        .dimensions
        .iter()
        .position(|dimension| dimension == name.trim())
        .ok_or_else(|| {
            usage(format!(
                "there is no column {name} to count by; there are: {}",
                set.dimensions.join(", ")
            ))
        })?;
    let is_in =
        |values: &[Option<String>]| values[dimension].as_deref().map(str::trim) == Some(wanted.trim());
    let known = set.reports.iter().filter(|report| report.day <= reports.until);
    let (here, there): (Vec<_>, Vec<_>) = known.partition(|report| is_in(&report.values));
    let here: Vec<&str> = here.iter().map(|report| report.text.as_str()).collect();
    let there: Vec<&str> = there.iter().map(|report| report.text.as_str()).collect();
    Ok((slice.to_owned(), distinguish(&here, &there, options)))
}

fn defects(reports: &Reports, units: &UnitsSold) -> Vec<DefectCandidate> {
    let set = &reports.set;
    let place_of = |name: &str| set.dimensions.iter().position(|dimension| dimension == name);
    let (Some(product), Some(batch)) = (place_of("product"), place_of("batch")) else {
        return Vec::new();
    };
    let known = set.reports.iter().filter(|report| report.day <= reports.until);
    let batches: Vec<Batch<'_>> = known
        .filter_map(|report| {
            Some(Batch {
                product: report.values[product].as_deref()?,
                batch: report.values[batch].as_deref(),
                text: &report.text,
            })
        })
        .collect();
    find_defects(&batches, units)
}

fn name_of(cluster: &Cluster) -> String {
    let within = cluster.within.as_ref().map(|(_, value)| value.as_str());
    cluster.name(within)
}

/// What an expectation rests on, as programs see it.
fn basis_key(basis: Basis) -> &'static str {
    match basis {
        Basis::UnitsSold => "units_sold",
        Basis::EqualBatches => "equal_batches",
        Basis::OtherProducts => "other_products",
        Basis::NoOtherBatch => "no_other_batch",
    }
}

fn print(show: &ShowArgs, found: &Found<'_>) -> Result<(), Failure> {
    let zh = show.language() == domain::Language::Chinese;
    let header = if zh {
        ["说法", "本处", "别处", "优势比 [95%]", "z"]
    } else {
        ["phrase", "here", "elsewhere", "odds ratio [95%]", "z"]
    };
    if let Some((slice, phrases)) = &found.slice {
        let title = format!(
            "{}: {slice}",
            show.pick("与其余相比突出的说法", "What sets the slice apart")
        );
        print_phrases(
            show,
            &title,
            &header,
            phrases
                .as_ref()
                .map(|all| all.iter().map(|one| (one, "")).collect()),
        )?;
    }
    let rising = found.rising.as_ref().map(|all| {
        let mark = |one: &Rising| {
            if one.new {
                show.pick("（新）", " (new)")
            } else {
                ""
            }
        };
        all.iter().map(|one| (&one.phrase, mark(one))).collect()
    });
    print_phrases(
        show,
        show.pick("近期新出现或上升的说法", "New or rising words"),
        &header,
        rising,
    )?;
    print_groups(show, found)
}

fn print_groups(show: &ShowArgs, found: &Found<'_>) -> Result<(), Failure> {
    let zh = show.language() == domain::Language::Chinese;
    match &found.clusters {
        Err(gap) => say(show.words(&gap.words()))?,
        Ok(clusters) => {
            let rows = clusters.iter().map(|one| {
                let text = one
                    .texts
                    .first()
                    .map_or("", |place| found.reports.set.reports[*place].text.as_str());
                vec![name_of(one), one.texts.len().to_string(), cut(text, 48)]
            });
            let header = if zh {
                ["名称", "件数", "典型一例"]
            } else {
                ["name", "texts", "a typical one"]
            };
            print_table(
                show.pick("同类归并", "What belongs together"),
                &header,
                rows.collect(),
            )?;
        }
    }
    if !found.defects.is_empty() {
        let rows = found.defects.iter().map(|one| {
            let words: Vec<&str> = one.phrases.iter().map(|phrase| phrase.words.as_str()).collect();
            vec![
                format!("{} {}", one.product, one.batch),
                format!("{} / {}", one.reports, brief(one.expected)),
                show.figure(&one.ratio),
                words.join(" / "),
            ]
        });
        let header = if zh {
            ["产品与批次", "件数/预期", "倍数 [95%]", "突出说法"]
        } else {
            ["product and batch", "reports/expected", "ratio [95%]", "words"]
        };
        let title = match found.by_units {
            true => show.pick(
                "缺陷疑点（按售出数量，请向工厂核实）",
                "Defect candidates (by units sold where known: ask the factory)",
            ),
            false => show.pick(
                "缺陷疑点（未计售出数量，请向工厂核实）",
                "Defect candidates (units sold are not known: ask the factory)",
            ),
        };
        print_table(title, &header, rows.collect())?;
    }
    found.pains.print(show)
}

fn print_phrases(
    show: &ShowArgs,
    title: &str,
    header: &[&str],
    phrases: Result<Vec<(&Phrase, &str)>, &Gap>,
) -> Result<(), Failure> {
    match phrases {
        Err(gap) => say(format!("{title}: {}", show.words(&gap.words()))),
        Ok(phrases) => {
            let rows = phrases.iter().map(|(phrase, mark)| {
                vec![
                    format!("{}{mark}", phrase.words),
                    phrase.here.to_string(),
                    phrase.there.to_string(),
                    show.figure(&phrase.ratio),
                    format!("{:.1}", phrase.z),
                ]
            });
            print_table(title, header, rows.collect())
        }
    }
}

fn object(show: &ShowArgs, found: &Found<'_>) -> Value {
    let phrase = |phrase: &Phrase| {
        json!({
            "phrase": phrase.words,
            "here": phrase.here,
            "elsewhere": phrase.there,
            "odds_ratio": show.figure_json(&phrase.ratio),
            "z": phrase.z,
        })
    };
    let set = &found.reports.set;
    let slice = found.slice.as_ref().map(|(slice, phrases)| match phrases {
        Ok(all) => json!({"slice": slice, "phrases": all.iter().map(phrase).collect::<Vec<_>>()}),
        Err(gap) => json!({"slice": slice, "reason": show.gap_json(*gap)}),
    });
    let rising = match &found.rising {
        Ok(all) => json!(
            all.iter()
                .map(|one| json!({"new": one.new, "words": phrase(&one.phrase)}))
                .collect::<Vec<_>>()
        ),
        Err(gap) => show.gap_json(*gap),
    };
    let clusters = match &found.clusters {
        Ok(all) => json!(
            all.iter()
                .map(|one| {
                    let ids = one.texts.iter().map(|place| set.reports[*place].id.as_str());
                    json!({"name": name_of(one), "texts": one.texts.len(), "cases": ids.collect::<Vec<_>>()})
                })
                .collect::<Vec<_>>()
        ),
        Err(gap) => show.gap_json(*gap),
    };
    let defects = found.defects.iter().map(|one| {
        json!({
            "product": one.product,
            "batch": one.batch,
            "reports": one.reports,
            "of": one.of,
            "expected": one.expected,
            "basis": basis_key(one.basis),
            "ratio": show.figure_json(&one.ratio),
            "corrected_p": one.adjusted,
            "phrases": one.phrases.iter().map(phrase).collect::<Vec<_>>(),
        })
    });
    json!({
        "until": date_words(found.reports.until),
        "complaints": set.reports.len(),
        "slice": slice,
        "rising": rising,
        "clusters": clusters,
        "defect_candidates": defects.collect::<Vec<_>>(),
        "pain_points": found.pains.object(show),
    })
}
