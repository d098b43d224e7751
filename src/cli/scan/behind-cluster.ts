import type { Judged } from '../../checks/judge.ts';
import { isComponentName } from '../../inventory/facts/component.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Kind } from '../../inventory/watched.ts';
import type { FileObject } from './file-object.ts';

/** The object that a finding on the Cluster comes from, and the field of it that tells. */
export interface Behind {
  readonly object: FileObject;
  readonly path: string;
}

type Facts = Pick<Inventory<unknown>, 'get'>;
type Decides = (object: FileObject, found: Judged, facts: Facts) => boolean;

/** Objects of a kind that a finding may come from. */
interface Origin {
  readonly kind: Kind;
  readonly path: string;
  readonly decides?: Decides;
}

const KUBELET: Origin = { kind: 'KubeletConfig', path: 'data' };

const componentIn = ({ key = '' }: Judged): string => key.split(' ')[0] ?? '';

/** By what findings on flags have as key: the component, then the flag. */
const STATIC_POD: Origin = {
  kind: 'Pod',
  path: 'spec.containers',
  decides: ({ namespace, name }, found, facts) =>
    facts.get('Pod', namespace, name)?.component?.component === componentIn(found),
};

const BY_CHECK: Readonly<Record<string, readonly Origin[]>> = {
  'kube-proxy-metrics-exposed': [{ kind: 'KubeProxyConfig', path: 'data' }],
  'api-server-public': [
    { kind: 'ClusterInfo', path: 'data', decides: (_, { key }) => key === 'cluster-info' },
    { kind: 'ServerEndpoints', path: 'endpoints', decides: (_, { key }) => key === 'endpoints' },
  ],
  'cni-without-network-policy': [
    {
      kind: 'DaemonSet',
      path: 'spec.template.spec.containers',
      decides: ({ namespace, name }, _, facts) => facts.get('DaemonSet', namespace, name)?.networkPlugins !== undefined,
    },
  ],
};

function originsOf(found: Judged, kubeletChecks: ReadonlySet<string>): readonly Origin[] {
  if (kubeletChecks.has(found.check)) return [KUBELET];
  return BY_CHECK[found.check] ?? (isComponentName(componentIn(found)) ? [STATIC_POD] : []);
}

const isOfKind = ({ kind, otherKinds = [] }: FileObject, wanted: Kind): boolean =>
  kind === wanted || otherKinds.includes(wanted);

/** Every object that is written for an API which is gone is one too many, so that the first of them stands for all. */
const isWrittenFor = ({ apiVersion, kind }: FileObject, { key }: Judged): boolean => `${apiVersion} ${kind}` === key;

/**
 * The object behind a finding on the Cluster. Undefined where it comes from none, as what is missing does, or where several
 * may be meant: a static pod of the same component on each of three nodes.
 */
export function behind(
  found: Judged,
  objects: readonly FileObject[],
  kubeletChecks: ReadonlySet<string>,
  facts: Facts,
): Behind | undefined {
  if (found.check === 'deprecated-api-in-use') {
    const object = objects.find((each) => isWrittenFor(each, found));
    return object && { object, path: 'apiVersion' };
  }
  const all = originsOf(found, kubeletChecks).flatMap(({ kind, path, decides }) =>
    objects
      .filter((each) => isOfKind(each, kind) && (decides?.(each, found, facts) ?? true))
      .map((object) => ({ object, path })),
  );
  return all.length === 1 ? all[0] : undefined;
}
