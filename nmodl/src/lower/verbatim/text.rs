//! Texts and files of C.
//!
//! A `char*` is a handle of a text that never changes, a `char[]` a variable that holds one: what C's
//! functions write into an array becomes another text. So a pointer into an array, which would see
//! the change, is refused, and so are single characters that are assigned.

use super::layout::Shape;
use super::names::Meaning;
use super::value::Value;
use super::{INT, Kind, Target};
use crate::abi::{Failure, Request};
use crate::ir::{BinaryOp, Builtin, ExprId, Service, Stmt, Type};
use crate::lower::body::BodyLowering;
use crate::source::Span;
use crate::verbatim::ast::{Expr as CExpr, ExprKind};
use crate::verbatim::{Fault, Result};

/// What `stdout` and `stderr` stand for.
pub(super) const STANDARD_STREAM: &str = "\u{0}standard stream";

/// `size_t`
const SIZE: Kind = Kind::Integer {
    bits: 64,
    signed: false,
};

/// `long`
const LONG: Kind = Kind::Integer {
    bits: 64,
    signed: true,
};

/// The value of `EOF`.
const END_OF_FILE: i64 = -1;

impl BodyLowering<'_, '_> {
    /// A function of texts or files; `None` if it is none of them.
    pub(super) fn call_about_texts(
        &mut self,
        name: &str,
        arguments: &[CExpr],
        span: Span,
    ) -> Result<Option<Value>> {
        Ok(Some(match (name, arguments) {
            ("gargstr" | "hoc_gargstr", [position]) => {
                let position = self.number(position)?;
                let text = self.request(Request::ArgumentText, vec![position]);
                let zero = self.f64(0.0);
                let cond = self.body.exprs.binary(BinaryOp::Ne, text, zero);
                let what = "an argument that is no text, or is not given";
                self.fail_unless(cond, Failure::WrongArgument, span, what, Some(position));
                Value::Words(text)
            }
            ("strlen", [text]) => {
                let text = self.words(text)?;
                let length = self.request(Request::TextLength, vec![text]);
                Value::Number(self.truncated(length), INT)
            }
            ("strcmp", [a, b]) => {
                let (a, b) = (self.words(a)?, self.words(b)?);
                let order = self.request(Request::CompareTexts, vec![a, b]);
                Value::Number(self.truncated(order), INT)
            }
            ("strncmp", [a, b, most]) => {
                let most = self.number(most)?;
                let most = self.assign_new("most", most);
                let most = self.get(most);
                let begin = |this: &mut Self, text: &CExpr| -> Result<ExprId> {
                    let text = this.words(text)?;
                    Ok(this.request(Request::TextPrefix, vec![text, most]))
                };
                let (a, b) = (begin(self, a)?, begin(self, b)?);
                let order = self.request(Request::CompareTexts, vec![a, b]);
                Value::Number(self.truncated(order), INT)
            }
            ("atof", [text]) => {
                let text = self.words(text)?;
                let number = self.request(Request::TextNumber, vec![text]);
                Value::Number(number, Kind::Double)
            }
            ("atoi", [text]) => {
                let text = self.words(text)?;
                let number = self.request(Request::TextNumber, vec![text]);
                Value::Number(self.truncated(number), INT)
            }
            ("strcpy", [target, text]) => {
                let text = self.words(text)?;
                self.write_array(target, text)?
            }
            ("strncpy", [target, text, most]) => {
                let most = self.number(most)?;
                let most = self.assign_new("most", most);
                let most = self.get(most);
                let text = self.words(text)?;
                let text = self.request(Request::TextPrefix, vec![text, most]);
                self.write_array(target, text)?
            }
            ("strcat", [target, text]) => {
                let (before, text) = (self.words(target)?, self.words(text)?);
                let both = self.formatted("%s%s".to_owned(), vec![before, text]);
                self.write_array(target, both)?
            }
            ("sprintf", [target, format, values @ ..]) => {
                let text = self.formatted_c(format, values, span)?;
                let length = self.request(Request::TextLength, vec![text]);
                self.write_array(target, text)?;
                Value::Number(self.truncated(length), INT)
            }
            ("fopen", [name, mode]) => {
                let (name, mode) = (self.words(name)?, self.words(mode)?);
                Value::Handle(self.request(Request::OpenFile, vec![name, mode]))
            }
            ("fclose", [file]) => match self.stream(file)? {
                Some(file) => {
                    let done = self.request(Request::CloseFile, vec![file]);
                    Value::Number(self.truncated(done), INT)
                }
                None => return Err(Fault::new(span, "the standard output is closed")),
            },
            // What is written is written.
            ("fflush", [file]) => {
                self.stream(file)?;
                Value::Number(self.body.exprs.i64(0), INT)
            }
            ("fprintf", [file, format, values @ ..]) => match self.stream(file)? {
                Some(file) => {
                    let text = self.formatted_c(format, values, span)?;
                    let count = self.request(Request::WriteFile, vec![file, text]);
                    Value::Number(self.truncated(count), INT)
                }
                None => {
                    self.print_c(format, values, span)?;
                    Value::Nothing
                }
            },
            ("printf", [format, values @ ..]) => {
                self.print_c(format, values, span)?;
                Value::Nothing
            }
            ("fputs", [text, file]) => match self.stream(file)? {
                Some(file) => {
                    let text = self.words(text)?;
                    let count = self.request(Request::WriteFile, vec![file, text]);
                    Value::Number(self.truncated(count), INT)
                }
                None => {
                    let text = self.words(text)?;
                    self.print("%s".to_owned(), vec![text]);
                    Value::Nothing
                }
            },
            ("puts", [text]) => {
                let text = self.words(text)?;
                self.print("%s\n".to_owned(), vec![text]);
                Value::Nothing
            }
            ("fscanf", [file, format, targets @ ..]) => {
                let Some(file) = self.stream(file)? else {
                    return Err(Fault::new(span, "the standard input is not read"));
                };
                self.scan(file, format, targets, span)?
            }
            ("access", [name, mode]) => {
                // Whether it is there; whether it may be written is not looked at.
                let mode = self.number(mode)?;
                if self.body.exprs.as_f64(mode) != Some(0.0) {
                    return Err(Fault::new(span, "`access` of anything but F_OK"));
                }
                let name = self.words(name)?;
                let read = self.text("r");
                let file = self.request(Request::OpenFile, vec![name, read]);
                let cond = self.to_bool(file);
                let then = self.nested(|this| {
                    this.request(Request::CloseFile, vec![file]);
                });
                self.out.push(Stmt::If {
                    cond,
                    then,
                    otherwise: Vec::new(),
                });
                let (there, missing) = (self.body.exprs.i64(0), self.body.exprs.i64(-1));
                let result = self
                    .body
                    .exprs
                    .add(crate::ir::Expr::Select(cond, there, missing));
                Value::Number(result, INT)
            }
            ("fgets", [target, most, file]) => {
                let most = self.number(most)?;
                let most = self.assign_new("most", most);
                let most = self.get(most);
                let Some(file) = self.stream(file)? else {
                    return Err(Fault::new(span, "the standard input is not read"));
                };
                self.read_line(target, most, file, span)?
            }
            ("getc" | "fgetc", [file]) => {
                let file = self.file(file, span)?;
                let byte = self.request(Request::ReadByte, vec![file]);
                Value::Number(self.truncated(byte), INT)
            }
            ("putc" | "fputc", [byte, file]) => {
                let byte = self.number(byte)?;
                match self.stream(file)? {
                    Some(file) => {
                        let text = self.formatted("%c".to_owned(), vec![byte]);
                        self.request(Request::WriteFile, vec![file, text]);
                    }
                    None => self.print("%c".to_owned(), vec![byte]),
                }
                Value::Number(self.truncated(byte), INT)
            }
            ("fread" | "fwrite", [buffer, size, count, file]) => {
                let buffer = self.address(buffer)?;
                let (size, count) = (self.number(size)?, self.number(count)?);
                let bytes = self.body.exprs.binary(BinaryOp::Mul, size, count);
                let file = self.file(file, span)?;
                let request = match name {
                    "fread" => Request::ReadBytes,
                    _ => Request::WriteBytes,
                };
                let done = self.request(request, vec![buffer, bytes, file]);
                let zero = self.f64(0.0);
                let cond = self.body.exprs.binary(BinaryOp::Ge, done, zero);
                let what = "memory that is not there";
                self.fail_unless(cond, Failure::UnsetPointer, span, what, None);
                let whole = self.body.exprs.binary(BinaryOp::Div, done, size);
                Value::Number(self.truncated(whole), SIZE)
            }
            ("ftell", [file]) => {
                let file = self.file(file, span)?;
                let at = self.request(Request::Position, vec![file]);
                Value::Number(self.truncated(at), LONG)
            }
            ("fseek", [file, bytes, from]) => {
                let file = self.file(file, span)?;
                let (bytes, from) = (self.number(bytes)?, self.number(from)?);
                let done = self.request(Request::Seek, vec![file, bytes, from]);
                Value::Number(self.truncated(done), INT)
            }
            ("rewind", [file]) => {
                let file = self.file(file, span)?;
                let (begin, from) = (self.f64(0.0), self.f64(0.0));
                self.request(Request::Seek, vec![file, begin, from]);
                Value::Nothing
            }
            ("unlink" | "remove", [name]) => {
                let name = self.words(name)?;
                let done = self.request(Request::RemoveFile, vec![name]);
                Value::Number(self.truncated(done), INT)
            }
            ("getcwd", [target, most]) => {
                let most = self.number(most)?;
                let most = self.assign_new("most", most);
                let most = self.get(most);
                let zero = self.f64(0.0);
                let folder = self.request(Request::WorkingFolder, vec![zero]);
                let length = self.request(Request::TextLength, vec![folder]);
                let fits = self.body.exprs.binary(BinaryOp::Lt, length, most);
                let what = "a folder whose name is longer than `getcwd` takes";
                self.fail_unless(fits, Failure::Stopped, span, what, Some(length));
                self.write_array(target, folder)?
            }
            ("sleep", [seconds]) => {
                let seconds = self.number(seconds)?;
                self.request(Request::Sleep, vec![seconds]);
                Value::Number(self.body.exprs.i64(0), INT)
            }
            ("usleep", [micro]) => {
                let micro = self.number(micro)?;
                let million = self.f64(1e6);
                let seconds = self.body.exprs.binary(BinaryOp::Div, micro, million);
                self.request(Request::Sleep, vec![seconds]);
                Value::Number(self.body.exprs.i64(0), INT)
            }
            ("popen", [command, mode]) => {
                let mode = self.c_value(mode)?;
                if mode != Value::Text("r".to_owned()) {
                    return Err(Fault::new(span, "`popen` for anything but reading"));
                }
                let command = self.words(command)?;
                Value::Handle(self.request(Request::OpenPipe, vec![command]))
            }
            ("pclose", [file]) => {
                let file = self.file(file, span)?;
                let done = self.request(Request::CloseFile, vec![file]);
                Value::Number(self.truncated(done), INT)
            }
            ("hoc_oc", [text]) => {
                if !self.c.executes_last {
                    return Err(Fault::new(
                        span,
                        "`hoc_oc` with something behind it that could see what it did",
                    ));
                }
                let text = self.words(text)?;
                let done = self.request(Request::Execute, vec![text]);
                self.waits(done, span);
                Value::Nothing
            }
            ("signal", [number, handler]) => {
                let ignored = match &handler.kind {
                    ExprKind::Name(name) if name == "SIG_IGN" => 1.0,
                    ExprKind::Name(name) if name == "SIG_DFL" => 0.0,
                    _ => return Err(Fault::new(span, "a handler of signals of its own")),
                };
                let number = self.number(number)?;
                let ignored = self.f64(ignored);
                let done = self.request(Request::IgnoreSignal, vec![number, ignored]);
                self.waits(done, span);
                Value::Nothing
            }
            ("nanosleep", [time, _]) => {
                let (seconds, rest) = self.two_words(time)?;
                let billion = self.f64(1e9);
                let rest = self.body.exprs.binary(BinaryOp::Div, rest, billion);
                let seconds = self.body.exprs.binary(BinaryOp::Add, seconds, rest);
                self.request(Request::Sleep, vec![seconds]);
                Value::Number(self.body.exprs.i64(0), INT)
            }
            ("gettimeofday", [time, _]) => {
                let address = self.address(time)?;
                let which = self.f64(3.0);
                let now = self.request(Request::Clock, vec![which]);
                let million = self.f64(1e6);
                let seconds = self.body.exprs.binary(BinaryOp::Div, now, million);
                let seconds = self.body.exprs.call1(Builtin::Floor, seconds);
                let whole = self.body.exprs.binary(BinaryOp::Mul, seconds, million);
                let rest = self.body.exprs.binary(BinaryOp::Sub, now, whole);
                let ty = self.unit.c.layouts.intern(Shape::Number(LONG));
                let eight = self.f64(8.0);
                let second = self.body.exprs.binary(BinaryOp::Add, address, eight);
                self.write_memory(address, ty, seconds, span)?;
                self.write_memory(second, ty, rest, span)?;
                Value::Number(self.body.exprs.i64(0), INT)
            }
            ("feof", [file]) => match self.stream(file)? {
                Some(file) => {
                    let ended = self.request(Request::AtEnd, vec![file]);
                    Value::Number(self.truncated(ended), INT)
                }
                None => return Err(Fault::new(span, "the standard input is not read")),
            },
            _ => return Ok(None),
        }))
    }

