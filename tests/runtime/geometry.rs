//! Areas, diameters and axial resistances: closed forms, and NEURON's numbers.

use std::f64::consts::PI;

use runtime::{CallError, End, Model, ModelError, Point3d};

use super::cells::at;
use super::{assert_close, numbers, reference};

fn point(x: f64, y: f64, z: f64, d: f64) -> Point3d {
    Point3d {
        x_um: x as f32,
        y_um: y as f32,
        z_um: z as f32,
        diam_um: d as f32,
    }
}

#[test]
fn a_cylinder_in_equal_parts() {
    for nseg in [1, 2, 5, 10] {
        let mut model = Model::new();
        let id = model.add_section("s").unwrap();
        model.set_length(id, 120.0).unwrap();
        model.set_diameter(id, 3.0).unwrap();
        model.set_axial_resistivity(id, 100.0).unwrap();
        model.set_segment_count(id, nseg).unwrap();
        let dx = 120.0 / nseg as f64;
        // Ω·cm · µm / µm² is 10⁻² MΩ.
        let whole = 1e-2 * 100.0 * dx / (PI * 9.0 / 4.0);
        for i in 0..nseg {
            let x = model.section(id).unwrap().segment_x(i);
            assert_close(
                "area",
                &[model.get(at(id, x), "area").unwrap()],
                &[PI * 3.0 * dx],
                1e-15,
            );
            let ri = if i == 0 { whole / 2.0 } else { whole };
            assert_close("ri", &[model.get(at(id, x), "ri").unwrap()], &[ri], 1e-15);
        }
    }
}

/// A cone from diameter 4 to 2 µm over 30 µm: lateral area and the integral of 1/(π r²).
#[test]
fn a_cone_as_one_segment() {
    let mut model = Model::new();
    let id = model.add_section("cone").unwrap();
    model.set_axial_resistivity(id, 100.0).unwrap();
    model
        .set_points(id, &[point(0.0, 0.0, 0.0, 4.0), point(0.0, 30.0, 0.0, 2.0)])
        .unwrap();
    let area = |r1: f64, r2: f64, l: f64| PI * (r1 + r2) * (l * l + (r1 - r2).powi(2)).sqrt();
    let found = model.get(at(id, 0.5), "area").unwrap();
    assert_close(
        "area",
        &[found],
        &[area(2.0, 1.5, 15.0) + area(1.5, 1.0, 15.0)],
        1e-14,
    );
    // Half a segment: Ra · l / (π r1 r2).
    let half = 1e-2 * 100.0 * 15.0 / (PI * 2.0 * 1.5);
    assert_close(
        "ri",
        &[model.get(at(id, 0.5), "ri").unwrap()],
        &[half],
        1e-14,
    );
    assert_close(
        "diam",
        &[model.get(at(id, 0.5), "diam").unwrap()],
        &[3.0],
        1e-14,
    );
}

/// Frusta that begin and end anywhere in a segment, jumps of diameter, both orientations.
#[test]
fn points_as_neuron_has_them() {
    for case in reference("geometry").as_array().unwrap() {
        let points: Vec<Point3d> = case["points"]
            .as_array()
            .unwrap()
            .iter()
            .map(numbers)
            .map(|p| point(p[0], p[1], p[2], p[3]))
            .collect();
        let nseg = case["nseg"].as_u64().unwrap() as usize;
        let end = if case["end"] == 0 {
            End::Zero
        } else {
            End::One
        };
        let mut model = Model::new();
        let root = model.add_section("root").unwrap();
        let id = model.add_section("s").unwrap();
        model.set_axial_resistivity(id, 140.0).unwrap();
        model.set_points(id, &points).unwrap();
        model.set_segment_count(id, nseg).unwrap();
        model.connect(id, end, root, 1.0).unwrap();
        let what = format!("nseg {nseg} end {end:?}");
        let length = model.section(id).unwrap().length_um();
        assert_close(&what, &[length], &[case["L"].as_f64().unwrap()], 1e-14);
        for name in ["area", "ri", "diam"] {
            let of = |i| {
                model
                    .get(at(id, (f64::from(i) + 0.5) / nseg as f64), name)
                    .unwrap()
            };
            let ours: Vec<f64> = (0..nseg as u32).map(of).collect();
            assert_close(
                &format!("{what} {name}"),
                &ours,
                &numbers(&case[name]),
                1e-12,
            );
        }
    }
}

#[test]
fn setting_length_scales_points_and_setting_diam_replaces_theirs() {
    let mut model = Model::new();
    let id = model.add_section("s").unwrap();
    model
        .set_points(id, &[point(0.0, 0.0, 0.0, 2.0), point(10.0, 0.0, 0.0, 2.0)])
        .unwrap();
    model.set_length(id, 20.0).unwrap();
    assert_eq!(model.section(id).unwrap().points()[1].x_um, 20.0);
    assert_close(
        "area",
        &[model.get(at(id, 0.5), "area").unwrap()],
        &[PI * 40.0],
        1e-14,
    );
    model.set_diameter(id, 5.0).unwrap();
    assert_close(
        "area",
        &[model.get(at(id, 0.5), "area").unwrap()],
        &[PI * 100.0],
        1e-14,
    );
}

#[test]
fn impossible_geometry_is_an_error() {
    let mut model = Model::new();
    let id = model.add_section("s").unwrap();
    let value = |result: Result<(), ModelError>| matches!(result, Err(ModelError::Value { .. }));
    assert!(value(model.set_length(id, 0.0)));
    assert!(value(model.set_length(id, f64::NAN)));
    assert!(value(model.set_diameter(id, -1.0)));
    assert!(value(model.set_axial_resistivity(id, f64::INFINITY)));
    let count = model.set_segment_count(id, 0);
    assert!(matches!(
        count,
        Err(CallError::Model(ModelError::Value { .. }))
    ));
    assert!(value(model.set_points(id, &[point(0.0, 0.0, 0.0, 1.0)])));
    assert!(value(model.set_points(id, &[point(1.0, 0.0, 0.0, 1.0); 2])));
    assert!(value(model.set_points(
        id,
        &[point(0.0, 0.0, 0.0, 1.0), point(f64::NAN, 0.0, 0.0, 1.0)]
    )));
}
