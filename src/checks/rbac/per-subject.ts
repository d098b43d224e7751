import type { BindingFacts, RbacSubject } from '../../inventory/facts/rbac.ts';
import { finding, verdict } from '../check.ts';
import type { Decision, Violation } from '../check.ts';
import { isBuiltInSubject } from './built-in.ts';
import { keyOf } from './named.ts';

/** A violation for every subject that the rule is about and that is not built in, each once. */
export function perSubject(
  binding: BindingFacts,
  isConcerned: (subject: RbacSubject) => boolean,
  describe: (subject: RbacSubject) => string,
  more: (subject: RbacSubject) => Pick<Violation, 'severity'> = () => ({}),
): Decision {
  const concerned = binding.subjects.filter((subject) => isConcerned(subject) && !isBuiltInSubject(binding, subject));
  const byKey = new Map(concerned.map((subject) => [keyOf(subject), subject]));
  return verdict([...byKey].map(([key, subject]) => finding('subjects', describe(subject), { key, ...more(subject) })));
}
