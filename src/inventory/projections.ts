import { isDeepStrictEqual } from 'node:util';
import type { RawObject } from '../kube/raw-object.ts';
import { cloudIdentitiesOf } from './facts/cloud-identity.ts';
import type { NamespaceFacts } from './facts/namespace.ts';
import type { BindingFacts, PolicyRule, RbacSubject, RoleFacts } from './facts/rbac.ts';
import type { ServiceAccountFacts } from './facts/service-account.ts';
import { listOf, objectOf, textOf } from './json-shape.ts';
import type { Projection } from './store.ts';

const RBAC = 'rbac.authorization.k8s.io/v1';

/** The Secrets that Kubernetes before v1.24 made for a ServiceAccount, and listed in it: `ci-token-x7k2p`. */
function listedTokens(object: RawObject, account: string): readonly string[] {
  const names = listOf(object.parse('secrets'), 'secrets', (item, path) => {
    return textOf(objectOf(item, path)['name'], `${path}.name`) ?? '';
  });
  const prefix = `${account}-token-`;
  return names.filter((name) => name.startsWith(prefix) && /^[a-z0-9]{5}$/.test(name.slice(prefix.length))).sort();
}

export const serviceAccountProjection: Projection<ServiceAccountFacts> = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  relevant: ['automountServiceAccountToken', 'secrets', 'metadata.annotations'],
  project: (object, ref) => {
    const automount = object.parse('automountServiceAccountToken');
    const tokens = listedTokens(object, ref.name);
    return {
      ref,
      automountServiceAccountToken: typeof automount === 'boolean' ? automount : undefined,
      cloudIdentities: cloudIdentitiesOf(object.parse('metadata.annotations')),
      ...(tokens.length > 0 && { listedTokens: tokens }),
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
