//! Methods whose arguments are Vectors, numbers and words: [`numeric::Vector::call`] has them.

use std::mem;

use pyo3::exceptions::{PyAttributeError, PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use runtime::session::vector::{Answer, Argument};

use super::{Vector, convert, exception, new};
use crate::reference;

/// An argument, with elements of its own: the Vector whose method is called may be among them.
enum Given {
    Number(f64),
    Vector(Vec<f64>),
    Text(String),
}

impl Given {
    fn new(method: &str, object: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Some(number) = convert::number(object) {
            return Ok(Self::Number(number));
        }
        if let Ok(vector) = object.cast::<Vector>() {
            return Ok(Self::Vector(vector.get().values()));
        }
        if let Ok(text) = object.cast::<PyString>() {
            return Ok(Self::Text(text.to_string()));
        }
        Err(PyRuntimeError::new_err(format!(
            "Vector.{method}: {} is neither a number nor a Vector nor a word",
            object.repr()?
        )))
    }

    fn argument(&self) -> Argument<'_> {
        match self {
            Self::Number(number) => Argument::Number(*number),
            Self::Vector(values) => Argument::Vector(values),
            Self::Text(text) => Argument::Text(text),
        }
    }
}

/// Calls a method by name.
fn call(slf: &Bound<'_, Vector>, method: &str, args: &Bound<'_, PyTuple>) -> PyResult<Py<PyAny>> {
    let py = slf.py();
    let given = args.iter().map(|arg| Given::new(method, &arg));
    let given: Vec<Given> = given.collect::<PyResult<_>>()?;
    let arguments: Vec<Argument<'_>> = given.iter().map(Given::argument).collect();
    let answer = slf.get().handle.lock().call(method, &arguments);
    let Some(answer) = answer.map_err(exception)? else {
        return Err(PyAttributeError::new_err(format!("no method {method}")));
    };
    Ok(match answer {
        Answer::Itself => slf.clone().into_any().unbind(),
        Answer::New(values) => new(py, values)?,
        Answer::Number(value) => value.into_pyobject(py)?.into_any().unbind(),
        Answer::Integer(value) => value.into_pyobject(py)?.into_any().unbind(),
        Answer::Truth(value) => value.into_pyobject(py)?.to_owned().into_any().unbind(),
    })
}

macro_rules! methods {
    ($($name:ident $python:literal $doc:literal;)*) => {
        #[pymethods]
        impl Vector {
            $(
                #[doc = $doc]
                #[pyo3(name = $python, signature = (*args))]
                fn $name(slf: &Bound<'_, Self>, args: &Bound<'_, PyTuple>) -> PyResult<Py<PyAny>> {
                    call(slf, $python, args)
                }
            )*
        }
    };
}

