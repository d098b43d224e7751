import type { Environment } from '../../test/cluster/environment.ts';
import type { Progress } from '../../test/cluster/progress.ts';
import type { Ask } from './ask.ts';
import type { Kubectl } from './program.ts';

/** A cluster that the demo works on. */
export interface DemoCluster {
  /** What it is, for people. */
  readonly title: string;
  /** kubectl as an administrator. */
  readonly kubectl: Kubectl;
  /** Lines for the shell of a person who wants to use kubectl with this cluster. */
  readonly shellLines: readonly string[];
  /** Writes a kubeconfig for a ServiceAccount and answers its path. The token is good for a day. */
  readonly kubeconfigFor: (serviceAccount: ServiceAccountName) => Promise<string>;
  /** Without, Nodes are made up: they are judged too. */
  readonly hasNodes: boolean;
  /** Whether controllers make pods from Deployments. */
  readonly makesPods: boolean;
  /** Cleans up, or says how to. */
  readonly end: () => Promise<void>;
}

export interface ServiceAccountName {
  readonly namespace: string;
  readonly name: string;
}

/** What there is to open a cluster with. */
export interface Surroundings {
  readonly env: Environment;
  readonly progress: Progress;
  /** A private folder that is removed at the end. */
  readonly folder: string;
  readonly say: (text: string) => void;
  /** Undefined where there is nobody to ask. */
  readonly ask: Ask | undefined;
}

/** Makes or finds a cluster. Throws, with nothing left behind, where it cannot be had or must not be used. */
export type OpenCluster = (surroundings: Surroundings) => Promise<DemoCluster>;
