//! Sort keys for rows that came in an order, changing as few of those that have one as can be.

use crate::model::{Id, order, reference};
use std::cmp::Ordering;

/// A row in its wanted place.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) id: Id,
    /// The sort key it has; `None` for a new row.
    pub(super) key: Option<String>,
    /// What decides between equal keys before the id does.
    pub(super) tie: String,
}

/// The sort keys that put `listed` in the order given. Rows that are in order already keep theirs;
/// else all get new ones, and `rest`, the rows that are not listed, follow them.
pub(super) fn arrange(listed: &[Placed], rest: &[Placed]) -> Vec<(Id, String)> {
    if let Some(keys) = fill(listed) {
        return listed.iter().map(|row| row.id).zip(keys).collect();
    }
    let rows = || listed.iter().chain(rest).map(|row| row.id);
    rows().zip(order::after("", rows().count())).collect()
}

/// Keys for the new rows between those that stay; `None` where that cannot be done.
fn fill(rows: &[Placed]) -> Option<Vec<String>> {
    let kept: Vec<_> = rows.iter().filter_map(|row| row.key.as_deref().map(|key| (key, row))).collect();
    if !is_sorted(&kept) {
        return None;
    }
    let mut keys: Vec<String> = Vec::with_capacity(rows.len());
    for (place, row) in rows.iter().enumerate() {
        let key = match &row.key {
            Some(key) => key.clone(),
            None => {
                let low = keys.last().map_or("", String::as_str);
                match rows[place..].iter().find_map(|row| row.key.as_deref()) {
                    Some(high) => order::between(low, high),
                    None => {
                        // nothing stands behind: count on with short keys
                        keys.extend(order::after(low, rows.len() - place));
                        break;
                    }
                }
            }
        };
        keys.push(key);
    }
    let all: Vec<_> = keys.iter().map(String::as_str).zip(rows).collect();
    is_sorted(&all).then_some(keys)
}

fn is_sorted(rows: &[(&str, &Placed)]) -> bool {
    rows.windows(2).all(|pair| {
        let ((a_key, a), (b_key, b)) = (&pair[0], &pair[1]);
        let order = a_key.cmp(b_key).then_with(|| reference::natural_cmp(&a.tie, &b.tie)).then(a.id.cmp(&b.id));
        order == Ordering::Less
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(keys: &[Option<&str>]) -> Vec<Placed> {
        let row = |(place, key): (usize, &Option<&str>)| Placed {
            id: Id::NIL.derive(&[&place.to_string()]),
            key: key.map(str::to_owned),
            tie: String::new(),
        };
        keys.iter().enumerate().map(row).collect()
    }

    fn keys(rows: &[Placed]) -> Vec<String> {
        arrange(rows, &[]).into_iter().map(|(_, key)| key).collect()
    }

    #[test]
    fn rows_in_order_keep_their_keys_and_new_ones_fit_between() {
        let placed = keys(&rows(&[Some("5"), None, None, Some("6"), None]));
        assert_eq!((placed[0].as_str(), placed[3].as_str()), ("5", "6"), "{placed:?}");
        assert!(placed.windows(2).all(|pair| pair[0] < pair[1]), "{placed:?}");
    }

    #[test]
    fn rows_out_of_order_get_new_keys_before_those_that_are_not_listed() {
        let mut listed = rows(&[Some("6"), Some("5"), None, Some("55")]);
        let rest = listed.split_off(3);
        let placed: Vec<_> = arrange(&listed, &rest).into_iter().map(|(_, key)| key).collect();
        assert_eq!(placed.len(), 4, "the row that is not listed too");
        assert!(placed.windows(2).all(|pair| pair[0] < pair[1]), "{placed:?}");
    }
}
