import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** ms from one look to the next. */
const betweenLooks = 250;

/** Waits until something is there. @throws Error with what was waited for, after so many seconds */
export async function until<T>(what: string, seconds: number, look: () => T | undefined): Promise<T> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(betweenLooks)) {
    const found = look();
    if (found !== undefined) return found;
  }
  throw new Error(`expected ${what} within ${seconds} s`);
}

/** A cluster of one node, which is this machine: munged, slurmctld and slurmd of one's own, in a folder. */
export class Cluster {
  private readonly daemons: ChildProcess[] = [];
  private controller: ChildProcess | undefined;

  private constructor(
    private readonly programs: string,
    private readonly folder: string,
    /** What a shell on the login node has. */
    readonly env: NodeJS.ProcessEnv,
  ) {}

  /** @param programs the folder that `scripts/fetch/slurm.sh` made */
  static async start(programs: string, folder: string, env: NodeJS.ProcessEnv): Promise<Cluster> {
    for (const name of ['control', 'node', 'logs']) mkdirSync(join(folder, name), { recursive: true });
    const ports = [await freePort(), await freePort()];
    const conf = join(folder, 'slurm.conf');
    writeFileSync(conf, configuration(programs, folder, ports));
    writeFileSync(join(folder, 'cgroup.conf'), 'CgroupPlugin=disabled\n');
    const path = `${join(programs, 'bin')}:${env.PATH}`;
    const cluster = new Cluster(programs, folder, { ...env, PATH: path, SLURM_CONF: conf });
    // however this process ends, nothing of it goes on running
    process.once('exit', () => cluster.killAll());
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
    try {
      await cluster.startDaemons();
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  private async startDaemons(): Promise<void> {
    const key = join(this.folder, 'munge.key');
    this.ask('mungekey', '--create', `--keyfile=${key}`);
    const places = Object.entries({
      socket: 'munge.socket',
      'pid-file': 'munge.pid',
      'seed-file': 'munge.seed',
    });
    const words = places.map(([option, name]) => `--${option}=${join(this.folder, name)}`);
    this.daemons.push(
      this.daemon('munged', [
        '--foreground',
        '--force',
        `--key-file=${key}`,
        ...words,
        `--log-file=${this.log('munge')}`,
      ]),
    );
    await this.startController();
    await this.startNode();
  }

  private daemon(name: string, args: string[]): ChildProcess {
    const log = openSync(this.log(`${name}.out`), 'a');
    return spawn(join(this.programs, 'bin', name), args, {
      env: this.env,
      stdio: ['ignore', log, log],
    });
  }

  private log(name: string): string {
    return join(this.folder, 'logs', name);
  }

  /** What a command of Slurm prints. @throws Error where it ends with an error */
  ask(command: string, ...args: string[]): string {
    const { status, stdout, stderr } = this.asked(command, args, this.folder);
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  }

  /** The number of a job that is submitted in a folder, with what its environment has besides. */
  submit(cwd: string, words: readonly string[], env: NodeJS.ProcessEnv): string {
    const { status, stdout, stderr } = this.asked('sbatch', ['--parsable', ...words], cwd, env);
    if (status !== 0) throw new Error(`sbatch ${words.join(' ')}: ${stderr}`);
    return stdout.trim();
  }

  private asked(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
    return spawnSync(join(this.programs, 'bin', command), args, {
      encoding: 'utf8',
      cwd,
      env: { ...this.env, ...env },
    });
  }

  /** `idle`, `alloc`, `down*`, … of the node; undefined where slurmctld does not answer. */
  state(): string | undefined {
    const { status, stdout } = this.asked('sinfo', ['--noheader', '--format=%t'], this.folder);
    return status === 0 ? stdout.trim() : undefined;
  }

  /** Jobs that wait or run, `PENDING` or `RUNNING` by their numbers. */
  jobs(): ReadonlyMap<string, string> {
    const lines = this.ask('squeue', '--noheader', '--format=%i %T').split('\n');
    return new Map(lines.filter((line) => line !== '').map((line) => line.split(' ') as [string, string]));
  }

  /** Jobs that have ended, and how, in order: `COMPLETED`, `FAILED`, `TIMEOUT`, `NODE_FAIL`, … */
  ended(): { job: string; name: string; state: string }[] {
    const path = join(this.folder, 'ended');
    if (!existsSync(path)) return [];
    const text = readFileSync(path, 'utf8');
    const lines = text.matchAll(/^JobId=(\d+) .*? Name=(\S+) JobState=(\w+)/gm);
    return [...lines].map(([, job, name, state]) => ({ job, name, state }));
  }

  /** Every process of the node, jobs too, ends as if its power were cut; slurmctld sees it some seconds later. */
  async killNode(): Promise<void> {
    // Slurm's own first, so that none is left to tell of the others' ends
    for (const pid of this.processesOfNode().filter(isSlurms)) kill(pid);
    for (const pid of this.processesOfNode()) kill(pid);
    await until('the end of all processes of the node', 10, () =>
      this.processesOfNode().length === 0 ? true : undefined,
    );
    await until('a node that is down', 60, () => (this.state()?.startsWith('down') ? true : undefined));
  }

  /** All that jobs started. */
  processesOfJobs(): number[] {
    return this.own().filter((pid) => ofJob(pid) && !isSlurms(pid));
  }

  /** slurmd, all that belongs to a job, and the slurmstepd that started it, whose environment its title writes over. */
  private processesOfNode(): number[] {
    const own = this.own().filter((pid) => ofJob(pid) || isSlurms(pid));
    const parents = own.map((pid) => Number(/^PPid:\s+(\d+)/m.exec(readOf(pid, 'status'))?.[1]));
    return [...new Set([...own, ...parents.filter(isSlurms)])];
  }

  /** slurmctld is away, as for maintenance; what runs goes on. */
  async stopController(): Promise<void> {
    this.controller?.kill('SIGTERM');
    await until('the end of slurmctld', 20, () =>
      this.controller?.exitCode === null && this.controller.signalCode === null ? undefined : true,
    );
  }

  async startController(): Promise<void> {
    this.controller = this.daemon('slurmctld', ['-D']);
    this.daemons.push(this.controller);
    await until('an answer of slurmctld', 30, () => (this.state() === undefined ? undefined : true));
  }

  private own(): number[] {
    const setting = `SLURM_CONF=${this.env.SLURM_CONF}`;
    return runningProcesses().filter((pid) => variablesOf(pid).includes(setting));
  }

  async startNode(): Promise<void> {
    this.daemon('slurmd', ['-D', '-d', join(this.programs, 'bin', 'slurmstepd')]);
    await until('a node that takes jobs', 60, () =>
      /^(idle|alloc|mix)$/.test(this.state() ?? '') ? true : undefined,
    );
  }

  /** Ends jobs and daemons. */
  async stop(): Promise<void> {
    for (const pid of this.processesOfNode()) kill(pid);
    for (const daemon of this.daemons) daemon.kill('SIGTERM');
    const hasEnded = (daemon: ChildProcess): boolean =>
      daemon.exitCode !== null || daemon.signalCode !== null;
    await until('the end of the daemons', 10, () => (this.daemons.every(hasEnded) ? true : undefined));
  }

  private killAll(): void {
    for (const pid of this.processesOfNode()) kill(pid);
    for (const daemon of this.daemons) daemon.kill('SIGKILL');
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // ended meanwhile
  }
}

const runningProcesses = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => !/^State:\s+[ZX]/m.test(readOf(pid, 'status')));

/** What the system tells of a process; nothing where it has ended, or is another user's. */
function readOf(pid: number, what: 'environ' | 'status' | 'comm'): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8');
  } catch {
    return '';
  }
}

