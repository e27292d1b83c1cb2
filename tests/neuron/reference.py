"""Runs model files in NEURON, for the tests that compare nmodlrs with it.

    reference.py --out DIR MODEL.toml[@METHOD]...

Each model file (docs/model-file.md) gives DIR/STEM.json, where STEM is the file's name
without its ending. With a METHOD of steps of variable length, as `ida`, it gives DIR/STEM@METHOD.json:
what `run.method` does, with rows each TSTEP.

    generator   "NEURON 9.0.2"
    key         what the result was computed from; the same key is not computed again
    dt          time step in ms
    t           times in ms: the initial one, and the end of each step (not of each tstep); of
                methods with steps of variable length those of the rows, each tstep
    columns     [name, values at these times] of each recorded variable, in the order of
                `record`; as after NEURON's fadvance, that is with the events of the step
    spikes      [time, source] of each event, with the times of NEURON's NetCon.record

Numbers are written so that reading them gives the same double. NEURON uses its own
mechanisms: those built into it, those of its demonstration of release, and the .mod
files that a model names, which nrnivmodl compiles once per content.

This needs Python 3.11 and the environment that tests/neuron/venv.sh makes.
"""

import argparse
import functools
import hashlib
import json
import multiprocessing
import os
import re
import sys
import tomllib
import traceback
from math import ceil
from pathlib import Path

from nrnivmodl import compiled


class ModelError(Exception):
    """The model names what is not in it, or asks for what NEURON cannot do."""


def main():
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--out", type=Path, required=True, metavar="DIR")
    arguments.add_argument("models", type=Path, nargs="+", metavar="MODEL.toml[@METHOD]")
    options = arguments.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if len(options.models) == 1:
        return run_file(options.models[0], options.out)
    # NEURON has one global state, so each model has its own process, forked from this one,
    # where NEURON is imported already
    if not all(is_current(model, options.out) for model in options.models):
        import_neuron()
    context = multiprocessing.get_context("fork")
    with context.Pool(maxtasksperchild=1) as pool:
        run = functools.partial(run_file_or_say, out=options.out)
        errors = [e for e in pool.map(run, options.models, chunksize=1) if e]
    if errors:
        sys.exit("\n".join(errors))


def run_file_or_say(path, out):
    """Runs a model; what went wrong, if anything."""
    try:
        run_file(path, out)
    except Exception:
        return f"{path}: {traceback.format_exc()}"


# interval of the rows, in ms, with a method of the command line
TSTEP = 0.25


def read(path):
    """The tables of a model file, with the method of the command line."""
    name, _, method = path.name.partition("@")
    file = tomllib.loads(path.with_name(name).read_text())
    if method:
        file["run"] |= {"tstep": TSTEP, "method": method}
    return file


def result_of(path, out):
    return out / (path.name.replace(".toml", "") + ".json")


def is_current(path, out):
    result = result_of(path, out)
    return result.exists() and json.loads(result.read_text())["key"] == key_of(path)


def run_file(path, out):
    if is_current(path, out):
        return
    result = result_of(path, out)
    model = Model(path)
    reference = {"generator": f"NEURON {model.version}", "key": key_of(path)} | model.run()
    # whole or not at all, whoever else computes the same
    partial = result.with_suffix(f".{os.getpid()}")
    partial.write_text(json.dumps(reference))
    partial.replace(result)


def import_neuron():
    os.environ.setdefault("NEURON_MODULE_OPTIONS", "-nogui")
    import neuron

    neuron.h.load_file("stdrun.hoc")
    neuron.h.load_file("import3d.hoc")
    return neuron


def key_of(path):
    """A digest of everything that determines the result."""
    from importlib.metadata import version

    file = read(path)
    inputs = [Path(__file__), path.with_name(path.name.partition("@")[0]), *mod_files(path, file)]
    for tables in [file, *file.get("cells", {}).values()]:
        if "morphology" in tables:
            inputs.append(path.parent / tables["morphology"]["file"])
    digest = hashlib.sha256(version("neuron").encode() + path.name.encode())
    for input in inputs:
        digest.update(hashlib.sha256(input.read_bytes()).digest())
    return digest.hexdigest()


# ---- mechanisms


def mod_files(path, file):
    """The .mod files that the model at `path` names itself."""
    found = []
    for name in file.get("mechanisms", []):
        named = path.parent / name
        found += sorted(named.glob("*.mod")) if named.is_dir() else [named]
    return found


def demo_files():
    """The .mod files of NEURON's demonstration of release."""
    import neuron

    return sorted(Path(neuron.__file__).parent.rglob("share/nrn/demo/release/*.mod"))


