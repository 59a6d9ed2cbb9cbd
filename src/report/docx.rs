//! Papers as Word documents.
