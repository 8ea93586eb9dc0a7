"""`python -m latentcv …`: the command."""

from ._launch import main

main()
