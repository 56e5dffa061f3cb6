//! Rows of what tags named before.

use db::{DbError, IfTaken, ImageKey, RepositoryKey, TagMove, TagMover, Tx};
use names::{Digest, ImageTag, MovedThrough, Timestamp};

use crate::house::{House, on_both_engines};
use crate::lists::{image, now, repository};

on_both_engines!(
    each_move_of_a_tag_is_a_row,
    an_earlier_version_is_found_by_what_the_tag_named,
    a_move_away_can_be_taken_back_unless_the_tag_came_back,
    moves_are_forgotten_by_age_in_steps,
);

fn tag(text: &str) -> ImageTag {
    ImageTag::parse(text).unwrap()
}

fn at(seconds: i64) -> TagMover {
    let by = Some("arn:aws:iam::123456789012:user/kim".to_owned());
    TagMover { by, through: MovedThrough::OciApi, at: Timestamp::from_seconds(seconds) }
}

/// An image that tags can point to.
#[derive(Clone)]
struct Pushed(ImageKey, Digest);

impl Pushed {
    fn new(tx: &mut Tx<'_>, home: RepositoryKey, content: &[u8]) -> Result<Self, DbError> {
        let new = image(home, content);
        let digest = new.digest.clone();
        Ok(Self(tx.insert_image(&new, now())?, digest))
    }

    fn tag(
        &self,
        tx: &mut Tx<'_>,
        home: RepositoryKey,
        name: &str,
        seconds: i64,
    ) -> Result<(), DbError> {
        let mover = at(seconds);
        let image = (self.0, &self.1);
        tx.point_tag(home, &tag(name), image, IfTaken::Move, Some(&mover)).map(drop)
    }

    fn untag(
        &self,
        tx: &mut Tx<'_>,
        home: RepositoryKey,
        name: &str,
        seconds: i64,
    ) -> Result<(), DbError> {
        tx.delete_tag(home, &tag(name), (self.0, &self.1), Some(&at(seconds)))
    }
}

/// `a` is tagged, `b` takes the tag over, and the tag is deleted.
fn three_moves(tx: &mut Tx<'_>) -> Result<(RepositoryKey, Pushed, Pushed), DbError> {
    let home = repository(tx, "web")?;
    let (a, b) = (Pushed::new(tx, home, b"a")?, Pushed::new(tx, home, b"b")?);
    a.tag(tx, home, "v1", 1)?;
    b.tag(tx, home, "v1", 2)?;
    b.untag(tx, home, "v1", 3)?;
    Ok((home, a, b))
}

async fn each_move_of_a_tag_is_a_row(house: &House) {
    let done: Result<_, DbError> = house
        .open()
        .write(|tx| {
            let (home, a, b) = three_moves(tx)?;
            a.tag(tx, home, "v2", 4)?;
            a.tag(tx, home, "v2", 5)?;
            b.untag(tx, home, "v2", 6)?;
            tx.point_tag(home, &tag("v3"), (b.0, &b.1), IfTaken::Refuse, None)?;
            let taken = tx.point_tag(home, &tag("v3"), (a.0, &a.1), IfTaken::Refuse, Some(&at(7)));
            assert_eq!(taken?, db::Pointed::Refused);
            let all = tx.list_tag_moves(home, None, None, 10)?;
            let page = tx.list_tag_moves(home, None, Some(all[0].id), 1)?;
            let of_v1 = tx.list_tag_moves(home, Some(&tag("v1")), None, 10)?;
            let rest = tx.list_tag_moves(home, Some(&tag("v1")), Some(of_v1[1].id), 10)?;
            let other = repository(tx, "other")?;
            assert_eq!(tx.list_tag_moves(other, None, None, 10)?, []);
            Ok((a, b, all, page, of_v1, rest))
        })
        .await;
    let (Pushed(_, a), Pushed(_, b), all, page, of_v1, rest) = done.unwrap();
    let told = |moves: &[TagMove]| -> Vec<_> {
        let told = |it: &TagMove| {
            (it.tag.to_string(), it.from.clone(), it.to.clone(), it.mover.at.as_seconds())
        };
        moves.iter().map(told).collect()
    };
    let v1 = |from: Option<&Digest>, to: Option<&Digest>, at| {
        ("v1".to_owned(), from.cloned(), to.cloned(), at)
    };
    let newest = ("v2".to_owned(), None, Some(a.clone()), 4);
    let [third, second, first] =
        [v1(Some(&b), None, 3), v1(Some(&a), Some(&b), 2), v1(None, Some(&a), 1)];
    assert_eq!(told(&all), [newest, third.clone(), second.clone(), first.clone()]);
    assert_eq!(all[0].mover, at(4));
    assert_eq!(told(&page), std::slice::from_ref(&third));
    assert_eq!(told(&of_v1), [third, second, first.clone()]);
    assert_eq!(told(&rest), [first]);
}

