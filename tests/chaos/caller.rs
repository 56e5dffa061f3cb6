//! One client's requests, each of which may end in any way.

use std::io;
use std::time::Duration;

use black_box::{Answer, Connection, Request, authorization};

/// How long a client waits for an answer before it gives up.
const PATIENCE: Duration = Duration::from_secs(12);

/// A client that sends requests to the balancer.
pub(crate) struct Caller {
    address: String,
    authorization: String,
    connection: Option<Connection>,
}

/// How a request ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The server has decided: done, or refused.
    Answered(Answer),
    /// Broken off, or answered with a fault: perhaps it was done, perhaps it is done later.
    Unknown,
}

impl Outcome {
    /// The answer, if it has this status.
    pub(crate) fn with(self, status: u16) -> Option<Answer> {
        match self {
            Self::Answered(answer) if answer.status == status => Some(answer),
            Self::Answered(_) | Self::Unknown => None,
        }
    }
}

impl Caller {
    pub(crate) fn new(address: &str, password: &str) -> Self {
        let (address, authorization) = (address.to_owned(), authorization(password));
        Self { address, authorization, connection: None }
    }

    pub(crate) fn ask(&mut self, request: Request) -> Outcome {
        match self.try_ask(request) {
            Ok(answer) if answer.status < 500 && answer.status != 429 => Outcome::Answered(answer),
            Ok(_) | Err(_) => Outcome::Unknown,
        }
    }

    fn try_ask(&mut self, request: Request) -> io::Result<Answer> {
        let request = request.header("authorization", &self.authorization);
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => Connection::open(&self.address)?,
        };
        connection.patience(PATIENCE);
        let answer = connection.ask(&request)?;
        if answer.header("connection") != Some("close") {
            self.connection = Some(connection);
        }
        Ok(answer)
    }

    /// Asks until there is an answer: for what may be asked as often as one likes. `None` when
    /// `gives_up`.
    pub(crate) fn insist(
        &mut self,
        request: &Request,
        gives_up: impl Fn() -> bool,
    ) -> Option<Answer> {
        loop {
            if let Outcome::Answered(answer) = self.ask(request.clone()) {
                return Some(answer);
            }
            if gives_up() {
                return None;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}
