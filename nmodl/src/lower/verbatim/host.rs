//! Calls of NEURON's functions for arguments, Vectors and random numbers: requests to the host.

use super::names::Meaning;
use super::value::{Base, Pointer, Value};
use super::{INT, Kind, Target};
use crate::abi::{Distribution, Failure, Request};
use crate::ir::{BinaryOp, ExprId, Service, Stmt, Type};
use crate::lower::body::BodyLowering;
use crate::source::Span;
use crate::verbatim::ast::{Expr as CExpr, ExprKind};
use crate::verbatim::{Fault, Result};

const WORD: Kind = Kind::Integer {
    bits: 32,
    signed: false,
};

impl BodyLowering<'_, '_> {
    /// Asks the host; F64.
    pub(in crate::lower) fn request(&mut self, request: Request, args: Vec<ExprId>) -> ExprId {
        let result = self.body.local("answer", Type::F64);
        self.out.push(Stmt::Service {
            result: Some(result),
            service: Service::Request(request),
            args,
        });
        self.get(result)
    }

    /// A call of one of these functions; `None` if it is none of them.
    pub(super) fn call_of_host(
        &mut self,
        name: &str,
        arguments: &[CExpr],
        span: Span,
    ) -> Result<Option<Value>> {
        let call = Call {
            name,
            arguments,
            span,
        };
        if let Some(value) = self.call_about_arguments(&call)? {
            return Ok(Some(value));
        }
        if let Some(value) = self.call_about_vectors(&call)? {
            return Ok(Some(value));
        }
        if let Some(value) = self.call_of_hoc(&call)? {
            return Ok(Some(value));
        }
        if name == "install_vector_method" {
            return self.install_method(&call).map(Some);
        }
        self.call_about_streams(&call)
    }

    /// What the caller gave.
    fn call_about_arguments(&mut self, call: &Call<'_>) -> Result<Option<Value>> {
        let is_kind = match call.name {
            "ifarg" => None,
            "hoc_is_double_arg" => Some(1.0),
            "hoc_is_str_arg" => Some(2.0),
            "hoc_is_object_arg" => Some(3.0),
            "hoc_is_tempobj_arg" => {
                call.count(1)?;
                let position = self.c_argument(call, 0, Kind::Double)?;
                let is_so = self.request(Request::IsTemporary, vec![position]);
                return Ok(Some(Value::Number(self.truncated(is_so), INT)));
            }
            "hoc_is_pdouble_arg" => Some(4.0),
            "getarg" | "hoc_getarg" | "chkarg" => {
                return self.number_argument(call).map(Some);
            }
            "hoc_pgetarg" => return self.reference_argument(call).map(Some),
            "vector_arg" => {
                let what = "an argument that is no Vector";
                return self
                    .object_argument(call, Request::ArgumentVector, what)
                    .map(Some);
            }
            "hoc_objgetarg" => {
                let what = "an argument that is no object";
                let object = self.object_argument(call, Request::ArgumentObject, what)?;
                let object = self.converted(object, Kind::Handle, call.span)?;
                let kept = self.assign_new("object", object);
                let target = Target::Local(kept, Kind::Handle);
                return Ok(Some(Value::Address(target)));
            }
            "hoc_obj_file_arg" => {
                let what = "an argument that is no File, or one that is not open";
                return self
                    .object_argument(call, Request::ArgumentFile, what)
                    .map(Some);
            }
            "hoc_pgargstr" => {
                let what = "an argument that is no variable for a text";
                return self
                    .object_argument(call, Request::ArgumentTextVariable, what)
                    .map(Some);
            }
            "nrn_random_arg" => {
                let what = "an argument that is no Random";
                return self
                    .object_argument(call, Request::ArgumentRandom, what)
                    .map(Some);
            }
            "vector_arg_px" => {
                call.count(2)?;
                let what = "an argument that is no Vector";
                let vector = self.object_argument(call, Request::ArgumentVector, what)?;
                return self
                    .vector_elements(vector, &call.arguments[1], call.span)
                    .map(Some);
            }
            _ => return Ok(None),
        };
        call.count(1)?;
        let position = self.c_argument(call, 0, Kind::Double)?;
        let kind = self.request(Request::ArgumentKind, vec![position]);
        let (op, wanted) = match is_kind {
            None => (BinaryOp::Ne, 0.0),
            Some(kind) => (BinaryOp::Eq, kind),
        };
        let wanted = self.f64(wanted);
        let value = self.body.exprs.binary(op, kind, wanted);
        Ok(Some(Value::Number(value, Kind::Truth)))
    }

