import type { Severity } from '../../crds/index.ts';
import type { PolicyRule } from '../../inventory/facts/rbac.ts';
import { finding, roleCheck, verdict } from '../check.ts';
import type { Violation } from '../check.ts';
import { cis } from '../cis.ts';
import { isBuiltInRule } from './built-in.ts';
import { canonicalRule, describeRule, isWildcard } from './rules.ts';

/** A rule with a wildcard grants more with every API that is added to the cluster. */
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
    urls: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  },
  evaluate: ({ role }) => {
    const violations = role.rules.flatMap((rule): readonly Violation[] => {
      const severity = severityOf(rule);
      if (severity === undefined || isBuiltInRule(role, rule)) return [];
      return [finding('rules', `a rule allows ${describeRule(rule)}`, { key: canonicalRule(rule), severity })];
    });
    // Rules that say the same are one finding.
    return verdict([...new Map(violations.map((violation) => [violation.key, violation])).values()]);
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
