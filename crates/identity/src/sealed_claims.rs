//! The sealed claims of a caller, which registry tokens and signed URLs share.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use names::SealingKey;

use crate::registry_token::TokenClaims;

/// More than claims can need (a session fits into its own token), and far less than a header or a
/// URL can hold.
pub(crate) const LENGTH_MAX: usize = 4_608;

/// Writes and reads `version (1) ‖ nonce (12) ‖ AES-256-GCM(claims) ‖ tag (16)` in URL-safe base64.
pub(crate) struct ClaimsSeal {
    cipher: LessSafeKey,
    version: u8,
}

impl ClaimsSeal {
    pub(crate) fn new(key: &SealingKey, version: u8) -> Self {
        let key = UnboundKey::new(&AES_256_GCM, key.expose()).expect("the key has 32 bytes");
        Self { cipher: LessSafeKey::new(key), version }
    }

    /// Seals claims for a purpose, and for nothing else. The nonce is fresh random bytes, never
    /// used before.
    pub(crate) fn seal(
        &self,
        claims: &TokenClaims,
        purpose: &[u8],
        nonce: [u8; NONCE_LEN],
    ) -> String {
        let mut sealed = claims.encode();
        let once = Nonce::assume_unique_for_key(nonce);
        self.cipher
            .seal_in_place_append_tag(once, Aad::from(purpose), &mut sealed)
            .expect("claims are far smaller than what one nonce can seal");
        URL_SAFE_NO_PAD.encode([&[self.version], &nonce[..], &sealed].concat())
    }

    /// The sealed bytes, if we sealed them for this purpose.
    pub(crate) fn open(&self, text: &str, purpose: &[u8]) -> Option<TokenClaims> {
        if text.len() > LENGTH_MAX {
            return None;
        }
        let mut token = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (version, rest) = token.split_first_mut()?;
        let (nonce, sealed) = rest.split_first_chunk_mut::<NONCE_LEN>()?;
        if *version != self.version {
            return None;
        }
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let opened = self.cipher.open_in_place(nonce, Aad::from(purpose), sealed).ok()?;
        TokenClaims::decode(opened)
    }
}