    /// Functions of hoc.
    fn call_of_hoc(&mut self, call: &Call<'_>) -> Result<Option<Value>> {
        Ok(Some(match call.name {
            "hoc_lookup" => {
                call.count(1)?;
                let name = self.c_argument(call, 0, Kind::Text)?;
                let found = self.request(Request::LookUp, vec![name]);
                let cond = self.body.exprs.binary(BinaryOp::Eq, found, found);
                let what = "a function of hoc: only what a user calls by name can call one";
                self.fail_unless(cond, Failure::Stopped, call.span, what, None);
                Value::Handle(found)
            }
            "hoc_pushx" => {
                call.count(1)?;
                let number = self.c_argument(call, 0, Kind::Double)?;
                self.request(Request::Push, vec![number]);
                Value::Nothing
            }
            "hoc_call_func" => {
                call.count(2)?;
                let function = self.c_object(call, "a function of hoc")?;
                let count = self.c_argument(call, 1, INT)?;
                let count = self.as_double(count);
                let value = self.request(Request::CallFunction, vec![function, count]);
                let zero = self.f64(0.0);
                let failed = self.request(Request::CallFailed, vec![zero]);
                let cond = self.body.exprs.binary(BinaryOp::Eq, failed, zero);
                let (what, at) = ("a call of a function of hoc", call.arguments[0].span);
                self.fail_unless(cond, Failure::Stopped, at, what, None);
                Value::Number(value, Kind::Double)
            }
            _ => return Ok(None),
        }))
    }

    /// `install_vector_method("name", function)`
    fn install_method(&mut self, call: &Call<'_>) -> Result<Value> {
        call.count(2)?;
        let Value::Text(name) = self.c_value(&call.arguments[0])? else {
            return Err(Fault::new(
                call.arguments[0].span,
                "the name of a method that is not known when compiling",
            ));
        };
        let mut given = &call.arguments[1];
        while let ExprKind::Cast(_, operand) | ExprKind::Unary("&", operand) = &given.kind {
            given = operand;
        }
        let functions = &self.unit.c.functions;
        let function = match &given.kind {
            ExprKind::Name(name) => functions.iter().position(|f| f.name == *name),
            _ => None,
        };
        let Some(function) = function else {
            return Err(Fault::new(
                given.span,
                "this is no function that VERBATIM of the file defines",
            ));
        };
        let is_method = match &functions[function].parameters[..] {
            [] => true,
            [(_, kind)] => *kind == Kind::Handle,
            _ => false,
        };
        if !is_method && functions[function].fault.is_none() {
            let what = "a method of Vectors takes one argument, a `void*`";
            return Err(Fault::new(given.span, what));
        }
        self.unit.add_method(&name, function);
        let text = self.text(&name);
        self.request(Request::InstallMethod, vec![text]);
        Ok(Value::Nothing)
    }

    /// `hoc_pgetarg(position)`: where the number is that the caller gave a reference to.
    fn reference_argument(&mut self, call: &Call<'_>) -> Result<Value> {
        call.count(1)?;
        let position = self.c_argument(call, 0, Kind::Double)?;
        let address = self.request(Request::ArgumentAddress, vec![position]);
        let what = "an argument that is no reference to a number, or is not given";
        let (failure, at) = (Failure::WrongArgument, call.span);
        self.not_null(address, failure, at, what, Some(position));
        Ok(Value::Pointer(
            self.pointer_to_memory(address, Kind::Double),
        ))
    }

    fn number_argument(&mut self, call: &Call<'_>) -> Result<Value> {
        let limits = if call.name == "chkarg" { 2 } else { 0 };
        call.count(1 + limits)?;
        let position = self.c_argument(call, 0, Kind::Double)?;
        let kind = self.request(Request::ArgumentKind, vec![position]);
        let number = self.f64(1.0);
        let cond = self.body.exprs.binary(BinaryOp::Eq, kind, number);
        let what = "an argument that is no number, or is not given";
        self.fail_unless(
            cond,
            Failure::WrongArgument,
            call.span,
            what,
            Some(position),
        );
        let value = self.request(Request::ArgumentNumber, vec![position]);
        if limits == 0 {
            return Ok(self.argument_value(value));
        }
        let low = self.c_argument(call, 1, Kind::Double)?;
        let high = self.c_argument(call, 2, Kind::Double)?;
        let low = self.body.exprs.binary(BinaryOp::Le, low, value);
        let high = self.body.exprs.binary(BinaryOp::Le, value, high);
        let cond = self.body.exprs.binary(BinaryOp::And, low, high);
        let what = "an argument outside of its limits";
        self.fail_unless(
            cond,
            Failure::WrongArgument,
            call.span,
            what,
            Some(position),
        );
        Ok(Value::Number(value, Kind::Double))
    }

