"""Gids: set_gid2node, cell, gid_exists, gid2cell, threshold, gid_clear."""

from neuron import h
from paired import raises, report

pc = h.ParallelContext()


class Cell:
    def __init__(self, gid):
        self.gid = gid
        self.soma = h.Section(name="soma", cell=self)
        self.soma.insert("hh")

    def __repr__(self):
        return f"Cell[{self.gid}]"


cells = [Cell(k) for k in range(3)]
existed = [pc.gid_exists(k) for k in range(4)]
for cell in cells:
    pc.set_gid2node(cell.gid, pc.id())
set_only = [pc.gid_exists(k) for k in range(4)]
connections = []
for cell in cells[:2]:
    nc = h.NetCon(cell.soma(0.5)._ref_v, None, sec=cell.soma)
    pc.cell(cell.gid, nc)
    connections.append(nc)
fire = h.IntFire1()
pc.cell(2, h.NetCon(fire, None))
default = pc.threshold(0)
pc.threshold(0, -15)

report({
    "existed": existed,
    "set": set_only,
    "cells": [pc.gid_exists(k) for k in range(4)],
    "gid2cell": [pc.gid2cell(0) is cells[0], pc.gid2cell(2) == fire],
    "threshold": [default, pc.threshold(0), connections[0].threshold, pc.threshold(1)],
    "twice": raises(lambda: pc.set_gid2node(0, 0)),
    "no cell": raises(lambda: pc.cell(9, connections[0])),
    "cleared": [pc.gid_clear(), [pc.gid_exists(k) for k in range(4)]],
})
