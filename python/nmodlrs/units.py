"""Numbers that convert to NEURON's units: `3 * ms`, `-65 * mV`, `5 * um`, `2 * mM`."""

# time, in ms
ms = 1
us = μs = 1e-3
s = sec = 1e3
minute = 60 * s
hour = 60 * minute
day = 24 * hour

# potential, in mV
mV = 1
uV = μV = 1e-3
V = 1e3

# length, in µm
um = μm = 1
nm = 1e-3
mm = 1000
cm = 10_000
m = 1_000_000

# concentration, in mM
mM = 1
nM = 1e-6
uM = μM = 1e-3
M = 1e3
