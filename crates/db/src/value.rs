//! The arguments of a statement, and the values in a row.

use names::{
    AccountId, AliasName, Digest, EncryptionKey, EventRuleName, GrantId, GroupName, IamPath,
    ImageTag, InstanceProfileName, KmsKeyId, MaterialId, MediaType, ObjectKey, PolicyArn,
    PolicyName, Region, RepositoryName, RoleName, Timestamp, UniqueId, UploadId, UserName, Uuid,
    WrappedKey,
};
use rusqlite::types::{ToSqlOutput, ValueRef};

use crate::DbError;

/// A parameter: the three types that every engine has, and nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'a> {
    Text(&'a str),
    Int(i64),
    Bytes(&'a [u8]),
    Null,
}

/// A parameter that owns its value.
#[derive(Debug)]
pub(crate) enum Kept {
    Text(String),
    Int(i64),
    Bytes(Vec<u8>),
    Null,
}

impl From<&Value<'_>> for Kept {
    fn from(value: &Value<'_>) -> Self {
        match *value {
            Value::Text(text) => Self::Text(text.to_owned()),
            Value::Int(number) => Self::Int(number),
            Value::Bytes(bytes) => Self::Bytes(bytes.to_vec()),
            Value::Null => Self::Null,
        }
    }
}

impl Kept {
    pub(crate) fn value(&self) -> Value<'_> {
        match self {
            Self::Text(text) => Value::Text(text),
            Self::Int(number) => Value::Int(*number),
            Self::Bytes(bytes) => Value::Bytes(bytes),
            Self::Null => Value::Null,
        }
    }
}

/// A client's name after which a list continues, shortened to what can be compared with stored
/// names. No stored name contains a NUL byte, which PostgreSQL cannot store; so a name after this
/// text is also after the part before the NUL byte.
pub(crate) fn after(text: &str) -> &str {
    text.split('\0').next().unwrap_or_default()
}

/// Makes the parameters of a statement, in the order of `$1`, `$2`, ….
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$($crate::value::Value::from($value)),*] };
}
pub(crate) use args;

/// The parameters of a statement that runs once with each of them.
pub(crate) fn as_slices<'s, 'a, const N: usize>(
    each: &'s [[Value<'a>; N]],
) -> Vec<&'s [Value<'a>]> {
    each.iter().map(<[_; N]>::as_slice).collect()
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
            Self::Null => ValueRef::Null,
        }))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<u64> for Value<'_> {
    fn from(number: u64) -> Self {
        Self::Int(i64::try_from(number).expect("sizes and counts stay below 2^63"))
    }
}

impl From<bool> for Value<'_> {
    fn from(yes: bool) -> Self {
        Self::Int(i64::from(yes))
    }
}

impl From<Timestamp> for Value<'_> {
    fn from(moment: Timestamp) -> Self {
        Self::Int(moment.as_micros())
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Bytes(bytes)
    }
}

impl<'a> From<&'a Vec<u8>> for Value<'a> {
    fn from(bytes: &'a Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl<'a> From<&'a WrappedKey> for Value<'a> {
    fn from(key: &'a WrappedKey) -> Self {
        Self::Bytes(key.as_bytes())
    }
}

impl<'a, T> From<Option<T>> for Value<'a>
where
    Value<'a>: From<T>,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Value::from)
    }
}

macro_rules! words {
    ($($name:ty),*) => {$(
        impl<'a> From<&'a $name> for Value<'a> {
            fn from(word: &'a $name) -> Self {
                Self::Text(word.as_str())
            }
        }
    )*};
}
words!(AccountId, Region, RepositoryName, ImageTag, Digest, MediaType, ObjectKey, UploadId);
words!(Uuid);
words!(UserName, GroupName, RoleName, PolicyName, InstanceProfileName, IamPath, UniqueId);
words!(EventRuleName);
words!(PolicyArn, KmsKeyId, AliasName, MaterialId, GrantId, EncryptionKey);

/// One row of an answer, read by position. A value that does not fit is corruption, not a panic.
pub(crate) enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

