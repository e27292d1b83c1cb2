//! What C in VERBATIM blocks asks for beyond numbers: what its caller gave, Vectors, generators of
//! random numbers, texts, files; and what LAG and `force` remember.
//!
//! A kernel names such an object by a handle, its position in [`Objects`] counted from 1. Handles
//! stay in variables of instances, so that an object is kept as long as the model is.

mod file;
mod forcing;
mod lag;
mod memory;
mod text;

use std::borrow::Cow;
use std::time::{SystemTime, UNIX_EPOCH};

use nmodl::abi::{CellType, Distribution, Request};

use file::OpenFile;
use forcing::Forcing;
use lag::LagMemory;

use crate::random::{Stream, StreamIds};
use crate::session::random::{Generator, RandomHandle};
use crate::session::vector::VectorHandle;

/// What a FUNCTION or PROCEDURE that is called by name is given.
#[derive(Debug, Clone, PartialEq)]
pub enum CallArgument {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A Vector.
    Vector(VectorHandle),
    /// A Random.
    Random(RandomHandle),
    /// An object of another kind, which no mechanism can use.
    Other,
}

impl From<f64> for CallArgument {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

/// Objects that handles name. A clone has the same Vectors and Randoms, and streams of its own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Objects(Vec<Object>);

#[derive(Debug, Clone)]
enum Object {
    Vector(VectorHandle),
    Random(RandomHandle),
    Stream(Stream),
    Text(String),
    Lag(LagMemory),
    File(OpenFile),
    /// Memory of C.
    Memory(Vec<u8>),
    /// What `force` read from the file of that name.
    Forcing(String, Option<Box<Forcing>>),
    /// A stream that was deleted, or memory that was given back.
    Gone,
}

impl Objects {
    /// Answers a request of a kernel that was called with `arguments`.
    pub fn answer(&mut self, request: Request, values: &[f64], arguments: &[CallArgument]) -> f64 {
        let &[first, ref rest @ ..] = values else {
            return f64::NAN;
        };
        let argument = || {
            let position = whole(first)?.checked_sub(1)?;
            arguments.get(position)
        };
        match (request, rest) {
            (Request::ArgumentKind, _) => match argument() {
                None => 0.0,
                Some(CallArgument::Number(_)) => 1.0,
                Some(CallArgument::Text(_)) => 2.0,
                Some(_) => 3.0,
            },
            (Request::ArgumentNumber, _) => match argument() {
                Some(CallArgument::Number(value)) => *value,
                _ => f64::NAN,
            },
            (Request::ArgumentVector, _) => match argument() {
                Some(CallArgument::Vector(vector)) => self.keep_vector(vector),
                _ => 0.0,
            },
            (Request::ArgumentRandom, _) => match argument() {
                Some(CallArgument::Random(random)) => self.keep_random(random),
                _ => 0.0,
            },
            (Request::VectorSize, _) => self.vector(first).map_or(-1.0, |v| v.lock().size() as f64),
            (Request::VectorElement, &[index]) => {
                let element = || {
                    self.vector(first)?
                        .lock()
                        .values()
                        .get(whole(index)?)
                        .copied()
                };
                element().unwrap_or(f64::NAN)
            }
            (Request::SetVectorElement, &[index, value]) => {
                if let (Some(vector), Some(index)) = (self.vector(first), whole(index))
                    && let Some(element) = vector.lock().values_mut().get_mut(index)
                {
                    *element = value;
                }
                0.0
            }
            (Request::ResizeVector, &[size]) => match (self.vector(first), whole(size)) {
                (Some(vector), Some(size)) => {
                    f64::from(u8::from(vector.lock().resize(size).is_ok()))
                }
                _ => 0.0,
            },
            (Request::PickRandom, _) => match self.get(first) {
                // NEURON's answer where there is none.
                None => 0.5,
                Some(Object::Random(random)) => random.pick(),
                Some(_) => f64::NAN,
            },
            (Request::NewStream, &[second, third]) => {
                let ids = [first, second, third].map(|id| id as u32);
                self.keep(Object::Stream(Stream::new(StreamIds { ids })))
            }
            (Request::DeleteStream, _) => {
                if let Some(object @ Object::Stream(_)) = self.get_mut(first) {
                    *object = Object::Gone;
                }
                0.0
            }
            (Request::IsStream, _) => match self.get(first) {
                Some(Object::Stream(_)) => 1.0,
                Some(Object::Random(random)) => {
                    let is_random123 = random
                        .with(|random, _| matches!(random.generator(), Generator::Random123(_)));
                    if is_random123 { 2.0 } else { 0.0 }
                }
                _ => 0.0,
            },
            (Request::StreamId, &[which]) => {
                let ids = match self.get(first) {
                    Some(Object::Stream(stream)) => Some(stream.ids()),
                    Some(Object::Random(random)) => {
                        random.with(|random, _| match random.generator() {
                            Generator::Random123(stream) => Some(stream.ids()),
                            Generator::MCellRan4 { .. } => None,
                        })
                    }
                    _ => None,
                };
                let id = || ids?.ids.get(whole(which)?).copied();
                id().map_or(f64::NAN, f64::from)
            }
            (Request::Draw, &[distribution, a, b]) => self.draw(first, distribution, a, b),
            (Request::NewLag, _) => self.keep(Object::Lag(LagMemory::default())),
            (Request::ClearLag, _) => {
                if let Some(Object::Lag(memory)) = self.get_mut(first) {
                    *memory = LagMemory::default();
                }
                0.0
            }
            (Request::Lag, &[t_ms, value, lag_ms]) => match self.get_mut(first) {
                Some(Object::Lag(memory)) => memory.ask(t_ms, value, lag_ms),
                _ => f64::NAN,
            },
            (Request::Force, &[x]) => self.forcing(first).map_or(f64::NAN, |f| f.spline(x)),
            (Request::StepForce, &[x]) => self.forcing(first).map_or(f64::NAN, |f| f.step(x)),
            (Request::Clock, _) => clock(first),
            (Request::ArgumentText, _) => match argument() {
                Some(CallArgument::Text(text)) => self.keep_text(text.clone()),
                _ => 0.0,
            },
            _ => self.answer_about_texts(request, values),
        }
    }

