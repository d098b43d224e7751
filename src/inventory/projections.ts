import { isDeepStrictEqual } from 'node:util';
import type { RawObject } from '../kube/raw-object.ts';
import { cloudIdentitiesOf } from './facts/cloud-identity.ts';
import type { NamespaceFacts } from './facts/namespace.ts';
import type { NodeFacts } from './facts/node.ts';
import type { BindingFacts, PolicyRule, RbacSubject, RoleFacts } from './facts/rbac.ts';
import type { ServiceAccountFacts } from './facts/service-account.ts';
import type { Projection } from './store.ts';

const RBAC = 'rbac.authorization.k8s.io/v1';

export const serviceAccountProjection: Projection<ServiceAccountFacts> = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  relevant: ['automountServiceAccountToken', 'metadata.annotations'],
  project: (object, ref) => {
    const automount = object.parse('automountServiceAccountToken');
    return {
      ref,
      automountServiceAccountToken: typeof automount === 'boolean' ? automount : undefined,
      cloudIdentities: cloudIdentitiesOf(object.parse('metadata.annotations')),
    };
  },
  equal: isDeepStrictEqual,
};

function rulesOf(object: RawObject): readonly PolicyRule[] {
  const rules = (object.parse('rules') ?? []) as readonly Partial<PolicyRule>[];
  return rules.map(({ apiGroups = [], resources = [], verbs = [], resourceNames = [], nonResourceURLs = [] }) => ({
    apiGroups,
    resources,
    verbs,
    resourceNames,
    nonResourceURLs,
  }));
}

function labelsOf(object: RawObject): Pick<RoleFacts, 'labels'> {
  const labels = object.parse('metadata.labels') as Readonly<Record<string, string>> | undefined;
  return labels === undefined ? {} : { labels };
}

export function roleProjection(kind: 'Role' | 'ClusterRole'): Projection<RoleFacts> {
  return {
    apiVersion: RBAC,
    kind,
    relevant: kind === 'Role' ? ['rules'] : ['rules', 'metadata.labels'],
    project: (object, ref) => ({ ref, rules: rulesOf(object), ...(kind === 'ClusterRole' && labelsOf(object)) }),
    equal: isDeepStrictEqual,
  };
}

/** A ServiceAccount subject without a namespace means the RoleBinding's own. */
function subjectsOf(object: RawObject, bindingNamespace: string | undefined): readonly RbacSubject[] {
  const subjects = (object.parse('subjects') ?? []) as readonly RbacSubject[];
  return subjects.map(({ kind, name, namespace = bindingNamespace }) =>
    kind === 'ServiceAccount' && namespace !== undefined ? { kind, name, namespace } : { kind, name },
  );
}

export function bindingProjection(kind: 'RoleBinding' | 'ClusterRoleBinding'): Projection<BindingFacts> {
  return {
    apiVersion: RBAC,
    kind,
    relevant: ['roleRef', 'subjects'],
    project: (object, ref) => {
      const { kind: roleKind, name } = object.parse('roleRef') as BindingFacts['roleRef'];
      return { ref, roleRef: { kind: roleKind, name }, subjects: subjectsOf(object, ref.namespace) };
    },
    equal: isDeepStrictEqual,
  };
}

/** The rest of a Node's status beats every few seconds, and is not read. */
export const nodeProjection: Projection<NodeFacts> = {
  apiVersion: 'v1',
  kind: 'Node',
  relevant: ['status.addresses', 'status.nodeInfo'],
  project: (object, ref) => {
    const addresses = (object.parse('status.addresses') ?? []) as NodeFacts['addresses'];
    return { ref, addresses, kubeletVersion: object.text('status.nodeInfo.kubeletVersion') ?? '' };
  },
  equal: isDeepStrictEqual,
};

export const namespaceProjection: Projection<NamespaceFacts> = {
  apiVersion: 'v1',
  kind: 'Namespace',
  relevant: ['metadata.labels'],
  project: (object, ref) => {
    const labels = (object.parse('metadata.labels') ?? {}) as Readonly<Record<string, string>>;
    const podSecurity = Object.entries(labels).filter(([name]) => name.startsWith('pod-security.kubernetes.io/'));
    return { ref, podSecurityLabels: Object.fromEntries(podSecurity) };
  },
  equal: isDeepStrictEqual,
};

/** NetworkPolicies are counted so far: that one exists is all that is asked. */
export const networkPolicyProjection: Projection<{ readonly namespace: string }> = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  relevant: [],
  project: (_object, { namespace = '' }) => ({ namespace }),
  equal: () => true,
};
