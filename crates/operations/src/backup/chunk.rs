//! A stretch of rows as a file.

use std::io::{Read as _, Write as _};

use db::{Cell, Table};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::cells::{read_row, to_json};

/// A file ends after a row whose key falls into one of this many classes: after about this many
/// rows.
const ROWS_ABOUT: u64 = 1024;

/// A file ends at the latest when its rows take this much memory.
const WEIGHT_BYTES_MAX: usize = 4 << 20;

/// More than the lines of any file: a manifest of 4 MiB in base64, and the rows before it.
const TEXT_BYTES_MAX: u64 = 64 << 20;

/// The first line of a file.
#[derive(Serialize, Deserialize)]
struct Head {
    table: String,
    columns: Vec<String>,
}

/// Gathers rows of one table until they make a file.
pub(super) struct Chunker {
    table: &'static Table,
    rows: Vec<Vec<Cell>>,
    weight_bytes: usize,
}

/// The content of a file.
pub(super) struct Chunk {
    pub(super) table: &'static Table,
    pub(super) bytes: Vec<u8>,
    /// How many objects its rows name, and the bytes of layers among them.
    pub(super) objects: u64,
    pub(super) layer_bytes: u64,
}

impl Chunker {
    pub(super) fn new(table: &'static Table) -> Self {
        Self { table, rows: Vec::new(), weight_bytes: 0 }
    }

    /// Adds a row. Returns a file if it ends here.
    pub(super) fn add(&mut self, row: Vec<Cell>) -> Option<Chunk> {
        let ends = class_of(self.table, &row) == 0;
        self.weight_bytes += row.iter().map(Cell::weight_bytes).sum::<usize>();
        self.rows.push(row);
        (ends || self.weight_bytes >= WEIGHT_BYTES_MAX).then(|| self.finish()).flatten()
    }

    /// The rows that make no whole file.
    pub(super) fn finish(&mut self) -> Option<Chunk> {
        self.weight_bytes = 0;
        let rows = std::mem::take(&mut self.rows);
        (!rows.is_empty()).then(|| {
            let bytes = encode(self.table, &rows);
            let objects = if names_objects(self.table) { rows.len() as u64 } else { 0 };
            let size = self.table.position("size").filter(|_| objects > 0);
            let size_of = |row: &Vec<Cell>| match size.map(|at| &row[at]) {
                Some(Cell::Int(size)) => u64::try_from(*size).unwrap_or(0),
                Some(_) | None => 0,
            };
            let layer_bytes = rows.iter().map(size_of).sum();
            Chunk { table: self.table, bytes, objects, layer_bytes }
        })
    }
}

/// Do rows of this table name objects that move?
pub(super) fn names_objects(table: &Table) -> bool {
    matches!(table.name, "blob" | "image_record")
}

/// The class of a row, from its key (FNV-1a): the same in every backup.
fn class_of(table: &Table, row: &[Cell]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut absorb = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for column in table.key {
        match &row[table.position(column).expect("a key's columns are a table's")] {
            Cell::Null => absorb(&[0]),
            Cell::Int(number) => absorb(&number.to_le_bytes()),
            Cell::Text(text) => absorb(text.as_bytes()),
            Cell::Bytes(bytes) => absorb(bytes),
        }
    }
    (hash ^ (hash >> 32)) % ROWS_ABOUT
}

fn encode(table: &Table, rows: &[Vec<Cell>]) -> Vec<u8> {
    const MEMORY: &str = "memory takes what is written to it";
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    let head = Head {
        table: table.name.to_owned(),
        columns: table.columns.iter().map(|column| (*column).to_owned()).collect(),
    };
    let mut line = serde_json::to_vec(&head).expect("names are JSON");
    for row in rows {
        line.push(b'\n');
        gzip.write_all(&line).expect(MEMORY);
        line.clear();
        let row: Vec<Value> = row.iter().map(to_json).collect();
        serde_json::to_writer(&mut line, &row).expect("cells are JSON");
    }
    line.push(b'\n');
    gzip.write_all(&line).expect(MEMORY);
    gzip.finish().expect(MEMORY)
}

