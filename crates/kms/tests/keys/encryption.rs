//! What keys encrypt, and what opens it.

use db::on_both_engines;
use db::testing::Engine;
use kms::{EncryptionContext, KmsRefusal, Message};
use names::{KeySpec, SigningAlgorithm};

use crate::house::{House, no_context, pairs, refusal};

on_both_engines!(
    a_ciphertext_opens_with_its_key_and_context_alone,
    a_key_that_has_rotated_opens_what_it_encrypted_before,
    a_signature_is_verified_by_its_key_alone,
    no_secret_is_in_the_rows,
);

async fn a_ciphertext_opens_with_its_key_and_context_alone(engine: Engine) {
    let house = House::new(engine);
    let (key, other) = (
        house.create(KeySpec::SymmetricDefault).await,
        house.create(KeySpec::SymmetricDefault).await,
    );
    let context = EncryptionContext::new(pairs(&[("a", "1")])).unwrap();
    let blob = house.kms.encrypt(&key, &context, b"text").await.unwrap().blob;
    let opened = house.kms.decrypt(&key, &context, &blob).await.unwrap();
    assert_eq!(*opened.plaintext, b"text");
    let open = async |key, context: &EncryptionContext, blob: &[u8]| {
        refusal(house.kms.decrypt(key, context, blob).await)
    };
    assert_eq!(open(&other, &context, &blob).await, Err(KmsRefusal::IncorrectKey));
    assert_eq!(open(&key, &no_context(), &blob).await, Err(KmsRefusal::InvalidCiphertext));
    assert_eq!(open(&key, &context, &blob[..40]).await, Err(KmsRefusal::InvalidCiphertext));
    let again =
        house.kms.re_encrypt((&key, &other), (&context, &no_context()), &blob).await.unwrap();
    let moved = house.kms.decrypt(&other, &no_context(), &again.to.blob).await.unwrap();
    assert_eq!(*moved.plaintext, b"text");
}

async fn a_key_that_has_rotated_opens_what_it_encrypted_before(engine: Engine) {
    let house = House::new(engine);
    let key = house.create(KeySpec::SymmetricDefault).await;
    let mut sealed = Vec::new();
    for _ in 0..3 {
        sealed.push(house.kms.encrypt(&key, &no_context(), b"text").await.unwrap());
        house.kms.rotate_key_on_demand(&key).await.unwrap();
    }
    for one in &sealed {
        let opened = house.kms.decrypt(&key, &no_context(), &one.blob).await.unwrap();
        assert_eq!((opened.plaintext.as_slice(), &opened.material), (&b"text"[..], &one.material));
    }
    let newest = house.kms.describe_key(&key).await.unwrap().key.material;
    assert!(sealed.iter().all(|one| one.material != newest), "each had its own material");
}

async fn a_signature_is_verified_by_its_key_alone(engine: Engine) {
    let house = House::new(engine);
    let key = house.create(KeySpec::EccNistP256).await;
    let other = house.create(KeySpec::EccNistP256).await;
    let algorithm = SigningAlgorithm::EcdsaSha256;
    let message = Message::Raw(b"text");
    let signature = house.kms.sign(&key, algorithm, message).await.unwrap();
    house.kms.verify(&key, algorithm, message, &signature).await.unwrap();
    let verify =
        async |key, message| refusal(house.kms.verify(key, algorithm, message, &signature).await);
    assert_eq!(verify(&other, message).await, Err(KmsRefusal::InvalidSignature));
    assert_eq!(verify(&key, Message::Raw(b"next")).await, Err(KmsRefusal::InvalidSignature));
    let short = verify(&key, Message::Digest(b"short")).await.unwrap_err();
    assert_eq!(short.to_string(), "Digest is invalid length for algorithm ECDSA_SHA_256.");
    let wrong = house.kms.sign(&key, SigningAlgorithm::EcdsaSha384, message).await;
    assert_eq!(
        refusal(wrong).unwrap_err().to_string(),
        "Algorithm ECDSA_SHA_384 is incompatible with key spec ECC_NIST_P256."
    );
    let misused = house.encrypts(&key).await.unwrap_err();
    assert_eq!(
        misused.to_string(),
        format!("{key} key usage is SIGN_VERIFY which is not valid for Encrypt.")
    );
}

/// A material is sealed: its row opens for nothing but the keyring.
async fn no_secret_is_in_the_rows(engine: Engine) {
    let house = House::new(engine);
    let key = house.create(KeySpec::EccNistP256).await;
    let material = house.kms.describe_key(&key).await.unwrap().key.material;
    let id = key.id.clone();
    let sealed = house.db.read(move |tx| tx.find_kms_material(&id, &material)).await.unwrap();
    let sealed = sealed.unwrap();
    // A private key in PKCS #8 begins with a sequence and version 0.
    assert!(!sealed.windows(5).any(|bytes| bytes == [0x02, 0x01, 0x00, 0x30, 0x13]));
}
