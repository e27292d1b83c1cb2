//! The order of elimination: minimum degree on the graph of A + Aᵀ.
//!
//! Nodes of few neighbours go first; those of equal degree by their number from the last to the
//! first, so that equal structures always have one order. Eliminated nodes become cliques, which
//! stay small for cables.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Matrix;

/// The equations in the order in which they are eliminated.
pub(super) fn minimum_degree(matrix: &Matrix) -> Vec<u32> {
    let count = matrix.len();
    let mut neighbours: Vec<Vec<u32>> = vec![Vec::new(); count];
    for column in 0..count {
        for (row, _) in matrix.column(column) {
            if row != column {
                neighbours[row].push(column as u32);
                neighbours[column].push(row as u32);
            }
        }
    }
    for list in &mut neighbours {
        list.sort_unstable();
        list.dedup();
    }
    let entry = |degree: usize, node: u32| Reverse((degree, Reverse(node)));
    let degrees = neighbours.iter().enumerate();
    let mut queue: BinaryHeap<_> = degrees
        .map(|(node, list)| entry(list.len(), node as u32))
        .collect();
    let mut done = vec![false; count];
    let mut order = Vec::with_capacity(count);
    while let Some(Reverse((degree, Reverse(node)))) = queue.pop() {
        // What changed its degree since is in the queue again.
        if done[node as usize] || neighbours[node as usize].len() != degree {
            continue;
        }
        done[node as usize] = true;
        order.push(node);
        let around = std::mem::take(&mut neighbours[node as usize]);
        for &other in &around {
            let list = &mut neighbours[other as usize];
            let before = list.len();
            list.extend(around.iter().filter(|&&n| n != other));
            list.sort_unstable();
            list.dedup();
            if let Ok(position) = list.binary_search(&node) {
                list.remove(position);
            }
            if list.len() != before {
                queue.push(entry(list.len(), other));
            }
        }
    }
    order
}
