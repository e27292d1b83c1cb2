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
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use nmodl::abi::{CellType, Distribution, Request};

use file::OpenFile;
pub use file::{FileMode, SharedFile};
use forcing::Forcing;
use lag::LagMemory;

use crate::model::SharedCell;
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
    /// A reference to a number that the caller has as long as it likes.
    Reference(SharedCell),
    /// A reference to a number whose value is here during the call alone.
    Copied(SharedCell),
    /// A variable for a text; its text is here during the call alone.
    TextVariable(SharedText),
    /// The objects of a List, as they are now.
    List(Vec<CallArgument>),
    /// A file that is open.
    File(SharedFile),
    /// An object that a variable of the caller's has.
    Held(Box<CallArgument>),
    /// An object with its name, as `Vector[3]`.
    Named(Box<CallArgument>, String),
    /// An object of another kind, which no mechanism can use.
    Other,
}

/// What a function leaves to its caller, for when it has returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Afterwards {
    /// To execute a statement of hoc.
    Execute(String),
    /// To ignore a signal of the system, or not to ignore it any more.
    IgnoreSignal(i32, bool),
}

/// Functions of hoc that C may call while a function runs that a user has called by name.
#[derive(Clone)]
pub struct HocFunctions(Arc<AskHoc>);

/// Without numbers: whether there is a function of that name (1 or 0). With them: its value. `None` if
/// that fails.
type AskHoc = dyn Fn(&str, Option<&[f64]>) -> Option<f64> + Send + Sync;

impl HocFunctions {
    /// Those that `ask` knows: without numbers it says whether there is a function of that name (1 or
    /// 0), with numbers it calls it. `None` is a failure.
    pub fn new(ask: impl Fn(&str, Option<&[f64]>) -> Option<f64> + Send + Sync + 'static) -> Self {
        Self(Arc::new(ask))
    }
}

impl std::fmt::Debug for HocFunctions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HocFunctions")
    }
}

/// A text that a function may change.
#[derive(Debug, Clone, Default)]
pub struct SharedText(Arc<Mutex<String>>);

impl SharedText {
    /// One that holds `text`.
    pub fn new(text: String) -> Self {
        Self(Arc::new(Mutex::new(text)))
    }

    /// What it holds.
    pub fn get(&self) -> String {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn set(&self, text: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = text;
    }
}

impl PartialEq for SharedText {
    /// True for clones of one.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl CallArgument {
    /// What it is, whoever has it and whatever its name.
    pub(crate) fn bare(&self) -> &CallArgument {
        match self {
            CallArgument::Held(object) | CallArgument::Named(object, _) => object.bare(),
            argument => argument,
        }
    }

    fn name(&self) -> Option<&str> {
        match self {
            CallArgument::Held(object) => object.name(),
            CallArgument::Named(_, name) => Some(name),
            _ => None,
        }
    }

