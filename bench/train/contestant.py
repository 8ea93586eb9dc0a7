"""One engine with one problem in a process of its own.

usage: python contestant.py pytorch|pytorch-compiled|mlcolvar FOLDER THREADS, then commands on standard input
(protocol.ts)
"""

from answer_commands import answer_commands, peak_megabytes


def training(engine, folder, threads):
    import torch

    from problem import Problem

    torch.set_num_threads(int(threads))
    torch.manual_seed(1)
    problem = Problem(folder)
    if engine == "mlcolvar":
        from mlcolvar_training import MlcolvarTraining as Training
    else:
        from pytorch_training import PytorchTraining as Training
    settings = {} if engine == "mlcolvar" else {"compiled": engine == "pytorch-compiled"}
    contestant = Training(problem, **settings)
    contestant.memory = lambda: {"peakMegabytes": peak_megabytes()}
    return contestant


answer_commands(training)
