//! A BREAKPOINT that goes on from what it left, such as `charge = charge + i*dt`.
//!
//! NEURON evaluates BREAKPOINT twice at each step, first with v + 0.001 mV, to take di/dv from the
//! difference. Where it only computes currents nobody notices; what it adds up, it adds up twice,
//! and a current that depends on that, or on random numbers, makes a difference that is no
//! derivative.
//! Here conductances are derivatives and one evaluation is enough, so the first one, and the
//! difference, are made only if it leaves something behind, or if a TABLE is looked up at v: its
//! interpolation has bends, and the derivative at v knows nothing of one within 0.001 mV.

use super::derive::substitute_in;
use super::forward::depends_on;
use crate::ir::walk::{self, Visited};
use crate::ir::{BinaryOp, Body, Expr, ExprId, LocalId, NodeVar, Place, Service, Stmt, Type};

/// What NEURON adds to v, in mV.
pub(crate) const DIFFERENCE_MV: f64 = 0.001;

/// Why a BREAKPOINT is evaluated twice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Reason {
    /// This goes on from its last value.
    GoesOn(Place),
    /// The simulator answers differently each time.
    Asks,
    /// A current has bends: a TABLE is looked up at v.
    Bends,
}

/// Puts the evaluation with v + 0.001 mV before the other if that sees its results, and takes the
/// conductances from the difference; says why.
pub(crate) fn first_evaluation(body: &mut Body) -> Option<Reason> {
    let ends = |s: &Stmt| matches!(s, Stmt::Differentiate { .. } | Stmt::Accumulate(..));
    let end = body.block.iter().position(ends)?;
    // The instance's copies of ion variables are made once, before both.
    let copied = |s: &Stmt| matches!(*s, Stmt::Store(_, value) if is_of_ion(body, value));
    let begin = body.block.iter().position(|s| !copied(s))?.min(end);
    let mut carried = Carried::default();
    carried.block(body, &body.block[begin..end], &mut Vec::new());
    let bends = || looks_up_at_v(body, end).then_some(Reason::Bends);
    let reason = carried.found().or_else(bends)?;
    let mut first = std::mem::take(&mut body.block);
    let mut second = first.split_off(begin);
    first.extend_from_slice(&second[..end - begin]);
    // The currents of the first evaluation, and the differences to those of the second.
    for stmt in &mut second[end - begin..] {
        match *stmt {
            Stmt::Assign(..) => first.push(stmt.clone()),
            Stmt::Differentiate { result, of, .. } => {
                let current = body.exprs.local(of);
                let name = format!("first {}", body.locals[of.index()].name);
                let kept = body.local(name, Type::F64);
                first.push(Stmt::Assign(kept, current));
                let kept = body.exprs.local(kept);
                let change = body.exprs.binary(BinaryOp::Sub, kept, current);
                let difference = body.exprs.f64(DIFFERENCE_MV);
                let slope = body.exprs.binary(BinaryOp::Div, change, difference);
                *stmt = Stmt::Assign(result, slope);
            }
            _ => {}
        }
    }
    let v = body.exprs.load(Place::Node(NodeVar::V));
    let difference = body.exprs.f64(DIFFERENCE_MV);
    let shifted = body.exprs.binary(BinaryOp::Add, v, difference);
    substitute_in(body, &mut first, v, shifted);
    // state_discontinuity acts the first time.
    if body
        .exprs
        .iter()
        .any(|(_, e)| *e == Expr::Load(Place::Flag))
    {
        let flag = body.exprs.load(Place::Flag);
        let no = body.exprs.f64(1.0);
        substitute_in(body, &mut second, flag, no);
    }
    first.append(&mut second);
    body.block = first;
    Some(reason)
}

/// Whether a TABLE is looked up at a place that depends on v, before the statement `end`.
fn looks_up_at_v(body: &Body, end: usize) -> bool {
    let is_row = |local: LocalId| {
        let row = |e: &Expr| matches!(*e, Expr::TableValue { row, .. } if body.exprs[row] == Expr::Local(local));
        body.exprs.iter().any(|(_, e)| row(e))
    };
    let block = body.block[..end].to_vec();
    let mut positions = Vec::new();
    walk::for_each_stmt(&block, &mut |stmt| {
        if let Stmt::Assign(local, value) = *stmt
            && is_row(local)
        {
            let reached = Visited::new().reach(&body.exprs, value);
            positions.extend(reached.iter().filter_map(|id| match body.exprs[*id] {
                Expr::Local(position) => Some(position),
                _ => None,
            }));
        }
    });
    !positions.is_empty() && depends_on(body, &block, Place::Node(NodeVar::V), &positions)
}

fn is_of_ion(body: &Body, value: ExprId) -> bool {
    matches!(body.exprs[value], Expr::Load(Place::Ion(..)))
}

/// What an evaluation reads of the one before.
#[derive(Default)]
struct Carried {
    /// Scalars that may be loaded before they are stored to.
    read: Vec<Place>,
    stored: Vec<Place>,
    /// An array with an element that is computed from its own value.
    array: Option<Place>,
    asks: bool,
}

impl Carried {
    fn found(&self) -> Option<Reason> {
        let scalar = self.stored.iter().find(|place| self.read.contains(place));
        let place = scalar.copied().or(self.array).map(Reason::GoesOn);
        place.or(self.asks.then_some(Reason::Asks))
    }

    /// Adds to `certain` what `block` stores to in any case.
    fn block(&mut self, body: &Body, block: &[Stmt], certain: &mut Vec<Place>) {
        let mut reached = Visited::new();
        for stmt in block {
            reached.clear();
            stmt.for_each_expr(|root| {
                for id in reached.reach(&body.exprs, root) {
                    if let Expr::Load(place @ (Place::Column(_) | Place::Global(_))) =
                        body.exprs[id]
                        && !certain.contains(&place)
                    {
                        self.read.push(place);
                    }
                }
            });
            match *stmt {
                Stmt::Store(place @ (Place::Column(_) | Place::Global(_)), _) => {
                    self.stored.push(place);
                    certain.push(place);
                }
                Stmt::Service { ref service, .. } => {
                    self.asks |= !matches!(service, Service::AtTime | Service::Print(_));
                }
                Stmt::Store(place @ (Place::ColumnAt { .. } | Place::GlobalAt { .. }), value) => {
                    let mut seen = Visited::new();
                    let loads = seen.reach(&body.exprs, value);
                    if loads.iter().any(|id| body.exprs[*id] == Expr::Load(place)) {
                        self.array = Some(place);
                    }
                }
                _ => {}
            }
            let mut ends = Vec::new();
            for inner in stmt.blocks() {
                let mut inside = certain.clone();
                self.block(body, inner, &mut inside);
                ends.push(inside);
            }
            if let (Stmt::If { .. }, [then, otherwise]) = (stmt, &ends[..]) {
                let both = then.iter().filter(|place| otherwise.contains(place));
                *certain = both.copied().collect();
            }
        }
    }
}
