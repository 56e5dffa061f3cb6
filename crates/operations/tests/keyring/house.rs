//! A registry that has one of everything that is sealed.

use std::collections::BTreeSet;
use std::time::Duration;

use db::testing::{Engine, read_everything};
use db::{Cell, DbError, KmsKey, KmsMaterial};
use keys::{RootKeyId, SealedAs};
use names::{
    AccountId, Digest, KeySpec, KeyUsage, KmsKeyArn, KmsKeyId, KmsKeyManager, MaterialId,
    MaterialOrigin, RegistryId, RepositoryArn, SecretRef, Timestamp, UploadId,
};
use operations::{
    Chunk, Completion, DescribedKeyring, Door, Failure, KEYRING_CHECK, NewSecret, Operations,
    Refusal, RepositorySettings, SecretValue,
};

use crate::fixture::{World, body, repository};

/// What a job waits for, and more.
pub(crate) const LATER: Duration = Duration::from_secs(11);

pub(crate) const MATERIAL: &[u8] = b"a secret part of a key";

/// The name of a secret, and its value.
const SECRET: &str = "ecr-pullthroughcache/hub";
const VALUE: &str = "not to be seen anywhere";

pub(crate) struct House {
    pub(crate) world: World,
    pub(crate) web: RepositoryArn,
    pub(crate) layers: Vec<Vec<u8>>,
    /// Access keys, with their secrets.
    access_keys: Vec<(String, String)>,
    kms_key: KmsKeyId,
    material: MaterialId,
    pub(crate) upload: UploadId,
}

fn chunk(bytes: &[u8]) -> Chunk {
    Chunk { first_byte: None, length: Some(bytes.len() as u64), expected: None, body: body(bytes) }
}

impl House {
    pub(crate) async fn new(engine: Engine) -> Self {
        let (world, web) = (World::new(engine), repository("web"));
        let operations = world.operations();
        operations.settle_root_keys().await.unwrap();
        operations.create_repository(&web, RepositorySettings::default()).await.unwrap();
        let mut access_keys = Vec::new();
        for account in ["111122223333", "444455556666"] {
            let account = AccountId::parse(account).unwrap();
            let made = operations.iam().create_account(&account).await.unwrap();
            access_keys.push((made.access_key_id, made.secret.expose().to_owned()));
        }
        let (kms_key, material) = (KmsKeyId::from_random([1; 16]), MaterialId::from_bytes([2; 32]));
        let sealed = operations
            .keyring()
            .seal_as(SealedAs::KmsMaterial { key: &kms_key, id: &material }, MATERIAL);
        let check = operations.keyring().seal_as(SealedAs::KeyringCheck, b"check");
        write_key(&world, &web.registry, &kms_key, &material, sealed, check).await;
        let secret = NewSecret {
            name: SECRET.to_owned(),
            token: None,
            description: None,
            value: Some(SecretValue::Text(VALUE.to_owned().into())),
            tags: Vec::new(),
        };
        operations.create_secret(&web.registry, secret).await.unwrap();
        let upload = operations.initiate_layer_upload(&web).await.unwrap();
        let begun = operations.append_to_upload(&web, &upload, chunk(&vec![7; 100_000]), Door::Oci);
        begun.await.unwrap();
        let layers = Vec::new();
        let mut house = Self { world, web, layers, access_keys, kms_key, material, upload };
        house.push(b"a layer of before").await;
        house
    }

    pub(crate) fn operations(&self) -> &Operations {
        self.world.operations()
    }

    pub(crate) async fn push(&mut self, content: &[u8]) {
        let digest = Digest::sha256(content);
        self.operations().upload_layer(&self.web, &digest, chunk(content)).await.unwrap();
        self.layers.push(content.to_vec());
    }

    pub(crate) async fn rotate(&self) -> [RootKeyId; 2] {
        let rotated = self.operations().rotate_root_key().await.unwrap();
        [rotated.from, rotated.to]
    }

    /// Lets the job do all that it has to.
    pub(crate) async fn reseal(&self) {
        for _ in 0..4 {
            self.world.run_due().await;
            self.world.clock.forward(LATER);
        }
        assert!(!self.describe().await.is_rotating, "the rotation comes to its end");
    }

    pub(crate) async fn describe(&self) -> DescribedKeyring {
        self.operations().describe_keyring().await.unwrap()
    }

