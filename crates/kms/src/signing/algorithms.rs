//! The algorithms of KMS, as the cryptographic library has them.

use aws_lc_rs::digest::{self, Digest, digest};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rsa::KeyPair as RsaKeyPair;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1,
    ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_2048_8192_SHA256,
    RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512, RSA_PSS_SHA256, RSA_PSS_SHA384,
    RSA_PSS_SHA512, RsaEncoding, UnparsedPublicKey, VerificationAlgorithm,
};
use names::SigningAlgorithm as Algorithm;

/// The digest of a message.
pub(super) fn hashed(algorithm: Algorithm, message: &[u8]) -> Digest {
    digest(hash(algorithm), message)
}

/// A digest that the client made; `None` if it has another length.
pub(super) fn taken(algorithm: Algorithm, bytes: &[u8]) -> Option<Digest> {
    Digest::import_less_safe(bytes, hash(algorithm)).ok()
}

/// Signs a digest with a private key in PKCS #8.
pub(super) fn sign(
    algorithm: Algorithm,
    private: &[u8],
    digest: &Digest,
) -> Result<Vec<u8>, Unspecified> {
    match algorithm {
        Algorithm::EcdsaSha256 => sign_curve(&ECDSA_P256_SHA256_ASN1_SIGNING, private, digest),
        Algorithm::EcdsaSha384 => sign_curve(&ECDSA_P384_SHA384_ASN1_SIGNING, private, digest),
        Algorithm::RsassaPkcs1V15Sha256 => sign_rsa(&RSA_PKCS1_SHA256, private, digest),
        Algorithm::RsassaPkcs1V15Sha384 => sign_rsa(&RSA_PKCS1_SHA384, private, digest),
        Algorithm::RsassaPkcs1V15Sha512 => sign_rsa(&RSA_PKCS1_SHA512, private, digest),
        Algorithm::RsassaPssSha256 => sign_rsa(&RSA_PSS_SHA256, private, digest),
        Algorithm::RsassaPssSha384 => sign_rsa(&RSA_PSS_SHA384, private, digest),
        Algorithm::RsassaPssSha512 => sign_rsa(&RSA_PSS_SHA512, private, digest),
    }
}

/// Whether it is the signature of this digest.
pub(super) fn verifies(
    algorithm: Algorithm,
    public: &[u8],
    digest: &Digest,
    signature: &[u8],
) -> bool {
    let algorithm: &'static dyn VerificationAlgorithm = match algorithm {
        Algorithm::EcdsaSha256 => &ECDSA_P256_SHA256_ASN1,
        Algorithm::EcdsaSha384 => &ECDSA_P384_SHA384_ASN1,
        Algorithm::RsassaPkcs1V15Sha256 => &RSA_PKCS1_2048_8192_SHA256,
        Algorithm::RsassaPkcs1V15Sha384 => &RSA_PKCS1_2048_8192_SHA384,
        Algorithm::RsassaPkcs1V15Sha512 => &RSA_PKCS1_2048_8192_SHA512,
        Algorithm::RsassaPssSha256 => &RSA_PSS_2048_8192_SHA256,
        Algorithm::RsassaPssSha384 => &RSA_PSS_2048_8192_SHA384,
        Algorithm::RsassaPssSha512 => &RSA_PSS_2048_8192_SHA512,
    };
    UnparsedPublicKey::new(algorithm, public).verify_digest(digest, signature).is_ok()
}

fn hash(algorithm: Algorithm) -> &'static digest::Algorithm {
    match algorithm {
        Algorithm::EcdsaSha256 | Algorithm::RsassaPkcs1V15Sha256 | Algorithm::RsassaPssSha256 => {
            &digest::SHA256
        }
        Algorithm::EcdsaSha384 | Algorithm::RsassaPkcs1V15Sha384 | Algorithm::RsassaPssSha384 => {
            &digest::SHA384
        }
        Algorithm::RsassaPkcs1V15Sha512 | Algorithm::RsassaPssSha512 => &digest::SHA512,
    }
}

fn sign_curve(
    algorithm: &'static EcdsaSigningAlgorithm,
    private: &[u8],
    digest: &Digest,
) -> Result<Vec<u8>, Unspecified> {
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, private).map_err(|_| Unspecified)?;
    Ok(pair.sign_digest(digest)?.as_ref().to_vec())
}

fn sign_rsa(
    encoding: &'static dyn RsaEncoding,
    private: &[u8],
    digest: &Digest,
) -> Result<Vec<u8>, Unspecified> {
    let pair = RsaKeyPair::from_pkcs8(private).map_err(|_| Unspecified)?;
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign_digest(encoding, digest, &mut signature)?;
    Ok(signature)
}

#[cfg(test)]
mod tests {
    use names::KeySpec;

    use super::*;
    use crate::key::generate;

    #[test]
    fn what_was_signed_is_verified_and_nothing_else() {
        for spec in [KeySpec::EccNistP256, KeySpec::EccNistP384, KeySpec::Rsa2048] {
            let (private, public) = generate(spec).unwrap();
            let public = public.unwrap();
            for algorithm in Algorithm::of(spec) {
                let digest = hashed(*algorithm, b"message");
                let signature = sign(*algorithm, private.expose(), &digest).unwrap();
                let taken = taken(*algorithm, digest.as_ref()).unwrap();
                assert!(verifies(*algorithm, &public, &taken, &signature), "{spec} {algorithm}");
                let other = hashed(*algorithm, b"massage");
                assert!(!verifies(*algorithm, &public, &other, &signature), "{spec} {algorithm}");
                let short = &signature[..signature.len() - 1];
                assert!(!verifies(*algorithm, &public, &digest, short), "{spec} {algorithm}");
            }
        }
    }

    #[test]
    fn a_digest_has_the_length_of_its_hash() {
        assert!(taken(Algorithm::EcdsaSha256, &[0; 32]).is_some());
        for bytes in [0, 31, 33, 48] {
            assert!(taken(Algorithm::EcdsaSha256, &vec![0; bytes]).is_none(), "{bytes}");
        }
    }
}
