use std::fmt;
use std::path::{Path, PathBuf};

use blobs::BucketConfig;
use clap::Args;
use keys::Passphrase;
use zeroize::Zeroizing;

use super::archive_storage::ArchiveStorage;
use super::error::ConfigError;
use super::external_kms::{ExternalKms, ExternalKmsFlags};
use super::file::{self, File};
use super::variable::Variable;

/// Where everything is kept. `serve` has these flags, and so do the commands that work on its data.
#[derive(Debug, Clone, Default, Args)]
pub struct StorageFlags {
    /// Data folder, for rows, objects and keys [default: ./longshore-data]
    #[arg(long, env = "LONGSHORE_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// PostgreSQL database for the rows, instead of the data folder: postgres://USER@HOST/NAME. Any
    /// number of nodes can share it. If the URL contains a password, use the variable: other users
    /// can see a program's flags
    #[arg(long, env = "LONGSHORE_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// Bucket for the layers, instead of the data folder: s3://BUCKET/PREFIX, az://CONTAINER/PREFIX
    /// on Azure, or gs://BUCKET/PREFIX on Google. Variables for S3: LONGSHORE_S3_ENDPOINT,
    /// LONGSHORE_S3_REGION, LONGSHORE_S3_ACCESS_KEY_ID, LONGSHORE_S3_SECRET_ACCESS_KEY,
    /// LONGSHORE_S3_ALLOW_HTTP=true for an endpoint without TLS, and LONGSHORE_S3_SSE to let the
    /// store encrypt as well. For Azure: LONGSHORE_AZURE_ACCOUNT, LONGSHORE_AZURE_ACCESS_KEY or
    /// LONGSHORE_AZURE_SAS_TOKEN, LONGSHORE_AZURE_ENDPOINT and LONGSHORE_AZURE_ALLOW_HTTP. For
    /// Google: LONGSHORE_GCS_SERVICE_ACCOUNT (the path of a key file) or
    /// LONGSHORE_GCS_SERVICE_ACCOUNT_KEY, LONGSHORE_GCS_ENDPOINT and LONGSHORE_GCS_ALLOW_HTTP
    #[arg(long, env = "LONGSHORE_OBJECTS", value_name = "URL")]
    pub objects: Option<String>,
    /// Place for the bytes that only archived images need: a folder, s3://BUCKET/PREFIX,
    /// az://CONTAINER/PREFIX or gs://BUCKET/PREFIX. s3://BUCKET/PREFIX?class=GLACIER_IR also names
    /// the storage class of its objects. Buckets use the same variables as `--objects`. Name it in
    /// every command that works on this data [default: archived bytes stay with the others]
    #[arg(long, env = "LONGSHORE_ARCHIVE_STORAGE", value_name = "PLACE")]
    pub archive_storage: Option<String>,
    /// File with the keyring's root key, the same on every node. LONGSHORE_KEYRING_SECRET holds the
    /// key itself instead [default: keyring.json in the data folder]
    #[arg(long, env = "LONGSHORE_KEYRING", value_name = "FILE")]
    pub keyring: Option<PathBuf>,
    /// File with the passphrase that the keyring is sealed under, on one line.
    /// LONGSHORE_KEYRING_PASSPHRASE holds the passphrase itself instead. With either, keyring.json
    /// in the data folder is written sealed
    #[arg(long, env = "LONGSHORE_KEYRING_PASSPHRASE_FILE", value_name = "FILE")]
    pub keyring_passphrase_file: Option<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "its own flags say what they are")]
    pub external_kms: ExternalKmsFlags,
    /// TOML file with any of the flags
    #[arg(long, env = "LONGSHORE_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Where everything is kept, settled.
#[derive(Debug, Clone)]
pub struct Storage {
    /// The data folder. It may be empty or missing if nothing is kept in it.
    pub data: PathBuf,
    /// Where the rows are.
    pub rows: Rows,
    /// Where the layers are.
    pub objects: Objects,
    /// Where those are that only archived images need, if that is another place.
    pub archive: Option<ArchiveStorage>,
    /// Where the root keys come from.
    pub keyring: KeyringSource,
    /// What the keyring is sealed under, if it is.
    pub passphrase: Option<Passphrase>,
    /// Other services that hold keys of repositories.
    pub external_kms: ExternalKms,
}

