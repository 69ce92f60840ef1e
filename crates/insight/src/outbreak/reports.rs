//! The reports that are counted, and the series that follow from them: every combination of every dimension's values.

use std::collections::{BTreeMap, HashMap, HashSet};

/// The most dimensions a report is counted by.
pub const MOST_DIMENSIONS: usize = 5;

/// One complaint as far as counting is concerned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Its name; a second report of the same name is a duplicate and not counted.
    pub id: String,
    /// Its local day since 1970-01-01.
    pub day: i32,
    /// Its value in each dimension; nothing where it has none.
    pub values: Vec<Option<String>>,
    /// Its words.
    pub text: String,
}

/// Reports counted by some dimensions.
#[derive(Clone, Debug, Default)]
pub struct ReportSet {
    /// The names of the dimensions.
    pub dimensions: Vec<String>,
    /// The reports by day, each once.
    pub reports: Vec<Report>,
    /// How many duplicates were left out.
    pub duplicates: usize,
}

/// A slice by its dimension's place and value, in the order of the dimensions; the empty one is everything.
pub type Slice = Vec<(usize, String)>;

impl ReportSet {
    /// Orders the reports and leaves duplicates out. Dimensions over the limit are not counted by.
    pub fn new(mut dimensions: Vec<String>, reports: Vec<Report>) -> Self {
        dimensions.truncate(MOST_DIMENSIONS);
        let all = reports.len();
        let mut seen = HashSet::new();
        let mut reports: Vec<Report> = reports
            .into_iter()
            .filter(|report| report.id.is_empty() || seen.insert(report.id.clone()))
            .collect();
        reports.sort_by_key(|report| report.day);
        Self {
            dimensions,
            duplicates: all - reports.len(),
            reports,
        }
    }

    /// The places of the reports of every slice up to and with the last day, in a steady order.
    pub fn slices(&self, until: i32) -> BTreeMap<Slice, Vec<usize>> {
        let coded = self.coded();
        let mut found: HashMap<Vec<u32>, Vec<usize>> = HashMap::new();
        let subsets = 1u32 << self.dimensions.len();
        for (place, report) in self.reports.iter().enumerate() {
            if report.day > until {
                break;
            }
            let codes = &coded.codes[place];
            for subset in 0..subsets {
                if let Some(key) = key_of(codes, subset) {
                    found.entry(key).or_default().push(place);
                }
            }
        }
        let named = found
            .into_iter()
            .map(|(key, places)| (coded.slice_of(&key), places));
        named.collect()
    }

    fn coded(&self) -> Coded<'_> {
        let mut names: Vec<&str> = Vec::new();
        let mut known: HashMap<&str, u32> = HashMap::new();
        let codes = self
            .reports
            .iter()
            .map(|report| {
                (0..self.dimensions.len())
                    .map(|dimension| {
                        let value = report.values.get(dimension)?.as_deref()?.trim();
                        (!value.is_empty()).then(|| {
                            *known.entry(value).or_insert_with(|| {
                                names.push(value);
                                names.len() as u32 - 1
                            })
                        })
                    })
                    .collect()
            })
            .collect();
        Coded { names, codes }
    }
}

/// Values as numbers.
struct Coded<'r> {
    names: Vec<&'r str>,
    codes: Vec<Vec<Option<u32>>>,
}

/// Stands for a dimension that a slice does not look at.
const ANY: u32 = u32::MAX;

impl Coded<'_> {
    fn slice_of(&self, key: &[u32]) -> Slice {
        let set = key.iter().enumerate().filter(|(_, code)| **code != ANY);
        set.map(|(dimension, code)| (dimension, self.names[*code as usize].to_owned()))
            .collect()
    }
}

/// The key of a report in a subset of the dimensions; nothing when it lacks one of them.
fn key_of(codes: &[Option<u32>], subset: u32) -> Option<Vec<u32>> {
    let each = codes.iter().enumerate();
    each.map(|(dimension, code)| {
        if subset >> dimension & 1 == 1 {
            *code
        } else {
            Some(ANY)
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_is_a_slice_and_duplicates_count_once() {
        let report = |id: &str, day, product: Option<&str>| Report {
            id: id.into(),
            day,
            values: vec![product.map(str::to_owned), Some("湖滨店".into())],
            text: String::new(),
        };
        let reports = vec![
            report("b", 2, Some("充电宝")),
            report("a", 1, Some("充电宝")),
            report("a", 1, Some("充电宝")),
            report("c", 9, None),
            report("", 3, None),
            report("", 3, None),
        ];
        let set = ReportSet::new(vec!["product".into(), "site".into()], reports);
        assert_eq!((set.reports.len(), set.duplicates), (5, 1));
        let sizes: Vec<(usize, usize)> = set
            .slices(8)
            .iter()
            .map(|(slice, places)| (slice.len(), places.len()))
            .collect();
        assert_eq!(sizes, [(0, 4), (1, 2), (2, 2), (1, 4)]);
    }
}
