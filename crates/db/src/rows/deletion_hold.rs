use names::Timestamp;

use crate::value::args;
use crate::{DbError, Tx};

impl Tx<'_> {
    /// Holds up the deletion of objects for `holder`, or prolongs its hold, until `held_until`.
    pub fn put_deletion_hold(
        &mut self,
        holder: &str,
        held_until: Timestamp,
    ) -> Result<(), DbError> {
        self.execute(
            "INSERT INTO deletion_hold (holder, held_until) VALUES ($1, $2)
             ON CONFLICT (holder) DO UPDATE SET held_until = excluded.held_until",
            args![holder, held_until],
        )
        .map(drop)
    }

    /// Ends the hold of `holder`.
    pub fn delete_deletion_hold(&mut self, holder: &str) -> Result<(), DbError> {
        self.execute("DELETE FROM deletion_hold WHERE holder = $1", args![holder]).map(drop)
    }

    /// Until when objects may not be deleted, if there is a hold. There are as many holds as
    /// backups that run or died.
    pub fn find_deletion_hold(&mut self, now: Timestamp) -> Result<Option<Timestamp>, DbError> {
        let held = self.rows(
            "SELECT held_until FROM deletion_hold WHERE holder > '' ORDER BY holder",
            args![],
            |row| row.moment(0, "deletion_hold.held_until"),
        )?;
        Ok(held.into_iter().filter(|held_until| *held_until > now).max())
    }
}
