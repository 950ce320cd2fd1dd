//! The library: one file per module; one table lists them.
#![deny(unsafe_code)]

mod abc;
mod accounts;
mod array;
mod ast;
mod atexit;
mod binascii;
mod bisect;
mod classes;
mod cmath;
mod codecs;
mod collections;
mod compression;
mod contextvars;
mod csv;
mod errno;
mod faulthandler;
mod fcntl;
mod functools;
mod gc;
mod hashes;
mod heapq;
mod importing;
mod io;
mod itertools;
mod json;
mod locale;
mod marshal;
mod math;
mod mmap;
mod multiprocessing;
mod off_lock;
mod opcode;
mod operator;
mod posix;
mod pyexpat;
mod queue;
mod random;
mod resource;
mod select;
mod shmem;
mod signal;
mod socket;
#[cfg(feature = "sqlite")]
mod sqlite;
mod sre;
mod stat;
mod statistics;
mod string;
mod structs;
mod subprocess;
mod symtable;
mod sys;
mod termios;
mod threading;
mod time;
mod tokenize;
mod tracemalloc;
mod types;
mod typing;
mod unicodedata;
mod uuid;
mod weakref;
mod zlib;

use argil_interp::config::{Library, ModuleDef};

/// The library: natives and what Argil spells itself, and CPython's own modules, compiled by `build.rs`.
pub static LIBRARY: Library = Library {
    modules: MODULES,
    image: include_bytes!(concat!(env!("OUT_DIR"), "/library.image")),
    fingerprint: include!(concat!(env!("OUT_DIR"), "/fingerprint")),
};

static MODULES: &[ModuleDef] = &[
    abc::MODULE,
    accounts::GRP,
    accounts::PWD,
    array::MODULE,
    ast::MODULE,
    atexit::MODULE,
    binascii::MODULE,
    bisect::MODULE,
    cmath::MODULE,
    codecs::MODULE,
    collections::MODULE,
    compression::BZ2,
    compression::LZMA,
    compression::ZSTD,
    contextvars::MODULE,
    csv::MODULE,
    errno::MODULE,
    faulthandler::MODULE,
    fcntl::MODULE,
    functools::MODULE,
    gc::MODULE,
    hashes::BLAKE2,
    hashes::HASHLIB,
    hashes::HMAC,
    hashes::MD5,
    hashes::SHA1,
    hashes::SHA2,
    hashes::SHA3,
    heapq::MODULE,
    importing::BOOTSTRAP,
    importing::EXTERNAL,
    importing::MODULE,
    importing::WARNINGS,
    io::MODULE,
    itertools::MODULE,
    json::MODULE,
    marshal::MODULE,
    locale::MODULE,
    math::MODULE,
    mmap::MODULE,
    multiprocessing::MODULE,
    multiprocessing::POOL,
    opcode::MODULE,
    operator::MODULE,
    posix::MODULE,
    pyexpat::MODULE,
    queue::MODULE,
    queue::NATIVES,
    random::MODULE,
    resource::MODULE,
    select::MODULE,
    shmem::MODULE,
    signal::MODULE,
    socket::MODULE,
    #[cfg(feature = "sqlite")]
    sqlite::MODULE,
    sre::MODULE,
    stat::MODULE,
    statistics::MODULE,
    string::MODULE,
    structs::MODULE,
    subprocess::MODULE,
    symtable::MODULE,
    sys::MODULE,
    sys::SYSCONFIG_DATA,
    sys::monitoring::MODULE,
    termios::MODULE,
    threading::MODULE,
    threading::NATIVES,
    time::MODULE,
    tokenize::MODULE,
    tracemalloc::MODULE,
    types::MODULE,
    typing::MODULE,
    unicodedata::MODULE,
    uuid::MODULE,
    weakref::MODULE,
    zlib::MODULE,
];
