//! Work on many independent items: on all cores with the feature `parallel`, else one after the other. The results come in
//! the order of the items either way (rule 12.3).

/// Applies `work` to each item and gathers the results in the items' order.
#[cfg(feature = "parallel")]
pub fn map<T: Send, R: Send>(items: &mut [T], work: impl Fn(usize, &mut T) -> R + Sync) -> Vec<R> {
    use rayon::prelude::*;
    items.par_iter_mut().enumerate().with_min_len(64).map(|(at, item)| work(at, item)).collect()
}

/// Applies `work` to each item and gathers the results in the items' order.
#[cfg(not(feature = "parallel"))]
pub fn map<T, R>(items: &mut [T], work: impl Fn(usize, &mut T) -> R) -> Vec<R> {
    items.iter_mut().enumerate().map(|(at, item)| work(at, item)).collect()
}

/// Sorts items by a key that no two of them share.
#[cfg(feature = "parallel")]
pub fn sort_by_key<T: Send, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K + Sync) {
    use rayon::prelude::*;
    items.par_sort_unstable_by_key(key);
}

/// Sorts items by a key that no two of them share.
#[cfg(not(feature = "parallel"))]
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    items.sort_unstable_by_key(key);
}
