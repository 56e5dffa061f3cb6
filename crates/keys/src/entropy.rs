/// `N` random bytes from the cryptographic library's generator.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    aws_lc_rs::rand::fill(&mut bytes).expect("the system has entropy once it has booted");
    bytes
}
