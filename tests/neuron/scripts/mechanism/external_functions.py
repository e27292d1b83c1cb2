"""Functions that use EXTERNAL variables, called without an instance, before and in a simulation."""

from neuron import h
from paired import mechanisms, report

mechanisms("interface/lender.mod", "interface/borrower.mod", together=True)
values = {"before": [h.doubled_borrower(2), h.through_borrower(2), h.lent_lender]}
h.lend_borrower(7)
values["lent"] = [h.lent_lender, h.doubled_borrower(2)]
soma = h.Section("soma")
soma.insert("lender")
soma.insert("borrower")
h.finitialize(-65)
values["initialized"] = [h.through_borrower(2), soma(0.5).borrower.y]
h.lend_borrower(5)
h.lent_lender *= 2
values["again"] = [h.through_borrower(2), h.lent_lender]
h.setdata_borrower(soma(0.5))
values["of"] = [h.through_borrower(2), h.own_borrower()]
report(values)
