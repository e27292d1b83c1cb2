"""What the objects of NEURON's classes have in common: numbers, names, and lists of instances."""

from nmodlrs import _nmodlrs


# what classes of point processes have beside what is in their .mod files
METHODS = {}


class PointProcessClass(type):
    """The type of `h.IClamp` and the like: `h.IClamp[0]` is the object of that number."""

    def __new__(cls, name, bases, attributes):
        if attributes.get("_mechanism") == name:
            attributes = METHODS.get(name, {}) | attributes
        return super().__new__(cls, name, bases, attributes)

    def __getitem__(cls, number):
        found = isinstance(number, int) and number >= 0
        found = _nmodlrs.instance(cls._mechanism, number) if found else None
        if found is None:
            raise IndexError(f"{cls._mechanism}[{number}] instance does not exist")
        return found

    def __len__(cls):
        return len(_nmodlrs.instances(cls._mechanism))

    def __bool__(cls):
        return True

    def __iter__(cls):
        return iter(_nmodlrs.instances(cls._mechanism))


class Numbered:
    """Base of classes whose objects have numbers: `List[0]`."""

    def __new__(cls, *_arguments, **_keywords):
        self = super().__new__(cls)
        class_name = next(base.__name__ for base in cls.__mro__ if "_numbered" in base.__dict__)
        self._name = f"{class_name}[{_nmodlrs.number(class_name, self)}]"
        return self

    def __class_getitem__(cls, number):
        """`h.List[0]`: the object of that number."""
        class_name = next(base.__name__ for base in cls.__mro__ if "_numbered" in base.__dict__)
        found = isinstance(number, int) and number >= 0
        found = _nmodlrs.instance(class_name, number) if found else None
        if found is None:
            raise IndexError(f"{class_name}[{number}] instance does not exist")
        return found

    def hname(self):
        """The name, as `List[0]`."""
        return self._name

    def same(self, other):
        """True if both are one object."""
        return self is other

    def hocobjptr(self):
        """A number that identifies the object."""
        return id(self)

    def __repr__(self):
        return self._name
