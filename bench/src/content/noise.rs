//! Bytes that nothing can compress.

/// A splitmix generator: its output only has to be incompressible.
pub(crate) struct Noise(u64);

impl Noise {
    pub(crate) fn from_seed(seed: u64) -> Self {
        Self(seed)
    }

    /// Fills whole words; the rest of a shorter one stays as it is.
    pub(crate) fn fill(&mut self, bytes: &mut [u8]) {
        for word in bytes.chunks_exact_mut(8) {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = self.0;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            word.copy_from_slice(&(mixed ^ (mixed >> 31)).to_le_bytes());
        }
    }
}
