//! `effekt explain`: shows how amounts come about.
