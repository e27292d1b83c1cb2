//! The format in which a state of a run is stored.
//!
//! A file is a mark, the version of the format, the length of what follows and a digest of it, and
//! then numbers, little-endian, in the order in which [`crate::model::SavedState`] goes through
//! them. That order is written down once, in `exchange` of each type: a [`Transfer`] stores the
//! numbers that it is shown, or changes them to what was stored. Nothing in a file says what the
//! numbers are; a digest of the structure says whether they are those of this model.

/// How a file begins.
const MARK: &[u8; 14] = b"nmodlrs state\n";

/// Version of the format; it changes with the order of numbers.
const VERSION: u32 = 1;

/// What is before the numbers: mark, version, length, digest.
const HEADER: usize = MARK.len() + 4 + 8 + 8;

/// Why a state cannot be stored or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StateFileError {
    /// The file is of another kind.
    #[error("this is not a saved state of nmodlrs")]
    Unknown,
    /// The file is of another version of the format.
    #[error("the saved state has version {found} of the format; this nmodlrs reads {VERSION}")]
    Version {
        /// The version of the file.
        found: u32,
    },
    /// The end is missing.
    #[error("the saved state is incomplete: {found} of {wanted} bytes are there")]
    Incomplete {
        /// Bytes that there are.
        found: u64,
        /// Bytes that there should be.
        wanted: u64,
    },
    /// The content is not what was written.
    #[error("the saved state is damaged: its digest is not that of its content")]
    Damaged,
    /// The state belongs to a model of another structure.
    #[error(
        "the saved state is of another model: saved were {saved}, there are {present}; sections, \
         segments, mechanisms and NetCons must be the same and made in the same order"
    )]
    OtherModel {
        /// What the file has.
        saved: Counts,
        /// What the model has.
        present: Counts,
    },
    /// An event calls code of the caller, which cannot be stored.
    #[error(
        "the state cannot be stored: an event that calls code of the script is under way; save it \
         before such events are sent, or after they were delivered"
    )]
    Call,
}

/// How much a model has, for messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sections.
    pub sections: u32,
    /// Segments of all sections.
    pub segments: u32,
    /// Point processes and artificial cells.
    pub points: u32,
    /// NetCons.
    pub netcons: u32,
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            sections,
            segments,
            points,
            netcons,
        } = self;
        write!(
            f,
            "{sections} sections with {segments} segments, {points} point processes and {netcons} \
             NetCons"
        )
    }
}

/// Goes through the numbers of a state and stores or changes them.
pub(crate) trait Transfer {
    /// Eight bytes, to be stored or, changed, to be read.
    fn word(&mut self, word: &mut u64) -> Result<(), StateFileError>;

    fn f64(&mut self, value: &mut f64) -> Result<(), StateFileError> {
        let mut bits = value.to_bits();
        self.word(&mut bits)?;
        *value = f64::from_bits(bits);
        Ok(())
    }

    fn values(&mut self, values: &mut [f64]) -> Result<(), StateFileError> {
        values.iter_mut().try_for_each(|value| self.f64(value))
    }

    fn u32(&mut self, value: &mut u32) -> Result<(), StateFileError> {
        let mut word = u64::from(*value);
        self.word(&mut word)?;
        *value = u32::try_from(word).map_err(|_| StateFileError::Damaged)?;
        Ok(())
    }

    fn usize(&mut self, value: &mut usize) -> Result<(), StateFileError> {
        let mut word = *value as u64;
        self.word(&mut word)?;
        *value = usize::try_from(word).map_err(|_| StateFileError::Damaged)?;
        Ok(())
    }

    fn bool(&mut self, value: &mut bool) -> Result<(), StateFileError> {
        let mut word = u64::from(*value);
        self.word(&mut word)?;
        *value = word != 0;
        Ok(())
    }

