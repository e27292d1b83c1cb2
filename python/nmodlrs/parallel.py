"""NEURON's class ParallelContext for one process.

What is about the network is native; here are the exchange of Python objects and numbers between
processes, of which there is one, and the bulletin board of jobs, which this process does itself.
"""

import time

from nmodlrs import _nmodlrs


class ParallelContext(_nmodlrs.ParallelContext):
    """One process, in which everything is."""

    # Jobs and posted messages are the process's, whichever object they came through.
    _jobs = []
    _done = None
    _next_id = 1
    _posted = {}

    # ---- exchange

    def barrier(self):
        """Waits for all processes. Returns the seconds that this took."""
        return 0.0

    def allreduce(self, value, kind):
        """The sum (1), maximum (2) or minimum (3) over all processes: `value` itself."""
        if kind not in (1, 2, 3):
            raise ValueError(f"allreduce: {kind} is none of 1 (sum), 2 (maximum), 3 (minimum)")
        return float(value) if isinstance(value, (int, float)) else 0.0

    def allgather(self, value, result):
        """The numbers of all processes, in the Vector `result`."""
        result.from_python([value])
        return 0.0

    def alltoall(self, source, counts, result):
        """What all processes have for this one, in the Vector `result`."""
        if len(counts) != 1 or counts[0] != len(source):
            raise ValueError("alltoall: the counts do not fit the Vector")
        result.from_python(list(source))
        return 0.0

    def broadcast(self, value, root):
        """A string or Vector from the process `root` to all. Returns its length."""
        self._check_root(root)
        return len(value)

    def py_alltoall(self, objects, size=0):
        """A list with an object for each process; returns those for this one."""
        objects = list(objects)
        if len(objects) != 1:
            raise ValueError(f"py_alltoall: {len(objects)} objects for 1 process")
        return [None] if size < 0 else objects

    def py_allgather(self, value):
        """The objects of all processes."""
        return [value]

    def py_gather(self, value, root=0):
        """The objects of all processes, on the process `root`."""
        self._check_root(root)
        return [value]

    def py_broadcast(self, value, root=0):
        """An object of the process `root`."""
        self._check_root(root)
        return value

    def py_scatter(self, objects, root=0):
        """This process's object of a list on the process `root`."""
        self._check_root(root)
        objects = list(objects)
        if len(objects) != 1:
            raise ValueError(f"py_scatter: {len(objects)} objects for 1 process")
        return objects[0]

    @staticmethod
    def _check_root(root):
        if root != 0:
            raise ValueError(f"there is one process, 0, and no process {root}")

    def subworlds(self, size):
        """Divides the processes into groups: there is one of one."""
        return 0.0

    # ---- jobs

    def submit(self, *call):
        """Puts a job on the board: `submit([userid,] function, argument...)`. Returns its id."""
        board = ParallelContext
        number = board._next_id
        board._next_id += 1
        if call and isinstance(call[0], (int, float)):
            number, call = call[0], call[1:]
        if not call or not callable(call[0]):
            raise TypeError("submit needs a Python callable and its arguments")
        board._jobs.append((number, call[0], call[1:]))
        return number

    def working(self):
        """Does a job; its id, whose result is then `pyret()`, or 0 when all are done."""
        board = ParallelContext
        if not board._jobs:
            board._done = None
            return 0
        number, function, arguments = board._jobs.pop(0)
        board._done = (number, function(*arguments))
        return number

    def pyret(self):
        """The result of the job that `working` did."""
        return self._last()[1]

    def retval(self):
        """The result of the job that `working` did, as a number."""
        result = self._last()[1]
        return float(result) if isinstance(result, (int, float)) else 0.0

    def userid(self):
        """The id of the job that `working` did."""
        return self._last()[0]

    def _last(self):
        if ParallelContext._done is None:
            raise RuntimeError("no job was done since working() returned 0")
        return ParallelContext._done

    def context(self, *call):
        """Has all other processes call a function, of which there are none."""
        return 0.0

    def runworker(self):
        """Has all other processes wait for jobs, of which there are none."""
        return 0.0

    def master_works_on_jobs(self, on=True):
        """Whether this process does jobs, which it always does."""
        return 1.0

    def done(self):
        """Has the other processes quit, of which there are none."""
        return 0.0

    # ---- messages

    def post(self, key, *values):
        """Posts values under a key."""
        ParallelContext._posted.setdefault(key, []).append(list(values))
        return 0.0

    def _found(self, key, remove):
        messages = ParallelContext._posted.get(key)
        if not messages:
            return None
        values = messages.pop(0) if remove else messages[0]
        if not messages:
            del ParallelContext._posted[key]
        self._unpacking = list(values)
        return values

    def take(self, key):
        """Takes a message from the board, for `upkscalar` and its kin."""
        if self._found(key, True) is None:
            raise RuntimeError(f"take('{key}') would wait for ever: nobody else posts")
        return 1.0

    def look(self, key):
        """Looks for a message and leaves it. 1 if there is one."""
        return float(self._found(key, False) is not None)

    def look_take(self, key):
        """Takes a message if there is one. 1 if there was."""
        return float(self._found(key, True) is not None)

    _unpacking = ()

    def _unpack(self):
        if not self._unpacking:
            raise RuntimeError("nothing is left of the message")
        return self._unpacking.pop(0)

    def upkscalar(self):
        """The next value of the message, a number."""
        return float(self._unpack())

    def upkstr(self, into=None):
        """The next value of the message, a string; also put into a string reference."""
        text = str(self._unpack())
        if into is not None:
            into[0] = text
        return text

    def upkvec(self, into=None):
        """The next value of the message, a Vector; copied into `into` if that is given."""
        values = self._unpack()
        return values if into is None else into.from_python(list(values))

    def upkpyobj(self):
        """The next value of the message, a Python object."""
        return self._unpack()

    # ---- time and load

    def time(self):
        """Seconds since some moment in the past."""
        return time.perf_counter()

    def wait_time(self):
        """Seconds spent waiting for other processes."""
        return 0.0

    def step_wait(self, _set=None):
        """Seconds of `psolve` spent waiting for other processes."""
        return 0.0

    def nworker(self):
        """Number of threads beside the first."""
        return self.nthread() - 1

    def spike_compress(self, *_):
        """How spikes are packed for other processes: not at all."""
        return 0.0

    def optimize_node_order(self, *_):
        """Which order of nodes is used; results do not depend on it."""
        return 0
