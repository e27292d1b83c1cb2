//! FUNCTIONs and PROCEDUREs that call themselves become loops, so that `inline` can treat them as
//! any other.
//!
//! All functions that call each other in a circle are taken apart into blocks without such calls,
//! numbered, and run by one loop that picks the block of the present number. A call saves the
//! caller's locals and the number to go on with in an array that is private to the body, a return
//! takes them back:
//!
//! ```text
//! block = entry
//! while block >= 0 {
//!     one of the blocks; each ends by setting `block`
//! }
//! ```
//!
//! The array has room for a fixed number of calls within calls; beyond it the kernel fails, where C
//! would overflow its stack. Assumes that no local array belongs to such a function: lowering has
//! reported those, and circles through SOLVE.

use super::import::Import;
use crate::abi::Failure;
use crate::ir::call_graph::CallGraph;
use crate::ir::{
    BinaryOp, Block, Body, Expr, ExprId, Function, FunctionId, LocalArray, LocalId, Module, Place,
    PlaceId, Stmt, Type, UnaryOp, walk,
};
use crate::mechanism::{self, Mechanism};
use crate::source::Span;
use std::collections::HashSet;

/// Functions in a circle, at most: each gets the code of all.
pub(crate) const MOST_MEMBERS: usize = 100;
/// Calls within calls, at most.
const DEEPEST: usize = 2000;
/// Doubles that the saved locals may take: they are cleared at each call from outside.
const MOST_SAVED: usize = 8000;
/// The number of no block: the end.
const END: i64 = -1;

/// What the place of a function says whose calls go too deep.
pub(crate) fn too_deep(name: &str) -> String {
    format!("`{name}` calls itself too often")
}

/// Replaces the body of each function that calls itself.
pub(crate) fn run(module: &mut Module) {
    let graph = CallGraph::new(&module.functions);
    if graph.callees_first().1.is_empty() {
        return;
    }
    let circles: Vec<(FunctionId, Vec<FunctionId>)> = (0..module.functions.len())
        .map(|index| FunctionId(index as u32))
        .filter_map(|function| Some((function, circle(&graph, function)?)))
        .collect();
    let mut bodies = Vec::new();
    for (function, circle) in circles {
        let place = place_of(
            &mut module.mechanism,
            &module.functions[function.index()].name,
        );
        let body = Machine::build(&module.functions, function, &circle, place);
        bodies.push((function, body));
    }
    for (function, body) in bodies {
        module.functions[function.index()].body = body;
    }
}

/// The functions, `function` among them, that it calls and that call it; `None` if it does not call
/// itself.
pub(crate) fn circle(graph: &CallGraph, function: FunctionId) -> Option<Vec<FunctionId>> {
    let below = reachable(graph, function, |f| graph.callees(f));
    if !below[function.index()] {
        return None;
    }
    let mut callers = vec![Vec::new(); below.len()];
    let called = |index: &usize| below[*index];
    for caller in (0..below.len())
        .filter(called)
        .map(|i| FunctionId(i as u32))
    {
        for callee in graph.callees(caller) {
            callers[callee.index()].push(caller);
        }
    }
    let above = reachable(graph, function, |f| callers[f.index()].as_slice());
    let members = (0..below.len()).filter(|&i| below[i] && above[i]);
    Some(members.map(|i| FunctionId(i as u32)).collect())
}

/// For each function, whether `next` leads to it from `function`, in one step or more.
fn reachable<'a>(
    graph: &CallGraph,
    function: FunctionId,
    next: impl Fn(FunctionId) -> &'a [FunctionId],
) -> Vec<bool> {
    let mut found = vec![false; graph.len()];
    let mut open = vec![function];
    while let Some(now) = open.pop() {
        for &callee in next(now) {
            if !std::mem::replace(&mut found[callee.index()], true) {
                open.push(callee);
            }
        }
    }
    found
}

fn place_of(mechanism: &mut Mechanism, name: &str) -> PlaceId {
    let what = too_deep(name);
    let known = mechanism.places.iter().position(|p| p.what == what);
    let index = known.unwrap_or_else(|| {
        mechanism.places.push(mechanism::Place {
            span: Span::default(),
            what,
        });
        mechanism.places.len() - 1
    });
    PlaceId(index as u32)
}

/// How a block ends.
enum End {
    Goto(usize),
    If(ExprId, usize, usize),
    Call {
        callee: usize,
        args: Vec<ExprId>,
        then: usize,
    },
    Return,
}

/// Code without calls of the circle.
struct Piece {
    code: Block,
    end: End,
    /// Which function of the circle it belongs to.
    owner: usize,
    /// A call goes on here: the owner's locals are taken back, and this one receives the result.
    resumes: Option<Option<LocalId>>,
}