/// Where the rows are.
#[derive(Debug, Clone)]
pub enum Rows {
    /// SQLite, in the folder.
    Folder,
    /// PostgreSQL.
    Postgres(DatabaseUrl),
}

/// The address of a database, perhaps with a password.
#[derive(Clone)]
pub struct DatabaseUrl(Zeroizing<String>);

/// Where the layers are.
#[derive(Debug, Clone)]
pub enum Objects {
    /// In the folder.
    Folder,
    /// In a bucket.
    Bucket(Box<BucketConfig>),
}

/// Where the root keys come from.
#[derive(Clone)]
pub enum KeyringSource {
    /// The folder's own file, made at the first start.
    Folder,
    /// A file that is the same on every node.
    File(PathBuf),
    /// A variable.
    Secret(Zeroizing<String>),
}

impl DatabaseUrl {
    /// The whole URL. Not for logs.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseUrl(…)")
    }
}

impl fmt::Debug for KeyringSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder => f.write_str("Folder"),
            Self::File(path) => write!(f, "File({})", path.display()),
            Self::Secret(_) => f.write_str("Secret(…)"),
        }
    }
}

impl Storage {
    /// Settles flags, variables and the file that the flags name.
    pub fn settle(flags: StorageFlags, variable: Variable<'_>) -> Result<Self, ConfigError> {
        let file = flags.config.as_deref().map(file::read).transpose()?.unwrap_or_default();
        Self::settle_with(flags, &file, variable)
    }

    /// The same, with the file already read.
    pub(super) fn settle_with(
        flags: StorageFlags,
        file: &File,
        variable: Variable<'_>,
    ) -> Result<Self, ConfigError> {
        let rows = match set(flags.database.or_else(|| file.database.clone())) {
            None => Rows::Folder,
            Some(url) => Rows::Postgres(database(url)?),
        };
        let objects = match set(flags.objects.or_else(|| file.objects.clone())) {
            None => Objects::Folder,
            Some(url) => Objects::Bucket(Box::new(
                BucketConfig::parse(&url, variable).map_err(ConfigError::Objects)?,
            )),
        };
        let archive = set(flags.archive_storage.or_else(|| file.archive_storage.clone()))
            .map(|text| ArchiveStorage::parse(&text, variable))
            .transpose()?;
        let secret = set(variable("LONGSHORE_KEYRING_SECRET"));
        let keyring = match (flags.keyring.or_else(|| file.keyring.clone()), secret) {
            (Some(_), Some(_)) => Err(ConfigError::TwoKeyrings),
            (Some(path), None) => Ok(KeyringSource::File(path)),
            (None, Some(secret)) => Ok(KeyringSource::Secret(Zeroizing::new(secret))),
            (None, None) if matches!(rows, Rows::Postgres(_)) => Err(ConfigError::NoSharedKeyring),
            (None, None) => Ok(KeyringSource::Folder),
        }?;
        let file_name = flags.keyring_passphrase_file.or_else(|| file.keyring_passphrase.clone());
        let passphrase = passphrase(file_name, variable)?;
        let external_kms = ExternalKms::settle(flags.external_kms, file, variable)?;
        if passphrase.is_some() && external_kms.keyring_key.is_some() {
            return Err(ConfigError::TwoSeals);
        }
        let data = flags.data.or_else(|| file.data.clone());
        let data = data.unwrap_or_else(|| PathBuf::from("./longshore-data"));
        if let Some(archive) = &archive {
            require_apart(archive, &data, &objects)?;
        }
        Ok(Self { data, rows, objects, archive, keyring, passphrase, external_kms })
    }

    /// Whether other nodes can share this state.
    pub fn is_shared(&self) -> bool {
        matches!(self.rows, Rows::Postgres(_))
    }

    /// Whether anything is kept in the folder.
    pub fn uses_folder(&self) -> bool {
        matches!((&self.rows, &self.objects), (Rows::Folder, _) | (_, Objects::Folder))
    }

