import { Command, InvalidArgumentError } from 'commander';
import type { ClusterSize } from './cluster-plan.ts';

/** What is to be measured. */
export interface BenchOptions extends ClusterSize {
  readonly idleSeconds: number;
  readonly runs: number;
  readonly baseline: boolean;
  readonly keep: boolean;
  /** Where the figures go as JSON. */
  readonly json?: string;
  /** Folder for a CPU profile of the operator. */
  readonly cpuProf?: string;
  /** For the operator, from behind `--`. */
  readonly operatorArgs: readonly string[];
}

type Parsed = Omit<BenchOptions, keyof ClusterSize | 'operatorArgs'> & Pick<ClusterSize, 'pods'> & Partial<ClusterSize>;

const PODS_PER_WORKLOAD = 4;
const WORKLOADS_PER_NAMESPACE = 12.5;

/** Read the command line. Ends the process for `--help`, and with one line for what it does not understand. */
export function readOptions(args: readonly string[]): BenchOptions {
  const command = new Command('bench')
    .description('Loads an embedded Kubernetes, runs the operator on it as a user would, and prints what it costs.')
    .argument('[operatorArgs...]', 'behind --: passed on to the operator')
    .option('--pods <n>', 'pods in the cluster', atLeast(1), 2000)
    .option('--workloads <n>', 'Deployments that they belong to (default: a quarter of the pods)', atLeast(1))
    .option('--namespaces <n>', 'namespaces that these are in (default: one for 12.5 Deployments)', atLeast(1))
    .option('--idle-seconds <n>', 'how long the idle operator is watched', atLeast(1), 60)
    .option('--runs <n>', 'how often the operator is measured; the medians are printed', atLeast(1), 1)
    .option('--baseline', 'measure a program that reads the same and does nothing, too', false)
    .option('--keep', 'let the loaded cluster run until Ctrl-C', false)
    .option('--json <file>', 'write all figures to a file')
    .option('--cpu-prof <folder>', 'write a CPU profile of the operator, which then is slower');
  command.parse(args, { from: 'user' });
  const { pods, workloads = Math.ceil(pods / PODS_PER_WORKLOAD), namespaces, ...rest } = command.opts<Parsed>();
  return {
    ...rest,
    pods,
    workloads,
    namespaces: namespaces ?? Math.max(1, Math.round(workloads / WORKLOADS_PER_NAMESPACE)),
    operatorArgs: command.args,
  };
}

function atLeast(minimum: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < minimum)
      throw new InvalidArgumentError(`a whole number from ${minimum} on is needed.`);
    return number;
  };
}
