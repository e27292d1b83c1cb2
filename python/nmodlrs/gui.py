"""NEURON's `from neuron import gui`: run control is there, windows are not."""
