//! Statements that were prepared, and those that a connection keeps for the next use.

use std::collections::VecDeque;
use std::sync::{Arc, Weak};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_sqlite::Statement;

use super::callbacks::engine;
use super::connection::{Connection, database, with};
use super::errors::{DataError, ProgrammingError, raise};

/// A statement and what is known of it.
pub struct Prepared {
    pub sql: String,
    pub statement: Statement,
    /// It inserts, updates, deletes or replaces.
    pub changes: bool,
}

/// Statements that nobody runs, the one that was used last first.
#[derive(Default)]
pub struct Cache {
    kept: VecDeque<Arc<Prepared>>,
    /// All that somebody may have.
    live: Vec<Weak<Prepared>>,
    /// How many are kept.
    pub most: usize,
}

impl Cache {
    fn find(&mut self, sql: &str) -> Option<Arc<Prepared>> {
        let at = self.kept.iter().position(|kept| kept.sql == sql)?;
        let found = self.kept.remove(at)?;
        self.kept.push_front(found.clone());
        Some(found)
    }

    fn keep(&mut self, statement: &Arc<Prepared>) {
        if self.live.len() == self.live.capacity() {
            self.live.retain(|statement| statement.strong_count() > 0);
        }
        self.live.push(Arc::downgrade(statement));
        if self.most > 0 {
            self.kept.push_front(statement.clone());
            self.kept.truncate(self.most);
        }
    }

    /// Forgets all; tells which somebody else still has.
    pub fn clear(&mut self) -> Vec<Arc<Prepared>> {
        self.kept.clear();
        self.live.drain(..).filter_map(|statement| statement.upgrade()).collect()
    }
}

/// A statement for a text: one that is kept and that nobody runs, or a new one.
pub fn prepare(cx: &mut Ctx, connection: Slot, sql: &str) -> Res<Arc<Prepared>> {
    let found = with(cx, connection, |state| state.cache.find(sql))?;
    if let Some(found) = found.filter(|found| Arc::strong_count(found) == 2 && !found.statement.is_busy()) {
        return Ok(found);
    }
    let database = database(cx, connection)?;
    let most = database.limit(argil_sqlite::raw::SQLITE_LIMIT_SQL_LENGTH, -1);
    if sql.len() > most.max(0) as usize {
        return Err(cx.raise_own::<DataError>("query string is too large"));
    }
    if sql.contains('\0') {
        return Err(cx.raise_own::<ProgrammingError>("the query contains a null character"));
    }
    let made = engine(cx, connection, || {
        let (statement, used) = database.prepare(sql)?;
        Ok((statement, used))
    });
    let (statement, used) = made.map_err(|failure| raise(cx, &failure))?;
    if is_more(&sql[used..]) {
        return Err(cx.raise_own::<ProgrammingError>("You can only execute one statement at a time."));
    }
    let Some(statement) = statement else {
        // Nothing but comments: what runs and has no rows.
        let empty = engine(cx, connection, || database.prepare("SELECT 1 WHERE 0"));
        let (statement, _) = empty.map_err(|failure| raise(cx, &failure))?;
        let Some(statement) = statement else { return Err(cx.raise_own::<ProgrammingError>("no statement")) };
        return Ok(Arc::new(Prepared { sql: String::new(), statement, changes: false }));
    };
    let word: String = without_comments(sql).chars().take_while(char::is_ascii_alphabetic).collect();
    let changes = ["INSERT", "UPDATE", "DELETE", "REPLACE"].iter().any(|known| word.eq_ignore_ascii_case(known));
    let prepared = Arc::new(Prepared { sql: sql.to_owned(), statement, changes });
    with(cx, connection, |state| state.cache.keep(&prepared))?;
    Ok(prepared)
}

/// What follows white space and comments.
fn without_comments(mut sql: &str) -> &str {
    loop {
        sql = sql.trim_start();
        sql = if let Some(rest) = sql.strip_prefix("--") {
            rest.split_once('\n').map_or("", |(_, rest)| rest)
        } else if let Some(rest) = sql.strip_prefix("/*") {
            rest.split_once("*/").map_or("", |(_, rest)| rest)
        } else {
            return sql;
        };
    }
}

/// Whether there is anything but white space, comments and semicolons.
fn is_more(mut sql: &str) -> bool {
    loop {
        sql = without_comments(sql);
        match sql.strip_prefix(';') {
            Some(rest) => sql = rest,
            None => return !sql.is_empty(),
        }
    }
}

/// Forgets the statements that a connection keeps, and stops those that run.
pub fn forget(cx: &Ctx, connection: Slot) -> Res<()> {
    let live = cx.state::<Connection>(connection)?.state.with(|state| state.cache.clear());
    live.iter().for_each(|prepared| prepared.statement.reset());
    Ok(())
}
