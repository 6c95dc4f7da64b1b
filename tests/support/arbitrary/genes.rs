//! Random choices as plain numbers: quick to draw, and towards zero everything gets simpler, so a failing
//! programme shrinks by itself.

use crate::support::day::Day;
use proptest::prelude::*;

/// The choices that one thing (a spell, a charge …) is made from. When they are used up, all is simple.
pub type Strand = Vec<u16>;

const CHOICES: usize = 64;

pub fn strand() -> impl Strategy<Value = Strand> {
    prop::collection::vec(any::<u16>(), CHOICES)
}

/// For what is made from many choices at once.
pub fn long_strand() -> impl Strategy<Value = Strand> {
    prop::collection::vec(any::<u16>(), 10 * CHOICES)
}

pub fn strands(least: usize, most: usize) -> impl Strategy<Value = Vec<Strand>> {
    prop::collection::vec(strand(), least..=most)
}

/// The strands that are there: one that begins with 0 is not, so that things can go while others stay in place.
pub fn there(strands: Vec<Strand>, least: usize) -> Vec<Strand> {
    strands.into_iter().enumerate().filter(|(n, strand)| *n < least || strand[0] > 0).map(|(_, strand)| strand).collect()
}

pub struct Genes<'g> {
    left: std::slice::Iter<'g, u16>,
}

impl<'g> Genes<'g> {
    pub fn of(strand: &'g [u16]) -> Genes<'g> {
        Genes { left: strand[1..].iter() }
    }

    fn next(&mut self) -> usize {
        self.left.next().copied().map_or(0, usize::from)
    }

    /// A number below n; 0 is the simplest.
    pub fn below(&mut self, n: usize) -> usize {
        self.next() % n
    }

    /// A number from `from` to `to`, both inclusive.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        from + self.below((to - from + 1) as usize) as i64
    }

    /// True in so many of a hundred cases; simplest is no.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.next() % 100 >= 100 - percent
    }

    pub fn of_list<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())].clone()
    }

    /// A few of a list, at least one, in the list's order or turned round.
    pub fn some_of<T: Clone>(&mut self, list: &[T]) -> Vec<T> {
        let mask = self.below((1 << list.len()) - 1) + 1;
        let mut some: Vec<T> = (0..list.len()).filter(|n| mask & (1 << n) != 0).map(|n| list[n].clone()).collect();
        if self.chance(50) {
            some.reverse();
        }
        some
    }

    /// A day on which something happens, or one beside it, or any day between the first and the last.
    pub fn day_near(&mut self, landmarks: &[Day]) -> Day {
        let landmark = self.of_list(landmarks);
        match self.below(8) {
            0..=2 => landmark,
            3 | 4 => landmark.next(),
            5 => landmark.before(),
            _ => {
                let first = landmarks.iter().min().unwrap().0;
                let last = landmarks.iter().max().unwrap().0;
                Day(self.between(first, last))
            }
        }
    }
}
