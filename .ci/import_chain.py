"""Report the longest chain of imports within the package, and fail where it is too long.

Imports for type checking and inside functions count; a module does not import its own package.
"""

from __future__ import annotations

import sys
from functools import cache

import grimp

PACKAGE = "sphinxext_revguide"
MAX_MODULES = 15
"""What a chain may grow to before somebody looks at it."""


def main() -> int:
    """Print the chain, the first module first; return 1 where it is too long."""
    graph = grimp.build_graph(PACKAGE, cache_dir=None)

    @cache
    def chain(module: str) -> tuple[str, ...]:
        imported = sorted(graph.find_modules_directly_imported_by(module))
        return (module, *max(map(chain, imported), key=len, default=()))

    longest = max(map(chain, sorted(graph.modules)), key=len)
    sys.stdout.write(f"{len(longest)} modules: {' > '.join(longest)}\n".replace(f"{PACKAGE}.", ""))
    return int(len(longest) > MAX_MODULES)


if __name__ == "__main__":
    sys.exit(main())
