import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { NamespaceInput } from '../../../../src/checks/check.ts';
import type { LimitRangeFacts } from '../../../../src/inventory/facts/limit-range.ts';
import { namespaceWithoutLimitRange } from '../../../../src/checks/namespaces/limit-ranges.ts';
import { limitRange, namespaceInput } from '../inputs.ts';
import { fails, verdicts } from '../verdicts.ts';

const namespace = (name: string, limitRanges: readonly LimitRangeFacts[], hasWorkloads = true): NamespaceInput =>
  namespaceInput(name, { hasWorkloads, limitRanges });

verdicts(namespaceWithoutLimitRange, [
  ['a LimitRange that gives something', namespace('shop', [limitRange(), limitRange('limits.memory')]), PASS],
  ['a namespace without workloads', namespace('shop', [], false), SKIP],
  ['a namespace of the system', namespace('kube-system', []), SKIP],
  ['no LimitRange', namespace('shop', []), fails('metadata.name')],
  ['a LimitRange that gives nothing', namespace('shop', [limitRange()]), fails('metadata.name')],
]);
