"""LAG, values of derivatives, blocks of equations that are called, courses from files, EXTERNAL."""

from pathlib import Path

from neuron import h
from paired import mechanisms, raises, report

HEAD = "".join(f"line {n} of the head\n" for n in range(6))
POINTS = [(3, 2.5), (0, 1), (1, 1.75), (4.5, 0.2), (2, 3), (6, 1.1)]
Path("smooth.dat").write_text(HEAD + "".join(f"{x} {y}\n" for x, y in POINTS))
STEPS = [(0, 1), (1.5, 2), (2, 3.25), (5, 0)]
Path("stepped.dat").write_text(HEAD + "".join(f"{x:e}\t{y:e}\n" for x, y in STEPS))

mechanisms("wild/delayed.mod", "wild/slopes.mod", "wild/forced.mod", "wild/elsewhere.mod")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
soma.insert("slopes")
soma.insert("forced")
soma.insert("elsewhere")
other = h.Section(name="other")
other.insert("pas")
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 2, 0.5
delayed = [h.Delayed(soma(0.5)), h.Delayed(other(0.5))]
delayed[1].dur = 0.33
h.dt = 0.05


def run(steps):
    h.finitialize(-65)
    rows = []
    for step in range(steps):
        h.fadvance()
        if step % 6 == 5:
            rows.append(
                [soma(0.5).v]
                + [value for d in delayed for value in (d.vl, d.ml, d.wl[0], d.wl[1])]
            )
    return rows


def courses():
    at = soma(0.5).forced
    return [at.smooth, at.stepped, at.above, at.below, at.odd]


def slopes():
    at = soma(0.5).slopes
    return [at.a, at.d, at.b, at.seen, at.inf, at.inf0, at.began, at.i]


h.finitialize(-65)
began = courses(), slopes()
first = run(100)
late = courses(), slopes()
# A new run begins without a past.
again = run(40)
outside = soma(0.5).forced.at(6.1)
seen = [soma(0.5).elsewhere.seen]
h.eps_IntFire4 = 1e-3
h.fadvance()
seen.append(soma(0.5).elsewhere.seen)

report(
    {
        "began courses": began[0],
        "began slopes": began[1],
        "first": first,
        "late courses": late[0],
        "late slopes": late[1],
        "again": again,
        "outside": outside,
        "seen": seen,
        "too far": raises(lambda: soma(0.5).forced.at(9)),
    },
    loose={"late slopes": {"rtol": 1e-5}, "first": {"rtol": 1e-6}, "again": {"rtol": 1e-6}},
)
