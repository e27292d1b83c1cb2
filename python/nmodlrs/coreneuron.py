"""`from neuron import coreneuron`: its switches are accepted, for there is one engine.

`coreneuron.enable = True` has NEURON run `psolve` in another simulator. Here it changes nothing.
"""

enable = False
gpu = False
num_gpus = 0
file_mode = False
verbose = 0
cell_permute = 0
warp_balance = 0
only_simulate_str = None
model_stats = False
skip_write_model_to_disk = False
