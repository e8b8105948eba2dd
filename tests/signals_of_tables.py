"""What each signal of a table sees and leaves alone."""

from __future__ import annotations

from tests.signalling import GOOD, Left, Seen, table

SEEN: list[Seen] = [
    ("head", {"lexicon": "own"}, table("Tides | Mole", "a | b"), 1, "columns “tides”, “mole”"),
    ("head", {"lexicon": "own"}, table("Tides | Ship", "a | b"), 1, "column “tides”"),
    ("positive_column", {}, table("What | Met", *GOOD), 1, "4 of 4 cells under “Met” are positive"),
    (
        "positive_column", {}, table("What | Met", *GOOD, "Paint | 3 m"), 1,
        "4 of 5 cells under “Met”",
    ),
    (
        "positive_column", {}, table("What | Met", *GOOD, "Total | 2 open"), 1,
        "4 of 4 cells under “Met”",
    ),
    (
        "positive_column", {},
        table("What | Met | Note", *(f"{row} | 12 m" for row in GOOD)), 1, "under “Met”",
    ),
    ("positive_column", {"rows": 2}, table("What | Met", *GOOD[:2]), 1, "2 of 2 cells"),
    (
        "troubled_cells", {}, table("What | Met", "a | failed", "b | ✅", "c | pending"), 2,
        "not everything is positive: “failed”, “pending”",
    ),
    (
        "troubled_cells", {"most": 1}, table("What | Met", "a | failed", "c | missed"), 1,
        "“failed”, “missed”",
    ),
    (
        "perfect_ratio", {}, table("What | All | Done", "a | 4 | 4", "b | 7 | 7", "c | 2 | 2"), 1,
        "the counts are equal in 3 of 3 rows",
    ),
    (
        "perfect_ratio", {}, table("What | Done", "a | 4/4", "b | 7 of 7", "c | 2 out of 2"), 1,
        "3 of 3 rows have full marks",
    ),
    (
        "perfect_ratio", {},
        table("What | All | Done", "a | 1k | 1,000", "b | 2m | 2,000,000", "c | 1 million | 1,000k",
              "d | 1bn | 1,000m", "e | 2 billion | 2bn"), 1, "equal in 5 of 5 rows",
    ),
    (
        "improving", {}, table("What | Old | New", "Cost | €1.2k | €900", "Revenue | 1.5m | 2 bn"),
        2, "2 of 2 measures get better, and none clearly gets worse",
    ),
    (
        "improving", {},
        table("What | Old | New", "Cost | 9 | 8", "Weight | 3 | 4", "Age | 5 | 5", "Hull | x | 4"),
        2, "1 of 2 measures get better",
    ),
    (
        "losing", {}, table("What | Old | New", "Cost | 8 | 9", "Revenue | 7 | 9"), 1,
        "“Cost” got worse",
    ),
    (
        "losing", {}, table("What | Old | New", "Cost | 800 | 1,200", "Revenue | 9 | −7"), 2,
        "“Cost”, “Revenue” got worse",
    ),
    (
        "gains", {}, table("What | Gain", "a | 4 %", "b | +9"), 1,
        "2 of 2 rows under “Gain” are gains",
    ),
    (
        "winner", {}, table("What | Winner", "a | New", "b | new!", "c | tie"), 1,
        "“New” appears in 2 of 3 rows under “Winner”",
    ),
    (
        "winner", {}, table("What | Winner", "a | ✅ tug", "b | ✅ ferry", "c | ✅ barge"), 1,
        "a mark appears in 3 of 3 rows under “Winner”",
    ),
    (
        "offset_column", {},
        table("Step | When", "a | at once", "b | T+15 min", "c | within 2 hours", "d | later"), 1,
        "3 of 4 steps are timed to the minute",
    ),
    ("offset_column", {}, table("Step | When", "a | 5 min", "b | 10-15 min"), 1, "2 steps"),
    (
        "activities", {}, table("When | What", "8 | call the pilot", "9 | lower the bridge"), 1,
        "2 of 2 activities",
    ),
    ("yes_no", {}, table("What | A | B", "a | yes | No.", "b | no | 7"), 1, "yes and no"),
    (
        "sides", {}, table("What | Tug | Ferry", "a | 1 | 2", "b | 3 | 4", "c | 5 | 6"), 1,
        "3 of 3 rows set the sides against each other",
    ),
    (
        "weighing_rows", {}, table("What | Tug", "Cost | 1", "Risk | 3", "Colour | 5"), 1,
        "it weighs “Cost”, “Risk”",
    ),
    ("numeric", {}, table("What | A | B", "a | 1 | 2", "b | 3 m | x"), 1, "3 of 4 cells"),
    ("numeric", {}, table("What | A", "a | 3 of the long years"), 1, "1 of 1 cells"),
    (
        "totalled", {}, table("What | A", "a | 1", "b | 2", "c | 3", "Total | 6"), 1,
        "3 rows and their total",
    ),
    (
        "totalled", {}, table("What | A", "a | 1", "b | 2", "Sum | 3", "a third | 1"), 1,
        "3 rows and their total",
    ),
    (
        "rising", {},
        table("Year | A | B", "1 | 1 | 10", "2 | 1 | 20", "3 | 2 | 1,000", "4 | 3 | 1.5k"), 1,
        "“A”, “B” rise through 4 rows without a dip",
    ),
]  # fmt: skip


