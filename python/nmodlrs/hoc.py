"""The class of `h`, under the name that NEURON has for it."""

from nmodlrs._nmodlrs import HocObject

__all__ = ["HocObject"]
