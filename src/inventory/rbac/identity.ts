import type { RbacSubject } from '../facts/rbac.ts';

/** Who asks: what the API server knows of a caller, as far as RBAC looks at it. */
export interface Identity {
  readonly user: string;
  readonly groups: readonly string[];
}

/** Its members may do anything: the API server asks no authorizer about them. */
export const MASTERS = 'system:masters';

const ACCOUNT_USER = 'system:serviceaccount:';
const EVERY_ACCOUNT = 'system:serviceaccounts';
const EVERYBODY_KNOWN = 'system:authenticated';

const userOfAccount = (namespace: string, name: string): string => [ACCOUNT_USER, namespace, ':', name].join('');

/** Who a pod with a token of that ServiceAccount is. */
export function identityOfAccount(namespace: string, name: string): Identity {
  return {
    user: userOfAccount(namespace, name),
    groups: [EVERY_ACCOUNT, `${EVERY_ACCOUNT}:${namespace}`, EVERYBODY_KNOWN],
  };
}

/** A user or a group. A ServiceAccount is the user of its name, and no more than that. */
export type Principal = `User ${string}` | `Group ${string}`;

/** What of an identity a subject of a binding matches; undefined if the authorizer lets it match nobody. */
export function principalOf({ kind, name, namespace }: RbacSubject): Principal | undefined {
  if (kind !== 'ServiceAccount') return `${kind} ${name}`;
  return namespace === undefined ? undefined : `User ${userOfAccount(namespace, name)}`;
}

/** Everything by which a binding can reach an identity, in a fixed order. */
export function principalsOf({ user, groups }: Identity): readonly Principal[] {
  return [`User ${user}`, ...new Set(groups.map((group): Principal => `Group ${group}`))];
}

/** A ServiceAccount, or all of a namespace, or (with neither) all there are. */
export interface Reach {
  readonly namespace?: string;
  readonly name?: string;
}

/** Which ServiceAccounts a subject of a binding means; undefined if none (real users, other groups). */
export function reachOf({ kind, name, namespace }: RbacSubject): Reach | undefined {
  if (kind === 'ServiceAccount') return namespace === undefined ? undefined : { namespace, name };
  if (kind === 'User') return reachOfUser(name);
  if (name === EVERY_ACCOUNT || name === EVERYBODY_KNOWN) return {};
  return name.startsWith(`${EVERY_ACCOUNT}:`) ? { namespace: name.slice(EVERY_ACCOUNT.length + 1) } : undefined;
}

function reachOfUser(user: string): Reach | undefined {
  if (!user.startsWith(ACCOUNT_USER)) return undefined;
  const [namespace, name, ...rest] = user.slice(ACCOUNT_USER.length).split(':');
  return namespace && name && rest.length === 0 ? { namespace, name } : undefined;
}
