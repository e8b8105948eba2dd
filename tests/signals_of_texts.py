"""What each signal of a text sees and leaves alone."""

from __future__ import annotations

from tests.signalling import Left, Seen, listing, sections, table

SEEN: list[Seen] = [
    # Words
    ("title", {"lexicon": "own"}, sections("The mole"), 1, "the heading mentions “mole”"),
    (
        "title", {"lexicon": "own", "above": 1}, "# The tides\n\n## High\n\nRain.\n", 1,
        "“tides”",
    ),
    (
        "says", {"lexicon": "own"}, "The tides turn. The tide waits.\n\nBy the quay, a mole.", 3,
        "the text says “tides”, “the quay”, “mole”",
    ),
    ("says", {"lexicon": "own", "most": 1}, "The tides turn at the mole.", 1, "“tides”, “mole”"),
    ("claim", {}, "They scored 5/5 on it.", 1, "the text claims 5/5"),
    ("claim", {}, "They met 12 out of 12 so far.", 1, "the text claims 12 out of 12"),
    ("claim", {}, "They met 12 out of 12.", 1, "the text claims 12 out of 12"),
    ("claim", {}, "All five criteria are met.", 1, "the text claims that all is met"),
    ("closing", {"lexicon": "own"}, "Rain.\n\nThe mole it is.", 1, "closes with “The mole it is.”"),
    ("friction", {}, "It worked, but nobody liked the colour of it.", 4, "the text admits “but”"),
    (
        "friction", {}, "It failed, but nobody knows why; perhaps the mistake was a price.", 4,
        "the text admits “but”",
    ),
    (
        "conditionals", {}, listing("Call the pilot if it blows", "Stay unless the tide turns"), 2,
        "2 steps branch",
    ),
    (
        "conditionals", {}, listing(*(f"Call pilot {n} if it blows" for n in "abc")), 2,
        "3 steps branch",
    ),
    ("code", {}, "It runs:\n\n```sh\nls\n```\n\n```sh\ncd\n```\n", 1, "2 pieces of code"),
    ("links", {}, "See <https://a.example/> and <https://b.example/>.", 1, "2 links"),
    ("quoted", {}, 'The pilot on watch said "it was never safe."', 1, "somebody is quoted"),
    ("questions", {}, "Rain.\n\nWho pays?", 1, "it asks “Who pays?”"),
    (
        "long_cells", {},
        table("A | B", "x | one two three four five six seven eight", "y | a b c d e f g h i"), 1,
        "2 cells are sentences",
    ),
    ("placeholders", {}, table("A | B", "x | [name]", "y | hh:mm"), 1, "2 places to fill in"),
    ("last", {}, "Rain.", 1, "it ends the page"),
    ("prose_only", {}, "Rain.", 1, "it is prose throughout"),
    # Sequences
    (
        "sequence", {"lexicon": "days"},
        listing("**Monday:** sail", "**Tuesday:** row", "**Friday:** rest", "**Thursday:** swim"),
        1, "4 steps in a row: “Monday”, “Tuesday”",
    ),
    (
        "sequence", {"lexicon": "days", "least": 2}, table("Day | A", "Monday | 1", "Friday | 2"),
        1, "2 steps in a row",
    ),
    (
        "sequence", {"lexicon": "days", "least": 2}, "Monday: they sail.\n\nFriday: they rest.\n",
        1, "2 steps in a row",
    ),
    (
        "counted", {}, listing("**Day 1-2:** a", "**Day 3 and 4:** b", "**Day 5:** c", "**9:** d"),
        1, "4 even steps",
    ),
    (
        "labelled_steps", {},
        listing("**Moor:** first of all", "**Wait:** for the tide", "**Leave:** at high water"), 1,
        "3 named steps: “Moor”, “Wait”, “Leave”",
    ),
    (
        "labelled_steps", {"lexicon": "days", "least": 2},
        listing("**Monday:** sail", "**Noon:** eat", "**Friday:** rest"), 1, "2 named steps",
    ),
    (
        "same_fields", {},
        "**One**\n\n- Sign: a\n- Check: b\n- Cure: c\n\n"
        "**Two**\n\n- Sign: d\n- Check: e\n- Cure: f",
        2, "2 entries with the same fields: “sign”, “check”, “cure”",
    ),
    (
        "same_fields", {},
        "".join(f"**{n}**\n\n- Sign of it: a\n- Check: b\n- Cure: c\n\n" for n in range(5)), 4,
        "5 entries with the same fields",
    ),
    (
        "same_fields", {},
        "**One**\n\n- Sign of it: a\n- Check: b\n- Cure: c\n\n"
        "**Two**\n\n- Sign Of It: d\n- Check: e\n- Cure: f", 2, "2 entries",
    ),
    (
        "same_fields", {}, table("Sign | Check | Cure", "a | b | c") + "\nRain.\n\n"
        + table("Sign | Check | Cure", "d | e | f"), 2, "“sign”, “check”, “cure”",
    ),
    ("staged", {}, sections("Phase 1: a", "Phase 2: b", "Rest"), 2, "2 numbered stages"),
    (
        "staged", {}, sections(*(f"Phase {n}: a" for n in range(1, 6))), 4, "5 numbered stages",
    ),
    (
        "same_fields", {},
        "Sign: it hums. Check: the valve. Cure: rest.\n\nSign: a. Check: it. Cure: oil.",
        2, "2 entries with the same fields",
    ),
    ("ticked", {}, listing("✅ Locks", "☑ Lights", "The buoys are done"), 1, "3 of 3 items"),
    (
        "defines", {}, listing(
            "**Gap:** an hour without a reading", "**Tide:** the rise of the water",
            "**Mole:** any wall in the sea", "**Quay:** mooring for ships",
        ), 1, "3 items are definitions: “Gap”, “Tide”, “Mole”",
    ),
    ("terse", {}, table("A | B", "x | one", "y | two words"), 1, "2 of 2 entries are 6 words or"),
    ("terse", {"words": 2}, listing("one", "two words"), 1, "2 of 2 entries are 2 words or fewer"),
    # Pages
    (
        "occurrences", {"lexicon": "own"}, "The tide and the tides.\n\nThe mole, the mole.\n",
        4 / 3, "4 times “mole”, “tide”, “tides”",
    ),
    ("emoji", {}, "It is done ✅ and 🎉 and ✅.", 3, "3 emoji: ✅ 🎉"),
    (
        "exact_figures", {}, "They moved 12,345 tons in 4.73 hours for $1,234.", 1,
        "3 exact figures: “12,345”, “4.73”, “$1,234”",
    ),
    (
        "alike_headings", {"least": 3}, sections("Tide one", "Tide two", "Tide three"), 1,
        "3 of 3 headings begin with “Tide”",
    ),
    (
        "colon_headings", {"least": 2}, sections("Tide: what it is", "Mole: who built it"), 1,
        "2 of 2 headings are a label and a colon",
    ),
    (
        "numbered_headings", {"least": 2}, sections("1. Tide", "2.1 Mole", "Step 3: quay"), 1.5,
        "3 of 3 headings are numbered: “1. Tide”",
    ),
    (
        "alike_siblings", {},
        "".join(f"## Pier {n}\n\nIt stands.\n\n- Length: 3\n- Depth: 4\n\n" for n in range(3)), 1,
        "3 sections have the same structure: “Pier 0”, “Pier 1”, “Pier 2”",
    ),
    (
        "share_of_words", {}, "One two.\n\n" + table("A | B", "x y | z"), 1.5,
        "60% of the words are in 1 table",
    ),
    (
        "share_of_words", {"of": "lists", "least": 0.5}, "One two.\n\n" + listing("a", "b"), 1,
        "50% of the words are in 1 list",
    ),
    (
        "blocks_per_thousand", {"least": 2}, f"{table('A', 'x')}\nAnd:\n\n{table('A', 'y')}", 1,
        "2 tables in 3 words",
    ),
    (
        "fields_on_top", {"lexicon": "own"}, "Tide: high. Mole: open.\n\nRain.", 1,
        "it begins with “Tide”, “Mole”",
    ),
    ("opens", {"lexicon": "own"}, "At the quay it rains.", 1, "it begins “At the quay it rains.”"),
    (
        "negated_contrast", {}, "This was not a failure. It was a lesson.", 1,
        "it says “This was not a failure. It was”",
    ),
    (
        "negated_contrast", {}, "That isn't merely a delay - it is a loss.", 1,
        "it says “isn't merely a delay - it is”",
    ),
    ("negated_contrast", {}, "It is not only late but wrong.", 1, "it says “not only late but”"),
    ("items", {}, listing("a", "b", "c"), 1, "a list of 3 items"),
    ("says_or_titles", {"lexicon": "own"}, sections("The mole"), 1, "the text says “mole”"),
    ("asks_reader", {}, "Rain. Do you like it?", 1, "it addresses the reader: “Do you"),
    ("asks_reader", {}, "Take a moment and look.", 1, "it addresses the reader: “Take a moment"),
    (
        "heading_or_lead", {"lexicon": "own"}, "Of the tides:\n\n" + listing("a", "b"), 1,
        "it sums up: “tides”",
    ),
    ("ends_in_list", {}, "Rain.\n\n" + listing("a"), 1, "it ends in a list"),
]  # fmt: skip


