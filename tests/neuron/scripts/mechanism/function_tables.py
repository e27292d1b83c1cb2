"""FUNCTION_TABLEs from Python: constants, Vectors, evenly spaced, of two arguments, of point
processes."""

from neuron import h
from paired import mechanisms, raises, report

mechanisms("interface/streams.mod", "interface/streams_point.mod")
cell = h.Section("cell")
cell.insert("streams")
point = h.StreamsPoint(cell(0.5))
x, y, z = h.Vector([0, 1, 2]), h.Vector([5, 6, 8]), h.Vector([1, 2, 3, 4, 5, 6])
at = (-1, 0, 0.25, 1, 1.5, 2, 7)
found = {"constant": [h.table_rate_streams(2.5), h.rate_streams(1), h.used_streams(7)]}
h.table_rate_streams(y, x)
found["vectors"] = [h.rate_streams(each) for each in at] + [h.used_streams(0.5)]
h.table_rate_streams(y._ref_x[0], 3, 0, 10)
found["even"] = [h.rate_streams(each) for each in (-1, 0, 2.5, 7.5, 11)]
h.table_rate_streams(y._ref_x[0], 3, x._ref_x[0])
found["references"] = [h.rate_streams(each) for each in at]
h.table_both_streams(z._ref_x[0], 3, 0, 2, 2, 0, 1)
pairs = [(0, 0), (1, 1), (0.5, 0.5), (2, 1), (-1, 0.3), (3, 3)]
found["two"] = [h.both_streams(*each) for each in pairs]
h.table_both_streams(z._ref_x[0], 3, x._ref_x[0], 2, 0, 1)
found["two mixed"] = [h.both_streams(*each) for each in pairs]
found["refused"] = [raises(h.table_both_streams, x, y), raises(h.table_rate_streams, y, h.Vector(2)),
                    hasattr(h, "table_rate_StreamsPoint"), hasattr(h, "table_none_streams")]
point.table_rate(4)
found["point"] = [point.rate(1)]
point.table_rate(y, x)
found["point"] += [point.rate(1.5), h.StreamsPoint(cell(0.1)).rate(1.5)]
cell(0.5).streams.table_rate(3)
found["segment"] = [cell(0.5).streams.rate(3), cell(0.5).streams.used(3)]

report(found)
