//! `h.Random`, and the functions of h that all of its generators share.

use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::{PyNotImplementedError, PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use runtime::PlayId;
use runtime::session::argument;
use runtime::session::random::{
    self as numeric, Distribution, Generator, RandomError, RandomHandle, Shared,
};

use crate::number::{Number, Numbers};
use crate::reference::Reference;
use crate::world::{self, Key};

static NUMBERS: Numbers = Numbers::new();

static SHARED: LazyLock<Arc<Mutex<Shared>>> = LazyLock::new(Arc::default);

/// What all generators share.
pub fn shared() -> MutexGuard<'static, Shared> {
    SHARED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The index that all Random123 streams share, those of mechanisms too; sets it if it is given.
pub fn global_index(index: Option<f64>) -> PyResult<f64> {
    if let Some(index) = index {
        let index = word("Random.Random123_globalindex", "index", index)?;
        shared().global_index = index;
        world::with(|session| {
            session.set_random_index(index);
            Ok(())
        })?;
    }
    Ok(f64::from(shared().global_index))
}

fn exception(error: impl Into<RandomError>) -> PyErr {
    PyRuntimeError::new_err(error.into().to_string())
}

/// A number of 32 bits.
pub fn word(method: &'static str, name: &'static str, value: f64) -> PyResult<u32> {
    argument::word(method, name, value).map_err(exception)
}

/// A source of random numbers.
///
/// Random(), Random(seed), Random(seed, size) is a Random123 stream of these two ids, from which a
/// normal distribution is picked.
#[pyclass(name = "Random", module = "nmodlrs", subclass, weakref, frozen)]
pub struct Random {
    random: RandomHandle,
    plays: Mutex<Vec<PlayId>>,
    number: Number,
}

impl Drop for Random {
    fn drop(&mut self) {
        let plays = self.plays.get_mut().unwrap_or_else(PoisonError::into_inner);
        let keys = plays.drain(..).map(Key::Play);
        keys.for_each(world::release);
    }
}

impl Random {
    fn lock(&self) -> MutexGuard<'_, numeric::Random> {
        self.random.lock()
    }

    /// The generator itself, for mechanisms that draw from it.
    pub fn handle(&self) -> &RandomHandle {
        &self.random
    }

    /// Another number of the distribution that was used last.
    pub fn pick(&self) -> f64 {
        self.lock().repick(&shared())
    }

    fn draw(&self, distribution: Result<Distribution, RandomError>) -> PyResult<f64> {
        Ok(self
            .lock()
            .draw(distribution.map_err(exception)?, &shared()))
    }
}

