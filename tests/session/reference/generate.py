"""Makes random.json, vector.json and files.json: numbers of NEURON 9.0.2 that tests/session compares with.

    python generate.py            (in the environment that tests/neuron/venv.sh makes)

Numbers are written so that reading gives the same double.
"""

import json
import math
import struct
import tempfile
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


def vector_cases():
    """Calls of Vector's methods: the vector, the arguments, the answer, the vector afterwards."""
    ramp, wave = [1, 2, 3, 4, 5, 6, 7], [0.3, -1.2, 2.5, 2.5, 0.1, -0.7, 4.25, 1e-3, 9.5, -3.75, 0.6]
    odd = [wave[(7 * i) % 11] * (1 + 0.1 * i) for i in range(37)]
    spikes = [0, 1, 0, 3, 2, 0, 0, 5, 1, 0, 2, 4]
    calls = [
        (ramp, "size"), (ramp, "buffer_size"), (ramp, "buffer_size", 3), (ramp, "buffer_size", 20),
        (ramp, "resize", 3), (ramp, "resize", 9), (ramp, "resize", -1), (ramp, "clear"),
        (ramp, "get", 2), (ramp, "get", 2.9), (ramp, "get", 7), (ramp, "get", -1), (ramp, "get", -0.5),
        (ramp, "get", 6.5), (ramp, "set", 1, 7.5), (ramp, "set", 7, 1), (ramp, "set", 1),
        (ramp, "append", 8, [9, 10], 11), (ramp, "append"), ([], "append", [1.5]),
        (ramp, "insrt", 2, 8, [9, 10]), (ramp, "insrt", 7, 8), (ramp, "insrt", 8, 8),
        (ramp, "remove", 2), (ramp, "remove", 2, 4), (ramp, "remove", 0, 6), (ramp, "remove", 7),
        (ramp, "remove", 4, 2), (ramp, "contains", 3 + 5e-12), (ramp, "contains", 3.1),
        (ramp, "fill", 2.5), (ramp, "fill", 2.5, 1, 3), (ramp, "fill", 2.5, 3, 1),
        (ramp, "fill", 2.5, 1), ([], "fill", 1),
        (ramp, "indgen"), (ramp, "indgen", 0.1), (ramp, "indgen", 5, -0.5),
        (ramp, "indgen", 0, 1, 0.1), (ramp, "indgen", 10, 0, -2.5), (ramp, "indgen", 0, 10, 3),
        (ramp, "indgen", 0, 1, 2), (ramp, "indgen", 0, 10, -1), (ramp, "indgen", 0, 1, -1),
        (ramp, "indgen", 5, 5, 0), (ramp, "indgen", 0, 1, 0), ([], "indgen", 1),
        (ramp, "c"), (ramp, "c", 2), (ramp, "c", 2, 4), (ramp, "c", 7), (ramp, "c", 4, 2),
        (ramp, "at", 1, 1), ([], "c"), ([], "c", 0),
        (ramp, "copy", [8, 9]), (ramp, "copy", []), (ramp, "copy", [8, 9], 1), (ramp, "copy", [8, 9], 6),
        (ramp, "copy", [8, 9], 12), (ramp, "copy", [8, 9, 10], 1, 2), (ramp, "copy", [8, 9, 10], 2, 1),
        (ramp, "copy", [8, 9, 10], 1, -1), (ramp, "copy", [8, 9, 10], 4, 0, 2),
        (ramp, "copy", wave, 2, 1, 9, 3, 2), (ramp, "copy", wave, 2, 1, 9, 0, 2),
        (ramp, "copy", wave, 2, 11, 11), (ramp, "copy", [8, 9], -1), (ramp, "copy", [], 9),
        (ramp, "copy", wave, [0, 2, 30, -1]), (ramp, "copy", wave, [8, 2.9, 30, 0, 1], [2, 1, 1, 99]),
        (ramp, "sum"), (wave, "sum"), (wave, "sum", 2, 5), (wave, "sum", 5, 2), (wave, "sum", 2), ([], "sum"),
        (wave, "sumsq"), (wave, "sumsq", 3, 3), (odd, "mean"), ([], "mean"), ([4], "mean"),
        (odd, "var"), (odd, "var", 4, 20), ([4], "var"), (odd, "stdev"), (odd, "stdev", 4, 20),
        (odd, "stdev", 4, 4), (odd, "stderr"), (odd, "stderr", 4, 20), ([], "stderr"),
        (wave, "min"), (wave, "max"), (wave, "min_ind"), (wave, "max_ind"), (wave, "min", 1, 4),
        (wave, "max", 1, 4), (wave, "min_ind", 2, 4), (wave, "max_ind", 2, 4), (wave, "max_ind", 4, 11),
        ([], "min"), ([], "max"), ([], "min_ind"), ([], "max_ind"), ([], "max", 0, 0),
        (wave, "median"), (ramp, "median"), (odd[:8], "median"), ([], "median"),
        (wave, "mag"), ([], "mag"), (ramp, "dot", wave[:7]), (ramp, "dot", wave),
        (ramp, "meansqerr", wave), (ramp, "meansqerr", wave, odd), (ramp, "meansqerr", [1]),
        (ramp, "meansqerr", wave, [1]), ([], "meansqerr", []),
        (ramp, "eq", [1, 2, 3, 4, 5, 6, 7 + 5e-12]), (ramp, "eq", wave), (ramp, "eq", ramp[:3]),
        (wave, "add", 0.1), (wave, "sub", 0.1), (wave, "mul", 0.1), (wave, "div", 0.3), (wave, "div", 0),
        (ramp, "add", wave[:7]), (ramp, "sub", wave[:7]), (ramp, "mul", wave[:7]), (ramp, "div", wave[:7]),
        (ramp, "add", wave), (ramp, "div", [1]), (wave, "scale", -1, 3), ([2, 2], "scale", 0, 1),
        (wave, "abs"), (ramp, "abs", wave), (wave, "floor"), (ramp, "log"), (wave[:1], "log", ramp),
        (ramp, "log10"), (wave, "tanh"), (ramp, "sqrt"), (wave, "sqrt"), ([], "sqrt", ramp),
        (ramp, "pow", 0.5), (ramp, "pow", -1), (ramp, "pow", 2), (ramp, "pow", 3), (ramp, "pow", -1.7),
        (ramp, "pow", 0), (ramp, "pow", 1), (ramp, "pow", wave, 2), ([0, 1], "pow", -1), (wave, "pow", 0.5),
        (ramp, "sin", 40, 0.5), (odd, "sin", 3, -1, 25),
        (wave, "sort"), (wave, "reverse"), (wave, "sortindex"), ([3, 1, 3, 1, 2, 1], "sortindex"),
        (odd, "sortindex"), (odd, "sort"), ([], "sort"), ([], "sortindex"),
        *[(ramp, "rotate", by, *zeros) for by in (0, 2, 7, 9, -2, -7, -9) for zeros in ((), (0,))],
        ([], "where", wave, "==", 2.5), (wave, "where", "!=", 2.5), (wave, "where", ">", 0.1),
        (wave, "where", "<", 0.1), (wave, "where", ">=", 0.1), (wave, "where", "<=", 0.1),
        (ramp, "where", "()", 2, 5), (ramp, "where", "[]", 2, 5), (ramp, "where", "[)", 2, 5),
        (ramp, "where", "(]", 2, 5), (ramp, "where", "=", 2), (ramp, "where", ">", 3 - 5e-12),
        *[(ramp, "indvwhere", op, 2, 5) for op in ("()", "[]", "[)", "(]")],
        *[(ramp, "indvwhere", op, 4) for op in ("==", "!=", "<", "<=", ">", ">=")],
        *[(wave, "indwhere", op, 2.5) for op in ("==", "!=", "<", "<=", ">", ">=")],
        (ramp, "indwhere", ">", 7), (ramp, "indwhere", "[)", 7, 9), (ramp, "indwhere", "~", 1),
        ([], "indvwhere", ramp, ">", 3),
        (ramp, "ind", [0, 6, 7, -1, -0.5, 2.9]), ([], "index", ramp, [0, 6, 7, -1, 2.9, 0]),
        (ramp, "index", [3, 1, 1]),
        (wave, "deriv"), (wave, "deriv", 0.25), (wave, "deriv", 0.25, 1), (wave, "deriv", 0.25, 2),
        (wave, "deriv", 0.25, 3), ([], "deriv", wave, 0.1), ([1, 5], "deriv"), ([1], "deriv"),
        (wave, "integral"), (wave, "integral", 0.25), ([], "integral", wave, 0.1), ([], "integral"),
        (wave[:7], "interpolate", [0, 1, 1.5, 2, 6.9, 7, 8], ramp),
        ([], "interpolate", [0, 1, 1.5, 2.25, 5], [1, 2, 2, 1.5, 4], [10, 20, 35, 40, 50]),
        ([], "interpolate", [0, 1], [], []), ([], "interpolate", [], ramp, ramp),
        (wave, "rebin", 2), (wave, "rebin", 3), (wave, "rebin", 12), ([], "rebin", wave, 4),
        ([], "resample", wave, 2), ([], "resample", wave, 0.3), ([], "resample", wave, 1.7),
        ([], "resample", wave, 6), ([], "resample", wave, 0),
        ([], "spikebin", odd, 1), ([], "spikebin", odd, 2.5, 3), ([], "spikebin", odd, 100, 5),
        (odd, "histogram", -4, 8, 0.75), (odd, "histogram", 0, 1, 0.3), (odd, "histogram", 3, 1, 1),
        ([], "hist", odd, -4, 16, 0.75), ([1, 2], "hist", odd, 0, 3, 5), ([], "hist", odd, 0, 3, 0),
        (odd, "sumgauss", -4, 8, 0.5, 0.2), (wave, "sumgauss", -4, 8, 0.5, 0.2, odd),
        ([], "smhist", odd, -4, 20, 0.5, 0.2), ([], "smhist", wave, -4, 20, 0.5, 0.7, odd[:11]),
        ([], "smhist", wave, -4, 20, 0.5, 0.7, odd),
        ([], "trigavg", odd, [0, 5, 9.9, 20, 36], 3, 4), ([], "trigavg", odd, [1], 37, 4),
        ([], "psth", spikes, 0.5, 10, 4), ([], "psth", spikes, 0.5, 10, 7),
        ([], "inf", [20] * 40, 0.1, 0.5, -65, 1, -55, -70), ([], "inf", [20] * 40, 0.1, 0.5, -65, 1, -55, -70, 0.4),
        ([], "inf", ramp, 0, 0.5, -65, 1, -55, -70),
        *[([], "fft", odd[:n], 1) for n in (0, 1, 2, 3, 4, 8, 16, 37)],
        *[([], "fft", odd[:n], -1) for n in (1, 2, 4, 8, 16, 37)], (odd, "fft", 1), (odd, "fft", 2),
        ([], "correl", odd), ([], "correl", odd, wave), ([], "correl", [3], [4]),
        ([], "convlv", odd, [0.5, 0.25, 0.25]), ([], "convlv", odd, [0.5, 0.2, 0.1, 0.05, 0.15]),
        ([], "convlv", odd, [2]), ([], "convlv", [3], [2]), ([], "convlv", wave, odd),
        ([], "filter", odd, [1, 0.5, 0.25]), ([], "filter", odd, wave),
        ([], "spctrm", odd), ([], "spctrm", odd, 8), (wave, "spctrm", odd, 3), ([], "spctrm", odd, 1),
    ]
    cases = []
    for values, method, *args in calls:
        vector = h.Vector(values)
        given = [h.Vector(a) if isinstance(a, list) else a for a in args]
        case = {"vector": list(vector), "method": method, "args": args}
        try:
            answer = getattr(vector, method)(*given)
        except Exception:
            case["error"] = True
        else:
            if hasattr(answer, "hname"):
                same = answer.same(vector) if hasattr(answer, "same") else False
                answer = "itself" if same else list(answer)
            case.update(answer=answer, after=list(vector))
        cases.append(case)
    return cases


