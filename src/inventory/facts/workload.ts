import type { ComponentFacts } from './component.ts';
import type { ControllerRef } from '../workloads/owners.ts';
import type { PodLabels } from './pod-labels.ts';
import type { ObjectRef } from './object-ref.ts';
import type { PodSpecFacts } from './pod-spec.ts';

/** What is kept of a controller of pods. */
export interface ControllerFacts<V = unknown> {
  readonly ref: ObjectRef;
  readonly createdSeconds: number;
  readonly owner: ControllerRef | undefined;
  /** Absent where only the metadata is watched (ReplicaSets). */
  readonly template: PodSpecFacts<V> | undefined;
  /** Labels of the template, absent where that is. */
  readonly labels: PodLabels | undefined;
  /** Changes with the template; where that is not watched, with the object's generation. */
  readonly templateDigest: string;
  /** A Job that has completed or failed: nothing will run from it any more. */
  readonly finished: boolean;
  /** Network plugins among the containers of a DaemonSet; absent if there is none. */
  readonly networkPlugins?: readonly string[];
}

/** What is kept of a live Pod. */
export interface PodFacts<V = unknown> {
  readonly uid: string;
  readonly createdSeconds: number;
  readonly owner: ControllerRef | undefined;
  readonly spec: PodSpecFacts<V>;
  readonly labels: PodLabels;
  readonly specDigest: string;
  /** Succeeded or Failed: it runs no more. */
  readonly finished: boolean;
  /** The part of the control plane that it is; absent if it is none, as nearly always. */
  readonly component?: ComponentFacts;
}

/** A template or a live pod, as a selector sees it. */
export interface LabelledSpec<V = unknown> {
  readonly labels: PodLabels;
  readonly spec: PodSpecFacts<V>;
}
