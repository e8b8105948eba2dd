"""Comments and pairs that are the items of a list."""

from __future__ import annotations

import pytest

from tests.importing import ONE_ISSUE, accounted, pairs_by_issue, titles

# Comments that an export lists below the text

COMMENTED = """\
# The harbour

What follows is chapter 2.

Berta came late. The gate is opened.{a} She waited.

It rings.{b} The box is red and full of ropes.{c}

The tide was early that year.{d}

**Comments**

{first}{on_a}Nobody opens it. Try "Berta opens the gate." Or whoever it was.

> **Berta**, 5 May
> ok

{second}{on_b}It rings often. Better: "It rings twice."

{third}{on_c}We know the box. Cut this.

{fourth}{on_d}No note, I love this.
"""


@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize(
    ("mark", "head"),
    [
        ("[{}]", "[{}] **Ines**, 4 May, 9:42\n"),
        ("[{}]", "[{}]"),
        ("\\[{}\\]", "\\[{}\\] "),
        ("[DR{}]", "Comment [DR{}]: "),
    ],
)
def test_comments_are_issues_about_the_passages_that_they_mark(
    mark: str, head: str, quoted: bool
) -> None:
    marks = "1234" if "DR" in mark else "abcd"
    passages = [
        "The gate is opened.",
        "It rings.",
        "The box is red and full of ropes.",
        "The tide was early that year.",
    ]
    end = "" if head.endswith("\n") else "I mean this.\n"
    heads = dict(zip(("first", "second", "third", "fourth"), marks, strict=True))
    on = {f"on_{name}": f'{end}On: "{text}"\n' for name, text in zip("abcd", passages, strict=True)}
    text = COMMENTED.format(
        **{name: mark.format(own) for name, own in zip("abcd", marks, strict=True)},
        **{name: head.format(own) for name, own in heads.items()},
        **(on if quoted else dict.fromkeys(on, "")),
    )
    guide = accounted(text)
    assert titles(guide) == [passage.rstrip(".") for passage in passages[:3]]
    assert pairs_by_issue(guide) == [
        [("The gate is opened.", "Berta opens the gate.")],
        [("It rings.", "It rings twice.")],
        [("The box is red and full of ropes.", "[Delete.]")],
    ]


def test_references_in_brackets_are_no_comments() -> None:
    guide = accounted(
        f"# G\n\nSee [a], [b] and [c].\n\n{ONE_ISSUE}\n[a] One\n\n[b] Two\n\n[c] Three\n"
    )
    assert titles(guide) == ["Bells"]


# Lists of which each item says its pair

SAYS = {
    "arrow": 'p. 4: "The gate is opened." -> "Berta opens the gate." (she does)',
    "change": 'Change "The gate is opened." to "Berta opens the gate."',
    "suggest": 'The sentence "The gate is opened." is weak. Suggest: "Berta opens the gate."',
    "strike": "~~The gate is opened.~~ **Berta opens the gate.** She does.",
}


@pytest.mark.parametrize("says", SAYS)
@pytest.mark.parametrize("mark", ["{}. ", "{}) ", "- ", "**{}.** ", "**AQ{}** (p. 4): "])
def test_each_item_of_a_list_says_its_pair(says: str, mark: str) -> None:
    items = "\n\n".join(f"{mark.format(number)}{SAYS[says]}" for number in (1, 2))
    third = mark.format(3)
    guide = accounted(
        f"Dear Ines,\n\nsome things:\n\n{items}\n\n{third}Paint the box.\n\nYours, Berta\n"
    )
    pair = ("The gate is opened.", "Berta opens the gate.")
    assert pairs_by_issue(guide) == [[pair], [pair], []]


@pytest.mark.parametrize("says", SAYS)
def test_titles_that_run_into_the_text_are_counted_in_each_section(says: str) -> None:
    items = f"**1. The gate.** {SAYS[says]}\n\n**2. The bell.** {SAYS[says]}\n\n"
    guide = accounted(f"# G\n\n## Major\n\n{items}## Minor\n\n**1. The box.** Paint it.\n")
    assert titles(guide) == ["The gate", "The bell", "The box"]


def test_a_list_in_a_section_of_a_guide_opens_no_issues() -> None:
    items = f"1. {SAYS['change']}\n2. {SAYS['change']}\n3. Paint the box.\n"
    bells = "### Bells\n\n**Before:** old\n\n**After:** new\n"
    guide = accounted(f"# G\n\n{bells}\n## Small things\n\n{items}")
    assert titles(guide) == ["Bells"]


def test_tags_in_a_text_are_kept() -> None:
    guide = accounted(
        f"# The <b>harbour</b> in <i>May</i>\n\nSome <b>bold</b> words.\n\n{ONE_ISSUE}"
    )
    assert guide.guide.title == "The <b>harbour</b> in <i>May</i>"
