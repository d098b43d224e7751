import type { KubeletInput } from '../../checks/check.ts';
import type { NodeFacts } from '../../inventory/facts/node.ts';
import { answersOf, noAnswers, undecidedAnswers, type Answers, type AssessDeps } from './assess.ts';
import type { KubeletAnswer } from '../kubelets/kubelet-answers.ts';

/** Where a cluster hands one configuration to all kubelets, as kubeadm does. */
const CONFIG_MAP = 'kube-system/kubelet-config';

function judged(answer: KubeletAnswer, observed: KubeletInput['observed'], deps: AssessDeps): Answers {
  if ('reason' in answer) return undecidedAnswers('kubelet', answer, deps);
  return answersOf('kubelet', { config: answer.config, observed }, deps);
}

/** What the ConfigMap declares for all kubelets; undefined while it may not be read, which is reported for the kind as a whole. */
function declared({ inventory, availability }: AssessDeps): KubeletAnswer | undefined {
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

/** What is said of the Cluster for the configuration that all kubelets share. */
export function sharedKubeletAnswers(deps: AssessDeps): readonly Answers[] {
  if (deps.kubelets !== undefined) {
    const refused = deps.kubelets.refused();
    return refused === undefined ? [] : [undecidedAnswers('kubelet', refused, deps)];
  }
  const answer = declared(deps);
  return [answer === undefined ? noAnswers('kubelet', deps) : judged(answer, 'Declared', deps)];
}

/** What is said of a Node for the configuration of its own kubelet, where kubelets are asked. */
export function ownKubeletAnswers({ ref }: NodeFacts, deps: AssessDeps): readonly Answers[] {
  if (deps.kubelets === undefined) return [];
  const answer = deps.kubelets.of(ref.name);
  return [answer === undefined ? noAnswers('kubelet', deps) : judged(answer, 'Effective', deps)];
}