    /// The kernel fails where nobody waits for what it leaves to its caller.
    fn waits(&mut self, done: ExprId, span: Span) {
        let zero = self.f64(0.0);
        let cond = self.body.exprs.binary(BinaryOp::Ne, done, zero);
        let what = "what only a function that is called by name can ask for";
        self.fail_unless(cond, Failure::Stopped, span, what, None);
    }

    /// The two whole numbers of 64 bits at an address.
    fn two_words(&mut self, expr: &CExpr) -> Result<(ExprId, ExprId)> {
        let address = self.address(expr)?;
        let ty = self.unit.c.layouts.intern(Shape::Number(LONG));
        let first = self.read_memory(address, ty, expr.span)?;
        let eight = self.f64(8.0);
        let next = self.body.exprs.binary(BinaryOp::Add, address, eight);
        let second = self.read_memory(next, ty, expr.span)?;
        Ok((first, second))
    }

    /// A text, or what stands in memory, from a byte on.
    pub(super) fn text_from(&mut self, text: ExprId, by: ExprId, span: Span) -> Value {
        let by = self.as_double(by);
        let from = self.request(Request::TextFrom, vec![text, by]);
        let zero = self.f64(0.0);
        let cond = self.body.exprs.binary(BinaryOp::Ne, from, zero);
        let what = "a place outside of a text";
        self.fail_unless(cond, Failure::IndexOutOfBounds, span, what, Some(by));
        Value::Words(from)
    }

