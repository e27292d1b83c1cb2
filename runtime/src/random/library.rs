//! The generators of the GNU C library that models call in VERBATIM: `drand48` and its kin, `rand`.
//!
//! NEURON's process has one state of each, which begins as if `srand(1)` had been called; so has a
//! model here.

/// Both states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CLibrary {
    /// 48 bits of `drand48`.
    x: u64,
    /// The additive feedback generator of `rand`: its last 31 words.
    words: [u32; 31],
    /// Position of the word that comes next.
    next: usize,
}

impl Default for CLibrary {
    fn default() -> Self {
        let mut library = Self {
            x: 0,
            words: [0; 31],
            next: 0,
        };
        library.set_seed(1.0);
        library
    }
}

impl CLibrary {
    /// `srand48(seed)`
    pub fn set_seed_48(&mut self, seed: f64) {
        self.x = u64::from(seed as i64 as u32) << 16 | 0x330e;
    }

    fn step_48(&mut self) -> u64 {
        self.x = self.x.wrapping_mul(0x5_deec_e66d).wrapping_add(0xb) & 0xffff_ffff_ffff;
        self.x
    }

    /// `drand48()`
    pub fn uniform_48(&mut self) -> f64 {
        // Exact: 48 bits.
        self.step_48() as f64 / (1_u64 << 48) as f64
    }

    /// `lrand48()`
    pub fn integer_48(&mut self) -> u32 {
        (self.step_48() >> 17) as u32
    }

    /// `srand(seed)`, `srandom(seed)`
    pub fn set_seed(&mut self, seed: f64) {
        // 0 counts as 1.
        let mut word = (seed as i64 as u32).max(1) as i32;
        for place in &mut self.words {
            *place = word as u32;
            // 16807·word modulo 2³¹ - 1, as the library computes it: without overflow.
            let (high, low) = (word / 127_773, word % 127_773);
            word = 16_807_i32
                .wrapping_mul(low)
                .wrapping_sub(2_836_i32.wrapping_mul(high));
            if word < 0 {
                word = word.wrapping_add(i32::MAX);
            }
        }
        self.next = 3;
        (0..310).for_each(|_| {
            self.integer();
        });
    }

    /// `rand()`, `random()`
    pub fn integer(&mut self) -> u32 {
        let n = self.words.len();
        // Each word is the sum of those 31 and 3 before.
        let sum = self.words[self.next].wrapping_add(self.words[(self.next + n - 3) % n]);
        self.words[self.next] = sum;
        self.next = (self.next + 1) % n;
        sum >> 1
    }
}

#[cfg(test)]
mod tests {
    use super::CLibrary;

    /// The first numbers of glibc.
    #[test]
    fn numbers_of_glibc() {
        let mut library = CLibrary::default();
        let first: Vec<u32> = (0..3).map(|_| library.integer()).collect();
        assert_eq!(first, [1_804_289_383, 846_930_886, 1_681_692_777]);
        library.set_seed_48(0.0);
        assert_eq!(library.uniform_48(), 0.170_828_036_106_289_72);
    }
}
