//! Neuron simulation over mechanism kernels.
