//! Work on many independent items: on all cores with the feature `parallel`, else one after the other. The results come in
//! the order of the items either way (rule 12.3).

/// Applies `work` to each of many small items and gathers the results in the items' order.
#[cfg(feature = "parallel")]
pub fn map<T: Send, R: Send>(items: &mut [T], work: impl Fn(usize, &mut T) -> R + Sync) -> Vec<R> {
    use rayon::prelude::*;
    items.par_iter_mut().enumerate().with_min_len(64).map(|(at, item)| work(at, item)).collect()
}

/// Applies `work` to each of a few big items and gathers the results in the items' order.
#[cfg(feature = "parallel")]
pub fn map_big<T: Send, R: Send>(items: &mut [T], work: impl Fn(&mut T) -> R + Sync + Send) -> Vec<R> {
    use rayon::prelude::*;
    items.par_iter_mut().map(work).collect()
}

/// Applies `work` to each of a few big items and gathers the results in the items' order.
#[cfg(not(feature = "parallel"))]
pub fn map_big<T, R>(items: &mut [T], work: impl Fn(&mut T) -> R) -> Vec<R> {
    items.iter_mut().map(work).collect()
}

/// Applies `work` to each of many small items and gathers the results in the items' order.
#[cfg(not(feature = "parallel"))]
pub fn map<T, R>(items: &mut [T], work: impl Fn(usize, &mut T) -> R) -> Vec<R> {
    items.iter_mut().enumerate().map(|(at, item)| work(at, item)).collect()
}

/// Sorts items of which no two are equal.
#[cfg(feature = "parallel")]
pub fn sort_by<T: Send>(items: &mut [T], order: impl Fn(&T, &T) -> std::cmp::Ordering + Sync) {
    use rayon::prelude::*;
    items.par_sort_unstable_by(order);
}

/// Sorts items of which no two are equal.
#[cfg(not(feature = "parallel"))]
pub fn sort_by<T>(items: &mut [T], order: impl Fn(&T, &T) -> std::cmp::Ordering) {
    items.sort_unstable_by(order);
}

/// Does two pieces of work and gives both results.
#[cfg(feature = "parallel")]
pub fn both<A: Send, B: Send>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(a, b)
}

/// Does two pieces of work and gives both results.
#[cfg(not(feature = "parallel"))]
pub fn both<A, B>(a: impl FnOnce() -> A, b: impl FnOnce() -> B) -> (A, B) {
    (a(), b())
}
