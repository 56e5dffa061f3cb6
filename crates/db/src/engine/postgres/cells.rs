//! Maps our three types to PostgreSQL's `text`, `bigint` and `bytea`, and to the results of its
//! expressions.

use std::error::Error;

use bytes::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, WrongType, to_sql_checked};

use crate::value::Value;

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        wanted: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self, wanted) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Int(number), &Type::INT8) => number.to_sql(wanted, out),
            (Self::Int(number), &Type::INT4) => i32::try_from(*number)?.to_sql(wanted, out),
            (Self::Text(text), &Type::TEXT) => text.to_sql(wanted, out),
            (Self::Bytes(bytes), &Type::BYTEA) => bytes.to_sql(wanted, out),
            (Self::Int(_), _) => Err(Box::new(WrongType::new::<i64>(wanted.clone()))),
            (Self::Text(_), _) => Err(Box::new(WrongType::new::<&str>(wanted.clone()))),
            (Self::Bytes(_), _) => Err(Box::new(WrongType::new::<&[u8]>(wanted.clone()))),
        }
    }

    /// Whether a value fits is checked value by value: a parameter may have any of the three types.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value<'a> {
    fn from_sql(found: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        match *found {
            Type::INT8 => i64::from_sql(found, raw).map(Self::Int),
            // A literal, as in SELECT 1.
            Type::INT4 => i32::from_sql(found, raw).map(|number| Self::Int(number.into())),
            // EXISTS, which SQLite answers with 0 or 1.
            Type::BOOL => bool::from_sql(found, raw).map(|yes| Self::Int(yes.into())),
            Type::TEXT => <&str>::from_sql(found, raw).map(Self::Text),
            Type::BYTEA => Ok(Self::Bytes(raw)),
            _ => Err(Box::new(WrongType::new::<Self>(found.clone()))),
        }
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(found: &Type) -> bool {
        [Type::INT8, Type::INT4, Type::BOOL, Type::TEXT, Type::BYTEA].contains(found)
    }
}