    fn is_object(&self) -> bool {
        !matches!(
            self,
            CallArgument::Number(_)
                | CallArgument::Text(_)
                | CallArgument::TextVariable(_)
                | CallArgument::Reference(_)
                | CallArgument::Copied(_)
        )
    }
}

impl From<f64> for CallArgument {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

/// Objects that handles name. A clone has the same Vectors and Randoms, and streams of its own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Objects {
    all: Vec<Object>,
    /// Names of objects, by their handles.
    names: BTreeMap<usize, String>,
    /// Methods that mechanisms have given to Vectors.
    methods: BTreeSet<String>,
    /// `errno`
    error_number: f64,
    /// What is left to the caller, if one waits for that.
    pub afterwards: Option<Vec<Afterwards>>,
    /// Functions of hoc that the caller has.
    pub hoc: Option<HocFunctions>,
    /// Numbers for the next function of hoc.
    pushed: Vec<f64>,
    call_failed: bool,
}

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
    /// A number of the caller's, or the elements of its buffer.
    Reference(SharedCell),
    TextVariable(SharedText),
    /// Handles of the objects in it.
    List(Vec<f64>),
    /// An object that no mechanism can use.
    Other,
    /// A function of hoc, by its name.
    Function(String),
    /// What `force` read from the file of that name.
    Forcing(String, Option<Box<Forcing>>),
    /// A stream that was deleted, memory that was given back, or what was there during a call.
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
            Some(arguments.get(position)?.bare())
        };
        match (request, rest) {
            (Request::ArgumentKind, _) => match argument() {
                None => 0.0,
                Some(CallArgument::Number(_)) => 1.0,
                Some(CallArgument::Text(_) | CallArgument::TextVariable(_)) => 2.0,
                Some(CallArgument::Reference(_) | CallArgument::Copied(_)) => 4.0,
                Some(_) => 3.0,
            },
            (Request::ArgumentAddress, _) => match argument() {
                Some(CallArgument::Reference(cell) | CallArgument::Copied(cell)) => {
                    self.keep_reference(cell)
                }
                _ => 0.0,
            },
            (Request::IsTemporary, _) => {
                let position = whole(first).and_then(|position| position.checked_sub(1));
                let is_held =
                    |position| matches!(arguments.get(position), Some(CallArgument::Held(_)));
                let is_object = match argument() {
                    None => false,
                    Some(argument) => argument.is_object(),
                };
                f64::from(u8::from(is_object && !position.is_some_and(is_held)))
            }
            (Request::Execute, _) => match (self.text_of(first), &mut self.afterwards) {
                (Some(text), Some(afterwards)) => {
                    afterwards.push(Afterwards::Execute(text));
                    1.0
                }
                _ => 0.0,
            },
            (Request::IgnoreSignal, &[ignored]) => match &mut self.afterwards {
                Some(afterwards) => {
                    afterwards.push(Afterwards::IgnoreSignal(first as i32, ignored != 0.0));
                    1.0
                }
                None => 0.0,
            },
            (Request::LookUp, _) => match (self.text_of(first), self.hoc.clone()) {
                (Some(name), Some(hoc)) => match (hoc.0)(&name, None) {
                    Some(0.0) => 0.0,
                    Some(_) => self.keep_function(name),
                    None => f64::NAN,
                },
                _ => f64::NAN,
            },
            (Request::Push, _) => {
                self.pushed.push(first);
                0.0
            }
            (Request::CallFunction, &[count]) => {
                let value = self.call_function(first, count);
                self.call_failed = value.is_none();
                value.unwrap_or(0.0)
            }
            (Request::CallFailed, _) => f64::from(u8::from(self.call_failed)),
            (Request::ArgumentObject, _) => match argument() {
                Some(object) if object.is_object() => {
                    let position = whole(first).unwrap_or(1) - 1;
                    self.keep_object(&arguments[position])
                }
                _ => 0.0,
            },
            (Request::ObjectName, _) => {
                let name = whole(first).and_then(|handle| self.names.get(&handle).cloned());
                name.map_or(0.0, |name| self.keep_text(name))
            }
            (Request::ArgumentFile, _) => match argument() {
                Some(CallArgument::File(file)) => match OpenFile::shared(file) {
                    Some(file) => self.keep(Object::File(file)),
                    None => 0.0,
                },
                _ => 0.0,
            },
            (Request::ArgumentTextVariable, _) => match argument() {
                Some(CallArgument::TextVariable(text)) => {
                    self.keep(Object::TextVariable(text.clone()))
                }
                _ => 0.0,
            },
            (Request::ListCount, _) => match self.get(first) {
                Some(Object::List(objects)) => objects.len() as f64,
                _ => -1.0,
            },
            (Request::ListItem, &[index]) => match (self.get(first), whole(index)) {
                (Some(Object::List(objects)), Some(index)) => {
                    objects.get(index).copied().unwrap_or(0.0)
                }
                _ => 0.0,
            },
            (Request::AssignText, &[text]) => match (self.get(first), self.words(text)) {
                (Some(Object::TextVariable(variable)), Some(text)) => {
                    variable.set(text.into_owned());
                    1.0
                }
                _ => 0.0,
            },
            (Request::VectorCapacity, _) => {
                let capacity = self.vector(first).map(|v| v.lock().buffer_size());
                capacity.map_or(-1.0, |capacity| capacity as f64)
            }
            (Request::InstallMethod, _) => {
                if let Some(name) = self.text(first).map(str::to_owned) {
                    self.methods.insert(name);
                }
                0.0
            }
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
                Some(Object::Random(random)) => random.with(|random, _| match random.generator() {
                    Generator::Random123(_) => 2.0,
                    Generator::MCellRan4 { .. } => 3.0,
                }),
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
                Some(CallArgument::TextVariable(text)) => self.keep_text(text.get()),
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
            Request::TextFrom if values[0] >= memory::STRIDE => values[0] + values[1],
            Request::TextFrom => {
                let begin = whole(values[1]);
                let rest = text(0).and_then(|text| Some(text.get(begin?..)?.to_owned()));
                rest.map_or(0.0, |rest| self.keep_text(rest))
            }
            Request::TextPrefix => {
                let most = values.get(1).copied().unwrap_or(0.0).max(0.0) as usize;
                let prefix = text(0).map(|text| {
                    let end = most.min(text.len());
                    String::from_utf8_lossy(&text.as_bytes()[..end]).into_owned()
                });
                prefix.map_or(0.0, |prefix| self.keep_text(prefix))
            }
            Request::OpenPipe => {
                let printed = text(0).and_then(|command| OpenFile::pipe(&command).ok());
                printed.map_or(0.0, |file| self.keep(Object::File(file)))
            }
            Request::TextByte if values[0] >= memory::STRIDE => {
                let at = values[0] + values.get(1).copied().unwrap_or(0.0);
                self.answer_about_memory(Request::ReadMemory, &[at, CellType::U8 as i32 as f64])
            }
            Request::TextByte => {
                let index = values.get(1).and_then(|&index| whole(index));
                let byte = |text: &str| {
                    // The zero at its end is part of it.
                    let bytes = text.bytes().chain([0]);
                    bytes.clone().nth(index?).map(f64::from)
                };
                text(0).and_then(|text| byte(&text)).unwrap_or(f64::NAN)
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
                    _ => return 0.0,
                };
                match opened {
                    Ok(file) => self.keep(Object::File(file)),
                    Err(error) => {
                        self.error_number = error_number(&error);
                        0.0
                    }
                }
            }
            Request::WriteFile => match (self.file(values[0]), text(1)) {
                (Some(file), Some(text)) => file.write(text.as_bytes()),
                _ => -1.0,
            },
            Request::RemoveFile => match text(0) {
                Some(name) => {
                    let removed = std::fs::remove_file(&*name);
                    let failed = removed.err().map(|error| error_number(&error));
                    if let Some(number) = failed {
                        self.error_number = number;
                    }
                    if failed.is_some() { -1.0 } else { 0.0 }
                }
                None => -1.0,
            },
            Request::LastError => self.error_number,
            Request::SetLastError => {
                self.error_number = values[0];
                0.0
            }
            Request::Sleep => {
                let seconds = values[0].clamp(0.0, 1e9);
                std::thread::sleep(std::time::Duration::from_secs_f64(seconds));
                0.0
            }
            Request::WorkingFolder => match std::env::current_dir() {
                Ok(folder) => self.keep_text(folder.to_string_lossy().into_owned()),
                Err(_) => 0.0,
            },
            Request::ReadByte => self.file(values[0]).map_or(-1.0, OpenFile::byte),
            Request::ReadBytes => match values {
                &[address, bytes, file] if self.has_memory(address, bytes).is_some() => {
                    let count = whole(bytes).unwrap_or(0);
                    let read = self.file(file).map(|file| file.bytes(count));
                    let read = read.unwrap_or_default();
                    let done = self.put_bytes(address, &read);
                    done.map_or(-1.0, |()| read.len() as f64)
                }
                _ => -1.0,
            },
            Request::WriteBytes => match values {
                &[address, bytes, file] => match (self.bytes(address, bytes), self.file(file)) {
                    (Some(bytes), Some(file)) => file.write(&bytes).max(0.0),
                    _ => -1.0,
                },
                _ => -1.0,
            },
            Request::Position => self.file(values[0]).map_or(-1.0, OpenFile::position),
            Request::Seek => match values {
                &[file, bytes, from] => {
                    let file = self.file(file);
                    let moved = file.and_then(|file| file.seek(bytes as i64, from));
                    moved.map_or(-1.0, |()| 0.0)
                }
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
        match self.all.iter().position(known) {
            Some(at) => handle(at),
            None => self.keep(Object::Text(text)),
        }
    }

    fn text_of(&self, handle: f64) -> Option<String> {
        self.words(handle).map(Cow::into_owned)
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
        let at = match self.all.iter().position(known) {
            Some(at) => at,
            None => {
                let course = Forcing::read(name).map(Box::new);
                self.all.push(Object::Forcing(name.to_owned(), course));
                self.all.len() - 1
            }
        };
        match self.all.get(at)? {
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

    /// Address of the number behind a reference.
    fn keep_reference(&mut self, cell: &SharedCell) -> f64 {
        let place = |cell: &SharedCell| cell.place().map(|(series, _)| series.clone());
        let series = place(cell);
        let known = |object: &Object| match (object, &series) {
            (Object::Reference(known), Some(series)) => {
                place(known).is_some_and(|known| known.is(series))
            }
            (Object::Reference(known), None) => known == cell,
            _ => false,
        };
        let handle = match self.all.iter().position(known) {
            Some(at) => handle(at),
            None => self.keep(Object::Reference(cell.clone())),
        };
        let index = cell.place().map_or(0, |(_, index)| index);
        handle * memory::STRIDE + 8.0 * index as f64
    }

    fn keep_function(&mut self, name: String) -> f64 {
        let known = |object: &Object| matches!(object, Object::Function(n) if *n == name);
        match self.all.iter().position(known) {
            Some(at) => handle(at),
            None => self.keep(Object::Function(name)),
        }
    }

    fn call_function(&mut self, function: f64, count: f64) -> Option<f64> {
        let first = self.pushed.len().checked_sub(whole(count)?)?;
        let numbers = self.pushed.split_off(first);
        let Object::Function(name) = self.get(function)? else {
            return None;
        };
        (self.hoc.as_ref()?.0)(name, Some(&numbers))
    }

    /// Handle of an object.
    fn keep_object(&mut self, object: &CallArgument) -> f64 {
        let handle = self.keep_bare(object.bare(), object.name());
        if let (Some(name), Some(handle)) = (object.name(), whole(handle)) {
            self.names.insert(handle, name.to_owned());
        }
        handle
    }

    fn keep_bare(&mut self, object: &CallArgument, name: Option<&str>) -> f64 {
        match object {
            CallArgument::Vector(vector) => self.keep_vector(vector),
            CallArgument::Random(random) => self.keep_random(random),
            CallArgument::List(objects) => {
                let objects: Vec<f64> = objects.iter().map(|o| self.keep_object(o)).collect();
                let known = |object: &Object| matches!(object, Object::List(o) if *o == objects);
                match self.all.iter().position(known) {
                    Some(at) => handle(at),
                    None => self.keep(Object::List(objects)),
                }
            }
            _ => {
                let names = &self.names;
                let mut known = (1..).zip(&self.all).filter(|(handle, object)| {
                    let same_name = names.get(handle).map(String::as_str) == name;
                    matches!(object, Object::Other) && same_name
                });
                match known.next() {
                    Some((handle, _)) => handle as f64,
                    None => self.keep(Object::Other),
                }
            }
        }
    }

    /// Forgets what the caller of a function had there during the call alone.
    pub fn end_call(&mut self, arguments: &[CallArgument]) {
        let gone = |a: &&CallArgument| {
            matches!(a, CallArgument::Copied(_) | CallArgument::TextVariable(_))
        };
        for argument in arguments.iter().filter(gone) {
            for object in &mut self.all {
                let is_it = match (argument, &*object) {
                    (CallArgument::Copied(cell), Object::Reference(known)) => cell == known,
                    (CallArgument::TextVariable(text), Object::TextVariable(known)) => {
                        text == known
                    }
                    _ => continue,
                };
                if is_it {
                    *object = Object::Gone;
                }
            }
        }
    }

    /// Whether Vectors have a method of that name.
    pub fn has_method(&self, name: &str) -> bool {
        self.methods.contains(name)
    }

    /// Handle of a Vector.
    pub fn keep_vector(&mut self, vector: &VectorHandle) -> f64 {
        let known = |object: &Object| matches!(object, Object::Vector(v) if v == vector);
        match self.all.iter().position(known) {
            Some(at) => handle(at),
            None => self.keep(Object::Vector(vector.clone())),
        }
    }

    fn keep_random(&mut self, random: &RandomHandle) -> f64 {
        let known = |object: &Object| matches!(object, Object::Random(r) if r == random);
        match self.all.iter().position(known) {
            Some(at) => handle(at),
            None => self.keep(Object::Random(random.clone())),
        }
    }

    fn keep(&mut self, object: Object) -> f64 {
        self.all.push(object);
        handle(self.all.len() - 1)
    }

    fn get(&self, handle: f64) -> Option<&Object> {
        self.all.get(whole(handle)?.checked_sub(1)?)
    }

    fn get_mut(&mut self, handle: f64) -> Option<&mut Object> {
        self.all.get_mut(whole(handle)?.checked_sub(1)?)
    }

    fn vector(&self, handle: f64) -> Option<&VectorHandle> {
        match self.get(handle)? {
            Object::Vector(vector) => Some(vector),
            _ => None,
        }
    }
}

/// The number that C has for an error.
fn error_number(error: &std::io::Error) -> f64 {
    // 22 is EINVAL.
    f64::from(error.raw_os_error().unwrap_or(22))
}

/// What a clock shows: seconds or microseconds since 1970, or microseconds since somebody asked first;
/// or the number of the process.
fn clock(which: f64) -> f64 {
    if which == 2.0 {
        return f64::from(std::process::id());
    }
    let since = || {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
    };
    if which == 0.0 {
        return since().as_secs() as f64;
    }
    if which == 3.0 {
        return since().as_micros() as f64;
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
