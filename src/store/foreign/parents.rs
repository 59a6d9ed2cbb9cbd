//! Rows that name rows which are not there: the foreign keys of a file that is not ours hold nothing.

use super::BadRow;
use crate::model::refers::{REFERENCES, Reference};
use crate::model::{Id, InPlan, Plan, Value, Visit, intent};

/// Takes out rows whose row is missing, and lists them; a row that can stand without the other loses only the
/// pointer. Again and again, since what is taken out may have been somebody's row.
pub(super) fn take_out_orphans(plan: &mut Plan, bad: &mut Vec<BadRow>) {
    loop {
        let before = bad.len();
        for reference in REFERENCES {
            reference.from.visit(Check { plan, reference, bad });
        }
        if bad.len() == before {
            return;
        }
    }
}

struct Check<'a> {
    plan: &'a mut Plan,
    reference: &'static Reference,
    bad: &'a mut Vec<BadRow>,
}

impl Visit for Check<'_> {
    type Output = ();

    fn visit<T: InPlan>(self) {
        let Reference { field, to, optional, .. } = *self.reference;
        let missing = |row: &T| {
            let value = row.get(field).unwrap_or_default();
            match self.reference.named(&value) {
                Some(id) => self.reference.target(self.plan, id).is_none(),
                None => !optional,
            }
        };
        let lost: Vec<Id> = T::rows(self.plan).values().filter(|row| missing(row)).map(T::id).collect();
        // a pointer to one of several kinds is told by its field
        let noun = if let [only] = to { intent::noun(*only) } else { "row" };
        let became = if optional { "kept without it" } else { "left out" };
        for id in lost {
            if !optional {
                T::rows_mut(self.plan).remove(&id);
            } else if let Some(row) = T::rows_mut(self.plan).get_mut(&id)
                && row.set(field, &Value::Null).is_err()
            {
                T::rows_mut(self.plan).remove(&id);
            }
            let why = format!("its {noun} is not there; {became}");
            self.bad.push(BadRow { table: T::ENTITY.word(), id: id.to_string(), why });
        }
    }
}
