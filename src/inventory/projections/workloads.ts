import { isDeepStrictEqual } from 'node:util';
import type { V1PodSpec } from '@kubernetes/client-node';
import type { RawObject } from '../../kube/raw-object.ts';
import { podSpecDigest } from '../digest.ts';
import { podLabelsOf, type PodLabels } from '../facts/pod-labels.ts';
import { judgedAnnotations, podSpecFacts, type PodSpecFacts } from '../facts/pod-spec.ts';
import { podView, type PodView } from '../facts/pod-view.ts';
import type { ControllerFacts, PodFacts } from '../facts/workload.ts';
import { componentOf } from '../control-plane/component-of-pod.ts';
import { networkPluginsOf } from '../control-plane/network-plugins.ts';
import type { ComponentFacts } from '../facts/component.ts';
import { controllerOf, type ControllerRef } from '../workloads/owners.ts';
import type { Pool } from '../collections/pool.ts';
import { stringMapOf } from '../json-shape.ts';
import type { Projection } from '../store.ts';
import { createdSeconds } from './created-seconds.ts';

/** What equal objects share. */
export interface Pools<V> {
  readonly specs: Pool<PodSpecFacts<V>>;
  readonly owners: Pool<ControllerRef>;
  readonly labels: Pool<PodLabels>;
}

/** Judges one pod spec by itself; called once per distinct spec. */
export type JudgePod<V> = (pod: PodView) => V;

type StringMap = Readonly<Record<string, string>>;

/** The facts of a pod spec, judged only if no equal one is held. `template` is the path of its pod template, if any. */
export function poolSpec<V>(
  object: RawObject,
  template: string,
  { specs }: Pools<V>,
  judgePod: JudgePod<V>,
): { facts: PodSpecFacts<V>; digest: string } {
  const prefix = template === '' ? '' : `${template}.`;
  const annotations = judgedAnnotations((object.parse(`${prefix}metadata.annotations`) ?? {}) as StringMap);
  const digest = podSpecDigest(object, `${prefix}spec`, JSON.stringify(annotations));
  const facts = specs.acquire(digest, () => {
    const spec = (object.parse(`${prefix}spec`) ?? { containers: [] }) as V1PodSpec;
    const view = podView(spec, annotations);
    return podSpecFacts(view, judgePod(view));
  });
  return { facts, digest };
}

/** The labels of a pod, or of the pod template at that path. */
export function poolLabels<V>(object: RawObject, template: string, { labels: pool }: Pools<V>): PodLabels {
  const path = template === '' ? 'metadata.labels' : `${template}.metadata.labels`;
  const labels = podLabelsOf(stringMapOf(object.parse(path), path));
  return pool.acquire(labels.key, () => labels);
}

function poolOwner<V>(object: RawObject, { owners }: Pools<V>): ControllerRef | undefined {
  const owner = controllerOf(object.parse('metadata.ownerReferences'));
  return owner === undefined ? undefined : owners.acquire(owner.uid, () => owner);
}

/** Pods: the spec is shared by all that are equal in it. */
export function podProjection<V>(
  pools: Pools<V>,
  judgePod: JudgePod<V>,
  trustStaticPods: boolean,
): Projection<PodFacts<V>> {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    relevant: ['metadata.annotations', 'metadata.labels', 'metadata.ownerReferences', 'spec', 'status.phase'],
    project(object, { uid, namespace }) {
      const { facts: spec, digest: specDigest } = poolSpec(object, '', pools, judgePod);
      const phase = object.text('status.phase');
      const labels = poolLabels(object, '', pools);
      const owner = poolOwner(object, pools);
      const finished = phase === 'Succeeded' || phase === 'Failed';
      const component = staticComponentOf(object, namespace, trustStaticPods || spec.isMirror);
      return {
        uid,
        createdSeconds: createdSeconds(object),
        owner,
        spec,
        labels,
        specDigest,
        finished,
        ...(component !== undefined && { component }),
      };
    },
    release({ specDigest, labels, owner }) {
      pools.specs.release(specDigest);
      pools.labels.release(labels.key);
      if (owner !== undefined) pools.owners.release(owner.uid);
    },
    equal: (a, b) =>
      a.specDigest === b.specDigest && a.labels === b.labels && a.finished === b.finished && a.owner === b.owner,
  };
}

/** Controllers; `template` is the path of their pod template, absent where only metadata is watched. */
export function controllerProjection<V>(
  apiVersion: string,
  kind: string,
  template: string | undefined,
  pools: Pools<V>,
  judgePod: JudgePod<V>,
): Projection<ControllerFacts<V>> {
  return {
    apiVersion,
    kind,
    relevant: ['metadata.ownerReferences', template ?? 'metadata.generation', 'status.conditions'],
    project(object, ref) {
      const pooled = template === undefined ? undefined : poolSpec(object, template, pools, judgePod);
      return {
        ref,
        createdSeconds: createdSeconds(object),
        owner: controllerOf(object.parse('metadata.ownerReferences')),
        template: pooled?.facts,
        labels: template === undefined ? undefined : poolLabels(object, template, pools),
        templateDigest: pooled?.digest ?? `generation ${String(object.parse('metadata.generation'))}`,
        finished: kind === 'Job' && hasEnded(object),
        ...(kind === 'DaemonSet' && pluginsOf(object)),
      };
    },
    release(facts) {
      if (facts.template !== undefined) pools.specs.release(facts.templateDigest);
      if (facts.labels !== undefined) pools.labels.release(facts.labels.key);
    },
    equal: (a, b) =>
      a.templateDigest === b.templateDigest &&
      a.labels === b.labels &&
      a.finished === b.finished &&
      isDeepStrictEqual(a.owner, b.owner),
  };
}

function hasEnded(job: RawObject): boolean {
  const conditions = job.parse('status.conditions');
  if (!Array.isArray(conditions)) return false;
  return (conditions as readonly { type?: string; status?: string }[]).some(
    ({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True',
  );
}

/**
 * The part of the control plane that a pod is. In a live cluster only mirror pods are believed, which kubelets make of files.
 * Who may create pods in kube-system may pretend to be one; as the worst of several counts, that hides nothing.
 */
function staticComponentOf(
  object: RawObject,
  namespace: string | undefined,
  isStatic: boolean,
): ComponentFacts | undefined {
  if (namespace !== 'kube-system' || !isStatic) return undefined;
  return componentOf(object.parse('spec.containers'), object.text('spec.nodeName') ?? '');
}

function pluginsOf(daemonSet: RawObject): Pick<ControllerFacts, 'networkPlugins'> {
  const networkPlugins = networkPluginsOf(daemonSet.parse('spec.template.spec.containers'));
  return networkPlugins.length === 0 ? {} : { networkPlugins };
}
