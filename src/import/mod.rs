//! Documents in.

pub mod json;
