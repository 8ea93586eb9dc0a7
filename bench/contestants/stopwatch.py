import time


class Stopwatch:
    """Seconds on the wall and of the process's threads together, since it was made."""

    def __init__(self):
        self.wall = time.perf_counter()
        self.cpu = time.process_time()

    def seconds(self):
        return {"wall": time.perf_counter() - self.wall, "cpu": time.process_time() - self.cpu}