    /// Everything in a folder, which is the default.
    pub fn folder(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            rows: Rows::Folder,
            objects: Objects::Folder,
            archive: None,
            keyring: KeyringSource::Folder,
            passphrase: None,
            external_kms: ExternalKms::default(),
        }
    }

    /// Describes where the state is in a few words, without secrets.
    pub fn describe(&self) -> String {
        let rows = match &self.rows {
            Rows::Folder => self.data.display().to_string(),
            Rows::Postgres(_) => "PostgreSQL".to_owned(),
        };
        match &self.objects {
            Objects::Folder if !self.is_shared() => rows,
            Objects::Folder => format!("{rows} and {}", self.data.display()),
            Objects::Bucket(bucket) if bucket.prefix.is_empty() => {
                format!("{rows} and the bucket {}", bucket.bucket)
            }
            Objects::Bucket(bucket) => {
                format!("{rows} and the bucket {} under {}/", bucket.bucket, bucket.prefix)
            }
        }
    }
}

/// The passphrase in a file, or in a variable.
fn passphrase(
    path: Option<PathBuf>,
    variable: Variable<'_>,
) -> Result<Option<Passphrase>, ConfigError> {
    match (path, set(variable("LONGSHORE_KEYRING_PASSPHRASE"))) {
        (Some(_), Some(_)) => Err(ConfigError::TwoPassphrases),
        (None, text) => Ok(text.map(|text| Passphrase::new(&Zeroizing::new(text)))),
        (Some(path), None) => {
            Passphrase::read(&path).map(Some).map_err(ConfigError::PassphraseFile)
        }
    }
}

/// Refuses to keep archived bytes where all others are.
fn require_apart(
    archive: &ArchiveStorage,
    data: &Path,
    objects: &Objects,
) -> Result<(), ConfigError> {
    let is_the_same = match (archive, objects) {
        (ArchiveStorage::Folder(folder), _) => {
            let whole = |path| std::path::absolute(path).ok();
            whole(folder.as_path()).is_some_and(|folder| Some(folder) == whole(data))
        }
        (ArchiveStorage::Bucket(archive), Objects::Bucket(objects)) => {
            let place = |bucket: &BucketConfig| {
                (bucket.bucket.clone(), bucket.prefix.clone(), bucket.at().to_owned())
            };
            place(archive) == place(objects)
        }
        (ArchiveStorage::Bucket(_), Objects::Folder) => false,
    };
    if is_the_same { Err(ConfigError::ArchiveNotApart) } else { Ok(()) }
}

