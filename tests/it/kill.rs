//! Tests of `kill`.
