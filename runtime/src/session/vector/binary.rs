//! Numbers as bytes, in the order of the machine: `fwrite`, `fread`, `vwrite`, `vread`.
//!
//! `vwrite` puts the size and the type before the elements, so that `vread` knows what comes and
//! whether it was written on a machine with the other order of bytes.

use std::io::{ErrorKind, Read, Write};

use super::error::{Result, Span, VectorError, span};
use super::statistics;

/// How `vwrite` stores elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// NEURON's 1: 8 bits, from the smallest to the largest element in equal steps.
    Byte,
    /// NEURON's 2: 16 bits, likewise.
    Short,
    /// NEURON's 3: single precision.
    Float,
    /// NEURON's 4, and its default: double precision.
    Double,
    /// NEURON's 5: whole numbers of 32 bits.
    Integer,
}

impl Compression {
    /// The compression of a number.
    pub fn new(code: i32) -> Option<Self> {
        Some(match code {
            1 => Self::Byte,
            2 => Self::Short,
            3 => Self::Float,
            4 => Self::Double,
            5 => Self::Integer,
            _ => return None,
        })
    }

    fn code(self) -> i32 {
        match self {
            Self::Byte => 1,
            Self::Short => 2,
            Self::Float => 3,
            Self::Double => 4,
            Self::Integer => 5,
        }
    }
}

/// How the elements are stored that `fread` reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// NEURON's 1: 8 bits with a sign.
    Byte,
    /// NEURON's 2: 16 bits without a sign.
    UnsignedShort,
    /// NEURON's 3: single precision.
    Float,
    /// NEURON's 4, and its default: double precision.
    Double,
    /// NEURON's 5: 16 bits with a sign.
    Short,
}

impl Stored {
    /// The type of a number.
    pub fn new(code: i32) -> Option<Self> {
        Some(match code {
            1 => Self::Byte,
            2 => Self::UnsignedShort,
            3 => Self::Float,
            4 => Self::Double,
            5 => Self::Short,
            _ => return None,
        })
    }
}

/// `fwrite`: the elements of a range in double precision, and how many there are.
pub fn write_doubles(values: &[f64], range: Span, file: &mut impl Write) -> Result<usize> {
    let values = &values[span("fwrite", values.len(), range)?];
    let bytes: Vec<u8> = values.iter().flat_map(|x| x.to_ne_bytes()).collect();
    write(file, "fwrite", &bytes)?;
    Ok(values.len())
}

/// `fread`: so many elements.
///
/// # Errors
///
/// The file is too short; NEURON makes up what is missing.
pub fn read_elements(file: &mut impl Read, size: usize, stored: Stored) -> Result<Vec<f64>> {
    let mut file = Source {
        method: "fread",
        file,
        swap: false,
    };
    match stored {
        Stored::Byte => file.list(size, |[byte]: [u8; 1]| f64::from(byte as i8)),
        Stored::UnsignedShort => file.list(size, |b| f64::from(u16::from_ne_bytes(b))),
        Stored::Float => file.list(size, |b| f64::from(f32::from_ne_bytes(b))),
        Stored::Double => file.list(size, f64::from_ne_bytes),
        Stored::Short => file.list(size, |b| f64::from(i16::from_ne_bytes(b))),
    }
}

