import { text } from 'node:stream/consumers';
import type { KubeClient } from '../../src/kube/client.ts';
import { samplesOf } from '../support/metrics-text.ts';

/** How often each resource was written to, `securityreports.plimsoll.dev` for example, by whomever. */
export type Writes = Readonly<Record<string, number>>;

const WRITING: ReadonlySet<string | undefined> = new Set([
  'APPLY',
  'PATCH',
  'POST',
  'PUT',
  'DELETE',
  'DELETECOLLECTION',
]);
/** Created to ask a question; nothing is stored. */
const QUESTIONS: ReadonlySet<string | undefined> = new Set(['authentication.k8s.io', 'authorization.k8s.io']);
/** Renewed for ever by whoever leads. */
const LEASES = 'leases.coordination.k8s.io';

/** What the API server has counted since its start, Leases apart: a witness that does not depend on the operator. */
export async function readWrites(client: KubeClient): Promise<Writes> {
  const writes: Record<string, number> = {};
  const metrics = await text(await client.stream({ path: '/metrics', accept: 'text/plain' }));
  for (const { labels, value } of samplesOf(metrics, 'apiserver_request_total')) {
    const resource = labels['group'] ? `${labels['resource']}.${labels['group']}` : (labels['resource'] ?? '');
    const isWrite = WRITING.has(labels['verb']) && !QUESTIONS.has(labels['group']) && labels['dry_run'] === '';
    if (isWrite && resource !== LEASES) writes[resource] = (writes[resource] ?? 0) + value;
  }
  return writes;
}

/** What was written between two readings: only resources that were written to. */
export function writesIn(before: Writes, after: Writes): Writes {
  const changes = Object.entries(after).map(([resource, count]): [string, number] => [
    resource,
    count - (before[resource] ?? 0),
  ]);
  return Object.fromEntries(changes.filter(([, count]) => count > 0));
}
