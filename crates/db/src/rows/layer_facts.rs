use super::blob::BlobKey;
use crate::value::args;
use crate::{DbError, Tx};

impl Tx<'_> {
    /// What a layer says, as this set of readers or a newer one understood it.
    pub fn find_layer_facts(
        &mut self,
        blob: BlobKey,
        readers: u32,
    ) -> Result<Option<Vec<u8>>, DbError> {
        self.row(
            "SELECT facts FROM layer_facts WHERE blob = $1 AND readers >= $2",
            args![blob, i64::from(readers)],
            |row| row.bytes(0, "layer_facts.facts").map(<[u8]>::to_vec),
        )
    }

    /// Writes down what a layer says.
    pub fn put_layer_facts(
        &mut self,
        blob: BlobKey,
        readers: u32,
        facts: &[u8],
    ) -> Result<(), DbError> {
        self.send(
            "INSERT INTO layer_facts (blob, readers, facts) VALUES ($1, $2, $3)
             ON CONFLICT (blob) DO UPDATE SET readers = excluded.readers, facts = excluded.facts",
            args![blob, i64::from(readers), facts],
        )
    }
}
