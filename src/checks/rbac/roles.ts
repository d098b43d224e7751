import type { Severity } from '../../crds/index.ts';
import type { PolicyRule } from '../../inventory/facts/rbac.ts';
import { finding, roleCheck, SKIP, verdict } from '../check.ts';
import type { Decision, RoleInput, Violation } from '../check.ts';
import { cis } from '../cis.ts';
import { isBuiltInRule } from './built-in.ts';
import { clusterRoleYaml, ruleYaml } from './examples.ts';
import { canonicalRule, describeRule, isWildcard, list } from './rules.ts';

/**
 * A rule with a wildcard grants more with every API that is added to the cluster. A role that nothing binds is no risk yet, so
 * that it is told of with severity Info; what a bound one lets somebody do is found on its bindings. The rules of an aggregated
 * ClusterRole are put there by the control plane, so that the roles which it takes them from are judged instead.
 */
export const wildcardInRole = roleCheck({
  id: 'wildcard-in-role',
  severity: 'Medium',
  title: 'Role grants rights by wildcard',
  why: 'A wildcard takes in what nobody thought of: Secrets, impersonation, and every resource that is installed later.',
  fix: 'Name the API groups, resources and verbs that are needed.',
  references: {
    cis: cis('5.1.3'),
    nsa: ['Authentication and authorization'],
    trivy: ['KSV-0045', 'KSV-0046'],
    kubescape: ['C-0187'],
    kubeLinter: ['wildcard-in-rules'],
    checkov: ['CKV_K8S_49'],
    kyverno: ['restrict-wildcard-verbs', 'restrict-wildcard-resources'],
    urls: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  },
  reads: ['RoleBinding', 'ClusterRoleBinding'],
  inFiles: 'defaults',
  evaluate: (input) => perRule(input, severityOf, (rule) => `a rule allows ${describeRule(rule)}`),
  example: {
    before: clusterRoleYaml([ruleYaml('apps', "'*'", 'get, list')]),
    after: clusterRoleYaml([ruleYaml('apps', 'deployments', 'get, list')]),
  },
});

/** The wider the wildcard the worse; undefined without one. Names of resources limit what it can do. */
function severityOf({ apiGroups, resources, verbs, resourceNames }: PolicyRule): Severity | undefined {
  const everyVerb = isWildcard(verbs);
  const everyResource = isWildcard(resources);
  if (everyVerb && everyResource) return resourceNames.length > 0 ? 'Medium' : 'High';
  if (everyVerb || everyResource) return resourceNames.length > 0 ? 'Low' : 'Medium';
  return isWildcard(apiGroups) ? 'Low' : undefined;
}

/** A violation for each rule that has a severity and does not come with Kubernetes; rules that say the same are one. */
function perRule(
  { role, ownRules, isInUse }: RoleInput,
  severityOfRule: (rule: PolicyRule) => Severity | undefined,
  describe: (rule: PolicyRule) => string,
): Decision {
  const violations = ownRules.flatMap((rule): readonly Violation[] => {
    const severity = severityOfRule(rule);
    if (severity === undefined || isBuiltInRule(role.ref, rule)) return [];
    const key = canonicalRule(rule);
    return [finding('rules', describe(rule), { key, severity: isInUse ? severity : 'Info' })];
  });
  return verdict([...new Map(violations.map((violation) => [violation.key, violation])).values()]);
}

/** Paths have no namespace: in a Role, or by a RoleBinding, such a rule grants nothing. */
export const nonResourceUrlWildcard = roleCheck({
  id: 'nonresource-url-wildcard',
  severity: 'Medium',
  title: 'Role grants every path of the API server',
  why: 'Beside discovery and health there are metrics, profiles, logs and flags, and what an extension serves later.',
  fix: 'Name the paths that are needed, such as /metrics.',
  references: { cis: cis('5.1.3'), nsa: ['Authentication and authorization'] },
  reads: ['RoleBinding', 'ClusterRoleBinding'],
  inFiles: 'defaults',
  maySkip: true,
  evaluate: (input) =>
    input.role.ref.kind === 'ClusterRole'
      ? perRule(input, severityOfPaths, (rule) => `a rule allows ${list(rule.verbs, 'every verb')} on every path`)
      : SKIP,
  example: {
    before: clusterRoleYaml(["  - nonResourceURLs: ['*']\n    verbs: [get, post]"]),
    after: clusterRoleYaml(['  - nonResourceURLs: [/metrics]\n    verbs: [get]']),
  },
});

const READING = new Set(['get', 'head']);

function severityOfPaths({ nonResourceURLs, verbs }: PolicyRule): Severity | undefined {
  if (!nonResourceURLs.some((url) => url === '*' || url === '/*')) return undefined;
  return verbs.every((verb) => READING.has(verb)) ? 'Low' : 'Medium';
}
