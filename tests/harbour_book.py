"""A chapter, and a book whose guide quotes a sample of it."""

from __future__ import annotations

CHAPTER = """\
# Harbour

The pilots board at the outer buoy. Two tugs wait inside the mole, and the harbour master
gives the word by radio.

| Berth | Depth | Length | Crane | Remark |
|---|---|---|---|---|
| North quay 1 | 9.5 m | 180 m | 40 t | coal and ore |
| North quay 2 | 9.5 m | 160 m | none | being dredged |
| South quay | 12 m | 240 m | 60 t | containers |
| Fish dock | 4 m | 80 m | 5 t | day boats only |

Ships of more than 150 metres are turned in the basin. The master of the "Agnes Lund" refused
to be turned there in a gale, and lay outside for two nights.

## Dues

Dues are paid at the customs house before noon, in cash or by a bill on the shipping agent.
"""

REWRITTEN = """\
Nobody likes the basin. The "Agnes Lund" lay outside for two nights because her master had once
seen a ship turned there in a gale, and he told the pilot so over the radio.
"""


def book_of(before: str, after: str, chapter: str = CHAPTER, options: str = "") -> dict[str, str]:
    guide = (
        "# Guide\n\n```{revision-guide} port\n:chapters: harbour\n```\n\n"
        f"`````{{revision-issue}} The basin\n{options}\n````{{before-after}}\n{before}\n\n+++\n\n"
        f"{after}\n````\n`````\n"
    )
    index = "# Book\n\n```{toctree}\nharbour\nguide\n```\n"
    return {"index.md": index, "harbour.md": chapter, "guide.md": guide}


BEFORE = (
    "Ships of more than 150 metres are turned in the basin. The master of the “Agnes Lund” refused."
)