# ---- names


def matcher(*patterns):
    """Whether a name is one that the patterns stand for: * and ? are wild, [] are not."""
    wild = {"*": ".*", "?": "."}
    text = "|".join("".join(wild.get(c, re.escape(c)) for c in p) for p in patterns)
    return re.compile(text).fullmatch


def select(named, *patterns):
    """The names in the dictionary `named` that the patterns stand for, in its order."""
    found = [name for name in named if matcher(*patterns)(name)]
    if not found:
        raise ModelError(f"nothing has the name {patterns[0]}")
    return found


def numbered(name, count):
    """`name`, or if there is a count `name[0]`, `name[1]`, ..."""
    return [name] if count is None else [f"{name}[{i}]" for i in range(count)]


PLACE = re.compile(r"(?P<section>.+?)\((?P<x>[^()]*)\)")


def split_place(text):
    """`dend[0](0.5)` as `dend[0]` and `0.5`."""
    match = PLACE.fullmatch(text)
    if not match:
        raise ModelError(f"{text} is not a place")
    return match["section"], match["x"]


def places(sections, pattern):
    """(name, segment) of each place that the pattern stands for."""
    section, x = split_place(pattern)
    return [(f"{name}({x})", sections[name](float(x))) for name in select(sections, section)]


# ---- models


