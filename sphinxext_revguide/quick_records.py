"""Immutable records that are declared like dataclasses and created in a third of the time.

``dataclasses`` compiles six methods for each frozen class. With more than a hundred of them, that
was half of the time that the import of the extension took. Here one method is compiled, when the
first record of a class is created: most builds create records of few classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["record"]

if TYPE_CHECKING:
    # Type checkers know frozen dataclasses, and see that no attribute is set.
    from dataclasses import dataclass as record
else:
    import dataclasses
    from operator import attrgetter

    def record(*, frozen, slots):
        """Return a decorator that makes a class a dataclass that is compared by its values.

        Only ``__init__`` is compiled, when it is first called. That no attribute is set is left to
        the type checker.

        :param frozen: always true.
        :param slots: false for a class with cached properties; its records are pickled as usual.
        :raises ValueError: if it is not to be frozen, for which Python has its own dataclasses.
        """
        if not frozen:
            msg = "a record is frozen; use dataclasses.dataclass for others"
            raise ValueError(msg)
        return _slotted if slots else _made

    def _made(cls, *, slots=False):
        # In place of a docstring, dataclasses would work out a signature.
        cls.__doc__ = cls.__doc__ or cls.__name__
        made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
        fields = dataclasses.fields(made)

        def late_init(self, *args, **kwargs):
            made.__init__ = _init(made.__qualname__, fields)
            made.__init__(self, *args, **kwargs)

        made.__init__ = late_init
        for name, method in _methods(fields, slots=slots).items():
            # A class without a hash of its own, but with __eq__, has None in its place.
            if cls.__dict__.get(name) is None:
                setattr(made, name, method)
        return made

    def _slotted(cls):
        return _made(cls, slots=True)

    def _init(qualname, fields):
        """Return what dataclasses would have made ``__init__`` of a class."""
        parameters, values = ["self"], []
        known = {"missing": dataclasses.MISSING}
        for field in fields:
            name, own = field.name, f"own_{field.name}"
            parameter = value = name
            if field.default is not dataclasses.MISSING:
                known[own] = field.default
                parameter = f"{name}=own_{name}"
            elif field.default_factory is not dataclasses.MISSING:
                known[own] = field.default_factory
                parameter, value = f"{name}=missing", f"{own}() if {name} is missing else {name}"
            parameters.append(parameter)
            values.append(f"    self.{name} = {value}\n")
        text = f"def __init__({', '.join(parameters)}):\n{''.join(values) or '    pass'}"
        exec(text, known)  # noqa: S102 -- the text is made of the names of fields
        init = known["__init__"]
        init.__qualname__ = f"{qualname}.__init__"
        return init

    def _methods(fields, *, slots):
        names = tuple(field.name for field in fields)
        shown = tuple(field.name for field in fields if field.repr)
        told = _values(shown)
        compared = _values(field.name for field in fields if field.compare)
        hashed = _values(
            field.name for field in fields if (field.compare if field.hash is None else field.hash)
        )

        def in_words(self):
            values = told(self) if len(shown) > 1 else map(self.__getattribute__, shown)
            named = ", ".join(map("{}={!r}".format, shown, values))
            return f"{self.__class__.__qualname__}({named})"

        def equals(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return compared(self) == compared(other)

        def state(self):
            return [getattr(self, name) for name in names]

        def restore(self, values):
            for name, value in zip(names, values, strict=False):
                setattr(self, name, value)

        methods = {
            "__repr__": in_words,
            "__eq__": equals,
            "__hash__": lambda self: hash(hashed(self)),
        }
        return methods | ({"__getstate__": state, "__setstate__": restore} if slots else {})

    def _values(names):
        """Return a function that returns the named attributes of a record."""
        wanted = tuple(names)
        return attrgetter(*wanted) if wanted else lambda _record: ()
