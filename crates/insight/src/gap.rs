//! Why there is no number, in words that say what is missing.

use domain::Bilingual;

/// What there are too few of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Cases or complaints.
    Cases,
    /// Customers.
    Customers,
    /// Customers who bought again.
    RepeatCustomers,
    /// Customers who bought again for a known amount.
    Spenders,
    /// Texts.
    Texts,
    /// Marks of satisfaction.
    Marks,
    /// Durations or other values of one kind.
    Values,
}

impl Counted {
    /// The Chinese name, its measure word, and the English name.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Cases => ("案件", "件", "cases"),
            Self::Customers => ("客户", "位", "customers"),
            Self::RepeatCustomers => ("回头客", "位", "customers who came back"),
            Self::Spenders => (
                "有金额的回头客",
                "位",
                "customers who came back with a known amount",
            ),
            Self::Texts => ("文本", "份", "texts"),
            Self::Marks => ("评分", "个", "marks"),
            Self::Values => ("数值", "个", "values"),
        }
    }
}

/// Why there is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The history is too short.
    TooShort {
        /// Periods there are.
        have: usize,
        /// Periods needed.
        need: usize,
    },
    /// There are too few of something.
    TooFew {
        /// Of what.
        of: Counted,
        /// How many there are.
        have: usize,
        /// How many are needed.
        need: usize,
    },
    /// There are no cases at all.
    NoCases,
    /// There were none before, so that there is no number of times as many.
    NoneBefore {
        /// How many there are now.
        now: usize,
    },
    /// All was looked at, and nothing goes beyond chance.
    NothingFound,
    /// The newest period was not counted.
    NewestMissing,
    /// The complaints do not say what would have to be counted.
    NotNamed,
    /// There is nothing else of the kind to compare with.
    NothingBeside,
    /// No value of a customer was given.
    NoValue,
    /// No assumption was given.
    NoAssumption,
    /// Nothing ever varies, so that nothing can be compared.
    NoVariation,
    /// The fit did not settle.
    NotConverged,
    /// What was given cannot be used, such as a negative loss.
    OutOfRange,
    /// The computation left the range of numbers.
    NotFinite,
}

impl Gap {
    /// The key that files and programs see.
    pub fn key(self) -> &'static str {
        match self {
            Self::TooShort { .. } => "too_short",
            Self::TooFew { .. } => "too_few",
            Self::NoCases => "no_cases",
            Self::NoneBefore { .. } => "none_before",
            Self::NothingFound => "nothing_found",
            Self::NewestMissing => "newest_missing",
            Self::NotNamed => "not_named",
            Self::NothingBeside => "nothing_beside",
            Self::NoValue => "no_value",
            Self::NoAssumption => "no_assumption",
            Self::NoVariation => "no_variation",
            Self::NotConverged => "not_converged",
            Self::OutOfRange => "out_of_range",
            Self::NotFinite => "not_finite",
        }
    }

    /// The reason in words.
    pub fn words(self) -> Bilingual {
        let (zh, en) = match self {
            Self::TooShort { have, need } => {
                return Bilingual::new(
                    format!("历史太短：只有 {have} 期，至少需要 {need} 期"),
                    format!("the history is too short: {have} periods, {need} are needed"),
                );
            }
            Self::TooFew { of, have, need } => {
                let (zh, unit, en) = of.words();
                return Bilingual::new(
                    format!("{zh}太少：只有 {have} {unit}，至少需要 {need} {unit}"),
                    format!("too few {en}: {have}, {need} are needed"),
                );
            }
            Self::NoneBefore { now } => {
                return Bilingual::new(
                    format!("之前一件也没有，现在 {now} 件，说不出是几倍"),
                    format!("{now} now and none before: there is no number of times as many"),
                );
            }
            Self::NoCases => ("没有投诉，无从统计", "there are no complaints"),
            Self::NothingFound => (
                "查过了，没有超出偶然的发现",
                "all was looked at, nothing goes beyond chance",
            ),
            Self::NewestMissing => (
                "最近一期没有数据，无法判断",
                "the newest period holds no data and cannot be judged",
            ),
            Self::NotNamed => (
                "投诉里没有写明这一项，无从统计",
                "the complaints do not name it, so it cannot be counted",
            ),
            Self::NothingBeside => (
                "没有同类可以对照，说不出是几倍",
                "there is no other of its kind to compare with",
            ),
            Self::NoValue => ("没有给出客户价值", "no value of a customer was given"),
            Self::NoAssumption => ("没有给出假设", "no assumption was given"),
            Self::NoVariation => (
                "数据没有变化，无从比较",
                "the data never vary, nothing can be compared",
            ),
            Self::NotConverged => ("模型没有收敛，不给出数字", "the model did not settle"),
            Self::OutOfRange => ("输入超出允许范围，不给出数字", "what was given is out of range"),
            Self::NotFinite => (
                "计算超出数值范围，不给出数字",
                "the computation left the range of numbers",
            ),
        };
        Bilingual::new(zh, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_few_says_of_what() {
        let gap = Gap::TooFew {
            of: Counted::RepeatCustomers,
            have: 3,
            need: 20,
        };
        assert_eq!(gap.words().zh, "回头客太少：只有 3 位，至少需要 20 位");
        assert_eq!(
            gap.words().en,
            "too few customers who came back: 3, 20 are needed"
        );
    }
}
