//! Long lists of items of any height, drawn as far as they are seen.

use egui::Ui;

/// Up to so many items are all drawn: a short list is whole to a screen reader, and to a search for its names.
const FEW: usize = 150;
/// How far beyond what is seen items are drawn, in points.
const BEYOND: f32 = 300.0;

/// Draws the items that are in view. `heights` is kept by the caller from frame to frame: what an item took when it was
/// last drawn, in points, and `guess` for one that never was.
pub fn seen<T>(
    ui: &mut Ui,
    heights: &mut Vec<f32>,
    guess: f32,
    items: &mut [T],
    mut draw: impl FnMut(&mut Ui, &mut T),
) {
    if items.len() <= FEW {
        items.iter_mut().for_each(|item| draw(ui, item));
        return;
    }
    heights.resize(items.len(), guess);
    let view = ui.clip_rect().expand(BEYOND);
    for (item, height) in items.iter_mut().zip(heights) {
        let top = ui.cursor().top();
        if top > view.bottom() || top + *height < view.top() {
            ui.add_space(*height);
        } else {
            draw(ui, item);
            *height = ui.cursor().top() - top;
        }
    }
}
