//! The shapes of states, drawn: no font is trusted to have them.

use egui::{Color32, Painter, Pos2, Rect, Stroke, Vec2, pos2, vec2};

/// A state's shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Nothing begun.
    Ring,
    /// Half done.
    Half,
    /// Done.
    Tick,
    /// Wanting, late.
    Triangle,
    /// Stopped.
    Bars,
    /// Not confirmed.
    Question,
    /// In place.
    Disc,
    /// Waiting for others.
    Clock,
    /// Planned.
    Diamond,
    /// No longer needed.
    Dash,
    /// Wanting, by more than one witness.
    Triangles,
    /// Better, where less is.
    Down,
    /// Not to be seen.
    Dotted,
    /// Moved, and neither direction is good.
    Lozenge,
}

impl Shape {
    /// How wide it is drawn, as a multiple of its size.
    #[must_use]
    pub fn width(self) -> f32 {
        if self == Self::Triangles { 1.9 } else { 1.0 }
    }
}

/// Draws a shape of about `size` points around a centre.
pub fn draw_shape(painter: &Painter, centre: Pos2, size: f32, shape: Shape, ink: Color32) {
    let r = size / 2.0;
    let thin = Stroke::new((size / 8.0).max(1.2), ink);
    match shape {
        Shape::Ring => {
            painter.circle_stroke(centre, r - 0.6, thin);
        }
        Shape::Disc => {
            painter.circle_filled(centre, r, ink);
        }
        Shape::Half => {
            painter.circle_stroke(centre, r - 0.6, thin);
            painter.add(half_disc(centre, r - 0.6, ink));
        }
        Shape::Tick => {
            let points = [vec2(-0.85, 0.05), vec2(-0.25, 0.65), vec2(0.9, -0.65)].map(|p| centre + p * r);
            painter.line(points.to_vec(), Stroke::new((size / 6.0).max(1.6), ink));
        }
        Shape::Triangle => {
            triangle(painter, centre, r, ink);
        }
        Shape::Triangles => {
            triangle(painter, centre - vec2(r * 0.9, 0.0), r * 0.95, ink);
            triangle(painter, centre + vec2(r * 0.9, 0.0), r * 0.95, ink);
        }
        Shape::Down => {
            let points = [vec2(0.0, 1.0), vec2(1.0, -0.85), vec2(-1.0, -0.85)].map(|p| centre + p * r);
            painter.add(egui::Shape::convex_polygon(points.to_vec(), ink, Stroke::NONE));
        }
        Shape::Lozenge => {
            let points = [vec2(0.0, -1.0), vec2(1.0, 0.0), vec2(0.0, 1.0), vec2(-1.0, 0.0)].map(|p| centre + p * r);
            painter.add(egui::Shape::convex_polygon(points.to_vec(), ink, Stroke::NONE));
        }
        Shape::Dotted => {
            for step in 0..8 {
                let angle = std::f32::consts::TAU * step as f32 / 8.0;
                let at = centre + vec2(angle.cos(), angle.sin()) * (r - 0.6);
                painter.circle_filled(at, (size / 10.0).max(0.9), ink);
            }
        }
        Shape::Diamond => {
            let mut points =
                [vec2(0.0, -1.0), vec2(1.0, 0.0), vec2(0.0, 1.0), vec2(-1.0, 0.0)].map(|p| centre + p * r).to_vec();
            points.push(points[0]);
            painter.line(points, thin);
        }
        Shape::Bars => {
            for x in [-0.45, 0.45] {
                let bar = Rect::from_center_size(centre + vec2(x * r, 0.0), vec2(r * 0.45, r * 1.8));
                painter.rect_filled(bar, 0.5, ink);
            }
        }
        Shape::Clock => {
            painter.circle_stroke(centre, r - 0.6, thin);
            painter.line(vec![centre + vec2(0.0, -r * 0.6), centre, centre + vec2(r * 0.5, 0.0)], thin);
        }
        Shape::Dash => {
            painter.line_segment([centre - vec2(r * 0.8, 0.0), centre + vec2(r * 0.8, 0.0)], Stroke::new(1.8, ink));
        }
        Shape::Question => {
            let font = super::super::theme::strong(size * 1.25);
            painter.text(centre, egui::Align2::CENTER_CENTER, "?", font, ink);
        }
    }
}

fn triangle(painter: &Painter, centre: Pos2, r: f32, ink: Color32) {
    let points = [vec2(0.0, -1.0), vec2(1.0, 0.85), vec2(-1.0, 0.85)].map(|p| centre + p * r);
    painter.add(egui::Shape::convex_polygon(points.to_vec(), ink, Stroke::NONE));
}

fn half_disc(centre: Pos2, r: f32, ink: Color32) -> egui::Shape {
    let points = (0..=16).map(|i| {
        let angle = std::f32::consts::FRAC_PI_2 + std::f32::consts::PI * (i as f32) / 16.0;
        pos2(centre.x + r * angle.cos(), centre.y - r * angle.sin())
    });
    egui::Shape::convex_polygon(points.collect(), ink, Stroke::NONE)
}

/// The room a shape of a line of text takes.
#[must_use]
pub fn shape_box(size: f32) -> Vec2 {
    vec2(size, size)
}