    /// The handle of a file that is not `stdout` or `stderr`.
    fn file(&mut self, expr: &CExpr, span: Span) -> Result<ExprId> {
        let file = self.stream(expr)?;
        file.ok_or_else(|| Fault::new(span, "the standard output is no file here"))
    }

    fn number(&mut self, expr: &CExpr) -> Result<ExprId> {
        let value = self.c_value(expr)?;
        self.double_of(value, expr.span)
    }

    /// The handle of a text.
    fn words(&mut self, expr: &CExpr) -> Result<ExprId> {
        let value = self.c_value(expr)?;
        let words = match value {
            Value::Array(words) => words,
            value => self.converted(value, Kind::Text, expr.span)?,
        };
        let kept = self.assign_new("text", words);
        Ok(self.get(kept))
    }

    /// The handle of a file; `None` for `stdout` and `stderr`.
    fn stream(&mut self, expr: &CExpr) -> Result<Option<ExprId>> {
        match self.c_value(expr)? {
            Value::Text(stream) if stream == STANDARD_STREAM => Ok(None),
            Value::Handle(file) => {
                let kept = self.assign_new("file", file);
                let file = self.get(kept);
                let zero = self.f64(0.0);
                let cond = self.body.exprs.binary(BinaryOp::Ne, file, zero);
                let what = "a file that is not open";
                self.fail_unless(cond, Failure::UnsetPointer, expr.span, what, None);
                Ok(Some(file))
            }
            other => Err(Fault::new(
                expr.span,
                format!("{} where a file should be", other.describe()),
            )),
        }
    }

