use std::cell::{Cell, RefCell};
use std::io::{self, Read};
use std::rc::Rc;
use std::{error, fmt};

use crate::bounds::{Bound, Bounds, Elapsed};

/// What the two ends of the decompression know of each other.
#[derive(Default)]
pub(crate) struct Meter {
    bytes_in: Cell<u64>,
    has_ended: Cell<bool>,
    failure: RefCell<Option<io::Error>>,
}

impl Meter {
    /// Whether the compressed stream came to its end.
    pub(crate) fn has_ended(&self) -> bool {
        self.has_ended.get()
    }

    /// Why the compressed stream failed: not the fault of its content.
    pub(crate) fn take_failure(&self) -> Option<io::Error> {
        self.failure.borrow_mut().take()
    }
}

/// The compressed stream.
pub(crate) struct Metered<R> {
    pub(crate) source: R,
    pub(crate) meter: Rc<Meter>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.source.read(into) {
                Ok(count) => {
                    self.meter.bytes_in.set(self.meter.bytes_in.get() + count as u64);
                    self.meter.has_ended.set(count == 0 && !into.is_empty());
                    return Ok(count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    let told = io::Error::new(error.kind(), "the stream of the layer failed");
                    *self.meter.failure.borrow_mut() = Some(error);
                    return Err(told);
                }
            }
        }
    }
}

/// The decompressed stream, which ends with an error at a bound.
pub(crate) struct Bounded<'a, D> {
    pub(crate) source: D,
    pub(crate) meter: Rc<Meter>,
    pub(crate) bounds: &'a Bounds,
    pub(crate) elapsed: Elapsed<'a>,
    pub(crate) bytes_out: u64,
}

impl<D: Read> Read for Bounded<'_, D> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if let Some(bound) = self.reached() {
            return Err(io::Error::other(Reached(bound)));
        }
        let count = self.source.read(into)?;
        self.bytes_out += count as u64;
        Ok(count)
    }
}

impl<D> Bounded<'_, D> {
    fn reached(&self) -> Option<Bound> {
        let allowed = self.meter.bytes_in.get().saturating_mul(self.bounds.ratio_max);
        if self.bytes_out > self.bounds.layer_bytes_max {
            Some(Bound::LayerBytes)
        } else if self.bytes_out > self.bounds.ratio_free_bytes && self.bytes_out > allowed {
            Some(Bound::Ratio)
        } else if (self.elapsed)() > self.bounds.time_max {
            Some(Bound::Time)
        } else {
            None
        }
    }
}

/// A bound, on its way through readers that know nothing of it.
#[derive(Debug)]
struct Reached(Bound);

impl fmt::Display for Reached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl error::Error for Reached {}

/// The bound that an error of a [`Bounded`] tells of.
pub(crate) fn bound_of(error: &io::Error) -> Option<Bound> {
    error.get_ref()?.downcast_ref::<Reached>().map(|reached| reached.0)
}
