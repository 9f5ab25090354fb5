//! How a statement writes a value.

use super::quote::text;
use crate::time::Instant;
use crate::value::ColumnType;
use crate::value::column_type::Scalar;
use crate::warehouse::{BooleanLiteral, FloatLiteral, Warehouse};

/// A value as a literal; `NULL` where there is none.
#[must_use]
pub fn literal(value: Option<&Scalar<'_>>, warehouse: &Warehouse) -> String {
    match value {
        None => "NULL".to_owned(),
        Some(Scalar::Boolean(value)) => match warehouse.boolean_literal {
            BooleanLiteral::Word => value.to_string().to_ascii_uppercase(),
            BooleanLiteral::Digit => u8::from(*value).to_string(),
        },
        Some(Scalar::Integer(value)) => value.to_string(),
        Some(Scalar::Float(value)) => float(*value, warehouse),
        Some(Scalar::Timestamp(value)) => timestamp(*value, warehouse),
        Some(Scalar::Text(value)) => text(value, warehouse),
    }
}

/// A value as a literal that has the type of its column, whatever stands beside it.
pub(super) fn typed(value: Option<&Scalar<'_>>, logical: ColumnType, warehouse: &Warehouse) -> String {
    let literal = literal(value, warehouse);
    let is_typed = match value {
        None => false,
        Some(Scalar::Timestamp(_)) => warehouse.timestamp_literal.word.is_some(),
        Some(Scalar::Boolean(_) | Scalar::Integer(_) | Scalar::Float(_) | Scalar::Text(_)) => true,
    };
    if is_typed { literal } else { cast(&literal, logical, warehouse) }
}

/// `CAST(… AS …)`.
pub(super) fn cast(expression: &str, logical: ColumnType, warehouse: &Warehouse) -> String {
    format!("CAST({expression} AS {})", warehouse.types.of(logical))
}

/// The shortest text that gives the double back.
fn float(value: f64, warehouse: &Warehouse) -> String {
    let short = format!("{value:?}");
    // Fifteen digits are the same number as a decimal and as a double; -0 is no decimal.
    let is_exact = short.len() <= 16 && !short.contains('e') && (value != 0.0 || value.is_sign_positive());
    match warehouse.float_literal {
        FloatLiteral::Exponent if !is_exact => format!("{value:e}"),
        FloatLiteral::Cast if !is_exact => cast(&text(&short, warehouse), ColumnType::Float, warehouse),
        FloatLiteral::Point | FloatLiteral::Exponent | FloatLiteral::Cast => short,
    }
}

/// To the second, or as finely as need be.
fn timestamp(value: Instant, warehouse: &Warehouse) -> String {
    let form = warehouse.timestamp_literal;
    let iso = value.to_string();
    let (date, time) = iso.split_once('T').unwrap_or((&iso, ""));
    let time = time.trim_end_matches('Z').trim_end_matches('0').trim_end_matches('.');
    let literal = text(&format!("{date}{}{time}{}", form.separator, form.zone), warehouse);
    match form.word {
        Some(word) => format!("{word} {literal}"),
        None => literal,
    }
}