    /// Puts a text into an array of characters.
    fn write_array(&mut self, target: &CExpr, text: ExprId) -> Result<Value> {
        let fault = || {
            Fault::new(
                target.span,
                "only an array of characters of its own can be written",
            )
        };
        if let ExprKind::Name(name) = &target.kind
            && let Meaning::Target(
                place @ (Target::Local(_, Kind::Characters) | Target::Place(_, Kind::Characters)),
            ) = self.c_name(name, target.span)?
        {
            return self.store(place, Value::Words(text), target.span);
        }
        match self.c_value(target)? {
            // In memory; of any other text the host says that there is no room.
            Value::Words(address) => {
                self.write_text(address, text, target.span);
                Ok(Value::Words(address))
            }
            _ => Err(fault()),
        }
    }

    /// A text made of a format and numbers.
    fn formatted(&mut self, format: String, args: Vec<ExprId>) -> ExprId {
        let result = self.body.local("text", Type::F64);
        self.out.push(Stmt::Service {
            result: Some(result),
            service: Service::Text(format),
            args,
        });
        self.get(result)
    }

    fn formatted_c(&mut self, format: &CExpr, values: &[CExpr], span: Span) -> Result<ExprId> {
        let (format, args) = self.format(format, values, span)?;
        Ok(self.formatted(format, args))
    }

