//! Memory of C: blocks of bytes that `malloc` and its kin give, the elements of Vectors, and numbers that
//! a caller gave references to, which C reaches by the same addresses.
//!
//! An address is the handle of the block, Vector or reference times 2³², plus the byte within. Nothing outside
//! of a block that is there can be reached; a block that was given back is gone for good.

use nmodl::abi::{CellType, Request};

use super::{Object, Objects, whole};

/// Bytes that a block may have.
const MOST_BYTES: usize = 1 << 30;

/// What one handle is away from the next.
pub(super) const STRIDE: f64 = 4_294_967_296.0;

/// The handle and the byte of an address.
fn parts(address: f64) -> Option<(f64, usize)> {
    whole(address)?;
    let handle = (address / STRIDE).floor();
    (handle >= 1.0).then_some((handle, (address - handle * STRIDE) as usize))
}

impl Object {
    /// Does something with the doubles that stand behind the object; `None` if there are none.
    fn with_doubles<T>(&self, f: impl FnOnce(&mut [f64]) -> T) -> Option<T> {
        match self {
            Object::Vector(vector) => Some(f(vector.lock().values_mut())),
            Object::Reference(cell) => match cell.place() {
                Some((series, _)) => Some(f(series.lock().values_mut())),
                None => {
                    let mut number = [cell.get()];
                    let result = f(&mut number);
                    cell.set(number[0]);
                    Some(result)
                }
            },
            _ => None,
        }
    }
}

impl Objects {
    pub(super) fn answer_about_memory(&mut self, request: Request, values: &[f64]) -> f64 {
        let truth = |done: Option<()>| f64::from(u8::from(done.is_some()));
        match (request, values) {
            (Request::NewMemory, &[bytes]) => self.allocate(bytes).unwrap_or(0.0),
            (Request::FreeMemory, &[address]) => truth(self.release(address).map(drop)),
            (Request::ResizeMemory, &[address, bytes]) => {
                self.resize_memory(address, bytes).unwrap_or(0.0)
            }
            (Request::HasMemory, &[address, bytes]) => truth(self.has_memory(address, bytes)),
            (Request::ReadMemory, &[address, cell]) => {
                self.read_memory(address, cell).unwrap_or(f64::NAN)
            }
            (Request::WriteMemory, &[address, cell, value]) => {
                self.write_memory(address, cell, value);
                0.0
            }
            (Request::CopyMemory, &[to, from, bytes]) => {
                let copied = self.bytes(from, bytes);
                truth(copied.and_then(|bytes| self.put_bytes(to, &bytes)))
            }
            (Request::FillMemory, &[to, byte, bytes]) => {
                let count = whole(bytes).filter(|&count| count <= MOST_BYTES);
                let filled = count.map(|count| vec![byte as i64 as u8; count]);
                truth(filled.and_then(|bytes| self.put_bytes(to, &bytes)))
            }
            (Request::WriteText, &[address, text]) => {
                let words = self.words(text).map(|text| text.into_owned().into_bytes());
                truth(words.and_then(|mut bytes| {
                    bytes.push(0);
                    self.put_bytes(address, &bytes)
                }))
            }
            _ => f64::NAN,
        }
    }

    fn allocate(&mut self, bytes: f64) -> Option<f64> {
        let bytes = whole(bytes).filter(|&bytes| bytes <= MOST_BYTES)?;
        let made = self.keep(Object::Memory(vec![0; bytes]));
        Some(made * STRIDE)
    }

    /// Ends the block that begins at an address; gives what it held.
    fn release(&mut self, address: f64) -> Option<Vec<u8>> {
        let (handle, 0) = parts(address)? else {
            return None;
        };
        match self.get_mut(handle)? {
            object @ Object::Memory(_) => match std::mem::replace(object, Object::Gone) {
                Object::Memory(bytes) => Some(bytes),
                _ => None,
            },
            _ => None,
        }
    }

    fn resize_memory(&mut self, address: f64, bytes: f64) -> Option<f64> {
        if address == 0.0 {
            return self.allocate(bytes);
        }
        let size = whole(bytes).filter(|&bytes| bytes <= MOST_BYTES)?;
        let mut block = self.release(address)?;
        block.resize(size, 0);
        Some(self.keep(Object::Memory(block)) * STRIDE)
    }