/// A function of the circle inside the new body.
struct Member {
    id: FunctionId,
    locals: Vec<LocalId>,
    params: Vec<LocalId>,
    result: Option<LocalId>,
    entry: usize,
}

struct Machine {
    body: Body,
    members: Vec<Member>,
    pieces: Vec<Piece>,
    /// Number of the next block, of calls that are open, and the result of the last.
    block: LocalId,
    depth: LocalId,
    value: LocalId,
    stack: u32,
    /// Doubles that a call saves.
    frame: usize,
    place: PlaceId,
}

impl Machine {
    fn build(
        functions: &[Function],
        function: FunctionId,
        circle: &[FunctionId],
        place: PlaceId,
    ) -> Body {
        let mut body = Body::default();
        let params: Vec<LocalId> = functions[function.index()]
            .body
            .params
            .iter()
            .map(|_| body.local("argument", Type::F64))
            .collect();
        let block = body.local("block", Type::I64);
        let depth = body.local("depth", Type::I64);
        let value = body.local("value", Type::F64);
        let mut machine = Machine {
            body,
            members: Vec::new(),
            pieces: Vec::new(),
            block,
            depth,
            value,
            stack: 0,
            frame: 0,
            place,
        };
        let mut codes = Vec::new();
        for &id in circle {
            let source = &functions[id.index()].body;
            let first = machine.body.locals.len();
            let import = Import::new(&mut machine.body, source);
            let last = machine.body.locals.len();
            machine.members.push(Member {
                id,
                locals: (first..last).map(|l| LocalId(l as u32)).collect(),
                params: source.params.iter().map(|&p| import.local(p)).collect(),
                result: source.result.map(|r| import.local(r)),
                entry: 0,
            });
            codes.push(import.block(&source.block));
        }
        for (owner, code) in codes.into_iter().enumerate() {
            let entry = machine.new_piece(owner);
            machine.members[owner].entry = entry;
            let last = machine.take_apart(code, entry, owner);
            machine.pieces[last].end = End::Return;
        }
        machine.forget_indices();
        machine.finish(function, &params)
    }

    fn new_piece(&mut self, owner: usize) -> usize {
        self.pieces.push(Piece {
            code: Vec::new(),
            end: End::Return,
            owner,
            resumes: None,
        });
        self.pieces.len() - 1
    }

    fn member(&self, id: FunctionId) -> Option<usize> {
        self.members.iter().position(|m| m.id == id)
    }

    fn calls_back(&self, stmt: &Stmt) -> bool {
        let mut found = false;
        let block = [stmt.clone()].to_vec();
        walk::for_each_stmt(&block, &mut |stmt| {
            if let Stmt::Call { function, .. } = stmt {
                found |= self.member(*function).is_some();
            }
        });
        found
    }

    /// Puts `code` into pieces, from `piece` on; gives the piece where it ends.
    fn take_apart(&mut self, code: Block, mut piece: usize, owner: usize) -> usize {
        for stmt in code {
            if !self.calls_back(&stmt) {
                self.pieces[piece].code.push(stmt);
                continue;
            }
            match stmt {
                Stmt::Call {
                    result,
                    function,
                    args,
                } => {
                    let then = self.new_piece(owner);
                    self.pieces[then].resumes = Some(result);
                    let callee = self.member(function).unwrap_or(0);
                    self.pieces[piece].end = End::Call { callee, args, then };
                    piece = then;
                }
                Stmt::If {
                    cond,
                    then,
                    otherwise,
                } => {
                    let (yes, no) = (self.new_piece(owner), self.new_piece(owner));
                    let after = self.new_piece(owner);
                    self.pieces[piece].end = End::If(cond, yes, no);
                    for (code, begin) in [(then, yes), (otherwise, no)] {
                        let last = self.take_apart(code, begin, owner);
                        self.pieces[last].end = End::Goto(after);
                    }
                    piece = after;
                }
                Stmt::While { head, cond, body } => {
                    piece = self.take_apart_loop(piece, owner, head, cond, body);
                }
                Stmt::For {
                    index,
                    from,
                    to,
                    mut body,
                } => {
                    let last = self.body.local("last", Type::I64);
                    self.members[owner].locals.push(last);
                    self.pieces[piece].code.push(Stmt::Assign(last, to));
                    self.pieces[piece].code.push(Stmt::Assign(index, from));
                    let exprs = &mut self.body.exprs;
                    let (now, last, one) = (exprs.local(index), exprs.local(last), exprs.i64(1));
                    let cond = exprs.binary(BinaryOp::Le, now, last);
                    let next = exprs.binary(BinaryOp::Add, now, one);
                    body.push(Stmt::Assign(index, next));
                    piece = self.take_apart_loop(piece, owner, Vec::new(), cond, body);
                }
                // No other statement has a call in it.
                other => self.pieces[piece].code.push(other),
            }
        }
        piece
    }

