//! The names of everything, for interfaces: all vocabularies with both languages.

use std::collections::BTreeMap;

use domain::vocabulary::Table;
use serde::Serialize;
use utoipa::ToSchema;

/// One value of a vocabulary.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LegendValue {
    /// The wire name.
    pub key: &'static str,
    /// The Chinese name.
    pub zh: &'static str,
    /// The English name.
    pub en: &'static str,
    /// The meaning in Chinese.
    pub meaning_zh: &'static str,
    /// The meaning in English.
    pub meaning_en: &'static str,
}

/// One vocabulary.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LegendTable {
    /// The row of the design it comes from.
    pub row: &'static str,
    /// The Chinese name.
    pub zh: &'static str,
    /// The English name.
    pub en: &'static str,
    /// Its values, in order.
    pub values: Vec<LegendValue>,
}

/// Every vocabulary by its wire name.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Legend {
    /// The vocabularies.
    pub vocabularies: BTreeMap<&'static str, LegendTable>,
}

impl Legend {
    /// The legend of all vocabularies of the product.
    pub fn load() -> Self {
        let tables = domain::vocabulary::all_tables();
        Self {
            vocabularies: tables
                .into_iter()
                .map(|table| (table.heading.key, table_of(&table)))
                .collect(),
        }
    }
}

fn table_of(table: &Table) -> LegendTable {
    let values = table.entries.iter().map(|entry| LegendValue {
        key: entry.key,
        zh: entry.zh,
        en: entry.en,
        meaning_zh: entry.meaning_zh,
        meaning_en: entry.meaning_en,
    });
    LegendTable {
        row: table.heading.row,
        zh: table.heading.zh,
        en: table.heading.en,
        values: values.collect(),
    }
}
