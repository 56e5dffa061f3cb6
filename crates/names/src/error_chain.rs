use std::error::Error;

/// An error and its causes, outermost first: for logs, and for operators.
pub fn error_chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use std::fmt;

    use super::*;

    #[derive(Debug)]
    struct Because(&'static str, Option<Box<Because>>);

    impl fmt::Display for Because {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Because {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            self.1.as_deref().map(|cause| cause as &dyn Error)
        }
    }

    #[test]
    fn causes_are_told_outermost_first() {
        let disk = || Some(Box::new(Because("the disk is full", None)));
        let write = || Some(Box::new(Because("cannot write", disk())));
        assert_eq!(error_chain(&Because("alone", None)), "alone");
        let all = Because("no image", write());
        assert_eq!(error_chain(&all), "no image: cannot write: the disk is full");
    }
}
