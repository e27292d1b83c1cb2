"""NEURON's List, of anything or of all objects of a class."""

from nmodlrs import _nmodlrs
from nmodlrs.template import Numbered


# classes with so many objects that no list of them is kept
UNLISTED = ("Random", "Vector")


class List(Numbered):
    """A list of objects, or, as `List("IClamp")`, of all that there are of a class at any time."""

    _numbered = True

    def __init__(self, template=None):
        if template is not None and not is_class(template):
            raise RuntimeError(f"{template} is not a template name")
        if template in UNLISTED:
            raise NotImplementedError(f'List("{template}"): {template} objects are not listed')
        self._template = template
        self._objects = []

    def _items(self):
        if self._template is None:
            return self._objects
        return _nmodlrs.instances(self._template)

    def _change(self):
        if self._template is not None:
            raise RuntimeError(
                f'List("{self._template}") is the list of all {self._template} objects:'
                " it changes by itself alone"
            )
        return self._objects

    def _place(self, index, end):
        position = int(index)
        if not 0 <= position < end:
            raise IndexError(f"{self._name}: there is no position {index}, it has {end}")
        return position

    def append(self, *objects):
        """Adds at the end; returns the number of objects."""
        if not objects:
            raise TypeError("List.append needs an object")
        for each in objects:
            self._change().append(checked(each))
        return float(len(self._objects))

    def prepend(self, item):
        """Adds at the beginning; returns the number of objects."""
        self._change().insert(0, checked(item))
        return float(len(self._objects))

    def insrt(self, index, item):
        """Adds before the object at `index`; returns the number of objects."""
        objects = self._change()
        objects.insert(self._place(index, len(objects) + 1), checked(item))
        return float(len(objects))

    def remove(self, index):
        """Takes the object at `index` out; returns the number of objects that are left."""
        objects = self._change()
        del objects[self._place(index, len(objects))]
        return float(len(objects))

    def remove_all(self):
        """Takes all out."""
        self._change().clear()
        return 0.0

    def index(self, item):
        """The position of an object, or -1."""
        checked(item)
        for position, each in enumerate(self._items()):
            if each is item or each == item:
                return position
        return -1

    def count(self):
        """The number of objects."""
        return len(self._items())

    def o(self, index):
        """The object at `index`."""
        items = self._items()
        return items[self._place(index, len(items))]

    object = o

    def __len__(self):
        return len(self._items())

    def __bool__(self):
        return True

    def __iter__(self):
        return iter(list(self._items()))

    def __contains__(self, item):
        return any(each is item or each == item for each in self._items())

    def __getitem__(self, index):
        if not isinstance(index, int):
            kind = type(index).__name__
            raise TypeError(f"sequence index must be integer, not '{kind}'")
        items = self._items()
        if not -len(items) <= index < len(items):
            raise IndexError(f"{self._name}: there is no [{index}], it has {len(items)}")
        return items[index]

    def selected(self):
        """The selected item of a browser: there is none, -1."""
        return -1.0

    def select(self, index):
        """Selects an item of a browser, of which there is none: nothing happens."""
        return 1.0


def is_class(name):
    """Whether objects of a class of that name can be listed."""
    from nmodlrs import h

    if any(name == known and kind in (1, 2) for known, kind in _nmodlrs.mechanisms()):
        return True
    if hasattr(vars(h).get(name), "_statements"):
        # a template of hoc
        return True
    return isinstance(getattr(type(h), name, None), type) and name not in ("Section", "Segment")


def checked(item):
    """Objects can be in a List, numbers and strings cannot."""
    if isinstance(item, (bool, int, float, str)):
        raise TypeError(f"a List holds objects, not {item!r}: use h.ref({item!r})")
    return item
