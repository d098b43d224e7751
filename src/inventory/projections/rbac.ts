import { isDeepStrictEqual } from 'node:util';
import type { RawObject } from '../../kube/raw-object.ts';
import type { BindingFacts, PolicyRule, RbacSubject, RoleFacts } from '../facts/rbac.ts';
import type { Projection } from '../store.ts';
import { labelSelectorAt } from './label-selector.ts';
import { itemsAt, objectAt, textAt, textMapAt, textsAt, wordAt } from './shape.ts';

const RBAC = 'rbac.authorization.k8s.io/v1';

function ruleAt(value: unknown, path: string): PolicyRule {
  const rule = objectAt(value, path);
  const texts = (field: keyof PolicyRule): readonly string[] => textsAt(rule[field], `${path}.${field}`);
  return {
    apiGroups: texts('apiGroups'),
    resources: texts('resources'),
    verbs: texts('verbs'),
    resourceNames: texts('resourceNames'),
    nonResourceURLs: texts('nonResourceURLs'),
  };
}

function rulesOf(object: RawObject): readonly PolicyRule[] {
  return itemsAt(object.parse('rules'), 'rules').map(([item, path]) => ruleAt(item, path));
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
  const selectors = itemsAt(objectAt(rule, 'aggregationRule')['clusterRoleSelectors'], path);
  return { aggregation: selectors.map(([item, itemPath]) => labelSelectorAt(item, itemPath)) };
}

/** Labels are kept of ClusterRoles only: by these they are aggregated. */
export const clusterRoleProjection: Projection<RoleFacts> = {
  apiVersion: RBAC,
  kind: 'ClusterRole',
  relevant: ['rules', 'metadata.labels', 'aggregationRule'],
  project: (object, ref) => ({
    ref,
    rules: rulesOf(object),
    labels: textMapAt(object.parse('metadata.labels'), 'metadata.labels'),
    ...aggregationOf(object),
  }),
  equal: isDeepStrictEqual,
};

/**
 * The apiGroup of a subject is not read: the API server fills it in or refuses the object, and the authorizer looks at kind
 * and name only (kubernetes, pkg/registry/rbac/validation/rule.go, appliesToUser).
 */
function subjectAt(value: unknown, path: string, bindingNamespace: string | undefined): RbacSubject {
  const subject = objectAt(value, path);
  const kind = wordAt(subject['kind'], `${path}.kind`, ['User', 'Group', 'ServiceAccount']);
  const name = textAt(subject['name'], `${path}.name`);
  if (kind !== 'ServiceAccount') return { kind, name };
  // A ServiceAccount without a namespace is one of the RoleBinding's own.
  const namespace = textAt(subject['namespace'] ?? '', `${path}.namespace`) || bindingNamespace;
  return namespace === undefined ? { kind, name } : { kind, name, namespace };
}

/** RoleBindings and ClusterRoleBindings. */
export function bindingProjection(kind: 'RoleBinding' | 'ClusterRoleBinding'): Projection<BindingFacts> {
  return {
    apiVersion: RBAC,
    kind,
    relevant: ['roleRef', 'subjects'],
    project: (object, ref) => {
      const roleRef = objectAt(object.parse('roleRef'), 'roleRef');
      return {
        ref,
        roleRef: {
          kind: wordAt(roleRef['kind'], 'roleRef.kind', ['Role', 'ClusterRole']),
          name: textAt(roleRef['name'], 'roleRef.name'),
        },
        subjects: itemsAt(object.parse('subjects'), 'subjects').map(([item, path]) =>
          subjectAt(item, path, ref.namespace),
        ),
      };
    },
    equal: isDeepStrictEqual,
  };
}