const variablesOf = (pid: number): string[] => readOf(pid, 'environ').split('\0');

const ofJob = (pid: number): boolean => variablesOf(pid).some((word) => word.startsWith('SLURM_JOB_ID='));

/** Whether it is slurmd or one of the slurmstepd that start jobs. */
const isSlurms = (pid: number): boolean => /^slurm(d|stepd)$/.test(readOf(pid, 'comm').trim());

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A node is taken for dead after ten silent seconds, and taken back when it answers again. */
const configuration = (programs: string, folder: string, [control, node]: readonly number[]): string => `
ClusterName=latentcv
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmUser=${userInfo().username}
SlurmdUser=${userInfo().username}
SlurmctldPort=${control}
SlurmdPort=${node}
AuthType=auth/munge
AuthInfo=socket=${join(folder, 'munge.socket')}
CredType=cred/munge
StateSaveLocation=${join(folder, 'control')}
SlurmdSpoolDir=${join(folder, 'node')}
SlurmctldPidFile=${join(folder, 'slurmctld.pid')}
SlurmdPidFile=${join(folder, 'slurmd.pid')}
SlurmctldLogFile=${join(folder, 'logs', 'slurmctld')}
SlurmdLogFile=${join(folder, 'logs', 'slurmd')}
PluginDir=${join(programs, 'usr', 'lib', 'x86_64-linux-gnu', 'slurm-wlm')}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
JobCompType=jobcomp/filetxt
JobCompLoc=${join(folder, 'ended')}
MpiDefault=none
SelectType=select/cons_tres
MailProg=/bin/true
ReturnToService=2
SlurmdTimeout=10
KillWait=10
SlurmdParameters=config_overrides
NodeName=${hostname()} NodeAddr=127.0.0.1 CPUs=2 RealMemory=1000 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;