methods! {
    abs "abs" "abs(), abs(source): absolute values.";
    add "add" "add(number), add(vector): adds to each element.";
    at "at" "at(), at(start), at(start, end): a copy of a range; end belongs to it.";
    buffer_size "buffer_size" "buffer_size(): the number of elements that there is memory for. buffer_size(size): reserves memory.";
    c "c" "c(), c(start), c(start, end): a copy of a range; end belongs to it.";
    clear "clear" "clear(): removes all elements.";
    contains "contains" "contains(value): whether there is an element of that value.";
    convlv "convlv" "convlv(source, response), convlv(source, response, -1): convolution, and what undoes it. The size of the response is odd, its order wrap-around.";
    copy "copy" "copy(source), copy(source, to), copy(source, start, end), copy(source, to, start, end [, to_step, step]), copy(source, indices [, to_indices]).";
    correl "correl" "correl(source [, other]): the correlation, first of lags from 0, then of negative ones.";
    deriv "deriv" "deriv([source,] [dx=1 [, method=2]]): the derivative, by Euler's method (1) or from both neighbours (2).";
    div "div" "div(number), div(vector): divides each element.";
    dot "dot" "dot(vector): the sum of products.";
    eq "eq" "eq(vector): 1 if sizes and elements are equal, else 0.";
    fft "fft" "fft([source,] [direction=1]): the Fourier transform, or with -1 what undoes it.";
    fill "fill" "fill(value), fill(value, start, end): sets elements.";
    filter "filter" "filter([source,] transfer): convolution with a response given by its transform.";
    floor "floor" "floor(), floor(source): the next whole numbers below.";
    hist "hist" "hist(data, start, size, step): so many numbers of data in each step from start on.";
    histogram "histogram" "histogram(low, high, width): a new vector of counts; the first and the last element are for what is outside.";
    ind "ind" "ind(indices): a new vector of those elements.";
    index "index" "index([source,] indices): the elements at indices; 0 where there is none.";
    indgen "indgen" "indgen(), indgen(step), indgen(start, step), indgen(start, stop, step): numbers at equal distances.";
    indvwhere "indvwhere" "indvwhere([source,] comparison, value [, value2]): the indices of elements for which it holds; see where.";
    indwhere "indwhere" "indwhere(comparison, value [, value2]): the first index of an element for which it holds, or -1; see where.";
    inf "inf" "inf(stimulus, dt, gl, el, cm, threshold, reset [, refractory]): the potential of an integrate-and-fire neuron.";
    insrt "insrt" "insrt(index, number or vector, ...): inserts before an element.";
    integral "integral" "integral([source,] [dx=1]): running sums times dx.";
    interpolate "interpolate" "interpolate(new_x, x [, y]): the values at new_x of the lines through x and y.";
    log "log" "log(), log(source): natural logarithms.";
    log10 "log10" "log10(), log10(source): decimal logarithms.";
    mag "mag" "mag(): the square root of the sum of squares.";
    max "max" "max(), max(start, end): the largest element.";
    max_ind "max_ind" "max_ind(), max_ind(start, end): the index of the largest element.";
    mean "mean" "mean(), mean(start, end): the mean.";
    meansqerr "meansqerr" "meansqerr(vector [, weights]): the mean of squared differences.";
    medfltr "medfltr" "medfltr([source,] [points=3]): medians of so many elements before and after each.";
    median "median" "median(): the median.";
    min "min" "min(), min(start, end): the smallest element.";
    min_ind "min_ind" "min_ind(), min_ind(start, end): the index of the smallest element.";
    mul "mul" "mul(number), mul(vector): multiplies each element.";
    pow "pow" "pow([source,] exponent): powers.";
    psth "psth" "psth(counts, dt, trials, size): rates in Hz, from bins that are widened until there are size spikes.";
    rebin "rebin" "rebin([source,] factor): sums of so many elements.";
    remove "remove" "remove(index), remove(start, end): removes elements; end belongs to them.";
    resample "resample" "resample(source, rate): so many times as many elements.";
    resize "resize" "resize(size): removes elements at the end, or adds zeros.";
    reverse "reverse" "reverse(): the last element becomes the first.";
    rotate "rotate" "rotate(by), rotate(by, 0): moves elements to the right; what leaves comes in at the other end, or zeros do.";
    scale "scale" "scale(low, high): the smallest element becomes low, the largest one high. Gives the factor.";
    sin "sin" "sin(frequency, phase [, dt=1]): a sine; the frequency is in Hz, dt in ms.";
    smhist "smhist" "smhist(data, start, size, step, variance [, weights]): a histogram, smoothed with a Gaussian.";
    sort "sort" "sort(): ascending order.";
    spctrm "spctrm" "spctrm(source [, size]): the power spectrum.";
    spikebin "spikebin" "spikebin(source, threshold [, bin=1]): 1 for bins in which the source rises to the threshold, else 0.";
    sqrt "sqrt" "sqrt(), sqrt(source): square roots.";
    standard_error "stderr" "stderr(), stderr(start, end): the standard error of the mean.";
    stdev "stdev" "stdev(), stdev(start, end): the standard deviation.";
    sub "sub" "sub(number), sub(vector): subtracts from each element.";
    sum "sum" "sum(), sum(start, end): the sum.";
    sumgauss "sumgauss" "sumgauss(low, high, step, variance [, weights]): a new vector, the sum of Gaussians at the elements.";
    sumsq "sumsq" "sumsq(), sumsq(start, end): the sum of squares.";
    tanh "tanh" "tanh(), tanh(source): hyperbolic tangents.";
    trigavg "trigavg" "trigavg(data, triggers, before, after): the average of data around indices. Gives the number of those.";
    var "var" "var(), var(start, end): the variance.";
    where_ "where" "where([source,] comparison, value [, value2]): the elements for which it holds. Comparisons are == != < <= > >= and, with two values, () [] [) (].";
}

/// Methods that are called often, or answer in a way of their own.
#[pymethods]
impl Vector {
    /// size(): the number of elements.
    #[pyo3(name = "size")]
    fn number_of_elements(&self) -> usize {
        self.size()
    }