    fn object_argument(&mut self, call: &Call<'_>, request: Request, what: &str) -> Result<Value> {
        let position = self.c_argument(call, 0, Kind::Double)?;
        let handle = self.request(request, vec![position]);
        self.not_null(
            handle,
            Failure::WrongArgument,
            call.span,
            what,
            Some(position),
        );
        Ok(Value::Handle(handle))
    }

    fn not_null(
        &mut self,
        handle: ExprId,
        failure: Failure,
        span: Span,
        what: &str,
        value: Option<ExprId>,
    ) {
        let zero = self.f64(0.0);
        let cond = self.body.exprs.binary(BinaryOp::Ne, handle, zero);
        self.fail_unless(cond, failure, span, what, value);
    }

    /// How much an object holds; the kernel fails with `what` for an answer below 0.
    fn count_of(&mut self, answer: ExprId, span: Span, what: &str) -> Value {
        let zero = self.f64(0.0);
        let cond = self.body.exprs.binary(BinaryOp::Ge, answer, zero);
        self.fail_unless(cond, Failure::WrongArgument, span, what, None);
        Value::Number(self.truncated(answer), INT)
    }

    /// `vector_…`, and what is done about the lifetime of objects.
    fn call_about_vectors(&mut self, call: &Call<'_>) -> Result<Option<Value>> {
        Ok(Some(match call.name {
            "vector_capacity" | "vector_buffer_size" => {
                call.count(1)?;
                let vector = self.c_object(call, "a Vector")?;
                let request = match call.name {
                    "vector_capacity" => Request::VectorSize,
                    _ => Request::VectorCapacity,
                };
                let size = self.request(request, vec![vector]);
                self.count_of(size, call.span, "an object that is no Vector")
            }
            "ivoc_list_count" => {
                call.count(1)?;
                let list = self.c_object(call, "a List")?;
                let count = self.request(Request::ListCount, vec![list]);
                self.count_of(count, call.span, "an object that is no List")
            }
            "ivoc_list_item" => {
                call.count(2)?;
                let list = self.c_object(call, "a List")?;
                let index = self.c_argument(call, 1, INT)?;
                let index = self.as_double(index);
                Value::Handle(self.request(Request::ListItem, vec![list, index]))
            }
            "hoc_object_name" => {
                call.count(1)?;
                let object = self.c_object(call, "an object")?;
                let name = self.request(Request::ObjectName, vec![object]);
                let (what, at) = ("an object whose name is not known", call.arguments[0].span);
                self.not_null(name, Failure::WrongArgument, at, what, None);
                Value::Words(name)
            }
            "hoc_assign_str" => {
                call.count(2)?;
                let variable = self.c_object(call, "a variable for a text")?;
                let text = self.c_argument(call, 1, Kind::Text)?;
                let done = self.request(Request::AssignText, vec![variable, text]);
                let what = "no variable for a text, or no text";
                self.not_null(done, Failure::WrongArgument, call.span, what, None);
                Value::Nothing
            }
            "vector_vec" => {
                call.count(1)?;
                let vector = self.c_object(call, "a Vector")?;
                let offset = self.body.exprs.i64(0);
                Value::Pointer(Pointer {
                    base: Base::Vector,
                    vector: Some(vector),
                    offset,
                    kind: Kind::Double,
                })
            }
            "vector_instance_px" => {
                call.count(2)?;
                let vector = self.c_object(call, "a Vector")?;
                let pointer = &call.arguments[1];
                self.vector_elements(Value::Handle(vector), pointer, call.span)?
            }
            "vector_resize" | "vector_newsize" => {
                call.count(2)?;
                let vector = self.c_object(call, "a Vector")?;
                let size = self.c_argument(call, 1, INT)?;
                let size = self.as_double(size);
                let done = self.request(Request::ResizeVector, vec![vector, size]);
                let what = "a Vector that cannot have this size";
                self.not_null(done, Failure::WrongArgument, call.span, what, Some(size));
                if call.name == "vector_resize" {
                    return Ok(Some(Value::Nothing));
                }
                Value::Pointer(Pointer {
                    base: Base::Vector,
                    vector: Some(vector),
                    offset: self.body.exprs.i64(0),
                    kind: Kind::Double,
                })
            }
            "vector_pobj" => {
                // What is done with it is to keep the object, which the host does.
                call.count(1)?;
                let vector = self.c_argument(call, 0, Kind::Handle)?;
                let kept = self.assign_new("object", vector);
                Value::Address(Target::Local(kept, Kind::Handle))
            }
            "hoc_obj_ref" | "hoc_obj_unref" => {
                call.count(1)?;
                self.c_argument(call, 0, Kind::Handle)?;
                Value::Nothing
            }
            _ => return Ok(None),
        }))
    }