    pub(crate) async fn refusal(&self, id: RootKeyId) -> String {
        match self.operations().remove_root_key(id).await {
            Ok(()) => panic!("{id} is removed"),
            Err(Failure::Refused(Refusal::Keyring(refusal))) => refusal.to_string(),
            Err(failure) => panic!("{failure:?}"),
        }
    }

    /// Starts anew: the keyring is what its file says.
    pub(crate) async fn restart(&mut self) {
        self.world.restart();
        self.operations().read_root_keys().await.unwrap();
    }

    /// Everything that was sealed opens, and is what it was.
    pub(crate) async fn assert_all_opens(&self) {
        for (id, secret) in &self.access_keys {
            let known = self.operations().iam().find_known_key(id).await.unwrap().unwrap();
            assert_eq!(known.secret.expose(), secret);
        }
        let (key, id) = (self.kms_key.clone(), self.material.clone());
        let found: Result<_, DbError> =
            self.world.db().read(move |tx| tx.find_kms_material(&key, &id)).await;
        let what = SealedAs::KmsMaterial { key: &self.kms_key, id: &self.material };
        let opened = self.operations().keyring().open_as(what, &found.unwrap().unwrap());
        assert_eq!(opened.unwrap().as_slice(), MATERIAL);
        let secret = SecretRef::parse(SECRET, &self.web.registry);
        let read = self.operations().get_secret_value(&secret, None, None).await.unwrap();
        assert_eq!(read.value, SecretValue::Text(VALUE.to_owned().into()));
        for layer in &self.layers {
            let read = self.world.read_blob(&self.web, &Digest::sha256(layer)).await;
            assert_eq!(read.as_deref(), Some(layer.as_slice()));
        }
    }

    /// The upload that was begun before goes on, and becomes a layer.
    pub(crate) async fn complete_upload(&mut self) {
        let mut content = vec![7; 100_000];
        content.extend([8; 1_000]);
        let digest = Digest::sha256(&content);
        let upload = self.upload.clone();
        let rest =
            self.operations().append_to_upload(&self.web, &upload, chunk(&[8; 1_000]), Door::Oci);
        rest.await.unwrap();
        let completion = Completion { digest, rest: None, door: Door::Oci, may_see_layers: true };
        let operations = self.operations();
        operations.complete_layer_upload(&self.web, &upload, completion).await.unwrap();
        self.layers.push(content);
    }

    /// Which columns have values that are sealed under a root key, whatever they are said to have.
    pub(crate) async fn columns_under(&self, root_key: RootKeyId) -> BTreeSet<String> {
        let head = [&[1][..], &hex::decode(root_key.to_string()).unwrap()].concat();
        let mut found = BTreeSet::new();
        for (table, rows) in read_everything(self.world.db()).await {
            for (column, cell) in rows.iter().flat_map(|row| table.columns.iter().zip(row)) {
                let is_sealed = match cell {
                    Cell::Bytes(bytes) => bytes.windows(head.len()).any(|part| part == head),
                    Cell::Text(text) => text.contains(&hex::encode(&head)),
                    Cell::Null | Cell::Int(_) => false,
                };
                if is_sealed {
                    found.insert(format!("{}.{column}", table.name));
                }
            }
        }
        found
    }
}

async fn write_key(
    world: &World,
    registry: &RegistryId,
    id: &KmsKeyId,
    material: &MaterialId,
    sealed: Vec<u8>,
    check: Vec<u8>,
) {
    let created_at = Timestamp::from_seconds(1);
    let key = KmsKey {
        arn: KmsKeyArn { registry: registry.clone(), id: id.clone() },
        description: String::new(),
        spec: KeySpec::SymmetricDefault,
        usage: KeyUsage::EncryptDecrypt,
        manager: KmsKeyManager::Customer,
        policy: String::new(),
        is_enabled: true,
        created_at,
        delete_at: None,
        rotation_days: None,
        rotates_at: None,
        material: material.clone(),
        public_key: None,
    };
    let origin = MaterialOrigin::Creation;
    let material = KmsMaterial { id: material.clone(), origin, created_at };
    let written: Result<(), DbError> = world
        .db()
        .write(move |tx| {
            tx.insert_kms_key(&key)?;
            tx.insert_kms_material(&key.arn.id, &material, &sealed)?;
            tx.put_deployment_fact(KEYRING_CHECK, &hex::encode(&check))
        })
        .await;
    written.unwrap();
}
