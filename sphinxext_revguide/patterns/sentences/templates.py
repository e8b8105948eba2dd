"""The template of each pattern's sentence: which facts come first, and what was not found.

The texts are marked for translation here and translated where a sentence is put together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from sphinxext_revguide.i18n import _n
from sphinxext_revguide.quick_records import record

Use = tuple[str, Mapping[str, Any]]
"""A signal and its parameters."""

_ADMITS: tuple[Use, ...] = (
    ("friction", {}), ("explained", {}), ("troubled_cells", {}), ("losing", {}), ("quoted", {}),
)  # fmt: skip
"""If one of these finds something, a sentence must not say that nothing is admitted."""


def _use(signal: str, lexicon: str = "", **params: object) -> Use:
    return signal, params | ({"lexicon": lexicon} if lexicon else {})


@record(frozen=True, slots=True)
class Template:
    """How the sentence of a pattern's findings is made.

    ``facts`` are the signals whose facts make the claim, the best first. ``reads`` is a clause for
    a passage that has none of them, which a sentence of its own then shows. ``missing`` is a clause
    that says what was not found; it is left out where a signal of ``unless`` sees something.
    """

    facts: tuple[Use, ...]
    reads: str = ""
    missing: str = ""
    unless: tuple[Use, ...] = field(default=_ADMITS)


_REASONS = (
    _use("says", "reason"), _use("head", "column-reason"),
)  # fmt: skip

TEMPLATES: dict[str, Template] = {
    "readiness-checklist": Template(
        (_use("positive_column"), _use("perfect_ratio"), _use("ticked"), _use("claim")),
        _n("The text %(where)s reads like a report in which everything is met"),
        _n("no sentence was found that names a cost, an objection or a limit"),
    ),
    "mlops-tables": Template(
        (_use("improving"), _use("gains")),
        _n("The text %(where)s reads like a report in which everything improves"),
        _n("no sentence was found that says what the change cost"),
    ),
    "clinical-incident-response": Template(
        (
            _use("offset_column"),
            _use("sequence", "response-step", least=3),
            _use("labelled_steps", "response-step", least=3),
            _use("staged"),
        ),
        _n("The text %(where)s reads like an incident in which nothing was unclear"),
        _n("no sentence was found that says what went wrong or was unclear"),
        (*_ADMITS, _use("conditionals")),
    ),
    "improvement-cadence": Template(
        (
            _use("sequence", "weekday", least=4),
            _use("counted"),
            _use("sequence", "improvement-step", least=3),
            _use("labelled_steps", "improvement-step", least=3),
            _use("staged"),
        ),
        _n("The text %(where)s reads like a cycle that nothing interrupts"),
        _n("no sentence was found that says what interrupts it"),
        (*_ADMITS, _use("conditionals")),
    ),
    "platform-comparison": Template(
        (_use("sides"), _use("winner")),
        _n("The text %(where)s reads like a comparison with one verdict for everybody"),
        _n("no sentence was found that says for whom the verdict is wrong"),
        (*_ADMITS, _use("conditionals")),
    ),
    "drift-thresholds": Template(
        (_use("figures", "column-severity"),),
        _n("The text %(where)s reads like a list of limits, each with its reaction"),
        _n("no sentence was found that says how drift is measured or what it misses"),
        (*_ADMITS, _use("says", "mechanics"), _use("head", "column-reason")),
    ),
    "ab-test-victory": Template(
        (_use("winner"), _use("improving"), _use("says", "sweep")),
        _n("The text %(where)s reads like a test that one side wins everywhere"),
        _n("no sentence was found that says where the winner loses or what it costs"),
    ),
    "go-no-go": Template(
        (_use("positive_column"), _use("ticked"), _use("claim"), _use("says", "approval")),
        _n("The text %(where)s reads like a decision that everybody approves"),
        _n("no sentence was found that says who objected or what was at stake"),
        (*_ADMITS, _use("says", "condition")),
    ),
    "postmortem-template": Template(
        (
            _use("placeholders", share=0.2),
            _use("labelled_steps", "postmortem-field", least=3),
            _use("sequence", "postmortem-field", least=3),
        ),
        _n("The text %(where)s reads like a form for failures"),
        _n("no sentence was found that says what a failure cost anyone"),
        (*_ADMITS, _use("says", "tension")),
    ),
    "triumphant-ending": Template(
        (),
        _n("The text %(where)s reads like an ending in which everything is achieved"),
        _n("no sentence was found that says what is still open or went wrong"),
        (*_ADMITS, _use("says", "open-end")),
    ),
    "monitoring-thresholds": Template(
        (_use("figures", "column-severity"),),
        _n("The text %(where)s reads like a list of limits"),
        _n("no sentence was found that says why a limit has its value"),
        (*_ADMITS, *_REASONS),
    ),
    "sla-without-consequence": Template(
        (_use("figures", "column-level"),),
        _n("The text %(where)s reads like a list of service levels"),
        _n("no sentence was found that says what it costs anyone to miss a target"),
        (*_ADMITS, _use("says", "consequence"), _use("head", "column-consequence")),
    ),
    "capacity-false-precision": Template(
        (_use("rising"), _use("figures"), _use("counted")),
        _n("The text %(where)s reads like a plan in which every number is known"),
        _n("no range or doubt was found"),
        (*_ADMITS, _use("quantities", kind="range")),
    ),
    "runbook-template": Template(
        (_use("same_fields"), _use("labelled_steps", "runbook-field", least=3)),
        _n("The text %(where)s reads like a form with the same fields for every entry"),
        _n("no sentence was found that says what went wrong the last time"),
        (*_ADMITS, _use("says", "last-time")),
    ),
    "cost-itemization": Template(
        (_use("totalled"), _use("figures", "column-amount")),
        _n("The text %(where)s reads like a bill"),
        _n("no sentence was found that says why it costs this much, or what happens without it"),
        (*_ADMITS, *_REASONS),
    ),
    "table-density": Template((_use("share_of_words", of="tables", least=0.0),)),
    "bullet-density": Template((_use("share_of_words", of="lists", least=0.0),)),
    "summary-list-ending": Template((_use("ends_in_list"),)),
    "checkpoint-box": Template((_use("opens", "checkpoint"),)),
    "interactive-prompt": Template((_use("asks_reader"),)),
}  # fmt: skip
"""Pattern -> its template; the sentence of any other pattern is made from its signals."""