/// The rows of a file of `table`, or what is wrong with it.
pub(super) fn decode(table: &Table, bytes: &[u8]) -> Result<Vec<Vec<Cell>>, &'static str> {
    let mut text = String::new();
    let unpacked = GzDecoder::new(bytes).take(TEXT_BYTES_MAX + 1).read_to_string(&mut text);
    unpacked.map_err(|_| "it cannot be unpacked")?;
    if text.len() as u64 > TEXT_BYTES_MAX {
        return Err("it unpacks to more than any file of rows");
    }
    let mut lines = text.lines();
    let head: Head = lines
        .next()
        .and_then(|line| serde_json::from_str(line).ok())
        .ok_or("it does not say what it holds")?;
    let is_known = |column: &String| table.columns.contains(&column.as_str());
    if head.table != table.name || !head.columns.iter().all(is_known) {
        return Err("it holds other columns than this program knows");
    }
    // Rows of an older program lack columns that were added since.
    let place_of = |column: &&str| head.columns.iter().position(|known| known == column);
    let places: Vec<_> = table.columns.iter().map(place_of).collect();
    let row = |line| {
        let cells = read_row(line, head.columns.len())?;
        let cell = |place: &Option<usize>| place.map_or(Cell::Null, |at| cells[at].clone());
        Some(places.iter().map(cell).collect())
    };
    lines.map(row).collect::<Option<_>>().ok_or("a row of it cannot be read")
}

#[cfg(test)]
mod tests {
    use super::super::seal::RowSeal;
    use super::*;

    fn rows(count: i64) -> Vec<Vec<Cell>> {
        let row = |id: i64| {
            vec![
                Cell::Int(id),
                Cell::Text(format!("\u{1f6a2}\n\"{id}")),
                Cell::Null,
                Cell::Int(i64::MIN),
                Cell::Null,
            ]
        };
        (0..count).map(row).collect()
    }

    fn chunks(rows: Vec<Vec<Cell>>) -> Vec<Chunk> {
        let table = Table::find("registry").unwrap();
        let mut chunker = Chunker::new(table);
        let mut found: Vec<_> = rows.into_iter().filter_map(|row| chunker.add(row)).collect();
        found.extend(chunker.finish());
        found
    }

    #[test]
    fn what_is_written_is_read_back_and_nothing_else_is() {
        let table = Table::find("registry").unwrap();
        let wanted = rows(5000);
        let found = chunks(wanted.clone());
        assert!((2..20).contains(&found.len()), "{} files", found.len());
        let read = |chunk: &Chunk| decode(table, &chunk.bytes).unwrap();
        assert_eq!(found.iter().flat_map(read).collect::<Vec<_>>(), wanted);
        let other = Table::find("account").unwrap();
        assert!(decode(other, &found[0].bytes).unwrap_err().contains("other columns"));
    }

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(text).unwrap();
        gzip.finish().unwrap()
    }

    #[test]
    fn files_of_rows_that_are_refused() {
        let table = Table::find("registry").unwrap();
        let columns = table.columns.join("\",\"");
        let head = format!("{{\"table\":\"registry\",\"columns\":[\"{columns}\"]}}\n");
        let row = format!("{head}[{}1]\n", "1,".repeat(table.columns.len() - 1));
        assert_eq!(decode(table, &packed(row.as_bytes())).unwrap().len(), 1);
        let unknown = head.replace(table.columns[0], "unheard_of");
        let whole = packed(row.as_bytes());
        let bomb = packed(&vec![b'\n'; usize::try_from(TEXT_BYTES_MAX).unwrap() + 1]);
        assert!(bomb.len() < 1 << 20, "a small file");
        #[rustfmt::skip]
        let cases = [
            (Vec::new(),                     "it cannot be unpacked"),
            (row.clone().into_bytes(),       "it cannot be unpacked"),
            (whole[..whole.len() - 9].to_vec(), "it cannot be unpacked"),
            (packed(b"\xff\xfe"),            "it cannot be unpacked"),
            (bomb,                           "it unpacks to more than any file of rows"),
            (packed(b""),                    "it does not say what it holds"),
            (packed(b"[]\n"),                "it does not say what it holds"),
            (packed(unknown.as_bytes()),     "it holds other columns than this program knows"),
            (packed(format!("{head}[1]\n").as_bytes()), "a row of it cannot be read"),
            (packed(format!("{row}\n").as_bytes()), "a row of it cannot be read"),
        ];
        for (bytes, wanted) in cases {
            assert_eq!(decode(table, &bytes).unwrap_err(), wanted);
        }
    }

    #[test]
    fn rows_that_did_not_change_are_the_same_files() {
        let (mut before, mut after) = (rows(20_000), rows(20_050));
        after[10_000][2] = Cell::Int(1);
        before.remove(3);
        let name = |chunk: Chunk| RowSeal::Nothing.name("registry", &chunk.bytes);
        let names = |rows| chunks(rows).into_iter().map(name).collect::<Vec<_>>();
        let (before, after) = (names(before), names(after));
        let fresh = after.iter().filter(|name| !before.contains(name)).count();
        // One for each of the two rows that changed, and at the end the last of before, and one
        // that begins behind it.
        assert!(after.len() > 8 && fresh <= 4, "{fresh} new files of {}", after.len());
    }
}
