"""NEURON's classes of sections and segments under the name that NEURON has for them."""

from nmodlrs._nmodlrs import Section, Segment

__all__ = ["Section", "Segment"]
