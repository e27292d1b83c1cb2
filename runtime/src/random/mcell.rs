//! MCellRan4: a 64-bit hash of two 32-bit indices.
//!
//! The high index counts the picks of one stream, the low index selects among streams. Two rounds
//! of the pseudo-DES of Press et al., Numerical Recipes, section 7.5 (`ran4`), with the constants
//! that NEURON has.

/// What the two rounds mix in.
const ROUNDS: [(u32, u32); 2] = [(0xBAA9_6887, 0x4B0F_3B58), (0x1E17_D32C, 0xE874_F0C3)];

/// The next 32 bits; `high` counts on.
pub fn next_u32(high: &mut u32, low: u32) -> u32 {
    let (mut left, mut right) = (low, *high);
    *high = high.wrapping_add(1);
    for (before, after) in ROUNDS {
        let mixed = left ^ scramble(right, before, after);
        (left, right) = (right, mixed);
    }
    right
}

/// The function of a round: products of the halves of a word.
fn scramble(word: u32, before: u32, after: u32) -> u32 {
    let word = word ^ before;
    let (v, w) = (word >> 16, word & 0xFFFF);
    let u = !v.wrapping_sub(w).wrapping_mul(v.wrapping_add(w));
    (u.rotate_left(16) ^ after).wrapping_add(w.wrapping_mul(v))
}

/// Uniform on [0, 1): multiples of 2⁻³².
pub fn uniform(high: &mut u32, low: u32) -> f64 {
    f64::from(next_u32(high, low)) * (1.0 / 4_294_967_296.0)
}