    fn print_c(&mut self, format: &CExpr, values: &[CExpr], span: Span) -> Result<()> {
        let (format, args) = self.format(format, values, span)?;
        self.print(format, args);
        Ok(())
    }

    fn print(&mut self, format: String, args: Vec<ExprId>) {
        self.out.push(Stmt::Service {
            result: None,
            service: Service::Print(format),
            args,
        });
    }

    /// A format with the numbers that it takes.
    fn format(
        &mut self,
        format: &CExpr,
        values: &[CExpr],
        span: Span,
    ) -> Result<(String, Vec<ExprId>)> {
        let Value::Text(format) = self.c_value(format)? else {
            return Err(Fault::new(
                format.span,
                "a format that is not known when compiling",
            ));
        };
        let mut given = Vec::new();
        for value in values {
            let known = self.c_value(value)?;
            given.push((self.settled(known), value.span));
        }
        let mut given = given.into_iter();
        let mut text = String::new();
        let mut args = Vec::new();
        let mut rest = format.as_str();
        while let Some(at) = rest.find('%') {
            text.push_str(&rest[..at]);
            rest = &rest[at..];
            if rest.starts_with("%%") {
                text.push_str("%%");
                rest = &rest[2..];
                continue;
            }
            let end = rest[1..]
                .find(|c: char| c.is_ascii_alphabetic() && !"lhzqjt".contains(c))
                .map(|at| at + 2)
                .ok_or_else(|| Fault::new(span, "a `%` of printf without its letter"))?;
            let conversion = &rest[..end];
            rest = &rest[end..];
            let Some((value, at)) = given.next() else {
                return Err(Fault::new(
                    span,
                    "printf with fewer values than conversions",
                ));
            };
            let letter = conversion.chars().last().unwrap_or_default();
            let unknown = conversion.contains('*') || !"eEfFgGdiuxcsp".contains(letter);
            let pointer = matches!(
                value,
                Value::Memory(..) | Value::Handle(_) | Value::Pointer(_) | Value::Words(_)
            );
            let arg = match value {
                _ if unknown => None,
                // The number that stands for it here.
                value if pointer && "xdup".contains(letter) => {
                    text.push_str(if letter == 'p' { "0x%x" } else { conversion });
                    args.push(self.converted(value, Kind::Handle, at)?);
                    continue;
                }
                Value::Number(value, kind) if letter != 's' => {
                    let real = "eEfFgG".contains(letter);
                    (real == kind.is_real()).then(|| self.as_double(value))
                }
                value @ (Value::Text(_) | Value::Words(_) | Value::Array(_)) if letter == 's' => {
                    Some(match value {
                        Value::Array(words) => words,
                        value => self.converted(value, Kind::Text, at)?,
                    })
                }
                _ => None,
            };
            let Some(arg) = arg else {
                return Err(Fault::new(at, format!("this as `{conversion}` of printf")));
            };
            text.push_str(conversion);
            args.push(arg);
        }
        text.push_str(rest);
        Ok((text, args))
    }

