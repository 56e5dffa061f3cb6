use super::*;

fn payer(last: u8) -> Payer {
    Payer::address(Some([192, 0, 2, last].into()))
}

async fn takes(pool: &Arc<Pool>, payer: Payer, bytes: usize) -> Option<Held> {
    let take = tokio::time::timeout(LOOK_EVERY / 4, pool.take(payer, bytes));
    take.await.ok().and_then(Result::ok)
}

#[tokio::test]
async fn a_payer_may_hold_what_it_leaves_free_and_the_next_still_gets_some() {
    let pool = Pool::new(64 << 10);
    let mut held = Vec::new();
    #[rustfmt::skip]
    let cases = [
        (1, 16 << 10, true,  "a quarter"),
        (1, 16 << 10, true,  "half"),
        (1, 1,        false, "one payer does not get more"),
        (2, 16 << 10, true,  "another has its own share of what is left"),
        (2, 1,        false, "and no more"),
        (3, 8 << 10,  true,  "a third"),
        (4, 4 << 10,  true,  "a fourth"),
    ];
    for (last, bytes, expected, because) in cases {
        let taken = takes(&pool, payer(last), bytes).await;
        assert_eq!(taken.is_some(), expected, "{because}");
        held.extend(taken);
    }
    drop(held);
    let state = pool.lock();
    assert_eq!((state.free, state.held.len(), state.arriving.len()), (64 << 10, 0, 0));
}

#[tokio::test]
async fn small_bodies_never_wait_for_large_ones() {
    let room = Room::default();
    let mut held = Vec::new();
    for bytes in [27 << 20, 1 << 20, 64 << 10, 100] {
        let before = held.len();
        let take = || tokio::time::timeout(LOOK_EVERY / 4, room.take(payer(1), bytes));
        while let Ok(Ok(taken)) = take().await {
            held.push(taken);
            // The smallest of all are as many as fit beside those of the same pool.
            if bytes == 100 {
                return;
            }
        }
        assert!(held.len() > before, "a body of {bytes} waits for a larger one");
        if bytes == 64 << 10 {
            held.pop();
        }
    }
}

#[tokio::test]
async fn room_that_is_given_back_goes_to_the_smallest_that_waits() {
    let pool = Pool::new(64 << 10);
    let first = pool.take(payer(1), 32 << 10).await.ok();
    let waits = |bytes| {
        let pool = pool.clone();
        async move { pool.take(payer(1), bytes).await.map(|held| held.arrival.bytes) }
    };
    let freed = async {
        tokio::time::sleep(LOOK_EVERY / 8).await;
        drop(first);
    };
    let (large, small, ()) = tokio::join!(waits(20 << 10), waits(1 << 10), freed);
    assert_eq!((large, small), (Ok(20 << 10), Ok(1 << 10)));
}

#[tokio::test]
async fn a_body_that_is_not_waited_for_any_more_leaves_its_room() {
    let pool = Pool::new(64 << 10);
    let first = pool.take(payer(1), 32 << 10).await.ok();
    assert!(takes(&pool, payer(1), 32 << 10).await.is_none(), "it waits, and goes");
    drop(first);
    assert!(takes(&pool, payer(1), 32 << 10).await.is_some());
    assert_eq!(pool.lock().free, 64 << 10);
}

#[test]
fn who_is_slow_depends_on_how_much_room_it_holds() {
    let (kib, mib) = (1 << 10, 1 << 20);
    let since = Instant::now();
    let arrival = |bytes, received| Arrival {
        payer: payer(1),
        since,
        bytes,
        received: AtomicUsize::new(received),
        is_cut: AtomicBool::new(false),
        cut: Notify::new(),
    };
    #[rustfmt::skip]
    let cases = [
        (mib,      0,        1, false, "its first second is its own"),
        (mib,      65 * kib, 2, false, "64 KiB in the next"),
        (mib,      10 * kib, 2, true,  "10 KiB in the next"),
        (60 * mib, mib,      2, true,  "64 MiB would take a minute"),
        (60 * mib, 3 * mib,  2, false, "20 seconds"),
    ];
    for (bytes, received, seconds, expected, because) in cases {
        let now = since + Duration::from_secs(seconds);
        assert_eq!(arrival(bytes, received).is_slow(now), expected, "{because}");
    }
}

#[tokio::test]
async fn bodies_that_drip_give_way_to_those_that_wait_for_their_room() {
    let pool = Pool::new(64 << 10);
    let drips = pool.take(payer(1), 32 << 10).await.ok();
    let drips = drips.as_ref().map(|held| held.unless_cut(std::future::pending::<()>()));
    let drips = drips.expect("half is free");
    let waits = async { pool.take(payer(1), 32 << 10).await.is_ok() };
    tokio::pin!(waits);
    tokio::select! {
        cut = drips => assert_eq!(cut, Err(NoRoom)),
        _ = waits.as_mut() => panic!("there is no room yet"),
    }
}

#[tokio::test]
async fn a_body_that_has_arrived_does_not_give_way() {
    let pool = Pool::new(64 << 10);
    let mut held = pool.take(payer(1), 32 << 10).await.ok();
    held.iter_mut().for_each(Held::has_arrived);
    assert_eq!(pool.take(payer(1), 32 << 10).await.err(), Some(NoRoom));
    assert!(held.is_some_and(|held| !held.arrival.is_cut.load(Ordering::Relaxed)));
}

#[test]
fn sessions_of_one_role_share() {
    use names::{AccountId, IamPath, IdKind, RoleIdentity, RoleName, SessionName, UniqueId};
    let account = AccountId::parse("123456789012").unwrap();
    let role = RoleIdentity {
        account: account.clone(),
        id: UniqueId::from_random(IdKind::Role, [3; 17]),
        path: IamPath::root(),
        name: RoleName::parse("reader").unwrap(),
    };
    let payer = |session: &str| {
        let session = SessionName::parse(session).unwrap();
        Payer::of_principal(&Principal::AssumedRole { role: role.clone(), session })
    };
    assert_eq!(payer("a-session"), payer("another"));
    assert_ne!(payer("a-session"), Payer::of_principal(&Principal::Root { account }));
}