    fn take_apart_loop(
        &mut self,
        piece: usize,
        owner: usize,
        head: Block,
        cond: ExprId,
        body: Block,
    ) -> usize {
        let (begin, turn) = (self.new_piece(owner), self.new_piece(owner));
        let after = self.new_piece(owner);
        self.pieces[piece].end = End::Goto(begin);
        let tested = self.take_apart(head, begin, owner);
        self.pieces[tested].end = End::If(cond, turn, after);
        let last = self.take_apart(body, turn, owner);
        self.pieces[last].end = End::Goto(begin);
        after
    }

    /// The indices of loops that stayed whole are not saved: no call goes out of such a loop, and
    /// only the loop may set its index.
    fn forget_indices(&mut self) {
        let mut indices = HashSet::new();
        for piece in &self.pieces {
            walk::for_each_stmt(&piece.code, &mut |stmt| {
                if let Stmt::For { index, .. } = stmt {
                    indices.insert(*index);
                }
            });
        }
        for member in &mut self.members {
            member.locals.retain(|local| !indices.contains(local));
        }
    }

    fn finish(mut self, function: FunctionId, params: &[LocalId]) -> Body {
        let most = self.members.iter().map(|m| m.locals.len()).max();
        self.frame = 1 + most.unwrap_or(0);
        let deepest = (MOST_SAVED / self.frame).clamp(1, DEEPEST);
        self.stack = self.body.arrays.len() as u32;
        self.body.arrays.push(LocalArray {
            name: "saved".to_owned(),
            len: (deepest * self.frame) as u32,
        });
        let mut out = Vec::new();
        // Locals are saved whether they have been set yet or not.
        let locals: Vec<LocalId> = self.members.iter().flat_map(|m| m.locals.clone()).collect();
        for local in locals.into_iter().chain([self.value, self.depth]) {
            let zero = self.zero_of(local);
            out.push(Stmt::Assign(local, zero));
        }
        let start = self.member(function).unwrap_or(0);
        for (to, &from) in self.members[start].params.clone().into_iter().zip(params) {
            let value = self.body.exprs.local(from);
            out.push(Stmt::Assign(to, value));
        }
        out.push(self.go_to(self.members[start].entry as i64));
        let pieces = std::mem::take(&mut self.pieces);
        let mut codes: Vec<Block> = Vec::new();
        for piece in pieces {
            codes.push(self.code_of(piece, deepest));
        }
        let dispatch = self.pick(0, codes);
        let (block, zero) = (self.body.exprs.local(self.block), self.body.exprs.i64(0));
        let cond = self.body.exprs.binary(BinaryOp::Ge, block, zero);
        out.push(Stmt::While {
            head: Vec::new(),
            cond,
            body: dispatch,
        });
        self.body.params = params.to_vec();
        self.body.result = self.members[start].result.map(|_| self.value);
        self.body.block = out;
        self.body
    }

    fn zero_of(&mut self, local: LocalId) -> ExprId {
        match self.body.locals[local.index()].ty {
            Type::F64 => self.body.exprs.f64(0.0),
            Type::I64 => self.body.exprs.i64(0),
            Type::Bool => self.body.exprs.add(Expr::Bool(false)),
        }
    }

    fn go_to(&mut self, block: i64) -> Stmt {
        let number = self.body.exprs.i64(block);
        Stmt::Assign(self.block, number)
    }

    /// The code of a piece and of its end.
    fn code_of(&mut self, piece: Piece, deepest: usize) -> Block {
        let mut out = Vec::new();
        if let Some(result) = piece.resumes {
            for (n, local) in self.members[piece.owner]
                .locals
                .clone()
                .into_iter()
                .enumerate()
            {
                let saved = self.saved(1 + n);
                let value = self.body.exprs.load(saved);
                let value = self.from_double(local, value);
                out.push(Stmt::Assign(local, value));
            }
            if let Some(result) = result {
                let value = self.body.exprs.local(self.value);
                out.push(Stmt::Assign(result, value));
            }
        }
        out.extend(piece.code);
        match piece.end {
            End::Goto(next) => out.push(self.go_to(next as i64)),
            End::If(cond, yes, no) => {
                let (then, otherwise) = (self.go_to(yes as i64), self.go_to(no as i64));
                out.push(Stmt::If {
                    cond,
                    then: vec![then],
                    otherwise: vec![otherwise],
                });
            }
            End::Call { callee, args, then } => {
                self.call(piece.owner, callee, args, then, deepest, &mut out);
            }
            End::Return => self.give_back(piece.owner, &mut out),
        }
        out
    }

