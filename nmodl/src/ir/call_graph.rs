//! Which functions of a module use which, by calls and SOLVEs.

use super::{Block, Function, FunctionId, Stmt, walk};

/// The functions that each function uses, in the order of its statements.
pub struct CallGraph {
    callees: Vec<Vec<FunctionId>>,
}

/// A function that is used while it runs: `caller` uses `callee`, which (through others or
/// not) uses `caller`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recursion {
    /// Who closes the circle.
    pub caller: FunctionId,
    /// Who is used again.
    pub callee: FunctionId,
}

impl CallGraph {
    /// Of all `functions`.
    pub fn new(functions: &[Function]) -> CallGraph {
        CallGraph {
            callees: functions.iter().map(|f| calls(&f.body.block)).collect(),
        }
    }

    /// The number of functions.
    pub(crate) fn len(&self) -> usize {
        self.callees.len()
    }

    /// What `function` uses itself.
    pub fn callees(&self, function: FunctionId) -> &[FunctionId] {
        &self.callees[function.index()]
    }

    /// All functions, each after those that it uses, and where that is impossible.
    pub fn callees_first(&self) -> (Vec<FunctionId>, Vec<Recursion>) {
        self.callees_first_of(0..self.callees.len())
    }

    /// As [`CallGraph::callees_first`], of some functions, in this order where there is a choice,
    /// and those that they use.
    pub fn callees_first_of(
        &self,
        roots: impl IntoIterator<Item = usize>,
    ) -> (Vec<FunctionId>, Vec<Recursion>) {
        #[derive(Clone, Copy, PartialEq)]
        enum State {
            New,
            Open,
            Done,
        }
        let mut state = vec![State::New; self.callees.len()];
        let (mut order, mut recursions) = (Vec::new(), Vec::new());
        // Functions being visited, with the number of callees seen: chains may be longer than
        // the stack is deep.
        let mut open: Vec<(FunctionId, usize)> = Vec::new();
        for root in roots {
            if state[root] == State::New {
                state[root] = State::Open;
                open.push((FunctionId(root as u32), 0));
            }
            while let Some((function, seen)) = open.last_mut() {
                let caller = *function;
                let Some(&callee) = self.callees(caller).get(*seen) else {
                    state[caller.index()] = State::Done;
                    order.push(caller);
                    open.pop();
                    continue;
                };
                *seen += 1;
                match state[callee.index()] {
                    State::New => {
                        state[callee.index()] = State::Open;
                        open.push((callee, 0));
                    }
                    State::Open => recursions.push(Recursion { caller, callee }),
                    State::Done => {}
                }
            }
        }
        (order, recursions)
    }
}

fn calls(block: &Block) -> Vec<FunctionId> {
    let mut found = Vec::new();
    walk::for_each_stmt(block, &mut |stmt| match stmt {
        Stmt::Call { function, .. } => found.push(*function),
        Stmt::Solve { block, .. } => found.push(*block),
        _ => {}
    });
    found
}
