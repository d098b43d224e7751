import { ApiError } from './api-error.ts';
import { apiVersionOf, type Resource } from './resource.ts';
import type { KubeClient } from './client.ts';

export interface ServerVersion {
  readonly major: number;
  readonly minor: number;
  /** `v1.37.2` */
  readonly gitVersion: string;
}

/** `Unknown`: an aggregated API server that should know does not answer. */
export type Availability = 'Served' | 'Absent' | 'Unknown';

export interface Discovery {
  serves(resource: Resource): Availability;
}

/** The version of the API server. Vendors write minors such as `37+`. Throws as the client does. */
export async function serverVersion(client: KubeClient): Promise<ServerVersion> {
  const version = await client.request<Record<'major' | 'minor' | 'gitVersion', string>>({
    method: 'GET',
    path: '/version',
  });
  return {
    major: Number.parseInt(version.major, 10),
    minor: Number.parseInt(version.minor, 10),
    gitVersion: version.gitVersion,
  };
}

/** Plural names by `group/version`; undefined where the server behind it does not answer. */
type Served = Map<string, ReadonlySet<string> | undefined>;

/**
 * What the server serves, in two requests if it knows aggregated discovery (stable since 1.30), else in one per group and
 * version. An aggregated API server that is down makes only its own kinds `Unknown`. Throws as the client does.
 */
export async function discover(client: KubeClient): Promise<Discovery> {
  const [core, groups] = await Promise.all([readRoot(client, '/api'), readRoot(client, '/apis')]);
  const served: Served = new Map([...core, ...groups]);
  return {
    serves(resource) {
      const gv = apiVersionOf(resource);
      if (!served.has(gv)) return 'Absent';
      const names = served.get(gv);
      if (names?.has(resource.resource) === true) return 'Served';
      return names === undefined ? 'Unknown' : 'Absent';
    },
  };
}

const AGGREGATED = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .concat('application/json')
  .join(',');

interface AggregatedList {
  readonly kind: 'APIGroupDiscoveryList';
  readonly items: readonly {
    readonly metadata?: { readonly name?: string };
    readonly versions?: readonly {
      readonly version: string;
      readonly freshness?: string;
      readonly resources?: readonly { readonly resource: string }[];
    }[];
  }[];
}

interface LegacyVersions {
  readonly kind: 'APIVersions';
  readonly versions: readonly string[];
}

interface LegacyGroups {
  readonly kind: 'APIGroupList';
  readonly groups: readonly { readonly versions: readonly { readonly groupVersion: string }[] }[];
}

async function readRoot(client: KubeClient, path: '/api' | '/apis'): Promise<Served> {
  const answer = await client.request<AggregatedList | LegacyVersions | LegacyGroups>({
    method: 'GET',
    path,
    accept: AGGREGATED,
  });
  if (answer.kind === 'APIGroupDiscoveryList') return fromAggregated(answer);
  const groupVersions =
    answer.kind === 'APIVersions'
      ? answer.versions
      : answer.groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => groupVersion));
  return readEach(client, path, groupVersions);
}

function fromAggregated({ items }: AggregatedList): Served {
  const served: Served = new Map();
  for (const { metadata, versions = [] } of items) {
    for (const { version, freshness, resources = [] } of versions) {
      const names = new Set(resources.map(({ resource }) => resource));
      // A stale version lists what it had when it last answered, which may be nothing.
      served.set(apiVersionOf({ group: metadata?.name ?? '', version }), freshness === 'Stale' ? undefined : names);
    }
  }
  return served;
}

async function readEach(client: KubeClient, path: string, groupVersions: readonly string[]): Promise<Served> {
  const entries = groupVersions.map(async (gv) => [gv, await readVersion(client, `${path}/${gv}`)] as const);
  return new Map(await Promise.all(entries));
}

async function readVersion(client: KubeClient, path: string): Promise<ReadonlySet<string> | undefined> {
  try {
    const { resources } = await client.request<{ readonly resources: readonly { readonly name: string }[] }>({
      method: 'GET',
      path,
    });
    return new Set(resources.map(({ name }) => name));
  } catch (error) {
    if (error instanceof ApiError && (error.status >= 500 || error.code === 'NotFound')) return undefined;
    throw error;
  }
}