    /// Position of something that may not be there.
    fn position(&mut self, value: &mut Option<u32>) -> Result<(), StateFileError> {
        let mut word = value.map_or(0, |position| u64::from(position) + 1);
        self.word(&mut word)?;
        *value = match word.checked_sub(1) {
            None => None,
            Some(position) => Some(u32::try_from(position).map_err(|_| StateFileError::Damaged)?),
        };
        Ok(())
    }

    /// A list whose length is stored as well.
    fn list<T: Clone + Default>(
        &mut self,
        list: &mut Vec<T>,
        mut each: impl FnMut(&mut Self, &mut T) -> Result<(), StateFileError>,
    ) -> Result<(), StateFileError>
    where
        Self: Sized,
    {
        let mut len = list.len();
        self.usize(&mut len)?;
        let mut position = 0;
        // Grown one by one: a length that is wrong must not ask for memory.
        list.truncate(len);
        while position < len {
            if position == list.len() {
                list.push(T::default());
            }
            each(self, &mut list[position])?;
            position += 1;
        }
        Ok(())
    }
}

/// Stores.
#[derive(Debug, Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    /// The file.
    pub fn finish(self) -> Vec<u8> {
        let mut file = Vec::with_capacity(HEADER + self.0.len());
        file.extend_from_slice(MARK);
        file.extend_from_slice(&VERSION.to_le_bytes());
        file.extend_from_slice(&(self.0.len() as u64).to_le_bytes());
        file.extend_from_slice(&Digest::of(&self.0).to_le_bytes());
        file.extend_from_slice(&self.0);
        file
    }
}

impl Transfer for Writer {
    fn word(&mut self, word: &mut u64) -> Result<(), StateFileError> {
        self.0.extend_from_slice(&word.to_le_bytes());
        Ok(())
    }
}

/// Reads.
#[derive(Debug)]
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Looks whether this is a whole file of this version.
    pub fn new(file: &'a [u8]) -> Result<Self, StateFileError> {
        let Some(rest) = file.strip_prefix(MARK) else {
            let beginning = !file.is_empty() && MARK.starts_with(file);
            return Err(if beginning {
                incomplete(file.len(), HEADER as u64)
            } else {
                StateFileError::Unknown
            });
        };
        let short = || incomplete(file.len(), HEADER as u64);
        let (version, rest) = rest.split_first_chunk().ok_or_else(short)?;
        let found = u32::from_le_bytes(*version);
        if found != VERSION {
            return Err(StateFileError::Version { found });
        }
        let (len, rest) = rest.split_first_chunk().ok_or_else(short)?;
        let (digest, rest) = rest.split_first_chunk().ok_or_else(short)?;
        let len = u64::from_le_bytes(*len);
        if (rest.len() as u64) < len {
            return Err(incomplete(file.len(), len.saturating_add(HEADER as u64)));
        }
        if rest.len() as u64 > len || Digest::of(rest) != u64::from_le_bytes(*digest) {
            return Err(StateFileError::Damaged);
        }
        Ok(Self(rest))
    }

    /// Ends; everything must have been read.
    pub fn finish(self) -> Result<(), StateFileError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(StateFileError::Damaged)
        }
    }
}

impl Transfer for Reader<'_> {
    fn word(&mut self, word: &mut u64) -> Result<(), StateFileError> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or(StateFileError::Damaged)?;
        *word = u64::from_le_bytes(*bytes);
        self.0 = rest;
        Ok(())
    }
}

fn incomplete(found: usize, wanted: u64) -> StateFileError {
    StateFileError::Incomplete {
        found: found as u64,
        wanted,
    }
}

/// The FNV-1a digest of 64 bits.
#[derive(Debug, Clone)]
pub(crate) struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    fn of(bytes: &[u8]) -> u64 {
        let mut digest = Self::default();
        digest.bytes(bytes);
        digest.0
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// Adds a text; texts that follow each other are not the same as their sum.
    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes(text.as_bytes());
    }

    /// Adds a number.
    pub fn number(&mut self, number: u64) {
        self.bytes(&number.to_le_bytes());
    }

    /// What all that makes.
    pub fn finish(&self) -> u64 {
        self.0
    }
}
