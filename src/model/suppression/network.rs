//! How far one number of a table can move while all others stay within what is known of them.
//!
//! Edges carry the true numbers, which balance at every node. To raise one edge by one, a unit must come back
//! from its end to its start through edges that have room to rise, or backwards through edges that have room
//! to fall. The most that can come back is the most that the edge can rise; as all bounds are whole, every
//! whole value up to it is reached by some table of whole numbers.

use std::collections::VecDeque;

/// The least and the most that a number can be; `None` for no most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) low: u64,
    pub(super) high: Option<u64>,
}

#[derive(Debug, Clone, Copy)]
struct Edge {
    from: usize,
    to: usize,
    /// The true number, within the bounds.
    flow: u64,
    bounds: Bounds,
}

impl Edge {
    fn room_up(&self) -> u64 {
        self.bounds.high.map_or(u64::MAX, |high| high.saturating_sub(self.flow))
    }

    fn room_down(&self) -> u64 {
        self.flow.saturating_sub(self.bounds.low)
    }
}

/// Nodes, and edges that balance at each of them.
#[derive(Debug)]
pub(super) struct Network {
    edges: Vec<Edge>,
    /// The edges at each node.
    at: Vec<Vec<usize>>,
}

impl Network {
    pub(super) fn new(nodes: usize) -> Self {
        Self { edges: Vec::new(), at: vec![Vec::new(); nodes] }
    }

    pub(super) fn add(&mut self, from: usize, to: usize, flow: u64, bounds: Bounds) {
        self.at[from].push(self.edges.len());
        self.at[to].push(self.edges.len());
        self.edges.push(Edge { from, to, flow, bounds });
    }

    pub(super) fn set_bounds(&mut self, edge: usize, bounds: Bounds) {
        self.edges[edge].bounds = bounds;
    }

    /// Whether two edges have a node in common.
    pub(super) fn touch(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.edges[one], self.edges[other]);
        [one.from, one.to].iter().any(|node| *node == other.from || *node == other.to)
    }

    /// How many other values an edge can have, up and down together; counted no further than `enough`.
    pub(super) fn freedom(&self, edge: usize, enough: u64) -> u64 {
        let Edge { from, to, .. } = self.edges[edge];
        let up = self.push(edge, to, from, self.edges[edge].room_up().min(enough));
        if up >= enough {
            return up;
        }
        up + self.push(edge, from, to, self.edges[edge].room_down().min(enough - up))
    }

    /// How much can be sent from one node to another without an edge, no more than `most`.
    fn push(&self, without: usize, from: usize, to: usize, most: u64) -> u64 {
        let mut edges = self.edges.clone();
        let mut sent = 0;
        while sent < most {
            let Some(path) = self.path(&edges, without, from, to) else { break };
            let room =
                path.iter().map(|(edge, up)| if *up { edges[*edge].room_up() } else { edges[*edge].room_down() });
            let unit = room.min().unwrap_or(0).min(most - sent);
            for (edge, up) in path {
                let flow = &mut edges[edge].flow;
                *flow = if up { *flow + unit } else { *flow - unit };
            }
            sent += unit;
        }
        sent
    }

    /// A shortest way through edges with room, each with whether it rises.
    fn path(&self, edges: &[Edge], without: usize, from: usize, to: usize) -> Option<Vec<(usize, bool)>> {
        let mut came: Vec<Option<(usize, bool)>> = vec![None; self.at.len()];
        let mut queue = VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            if node == to {
                break;
            }
            for place in self.at[node].iter().copied().filter(|place| *place != without) {
                let edge = &edges[place];
                let up = edge.from == node;
                let (next, room) = if up { (edge.to, edge.room_up()) } else { (edge.from, edge.room_down()) };
                if room > 0 && next != from && came[next].is_none() {
                    came[next] = Some((place, up));
                    queue.push_back(next);
                }
            }
        }
        let mut path = Vec::new();
        let mut node = to;
        while node != from {
            let (place, up) = came[node]?;
            path.push((place, up));
            node = if up { edges[place].from } else { edges[place].to };
        }
        path.reverse();
        Some(path)
    }
}
