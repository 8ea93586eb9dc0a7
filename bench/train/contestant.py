"""One engine with one problem in a process of its own.

usage: python contestant.py pytorch|pytorch-compiled|mlcolvar FOLDER THREADS, then commands on standard input
(protocol.ts), each answered by a line of JSON
"""

import json
import os
import resource
import sys
import traceback

# what libraries print must not stand between the answers
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def training(engine, problem):
    if engine == "mlcolvar":
        from mlcolvar_training import MlcolvarTraining

        return MlcolvarTraining(problem)
    from pytorch_training import PytorchTraining

    return PytorchTraining(problem, compiled=engine == "pytorch-compiled")


def main(engine, folder, threads):
    import torch

    from problem import Problem

    torch.set_num_threads(int(threads))
    torch.manual_seed(1)
    contestant = training(engine, Problem(folder))
    for line in sys.stdin:
        command = json.loads(line)
        name = command.pop("command")
        if name == "memory":
            answer = {"peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6}
        else:
            answer = getattr(contestant, name)(**command)
        print(json.dumps(answer), file=answers, flush=True)


try:
    main(*sys.argv[1:])
except Exception:
    traceback.print_exc()
    sys.exit(1)
