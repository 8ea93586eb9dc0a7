"""Runs the code cells of a notebook one after the other, in one namespace; prints what each printed, a JSON line a cell. usage: run-cells.py NOTEBOOK"""

import contextlib
import io
import json
import sys

with open(sys.argv[1], encoding="utf8") as file:
    cells = json.load(file)["cells"]
shared: dict[str, object] = {"__name__": "__main__"}
for cell in cells:
    if cell["cell_type"] != "code":
        continue
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile("".join(cell["source"]), cell["id"], "exec"), shared)
    print(json.dumps({"cell": cell["id"], "printed": printed.getvalue()}), flush=True)
