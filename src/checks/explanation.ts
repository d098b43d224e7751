import { CAUSES } from './causes/table.ts';
import { frameworksAt, controlsOf } from './frameworks/index.ts';
import type { Severity } from '../crds/index.ts';
import type { Check, Example, FactKind, References, Target } from './check.ts';
import type { CheckParameters } from './parameters.ts';
import { NEWEST_MINOR } from './pod-security/controls.ts';

/** The place of a framework that has the check. */
export interface FrameworkPlace {
  readonly framework: string;
  readonly title: string;
  readonly version: string;
  readonly controls: readonly string[];
}

/** All there is to say of a check, for people and for programs. */
export interface Explanation {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** Whether it runs unless somebody says otherwise. */
  readonly isOnByDefault: boolean;
  readonly topic: string;
  readonly judges: string;
  readonly reads: readonly FactKind[];
  /** Which parameters of a SecurityProfile it goes by. */
  readonly parameters: readonly (keyof CheckParameters)[];
  readonly why: string;
  readonly fix: string;
  readonly example?: Example;
  /** Checks whose findings stand under one of this, as it is their cause. */
  readonly standsFor: readonly string[];
  /** Checks under whose finding one of this may stand. */
  readonly standsUnder: readonly string[];
  readonly frameworks: readonly FrameworkPlace[];
  readonly unmapped?: string;
  /** What other tools call it, by the name of the tool. */
  readonly otherTools: Readonly<Record<string, readonly string[]>>;
  readonly links: readonly string[];
}

/** What checks of a target are about, as a heading and in a sentence. */
const TARGETS: Readonly<Record<Target, { readonly topic: string; readonly judges: string }>> = {
  pod: { topic: 'Pods and containers', judges: 'the pod template of a workload, and its live pods' },
  workload: { topic: 'Workloads', judges: 'a workload: its pod template and its live pods, with what they lean on' },
  serviceAccount: { topic: 'ServiceAccounts', judges: 'a ServiceAccount' },
  role: { topic: 'RBAC', judges: 'a Role or ClusterRole' },
  binding: { topic: 'RBAC', judges: 'a RoleBinding or ClusterRoleBinding' },
  grant: { topic: 'RBAC', judges: 'what a binding grants to whom, or a role would grant that nothing binds' },
  node: { topic: 'Nodes', judges: 'a Node' },
  kubelet: { topic: 'Nodes', judges: 'the configuration of kubelets: of each node, or of all by their ConfigMap' },
  namespace: { topic: 'Namespaces', judges: 'a Namespace' },
  service: { topic: 'Network', judges: 'a Service' },
  ingress: { topic: 'Network', judges: 'an Ingress' },
  networkPolicy: { topic: 'Network', judges: 'a NetworkPolicy' },
  configMap: { topic: 'Configuration', judges: 'a ConfigMap' },
  admissionWebhook: { topic: 'Cluster', judges: 'a ValidatingWebhookConfiguration or MutatingWebhookConfiguration' },
  cluster: { topic: 'Cluster', judges: 'the cluster as a whole' },
};

/** The headings under which checks are listed, in order. */
export const TOPICS: readonly string[] = [...new Set(Object.values(TARGETS).map(({ topic }) => topic))];

/** Other catalogues of checks, by what they call themselves. */
const TOOLS: Readonly<Partial<Record<keyof References, string>>> = {
  trivy: 'Trivy',
  kubescape: 'Kubescape',
  polaris: 'Polaris',
  kubeLinter: 'kube-linter',
  kubeScore: 'kube-score',
  checkov: 'Checkov',
  kubesec: 'kubesec',
  kyverno: 'Kyverno',
  gatekeeper: 'Gatekeeper',
};

function otherTools(references: References): Explanation['otherTools'] {
  const named = Object.entries(TOOLS).flatMap(([key, tool]) => {
    const ids = references[key as 'trivy'] ?? [];
    return ids.length === 0 ? [] : [[tool, ids] as const];
  });
  return Object.fromEntries(named);
}

function placesOf(check: Check): readonly FrameworkPlace[] {
  return frameworksAt(NEWEST_MINOR).flatMap((framework) => {
    const controls = controlsOf(framework, check).map(({ id }) => id);
    const { name, title, version } = framework;
    return controls.length === 0 ? [] : [{ framework: name, title, version, controls }];
  });
}

const techniqueUrl = (id: string): string => `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`;

/** Explains a check. Its frameworks are those of the newest Pod Security version. */
export function explanationOf(check: Check): Explanation {
  const { id, title, severity, isOptIn, target, why, fix, example, unmapped } = check;
  const { reads = [], parameters = [], references } = check;
  return {
    id,
    title,
    severity,
    isOnByDefault: isOptIn !== true,
    ...TARGETS[target],
    reads,
    parameters,
    why,
    fix,
    ...(example && { example: { before: example.before.trim(), after: example.after.trim() } }),
    standsFor: CAUSES.filter(({ cause }) => cause === id).flatMap(({ implies }) => implies),
    standsUnder: CAUSES.filter(({ implies }) => implies.includes(id)).map(({ cause }) => cause),
    frameworks: placesOf(check),
    ...(unmapped === undefined ? {} : { unmapped }),
    otherTools: otherTools(references),
    links: [...(references.urls ?? []), ...(references.mitre ?? []).map(techniqueUrl)],
  };
}

/** Places in one line each: versions of one framework that use the same ids stand together. */
export function placeLines(
  places: readonly FrameworkPlace[],
): readonly (readonly [framework: string, controls: string])[] {
  const groups = Map.groupBy(places, ({ title, controls }) => JSON.stringify([title, controls]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const last = group.at(-1);
    if (first === undefined || last === undefined) return [];
    const versions = group.length === 1 ? first.version : `${first.version} to ${last.version}`;
    return [[`${first.title} ${versions}`, first.controls.join(', ')] as const];
  });
}