write("vector.json", vector_cases())


def written(action):
    """The bytes of a file after `action` with it."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "file")
        file = h.File()
        file.wopen(path)
        action(file)
        file.close()
        return Path(path).read_bytes()


def read(content, action):
    """What `action` gives with a file of that content."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "file")
        Path(path).write_bytes(content)
        file = h.File()
        file.ropen(path)
        answer = action(file)
        file.close()
        return answer


def file_cases():
    values = [0, -1.5, 3.25, 1e-7, 123456789, 2.5e30, 42, 1 / 3]
    whole = [0, -7, 2147483647, -2147483648, 3.99, -3.99]
    out = {"values": values, "whole": whole}
    v = h.Vector(values)
    out["vwrite"] = {}
    for code in (1, 2, 3, 4):
        content = written(lambda f: v.vwrite(f, code))
        w = h.Vector()
        read(content, w.vread)
        out["vwrite"][code] = {"bytes": content.hex(), "read": list(w)}
    content = written(lambda f: h.Vector(whole).vwrite(f, 5))
    w = h.Vector()
    read(content, w.vread)
    out["vwrite"][5] = {"bytes": content.hex(), "read": list(w)}
    # As a machine with the other order of bytes would have written it.
    swapped = struct.pack(">ii", 3, 2) + struct.pack(">dd", 2.0, -1.0) + struct.pack(">HHH", 0, 7, 65535)
    w = h.Vector()
    read(swapped, w.vread)
    out["swapped"] = {"bytes": swapped.hex(), "read": list(w)}
    out["fwrite"] = written(lambda f: v.fwrite(f, 1, 3)).hex()
    content = bytes(range(100, 124)) + bytes(range(200, 224))
    out["fread"] = {"bytes": content.hex(), "read": {}}
    for code in (1, 2, 3, 4, 5):
        w = h.Vector()
        read(content, lambda f: w.fread(f, 6, code))
        out["fread"]["read"][code] = list(w)
    out["printf"] = [
        [args, written(lambda f: v.printf(f, *args)).decode()]
        for args in ([], ["%8.3f|"], ["%g, ", 1, 3], ["%-12.4e;\\n"], ["<%+.2g %%>", 2, 5], [2, 4])
    ]
    text = "1 2.5 nan x 3e2\n-4.5e-1abc 5\tinf 6 .5\n 7 8. 9 10 11 \n"
    out["text"] = text
    out["scanf"] = []
    for args in ([], [3], [2, 3], [4, 1, 2], [1, 2], [100]):
        w = h.Vector()
        count = read(text.encode(), lambda f: w.scanf(f, *args))
        out["scanf"].append([args, count, list(w)])
    out["scantil"] = []
    for args in ([9], [6], [10, 1, 2], [9, 2, 2], [300, 3, 3]):
        w = h.Vector()
        count = read(text.encode(), lambda f: w.scantil(f, *args))
        out["scantil"].append([args, count, list(w)])
    out["fit"] = []
    x = [0.1 * i for i in range(30)]
    bumpy = [0.02 * ((7 * i) % 5 - 2) for i in range(30)]
    for name, f, start in (
        ("exp1", lambda t: 3 * math.exp(-t / 0.8), [1, 2]),
        ("exp2", lambda t: 3 * math.exp(-t / 0.3) + math.exp(-t / 2), [2, 0.5, 2, 1]),
        ("charging", lambda t: 2 * (1 - math.exp(-t / 0.5)) + 1 - math.exp(-t / 2), [1, 1, 2, 3]),
        ("line", lambda t: 2 * t - 1, [1, 1]),
        ("quad", lambda t: t * t - 2 * t + 0.5, [2, -1, 1]),
    ):
        data = [f(t) + b for t, b in zip(x, bumpy)]
        refs = [h.ref(p) for p in start]
        fitted = h.Vector()
        error = h.Vector(data).fit(fitted, name, h.Vector(x), *refs)
        out["fit"].append({"name": name, "x": x, "data": data, "start": start, "error": error,
                           "parameters": [r[0] for r in refs], "fitted": list(fitted)})
    return out


write("files.json", [file_cases()])
