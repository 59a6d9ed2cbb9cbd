//! Written with the capability.
fn main() {}
