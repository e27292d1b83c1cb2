//! One panel of a plot: the columns that share a unit.

use std::ops::Range;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::result::{Column, Table};

/// Colour of text and axes.
pub const INK: RGBColor = RGBColor(0x33, 0x33, 0x33);
const GRID: RGBColor = RGBColor(0xe6, 0xe6, 0xe6);

/// Colours that people with colour blindness tell apart (Okabe and Ito 2008), darkest
/// first, without the yellow that vanishes on white.
const COLOURS: [RGBColor; 7] = [
    RGBColor(0x00, 0x72, 0xb2),
    RGBColor(0xd5, 0x5e, 0x00),
    RGBColor(0x00, 0x9e, 0x73),
    RGBColor(0xcc, 0x79, 0xa7),
    RGBColor(0xe6, 0x9f, 0x00),
    RGBColor(0x56, 0xb4, 0xe9),
    RGBColor(0x33, 0x33, 0x33),
];

/// Names that a legend has room for; of more, the last line says how many are left out.
const LEGEND_LINES: usize = 13;

/// Runs of points without a gap.
type Curve = Vec<Vec<(f64, f64)>>;

/// The columns of a table that share a unit.
pub struct Panel<'a> {
    units: &'a str,
    names: Vec<&'a str>,
    curves: Vec<Curve>,
    time_ms: Range<f64>,
}

/// One panel for each unit, in the order of first appearance.
pub fn panels(table: &Table) -> Vec<Panel<'_>> {
    let Some((time, columns)) = time_and_rest(&table.columns) else {
        return Vec::new();
    };
    let times: Vec<f64> = table.rows().map(|row| row[time]).collect();
    let (Some(&first), Some(&last)) = (times.first(), times.last()) else {
        return Vec::new();
    };
    // 199.99999999995 is 200: the last tick is to be there.
    let last = (last * 1e6).round() / 1e6;
    let time_ms = if last > first {
        first..last
    } else {
        first..first + 1.0
    };
    let mut panels: Vec<Panel<'_>> = Vec::new();
    for (index, column) in columns {
        let curve = curve(&times, table.rows().map(|row| row[index]));
        let units = column.units.as_str();
        let panel = match panels.iter().position(|panel| panel.units == units) {
            Some(found) => &mut panels[found],
            None => {
                panels.push(Panel {
                    units,
                    names: Vec::new(),
                    curves: Vec::new(),
                    time_ms: time_ms.clone(),
                });
                let last = panels.len() - 1;
                &mut panels[last]
            }
        };
        panel.names.push(&column.name);
        panel.curves.push(curve);
    }
    panels
}

fn time_and_rest(columns: &[Column]) -> Option<(usize, Vec<(usize, &Column)>)> {
    let time = columns.iter().position(|column| column.name == "t")?;
    let rest = columns
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != time)
        .collect();
    Some((time, rest))
}

/// The points of a column, reduced to first, least, greatest and last of each pixel column.
fn curve(times: &[f64], values: impl Iterator<Item = f64>) -> Curve {
    const PIXELS: usize = 1600;
    let points: Vec<(f64, f64)> = times.iter().copied().zip(values).collect();
    let mut runs: Curve = points
        .split(|(_, value)| !value.is_finite())
        .filter(|run| !run.is_empty())
        .map(<[_]>::to_vec)
        .collect();
    if points.len() > 4 * PIXELS {
        let bucket = points.len().div_ceil(PIXELS);
        for run in &mut runs {
            *run = run.chunks(bucket).flat_map(extremes).collect();
        }
    }
    runs
}

fn extremes(chunk: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let order = |a: &&(f64, f64), b: &&(f64, f64)| a.1.total_cmp(&b.1);
    let mut kept: Vec<(f64, f64)> = [
        chunk.first(),
        chunk.iter().min_by(order),
        chunk.iter().max_by(order),
        chunk.last(),
    ]
    .into_iter()
    .flatten()
    .copied()
    .collect();
    kept.sort_by(|a, b| a.0.total_cmp(&b.0));
    kept.dedup();
    kept
}