    /// Makes the pointer whose address is given point at the elements; gives their number.
    fn vector_elements(&mut self, vector: Value, pointer: &CExpr, span: Span) -> Result<Value> {
        let Value::Handle(vector) = vector else {
            return Err(Fault::new(span, "no Vector"));
        };
        let ExprKind::Unary("&", operand) = &pointer.kind else {
            return Err(Fault::new(
                pointer.span,
                "the address of a pointer is missing",
            ));
        };
        let place = self.c_place(operand)?;
        let offset = self.body.exprs.i64(0);
        let elements = Pointer {
            base: Base::Vector,
            vector: Some(vector),
            offset,
            kind: Kind::Double,
        };
        match place {
            Meaning::Pointer(index) => {
                self.point_at(index, Value::Pointer(elements), pointer.span)?;
            }
            Meaning::Target(target) => {
                self.store(target, Value::Pointer(elements), pointer.span)?;
            }
            _ => return Err(Fault::new(operand.span, "no pointer to doubles")),
        }
        let size = self.request(Request::VectorSize, vec![vector]);
        Ok(Value::Number(self.truncated(size), INT))
    }

    /// Streams of random numbers.
    fn call_about_streams(&mut self, call: &Call<'_>) -> Result<Option<Value>> {
        if call.name == "nrn_random_pick" {
            call.count(1)?;
            let random = self.c_argument(call, 0, Kind::Handle)?;
            // NEURON gives 0.5 for none.
            let value = self.request(Request::PickRandom, vec![random]);
            return Ok(Some(Value::Number(value, Kind::Double)));
        }
        if let Some((distribution, parameters)) = match call.name {
            "nrnran123_dblpick" => Some((Distribution::Uniform, &[0.0, 1.0][..])),
            "nrnran123_uniform" => Some((Distribution::Uniform, &[0.0, 1.0][..])),
            "nrnran123_negexp" => Some((Distribution::Negexp, &[1.0][..])),
            "nrnran123_normal" => Some((Distribution::Normal, &[0.0, 1.0][..])),
            "nrnran123_ipick" => Some((Distribution::Integer, &[][..])),
            _ => None,
        } {
            return self.pick(call, distribution, parameters).map(Some);
        }
        Ok(Some(match call.name {
            "nrnran123_newstream" | "nrnran123_newstream3" => {
                call.between(2, 3)?;
                let mut args = Vec::new();
                for n in 0..call.arguments.len() {
                    let id = self.c_argument(call, n, WORD)?;
                    args.push(self.as_double(id));
                }
                args.resize_with(3, || self.body.exprs.f64(0.0));
                Value::Handle(self.request(Request::NewStream, args))
            }
            "nrnran123_deletestream" => {
                call.count(1)?;
                let stream = self.c_argument(call, 0, Kind::Handle)?;
                self.request(Request::DeleteStream, vec![stream]);
                Value::Nothing
            }
            "nrnran123_setseq" | "nrn_random123_setseq" => {
                call.between(2, 3)?;
                let sequence = self.c_argument(call, 1, Kind::Double)?;
                let mut position = sequence;
                if call.arguments.len() == 3 {
                    // A word and 0 to 3; more is taken for 0.
                    let sequence = self.c_argument(call, 1, WORD)?;
                    let which = self.c_argument(call, 2, INT)?;
                    let (sequence, which) = (self.as_double(sequence), self.as_double(which));
                    let (four, three, zero) = (self.f64(4.0), self.f64(3.0), self.f64(0.0));
                    let (low, high) = (
                        self.body.exprs.binary(BinaryOp::Lt, which, zero),
                        self.body.exprs.binary(BinaryOp::Gt, which, three),
                    );
                    let outside = self.body.exprs.binary(BinaryOp::Or, low, high);
                    let which = self
                        .body
                        .exprs
                        .add(crate::ir::Expr::Select(outside, zero, which));
                    position = self.body.exprs.binary(BinaryOp::Mul, sequence, four);
                    position = self.body.exprs.binary(BinaryOp::Add, position, which);
                }
                self.draw(call, Distribution::SetSequence, vec![position])?;
                Value::Number(self.body.exprs.i64(1), INT)
            }
            "nrnran123_getseq" | "nrn_random123_getseq" => {
                call.between(1, 3)?;
                let position = self.draw(call, Distribution::GetSequence, Vec::new())?;
                if call.arguments.len() == 1 {
                    return Ok(Some(Value::Number(position, Kind::Double)));
                }
                call.count(3)?;
                let four = self.f64(4.0);
                let block = self.body.exprs.binary(BinaryOp::Div, position, four);
                let block = self.body.exprs.add(crate::ir::Expr::Builtin(
                    crate::ir::Builtin::Floor,
                    vec![block],
                ));
                let first = self.body.exprs.binary(BinaryOp::Mul, block, four);
                let which = self.body.exprs.binary(BinaryOp::Sub, position, first);
                self.give(call, 1, block)?;
                self.give(call, 2, which)?;
                Value::Number(self.body.exprs.i64(1), INT)
            }
            "nrn_get_random_sequence" | "nrn_set_random_sequence" => {
                let sets = call.name == "nrn_set_random_sequence";
                call.count(1 + usize::from(sets))?;
                let random = self.c_object(call, "a Random")?;
                let kind = self.request(Request::IsStream, vec![random]);
                let mcellran4 = self.f64(3.0);
                let cond = self.body.exprs.binary(BinaryOp::Eq, kind, mcellran4);
                let what = "a Random that does not draw from MCellRan4";
                self.fail_unless(cond, Failure::WrongArgument, call.span, what, Some(kind));
                let (distribution, value) = if sets {
                    let sequence = self.c_argument(call, 1, WORD)?;
                    (Distribution::SetSequence, self.as_double(sequence))
                } else {
                    (Distribution::GetSequence, self.f64(0.0))
                };
                let (code, zero) = (self.f64(f64::from(distribution as i32)), self.f64(0.0));
                let sequence = self.request(Request::Draw, vec![random, code, value, zero]);
                if sets {
                    return Ok(Some(Value::Nothing));
                }
                let kind = Kind::Integer {
                    bits: 64,
                    signed: true,
                };
                Value::Number(self.truncated(sequence), kind)
            }
            "nrnran123_getids" | "nrnran123_getids3" | "nrn_random_isran123" => {
                call.between(3, 4)?;
                let stream = self.c_object(call, "a stream of random numbers")?;
                let is_stream = if call.name == "nrn_random_isran123" {
                    self.request(Request::IsStream, vec![stream])
                } else {
                    self.check_stream(call, stream)
                };
                let mut result = Ok(());
                let then = self.nested(|this| {
                    result = (1..call.arguments.len()).try_for_each(|n| {
                        let which = this.f64((n - 1) as f64);
                        let id = this.request(Request::StreamId, vec![stream, which]);
                        this.give(call, n, id)
                    });
                });
                result?;
                let (zero, three) = (self.f64(0.0), self.f64(3.0));
                let any = self.body.exprs.binary(BinaryOp::Ne, is_stream, zero);
                let other = self.body.exprs.binary(BinaryOp::Lt, is_stream, three);
                let cond = self.body.exprs.binary(BinaryOp::And, any, other);
                self.out.push(Stmt::If {
                    cond,
                    then,
                    otherwise: Vec::new(),
                });
                Value::Number(cond, Kind::Truth)
            }
            "nrnran123_setids" => {
                call.between(3, 4)?;
                for n in 1..call.arguments.len() {
                    let id = self.c_argument(call, n, WORD)?;
                    let id = self.as_double(id);
                    let which = self.f64((n - 1) as f64);
                    self.draw(call, Distribution::ReplaceId, vec![which, id])?;
                }
                Value::Nothing
            }
            _ => return Ok(None),
        }))
    }

