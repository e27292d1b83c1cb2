//! Files that C in VERBATIM opens, or gets from a caller: read in one piece, written as C's library does.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

/// A file. Clones are the same file.
#[derive(Debug, Clone)]
pub(super) struct OpenFile {
    state: Arc<Mutex<State>>,
    /// Who else wants to know where it is read or written.
    shared: Option<SharedFile>,
}

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

/// How a caller has a file open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileMode {
    /// For reading.
    Read,
    /// For writing.
    Write,
    /// For writing at its end.
    Append,
}

/// A file that a caller has open, and which a function goes on to read or write where the caller is.
#[derive(Debug, Clone)]
pub struct SharedFile {
    path: String,
    mode: FileMode,
    position: Arc<Mutex<u64>>,
}

impl SharedFile {
    /// A file and where the caller is in it, in bytes from its beginning. What the caller has written
    /// must be in the file.
    pub fn new(path: String, mode: FileMode, position: u64) -> Self {
        Self {
            path,
            mode,
            position: Arc::new(Mutex::new(position)),
        }
    }

    /// Where the function left off.
    pub fn position(&self) -> u64 {
        *self.position.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PartialEq for SharedFile {
    /// True for clones of one.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.position, &other.position)
    }
}

impl OpenFile {
    /// As `fopen`. `+` is not supported.
    ///
    /// # Errors
    ///
    /// The file cannot be opened, or the mode is none of C's.
    pub fn open(name: &str, mode: &str) -> io::Result<Self> {
        let state = match mode.trim_end_matches(['b', 't']) {
            "r" => State::Reading {
                bytes: fs::read(name)?,
                at: 0,
                ended: false,
            },
            "w" => State::Writing(fs::File::create(name)?),
            "a" => {
                let mut file = OpenOptions::new().append(true).create(true).open(name)?;
                file.seek(SeekFrom::End(0))?;
                State::Writing(file)
            }
            _ => return Err(io::ErrorKind::InvalidInput.into()),
        };
        Ok(Self {
            state: Arc::new(Mutex::new(state)),
            shared: None,
        })
    }

    /// What a command of the shell prints, as `popen` for reading.
    ///
    /// # Errors
    ///
    /// There is no shell.
    pub fn pipe(command: &str) -> io::Result<Self> {
        let mut shell = Command::new("/bin/sh");
        let shell = shell.args(["-c", command]).stderr(Stdio::inherit());
        let state = State::Reading {
            bytes: shell.output()?.stdout,
            at: 0,
            ended: false,
        };
        Ok(Self {
            state: Arc::new(Mutex::new(state)),
            shared: None,
        })
    }

    /// A file that a caller has open, where the caller is; `None` if it is not there any more.
    pub fn shared(shared: &SharedFile) -> Option<Self> {
        let position = shared.position();
        let open = |options: &mut OpenOptions| {
            let mut file = options.open(&shared.path).ok()?;
            file.seek(SeekFrom::Start(position)).ok()?;
            Some(file)
        };
        let state = match shared.mode {
            FileMode::Read => {
                let mut bytes = Vec::new();
                let mut file = fs::File::open(&shared.path).ok()?;
                file.read_to_end(&mut bytes).ok()?;
                State::Reading {
                    at: bytes.len().min(position as usize),
                    bytes,
                    ended: false,
                }
            }
            FileMode::Write => State::Writing(open(OpenOptions::new().write(true))?),
            FileMode::Append => State::Writing(open(OpenOptions::new().append(true))?),
        };
        Some(Self {
            state: Arc::new(Mutex::new(state)),
            shared: Some(shared.clone()),
        })
    }

    fn with<T>(&self, f: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let result = f(&mut state);
        if let Some(shared) = &self.shared
            && let Some(position) = place(&mut state)
        {
            *shared
                .position
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = position;
        }
        result
    }

    /// 0, or -1 if it is closed already.
    pub fn close(&self) -> f64 {
        self.with(|state| match std::mem::replace(state, State::Closed) {
            State::Closed => -1.0,
            _ => 0.0,
        })
    }

    /// The number of bytes written, or -1.
    pub fn write(&self, bytes: &[u8]) -> f64 {
        self.with(|state| match state {
            State::Writing(file) => match file.write_all(bytes) {
                Ok(()) => bytes.len() as f64,
                Err(_) => -1.0,
            },
            _ => -1.0,
        })
    }

    /// Where it is read or written; -1 if it is closed.
    pub fn position(&self) -> f64 {
        self.with(|state| place(state).map_or(-1.0, |at| at as f64))
    }

    /// Goes so many bytes on from the beginning (0), the present place (1) or the end (2).
    pub fn seek(&self, bytes: i64, from: f64) -> Option<()> {
        self.with(|state| match state {
            State::Reading {
                bytes: all,
                at,
                ended,
            } => {
                let begin = match from {
                    0.0 => 0,
                    1.0 => *at as i64,
                    2.0 => all.len() as i64,
                    _ => return None,
                };
                let to = usize::try_from(begin.checked_add(bytes)?).ok()?;
                (*at, *ended) = (to, false);
                Some(())
            }
            State::Writing(file) => {
                let to = match from {
                    0.0 => SeekFrom::Start(u64::try_from(bytes).ok()?),
                    1.0 => SeekFrom::Current(bytes),
                    2.0 => SeekFrom::End(bytes),
                    _ => return None,
                };
                file.seek(to).ok().map(drop)
            }
            State::Closed => None,
        })
    }

    /// The next byte; -1 if there is none.
    pub fn byte(&self) -> f64 {
        self.bytes(1).first().map_or(-1.0, |&byte| f64::from(byte))
    }

    /// The next bytes, as many as there are.
    pub fn bytes(&self, count: usize) -> Vec<u8> {
        self.with(|state| {
            let State::Reading { bytes, at, ended } = state else {
                return Vec::new();
            };
            let rest = bytes.get(*at..).unwrap_or_default();
            *ended |= rest.len() < count;
            let read = rest[..count.min(rest.len())].to_vec();
            *at += read.len();
            read
        })
    }

    /// The next number, blanks before it left out; NaN if there is none.
    pub fn number(&self) -> f64 {
        self.with(|state| {
            let State::Reading { bytes, at, ended } = state else {
                return f64::NAN;
            };
            let rest = bytes.get(*at..).unwrap_or_default();
            let blank = rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
            *at += blank;
            let rest = &rest[blank..];
            if rest.is_empty() {
                *ended = true;
                return f64::NAN;
            }
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
            let rest = bytes.get(*at..).unwrap_or_default();
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

/// Where a file is read or written.
fn place(state: &mut State) -> Option<u64> {
    match state {
        State::Reading { at, .. } => Some(*at as u64),
        State::Writing(file) => file.stream_position().ok(),
        State::Closed => None,
    }
}
