//! The secret part of a key: made, sealed, opened.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, KeyPair as _,
};
use db::Tx;
use iam::Fault;
use keys::{Keyring, SealedAs};
use names::{KeySpec, KmsKeyId, MaterialId, MaterialOrigin, Timestamp};
use zeroize::Zeroizing;

use crate::failure::corrupt;
use crate::{Failure, KmsMaterial};

/// The secret part of a key: 32 bytes, or a private key in PKCS #8.
pub(crate) struct Material(Zeroizing<Vec<u8>>);

impl Material {
    pub(crate) fn expose(&self) -> &[u8] {
        &self.0
    }
}

/// What a key of this spec begins with: its secret part, and its public one if it has one. An RSA
/// key takes up to a second.
pub(crate) fn generate(spec: KeySpec) -> Result<(Material, Option<Vec<u8>>), Failure> {
    let made = match spec {
        KeySpec::SymmetricDefault => {
            let bytes: [u8; 32] = keys::random();
            return Ok((Material(Zeroizing::new(bytes.to_vec())), None));
        }
        KeySpec::EccNistP256 => curve(&ECDSA_P256_SHA256_ASN1_SIGNING),
        KeySpec::EccNistP384 => curve(&ECDSA_P384_SHA384_ASN1_SIGNING),
        KeySpec::Rsa2048 => rsa(KeySize::Rsa2048),
        KeySpec::Rsa3072 => rsa(KeySize::Rsa3072),
        KeySpec::Rsa4096 => rsa(KeySize::Rsa4096),
    };
    let (private, public) = made.map_err(broken)?;
    Ok((Material(private), Some(public)))
}

/// A private key in PKCS #8, and the public one as X.509 has it.
pub(crate) type Pair = (Zeroizing<Vec<u8>>, Vec<u8>);

/// A pair of keys of this curve.
pub(crate) fn curve(algorithm: &'static EcdsaSigningAlgorithm) -> Result<Pair, Unspecified> {
    let pair = EcdsaKeyPair::generate(algorithm)?;
    let private = Zeroizing::new(pair.to_pkcs8v1()?.as_ref().to_vec());
    let public: PublicKeyX509Der<'_> = pair.public_key().as_der()?;
    Ok((private, public.as_ref().to_vec()))
}

/// An RSA pair of this size.
pub(crate) fn rsa(size: KeySize) -> Result<Pair, Unspecified> {
    let pair = RsaKeyPair::generate(size)?;
    let private: Pkcs8V1Der<'_> = pair.as_der()?;
    let public: PublicKeyX509Der<'_> = pair.public_key().as_der()?;
    Ok((Zeroizing::new(private.as_ref().to_vec()), public.as_ref().to_vec()))
}

/// The cryptographic library refused what never fails.
pub(crate) fn broken(_: Unspecified) -> Failure {
    Failure::Iam(iam::Failure::Fault(Fault::Broken("the cryptographic library failed".into())))
}

/// What is written about a new material.
pub(crate) fn new_material(origin: MaterialOrigin, now: Timestamp) -> KmsMaterial {
    KmsMaterial { id: MaterialId::from_bytes(keys::random()), origin, created_at: now }
}

/// A material as its row has it.
pub(crate) fn seal(
    keyring: &Keyring,
    key: &KmsKeyId,
    id: &MaterialId,
    material: &Material,
) -> Vec<u8> {
    keyring.seal_as(SealedAs::KmsMaterial { key, id }, material.expose())
}

/// The sealed material of this id, if the key has it.
pub(crate) fn find_sealed(
    tx: &mut Tx<'_>,
    key: &KmsKeyId,
    id: &MaterialId,
) -> Result<Option<Vec<u8>>, Failure> {
    Ok(tx.find_kms_material(key, id)?)
}

/// The sealed material that a key uses now.
pub(crate) fn require_sealed(
    tx: &mut Tx<'_>,
    key: &KmsKeyId,
    id: &MaterialId,
) -> Result<Vec<u8>, Failure> {
    find_sealed(tx, key, id)?.ok_or_else(|| corrupt("kms_key.material"))
}

/// A material from its row.
pub(crate) fn opened(
    keyring: &Keyring,
    key: &KmsKeyId,
    id: &MaterialId,
    sealed: &[u8],
) -> Result<Material, Failure> {
    Ok(Material(keyring.open_as(SealedAs::KmsMaterial { key, id }, sealed)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spec_makes_a_material_of_its_own() {
        #[rustfmt::skip]
        let cases = [
            (KeySpec::SymmetricDefault, false),
            (KeySpec::EccNistP256,      true),
            (KeySpec::EccNistP384,      true),
            (KeySpec::Rsa2048,          true),
        ];
        for (spec, has_public) in cases {
            let (one, public) = generate(spec).unwrap();
            let (two, _) = generate(spec).unwrap();
            assert_ne!(one.expose(), two.expose(), "{spec}");
            assert_eq!(public.is_some(), has_public, "{spec}");
        }
    }

    #[test]
    fn a_material_opens_for_its_own_key_alone() {
        let keyring = Keyring::parse(&"0123456789abcdef".repeat(4)).unwrap();
        let (key, other) = (KmsKeyId::from_random([1; 16]), KmsKeyId::from_random([2; 16]));
        let id = MaterialId::from_bytes([3; 32]);
        let (material, _) = generate(KeySpec::SymmetricDefault).unwrap();
        let sealed = seal(&keyring, &key, &id, &material);
        assert_eq!(opened(&keyring, &key, &id, &sealed).unwrap().expose(), material.expose());
        assert!(opened(&keyring, &other, &id, &sealed).is_err());
        assert!(opened(&keyring, &key, &MaterialId::from_bytes([4; 32]), &sealed).is_err());
    }
}
