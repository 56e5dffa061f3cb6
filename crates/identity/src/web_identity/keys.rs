use std::fmt;

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ECDSA_P521_SHA512_FIXED,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::WebIdentityRefusal;

/// A hundred RSA keys with their certificates.
pub const JWKS_SIZE_BYTES_MAX: usize = 256 * 1024;

/// AWS accepts a hundred RSA and a hundred EC keys.
pub const KEYS_MAX: usize = 200;

/// The longest name of a key that we compare.
const KEY_ID_LENGTH_MAX: usize = 512;

/// How a token may be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    Rs256,
    Rs384,
    Rs512,
    Es256,
    Es384,
    Es512,
}

impl Algorithm {
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "RS256" => Self::Rs256,
            "RS384" => Self::Rs384,
            "RS512" => Self::Rs512,
            "ES256" => Self::Es256,
            "ES384" => Self::Es384,
            "ES512" => Self::Es512,
            _ => return None,
        })
    }
}

/// The keys of an issuer that we can use.
#[derive(Clone, PartialEq, Eq)]
pub struct VerificationKeys(Vec<Key>);

#[derive(Clone, PartialEq, Eq)]
struct Key {
    id: Option<Box<str>>,
    /// The only algorithm that it may be used with, if it states one.
    algorithm: Option<Box<str>>,
    material: Material,
}

#[derive(Clone, PartialEq, Eq)]
enum Material {
    Rsa { modulus: Box<[u8]>, exponent: Box<[u8]> },
    Ec { curve: Curve, point: Box<[u8]> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Curve {
    P256,
    P384,
    P521,
}

/// Not a set of keys, or too large a one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MalformedKeySet(&'static str);

impl fmt::Display for MalformedKeySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for MalformedKeySet {}

impl fmt::Debug for VerificationKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids = self.0.iter().map(|key| key.id.as_deref().unwrap_or("(no name)"));
        f.debug_list().entries(ids).finish()
    }
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<serde_json::Value>,
}

/// One key in the set's format.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    key_ops: Option<Vec<String>>,
    n: Option<String>,
    e: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

impl VerificationKeys {
    /// Reads a JWKS. Keys for other purposes and of kinds that we do not know are passed over.
    pub fn parse(document: &[u8]) -> Result<Self, MalformedKeySet> {
        if document.len() > JWKS_SIZE_BYTES_MAX {
            return Err(MalformedKeySet("the key set is too large"));
        }
        let KeySet { keys } = serde_json::from_slice(document)
            .map_err(|_| MalformedKeySet("the key set has no list of keys"))?;
        if keys.len() > KEYS_MAX {
            return Err(MalformedKeySet("the key set has too many keys"));
        }
        let read = |key| serde_json::from_value(key).ok().and_then(Key::read);
        Ok(Self(keys.into_iter().filter_map(read).collect()))
    }

    /// Whether there is a key of this name. A token that names none may be signed by any.
    pub fn has(&self, key_id: Option<&str>) -> bool {
        match key_id {
            Some(_) => self.0.iter().any(|key| key.id.as_deref() == key_id),
            None => !self.0.is_empty(),
        }
    }

    pub(super) fn verify(
        &self,
        key_id: Option<&str>,
        algorithm: Algorithm,
        name: &str,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), WebIdentityRefusal> {
        let named = |key: &&Key| key_id.is_none() || key.id.as_deref() == key_id;
        let usable = |key: &&Key| {
            key.material.fits(algorithm) && key.algorithm.as_deref().is_none_or(|only| only == name)
        };
        let mut candidates = self.0.iter().filter(named).filter(usable).peekable();
        if candidates.peek().is_none() {
            return Err(WebIdentityRefusal::UnknownKey);
        }
        if candidates.any(|key| key.material.verify(algorithm, message, signature)) {
            Ok(())
        } else {
            Err(WebIdentityRefusal::SignatureDiffers)
        }
    }
}

impl Key {
    fn read(jwk: Jwk) -> Option<Self> {
        let Jwk { kty, kid, alg, purpose, key_ops, n, e, crv, x, y } = jwk;
        let signs = purpose.is_none_or(|purpose| purpose == "sig")
            && key_ops.is_none_or(|all| all.iter().any(|one| one == "verify"));
        if !signs || kid.as_ref().is_some_and(|kid| kid.len() > KEY_ID_LENGTH_MAX) {
            return None;
        }
        let material = match kty.as_str() {
            "RSA" => Material::Rsa { modulus: bytes(&n?)?, exponent: bytes(&e?)? },
            "EC" => Material::ec(&crv?, &bytes(&x?)?, &bytes(&y?)?)?,
            _ => return None,
        };
        let boxed = |text: Option<String>| text.map(String::into_boxed_str);
        Some(Self { id: boxed(kid), algorithm: boxed(alg), material })
    }
}

fn bytes(text: &str) -> Option<Box<[u8]>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok().map(Vec::into_boxed_slice)
}

impl Material {
    fn ec(curve: &str, x: &[u8], y: &[u8]) -> Option<Self> {
        let (curve, size_bytes) = match curve {
            "P-256" => (Curve::P256, 32),
            "P-384" => (Curve::P384, 48),
            "P-521" => (Curve::P521, 66),
            _ => return None,
        };
        let fits = x.len() == size_bytes && y.len() == size_bytes;
        // Uncompressed: a four, then both coordinates.
        fits.then(|| Self::Ec { curve, point: [&[4], x, y].concat().into() })
    }

    fn fits(&self, algorithm: Algorithm) -> bool {
        match (self, algorithm) {
            (Self::Rsa { .. }, Algorithm::Rs256 | Algorithm::Rs384 | Algorithm::Rs512)
            | (Self::Ec { curve: Curve::P256, .. }, Algorithm::Es256)
            | (Self::Ec { curve: Curve::P384, .. }, Algorithm::Es384)
            | (Self::Ec { curve: Curve::P521, .. }, Algorithm::Es512) => true,
            (Self::Rsa { .. } | Self::Ec { .. }, _) => false,
        }
    }

    /// RSA keys below 2,048 bits verify nothing.
    fn verify(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Rsa { modulus, exponent } => {
                let how = match algorithm {
                    Algorithm::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
                    Algorithm::Rs384 => &RSA_PKCS1_2048_8192_SHA384,
                    Algorithm::Rs512 => &RSA_PKCS1_2048_8192_SHA512,
                    Algorithm::Es256 | Algorithm::Es384 | Algorithm::Es512 => return false,
                };
                let key = RsaPublicKeyComponents { n: &**modulus, e: &**exponent };
                key.verify(how, message, signature).is_ok()
            }
            Self::Ec { curve, point } => {
                let how = match curve {
                    Curve::P256 => &ECDSA_P256_SHA256_FIXED,
                    Curve::P384 => &ECDSA_P384_SHA384_FIXED,
                    Curve::P521 => &ECDSA_P521_SHA512_FIXED,
                };
                UnparsedPublicKey::new(how, point).verify(message, signature).is_ok()
            }
        }
    }
}
