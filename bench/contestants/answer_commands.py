"""What contestants written in Python have in common: commands on standard input, a line of JSON each, are answered by one
line of JSON (contestant-process.ts)."""

import json
import os
import resource
import sys
import traceback


def peak_megabytes(who=resource.RUSAGE_SELF):
    return resource.getrusage(who).ru_maxrss * 1024 / 1e6


def answer_commands(make):
    """Calls methods of what `make` makes of the command line's arguments; what is wrong ends the process."""
    # what libraries print must not stand between the answers
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    try:
        contestant = make(*sys.argv[1:])
        for line in sys.stdin:
            command = json.loads(line)
            answer = getattr(contestant, command.pop("command"))(**command)
            print(json.dumps(answer), file=answers, flush=True)
    except Exception:
        traceback.print_exc()
        sys.exit(1)