    /// `fscanf` of numbers: how many were read, or EOF.
    fn scan(
        &mut self,
        file: ExprId,
        format: &CExpr,
        targets: &[CExpr],
        span: Span,
    ) -> Result<Value> {
        let fault = || {
            Fault::new(
                span,
                "`fscanf` of anything but numbers with blanks between them",
            )
        };
        let Value::Text(format) = self.c_value(format)? else {
            return Err(fault());
        };
        let mut conversions = 0;
        for word in format
            .replace('%', " %")
            .split_whitespace()
            .map(str::to_owned)
        {
            if !["%lf", "%lg", "%le", "%d", "%i", "%ld", "%u"].contains(&word.as_str()) {
                return Err(fault());
            }
            conversions += 1;
        }
        if conversions != targets.len() {
            return Err(fault());
        }
        let zero = self.body.exprs.i64(0);
        let count = self.assign_new("count", zero);
        for (n, target) in targets.iter().enumerate() {
            let (now, n) = (self.get(count), self.body.exprs.i64(n as i64));
            let cond = self.body.exprs.binary(BinaryOp::Eq, now, n);
            let mut result = Ok(());
            let then = self.nested(|this| result = this.scan_one(file, count, target));
            result?;
            self.out.push(Stmt::If {
                cond,
                then,
                otherwise: Vec::new(),
            });
        }
        // EOF where there was nothing at all.
        let ended = self.request(Request::AtEnd, vec![file]);
        let (none, count_now) = (self.body.exprs.i64(0), self.get(count));
        let empty = self.body.exprs.binary(BinaryOp::Eq, count_now, none);
        let ended = self.to_bool(ended);
        let cond = self.body.exprs.binary(BinaryOp::And, empty, ended);
        let end = self.body.exprs.i64(END_OF_FILE);
        self.out.push(Stmt::If {
            cond,
            then: vec![Stmt::Assign(count, end)],
            otherwise: Vec::new(),
        });
        Ok(Value::Number(self.get(count), INT))
    }

