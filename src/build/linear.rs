//! Equations of the user's own: NEURON's `LinearMechanism`.

use runtime::matrix::{Matrix, MatrixHandle};
use runtime::{LinearMechanism, Series};

use super::Builder;
use crate::model::file::{self, Run};
use crate::model::located::{At, Entries};
use crate::problem::{Problem, counted};

impl Builder<'_> {
    /// Adds all equations; `layers` is how many extracellular has.
    pub(super) fn linear_mechanisms(
        &mut self,
        tables: &Entries<file::LinearMechanism>,
        run: &Run,
        layers: usize,
    ) {
        for (key, table) in tables.iter() {
            self.check_new_name(key, false);
            if self.points.get(key).is_some() {
                let message = format!("there is a point named `{}`", key.as_str());
                self.problem(Problem::at(key.span(), message));
            }
            self.linear_mechanism(key, table, layers);
        }
        if let Some((key, _)) = tables.iter().next() {
            self.check_implicit(key, "has equations of its own", run);
        }
    }

    fn linear_mechanism(&mut self, key: &At<String>, table: &file::LinearMechanism, layers: usize) {
        let before = self.problems.len();
        let size = table.g.len();
        let places = match &table.at {
            Some(at) => self.places(at, ""),
            None => Vec::new(),
        };
        if let Some(at) = &table.at
            && places.len() > size
        {
            let message = format!(
                "{}, and {}",
                counted(places.len(), "place"),
                counted(size, "equation")
            );
            let see = "an equation for each row";
            self.problem(Problem::at(at.span(), message).see(table.g.span(), see));
        }
        let layer_of = self.layers_of(table, places.len(), layers);
        let g = self.matrix("g", &table.g, size);
        let c = match &table.c {
            Some(c) => self.matrix("c", c, size),
            None => Matrix::new(size, size),
        };
        let y0 = self.vector("y0", table.y0.as_ref(), size);
        let b = self.vector("b", table.b.as_ref(), size);
        if self.problems.len() > before {
            return;
        }
        let y = Series::new(vec![0.0; size]);
        let nodes = places.into_iter().zip(layer_of);
        let added = self.model.add_linear(LinearMechanism {
            c: MatrixHandle::new(c),
            g: MatrixHandle::new(g),
            y: y.clone(),
            y0: Some(Series::new(y0)),
            b: Series::new(b),
            nodes: nodes.map(|((id, x), layer)| (id, x, layer)).collect(),
            callable: None,
        });
        let Some(id) = self.take(added, key.span()) else {
            return;
        };
        self.model.name_linear(id, key);
        match self.linear.add(key, self.unknowns.len()) {
            Ok(()) => self.unknowns.push(y),
            Err(message) => self.problem(Problem::at(key.span(), message)),
        }
    }

    /// The layer of each place.
    fn layers_of(
        &mut self,
        table: &file::LinearMechanism,
        places: usize,
        most: usize,
    ) -> Vec<usize> {
        let Some(written) = &table.layers else {
            return vec![0; places];
        };
        if written.len() != places {
            let message = format!(
                "{}, and {}",
                counted(places, "place"),
                counted(written.len(), "layer")
            );
            self.problem(Problem::at(written.span(), message).help("one number for each place"));
        }
        let layers: Vec<usize> = written.iter().map(|&layer| layer as usize).collect();
        if let Some(layer) = layers.iter().find(|layer| **layer > most) {
            let message = format!("there is no layer {layer}");
            let help = format!(
                "0 is the inside of a segment, 1 to {most} are `vext[0]` to `vext[{}]`",
                most - 1
            );
            self.problem(Problem::at(written.span(), message).help(help));
        }
        layers
    }

    fn matrix(&mut self, name: &str, rows: &At<Vec<At<Vec<f64>>>>, size: usize) -> Matrix {
        let mut matrix = Matrix::new(size, size);
        if rows.len() != size {
            let message = format!(
                "`{name}` has {}, and `g` {size}",
                counted(rows.len(), "row")
            );
            self.problem(Problem::at(rows.span(), message));
            return matrix;
        }
        for (i, row) in rows.iter().enumerate() {
            if row.len() != size {
                let message = format!(
                    "`{name}` has {}, and this one {}",
                    counted(size, "row"),
                    counted(row.len(), "number")
                );
                self.problem(
                    Problem::at(row.span(), message)
                        .help("it is a square matrix, with a row and a column for each equation"),
                );
                return matrix;
            }
            for (j, &value) in row.iter().enumerate() {
                matrix.set(i, j, value);
            }
        }
        matrix
    }

    fn vector(&mut self, name: &str, values: Option<&At<Vec<f64>>>, size: usize) -> Vec<f64> {
        match values {
            None => vec![0.0; size],
            Some(values) => {
                if values.len() != size {
                    let message = format!("`{name}` has {}", counted(values.len(), "number"));
                    let problem = Problem::at(values.span(), message);
                    self.problem(problem.help(format!("`g` has {}", counted(size, "row"))));
                }
                values.to_vec()
            }
        }
    }
}
