//! The house stays as it was planned: floors, sizes, words, the roll of mechanisms, and the book.

#![cfg(feature = "cli")]

mod book;
mod files;
mod floors;
mod papers;
mod roll;
mod rules;
mod rust;
mod sizes;
mod words;