#[pymethods]
impl Random {
    /// Takes anything, for classes that derive from this one; `__init__` has the seed.
    #[new]
    #[pyo3(signature = (*_args, **_kwargs))]
    fn new(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Self {
        Self {
            random: RandomHandle::new(
                numeric::Random::random123([0, 55, 0], &shared()),
                Arc::clone(&SHARED),
            ),
            plays: Mutex::default(),
            number: NUMBERS.take(),
        }
    }

    #[pyo3(signature = (seed=0.0, size=55.0))]
    fn __init__(&self, seed: f64, size: f64) -> PyResult<()> {
        // As NEURON does: a negative seed counts from 2^32 downwards.
        let seed = seed as i64 as u32;
        *self.lock() = numeric::Random::new(seed, size, &shared()).map_err(exception)?;
        Ok(())
    }

    /// Picks from now on from the Random123 stream of three ids, from its beginning.
    #[pyo3(name = "Random123", signature = (id1=0.0, id2=0.0, id3=0.0))]
    fn random123(&self, id1: f64, id2: f64, id3: f64) -> PyResult<f64> {
        const METHOD: &str = "Random.Random123";
        let ids = [
            word(METHOD, "id1", id1)?,
            word(METHOD, "id2", id2)?,
            word(METHOD, "id3", id3)?,
        ];
        let generator = Generator::random123(ids, &shared());
        self.lock().set_generator(generator);
        Ok(0.0)
    }

    /// The index that all Random123 streams share; sets it if it is given.
    #[pyo3(name = "Random123_globalindex", signature = (index=None))]
    fn random123_globalindex(&self, index: Option<f64>) -> PyResult<f64> {
        global_index(index)
    }

    /// The three ids of the Random123 stream; None for another generator.
    fn _ids(&self) -> Option<[u32; 3]> {
        match self.lock().generator() {
            Generator::Random123(stream) => Some(stream.ids().ids),
            Generator::MCellRan4 { .. } => None,
        }
    }

    /// Sets a variable to a new number of the distribution that was used last: when
    /// `h.finitialize` begins and in every step, as long as this object lives.
    fn play(&self, variable: &Bound<'_, PyAny>) -> PyResult<f64> {
        let wrong = |_| {
            PyTypeError::new_err("Random.play needs a reference to a variable, as segment._ref_v")
        };
        let variable = variable.cast::<Reference>().map_err(wrong)?;
        let variable = variable.borrow().0.clone();
        let random = self.random.clone();
        let play = world::with(|session| session.draw_into(random, &variable))?;
        self.plays
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(play);
        Ok(0.0)
    }

    /// Picks from now on from MCellRan4 with these indices. Gives the high index; 0 is for one that
    /// is chosen.
    #[pyo3(name = "MCellRan4", signature = (highindex=0.0, lowindex=0.0))]
    fn mcell_ran4(&self, highindex: f64, lowindex: f64) -> PyResult<f64> {
        const METHOD: &str = "Random.MCellRan4";
        let high = word(METHOD, "highindex", highindex)?;
        let low = word(METHOD, "lowindex", lowindex)?;
        let (generator, high) = Generator::mcell_ran4(high, low, &mut shared());
        self.lock().set_generator(generator);
        Ok(f64::from(high))
    }

    /// The position in the sequence of picks; sets it if it is given.
    #[pyo3(signature = (position=None))]
    fn seq(&self, position: Option<f64>) -> PyResult<f64> {
        let mut random = self.lock();
        if let Some(position) = position {
            random
                .set_sequence(position, &shared())
                .map_err(exception)?;
        }
        Ok(random.sequence())
    }

    /// Another number of the distribution that was used last.
    fn repick(&self) -> f64 {
        self.pick()
    }

    /// A number between low and high.
    fn uniform(&self, low: f64, high: f64) -> PyResult<f64> {
        self.draw(Distribution::uniform(low, high))
    }

    /// A whole number from low to high, both included.
    fn discunif(&self, low: f64, high: f64) -> PyResult<f64> {
        self.draw(Distribution::discrete_uniform(low, high))
    }

    /// A number of a normal distribution.
    fn normal(&self, mean: f64, variance: f64) -> PyResult<f64> {
        self.draw(Distribution::normal(mean, variance))
    }

    /// A number whose logarithm is normal; mean and variance are its own.
    fn lognormal(&self, mean: f64, variance: f64) -> PyResult<f64> {
        self.draw(Distribution::lognormal(mean, variance))
    }

    /// A number of a negative exponential distribution.
    fn negexp(&self, mean: f64) -> PyResult<f64> {
        self.draw(Distribution::exponential(mean))
    }

    /// A number of a Poisson distribution.
    fn poisson(&self, mean: f64) -> PyResult<f64> {
        self.draw(Distribution::poisson(mean))
    }

    /// The successes among n trials of probability p.
    fn binomial(&self, n: f64, p: f64) -> PyResult<f64> {
        self.draw(Distribution::binomial(n, p))
    }

    /// The trials of probability p up to the first failure.
    fn geometric(&self, p: f64) -> PyResult<f64> {
        self.draw(Distribution::geometric(p))
    }

    /// A number of NEURON's hypergeometric distribution.
    fn hypergeo(&self, mean: f64, variance: f64) -> PyResult<f64> {
        self.draw(Distribution::hypergeometric(mean, variance))
    }

    /// A number of an Erlang distribution.
    fn erlang(&self, mean: f64, variance: f64) -> PyResult<f64> {
        self.draw(Distribution::erlang(mean, variance))
    }

    /// A number of a Weibull distribution.
    fn weibull(&self, alpha: f64, beta: f64) -> PyResult<f64> {
        self.draw(Distribution::weibull(alpha, beta))
    }

    /// `Random[0]`: the class and a number.
    fn hname(&self) -> String {
        format!("Random[{}]", self.number.value)
    }

    fn __repr__(&self) -> String {
        self.hname()
    }
}

/// mcell_ran4_init([lowindex]): the low index of MCellRan4 generators that have none of their own;
/// sets it, and gives the one before.
#[pyfunction]
#[pyo3(signature = (lowindex=None))]
pub fn mcell_ran4_init(lowindex: Option<f64>) -> PyResult<f64> {
    let mut shared = shared();
    let before = f64::from(shared.low_index);
    if let Some(lowindex) = lowindex {
        shared.low_index = word("mcell_ran4_init", "lowindex", lowindex)?;
    }
    Ok(before)
}

/// use_mcell_ran4([value]): whether `scop_random` of mechanisms draws from MCellRan4; 0 at first.
/// It is not possible here, so that only 0 can be set.
#[pyfunction]
#[pyo3(signature = (value=None))]
pub fn use_mcell_ran4(value: Option<f64>) -> PyResult<f64> {
    match value {
        Some(value) if value != 0.0 => Err(PyNotImplementedError::new_err(
            "use_mcell_ran4(1): scop_random and its kin have their own generator; use RANDOM \
             variables in mechanisms, and h.Random with MCellRan4 in Python",
        )),
        _ => Ok(0.0),
    }
}

/// mcell_ran4(reference): a number from 0 to below 1; the high index in the reference counts on.
#[pyfunction]
pub fn mcell_ran4(highindex: &Bound<'_, PyAny>) -> PyResult<f64> {
    let mut high = highindex.get_item(0)?.extract::<f64>()? as i64 as u32;
    let value = shared().mcell_ran4(&mut high);
    highindex.set_item(0, f64::from(high))?;
    Ok(value)
}