LEFT: list[Left] = [
    # Words
    ("title", {"lexicon": "own"}, sections("The pier", text="The mole.")),
    ("title", {"lexicon": "own", "above": 1}, "# The tides\n\n## High\n\n### Low\n\nRain.\n"),
    ("says", {"lexicon": "own", "least": 2}, "The tide turns. The tide waits."),
    ("claim", {}, "They scored 4/5, on version 1.5/5.1 and 0/0."),
    ("claim", {}, "They met on 12/12/2026."),
    ("closing", {"lexicon": "own"}, "Rain and the moles, across the quarry."),
    ("friction", {}, listing("But no", "Failed")),
    ("conditionals", {}, listing("Call if needed")),
    ("code", {}, "Rain."),
    ("links", {}, "Rain."),
    ("quoted", {}, 'The so-called "harbour master" is out for the day.'),
    ("questions", {}, "Rain ? No."),
    ("long_cells", {}, table("A | B", "x | one two three four five six seven eight", "y | one")),
    ("placeholders", {}, table("A | B", "x | [name]", "y | two", "z | three")),
    ("prose_only", {}, "Rain.\n\n- and hail\n"),
    ("prose_only", {}, table("A", "x")),
    # Sequences
    ("sequence", {"lexicon": "days"}, listing("Monday: a", "Tuesday: b", "Friday: c", "Noon: d")),
    ("counted", {}, listing("**Day 1:** a", "**Day 2:** b", "**Day 2:** c", "**Day 3:** d")),
    ("counted", {}, listing("**Day 1:** a", "**Day 2:** b", "**Day 3:** c")),
    ("counted", {}, listing("**Day 1:** a", "**Noon:** b", "**Day 3:** c", "**Day 4:** d")),
    ("labelled_steps", {}, listing("**Moor:** first", "**Wait:** then", "a b c d e f g")),
    ("labelled_steps", {}, table("A | B", " | 1", " | 2", " | 3")),
    ("staged", {}, sections("Phase 1: a")),
    ("same_fields", {}, "**One**\n\n- Sign: a\n- Check: b\n\n**Two**\n\n- Sign: d\n- Check: e\n"),
    ("ticked", {}, listing("✅ Locks", "Lights", "✅ Ropes")),
    ("ticked", {}, listing("✅ Locks", "✅ Ropes")),
    ("defines", {}, listing("**Detect:** the desk sees", "**Act:** stop it", "**Tell:** a call")),
    ("defines", {}, listing("an hour", "a rise", "any wall")),
    ("terse", {}, table("A | B", "x | one two three four five six seven", "y | two words")),
    # Pages
    ("occurrences", {"lexicon": "own"}, "The tide and the tides."),
    ("occurrences", {"lexicon": "own", "per_thousand": 500.0}, "The tide, tide, and tide " * 3),
    ("emoji", {"least": 2}, "It is done ✅."),
    ("exact_figures", {}, "They moved 12,000 tons in 4.0 hours for $1,500,000 in 1987 at 14:30."),
    ("exact_figures", {}, table("A", "12,345", "4.73", "$1,234")),
    ("alike_headings", {"least": 3}, sections("Tide one", "Tide two", "Mole")),
    ("alike_headings", {"least": 2, "share": 0.6}, sections("Tide one", "Tide two", "A b", "C d")),
    ("colon_headings", {"least": 2}, sections("Tide: what it is", "Mole, who built it")),
    ("colon_headings", {"least": 2}, sections("Tide: what it is", "A: x")),
    ("numbered_headings", {"least": 2}, sections("1. Tide", "Mole 2", "2tone")),
    (
        "alike_siblings", {},
        "".join(f"## Pier {n}\n\nIt stands.\n\n- {n}: 3\n- Depth: 4\n\n" for n in "abc"),
    ),
    ("alike_siblings", {}, sections("A", "B", "C", text="It stands.\n\nIt fell.")),
    ("share_of_words", {}, "One two three four.\n\n" + table("A | B", "x | y")),
    ("blocks_per_thousand", {"least": 2, "of": "lists"}, table("A", "x") + "\nAnd:\n\n- a\n"),
    ("fields_on_top", {"lexicon": "own"}, "Tide: high.\n\nRain."),
    ("opens", {"lexicon": "own", "words": 2}, "Today at the quay it rains."),
    ("negated_contrast", {}, "This was not a failure. She was glad."),
    ("items", {}, listing("a", "b")),
    ("says_or_titles", {"lexicon": "own"}, "# The tides\n\n## High\n\nRain.\n"),
    ("asks_reader", {}, "Is it late? Then you leave!"),
    ("asks_reader", {}, "You leave! Is it late?"),
    ("heading_or_lead", {"lexicon": "own"}, "Of the tides:\n\nRain.\n\n- a\n- b\n"),
    ("ends_in_list", {}, "- a\n\nRain.\n"),
]  # fmt: skip