    /// A number of a distribution, whose parameters may be given behind the stream.
    fn pick(
        &mut self,
        call: &Call<'_>,
        distribution: Distribution,
        defaults: &[f64],
    ) -> Result<Value> {
        call.between(1, 1 + defaults.len())?;
        let given = call.arguments.len() - 1;
        if given != 0 && given != defaults.len() {
            return Err(Fault::new(
                call.span,
                "parameters of the distribution are missing",
            ));
        }
        let mut args = Vec::new();
        for (n, &default) in defaults.iter().enumerate() {
            args.push(if given == 0 {
                self.f64(default)
            } else {
                self.c_argument(call, n + 1, Kind::Double)?
            });
        }
        let value = self.draw(call, distribution, args)?;
        Ok(match distribution {
            Distribution::Integer => Value::Number(self.truncated(value), WORD),
            _ => Value::Number(value, Kind::Double),
        })
    }

    /// Asks the stream that is the first argument.
    fn draw(
        &mut self,
        call: &Call<'_>,
        distribution: Distribution,
        mut args: Vec<ExprId>,
    ) -> Result<ExprId> {
        args.resize_with(2, || self.body.exprs.f64(0.0));
        let first = &call.arguments[0];
        if let ExprKind::Name(name) = &first.kind
            && let Ok(Meaning::Target(Target::Stream(stream))) = self.c_name(name, first.span)
        {
            let result = self.body.local("random", Type::F64);
            self.out.push(Stmt::Service {
                result: Some(result),
                service: Service::Random {
                    stream,
                    distribution: distribution as i32,
                },
                args,
            });
            return Ok(self.get(result));
        }
        let stream = self.c_object(call, "a stream of random numbers")?;
        self.check_stream(call, stream);
        let code = self.f64(f64::from(distribution as i32));
        let mut all = vec![stream, code];
        all.extend(args);
        Ok(self.request(Request::Draw, all))
    }

