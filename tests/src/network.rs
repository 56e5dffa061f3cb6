//! A private network for a process: it contains nothing of this machine except what the test lets
//! in.

use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::fd::AsFd as _;
use std::process::Child;
use std::thread;

use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener as Listener, TcpStream};
use tokio::task::JoinSet;

use crate::cluster::runtime::{Task, runtime};

/// The network of a process. It lasts as long as this value.
#[derive(Debug)]
pub struct Network {
    namespace: File,
    /// The tasks that lead in.
    doors: Vec<Task>,
}

impl Network {
    /// The network of a process that has left this machine's; fails while it has not.
    pub(crate) fn of(process: &Child) -> io::Result<Self> {
        let path = format!("/proc/{}/ns/net", process.id());
        let is_ours = fs::read_link("/proc/self/ns/net")? == fs::read_link(&path)?;
        if is_ours {
            return Err(io::Error::other("the process is in the machine's network"));
        }
        Ok(Self { namespace: File::open(path)?, doors: Vec::new() })
    }

    /// Runs work in the network, including everything that it starts.
    pub fn inside<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        let work = || {
            // A separate thread, because a thread cannot leave the network again.
            move_into_link_name_space(self.namespace.as_fd(), Some(LinkNameSpaceType::Network))
                .expect("root may enter the network of a process that it started");
            work()
        };
        thread::scope(|scope| scope.spawn(work).join())
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }

    /// Makes a port of this machine's `127.0.0.1` reachable at the same port inside.
    pub(crate) fn let_reach(&mut self, port: u16) -> io::Result<()> {
        let here = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        // A socket belongs to the network in which it was made, no matter who uses it later.
        let listener = self.inside(|| TcpListener::bind(here))?;
        listener.set_nonblocking(true)?;
        let _runtime = runtime().enter();
        let listener = Listener::from_std(listener)?;
        self.doors.push(Task::start(lead(listener, here)));
        Ok(())
    }
}

/// Leads each connection to a listener of this machine.
async fn lead(from: Listener, to: SocketAddr) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = from.accept() => {
                if let Ok((mut inner, _)) = accepted {
                    connections.spawn(async move {
                        // The two ends notice an error here.
                        if let Ok(mut outer) = TcpStream::connect(to).await {
                            let _ = copy_bidirectional(&mut inner, &mut outer).await;
                        }
                    });
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}
