//! Files that C in VERBATIM opens: read in one piece, written as C's library does.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

/// A file. Clones are the same file.
#[derive(Debug, Clone)]
pub(super) struct OpenFile(Arc<Mutex<State>>);

#[derive(Debug)]
enum State {
    Reading {
        bytes: Vec<u8>,
        at: usize,
        /// Something was looked for behind the end.
        ended: bool,
    },
    Writing(fs::File),
    Closed,
}

impl OpenFile {
    /// As `fopen`; `None` if that fails, or the mode is none of C's. `+` is not supported.
    pub fn open(name: &str, mode: &str) -> Option<Self> {
        let state = match mode.trim_end_matches(['b', 't']) {
            "r" => State::Reading {
                bytes: fs::read(name).ok()?,
                at: 0,
                ended: false,
            },
            "w" => State::Writing(fs::File::create(name).ok()?),
            "a" => {
                let file = OpenOptions::new().append(true).create(true).open(name);
                State::Writing(file.ok()?)
            }
            _ => return None,
        };
        Some(Self(Arc::new(Mutex::new(state))))
    }

    fn with<T>(&self, f: impl FnOnce(&mut State) -> T) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// 0, or -1 if it is closed already.
    pub fn close(&self) -> f64 {
        self.with(|state| match std::mem::replace(state, State::Closed) {
            State::Closed => -1.0,
            _ => 0.0,
        })
    }

    /// The number of bytes written, or -1.
    pub fn write(&self, text: &str) -> f64 {
        self.with(|state| match state {
            State::Writing(file) => match file.write_all(text.as_bytes()) {
                Ok(()) => text.len() as f64,
                Err(_) => -1.0,
            },
            _ => -1.0,
        })
    }

    /// The next number, blanks before it left out; NaN if there is none.
    pub fn number(&self) -> f64 {
        self.with(|state| {
            let State::Reading { bytes, at, ended } = state else {
                return f64::NAN;
            };
            let blank = bytes[*at..].iter().take_while(|b| b.is_ascii_whitespace());
            *at += blank.count();
            if *at == bytes.len() {
                *ended = true;
                return f64::NAN;
            }
            let rest = &bytes[*at..];
            match super::text::leading_number(&String::from_utf8_lossy(
                &rest[..rest.len().min(400)],
            )) {
                Some((value, len)) => {
                    *at += len;
                    *ended |= *at == bytes.len();
                    value
                }
                None => f64::NAN,
            }
        })
    }

    /// The next line with its end.
    pub fn line(&self) -> Option<String> {
        self.with(|state| {
            let State::Reading { bytes, at, ended } = state else {
                return None;
            };
            let rest = &bytes[*at..];
            let end = rest.iter().position(|&b| b == b'\n');
            *ended |= end.is_none();
            let line = &rest[..end.map_or(rest.len(), |end| end + 1)];
            *at += line.len();
            (!line.is_empty()).then(|| String::from_utf8_lossy(line).into_owned())
        })
    }

    /// Whether something was looked for behind the end.
    pub fn ended(&self) -> bool {
        self.with(|state| matches!(state, State::Reading { ended: true, .. }))
    }
}