async fn an_earlier_version_is_found_by_what_the_tag_named(house: &House) {
    let done: Result<(), DbError> = house
        .open()
        .write(|tx| {
            let (home, a, b) = three_moves(tx)?;
            let v1 = tag("v1");
            assert_eq!(tx.find_earlier_version(home, &v1, None)?, Some(b.1.clone()));
            assert_eq!(tx.find_earlier_version(home, &v1, Some(&b.1))?, Some(a.1.clone()));
            assert_eq!(tx.find_earlier_version(home, &tag("v2"), None)?, None);
            assert!(tx.tag_has_named(home, &v1, &a.1)? && tx.tag_has_named(home, &v1, &b.1)?);
            assert!(!tx.tag_has_named(home, &v1, &Digest::sha256(b"c"))?);
            assert!(!tx.tag_has_named(home, &tag("v2"), &a.1)?);
            let moment = Timestamp::from_seconds;
            for (seconds, to) in [(0, None), (1, Some(&a.1)), (2, Some(&b.1)), (9, None)] {
                let found = tx.find_tag_move_until(home, &v1, moment(seconds))?;
                assert_eq!(found.is_some(), seconds > 0, "{seconds}");
                assert_eq!(found.and_then(|it| it.to).as_ref(), to, "{seconds}");
            }
            let first = tx.find_first_tag_move(home, &v1)?.expect("it was moved");
            assert_eq!((first.from, first.mover.at), (None, moment(1)));
            assert_eq!(tx.find_first_tag_move(home, &tag("v2"))?, None);
            Ok(())
        })
        .await;
    done.unwrap();
}

async fn a_move_away_can_be_taken_back_unless_the_tag_came_back(house: &House) {
    let done: Result<(), DbError> = house
        .open()
        .write(|tx| {
            let (home, a, b) = three_moves(tx)?;
            let c = Pushed::new(tx, home, b"c")?;
            let away = |tx: &mut Tx<'_>| -> Result<Vec<_>, DbError> {
                let images = [(a.0, &a.1), (c.0, &c.1), (b.0, &b.1)];
                let found = tx.find_moves_away(home, &images)?;
                Ok(found.into_iter().map(|it| it.map(|it| it.mover.at.as_seconds())).collect())
            };
            assert_eq!(away(tx)?, [Some(2), None, Some(3)]);
            a.tag(tx, home, "v1", 4)?;
            assert_eq!(away(tx)?, [None, None, Some(3)], "the tag names it again");
            c.tag(tx, home, "v1", 5)?;
            assert_eq!(away(tx)?, [Some(5), None, Some(3)]);
            Ok(())
        })
        .await;
    done.unwrap();
}

async fn moves_are_forgotten_by_age_in_steps(house: &House) {
    let done: Result<(), DbError> = house
        .open()
        .write(|tx| {
            let home = repository(tx, "web")?;
            let a = Pushed::new(tx, home, b"a")?;
            for (seconds, name) in [(1, "one"), (2, "two"), (9, "young"), (3, "three")] {
                a.tag(tx, home, name, seconds)?;
            }
            let old = Timestamp::from_seconds(5);
            let (mut after, mut steps) = (0, 0);
            while let Some(last) = tx.forget_tag_moves(old, after, 2)? {
                (after, steps) = (last, steps + 1);
            }
            assert_eq!(steps, 2, "two full steps that forgot something");
            let left = tx.list_tag_moves(home, None, None, 10)?;
            let left: Vec<_> = left.iter().map(|it| it.tag.as_str()).collect();
            assert_eq!(left, ["young"], "it is not the oldest row that counts, but its age");
            a.tag(tx, home, "another", 9)?;
            assert!(tx.delete_tag_moves(home, 1)?);
            assert!(tx.delete_tag_moves(home, 1)?);
            assert!(!tx.delete_tag_moves(home, 1)?);
            assert_eq!(tx.list_tag_moves(home, None, None, 10)?, []);
            Ok(())
        })
        .await;
    done.unwrap();
}
