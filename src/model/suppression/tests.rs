use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn counts(rows: &[&[u64]]) -> Vec<Vec<Option<u64>>> {
    rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect()
}

/// A published table, a line a row with its total behind a bar, and the totals of columns as the last line.
fn text(published: &Published) -> String {
    let cell = |cell: &Option<Shown>| cell.map_or("-".to_owned(), Shown::text);
    let mut lines: Vec<String> =
        published.cells.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" ")).collect();
    for (line, total) in lines.iter_mut().zip(&published.row_totals) {
        line.push_str(&format!(" | {}", total.text()));
    }
    let mut last: Vec<String> = published.column_totals.iter().map(|total| total.text()).collect();
    last.extend(published.total.map(|total| format!("| {}", total.text())));
    if !last.is_empty() {
        lines.push(last.join(" "));
    }
    lines.join("\n")
}

#[test]
fn a_count_by_itself_is_hidden_or_rounded() {
    for (count, shown) in
        [(0, "0"), (1, "*"), (7, "*"), (8, "10"), (12, "10"), (13, "15"), (17, "15"), (18, "20"), (1002, "1000")]
    {
        assert_eq!(alone(count).text(), shown, "{count}");
    }
    assert!(may_be_drawn([0, 8, 20]) && !may_be_drawn([20, 7]) && !may_be_drawn([1]), "a small value is not drawn");
}

#[test]
fn tables_hide_what_is_small_and_what_would_give_it_away() {
    let cases: &[(&str, &[&[u64]], Totals, &str)] = &[
        ("nothing small", &[&[10, 20], &[30, 40]], Totals::ALL, "10 20 | 30\n30 40 | 70\n40 60 | 100"),
        ("zeros are numbers", &[&[0, 20], &[30, 0]], Totals::ALL, "0 20 | 20\n30 0 | 30\n30 20 | 50"),
        ("without totals no other is hidden", &[&[3, 20], &[30, 40]], Totals::NONE, "* 20\n30 40"),
        // 7 + 12 = 19, shown as 10 and 20: 20 has at least 18, 10 at most 12, and so the hidden one 6 or 7
        ("rounding that leaves two values", &[&[7, 12]], Totals { rows: true, columns: false, all: false }, "* * | 20"),
        ("rounding that leaves enough", &[&[4, 20]], Totals { rows: true, columns: false, all: false }, "* 20 | 25"),
        ("a total that is the cell", &[&[4, 0]], Totals::ALL, "* 0 | *\n* 0 | *"),
        (
            "a small total of small cells",
            &[&[1, 1, 1, 1, 1, 1, 1]],
            Totals { rows: true, columns: false, all: false },
            "* * * * * * * | *",
        ),
        ("no rows", &[], Totals::ALL, "| 0"),
    ];
    for (what, rows, totals, wanted) in cases {
        let published = publish(&counts(rows), *totals).expect(what);
        assert_eq!(text(&published), *wanted, "{what}");
    }
}

#[test]
fn a_cell_without_a_count_stays_one() {
    let rows = vec![vec![Some(12), None], vec![Some(3), Some(0)]];
    let published = publish(&rows, Totals::ALL).expect("a table");
    assert_eq!(published.cells[0][1], None, "no data is no zero");
    assert_eq!(published.cells[1][1], Some(Shown::Number(0)), "and a zero is no star");
    assert_eq!(published.cells[1][0], Some(Shown::Hidden), "the small one");
}

#[test]
fn what_is_no_table_is_refused() {
    let ragged = publish(&counts(&[&[1, 2], &[3]]), Totals::ALL).expect_err("refused").to_string();
    assert!(ragged.contains("row 2 has 1 cells"), "{ragged}");
    let large = publish(&counts(&[&[MOST + 1]]), Totals::ALL).expect_err("refused").to_string();
    assert!(large.contains("row 1"), "{large}");
}

#[test]
fn a_table_of_every_theme_by_every_month_is_guarded_in_good_time() {
    let count = |row: u64, column: u64| (row * 31 + column * 17 + row * column) % 23;
    let rows: Vec<Vec<Option<u64>>> =
        (0..40).map(|row| (0..24).map(|column| Some(count(row, column))).collect()).collect();
    let published = publish(&rows, Totals::ALL).expect("a table");
    let hidden = published.cells.iter().flatten().filter(|cell| **cell == Some(Shown::Hidden)).count();
    let small = rows.iter().flatten().flatten().filter(|count| SMALL.contains(count)).count();
    assert_eq!(hidden, small, "with several hidden in each row and column no other is needed");
}

/// What a reader knows of a number, independent of how the module says it: the values that it can have, up to
/// a most that is far above the table's. Known is which hidden cells are small.
fn possible(shown: Option<Shown>, count: u64, is_total: bool, most: u64) -> Vec<u64> {
    let fits = |value: &u64| match shown {
        None => true,
        Some(Shown::Number(number)) => alone(*value) == Shown::Number(number),
        Some(Shown::Hidden) if is_total => *value > 0,
        Some(Shown::Hidden) => (1..=7).contains(value) == (1..=7).contains(&count) && *value > 0,
    };
    (0..=most).filter(fits).collect()
}

