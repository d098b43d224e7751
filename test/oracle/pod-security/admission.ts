import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { KubeConfig } from '@kubernetes/client-node';
import { Agent, request } from 'undici';
import type { ControlId, Level } from '../../../src/checks/pod-security/index.ts';
import { HARDENED_POD } from './arbitrary-pod.ts';
import type { PodCase } from './arbitrary-pod.ts';
import { collectionPath, objectWith } from './carriers.ts';
import { controlsNamedIn } from './translation.ts';

/**
 * What the API server said: the controls it names, none if it would take the pod; or that it is no valid pod at all.
 */
type Answer = { readonly controls: readonly ControlId[] } | { readonly invalid: string };

/** The Pod Security admission of a real API server. */
export interface Admission {
  /** Newest policy version that the server knows, as its minor; it judges newer ones by this. */
  readonly newestMinor: number;
  /**
   * Asks in a dry run. Throws if the server says something else than yes, or no because of Pod Security or validation.
   */
  readonly ask: (pod: PodCase) => Promise<Answer>;
  /** Delete what had to be created to be able to ask, and end the connections. */
  readonly close: () => Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
  /** Texts of its warnings. */
  readonly warnings: readonly string[];
}

type Send = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object) => Promise<Reply>;

/** Connect to the cluster of a kubeconfig that names an authority and a token, as somebody with all rights. */
export async function podSecurityAdmission(kubeconfig: string, connections = 16): Promise<Admission> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const { server = '', caFile = '' } = config.getCurrentCluster() ?? {};
  const { token = '' } = config.getCurrentUser() ?? {};
  const dispatcher = new Agent({ connections, connect: { ca: await readFile(caFile) } });

  const send: Send = async (method, path, body) => {
    const contentType = method === 'PATCH' ? 'application/strategic-merge-patch+json' : 'application/json';
    const {
      statusCode,
      headers,
      body: answer,
    } = await request(`${server}${path}`, {
      method,
      dispatcher,
      headers: { authorization: `Bearer ${token}`, 'content-type': contentType },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: statusCode, body: await answer.json(), warnings: warningsIn(headers['warning']) };
  };

  const { body: version } = await send('GET', '/version');
  const newestMinor = Number.parseInt(textAt(version, 'minor'), 10);
  const namespaces = namespacePerPolicy(send);
  return {
    newestMinor,
    ask: async (pod) => {
      const { level, minor } = pod;
      const { status, body, warnings } = await dryRun(send, await namespaces.forPolicy(level, minor), pod);
      const controlsIn = (text: string): Answer => ({
        controls: controlsNamedIn(text, level, Math.min(minor, newestMinor)),
      });
      if (status === 201 || status === 200) {
        // Controllers are let through with a warning; only their pods are refused.
        const warning = warnings.find((text) => text.includes('PodSecurity'));
        return warning === undefined ? { controls: [] } : controlsIn(warning);
      }
      const message = textAt(body, 'message');
      if (status === 422) return { invalid: message };
      if (status === 403) return controlsIn(message);
      throw new Error(`the API server answered ${status} to a dry run: ${message}`);
    },
    close: async () => {
      await namespaces.delete();
      await dispatcher.close();
    },
  };
}

const EXISTING_POD = 'hardened';

/** Ephemeral containers cannot be created, only added to a pod that is there. */
async function dryRun(send: Send, namespace: string, pod: PodCase): Promise<Reply> {
  const path = collectionPath(pod.carrier, namespace);
  const { ephemeralContainers } = pod.spec;
  return ephemeralContainers === undefined
    ? send('POST', `${path}?dryRun=All`, objectWith(pod.carrier, pod))
    : send('PATCH', `${path}/${EXISTING_POD}/ephemeralcontainers?dryRun=All`, { spec: { ephemeralContainers } });
}

/** `299 - "text", 299 - "text"`: texts in quotes, in which quotes and backslashes are escaped (RFC 7234, section 5.5). */
function warningsIn(header: string | readonly string[] | undefined): readonly string[] {
  const headers = header === undefined ? [] : [header].flat();
  return headers.flatMap((each) =>
    [...each.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.replaceAll(/\\(.)/g, '$1')),
  );
}

interface Namespaces {
  /** The name of a namespace that enforces a policy; it is made when it is first asked for. */
  readonly forPolicy: (level: Level, minor: number) => Promise<string>;
  readonly delete: () => Promise<void>;
}

function namespacePerPolicy(send: Send): Namespaces {
  const run = randomBytes(4).toString('hex');
  const namespaces = new Map<string, Promise<string>>();
  const create = async (name: string, level: Level, minor: number): Promise<string> => {
    const labels = {
      'pod-security.kubernetes.io/enforce': level,
      'pod-security.kubernetes.io/enforce-version': `v1.${minor}`,
      'pod-security.kubernetes.io/warn': level,
      'pod-security.kubernetes.io/warn-version': `v1.${minor}`,
    };
    const ofNamespace = `/api/v1/namespaces/${name}`;
    // The controller manager makes the ServiceAccount too, without which there are no pods, but not at once.
    const replies = [
      await send('POST', '/api/v1/namespaces', { metadata: { name, labels } }),
      await send('POST', `${ofNamespace}/serviceaccounts`, { metadata: { name: 'default' } }),
      await send('POST', `${ofNamespace}/pods`, { metadata: { name: EXISTING_POD }, spec: HARDENED_POD }),
    ];
    const failed = replies.find(({ status }) => status !== 201 && status !== 409);
    if (failed !== undefined) throw new Error(`cannot set ${name} up: ${textAt(failed.body, 'message')}`);
    return name;
  };
  return {
    forPolicy: (level, minor) => {
      const name = `pod-security-${run}-${level}-1-${minor}`;
      const namespace = namespaces.get(name) ?? create(name, level, minor);
      namespaces.set(name, namespace);
      return namespace;
    },
    delete: async () => {
      await Promise.all([...namespaces.keys()].map((name) => send('DELETE', `/api/v1/namespaces/${name}`)));
    },
  };
}

function textAt(body: unknown, field: string): string {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
  if (typeof value !== 'string') throw new Error(`the API server answered without ${field}: ${JSON.stringify(body)}`);
  return value;
}
