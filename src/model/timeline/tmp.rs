use crate::model::due::{Due, Month};
pub trait Ext {
    fn plus(self, n: i32) -> Month;
    fn months_to(self, o: Month) -> i32;
}
impl Ext for Month {
    fn plus(self, n: i32) -> Month {
        let t = self.year * 12 + self.month as i32 - 1 + n;
        Month { year: t.div_euclid(12), month: t.rem_euclid(12) as u32 + 1 }
    }
    fn months_to(self, o: Month) -> i32 {
        (o.year - self.year) * 12 + o.month as i32 - self.month as i32
    }
}
pub trait Occ {
    fn occurrences(self, a: Month, b: Month) -> Vec<Month>;
}
impl Occ for Due {
    fn occurrences(self, a: Month, _b: Month) -> Vec<Month> {
        vec![a]
    }
}
