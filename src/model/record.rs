//! Rows with named fields: what lets one edit, one journal and one file serve every kind of row.

use super::{BadValue, Entity, Id, Value};

/// A kind of row whose fields can be read and written by name.
pub trait Record: Clone + Default + PartialEq {
    /// Which kind.
    const ENTITY: Entity;
    /// Its fields in the order of the file's columns; the id is none of them.
    const FIELDS: &'static [&'static str];

    /// The row's id.
    fn id(&self) -> Id;
    /// A row with that id and nothing filled.
    fn blank(id: Id) -> Self;
    /// The value of a field; `None` if there is no field of that name.
    fn get(&self, field: &str) -> Option<Value>;
    /// A row from its fields' values in the order of [`Record::FIELDS`]: what the plan file reads with,
    /// since finding each field by name would cost more than reading it.
    ///
    /// # Errors
    /// What `next` fails with, or what `unfit` makes of a value that the field cannot hold.
    fn from_values<E>(
        id: Id,
        next: impl FnMut() -> Result<Value, E>,
        unfit: impl Fn(&'static str, BadValue) -> E,
    ) -> Result<Self, E>;
    /// Gives a field a value.
    ///
    /// # Errors
    /// When the value is none that the field can hold, or no such field exists.
    fn set(&mut self, field: &str, value: &Value) -> Result<(), BadValue>;
}

/// Declares a kind of row: its struct, its names, and how each field is read and written by name.
macro_rules! record {
    ($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident : $type:ty),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        pub struct $name {
            /// The row's id.
            pub id: $crate::model::Id,
            $($(#[$fmeta])* pub $field: $type),+
        }

        impl $crate::model::Record for $name {
            const ENTITY: $crate::model::Entity = $crate::model::Entity::$name;
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),+];

            fn id(&self) -> $crate::model::Id { self.id }

            fn blank(id: $crate::model::Id) -> Self { Self { id, ..Self::default() } }

            fn get(&self, field: &str) -> Option<$crate::model::Value> {
                use $crate::model::value::FieldValue as _;
                match field {
                    $(stringify!($field) => Some(self.$field.to_value()),)+
                    _ => None,
                }
            }

            fn from_values<E>(
                id: $crate::model::Id,
                mut next: impl FnMut() -> Result<$crate::model::Value, E>,
                unfit: impl Fn(&'static str, $crate::model::BadValue) -> E,
            ) -> Result<Self, E> {
                Ok(Self {
                    id,
                    $($field: $crate::model::value::FieldValue::from_owned(next()?)
                        .map_err(|error| unfit(stringify!($field), error))?),+
                })
            }

            fn set(&mut self, field: &str, value: &$crate::model::Value) -> Result<(), $crate::model::BadValue> {
                match field {
                    $(stringify!($field) => {
                        self.$field = $crate::model::value::FieldValue::from_value(value)?;
                        Ok(())
                    })+
                    _ => Err($crate::model::BadValue { found: field.to_owned(), wanted: "a field of this row" }),
                }
            }
        }
    };
}
pub(crate) use record;