/// `vwrite`
pub fn write_vector(values: &[f64], compression: Compression, file: &mut impl Write) -> Result<()> {
    const METHOD: &str = "vwrite";
    let size = i32::try_from(values.len()).map_err(|_| VectorError::Undefined {
        method: METHOD,
        reason: "the format has 32 bits for the size",
    })?;
    let mut bytes = [size.to_ne_bytes(), compression.code().to_ne_bytes()].concat();
    match compression {
        Compression::Double => bytes.extend(values.iter().flat_map(|x| x.to_ne_bytes())),
        Compression::Float => bytes.extend(values.iter().flat_map(|x| (*x as f32).to_ne_bytes())),
        Compression::Integer => {
            for (index, x) in values.iter().enumerate() {
                if !(f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(x) {
                    return Err(VectorError::Element {
                        method: METHOD,
                        index,
                        value: *x,
                        reason: "a whole number of 32 bits cannot hold it",
                    });
                }
                bytes.extend((*x as i32).to_ne_bytes());
            }
        }
        Compression::Short | Compression::Byte => {
            let steps = if compression == Compression::Short {
                65535.0
            } else {
                255.0
            };
            let least = statistics::min(values, None)?;
            let range = statistics::max(values, None)? - least;
            let scale = if range > 0.0 { steps / range } else { 1.0 };
            bytes.extend(scale.to_ne_bytes());
            bytes.extend(least.to_ne_bytes());
            for x in values {
                let step = (x - least) * scale;
                if compression == Compression::Short {
                    bytes.extend((step as u16).to_ne_bytes());
                } else {
                    bytes.push((step - 128.0) as i8 as u8);
                }
            }
        }
    }
    write(file, METHOD, &bytes)
}

/// `vread`; None where the file ends, or has something else.
pub fn read_vector(file: &mut impl Read) -> Result<Option<Vec<f64>>> {
    let mut file = Source {
        method: "vread",
        file,
        swap: false,
    };
    let Some(header) = file.header()? else {
        return Ok(None);
    };
    let [size, code] = header.map(i32::from_ne_bytes);
    let (size, code) = if (1..=5).contains(&code) {
        (size, code)
    } else {
        file.swap = true;
        (size.swap_bytes(), code.swap_bytes())
    };
    let (Some(compression), Ok(size)) = (Compression::new(code), usize::try_from(size)) else {
        return Ok(None);
    };
    let values = match compression {
        Compression::Double => file.list(size, f64::from_ne_bytes),
        Compression::Float => file.list(size, |b| f64::from(f32::from_ne_bytes(b))),
        Compression::Integer => file.list(size, |b| f64::from(i32::from_ne_bytes(b))),
        Compression::Short | Compression::Byte => {
            let limits = file.list(2, f64::from_ne_bytes)?;
            let (scale, least) = (limits[0], limits[1]);
            if compression == Compression::Short {
                file.list(size, |b| f64::from(u16::from_ne_bytes(b)) / scale + least)
            } else {
                file.list(size, |[byte]: [u8; 1]| {
                    (f64::from(byte as i8) + 128.0) / scale + least
                })
            }
        }
    };
    values.map(Some)
}

fn write(file: &mut impl Write, method: &'static str, bytes: &[u8]) -> Result<()> {
    file.write_all(bytes)
        .map_err(|error| VectorError::File { method, error })
}

/// A file that is being read.
struct Source<'a, R> {
    method: &'static str,
    file: &'a mut R,
    /// Whether the bytes of a number are in the other order.
    swap: bool,
}

impl<R: Read> Source<'_, R> {
    fn fault<T>(&self, error: std::io::Error) -> Result<T> {
        Err(VectorError::File {
            method: self.method,
            error,
        })
    }

    /// Two numbers of 32 bits, unless the file is at its end.
    fn header(&mut self) -> Result<Option<[[u8; 4]; 2]>> {
        let mut header = [[0; 4]; 2];
        match self.file.read_exact(header.as_flattened_mut()) {
            Ok(()) => Ok(Some(header)),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => self.fault(error),
        }
    }

    /// So many numbers of N bytes.
    fn list<const N: usize>(
        &mut self,
        size: usize,
        number: impl Fn([u8; N]) -> f64,
    ) -> Result<Vec<f64>> {
        // The size may be nonsense: memory is taken for what the file has.
        let mut bytes = Vec::new();
        let wanted = (size as u64).saturating_mul(N as u64);
        match self.file.by_ref().take(wanted).read_to_end(&mut bytes) {
            Err(error) => return self.fault(error),
            Ok(found) if (found as u64) < wanted => {
                return self.fault(std::io::Error::new(
                    ErrorKind::UnexpectedEof,
                    format!("the file ends after {} of {size} elements", found / N),
                ));
            }
            Ok(_) => {}
        }
        let (numbers, _) = bytes.as_chunks::<N>();
        Ok(numbers
            .iter()
            .map(|bytes| {
                let mut bytes = *bytes;
                if self.swap {
                    bytes.reverse();
                }
                number(bytes)
            })
            .collect())
    }
}
