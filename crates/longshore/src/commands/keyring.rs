use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use keys::Passphrase;
use serde_json::json;
use server::config::{Storage, StorageFlags};

use super::account::call;
use super::{Outcome, variable};
use crate::client::{Reach, run};

const EXAMPLES: &str = "\
Examples:
  longshore keyring status
  longshore keyring rotate
  longshore keyring remove 5f0e1d2c
  longshore keyring export --data /var/lib/longshore --passphrase-file ./words --to /safe/keyring.sealed
  longshore keyring import /safe/keyring.sealed --data ./restored --passphrase-file ./words

The keyring holds the root keys under which all other keys are sealed: WITHOUT IT, EVERY LAYER, EVERY SECRET AND EVERY \
BACKUP IS LOST. Keep an export where neither the nodes nor the backups are. status, rotate and remove ask a running \
server, and print JSON; the root user of its first account may run them, and so may any principal that it grants \
longshore:DescribeKeyring, longshore:RotateRootKey or longshore:RemoveRootKey. export and import work on files.";

/// Shows, rotates, exports and imports the root keys.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Keyring {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Print the root keys, what needs each, and how far a rotation is:
    /// {"RootKeys":[{"RootKeyId","State","NeededBecause",…}],"Resealing":{"State",…},"Nodes":[…]}
    Status {
        #[command(flatten)]
        reach: Reach,
    },
    /// Let a new root key seal, and seal every secret in the rows again under it, in the
    /// background: {"FromRootKeyId","ToRootKeyId"}. A server with a keyring of its own makes the
    /// new root key; where nodes are handed their keyring, first add one to the keyring of each
    Rotate {
        #[command(flatten)]
        reach: Reach,
    },
    /// Take a root key out of the keyring that nothing needs there any more, as `status` says
    Remove {
        /// RootKeyId, as `status` prints it
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        reach: Reach,
    },
    /// Write a copy of the keyring, sealed under a passphrase. The copy is a keyring file:
    /// --keyring takes it, together with the passphrase
    Export(Box<Export>),
    /// Put a keyring into a data folder that has none, if it opens what is in the folder
    Import(Box<Import>),
}

#[derive(Args)]
struct Export {
    #[command(flatten)]
    storage: StorageFlags,
    /// File with the passphrase of the copy, on one line; at least 12 characters.
    /// LONGSHORE_EXPORT_PASSPHRASE holds the passphrase itself instead
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// File to write, which must not exist; only its owner can read it [default: standard output]
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

#[derive(Args)]
struct Import {
    /// An export, or a plain keyring file, that only its owner can read
    #[arg(value_name = "FILE")]
    from: PathBuf,
    #[command(flatten)]
    storage: StorageFlags,
    /// File with the passphrase that it is sealed under, on one line. LONGSHORE_EXPORT_PASSPHRASE
    /// holds the passphrase itself instead
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Keyring {
    pub(super) fn run(self) -> Outcome {
        match self.act {
            Act::Status { reach } => print(&reach, "Longshore_20261121.DescribeKeyring", None),
            Act::Rotate { reach } => print(&reach, "Longshore_20261121.RotateRootKey", None),
            Act::Remove { id, reach } => {
                print(&reach, "Longshore_20261121.RemoveRootKey", Some(&id))
            }
            Act::Export(export) => export.run(),
            Act::Import(import) => import.run(),
        }
    }
}

/// Prints the answer of an operation.
fn print(reach: &Reach, target: &'static str, root_key: Option<&str>) -> Outcome {
    let input = root_key.map_or(json!({}), |id| json!({ "RootKeyId": id }));
    let answer = run(async { call(reach, target, &input).await })?;
    println!("{answer}");
    Ok(ExitCode::SUCCESS)
}

impl Export {
    fn run(self) -> Outcome {
        let Self { storage, passphrase_file, to } = self;
        let storage = Storage::settle(storage, &variable)?;
        let passphrase = passphrase(passphrase_file)?.ok_or(
            "no passphrase for the copy: name a file with --passphrase-file, or set LONGSHORE_EXPORT_PASSPHRASE",
        )?;
        let asked = server::ExportAsked { storage, passphrase, to };
        runtime()?.block_on(server::export_keyring(asked))?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Import {
    fn run(self) -> Outcome {
        let Self { from, storage, passphrase_file } = self;
        let storage = Storage::settle(storage, &variable)?;
        let passphrase = passphrase(passphrase_file)?;
        let asked = server::ImportAsked { storage, from, passphrase };
        runtime()?.block_on(server::import_keyring(asked))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

/// The passphrase of an export.
fn passphrase(path: Option<PathBuf>) -> Result<Option<Passphrase>, keys::KeyError> {
    if let Some(path) = path {
        Passphrase::read(&path).map(Some)
    } else {
        let text = variable("LONGSHORE_EXPORT_PASSPHRASE").filter(|text| !text.is_empty());
        Ok(text.map(|text| Passphrase::new(&zeroize::Zeroizing::new(text))))
    }
}
