//! Plots of a result as SVG or PNG: one panel for each unit, over time.
//!
//! The font is part of the program, so that a plot looks the same everywhere. Long traces
//! are reduced to the extremes of each pixel column, which draws the same picture.

mod panel;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use plotters::prelude::*;

use crate::result::Table;
use panel::Panel;

/// Why there is no plot.
#[derive(Debug, thiserror::Error)]
pub enum PlotError {
    /// The ending of the file's name is not known.
    #[error("cannot plot to `{0}`: the name must end in .svg or .png")]
    Format(PathBuf),
    /// There is nothing to draw.
    #[error("nothing to plot: the model records no variable")]
    Empty,
    /// The picture could not be made or written.
    #[error("cannot plot to `{path}`: {reason}")]
    Draw {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        reason: String,
    },
}

const WIDTH: u32 = 960;
const PANEL_HEIGHT: u32 = 300;
const TITLE_HEIGHT: u32 = 44;
const AXIS_HEIGHT: u32 = 48;
/// Pixels of a PNG for each unit of length.
const PNG_SCALE: u32 = 2;

/// Draws every column of a table over its first, which is the time.
///
/// # Errors
///
/// If the ending is neither `.svg` nor `.png`, if there is nothing to draw, or if the file
/// cannot be written.
pub fn plot(path: &Path, title: &str, table: &Table) -> Result<(), PlotError> {
    let format = Format::of(path)?;
    register_font();
    let panels = panel::panels(table);
    if panels.is_empty() {
        return Err(PlotError::Empty);
    }
    let title_height = if title.is_empty() { 16 } else { TITLE_HEIGHT };
    let size = (
        WIDTH,
        title_height + AXIS_HEIGHT + PANEL_HEIGHT * panels.len() as u32,
    );
    let fail = |reason: String| PlotError::Draw {
        path: path.to_owned(),
        reason,
    };
    match format {
        Format::Svg => {
            let mut text = String::new();
            let root = SVGBackend::with_string(&mut text, size).into_drawing_area();
            draw(&root, title, &panels, 1).map_err(fail)?;
            drop(root);
            std::fs::write(path, text).map_err(|error| fail(error.to_string()))
        }
        Format::Png => {
            let size = (size.0 * PNG_SCALE, size.1 * PNG_SCALE);
            let root = BitMapBackend::new(path, size).into_drawing_area();
            draw(&root, title, &panels, PNG_SCALE).map_err(fail)
        }
    }
}

/// A format of plots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Scalable lines.
    Svg,
    /// Pixels.
    Png,
}

impl Format {
    /// The one that a file's ending asks for.
    ///
    /// # Errors
    ///
    /// If the ending is neither `.svg` nor `.png`.
    pub fn of(path: &Path) -> Result<Self, PlotError> {
        let ending = path
            .extension()
            .and_then(|ending| ending.to_str())
            .unwrap_or("");
        match ending.to_ascii_lowercase().as_str() {
            "svg" => Ok(Self::Svg),
            "png" => Ok(Self::Png),
            _ => Err(PlotError::Format(path.to_owned())),
        }
    }
}

fn draw<B: DrawingBackend>(
    root: &DrawingArea<B, plotters::coord::Shift>,
    title: &str,
    panels: &[Panel<'_>],
    scale: u32,
) -> Result<(), String> {
    let text = |error: DrawingAreaErrorKind<B::ErrorType>| error.to_string();
    root.fill(&WHITE).map_err(text)?;
    let mut rest = root.clone();
    if title.is_empty() {
        rest = rest.split_vertically(16 * scale).1;
    } else {
        let (head, below) = rest.split_vertically(TITLE_HEIGHT * scale);
        let style = ("sans-serif", 22 * scale).into_font().color(&panel::INK);
        let center = plotters::style::text_anchor::Pos::new(
            plotters::style::text_anchor::HPos::Center,
            plotters::style::text_anchor::VPos::Center,
        );
        let (width, height) = head.dim_in_pixel();
        let place = (width as i32 / 2, height as i32 / 2);
        head.draw_text(title, &style.pos(center), place)
            .map_err(text)?;
        rest = below;
    }
    let legend = panel::legend_width(panels, scale);
    for (index, panel) in panels.iter().enumerate() {
        let last = index + 1 == panels.len();
        let height = PANEL_HEIGHT + if last { AXIS_HEIGHT } else { 0 };
        let (area, below) = rest.split_vertically(height * scale);
        panel.draw(&area, last, legend, scale).map_err(text)?;
        rest = below;
    }
    root.present().map_err(text)
}

/// Registers the font once; a second registration would do no harm.
fn register_font() {
    static DONE: OnceLock<()> = OnceLock::new();
    DONE.get_or_init(|| {
        let font = include_bytes!("DejaVuSans.ttf");
        // Fails only if the bytes are no font, and then text is drawn as boxes.
        let _ = plotters::style::register_font("sans-serif", FontStyle::Normal, font);
    });
}