BAD = table("What | Met", *GOOD[:3], "Ropes | failed")


LEFT: list[Left] = [
    ("head", {"lexicon": "own", "least": 2}, table("Tides | Ship", "a | b")),
    ("positive_column", {}, BAD),
    ("positive_column", {}, table("What | Met", *GOOD[:2])),
    ("positive_column", {}, table("What | Met", *GOOD[:3], "Ropes | 3 m")),
    ("troubled_cells", {}, table("failed | Met", "failed | ✅", "b | ✅")),
    ("perfect_ratio", {}, table("What | All | Done", "a | 4 | 4", "b | 7 | 7", "c | 2 | 1")),
    ("perfect_ratio", {}, table("What | All | Done", "a | 4 | 4", "b | 7 | 7")),
    ("perfect_ratio", {}, table("What | All | Done", "a | x | x", "b | y | y", "c | z | z")),
    ("perfect_ratio", {}, table("What | Done", "a | 4/4", "b | 6/7", "c | 2/2")),
    ("improving", {}, table("What | Old | New", "Cost | 9 | 8", "Revenue | 3 | 2")),
    ("improving", {}, table("What | Old | New", "Weight | 9 | 8", "Age | 3 | 2")),
    ("improving", {}, table("What | Old | New", "Cost | 9 | 8", "Age | 3 | 3")),
    ("losing", {}, table("What | Old | New", "Cost | 9 | 8", "Revenue | 7 | 7", "Age | 2 | 1")),
    ("gains", {}, table("What | Gain", "a | 4 %")),
    ("gains", {}, table("What | Gain", "a | 4 %", "b | some")),
    ("gains", {}, table("What | Gain", "a | 4 %", "b | failed 3")),
    ("winner", {}, table("What | Winner", "a | new", "b | old", "c | new")),
    ("winner", {}, table("What | Winner", "a | new", "b | new")),
    ("winner", {}, table("What | Winner", "a | new", "b | tie", "c | tie")),
    ("offset_column", {}, table("Step | When", "a | 5 min", "b | later", "c | never")),
    ("offset_column", {}, table("Step | When", "a | 5 min")),
    ("activities", {}, table("When | Who", "8 | Ann Lee", "9 | the pilot calls Bo", "10 | Cy")),
    ("activities", {}, table("When | What", "8 | 3 ships come in", "9 | sail")),
    ("yes_no", {}, table("What | A | B", "a | yes | 4", "b | no | 7")),
    ("sides", {}, table("What | Tug | Ferry", "a | 1 | 2", "b | 3 | 3", "c | 5 | 5")),
    ("sides", {}, table("What | Tug | Ferry", "a | 1 | 2", "b | 3 | 4")),
    ("sides", {}, table("What | Tug", "a | 1", "b | 3", "c | 5")),
    ("sides", {}, table("What | A | B | C | D", *("a | 1 | 2 | 3 | 4",) * 3)),
    ("weighing_rows", {}, table("What | Tug", "Cost | 1", "Colour | 5")),
    ("numeric", {}, table("What | A | B", "a | 1 | x", "b | 3 m | y")),
    ("numeric", {}, table("What | A", "a | in 3 of the long years", "b | it took 9 years or so")),
    ("totalled", {}, table("What | A", "a | 1", "b | 2", "Total | 3")),
    ("totalled", {}, table("What | A", "Total | 1", "b | 2", "c | 3", "d | 6")),
    ("totalled", {}, table("What | A", "a | 1", "Total | 2", "c | 3", "d | 6")),
    ("rising", {}, table("Year | A | B", "1 | 1 | 1", "2 | 2 | 2", "3 | 3 | 3", "4 | 4 | 2")),
    ("rising", {}, table("Year | A | B", "1 | 1 | 5", "2 | 2 | 5", "3 | 3 | 5", "4 | 4 | 5")),
    ("rising", {}, table("Year | A | B", "1 | 1 | 1", "2 | 2 | 2", "3 | 3 | 3")),
    ("rising", {}, table("Year | A | B", "1 | 1 | 1", "2 | 2 | 2", "3 | 3 | 3", "4 | 4 | x")),
]  # fmt: skip
