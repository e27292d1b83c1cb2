//! A cell's numbers do not depend on the cells around it.

use runtime::{NetCon, Place, Simulation, Source};

use super::cells::{self, Cell, at, clamp, find, trace};

/// Somatic and dendritic potentials of `count` cells with different stimuli, and of one more of
/// another shape.
fn run(count: usize, only: Option<usize>, tstop: f64) -> Vec<Vec<f64>> {
    let mut model = cells::model();
    let mut variables = Vec::new();
    for i in (0..count).filter(|&i| only.is_none_or(|o| o == i)) {
        let cell = Cell::excitable(&mut model, &format!("cell{i}."));
        clamp(
            &mut model,
            cell.soma,
            0.5,
            [1.0, 20.0, 0.5 + 0.1 * (i % 13) as f64],
        );
        let expsyn = find(&model, "ExpSyn");
        let synapse = model.add_point_process(expsyn, cell.twig, 1.0).unwrap();
        let source = Source::Variable {
            place: at(cell.soma, 0.5),
            name: "v".to_owned(),
        };
        let netcon = NetCon {
            weights: vec![0.01],
            ..NetCon::new(source, Some(synapse))
        };
        model.add_netcon(netcon).unwrap();
        variables.extend([
            (at(cell.soma, 0.5), "v"),
            (at(cell.twig, 0.0), "v"),
            (at(cell.apic, 0.4), "n_hh"),
            (Place::Point(synapse), "g"),
        ]);
        if i == 1 {
            let other = model.add_section("other").unwrap();
            model.insert(other, find(&model, "hh")).unwrap();
        }
    }
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(Some(-65.0)).unwrap();
    trace(&mut simulation, &variables, tstop, 40)
}

/// 13 cells are groups of 8, 4 and 1: every one gives the same bits as alone.
#[test]
fn the_same_bits_as_one_cell_alone() {
    let together = run(13, None, 8.0);
    for i in 0..13 {
        let alone = run(13, Some(i), 8.0);
        assert_eq!(together[4 * i..4 * i + 4], alone, "cell {i}");
    }
    // The stimuli differ, so the cells do.
    assert_ne!(together[0], together[4]);
}

/// Many cells are computed in parts.
#[test]
fn the_same_bits_in_every_part() {
    let count = 300;
    let together = run(count, None, 3.0);
    for i in [0, 7, 150, count - 1] {
        let alone = run(count, Some(i), 3.0);
        assert_eq!(together[4 * i..4 * i + 4], alone, "cell {i}");
    }
}
