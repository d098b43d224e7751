import type { CheckOf, KubeletInput, Undecided } from '../checks/check.ts';
import { judge, type Judgement } from '../checks/judge.ts';
import type { NodeFacts } from '../inventory/facts/node.ts';
import { availableChecks, decidedChecks, passedCount, type AssessDeps, type Assessed } from './assess.ts';

const NOTHING: Judgement = { findings: [], undecided: [], skipped: [] };

/** Where a cluster hands one configuration to all kubelets, as kubeadm does. */
const CONFIG_MAP = 'kube-system/kubelet-config';

/** An assessment, and beside it what the checks of kubelets say. */
function joined(assessed: Assessed, checks: readonly CheckOf<'kubelet'>[], judgement: Judgement): Assessed {
  const { findings, undecided } = judgement;
  return {
    ...assessed,
    findings: [...assessed.findings, ...findings],
    undecided: [...assessed.undecided, ...undecided],
    passed: assessed.passed + passedCount(checks.length, judgement),
    uncertain: new Set([...assessed.uncertain, ...undecided.map(({ check }) => check)]),
    decided: [...assessed.decided, ...decidedChecks(checks, judgement)],
  };
}

/** The same reason for every check. */
function undecidedAll(checks: readonly CheckOf<'kubelet'>[], { reason, message }: Undecided): Judgement {
  return { ...NOTHING, undecided: checks.map(({ id }) => ({ check: id, reason, message })) };
}

function judgeKubelet(
  checks: readonly CheckOf<'kubelet'>[],
  answer: { readonly config: KubeletInput['config'] } | Undecided,
  observed: KubeletInput['observed'],
  { onCheckError }: AssessDeps,
): Judgement {
  if ('reason' in answer) return undecidedAll(checks, answer);
  return judge(checks, { config: answer.config, observed }, onCheckError);
}

/** What the ConfigMap declares for all kubelets; undefined while it may not be read, which is reported for the kind as a whole. */
function declared({
  inventory,
  availability,
}: AssessDeps): { readonly config: KubeletInput['config'] } | Undecided | undefined {
  if (!availability.isReadable('KubeletConfig')) return undefined;
  const facts = inventory.get('KubeletConfig', 'kube-system', 'kubelet-config');
  if (facts === undefined) {
    return { reason: 'NotProvided', message: `there is no ConfigMap ${CONFIG_MAP}; see --kubelet-config-source` };
  }
  if ('fields' in facts) return { config: facts.fields };
  return {
    reason: 'Malformed',
    message: `the kubelet configuration in ${CONFIG_MAP} cannot be read: ${facts.problem}`,
  };
}

/** Adds to the Cluster's assessment what is found in the configuration that all kubelets share. */
export function withDeclaredKubelet(assessed: Assessed, deps: AssessDeps): Assessed {
  const { checks } = availableChecks('kubelet', deps);
  if (deps.kubelets !== undefined) {
    const refused = deps.kubelets.refused();
    return refused === undefined ? assessed : joined(assessed, checks, undecidedAll(checks, refused));
  }
  const answer = declared(deps);
  if (answer !== undefined) return joined(assessed, checks, judgeKubelet(checks, answer, 'Declared', deps));
  return { ...assessed, uncertain: new Set([...assessed.uncertain, ...checks.map(({ id }) => id)]) };
}

/** Adds to a Node's assessment what its own kubelet says, where kubelets are asked. */
export function withKubeletOf(node: NodeFacts, assessed: Assessed, deps: AssessDeps): Assessed {
  const { kubelets } = deps;
  if (kubelets === undefined) return assessed;
  const { checks } = availableChecks('kubelet', deps);
  const answer = kubelets.of(node.ref.name);
  if (answer === undefined) {
    return { ...assessed, uncertain: new Set([...assessed.uncertain, ...checks.map(({ id }) => id)]) };
  }
  return joined(assessed, checks, judgeKubelet(checks, answer, 'Effective', deps));
}
