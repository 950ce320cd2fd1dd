//! Copies of whole databases.

use std::ffi::CString;
use std::time::Duration;

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::types::bytes::buffer;
use argil_sqlite::raw;

use super::blob::open;
use super::callbacks::engine;
use super::connection::{Connection, seconds, using};
use super::errors::{OperationalError, raise};

/// How long to wait before a locked database is tried again, in seconds, if nothing is said.
const PAUSE: f64 = 0.25;

fn backup(
    cx: &mut Ctx,
    this: Slot,
    target: Slot,
    pages: i32,
    progress: Option<Slot>,
    name: &str,
    pause: f64,
) -> Res<()> {
    if cx.get(target).native::<Connection>().is_none() {
        let got = cx.type_name(cx.get(target));
        return Err(cx.type_error(format!("backup() argument 1 must be sqlite3.Connection, not {got}")));
    }
    if progress.is_some_and(|progress| !argil_interp::types::function::is_callable(cx, cx.get(progress))) {
        return Err(cx.type_error("progress argument must be a callable"));
    }
    if this == target || cx.get(this).identity() == cx.get(target).identity() {
        return Err(cx.value_error("target cannot be the same connection instance"));
    }
    let pages = if pages == 0 { -1 } else { pages };
    let pause = Duration::try_from_secs_f64(pause).unwrap_or_default();
    using(cx, target, |cx, to| {
        using(cx, this, |cx, from| {
            let mut raised = None;
            let done = cx.detached_for(|detached| {
                from.backup(to, name, pages, |code, left, all| {
                    if let Some(progress) = progress {
                        let told = detached.attached(|cx| {
                            cx.scope(|cx| {
                                let args = [code, left, all].map(|number| cx.root(cx.int(number.into())));
                                cx.call(progress, &args).map(|_| ())
                            })
                        });
                        if let Err(error) = told {
                            raised = Some(error);
                            return false;
                        }
                    }
                    if matches!(code & 0xff, raw::SQLITE_BUSY | raw::SQLITE_LOCKED) {
                        std::thread::sleep(pause);
                    }
                    true
                })
            });
            match raised {
                Some(raised) => Err(raised),
                None => done.map(|_| ()).map_err(|failure| raise(cx, &failure)),
            }
        })
    })
}

natives! {
    pub static METHODS = {
        /// Makes a backup of the database.
        call fn backup(
            cx; self_: Slot; target: Slot; pages: i32 = -1, progress: Option<Slot> = None, name: String = "main".to_owned(),
            sleep: Option<Slot> = None
        ) -> () {
            let pause = match sleep {
                Some(given) => seconds(cx, given)?,
                None => PAUSE,
            };
            backup(cx, self_, target, pages, progress, &name, pause)
        }

        /// Serialize a database into a byte string.
        call fn serialize(cx; self_: Slot; ; name: String = "main".to_owned()) -> Vec<u8> {
            let Ok(text) = CString::new(name.as_str()) else { return Err(cx.value_error("embedded null character")) };
            using(cx, self_, |cx, database| {
                let made = engine(cx, self_, || database.serialize(&text));
                made.map_err(|_| cx.raise_own::<OperationalError>(format!("unknown database '{name}'")))
            })
        }

        /// Load a serialized database.
        call fn deserialize(cx; self_: Slot, data: Slot; ; name: String = "main".to_owned()) -> () {
            let Ok(text) = CString::new(name) else { return Err(cx.value_error("embedded null character")) };
            let bytes = match cx.get(data).as_str() {
                Some(text) => text.as_bytes().to_vec(),
                None => buffer::contents(cx, cx.get(data))?.into_owned(),
            };
            if i64::try_from(bytes.len()).is_err() {
                return Err(cx.raise(Builtin::OverflowError, "'data' is too large"));
            }
            using(cx, self_, |cx, database| {
                let done = engine(cx, self_, || database.deserialize(&text, &bytes));
                done.map_err(|failure| raise(cx, &failure))
            })
        }

        /// Open and return a BLOB object.
        call fn blobopen(
            cx; self_: Slot, table: String, column: String, rowid: i64; ; readonly: bool = false,
            name: String = "main".to_owned()
        ) -> Slot {
            open(cx, self_, &name, &table, &column, rowid, !readonly)
        }
    }
}