    /// Texts, and files of them.
    fn answer_about_texts(&mut self, request: Request, values: &[f64]) -> f64 {
        let text = |n: usize| values.get(n).and_then(|&handle| self.words(handle));
        match request {
            Request::TextLength => text(0).map_or(-1.0, |text| text.len() as f64),
            Request::TextByte if values[0] >= memory::STRIDE => {
                let at = values[0] + values.get(1).copied().unwrap_or(0.0);
                self.answer_about_memory(Request::ReadMemory, &[at, CellType::U8 as i32 as f64])
            }
            Request::TextByte => {
                let index = values.get(1).and_then(|&index| whole(index));
                let byte = text(0).and_then(|text| text.as_bytes().get(index?).copied());
                byte.map_or(0.0, f64::from)
            }
            Request::CompareTexts => match (text(0), text(1)) {
                (Some(a), Some(b)) => match a.as_bytes().cmp(b.as_bytes()) {
                    std::cmp::Ordering::Less => -1.0,
                    std::cmp::Ordering::Equal => 0.0,
                    std::cmp::Ordering::Greater => 1.0,
                },
                _ => f64::NAN,
            },
            Request::TextNumber => {
                let number = text(0).and_then(|text| text::leading_number(&text));
                number.map_or(0.0, |(value, _)| value)
            }
            Request::OpenFile => {
                let opened = match (text(0), text(1)) {
                    (Some(name), Some(mode)) => OpenFile::open(&name, &mode),
                    _ => None,
                };
                opened.map_or(0.0, |file| self.keep(Object::File(file)))
            }
            Request::WriteFile => match (self.file(values[0]), text(1)) {
                (Some(file), Some(text)) => file.write(&text),
                _ => -1.0,
            },
            Request::CloseFile => self.file(values[0]).map_or(-1.0, OpenFile::close),
            Request::ReadNumber => self.file(values[0]).map_or(f64::NAN, OpenFile::number),
            Request::ReadLine => {
                let line = self.file(values[0]).and_then(OpenFile::line);
                line.map_or(0.0, |line| self.keep_text(line))
            }
            Request::AtEnd => {
                let ended = self.file(values[0]).is_none_or(OpenFile::ended);
                f64::from(u8::from(ended))
            }
            _ => self.answer_about_memory(request, values),
        }
    }

    /// Handle of a text that a kernel has made of a format and its values.
    pub fn make_text(&mut self, format: &str, values: &[f64]) -> f64 {
        let text = self.format(format, values);
        self.keep_text(text)
    }

