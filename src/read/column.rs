//! What a column of a table is called, and what it holds.

/// A column of a table that is to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its cells are. CSV and JSONL write each cell as it is; Parquet has one type for a column.
    pub kind: ColumnKind,
}

/// What the cells of a column are.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnKind {
    /// Text, or nothing.
    Text,
    /// Whole numbers of 64 bits with a sign, or nothing.
    Integer,
    /// Numbers of 64 bits, or nothing.
    Number,
    /// What a Parquet file says.
    #[cfg(feature = "parquet")]
    Arrow(arrow_schema::DataType),
}

impl Column {
    /// A column of text.
    pub fn text(name: impl Into<String>) -> Column {
        Column { name: name.into(), kind: ColumnKind::Text }
    }

    /// A column of whole numbers.
    pub fn integer(name: impl Into<String>) -> Column {
        Column { name: name.into(), kind: ColumnKind::Integer }
    }

    /// A column of numbers.
    pub fn number(name: impl Into<String>) -> Column {
        Column { name: name.into(), kind: ColumnKind::Number }
    }
}
