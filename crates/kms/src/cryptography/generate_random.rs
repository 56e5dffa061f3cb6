//! GenerateRandom.

use zeroize::Zeroizing;

use crate::Kms;

impl Kms {
    /// So many random bytes (1 to 1,024).
    pub fn generate_random(&self, bytes: usize) -> Zeroizing<Vec<u8>> {
        random_bytes(bytes)
    }
}

pub(super) fn random_bytes(bytes: usize) -> Zeroizing<Vec<u8>> {
    let mut random = Zeroizing::new(vec![0; bytes]);
    for chunk in random.chunks_mut(32) {
        let more: [u8; 32] = keys::random();
        chunk.copy_from_slice(&more[..chunk.len()]);
    }
    random
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_bytes_are_as_many_as_were_asked_for() {
        for bytes in [1, 31, 32, 33, 1_024] {
            assert_eq!(random_bytes(bytes).len(), bytes);
        }
        assert_ne!(random_bytes(64), random_bytes(64));
    }
}