    /// get(index): an element.
    #[pyo3(signature = (*args))]
    fn get(slf: &Bound<'_, Self>, args: &Bound<'_, PyTuple>) -> PyResult<Py<PyAny>> {
        call(slf, "get", args)
    }

    /// set(index, value): sets an element.
    #[pyo3(signature = (*args))]
    fn set(slf: &Bound<'_, Self>, args: &Bound<'_, PyTuple>) -> PyResult<Py<PyAny>> {
        call(slf, "set", args)
    }

    /// append(number or vector, ...): adds at the end.
    #[pyo3(signature = (*args))]
    fn append(slf: &Bound<'_, Self>, args: &Bound<'_, PyTuple>) -> PyResult<Py<PyAny>> {
        if args.len() == 1
            && let Some(number) = convert::number(&args.get_item(0)?)
        {
            let item = runtime::session::vector::edit::Item::Number(number);
            let appended = slf.get().handle.lock().append(&[item]);
            appended.map_err(exception)?;
            return Ok(slf.clone().into_any().unbind());
        }
        call(slf, "append", args)
    }

    /// sortindex([destination]): the indices of the elements in ascending order.
    #[pyo3(signature = (destination=None))]
    fn sortindex(
        slf: &Bound<'_, Self>,
        destination: Option<&Bound<'_, Self>>,
    ) -> PyResult<Py<PyAny>> {
        let indices = runtime::session::vector::search::sorted_indices(&slf.get().values());
        match destination {
            None => new(slf.py(), indices),
            Some(destination) => {
                let assigned = destination.get().handle.lock().assign("sortindex", indices);
                assigned.map_err(exception)?;
                Ok(destination.clone().into_any().unbind())
            }
        }
    }

    /// cl(), cl(start), cl(start, end): a copy of a range and of the label.
    #[pyo3(signature = (*args))]
    fn cl(slf: &Bound<'_, Self>, args: &Bound<'_, PyTuple>) -> PyResult<Py<PyAny>> {
        let copy = call(slf, "c", args)?;
        let label = slf.get().handle.lock().label.clone();
        let other = copy.bind(slf.py()).cast::<Self>()?;
        other.get().handle.lock().label = label;
        Ok(copy)
    }

    /// label(): the label. label(text): sets it.
    #[pyo3(signature = (text=None))]
    fn label(&self, text: Option<String>) -> String {
        let mut vector = self.handle.lock();
        if let Some(text) = text {
            drop(mem::replace(&mut vector.label, text));
        }
        vector.label.clone()
    }

    /// from_python(iterable): the numbers of anything that can be iterated over.
    fn from_python<'py>(
        slf: &Bound<'py, Self>,
        source: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, Self>> {
        let values = convert::numbers(source)?;
        let assigned = slf.get().handle.lock().assign("from_python", values);
        assigned.map_err(exception)?;
        Ok(slf.clone())
    }

    /// to_python([target]): the elements as a list, or in a list or array of the same size.
    #[pyo3(signature = (target=None))]
    fn to_python(&self, py: Python<'_>, target: Option<Py<PyAny>>) -> PyResult<Py<PyAny>> {
        let values = self.values();
        let Some(target) = target else {
            return Ok(values.into_pyobject(py)?.into_any().unbind());
        };
        let size = target.bind(py).len()?;
        if size != values.len() {
            return Err(PyRuntimeError::new_err(format!(
                "Vector.to_python: the target has size {size}, but {} is needed",
                values.len()
            )));
        }
        for (index, value) in values.into_iter().enumerate() {
            target.bind(py).set_item(index, value)?;
        }
        Ok(target)
    }

    /// as_numpy(): a numpy array that shares the elements. While there is one, the size of the
    /// Vector cannot change.
    fn as_numpy<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let numpy = slf.py().import("numpy")?;
        numpy.call_method1("asarray", (slf,))
    }

    /// from_double(size, reference): so many elements from that of another Vector on.
    fn from_double<'py>(
        slf: &Bound<'py, Self>,
        size: usize,
        reference: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, Self>> {
        let Some((values, index)) = reference::elements(reference) else {
            return Err(PyTypeError::new_err(
                "Vector.from_double: a reference to an element of a Vector is needed",
            ));
        };
        let Some(values) = values.get(..size) else {
            return Err(PyRuntimeError::new_err(format!(
                "Vector.from_double: there are not {size} elements from index {index} on"
            )));
        };
        let assigned = slf
            .get()
            .handle
            .lock()
            .assign("from_double", values.to_vec());
        assigned.map_err(exception)?;
        Ok(slf.clone())
    }
}
