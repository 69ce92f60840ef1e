//! Declares records and both conversions in one place, so that a field cannot be forgotten in one of them.

/// Types that are stored as they are.
macro_rules! mirror_plain {
    ($($name:ty),* $(,)?) => { $(
        impl Mirror for $name {
            type Record = $name;
            fn to_record(&self) -> $name { self.clone() }
            fn from_record(record: $name) -> Result<Self, Unreadable> { Ok(record) }
        }
    )* };
}

/// Vocabularies are stored as their keys.
macro_rules! mirror_vocabulary {
    ($($name:ty),* $(,)?) => { $(
        impl Mirror for $name {
            type Record = String;
            fn to_record(&self) -> String { self.key().to_owned() }
            fn from_record(record: String) -> Result<Self, Unreadable> { from_key(&record) }
        }
    )* };
}

/// Identities are stored as text.
macro_rules! mirror_id {
    ($($name:ty),* $(,)?) => { $(
        impl Mirror for $name {
            type Record = String;
            fn to_record(&self) -> String { self.0.clone() }
            fn from_record(record: String) -> Result<Self, Unreadable> { Ok(Self(record)) }
        }
    )* };
}

/// Levels are stored as their numbers.
macro_rules! mirror_level {
    ($($name:ty),* $(,)?) => { $(
        impl Mirror for $name {
            type Record = u8;
            fn to_record(&self) -> u8 { self.level() }
            fn from_record(record: u8) -> Result<Self, Unreadable> {
                let value = Self::from_level(record);
                if value.level() == record { Ok(value) } else { Err(Unreadable(format!("{record} is no level"))) }
            }
        }
    )* };
}

/// A struct of the domain and its record of the same fields; what is empty is left out.
macro_rules! mirror_struct {
    ($(#[$of_record:meta])* $name:ident as $record:ident { $( $(#[$meta:meta])* $field:ident: $type:ty, )* }) => {
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        $(#[$of_record])*
        pub(crate) struct $record {
            $( $(#[$meta])* $field: <$type as $crate::record::Mirror>::Record, )*
        }

        impl $crate::record::Mirror for $name {
            type Record = $record;
            fn to_record(&self) -> $record {
                $record { $( $field: $crate::record::Mirror::to_record(&self.$field), )* }
            }
            fn from_record(record: $record) -> Result<Self, $crate::record::Unreadable> {
                Ok(Self { $( $field: <$type as $crate::record::Mirror>::from_record(record.$field)?, )* })
            }
        }
    };
}

/// An enum of the domain whose variants have named fields, and its record.
macro_rules! mirror_enum {
    ($name:ident as $record:ident { $( $variant:ident { $( $field:ident: $type:ty ),* } )* }) => {
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum $record {
            $( $variant { $( $field: <$type as $crate::record::Mirror>::Record, )* }, )*
        }

        impl $crate::record::Mirror for $name {
            type Record = $record;
            fn to_record(&self) -> $record {
                match self { $(
                    Self::$variant { $( $field, )* } => $record::$variant {
                        $( $field: <$type as $crate::record::Mirror>::to_record($field), )*
                    },
                )* }
            }
            fn from_record(record: $record) -> Result<Self, $crate::record::Unreadable> {
                Ok(match record { $(
                    $record::$variant { $( $field, )* } => Self::$variant {
                        $( $field: <$type as $crate::record::Mirror>::from_record($field)?, )*
                    },
                )* })
            }
        }
    };
}

/// An enum of the domain whose variants hold one value each, and its record; several values go as one tuple.
macro_rules! mirror_union {
    ($name:ident as $record:ident { $( $variant:ident($type:ty) )* }) => {
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum $record {
            $( $variant(<$type as $crate::record::Mirror>::Record), )*
        }

        impl $crate::record::Mirror for $name {
            type Record = $record;
            fn to_record(&self) -> $record {
                match self { $(
                    Self::$variant(value) => $record::$variant(<$type as $crate::record::Mirror>::to_record(value)),
                )* }
            }
            fn from_record(record: $record) -> Result<Self, $crate::record::Unreadable> {
                Ok(match record { $(
                    $record::$variant(value) => Self::$variant(<$type as $crate::record::Mirror>::from_record(value)?),
                )* })
            }
        }
    };
}
