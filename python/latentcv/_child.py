"""Starts a program that ends when Python does. usage: python _child.py PARENT PROGRAM [WORD …].

A program that computes on for nobody after a notebook's kernel was restarted would slow down the next one. Linux asks
it to stop (SIGTERM) where its parent is gone; that has to be said in the process itself.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1

if __name__ == "__main__":
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    # gone before that was said
    if os.getppid() != int(sys.argv[1]):
        sys.exit(1)
    os.execv(sys.argv[2], sys.argv[2:])