impl Row<'_> {
    pub(crate) fn cell(&self, at: usize, column: &'static str) -> Result<Value<'_>, DbError> {
        let corrupt = DbError::Corrupt { column };
        match self {
            Self::Sqlite(row) => match row.get_ref(at).map_err(|_| corrupt.clone())? {
                ValueRef::Null => Ok(Value::Null),
                ValueRef::Integer(number) => Ok(Value::Int(number)),
                ValueRef::Text(text) => {
                    std::str::from_utf8(text).map(Value::Text).map_err(|_| corrupt)
                }
                ValueRef::Blob(bytes) => Ok(Value::Bytes(bytes)),
                ValueRef::Real(_) => Err(corrupt),
            },
            Self::Postgres(row) => row.try_get(at).map_err(|_| corrupt),
        }
    }

    pub(crate) fn int(&self, at: usize, column: &'static str) -> Result<i64, DbError> {
        self.maybe_int(at, column)?.ok_or(DbError::Corrupt { column })
    }

    pub(crate) fn maybe_int(
        &self,
        at: usize,
        column: &'static str,
    ) -> Result<Option<i64>, DbError> {
        match self.cell(at, column)? {
            Value::Int(number) => Ok(Some(number)),
            Value::Null => Ok(None),
            Value::Text(_) | Value::Bytes(_) => Err(DbError::Corrupt { column }),
        }
    }

    pub(crate) fn size(&self, at: usize, column: &'static str) -> Result<u64, DbError> {
        u64::try_from(self.int(at, column)?).map_err(|_| DbError::Corrupt { column })
    }

    pub(crate) fn moment(&self, at: usize, column: &'static str) -> Result<Timestamp, DbError> {
        self.int(at, column).map(Timestamp::from_micros)
    }

    pub(crate) fn maybe_moment(
        &self,
        at: usize,
        column: &'static str,
    ) -> Result<Option<Timestamp>, DbError> {
        Ok(self.maybe_int(at, column)?.map(Timestamp::from_micros))
    }

    fn str(&self, at: usize, column: &'static str) -> Result<Option<&str>, DbError> {
        match self.cell(at, column)? {
            Value::Text(text) => Ok(Some(text)),
            Value::Null => Ok(None),
            Value::Int(_) | Value::Bytes(_) => Err(DbError::Corrupt { column }),
        }
    }

    pub(crate) fn text(&self, at: usize, column: &'static str) -> Result<String, DbError> {
        self.maybe_text(at, column)?.ok_or(DbError::Corrupt { column })
    }

    pub(crate) fn maybe_text(
        &self,
        at: usize,
        column: &'static str,
    ) -> Result<Option<String>, DbError> {
        Ok(self.str(at, column)?.map(str::to_owned))
    }

    /// A value of one of the types of `names`.
    pub(crate) fn word<T: std::str::FromStr>(
        &self,
        at: usize,
        column: &'static str,
    ) -> Result<T, DbError> {
        self.maybe_word(at, column)?.ok_or(DbError::Corrupt { column })
    }

    pub(crate) fn maybe_word<T: std::str::FromStr>(
        &self,
        at: usize,
        column: &'static str,
    ) -> Result<Option<T>, DbError> {
        let text = self.str(at, column)?;
        text.map(|text| text.parse().map_err(|_| DbError::Corrupt { column })).transpose()
    }

    pub(crate) fn maybe_bytes(
        &self,
        at: usize,
        column: &'static str,
    ) -> Result<Option<&[u8]>, DbError> {
        match self.cell(at, column)? {
            Value::Bytes(bytes) => Ok(Some(bytes)),
            Value::Null => Ok(None),
            Value::Int(_) | Value::Text(_) => Err(DbError::Corrupt { column }),
        }
    }

    pub(crate) fn bytes(&self, at: usize, column: &'static str) -> Result<&[u8], DbError> {
        match self.cell(at, column)? {
            Value::Bytes(bytes) => Ok(bytes),
            Value::Null | Value::Int(_) | Value::Text(_) => Err(DbError::Corrupt { column }),
        }
    }
}
