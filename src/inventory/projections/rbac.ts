import { isDeepStrictEqual } from 'node:util';
import type { RawObject } from '../../kube/raw-object.ts';
import type { BindingFacts, PolicyRule, RbacSubject, RoleFacts } from '../facts/rbac.ts';
import { listOf, objectOf, requiredTextOf, stringMapOf, textOf, textsOf, wordOf } from '../json-shape.ts';
import type { Projection } from '../store.ts';
import { labelSelectorOf } from './label-selector.ts';

const RBAC = 'rbac.authorization.k8s.io/v1';

function ruleOf(value: unknown, path: string): PolicyRule {
  const rule = objectOf(value, path);
  const texts = (field: keyof PolicyRule): readonly string[] => textsOf(rule[field], `${path}.${field}`);
  return {
    apiGroups: texts('apiGroups'),
    resources: texts('resources'),
    verbs: texts('verbs'),
    resourceNames: texts('resourceNames'),
    nonResourceURLs: texts('nonResourceURLs'),
  };
}

function rulesOf(object: RawObject): readonly PolicyRule[] {
  return listOf(object.parse('rules'), 'rules', ruleOf);
}

export const roleProjection: Projection<RoleFacts> = {
  apiVersion: RBAC,
  kind: 'Role',
  relevant: ['rules'],
  project: (object, ref) => ({ ref, rules: rulesOf(object) }),
  equal: isDeepStrictEqual,
};

function aggregationOf(object: RawObject): Pick<RoleFacts, 'aggregation'> {
  const rule = object.parse('aggregationRule');
  if (rule === undefined || rule === null) return {};
  const path = 'aggregationRule.clusterRoleSelectors';
  return { aggregation: listOf(objectOf(rule, 'aggregationRule')['clusterRoleSelectors'], path, labelSelectorOf) };
}

/** Labels are kept of ClusterRoles only: by these they are aggregated. */
export const clusterRoleProjection: Projection<RoleFacts> = {
  apiVersion: RBAC,
  kind: 'ClusterRole',
  relevant: ['rules', 'metadata.labels', 'aggregationRule'],
  project: (object, ref) => ({
    ref,
    rules: rulesOf(object),
    labels: stringMapOf(object.parse('metadata.labels'), 'metadata.labels'),
    ...aggregationOf(object),
  }),
  equal: isDeepStrictEqual,
};

/**
 * The apiGroup of a subject is not read: the API server fills it in or refuses the object, and the authorizer looks at kind
 * and name only (kubernetes, pkg/registry/rbac/validation/rule.go, appliesToUser).
 */
function subjectOf(value: unknown, path: string, bindingNamespace: string | undefined): RbacSubject {
  const subject = objectOf(value, path);
  const kind = wordOf(subject['kind'], `${path}.kind`, ['User', 'Group', 'ServiceAccount']);
  const name = requiredTextOf(subject['name'], `${path}.name`);
  if (kind !== 'ServiceAccount') return { kind, name };
  // A ServiceAccount without a namespace is one of the RoleBinding's own.
  const namespace = textOf(subject['namespace'], `${path}.namespace`) || bindingNamespace;
  return namespace === undefined ? { kind, name } : { kind, name, namespace };
}

/** RoleBindings and ClusterRoleBindings. */
export function bindingProjection(kind: 'RoleBinding' | 'ClusterRoleBinding'): Projection<BindingFacts> {
  return {
    apiVersion: RBAC,
    kind,
    relevant: ['roleRef', 'subjects'],
    project: (object, ref) => {
      const roleRef = objectOf(object.parse('roleRef'), 'roleRef');
      return {
        ref,
        roleRef: {
          kind: wordOf(roleRef['kind'], 'roleRef.kind', ['Role', 'ClusterRole']),
          name: requiredTextOf(roleRef['name'], 'roleRef.name'),
        },
        subjects: listOf(object.parse('subjects'), 'subjects', (item, path) => subjectOf(item, path, ref.namespace)),
      };
    },
    equal: isDeepStrictEqual,
  };
}