    /// Makes sure that a handle is what the function takes: a Random for `nrn_random…`, a stream of
    /// C's own for the others.
    fn check_stream(&mut self, call: &Call<'_>, stream: ExprId) -> ExprId {
        let kind = self.request(Request::IsStream, vec![stream]);
        let (wanted, what) = if call.name.starts_with("nrn_random") {
            (2.0, "a Random that draws from no Random123")
        } else {
            (1.0, "a handle of no Random123 stream")
        };
        let wanted = self.f64(wanted);
        let cond = self.body.exprs.binary(BinaryOp::Eq, kind, wanted);
        self.fail_unless(cond, Failure::WrongArgument, call.span, what, Some(kind));
        kind
    }

    /// Stores a number where argument `n` points.
    fn give(&mut self, call: &Call<'_>, n: usize, value: ExprId) -> Result<()> {
        let argument = &call.arguments[n];
        let value = Value::Number(value, Kind::Double);
        let target = match self.c_value(argument)? {
            Value::Address(target) => target,
            Value::Pointer(pointer) => self.behind(pointer, argument.span)?,
            Value::Memory(address, ty) => Target::Memory { address, ty },
            Value::Words(text) => Target::Character {
                text,
                index: self.body.exprs.i64(0),
            },
            other => {
                return Err(Fault::new(
                    argument.span,
                    format!("{} where an address should be", other.describe()),
                ));
            }
        };
        self.store(target, value, argument.span).map(drop)
    }

    /// The handle that is the first argument, made sure of.
    fn c_object(&mut self, call: &Call<'_>, what: &str) -> Result<ExprId> {
        let handle = self.c_argument(call, 0, Kind::Handle)?;
        let kept = self.assign_new("object", handle);
        let handle = self.get(kept);
        let missing = format!("{what} where there is none");
        self.not_null(handle, Failure::UnsetPointer, call.span, &missing, None);
        Ok(handle)
    }

    fn c_argument(&mut self, call: &Call<'_>, n: usize, kind: Kind) -> Result<ExprId> {
        let Some(argument) = call.arguments.get(n) else {
            return Err(call.wrong_count());
        };
        let value = self.c_value(argument)?;
        self.converted(value, kind, argument.span)
    }
}

/// A call that is being looked at.
struct Call<'c> {
    name: &'c str,
    arguments: &'c [CExpr],
    span: Span,
}

impl Call<'_> {
    fn count(&self, count: usize) -> Result<()> {
        self.between(count, count)
    }

    fn between(&self, least: usize, most: usize) -> Result<()> {
        if (least..=most).contains(&self.arguments.len()) {
            Ok(())
        } else {
            Err(self.wrong_count())
        }
    }

    fn wrong_count(&self) -> Fault {
        Fault::new(
            self.span,
            format!("`{}` with {} arguments", self.name, self.arguments.len()),
        )
    }
}
