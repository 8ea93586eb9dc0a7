"""One of the other readers with one problem, in a process of its own.

usage: python contestant.py mdtraj|mdanalysis|plumed-driver FOLDER, then commands on standard input (protocol.ts)
"""

from answer_commands import answer_commands


def reader(name, folder):
    from problem import Problem

    problem = Problem(folder)
    if name == "mdtraj":
        from mdtraj_reader import MdtrajReader

        return MdtrajReader(problem)
    if name == "mdanalysis":
        from mdanalysis_reader import MdanalysisReader

        return MdanalysisReader(problem)
    from plumed_reader import PlumedReader

    return PlumedReader(problem)


answer_commands(reader)