    fn scan_one(&mut self, file: ExprId, count: crate::ir::LocalId, target: &CExpr) -> Result<()> {
        let number = self.request(Request::ReadNumber, vec![file]);
        let cond = self.body.exprs.binary(BinaryOp::Eq, number, number);
        let mut result = Ok(());
        let then = self.nested(|this| {
            let value = Value::Number(number, Kind::Double);
            result = this.c_value(target).and_then(|place| match place {
                Value::Address(place) => this.store(place, value, target.span).map(drop),
                Value::Pointer(pointer) => {
                    let place = this.behind(pointer, target.span)?;
                    this.store(place, value, target.span).map(drop)
                }
                Value::Memory(address, ty) => {
                    let place = Target::Memory { address, ty };
                    this.store(place, value, target.span).map(drop)
                }
                other => Err(Fault::new(
                    target.span,
                    format!("{} where an address should be", other.describe()),
                )),
            });
            let one = this.body.exprs.i64(1);
            let before = this.get(count);
            let next = this.body.exprs.binary(BinaryOp::Add, before, one);
            this.out.push(Stmt::Assign(count, next));
        });
        result?;
        self.out.push(Stmt::If {
            cond,
            then,
            otherwise: Vec::new(),
        });
        Ok(())
    }

    /// `fgets`: NULL at the end of the file, where the array stays as it is.
    fn read_line(
        &mut self,
        target: &CExpr,
        most: ExprId,
        file: ExprId,
        span: Span,
    ) -> Result<Value> {
        let line = self.request(Request::ReadLine, vec![file]);
        let cond = self.to_bool(line);
        let mut result = Ok(());
        let then = self.nested(|this| {
            let length = this.request(Request::TextLength, vec![line]);
            let fits = this.body.exprs.binary(BinaryOp::Lt, length, most);
            let what = "a line that is longer than `fgets` takes";
            this.fail_unless(fits, Failure::Stopped, span, what, Some(length));
            result = this.write_array(target, line).map(drop);
        });
        result?;
        self.out.push(Stmt::If {
            cond,
            then,
            otherwise: Vec::new(),
        });
        Ok(Value::Words(line))
    }

    /// A character of a text; the kernel fails behind its end.
    pub(super) fn character(&mut self, text: ExprId, index: ExprId, span: Span) -> Value {
        let index = self.as_double(index);
        let byte = self.request(Request::TextByte, vec![text, index]);
        let cond = self.body.exprs.binary(BinaryOp::Eq, byte, byte);
        let what = "a character that is not there";
        self.fail_unless(cond, Failure::IndexOutOfBounds, span, what, Some(index));
        self.as_character(byte)
    }

    /// A character of an array that is a variable; 0 behind the text in it.
    pub(super) fn character_of_array(&mut self, text: ExprId, index: ExprId) -> Value {
        let index = self.as_double(index);
        let byte = self.request(Request::TextByte, vec![text, index]);
        let is_there = self.body.exprs.binary(BinaryOp::Eq, byte, byte);
        let zero = self.f64(0.0);
        let byte = self
            .body
            .exprs
            .add(crate::ir::Expr::Select(is_there, byte, zero));
        self.as_character(byte)
    }

    fn as_character(&mut self, byte: ExprId) -> Value {
        let kind = Kind::Integer {
            bits: 8,
            signed: true,
        };
        let byte = self.truncated(byte);
        Value::Number(self.wrapped(byte, kind), kind)
    }

    /// `round`, halves away from zero.
    pub(super) fn rounded(&mut self, value: ExprId) -> ExprId {
        let e = &mut self.body.exprs;
        let (zero, half, one) = (e.f64(0.0), e.f64(0.5), e.f64(1.0));
        let size = e.call1(Builtin::Abs, value);
        let whole = e.call1(Builtin::Floor, size);
        let rest = e.binary(BinaryOp::Sub, size, whole);
        let up = e.binary(BinaryOp::Ge, rest, half);
        let above = e.binary(BinaryOp::Add, whole, one);
        let rounded = e.add(crate::ir::Expr::Select(up, above, whole));
        let negative = e.binary(BinaryOp::Lt, value, zero);
        let below = e.unary(crate::ir::UnaryOp::Neg, rounded);
        e.add(crate::ir::Expr::Select(negative, below, rounded))
    }
}
