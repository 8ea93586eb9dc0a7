/** Seconds on the wall and of the process's threads together. */
export interface Seconds {
  wall: number;
  cpu: number;
}

/** Starts a clock; calling what it returns reads it. */
export function stopwatch(): () => Seconds {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { wall: (performance.now() - wall) / 1000, cpu: (user + system) / 1e6 };
  };
}
