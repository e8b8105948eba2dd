"""A judge: asks a program that answers prompts, such as a language model's client.

Usage: sphinx-revguide judge -- python ask_a_client.py CLIENT [ARGUMENT...]
"""

import json
import subprocess
import sys

PROMPT = """\
An editor looks for this pattern in a book: {what}
Why it hurts: {why}

Passage, under the heading "{section}":

{passage}

Does the passage show the pattern? Begin your answer with "finding" or "no-finding", then give the
reason in one sentence.
"""

for line in sys.stdin:
    one = json.loads(line)
    prompt = PROMPT.format(**one["pattern"], section=one["section"], passage=one["passage"])
    answer = subprocess.run(
        sys.argv[1:], input=prompt, capture_output=True, encoding="utf-8", check=True
    ).stdout
    verdict, _, reason = answer.strip().partition(" ")
    verdict = verdict.strip(".:,").lower()
    # What is not understood stays undecided.
    if verdict in ("finding", "no-finding") and reason.strip():
        reply = {"fingerprint": one["fingerprint"], "verdict": verdict, "reason": reason[:1000]}
        print(json.dumps(reply), flush=True)
