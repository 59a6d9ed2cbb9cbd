//! Tests of `layering`.
