import type { BindingFacts, Grant, RbacSubject } from './facts/rbac.ts';
import { createMultiMap } from './multi-map.ts';

const EVERY_SERVICE_ACCOUNT = 'system:serviceaccounts';
const SERVICE_ACCOUNT_USER = 'system:serviceaccount:';

/** A ServiceAccount, or all of a namespace, or (with neither) all there are. */
export interface Reach {
  readonly namespace?: string;
  readonly name?: string;
}

/** Which ServiceAccounts a subject of a binding means; undefined if none (real users, other groups). */
export function reachOf({ kind, name, namespace }: RbacSubject): Reach | undefined {
  if (kind === 'ServiceAccount') return namespace === undefined ? undefined : { namespace, name };
  if (kind === 'User') return reachOfUser(name);
  if (name === EVERY_SERVICE_ACCOUNT || name === 'system:authenticated') return {};
  return name.startsWith(`${EVERY_SERVICE_ACCOUNT}:`)
    ? { namespace: name.slice(EVERY_SERVICE_ACCOUNT.length + 1) }
    : undefined;
}

function reachOfUser(name: string): Reach | undefined {
  if (!name.startsWith(SERVICE_ACCOUNT_USER)) return undefined;
  const [namespace, account, ...rest] = name.slice(SERVICE_ACCOUNT_USER.length).split(':');
  return namespace && account && rest.length === 0 ? { namespace, name: account } : undefined;
}

const reachKey = ({ namespace = '', name = '' }: Reach): string => `${namespace}/${name}`;

const bindingKey = ({ ref }: BindingFacts): string => `${ref.kind}/${ref.namespace ?? ''}/${ref.name}`;

/** Bindings by the ServiceAccounts they reach: by name, as a user, or by a group that every ServiceAccount is in. */
export interface GrantIndex {
  readonly change: (before: BindingFacts | undefined, after: BindingFacts | undefined) => void;
  /** Every binding that reaches the ServiceAccount, once per subject that does. */
  readonly grantsOf: (namespace: string, name: string) => readonly Grant[];
}

export function createGrantIndex(): GrantIndex {
  const byReach = createMultiMap<string, Grant>();
  const grantsByBinding = new Map<string, readonly (readonly [string, Grant])[]>();
  function remove(binding: BindingFacts): void {
    const key = bindingKey(binding);
    for (const [reach, grant] of grantsByBinding.get(key) ?? []) byReach.delete(reach, grant);
    grantsByBinding.delete(key);
  }

  function add(binding: BindingFacts): void {
    const grants = binding.subjects.flatMap((subject) => {
      const reach = reachOf(subject);
      return reach === undefined ? [] : [[reachKey(reach), { binding, subject }] as const];
    });
    for (const [reach, grant] of grants) byReach.add(reach, grant);
    if (grants.length > 0) grantsByBinding.set(bindingKey(binding), grants);
  }

  return {
    change(before, after) {
      if (before !== undefined) remove(before);
      if (after !== undefined) add(after);
    },
    grantsOf: (namespace, name) =>
      [reachKey({ namespace, name }), reachKey({ namespace }), reachKey({})].flatMap((key) => [...byReach.get(key)]),
  };
}