/// Width of the legends' column, that the panels' axes have the same width; 0 if there is
/// no legend.
pub fn legend_width(panels: &[Panel<'_>], scale: u32) -> u32 {
    let font = ("sans-serif", 14 * scale).into_font();
    let widest = panels
        .iter()
        .filter(|panel| panel.names.len() > 1)
        .flat_map(|panel| &panel.names)
        .filter_map(|name| font.box_size(name).ok())
        .map(|(width, _)| width)
        .max();
    widest.map_or(0, |width| (width + 52 * scale).min(360 * scale))
}

impl Panel<'_> {
    /// Draws axes, curves and legend.
    pub fn draw<B: DrawingBackend>(
        &self,
        area: &DrawingArea<B, Shift>,
        time_axis: bool,
        legend_width: u32,
        scale: u32,
    ) -> Result<(), DrawingAreaErrorKind<B::ErrorType>> {
        let (width, _) = area.dim_in_pixel();
        let (chart_area, legend_area) = area.split_horizontally(width - legend_width);
        let label = ("sans-serif", 15 * scale).into_font().color(&INK);
        let tick = ("sans-serif", 14 * scale).into_font().color(&INK);
        let mut chart = ChartBuilder::on(&chart_area)
            .margin_top(8 * scale)
            .margin_bottom(4 * scale)
            .margin_left(8 * scale)
            .margin_right(24 * scale)
            .x_label_area_size(if time_axis { 48 * scale } else { 8 * scale })
            .y_label_area_size(72 * scale)
            .build_cartesian_2d(self.time_ms.clone(), self.value_range())?;
        let mut mesh = chart.configure_mesh();
        let quantity = self.quantity();
        mesh.axis_style(INK.stroke_width(scale))
            .bold_line_style(GRID.stroke_width(scale))
            .light_line_style(TRANSPARENT)
            .x_labels(9)
            .y_labels(7)
            .label_style(tick)
            .axis_desc_style(label)
            .x_label_formatter(&|value| tick_text(*value))
            .y_label_formatter(&|value| tick_text(*value))
            .y_desc(&quantity);
        if time_axis {
            mesh.x_desc("t (ms)");
        }
        mesh.draw()?;
        for (curve, colour) in self.curves.iter().zip(COLOURS.iter().cycle()) {
            let style = colour.stroke_width(scale + scale / 2);
            for run in curve {
                chart.draw_series(std::iter::once(PathElement::new(run.clone(), style)))?;
            }
        }
        self.draw_legend(&legend_area, scale)
    }

    fn draw_legend<B: DrawingBackend>(
        &self,
        area: &DrawingArea<B, Shift>,
        scale: u32,
    ) -> Result<(), DrawingAreaErrorKind<B::ErrorType>> {
        if self.names.len() < 2 {
            return Ok(());
        }
        let scale = scale as i32;
        let middle = Pos::new(HPos::Left, VPos::Center);
        let text = ("sans-serif", 14 * scale)
            .into_font()
            .color(&INK)
            .pos(middle);
        let shown = if self.names.len() > LEGEND_LINES {
            LEGEND_LINES - 1
        } else {
            self.names.len()
        };
        let line_y = |line: usize| (20 + 20 * line as i32) * scale;
        let colours = COLOURS.iter().cycle();
        for (line, (name, colour)) in self.names.iter().zip(colours).take(shown).enumerate() {
            let y = line_y(line);
            let style = colour.stroke_width(2 * scale as u32);
            area.draw(&PathElement::new([(0, y), (22 * scale, y)], style))?;
            area.draw_text(name, &text, (30 * scale, y))?;
        }
        if shown < self.names.len() {
            let more = format!("and {} more", self.names.len() - shown);
            area.draw_text(&more, &text, (30 * scale, line_y(shown)))?;
        }
        Ok(())
    }

    /// What the values are: the variable's name if there is but one, and the unit.
    fn quantity(&self) -> String {
        let last = |name: &&str| name.rsplit('.').next().unwrap_or_default().to_owned();
        let name = match self.names.as_slice() {
            [only] => (*only).to_owned(),
            [first, rest @ ..] if rest.iter().all(|name| last(name) == last(first)) => last(first),
            _ => String::new(),
        };
        match (name.is_empty(), self.units.is_empty()) {
            (false, false) => format!("{name} ({})", self.units),
            (false, true) => name,
            (true, _) => self.units.to_owned(),
        }
    }

    /// From the least to the greatest value with some air.
    fn value_range(&self) -> Range<f64> {
        let values = || {
            self.curves
                .iter()
                .flatten()
                .flatten()
                .map(|(_, value)| *value)
        };
        let (low, high) = (
            values().fold(f64::INFINITY, f64::min),
            values().fold(f64::NEG_INFINITY, f64::max),
        );
        if low > high {
            return 0.0..1.0;
        }
        let air = 0.05 * (high - low);
        if air > 0.0 {
            low - air..high + air
        } else {
            let air = if low == 0.0 { 1.0 } else { 0.1 * low.abs() };
            low - air..high + air
        }
    }
}

/// A tick's number without the noise of its last digits.
fn tick_text(value: f64) -> String {
    let text = crate::result::number::general(if value.abs() < 1e-12 { 0.0 } else { value });
    text.replace('-', "\u{2212}")
}