    fn call(
        &mut self,
        owner: usize,
        callee: usize,
        args: Vec<ExprId>,
        then: usize,
        deepest: usize,
        out: &mut Block,
    ) {
        let exprs = &mut self.body.exprs;
        let (depth, most) = (exprs.local(self.depth), exprs.i64(deepest as i64));
        let cond = exprs.binary(BinaryOp::Lt, depth, most);
        let value = exprs.unary(UnaryOp::ToReal, depth);
        out.push(Stmt::Check {
            cond,
            failure: Failure::Stopped,
            place: self.place,
            value,
        });
        let number = self.body.exprs.f64(then as f64);
        out.push(Stmt::Store(self.saved(0), number));
        for (n, local) in self.members[owner].locals.clone().into_iter().enumerate() {
            let value = self.to_double(local);
            out.push(Stmt::Store(self.saved(1 + n), value));
        }
        // The parameters may be locals that the arguments are made of.
        let mut given = Vec::new();
        for arg in args {
            let local = self.body.local("given", Type::F64);
            out.push(Stmt::Assign(local, arg));
            given.push(local);
        }
        for (to, from) in self.members[callee].params.clone().into_iter().zip(given) {
            let value = self.body.exprs.local(from);
            out.push(Stmt::Assign(to, value));
        }
        let exprs = &mut self.body.exprs;
        let (depth, one) = (exprs.local(self.depth), exprs.i64(1));
        let deeper = exprs.binary(BinaryOp::Add, depth, one);
        out.push(Stmt::Assign(self.depth, deeper));
        out.push(self.go_to(self.members[callee].entry as i64));
    }

    fn give_back(&mut self, owner: usize, out: &mut Block) {
        if let Some(result) = self.members[owner].result {
            let value = self.body.exprs.local(result);
            out.push(Stmt::Assign(self.value, value));
        }
        let exprs = &mut self.body.exprs;
        let (depth, zero, one) = (exprs.local(self.depth), exprs.i64(0), exprs.i64(1));
        let is_inner = exprs.binary(BinaryOp::Gt, depth, zero);
        let outer = exprs.binary(BinaryOp::Sub, depth, one);
        let saved = self.saved(0);
        let number = self.body.exprs.load(saved);
        let number = self.body.exprs.unary(UnaryOp::ToInt, number);
        out.push(Stmt::If {
            cond: is_inner,
            then: vec![
                Stmt::Assign(self.depth, outer),
                Stmt::Assign(self.block, number),
            ],
            otherwise: vec![self.go_to(END)],
        });
    }

    /// Element `n` of what the innermost call that is open has saved; while it is being made, too.
    fn saved(&mut self, n: usize) -> Place {
        let exprs = &mut self.body.exprs;
        let (depth, frame) = (exprs.local(self.depth), exprs.i64(self.frame as i64));
        let base = exprs.binary(BinaryOp::Mul, depth, frame);
        let n = exprs.i64(n as i64);
        let index = exprs.binary(BinaryOp::Add, base, n);
        Place::LocalArray {
            array: self.stack,
            index,
        }
    }

    fn to_double(&mut self, local: LocalId) -> ExprId {
        let value = self.body.exprs.local(local);
        match self.body.locals[local.index()].ty {
            Type::F64 => value,
            Type::I64 => self.body.exprs.unary(UnaryOp::ToReal, value),
            Type::Bool => {
                let (one, zero) = (self.body.exprs.f64(1.0), self.body.exprs.f64(0.0));
                self.body.exprs.add(Expr::Select(value, one, zero))
            }
        }
    }

    fn from_double(&mut self, local: LocalId, value: ExprId) -> ExprId {
        match self.body.locals[local.index()].ty {
            Type::F64 => value,
            Type::I64 => self.body.exprs.unary(UnaryOp::ToInt, value),
            Type::Bool => {
                let zero = self.body.exprs.f64(0.0);
                self.body.exprs.binary(BinaryOp::Ne, value, zero)
            }
        }
    }

    /// Picks the code of the present block, the first of which has the number `first`.
    fn pick(&mut self, first: usize, mut codes: Vec<Block>) -> Block {
        if codes.len() < 2 {
            return codes.pop().unwrap_or_default();
        }
        let middle = codes.len() / 2;
        let above = codes.split_off(middle);
        let (then, otherwise) = (self.pick(first, codes), self.pick(first + middle, above));
        let exprs = &mut self.body.exprs;
        let (block, from) = (exprs.local(self.block), exprs.i64((first + middle) as i64));
        let cond = exprs.binary(BinaryOp::Lt, block, from);
        vec![Stmt::If {
            cond,
            then,
            otherwise,
        }]
    }
}
