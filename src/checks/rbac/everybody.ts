import type { RbacSubject } from '../../inventory/facts/rbac.ts';

/** Who is everybody: what is granted to them is granted to whoever comes next. */
const EVERYBODY = new Set([
  'system:authenticated',
  // On OpenShift, all people.
  'system:authenticated:oauth',
  'system:unauthenticated',
  'system:anonymous',
  'system:serviceaccounts',
]);

/** Whether a subject means everybody, or whoever has no name. */
export const isEverybody = ({ kind, name }: RbacSubject): boolean => kind !== 'ServiceAccount' && EVERYBODY.has(name);
