import type { AccountPower } from './account-powers.ts';
import type { SubjectRule } from './held-rules.ts';
import { keyOf, nameOf, type Named } from './named.ts';
import { describeRule } from './rules.ts';

/** A place on the way from a pod to what can be done from it. */
export interface PathNode {
  /** The same for the same object; unique in the path. */
  readonly id: string;
  readonly kind: 'Pod' | 'Subject' | 'Binding' | 'Role' | 'Power';
  /** For people. */
  readonly label: string;
}

/** What leads from one node to another. */
export interface PathEdge {
  readonly from: string;
  readonly to: string;
  /** For people: `runs as`, `is bound by`. */
  readonly label: string;
}

/** How a pod gets a power, as a graph from the pod to the power that can be drawn; several bindings may be needed together. */
export interface PowerPath {
  readonly nodes: readonly PathNode[];
  readonly edges: readonly PathEdge[];
}

interface Way {
  readonly nodes: readonly PathNode[];
  /** `labels[i]` leads from node i to node i + 1. */
  readonly labels: readonly string[];
}

const node = (kind: PathNode['kind'], named: Named): PathNode => ({ id: keyOf(named), kind, label: nameOf(named) });

/** The nodes of one rule, from the pod to the power. */
function wayBy(account: Named, { binding, subject, granted }: SubjectRule, power: PathNode): Way {
  const self = node('Subject', account);
  const group = subject.kind === 'Group' ? [node('Subject', subject)] : [];
  return {
    nodes: [POD, self, ...group, node('Binding', binding.ref), node('Role', granted.role), power],
    labels: [
      'runs as',
      ...group.map(() => 'is a member of'),
      'is bound by',
      'to',
      `allows ${describeRule(granted.rule)}`,
    ],
  };
}

const POD: PathNode = { id: 'pod', kind: 'Pod', label: 'pod' };

/** For people: `create pods in every namespace`. */
function describePower({ power: { does, needs }, reach: { namespace }, evidence }: AccountPower): string {
  const limited = evidence.some(({ names }) => names.length > 0) ? ' (some by name)' : '';
  if (namespace !== undefined) return `${does}${limited} in namespace ${namespace}`;
  // What has no namespace anyway needs none.
  const isOfNamespaces = needs.some((asks) => asks.some(({ isClusterScoped }) => !isClusterScoped));
  return `${does}${limited}${isOfNamespaces ? ' in every namespace' : ''}`;
}

/** The path from a pod that runs as the ServiceAccount to one of its powers. */
export function powerPath(account: Named, held: AccountPower): PowerPath {
  const power: PathNode = { id: `power/${held.power.id}`, kind: 'Power', label: describePower(held) };
  const ways = held.evidence.map(({ held: rule }) => wayBy(account, rule, power));
  const nodes = new Map(ways.flatMap((way) => way.nodes.map((each) => [each.id, each] as const)));
  const edges = ways.flatMap(({ nodes: stations, labels }) =>
    labels.map((label, index) => ({ from: stations[index]?.id ?? '', to: stations[index + 1]?.id ?? '', label })),
  );
  const distinct = new Map(edges.map((edge) => [JSON.stringify(edge), edge]));
  return { nodes: [...nodes.values()], edges: [...distinct.values()] };
}

/** The path in one line: `pod → ServiceAccount ci/runner → ClusterRoleBinding runner-admin → create pods in every namespace`. */
export function describePath({ nodes }: PowerPath): string {
  const labels = (kind: PathNode['kind']): string =>
    nodes
      .filter((each) => each.kind === kind)
      .map(({ label }) => label)
      .sort()
      .join(' and ');
  const [self, ...groups] = nodes.filter(({ kind }) => kind === 'Subject').map(({ label }) => label);
  const steps = ['pod', self, groups.toSorted().join(' and '), labels('Binding'), labels('Power')];
  return steps.filter((step) => step).join(' → ');
}
