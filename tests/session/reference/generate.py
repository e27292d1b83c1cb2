"""Makes random.json and vector.json: numbers of NEURON 9.0.2 that tests/session compares with.

    python generate.py            (in the environment that tests/neuron/venv.sh makes)

Numbers are written so that reading gives the same double.
"""

import json
from pathlib import Path

from neuron import h

DISTRIBUTIONS = [
    ("uniform", 2, 5), ("uniform", 3, -1), ("discunif", -3, 4), ("discunif", 9.9, 2.2),
    ("normal", 1, 4), ("lognormal", 3, 2), ("lognormal", -3, 2), ("negexp", 2.5), ("poisson", 3.5), ("poisson", -1),
    ("poisson", 50), ("binomial", 20, 0.3), ("binomial", 7.9, 1), ("geometric", 0.8),
    ("geometric", 0), ("hypergeo", 2, 5), ("erlang", 3, 2), ("erlang", 1, 40), ("erlang", 20, 1),
    ("weibull", 1.5, 2), ("weibull", -2, 3),
]


def random_cases():
    """Each distribution with each generator; the generators go on from one to the next."""
    streams = []
    for name in ("Random", "Random123", "MCellRan4", "MCellRan4 low", "MCellRan4 without high"):
        for shared in ((0, 0), (11, 5)):
            r = h.Random()
            r.Random123_globalindex(shared[0])
            h.mcell_ran4_init(shared[1])
            r = h.Random(17, 20)
            case = {"generator": name, "global_index": shared[0], "low_index": shared[1]}
            case["initial"] = [r.repick() for _ in range(3)]
            if name == "Random123":
                r.Random123(5, 11, 2)
            elif name == "MCellRan4":
                case["high"] = r.MCellRan4(1234)
            elif name == "MCellRan4 low":
                case["high"] = r.MCellRan4(1234, 77)
            elif name == "MCellRan4 without high":
                case["high"] = r.MCellRan4()
            case["kept"] = [r.repick() for _ in range(3)]
            case["draws"] = []
            for method, *args in DISTRIBUTIONS:
                draws = [getattr(r, method)(*args)] + [r.repick() for _ in range(8)]
                case["draws"].append({"method": method, "args": args, "draws": draws})
            case["sequence"] = r.seq()
            r.seq(6)
            r.uniform(0, 1)
            case["after"] = [r.repick() for _ in range(6)]
            streams.append(case)
    high = h.ref(21)
    h.mcell_ran4_init(3)
    streams.append({"function": [h.mcell_ran4(high) for _ in range(4)], "high": high[0]})
    return streams


def write(name, cases):
    lines = ",\n".join(json.dumps(case) for case in cases)
    Path(__file__).with_name(name).write_text("[\n" + lines + "\n]\n")


write("random.json", random_cases())