    /// A format of C with its values; that of `%s` is a handle.
    pub fn format(&self, format: &str, values: &[f64]) -> String {
        crate::print::format_with_texts(format, values, &|handle| {
            self.words(handle).map(Cow::into_owned)
        })
    }

    fn keep_text(&mut self, text: String) -> f64 {
        let known = |object: &Object| matches!(object, Object::Text(t) if *t == text);
        match self.0.iter().position(known) {
            Some(at) => handle(at),
            None => self.keep(Object::Text(text)),
        }
    }

    fn text(&self, handle: f64) -> Option<&str> {
        match self.get(handle)? {
            Object::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A text, or what stands in memory of C.
    fn words(&self, handle: f64) -> Option<Cow<'_, str>> {
        if handle >= memory::STRIDE {
            return self.text_in_memory(handle).map(Cow::Owned);
        }
        self.text(handle).map(Cow::Borrowed)
    }

    fn file(&self, handle: f64) -> Option<&OpenFile> {
        match self.get(handle)? {
            Object::File(file) => Some(file),
            _ => None,
        }
    }

    /// The course in the file whose name is a text; read once.
    fn forcing(&mut self, name: f64) -> Option<&Forcing> {
        let name = self.text(name)?;
        let known = |object: &Object| matches!(object, Object::Forcing(file, _) if file == name);
        let at = match self.0.iter().position(known) {
            Some(at) => at,
            None => {
                let course = Forcing::read(name).map(Box::new);
                self.0.push(Object::Forcing(name.to_owned(), course));
                self.0.len() - 1
            }
        };
        match self.0.get(at)? {
            Object::Forcing(_, course) => course.as_deref(),
            _ => None,
        }
    }

    fn draw(&mut self, handle: f64, distribution: f64, a: f64, b: f64) -> f64 {
        let distribution = whole(distribution).and_then(|d| Distribution::ALL.get(d));
        match (self.get_mut(handle), distribution) {
            (Some(Object::Stream(stream)), Some(&distribution)) => {
                stream.sample(distribution, a, b)
            }
            // Of a Random, mechanisms move the position alone.
            (Some(Object::Random(random)), Some(Distribution::GetSequence)) => {
                random.with(|random, _| random.sequence())
            }
            (Some(Object::Random(random)), Some(Distribution::SetSequence)) => {
                let done = random.with(|random, shared| random.set_sequence(a, shared));
                if done.is_ok() { 0.0 } else { f64::NAN }
            }
            _ => f64::NAN,
        }
    }

    fn keep_vector(&mut self, vector: &VectorHandle) -> f64 {
        let known = |object: &Object| matches!(object, Object::Vector(v) if v == vector);
        match self.0.iter().position(known) {
            Some(at) => handle(at),
            None => self.keep(Object::Vector(vector.clone())),
        }
    }

    fn keep_random(&mut self, random: &RandomHandle) -> f64 {
        let known = |object: &Object| matches!(object, Object::Random(r) if r == random);
        match self.0.iter().position(known) {
            Some(at) => handle(at),
            None => self.keep(Object::Random(random.clone())),
        }
    }

    fn keep(&mut self, object: Object) -> f64 {
        self.0.push(object);
        handle(self.0.len() - 1)
    }

    fn get(&self, handle: f64) -> Option<&Object> {
        self.0.get(whole(handle)?.checked_sub(1)?)
    }

    fn get_mut(&mut self, handle: f64) -> Option<&mut Object> {
        self.0.get_mut(whole(handle)?.checked_sub(1)?)
    }

    fn vector(&self, handle: f64) -> Option<&VectorHandle> {
        match self.get(handle)? {
            Object::Vector(vector) => Some(vector),
            _ => None,
        }
    }
}

/// What a clock shows: seconds since 1970, or microseconds since somebody asked first; or the number
/// of the process.
fn clock(which: f64) -> f64 {
    if which == 2.0 {
        return f64::from(std::process::id());
    }
    if which == 0.0 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        return since.map_or(0.0, |since| since.as_secs() as f64);
    }
    static BEGIN: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    let begin = BEGIN.get_or_init(std::time::Instant::now);
    begin.elapsed().as_micros() as f64
}

/// The handle of the object at a position.
fn handle(position: usize) -> f64 {
    (position + 1) as f64
}

/// A whole number that is not negative.
fn whole(value: f64) -> Option<usize> {
    ((0.0..9e15).contains(&value) && value.trunc() == value).then_some(value as usize)
}
