"""Runs the same under each integrator; see the scripts in `methods`."""

FIXED = ("fixed", "second order")
WHOLE = ("global", "interpolated", "ida")
LOCAL = ("local", "local interpolated")
ALL = (*FIXED, *WHOLE, *LOCAL)


def each(h, run, names=ALL, atol=1e-7):
    """What `run()` returns under each of the integrators, by their names."""
    cvode = h.CVode()
    found = {}
    for name in names:
        cvode.active(False)
        cvode.use_local_dt(False)
        cvode.use_daspk(name == "ida")
        cvode.condition_order(2 if name.endswith("interpolated") else 1)
        cvode.atol(atol)
        h.secondorder = 2 if name == "second order" else 0
        h.dt, h.steps_per_ms = 0.025, 40
        if name not in FIXED:
            if name.startswith("local"):
                cvode.use_local_dt(True)
            cvode.active(True)
        found[name] = run()
    cvode.active(False)
    cvode.use_local_dt(False)
    cvode.use_daspk(False)
    cvode.condition_order(1)
    h.secondorder = 0
    return found
