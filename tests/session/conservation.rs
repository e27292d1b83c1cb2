//! What no method may change: the charge of a cable without a membrane current, the mass of a kinetic
//! scheme, a sum that CONSERVE states.

use runtime::library::Repeated;
use runtime::session::Session;
use runtime::{End, Place, Progress};

/// How steps are made.
#[derive(Debug, Clone, Copy)]
enum Method {
    Fixed { secondorder: f64 },
    Cvode { stiff: u32, jacobian: u32 },
}

const METHODS: [Method; 7] = [
    Method::Fixed { secondorder: 0.0 },
    Method::Fixed { secondorder: 1.0 },
    Method::Fixed { secondorder: 2.0 },
    Method::Cvode {
        stiff: 2,
        jacobian: 0,
    },
    Method::Cvode {
        stiff: 2,
        jacobian: 1,
    },
    Method::Cvode {
        stiff: 1,
        jacobian: 0,
    },
    Method::Cvode {
        stiff: 0,
        jacobian: 0,
    },
];

impl Method {
    /// How much of a sum may get lost: little more than roundoff, but with a matrix from differences
    /// as much as Newton's iteration leaves.
    fn accuracy(self) -> f64 {
        match self {
            Self::Cvode { jacobian: 1, .. } => 1e-7,
            _ => 1e-11,
        }
    }

    fn set(self, session: &mut Session) {
        match self {
            Self::Fixed { secondorder } => {
                session
                    .set(Place::Model, "secondorder", secondorder)
                    .unwrap();
            }
            Self::Cvode { stiff, jacobian } => {
                session.cvode.stiff = stiff;
                session.cvode.jacobian = jacobian;
                session.set_variable_step(true).unwrap();
            }
        }
    }
}

fn run(session: &mut Session, until_ms: f64, mut look: impl FnMut(&mut Session)) {
    session.initialize(None).unwrap();
    look(session);
    while session.t_ms() < until_ms {
        assert_eq!(session.advance().unwrap(), Progress::Done);
        look(session);
    }
}

#[test]
fn charge_spreads_along_a_cable_and_stays() {
    for method in METHODS {
        let mut session = Session::new().unwrap();
        let trunk = session.add_section("trunk").unwrap();
        let branch = session.add_section("branch").unwrap();
        let model = session.model();
        for (section, nseg, diam_um) in [(trunk, 7, 5.0), (branch, 5, 2.0)] {
            model.set_segment_count(section, nseg).unwrap();
            model.set_length(section, 300.0).unwrap();
            model.set_diameter(section, diam_um).unwrap();
        }
        model.connect(branch, End::Zero, trunk, 0.5).unwrap();
        method.set(&mut session);
        let segments = |n: u32| (0..n).map(move |i| (f64::from(i) + 0.5) / f64::from(n));
        let places = segments(7)
            .map(|x| (trunk, x))
            .chain(segments(5).map(|x| (branch, x)));
        let places: Vec<Place> = places
            .map(|(section, x)| Place::Segment { section, x })
            .collect();
        for (number, &place) in places.iter().enumerate() {
            session
                .set(place, "v", -65.0 + 10.0 * number as f64)
                .unwrap();
        }
        // In µF/cm²·µm²·mV.
        let charge = |session: &Session| -> f64 {
            let of = |&place: &Place| {
                let get = |name| session.get(place, name).unwrap();
                get("cm") * get("area") * get("v")
            };
            places.iter().map(of).sum()
        };
        let (mut first, mut spread) = (f64::NAN, f64::NAN);
        run(&mut session, 20.0, |session| {
            let now = charge(session);
            if first.is_nan() {
                first = now;
            }
            assert!(
                ((now - first) / first).abs() < method.accuracy(),
                "{method:?}, {} ms: {now} after {first}",
                session.t_ms()
            );
            let v = |place: &Place| session.get(*place, "v").unwrap();
            spread = places.iter().map(v).fold(f64::NEG_INFINITY, f64::max)
                - places.iter().map(v).fold(f64::INFINITY, f64::min);
        });
        // It did spread: it was 110 mV.
        assert!(spread < 60.0, "{method:?}: {spread}");
    }
}

/// a + b <-> c, which keeps a + c and b + c.
fn scheme(conserve: &str) -> String {
    format!(
        "NEURON {{ SUFFIX x RANGE a, b, c }}\nSTATE {{ a b c }}\nINITIAL {{ a = 3 b = 2 c = 0.5 }}\n\
         BREAKPOINT {{ SOLVE scheme METHOD sparse }}\n\
         KINETIC scheme {{\n ~ a + b <-> c (0.7, 0.2)\n {conserve}\n}}\n"
    )
}

#[test]
fn mass_of_a_kinetic_scheme_with_conserve_and_without() {
    for text in [scheme(""), scheme("CONSERVE a + c = 3.5")] {
        for method in METHODS {
            let mut session = Session::new().unwrap();
            session
                .load_text("x.mod", &text, Repeated::Replace)
                .unwrap();
            let section = session.add_section("soma").unwrap();
            session.insert(section, "x").unwrap();
            method.set(&mut session);
            let place = Place::Segment { section, x: 0.5 };
            let mut last = f64::NAN;
            run(&mut session, 10.0, |session| {
                let get = |name| session.get(place, name).unwrap();
                let (a, b, c) = (get("a_x"), get("b_x"), get("c_x"));
                for (sum, right) in [(a + c, 3.5), (b + c, 2.5)] {
                    assert!(
                        (sum - right).abs() < method.accuracy(),
                        "{method:?}: {sum} for {right}"
                    );
                }
                last = c;
            });
            // It is not where it began.
            assert!(last > 1.0, "{method:?}: {last}");
        }
    }
}