/// An empty variable counts as unset: orchestrators set one to the empty string.
fn set(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn database(url: String) -> Result<DatabaseUrl, ConfigError> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Ok(DatabaseUrl(Zeroizing::new(url)));
    }
    Err(ConfigError::Database)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Variables<'a> = &'a [(&'a str, &'a str)];

    const SECRET: (&str, &str) = ("LONGSHORE_KEYRING_SECRET", "hush");
    const KEY_ID: (&str, &str) = ("LONGSHORE_S3_ACCESS_KEY_ID", "id");
    const KEY: (&str, &str) = ("LONGSHORE_S3_SECRET_ACCESS_KEY", "hush");
    const REGION: (&str, &str) = ("LONGSHORE_S3_REGION", "eu-central-1");
    const ACCOUNT: (&str, &str) = ("LONGSHORE_AZURE_ACCOUNT", "anaccount");
    const AZURE_KEY: (&str, &str) = ("LONGSHORE_AZURE_ACCESS_KEY", "hush");
    const ROWS: &str = "postgres://u:hush@db/rows";

    fn settle(
        database: Option<&str>,
        objects: Option<&str>,
        keyring: Option<&str>,
        variables: Variables<'_>,
    ) -> Result<Storage, String> {
        let flags = StorageFlags {
            database: database.map(str::to_owned),
            objects: objects.map(str::to_owned),
            keyring: keyring.map(PathBuf::from),
            ..StorageFlags::default()
        };
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        Storage::settle(flags, &variable).map_err(|error| error.to_string())
    }

    #[test]
    fn where_everything_is() {
        #[rustfmt::skip]
        let cases = [
            (settle(None, None, None, &[]),                                            "./longshore-data",           false, true),
            (settle(None, Some("s3://bytes/a"), None, &[REGION, KEY_ID, KEY]),         "./longshore-data and the bucket bytes under a/", false, true),
            (settle(Some(ROWS), None, None, &[SECRET]),                                "PostgreSQL and ./longshore-data", true, true),
            (settle(Some(ROWS), Some("s3://bytes"), Some("/k"), &[REGION, KEY_ID, KEY]), "PostgreSQL and the bucket bytes", true, false),
            (settle(Some(ROWS), Some("az://bytes/a"), Some("/k"), &[ACCOUNT, AZURE_KEY]), "PostgreSQL and the bucket bytes under a/", true, false),
            (settle(Some(""), Some(""), None, &[("LONGSHORE_KEYRING_SECRET", "")]),    "./longshore-data",           false, true),
        ];
        for (settled, described, is_shared, uses_folder) in cases {
            let storage = settled.unwrap();
            assert_eq!(storage.describe(), described);
            assert_eq!((storage.is_shared(), storage.uses_folder()), (is_shared, uses_folder));
            assert!(!format!("{storage:?}").contains("hush"), "a secret is not shown");
        }
    }

    fn archive(objects: Option<&str>, archive: &str) -> Result<String, String> {
        let flags = StorageFlags {
            objects: objects.map(str::to_owned),
            archive_storage: Some(archive.to_owned()),
            ..StorageFlags::default()
        };
        let variable = |name: &str| {
            let known = [REGION, KEY_ID, KEY].into_iter().find(|(known, _)| *known == name);
            known.map(|(_, value)| value.to_owned())
        };
        let settled = Storage::settle(flags, &variable).map_err(|error| error.to_string())?;
        Ok(settled.archive.map_or_else(String::new, |archive| archive.describe()))
    }

    #[test]
    fn where_archived_bytes_are() {
        const OBJECTS: Option<&str> = Some("s3://bytes/a");
        #[rustfmt::skip]
        let cases = [
            (archive(None, ""),                                          Ok("")),
            (archive(None, "/mnt/cold"),                                 Ok("/mnt/cold")),
            (archive(None, "./longshore-data/"),                         Err("name another folder")),
            (archive(OBJECTS, "/mnt/cold"),                              Ok("/mnt/cold")),
            (archive(OBJECTS, "s3://cold"),                              Ok("the bucket cold")),
            (archive(OBJECTS, "s3://bytes/b?class=GLACIER_IR"),          Ok("the bucket bytes under b/")),
            (archive(OBJECTS, "s3://bytes/a?class=GLACIER_IR"),          Err("another prefix of the bucket")),
            (archive(OBJECTS, "s3://bytes/b?class=DEEP_ARCHIVE"),        Err("read at once: STANDARD,")),
            (archive(OBJECTS, "s3://bytes/b?tier=cold"),                 Err("?tier=cold is not ?class=CLASS")),
            (archive(OBJECTS, "az://bytes/b?class=Cool"),                Err("for s3:// only")),
            (archive(OBJECTS, "s3://b/c"),                               Err("a bucket's name has")),
        ];
        for (settled, wanted) in cases {
            match (settled, wanted) {
                (Ok(settled), Ok(wanted)) => assert_eq!(settled, wanted),
                (Err(refused), Err(because)) => assert!(refused.contains(because), "{refused}"),
                (settled, wanted) => panic!("{settled:?} instead of {wanted:?}"),
            }
        }
    }

    #[test]
    fn what_is_refused() {
        #[rustfmt::skip]
        let cases = [
            (settle(Some(ROWS), None, None, &[]),                  "set LONGSHORE_KEYRING_SECRET"),
            (settle(Some(ROWS), None, Some("/k"), &[SECRET]),      "are both set"),
            (settle(Some("mysql://u:hush@db/x"), None, None, &[SECRET]), "not a PostgreSQL URL"),
            (settle(None, Some("/var/lib"), None, &[]),            "objects: /var/lib is not s3://BUCKET/PREFIX, az://"),
            (settle(None, Some("s3://bytes"), None, &[]),          "LONGSHORE_S3_REGION is not set"),
            (settle(None, Some("az://bytes"), None, &[]),          "LONGSHORE_AZURE_ACCOUNT is not set"),
            (settle(None, Some("gs://bytes"), None, &[]),          "neither LONGSHORE_GCS_SERVICE_ACCOUNT nor"),
        ];
        for (settled, because) in cases {
            let refused = settled.unwrap_err();
            assert!(refused.contains(because), "{refused}");
            assert!(!refused.contains("hush"), "a secret is not repeated: {refused}");
        }
    }
}
