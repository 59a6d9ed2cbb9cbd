//! What a table of cases and some properties must hold.

mod counting;
mod fixture;
mod measured;
mod naive;
mod timely;
mod verdicts;
