import { randomBytes } from 'node:crypto';
import { microTime } from './micro-time.ts';
import { resourcePath, type Resource } from './resource.ts';
import type { KubeClient } from './client.ts';

const EVENTS: Resource = { group: 'events.k8s.io', version: 'v1', resource: 'events', kind: 'Event', namespaced: true };

/** The object that an event is about. */
export interface Regarding {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Absent for cluster-scoped objects, whose events live in `default`. */
  readonly namespace?: string;
  readonly uid?: string;
}

export interface NewEvent {
  readonly regarding: Regarding;
  readonly type: 'Normal' | 'Warning';
  /** CamelCase, for machines: why. */
  readonly reason: string;
  /** CamelCase, for machines: what was done or found. */
  readonly action: string;
  /** For people. Cut at the 1024 bytes that the API allows. */
  readonly note: string;
  /** `plimsoll.dev/operator` */
  readonly reportingController: string;
  /** Which replica. */
  readonly reportingInstance: string;
  readonly eventTime: Date;
}

const MAX_NOTE_BYTES = 1024;
/** A name may have 253 characters; the rest is for the suffix that makes it unique. */
const MAX_NAME_PREFIX = 230;

/** Writes an events.k8s.io/v1 Event. Throws as the client does. */
export async function createEvent(
  client: KubeClient,
  { regarding, eventTime, note, ...event }: NewEvent,
): Promise<void> {
  const namespace = regarding.namespace ?? 'default';
  await client.request({
    method: 'POST',
    path: resourcePath(EVENTS, { namespace }),
    body: {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { namespace, name: eventName(regarding.name) },
      ...event,
      regarding,
      note: truncated(note),
      eventTime: microTime(eventTime),
    },
  });
}

/** Named after the object, as events usually are; names of RBAC objects may hold what no event's name may. */
function eventName(name: string): string {
  const prefix = name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, MAX_NAME_PREFIX);
  return `${prefix === '' ? 'object' : prefix}.${randomBytes(8).toString('hex')}`.replace(/-+\./, '.');
}

/** The longest beginning that fits, without half a character at its end. */
function truncated(note: string): string {
  const bytes = Buffer.from(note);
  if (bytes.length <= MAX_NOTE_BYTES) return note;
  let end = MAX_NOTE_BYTES - ELLIPSIS.length;
  while (isContinuation(bytes[end])) end--;
  return Buffer.concat([bytes.subarray(0, end), ELLIPSIS]).toString();
}

const ELLIPSIS = Buffer.from('…');

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