class Model:
    """A model file, built in the NEURON of this process."""

    def __init__(self, path):
        neuron = import_neuron()
        self.h, self.version = neuron.h, neuron.__version__
        self.path = Path(path)
        self.file = read(self.path)
        self.sections, self.points = {}, {}
        self.netcons, self.kept, self.thresholds = [], [], {}

        self.load_mechanisms()
        self.set_globals()
        self.build_cell(self.file, "")
        for name, tables in self.file.get("cells", {}).items():
            for cell in numbered(name, tables.get("count")):
                self.make_points(tables, self.build_cell(tables, cell + "."), cell + ".")
        self.make_points(self.file, self.sections, "")
        for connection in self.file.get("connections", []):
            self.connect(connection)
        self.set_pointers()
        self.connect_gap_junctions()
        self.unknowns = {}
        for name, values in self.file.get("linear_mechanisms", {}).items():
            self.add_linear_mechanism(name, values)
        self.spike_sources = []
        self.spike_times, self.spike_indices = self.h.Vector(), self.h.Vector()
        if "spikes" in self.file:
            self.record_spikes(self.file["spikes"])

    def load_mechanisms(self):
        own = mod_files(self.path, self.file)
        if own:
            self.h.nrn_load_dll(str(compiled(own)))
        if not self.used_mechanisms() <= self.known_mechanisms():
            self.h.nrn_load_dll(str(compiled(demo_files())))

    def used_mechanisms(self):
        names = set()
        for tables in [self.file, *self.file.get("cells", {}).values()]:
            for part in ("regions", "sections"):
                for values in tables.get(part, {}).values():
                    names |= values.get("insert", {}).keys()
            names |= {point["class"] for point in tables.get("points", {}).values()}
        return names

    def known_mechanisms(self):
        names, text = set(), self.h.ref("")
        for kind in (0, 1):
            types = self.h.MechanismType(kind)
            for i in range(int(types.count())):
                types.select(i)
                types.selected(text)
                names.add(text[0])
        return names

    def set_globals(self):
        h, run = self.h, self.file["run"]
        h.dt = run.get("dt", 0.025)
        h.celsius = run.get("celsius", 6.3)
        h.secondorder = run.get("secondorder", 0)
        h.CVode().use_fast_imem(run.get("use_fast_imem", False))
        for mechanism, values in self.file.get("globals", {}).items():
            for name, value in values.items():
                if (mechanism, name) == ("extracellular", "nlayer"):
                    h.nlayer_extracellular(value)
                else:
                    assign(h, f"{name}_{mechanism}", value)
        for ion, values in self.file.get("ions", {}).items():
            for key, letter in (("inside", "i"), ("outside", "o")):
                start = f"{ion}{letter}0_{ion}_ion"
                # an ion that no mechanism uses is unknown to NEURON, and nowhere
                if key in values and hasattr(h, start):
                    setattr(h, start, values[key])

    # ---- one cell

    def build_cell(self, tables, prefix):
        sections = self.make_sections(tables, prefix)
        properties = self.properties(tables, sections)
        for section, values in properties:
            section.Ra = values.get("Ra", section.Ra)
            for segment in section:
                segment.cm = values.get("cm", segment.cm)
        for section in sections.values():
            section.nseg = self.default_nseg(section, tables.get("segments", {}))
        for section, values in properties:
            section.nseg = values.get("nseg", section.nseg)
        for section, values in properties:
            for mechanism in values.get("insert", {}):
                section.insert(mechanism)
        for section in sections.values():
            for ion, values in self.file.get("ions", {}).items():
                # inside and outside are set by set_globals
                here = values.keys() & {"reversal", "style"}
                self.set_ion(section, ion, {key: values[key] for key in here})
        for section, values in properties:
            for mechanism, parameters in values.get("insert", {}).items():
                for segment in section:
                    for name, value in parameters.items():
                        assign(segment, range_name(name, mechanism), value)
            for ion, ion_values in values.get("ions", {}).items():
                self.set_ion(section, ion, ion_values)
        self.sections |= {prefix + name: section for name, section in sections.items()}
        return sections

    def make_points(self, tables, sections, prefix):
        for name, values in tables.get("points", {}).items():
            self.make_point(name, values, sections, prefix)

    def make_sections(self, tables, prefix):
        sections = {}
        if "morphology" in tables:
            sections |= self.read_swc(self.path.parent / tables["morphology"]["file"])
        children = []
        for name, values in tables.get("sections", {}).items():
            for each in numbered(name, values.get("count")):
                section = sections[each] = self.h.Section(name=prefix + each)
                if "pt3d" in values:
                    for point in values["pt3d"]:
                        section.pt3dadd(*point)
                else:
                    section.L, section.diam = values["L"], values["diam"]
                if "parent" in values:
                    children.append((section, values["parent"], values.get("end", 0)))
        for section, parent, end in children:
            name, x = split_place(parent)
            section.connect(sections[name](float(x)), end)
        return sections

    def read_swc(self, file):
        """The sections of an SWC file as NEURON's Import3d makes them."""

        class Cell:
            def __str__(self):
                return "cell"

        reader = self.h.Import3d_SWC_read()
        reader.quiet = 1
        reader.input(str(file))
        cell = Cell()
        self.h.Import3d_GUI(reader, False).instantiate(cell)
        self.kept.append(cell)
        names = [section.name().rsplit(".", 1)[-1] for section in cell.all]
        if "soma[1]" not in names:
            names = ["soma" if name == "soma[0]" else name for name in names]
        return dict(zip(names, cell.all))

    def properties(self, tables, sections):
        """(section, values) of the regions, then of sections; a later one has the last word."""
        found = []
        for name, values in tables.get("regions", {}).items():
            patterns = values.get("sections", ["*"] if name == "all" else [name])
            names = {n: None for p in patterns for n in select(sections, p, p + "[*]")}
            found += [(sections[n], values) for n in names]
        for name, values in tables.get("sections", {}).items():
            found += [(sections[n], values) for n in numbered(name, values.get("count"))]
        return found

    def default_nseg(self, section, rule):
        if "max_length" in rule:
            return 2 * int(ceil(section.L / rule["max_length"]) / 2) + 1
        if rule:
            length = self.h.lambda_f(rule.get("frequency", 100), sec=section)
            return int((section.L / (rule.get("d_lambda", 0.1) * length) + 0.9) / 2) * 2 + 1
        return 1

    def set_ion(self, section, ion, values):
        h = self.h
        if not h.ismembrane(f"{ion}_ion", sec=section):
            return
        if "style" in values:
            h.ion_style(f"{ion}_ion", *values["style"], sec=section)
        variables = {"reversal": f"e{ion}", "inside": f"{ion}i", "outside": f"{ion}o"}
        for segment in section:
            for key, variable in variables.items():
                if key in values:
                    setattr(segment, variable, values[key])

    def make_point(self, name, values, sections, prefix):
        make = getattr(self.h, values["class"])
        if "at" in values:
            at = values["at"]
            patterns = at if isinstance(at, list) else [at]
            segments = [s for pattern in patterns for _, s in places(sections, pattern)]
            single = isinstance(at, str) and not set(at) & set("*?")
            points = [make(segment) for segment in segments]
            names = numbered(name, None if single else len(points))
        else:
            names = numbered(name, values.get("count"))
            points = [make() for _ in names]
        for each, point in zip(names, points):
            for parameter, value in values.get("set", {}).items():
                assign(point, parameter, value)
            self.points[prefix + each] = point

    # ---- what couples cells continuously

    def variables(self, pattern):
        """(owner, name) of each variable that the pattern stands for."""
        place = re.match(PLACE.pattern + r"\.(?P<variable>.+)", pattern)
        if place:
            found = places(self.sections, f"{place['section']}({place['x']})")
            *mechanism, name = place["variable"].split(".")
            return [(s, range_name(name, mechanism[0]) if mechanism else name) for _, s in found]
        point, _, name = pattern.rpartition(".")
        return [(self.points[n], name) for n in select(self.points, point)]

    def coupled(self, values, sources, targets):
        """The pairs of a table of gap_junctions or of pointers."""
        sources, targets = self.variables(values[sources]), self.variables(values[targets])
        pairs = values.get("pairs")
        if pairs is None:
            pairs = paired(values.get("rule", "one-to-one"), len(sources), len(targets))
        return [(sources[i], targets[j]) for i, j in pairs]

    def set_pointers(self):
        for values in self.file.get("pointers", []):
            for (owner, name), (holder, pointer) in self.coupled(values, "variable", "pointer"):
                self.h.setpointer(getattr(owner, "_ref_" + name), pointer, holder)

    def connect_gap_junctions(self):
        if "gap_junctions" not in self.file:
            return
        context, numbers = self.h.ParallelContext(), {}
        for values in self.file["gap_junctions"]:
            for (owner, name), (point, target) in self.coupled(values, "source_var", "target_var"):
                key = (str(owner), name)
                if key not in numbers:
                    numbers[key] = len(numbers)
                    where = {"sec": owner.sec} if hasattr(owner, "sec") else {}
                    context.source_var(getattr(owner, "_ref_" + name), numbers[key], **where)
                context.target_var(point, getattr(point, "_ref_" + target), numbers[key])
        context.setup_transfer()
        # nrn_partrans wants one, also of a single process
        context.set_maxstep(10)
        self.kept.append(context)

    def add_linear_mechanism(self, name, values):
        h, size = self.h, len(values["g"])
        matrices = []
        for key in ("c", "g"):
            matrix = h.Matrix(size, size)
            for i, row in enumerate(values.get(key, [])):
                for j, value in enumerate(row):
                    matrix.setval(i, j, value)
            matrices.append(matrix)
        y = self.unknowns[name] = h.Vector(size)
        y0, b = (h.Vector(values.get(key, [0] * size)) for key in ("y0", "b"))
        at = values.get("at", [])
        patterns = at if isinstance(at, list) else [at]
        segments = [s for pattern in patterns for _, s in places(self.sections, pattern)]
        where = []
        if segments:
            sections = h.SectionList([segment.sec for segment in segments])
            where = [sections, h.Vector([segment.x for segment in segments])]
            if "layers" in values:
                where.append(h.Vector(values["layers"]))
        made = h.LinearMechanism(*matrices, y, y0, b, *where)
        self.kept += [*matrices, y0, b, *where, made]

    # ---- connections and events

    def sources(self, pattern):
        """(name, variable or None, object) of each source of events."""
        if pattern.endswith(")"):
            return [(n, s._ref_v, s.sec) for n, s in places(self.sections, pattern)]
        return [(n, None, self.points[n]) for n in select(self.points, pattern)]

    def netcon(self, source, target, threshold):
        name, variable, owner = source
        if variable is None:
            return self.h.NetCon(owner, target)
        # a property of the source in NEURON, not of the NetCon
        if self.thresholds.setdefault(name, threshold) != threshold:
            raise ModelError(f"{name} has two thresholds; NEURON has one per source")
        netcon = self.h.NetCon(variable, target, sec=owner)
        netcon.threshold = threshold
        return netcon

    def connect(self, connection):
        sources = self.sources(connection["from"])
        targets = [self.points[name] for name in select(self.points, connection["to"])]
        pairs = connection.get("pairs")
        if pairs is None:
            pairs = paired(connection.get("rule", "one-to-one"), len(sources), len(targets))
        weights = connection.get("weight", 0)
        for i, j in pairs:
            netcon = self.netcon(sources[i], targets[j], connection.get("threshold", 10))
            netcon.delay = connection.get("delay", 1)
            for k, weight in enumerate(weights if isinstance(weights, list) else [weights]):
                netcon.weight[k] = weight
            self.netcons.append(netcon)

    def record_spikes(self, spikes):
        for pattern in spikes["of"]:
            for source in self.sources(pattern):
                netcon = self.netcon(source, None, spikes.get("threshold", 10))
                netcon.record(self.spike_times, self.spike_indices, len(self.spike_sources))
                self.netcons.append(netcon)
                self.spike_sources.append(source[0])

    # ---- results

    def readers(self, pattern):
        """(name, function that reads the value) of the variables that a pattern stands for."""
        if pattern == "t":
            return [("t", lambda: self.h.t)]
        unknown = re.fullmatch(r"(?P<name>\w+)\.y\[(?P<index>\d+)\]", pattern)
        if unknown and unknown["name"] in self.unknowns:
            y, index = self.unknowns[unknown["name"]], int(unknown["index"])
            return [(pattern, lambda: y[index])]
        place = re.match(PLACE.pattern + r"\.(?P<variable>.+)", pattern)
        if place:
            found = places(self.sections, f"{place['section']}({place['x']})")
            variable = place["variable"]
        else:
            point, _, variable = pattern.rpartition(".")
            found = [(name, self.points[name]) for name in select(self.points, point)]
        # soma(0.5).hh.m is m_hh of the segment; an element of an array is read by index
        name, _, index = variable.partition("[")
        *mechanism, last = name.split(".")
        inner = range_name(last, mechanism[0]) if mechanism else last
        readers = []
        for owner, thing in found:
            if name in ("area", "ri") and place:
                readers.append((f"{owner}.{name}", getattr(thing, name)))
                continue
            if not index:
                pointer = getattr(thing, "_ref_" + inner)
                readers.append((f"{owner}.{name}", lambda pointer=pointer: pointer[0]))
                continue
            index = index.rstrip("]")
            if inner == "vext":
                readers.append((f"{owner}.{name}[{index}]", self.outside(thing, int(index))))
                continue
            indices = range(len(getattr(thing, inner))) if index == "*" else [int(index)]
            for i in indices:
                read = lambda thing=thing, i=i: getattr(thing, inner)[i]
                readers.append((f"{owner}.{name}[{i}]", read))
        return readers

    def outside(self, segment, layer):
        """A function that reads vext[layer], which Python has of the first layer alone."""
        if layer == 0:
            return lambda: segment.vext[0]

        def read():
            segment.sec.push()
            self.h(f"hoc_ac_ = vext[{layer}]({segment.x})")
            self.h.pop_section()
            return self.h.hoc_ac_

        return read

    def integrate(self, run):
        """Chooses steps of variable length; whether there is anything to choose."""
        method = run.get("method", "fixed")
        if method == "fixed":
            self.cvode.use_mxb(run.get("use_mxb", False))
            return False
        self.cvode.use_daspk(method == "ida")
        self.cvode.active(True)
        self.cvode.use_local_dt(method == "cvode-local")
        self.cvode.atol(run.get("atol", 1e-3))
        self.cvode.rtol(run.get("rtol", 0))
        style = run.get("dae_init_style", 0)
        self.cvode.dae_init_dteps(run.get("dae_init_dteps", 1e-9), style)
        return True

    def run(self):
        """Runs to tstop; the result without what says where it is from."""
        h, run = self.h, self.file["run"]
        columns = {}
        for pattern in self.file.get("record", []):
            columns |= dict(self.readers(pattern))
        values = [[] for _ in columns]
        times = []

        def write_row():
            times.append(h.t)
            for column, read in zip(values, columns.values()):
                column.append(read())

        dt, self.cvode = h.dt, h.CVode()
        variable = self.integrate(run)
        h.finitialize(run.get("v_init", -65))
        write_row()
        while variable and h.t < run["tstop"]:
            self.cvode.solve(min(run["tstop"], len(times) * run["tstep"]))
            write_row()
        while h.t < run["tstop"] - dt / 4:
            h.fadvance()
            write_row()
        spikes = zip(self.spike_times, self.spike_indices)
        return {
            "dt": dt,
            "t": times,
            "columns": list(zip(columns, values)),
            "spikes": [[t, self.spike_sources[int(i)]] for t, i in spikes],
        }


def range_name(name, mechanism):
    """How a variable of a mechanism is called at a segment."""
    if mechanism == "extracellular" and name != "e":
        return name
    return f"{name}_{mechanism}"


def assign(owner, name, value):
    """Sets a variable of NEURON's, or each element of an array."""
    if isinstance(value, list):
        array = getattr(owner, name)
        for i, element in enumerate(value):
            array[i] = element
    else:
        setattr(owner, name, value)


def paired(rule, sources, targets):
    """The index pairs of a connection rule."""
    every = [(i, j) for i in range(sources) for j in range(targets)]
    if rule == "all-to-all":
        return every
    if rule == "all-to-others":
        return [(i, j) for i, j in every if i != j]
    if rule == "one-to-one" and 1 in (sources, targets):
        return every
    if sources != targets or rule not in ("one-to-one", "ring"):
        raise ModelError(f"{rule} from {sources} sources to {targets} targets")
    shift = 1 if rule == "ring" else 0
    return [(i, (i + shift) % targets) for i in range(sources)]


if __name__ == "__main__":
    main()
