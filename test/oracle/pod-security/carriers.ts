import type { V1PodSpec } from '@kubernetes/client-node';
import { violatedControls } from '../../../src/checks/pod-security/index.ts';
import type { ControlId, Level } from '../../../src/checks/pod-security/index.ts';
import { createInventory } from '../../../src/inventory/inventory.ts';
import { CONTROLLER_KINDS } from '../../../src/inventory/stores.ts';
import { WATCHED, type Kind } from '../../../src/inventory/watched.ts';
import { rawObject } from '../../../src/kube/raw-object.ts';
import { apiVersionOf, resourcePath } from '../../../src/kube/resource.ts';

/** A Pod, or one of the kinds that make pods from a template. */
export type Carrier = 'Pod' | (typeof CONTROLLER_KINDS)[number];

export const CARRIERS: readonly Carrier[] = ['Pod', ...CONTROLLER_KINDS];

/** What is carried: a pod as it is drawn. */
export interface Carried {
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: V1PodSpec;
}

type Json = Readonly<Record<string, unknown>>;

function resourceOf(carrier: Carrier): (typeof WATCHED)[number]['resource'] {
  const row = WATCHED.find(({ kind }) => kind === carrier);
  if (row === undefined) throw new Error(`${carrier} is not watched`);
  return row.resource;
}

/** Where objects of the kind are created in a namespace. */
export const collectionPath = (carrier: Carrier, namespace: string): string =>
  resourcePath(resourceOf(carrier), { namespace });

const LABELS = { drawn: 'yes' };

/** What each kind needs beside its template to be valid. */
const SPECS: { readonly [C in Exclude<Carrier, 'Pod'>]: (template: Json) => Json } = {
  ReplicationController: (template) => ({ selector: LABELS, template }),
  ReplicaSet: (template) => ({ selector: { matchLabels: LABELS }, template }),
  Deployment: (template) => ({ selector: { matchLabels: LABELS }, template }),
  StatefulSet: (template) => ({ selector: { matchLabels: LABELS }, serviceName: 'drawn', template }),
  DaemonSet: (template) => ({ selector: { matchLabels: LABELS }, template }),
  Job: (template) => ({ template }),
  CronJob: (template) => ({ schedule: '@daily', jobTemplate: { spec: { template } } }),
};

/** An object called `drawn` of that kind, with the pod in it. */
export function objectWith(carrier: Carrier, { annotations, spec }: Carried): Json {
  const head = { apiVersion: apiVersionOf(resourceOf(carrier)), kind: carrier };
  if (carrier === 'Pod') return { ...head, metadata: { name: 'drawn', annotations }, spec };
  const runsToEnd = carrier === 'Job' || carrier === 'CronJob';
  const template = {
    metadata: { labels: LABELS, annotations },
    spec: { ...spec, ...(runsToEnd && { restartPolicy: 'Never' }) },
  };
  return { ...head, metadata: { name: 'drawn' }, spec: SPECS[carrier](template) };
}

/** The controls that an object violates by our judgement, as the inventory reads it from the bytes of the API. */
export function controlsViolatedBy(
  carrier: Carrier,
  carried: Carried,
  { level, minor }: { readonly level: Level; readonly minor: number },
): readonly ControlId[] {
  const inventory = createInventory<readonly ControlId[]>({
    judgePod: (pod) => violatedControls(pod, level, minor),
    judgeConfigValue: () => undefined,
    onDirty: () => undefined,
    isReadable: () => true,
  });
  const { group } = resourceOf(carrier);
  const subject = { group, kind: carrier, namespace: 'drawn', name: 'drawn' };
  const object = objectWith(carrier, carried);
  const metadata = { ...(object['metadata'] as Json), namespace: 'drawn', uid: 'drawn' };
  const raw = rawObject(Buffer.from(JSON.stringify({ ...object, metadata })));
  inventory.sink(carrier satisfies Kind).upsert(raw);
  const missing = inventory.workload(subject)?.missingTemplate;
  if (missing !== undefined) inventory.adoptTemplate(subject, missing, raw);
  const workload = inventory.workload(subject);
  const [facts] = workload?.template === undefined ? (workload?.pods ?? []) : [workload.template];
  if (facts === undefined) throw new Error(`the inventory has no pod spec of the ${carrier}`);
  return facts.verdict;
}
