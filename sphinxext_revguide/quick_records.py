"""Immutable records that are declared like dataclasses and created in a third of the time.

``dataclasses`` compiles six methods for each frozen class. With more than a hundred of them, that
was half of the time that the import of the extension took.
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
        """Return a decorator that makes a class a dataclass with slots, compared by its values.

        Only ``__init__`` is compiled. That no attribute is set is left to the type checker.

        :param frozen: always true.
        :param slots: always true.
        :raises ValueError: if one of them is not, for which Python has its own dataclasses.
        """
        if not (frozen and slots):
            msg = "a record is frozen and has slots; use dataclasses.dataclass for others"
            raise ValueError(msg)
        return _record

    def _record(cls):
        made = dataclasses.dataclass(repr=False, eq=False, slots=True)(cls)
        for name, method in _methods(dataclasses.fields(made)).items():
            # A class without a hash of its own, but with __eq__, has None in its place.
            if cls.__dict__.get(name) is None:
                setattr(made, name, method)
        return made

    def _methods(fields):
        names = tuple(field.name for field in fields)
        shown = tuple(field.name for field in fields if field.repr)
        compared = _values(field.name for field in fields if field.compare)
        hashed = _values(
            field.name for field in fields if (field.compare if field.hash is None else field.hash)
        )

        def in_words(self):
            values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
            return f"{self.__class__.__qualname__}({values})"

        def equals(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return compared(self) == compared(other)

        def state(self):
            return [getattr(self, name) for name in names]

        def restore(self, values):
            for name, value in zip(names, values, strict=False):
                setattr(self, name, value)

        return {
            "__repr__": in_words,
            "__eq__": equals,
            "__hash__": lambda self: hash(hashed(self)),
            "__getstate__": state,
            "__setstate__": restore,
        }

    def _values(names):
        """Return a function that returns the named attributes of a record."""
        wanted = tuple(names)
        return attrgetter(*wanted) if wanted else lambda _record: ()
