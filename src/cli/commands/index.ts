import type { DefineCommand } from './command.ts';

/** A command as the program knows it before it is asked for: the rest is loaded only then, as loading takes its time. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<DefineCommand>;
}

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'operator',
    summary: 'watch a cluster, judge it and keep its reports and metrics up to date',
    load: async () => (await import('./operator.ts')).defineOperator,
  },
  {
    name: 'scan',
    summary: 'judge manifests, or a cluster once, and print what is wrong',
    load: async () => (await import('./scan.ts')).defineScan,
  },
  {
    name: 'diff',
    summary: 'tell what is new in a cluster that the operator watches',
    load: async () => (await import('./diff.ts')).defineDiff,
  },
  {
    name: 'explain',
    summary: 'tell all there is to say of a check',
    load: async () => (await import('./explain.ts')).defineExplain,
  },
];