    pub(super) fn has_memory(&self, address: f64, bytes: f64) -> Option<()> {
        let (handle, at) = parts(address)?;
        let end = at.checked_add(whole(bytes)?)?;
        let size = match self.get(handle)? {
            Object::Memory(block) => block.len(),
            object => object.with_doubles(|doubles| 8 * doubles.len())?,
        };
        (end <= size).then_some(())
    }

    fn read_memory(&self, address: f64, cell: f64) -> Option<f64> {
        let (handle, at) = parts(address)?;
        let cell = *CellType::ALL.get(whole(cell)?)?;
        if cell == CellType::Double
            && at.is_multiple_of(8)
            && let Some(found) = self.get(handle)?.with_doubles(|d| d.get(at / 8).copied())
        {
            return found;
        }
        let bytes = self.bytes(address, f64::from(cell.size()))?;
        let mut word = [0; 8];
        word.get_mut(..bytes.len())?.copy_from_slice(&bytes);
        let word = u64::from_le_bytes(word);
        Some(match cell {
            CellType::Double => f64::from_bits(word),
            CellType::Single => f64::from(f32::from_bits(word as u32)),
            CellType::I8 => f64::from(word as i8),
            CellType::U8 => f64::from(word as u8),
            CellType::I16 => f64::from(word as i16),
            CellType::U16 => f64::from(word as u16),
            CellType::I32 => f64::from(word as i32),
            CellType::U32 => f64::from(word as u32),
            CellType::I64 => word as i64 as f64,
            CellType::U64 => word as f64,
        })
    }

    fn write_memory(&mut self, address: f64, cell: f64, value: f64) -> Option<()> {
        let (handle, at) = parts(address)?;
        let cell = *CellType::ALL.get(whole(cell)?)?;
        let set = |doubles: &mut [f64]| doubles.get_mut(at / 8).map(|double| *double = value);
        if cell == CellType::Double
            && at.is_multiple_of(8)
            && let Some(done) = self.get(handle)?.with_doubles(set)
        {
            return done;
        }
        let word = match cell {
            CellType::Double => value.to_bits(),
            CellType::Single => u64::from((value as f32).to_bits()),
            CellType::U64 if value >= 0.0 => value as u64,
            // What does not fit is cut off.
            _ => value as i64 as u64,
        };
        self.put_bytes(address, word.to_le_bytes().get(..cell.size() as usize)?)
    }

    /// A copy of bytes.
    pub(super) fn bytes(&self, address: f64, count: f64) -> Option<Vec<u8>> {
        let (handle, at) = parts(address)?;
        let end = at.checked_add(whole(count)?)?;
        match self.get(handle)? {
            Object::Memory(block) => Some(block.get(at..end)?.to_vec()),
            object => object.with_doubles(|doubles| {
                // The elements that the bytes are of.
                let (first, last) = (at / 8, end.div_ceil(8));
                let elements = doubles.get(first..last)?;
                let all: Vec<u8> = elements.iter().flat_map(|v| v.to_le_bytes()).collect();
                Some(all.get(at - 8 * first..end - 8 * first)?.to_vec())
            })?,
        }
    }

    pub(super) fn put_bytes(&mut self, address: f64, bytes: &[u8]) -> Option<()> {
        let (handle, at) = parts(address)?;
        let end = at.checked_add(bytes.len())?;
        match self.get_mut(handle)? {
            Object::Memory(block) => block.get_mut(at..end)?.copy_from_slice(bytes),
            object => object.with_doubles(|doubles| {
                let (first, last) = (at / 8, end.div_ceil(8));
                let elements = doubles.get_mut(first..last)?;
                let mut all: Vec<u8> = elements.iter().flat_map(|v| v.to_le_bytes()).collect();
                all.get_mut(at - 8 * first..end - 8 * first)?
                    .copy_from_slice(bytes);
                for (element, bytes) in elements.iter_mut().zip(all.chunks_exact(8)) {
                    let mut word = [0; 8];
                    word.copy_from_slice(bytes);
                    *element = f64::from_le_bytes(word);
                }
                Some(())
            })??,
        }
        Some(())
    }

    /// The text that stands in memory up to a zero.
    pub(super) fn text_in_memory(&self, address: f64) -> Option<String> {
        let (handle, at) = parts(address)?;
        let Object::Memory(block) = self.get(handle)? else {
            return None;
        };
        let rest = block.get(at..)?;
        let end = rest.iter().position(|&byte| byte == 0)?;
        Some(String::from_utf8_lossy(&rest[..end]).into_owned())
    }
}