/// Every table that agrees with what is shown, found by trying all: for each number the values it has in
/// them. Numbers in the order cells, totals of rows, of columns, of all.
fn values_in_all_tables(rows: &[Vec<Option<u64>>], published: &Published) -> Vec<BTreeSet<u64>> {
    let (height, width) = (rows.len(), rows[0].len());
    let cells: Vec<u64> = rows.iter().flatten().map(|cell| cell.unwrap_or(0)).collect();
    let of_cells: Vec<Vec<u64>> = cells
        .iter()
        .zip(published.cells.iter().flatten())
        .map(|(count, shown)| if shown.is_none() { vec![0] } else { possible(*shown, *count, false, 16) })
        .collect();
    let sums = |cells: &[u64]| -> Vec<u64> {
        let rows = (0..height).map(|row| cells[row * width..(row + 1) * width].iter().sum());
        let columns = (0..width).map(|column| (0..height).map(|row| cells[row * width + column]).sum());
        rows.chain(columns).chain([cells.iter().sum()]).collect()
    };
    let shown = published.row_totals.iter().chain(&published.column_totals).copied().chain(published.total);
    let of_totals: Vec<BTreeSet<u64>> = shown
        .map(Some)
        .zip(sums(&cells))
        .map(|(shown, count)| possible(shown, count, true, 100).into_iter().collect())
        .collect();
    let mut found = vec![BTreeSet::new(); cells.len() + of_totals.len()];
    let mut places = vec![0; cells.len()];
    loop {
        let tried: Vec<u64> = places.iter().zip(&of_cells).map(|(place, values)| values[*place]).collect();
        let totals = sums(&tried);
        if totals.iter().zip(&of_totals).all(|(total, possible)| possible.contains(total)) {
            for (set, value) in found.iter_mut().zip(tried.iter().chain(&totals)) {
                set.insert(*value);
            }
        }
        // the next table, as an odometer counts
        let Some(turn) = (0..places.len()).find(|at| places[*at] + 1 < of_cells[*at].len()) else { return found };
        places[turn] += 1;
        places[..turn].fill(0);
    }
}

fn small_table() -> impl Strategy<Value = Vec<Vec<Option<u64>>>> {
    let count = prop_oneof![4 => (0u64..14).prop_map(Some), 1 => Just(None), 1 => Just(Some(0))];
    prop_oneof![Just((1usize, 2usize)), Just((2, 2)), Just((1, 3)), Just((3, 1))].prop_flat_map(
        move |(height, width)| proptest::collection::vec(proptest::collection::vec(count.clone(), width), height),
    )
}

fn any_table() -> impl Strategy<Value = Vec<Vec<Option<u64>>>> {
    let count = prop_oneof![(0u64..10).prop_map(Some), (0u64..200).prop_map(Some), Just(None)];
    (1usize..7, 1usize..7).prop_flat_map(move |(height, width)| {
        proptest::collection::vec(proptest::collection::vec(count.clone(), width), height)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// By brute force: every table that agrees with what is shown is tried.
    #[test]
    fn no_hidden_number_can_be_worked_out(rows in small_table()) {
        let published = publish(&rows, Totals::ALL).unwrap();
        let found = values_in_all_tables(&rows, &published);
        let totals = published.row_totals.iter().chain(&published.column_totals).copied().chain(published.total);
        let shown = published.cells.iter().flatten().copied().chain(totals.map(Some));
        for (at, (shown, values)) in shown.zip(&found).enumerate() {
            prop_assert!(!values.is_empty(), "the true table agrees");
            if shown == Some(Shown::Hidden) {
                prop_assert!(values.len() >= 3, "number {} of {:?} can only be {:?}\n{}", at, rows, values, text(&published));
            }
        }
    }

    #[test]
    fn what_is_shown_is_true_and_nothing_small_is(rows in any_table()) {
        let published = publish(&rows, Totals::ALL).unwrap();
        let right = |shown: Shown, count: u64| shown == Shown::Hidden || shown == alone(count);
        for (given, shown) in rows.iter().flatten().zip(published.cells.iter().flatten()) {
            prop_assert_eq!(given.is_none(), shown.is_none());
            if let (Some(count), Some(shown)) = (given, shown) {
                prop_assert!(right(*shown, *count) && (*count > 0 || *shown == Shown::Number(0)));
            }
        }
        for (cells, shown) in rows.iter().zip(&published.row_totals) {
            prop_assert!(right(*shown, cells.iter().flatten().sum()));
        }
        prop_assert!(right(published.total.unwrap(), rows.iter().flatten().flatten().sum()));
    }

    #[test]
    fn nothing_is_hidden_in_a_table_without_small_numbers(rows in proptest::collection::vec(proptest::collection::vec(8u64..500, 4), 1..5)) {
        let rows: Vec<Vec<Option<u64>>> = rows.into_iter().map(|row| row.into_iter().map(Some).collect()).collect();
        let published = publish(&rows, Totals::ALL).unwrap();
        prop_assert!(!text(&published).contains('*'));
    }
}
