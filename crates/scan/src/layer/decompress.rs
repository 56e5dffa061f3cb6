use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// As large as a step of the store below; larger ones leave the cache.
const BUFFER_BYTES: usize = 256 * 1024;
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// A layer's archive, decompressed by what its first bytes say: media types lie.
pub(crate) enum Decompressed<R: Read> {
    Plain(BufReader<R>),
    /// Of many members, as eStargz writes them.
    Gzip(Box<MultiGzDecoder<BufReader<R>>>),
    Zstd(Box<Frames<BufReader<R>>>),
}

impl<R: Read> Decompressed<R> {
    pub(crate) fn new(source: R) -> io::Result<Self> {
        let mut source = BufReader::with_capacity(BUFFER_BYTES, source);
        // A store hands out more than four bytes at once, if there are more.
        let start = source.fill_buf()?;
        Ok(if start.starts_with(&GZIP) {
            Self::Gzip(Box::new(MultiGzDecoder::new(source)))
        } else if start.starts_with(&ZSTD) || is_skippable(start) {
            Self::Zstd(Box::new(Frames::new(source)))
        } else {
            Self::Plain(source)
        })
    }
}

fn is_skippable(start: &[u8]) -> bool {
    // 16 magic numbers of frames to be skipped: 0x184D2A50 to 0x184D2A5F.
    start.len() >= 4 && start[0] & 0xf0 == 0x50 && start[1..4] == [0x2a, 0x4d, 0x18]
}

impl<R: Read> Read for Decompressed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(source) => source.read(into),
            Self::Gzip(source) => source.read(into),
            Self::Zstd(source) => source.read(into),
        }
    }
}

/// The frames of a zstd stream, one after the other; zstd:chunked puts its table in a frame to be
/// skipped.
pub(crate) struct Frames<R: BufRead> {
    source: R,
    /// Refuses a frame that asks for a window over 128 MiB, before it takes the memory.
    decoder: FrameDecoder,
    is_within: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(source: R) -> Self {
        Self { source, decoder: FrameDecoder::new(), is_within: false }
    }

    /// Starts the next frame; whether there is one.
    fn start(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.source) {
                Ok(()) => {
                    self.is_within = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => skip(&mut self.source, u64::from(length))?,
                Err(error) => return Err(invalid(&error)),
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.is_within && !self.start()? {
                return Ok(0);
            }
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(into);
            }
            if self.decoder.is_finished() {
                self.is_within = false;
                continue;
            }
            // A block gives at most 128 KiB.
            let step = BlockDecodingStrategy::UptoBlocks(1);
            self.decoder.decode_blocks(&mut self.source, step).map_err(|error| invalid(&error))?;
        }
    }
}

fn skip(source: &mut impl BufRead, length: u64) -> io::Result<()> {
    let skipped = io::copy(&mut source.take(length), &mut io::sink())?;
    if skipped == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn invalid(error: &FrameDecoderError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}
