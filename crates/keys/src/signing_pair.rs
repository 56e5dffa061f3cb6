//! RSA pairs that sign what others verify: the digest files of an audit trail.

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{
    KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey,
};
use zeroize::Zeroizing;

use crate::KeyError;

/// A pair of 2048 bits, which signs with PKCS #1 v1.5 and SHA-256.
#[derive(Debug)]
pub struct SigningPair(RsaKeyPair);

impl SigningPair {
    /// A new pair. It takes a processor for some time.
    pub fn generate() -> Result<Self, KeyError> {
        RsaKeyPair::generate(KeySize::Rsa2048).map(Self).map_err(|_| KeyError::Library)
    }

    /// The pair of a private key in PKCS #8.
    pub fn from_private(private: &[u8]) -> Result<Self, KeyError> {
        RsaKeyPair::from_pkcs8(private).map(Self).map_err(|_| KeyError::Library)
    }

    /// The private key, in PKCS #8.
    pub fn private(&self) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let private: Pkcs8V1Der<'_> = self.0.as_der().map_err(|_| KeyError::Library)?;
        Ok(Zeroizing::new(private.as_ref().to_vec()))
    }

    /// The public key: an `RSAPublicKey` of PKCS #1, in DER.
    pub fn public(&self) -> Vec<u8> {
        self.0.public_key().as_ref().to_vec()
    }

    /// Signs a message.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let mut signature = vec![0; self.0.public_modulus_len()];
        let random = SystemRandom::new();
        let signed = self.0.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature);
        signed.map(|()| signature).map_err(|_| KeyError::Library)
    }
}

/// Whether the pair of this public key signed the message.
pub fn is_signed_by(public: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public);
    key.verify(message, signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_signs_and_its_public_key_verifies() {
        let pair = SigningPair::generate().unwrap();
        let again = SigningPair::from_private(&pair.private().unwrap()).unwrap();
        let signature = again.sign(b"a message").unwrap();
        let public = pair.public();
        assert_eq!(again.public(), public);
        assert!(is_signed_by(&public, b"a message", &signature));
        assert!(!is_signed_by(&public, b"another", &signature));
        assert!(!is_signed_by(&public, b"a message", &signature[1..]));
        let other = SigningPair::generate().unwrap().public();
        assert!(!is_signed_by(&other, b"a message", &signature));
        assert!(!is_signed_by(b"no key", b"a message", &signature));
        assert!(SigningPair::from_private(b"no key").is_err());
    }
}
