"""NetCon: attributes and accessors, of a voltage, an artificial cell and nothing."""

from neuron import h
from paired import report

pre_cell, post_cell = h.Section(name="pre"), h.Section(name="post")
post_cell.nseg = 3
syn = h.ExpSyn(post_cell(0.9))
stim, fire = h.NetStim(), h.IntFire1()
nc = h.NetCon(pre_cell(0.5)._ref_v, syn, sec=pre_cell)
defaults = [nc.threshold, nc.delay, nc.weight[0], nc.active(), nc.valid()]
full = h.NetCon(pre_cell(0.5)._ref_v, syn, -5, 2.5, 0.04, sec=pre_cell)
from_stim = h.NetCon(stim, syn)
from_fire = h.NetCon(fire, stim)
target_only = h.NetCon(None, syn)
source_only = h.NetCon(stim, None)
nc.delay = 0.5
nc.active(False)

report({
    "defaults": defaults,
    "full": [full.threshold, full.delay, full.weight[0]],
    "threshold is shared": nc.threshold,
    "weights": [len(nc.weight), nc.wcnt(), from_fire.wcnt(), source_only.wcnt()],
    "syn": [nc.syn() == syn, source_only.syn() is None, from_fire.syn() == stim],
    "pre": [nc.pre() is None, from_stim.pre() == stim, target_only.pre() is None],
    "postseg": [nc.postseg().sec.name(), nc.postseg().x],
    "preseg": [nc.preseg().sec.name(), nc.preseg().x, from_stim.preseg()],
    "preloc": [nc.preloc(), h.cas().name(), h.pop_section()],
    "postloc": [nc.postloc(), h.cas().name(), h.pop_section()],
    "valid": [each.valid() for each in (nc, from_stim, target_only, source_only)],
    "active": [nc.active(), full.active(), nc.active(True), nc.active()],
    "srcgid": [nc.srcgid(), from_stim.srcgid()],
    "cells": [nc.precell() is None, nc.postcell() is None],
    "lists": [len(list(nc.prelist())), len(list(nc.postcelllist()))],
    "synlist": [len(list(each.synlist())) for each in (nc, from_fire)],
    "hname": [nc.hname(), source_only.hname()],
})
