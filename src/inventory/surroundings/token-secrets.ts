import { createMultiMap } from '../collections/multi-map.ts';
import type { ServiceAccountFacts } from '../facts/service-account.ts';
import type { TokenSecretFacts } from '../facts/token-secret.ts';
import type { Change } from '../store.ts';

/** Which Secrets hold tokens of ServiceAccounts that never expire. */
export interface TokenSecrets {
  readonly change: (change: Change<TokenSecretFacts>) => void;
  readonly changeAccount: (change: Change<ServiceAccountFacts>) => void;
  /** Names of the Secrets that are known to hold a token of the ServiceAccount. */
  readonly secretsOf: (namespace: string, serviceAccount: string) => Iterable<string>;
  /** Whether a Secret is known to hold a token, by its type or because a ServiceAccount lists it as one. */
  readonly isTokenSecret: (namespace: string, name: string) => boolean;
}

const keyOf = (namespace: string, name: string): string => [namespace, name].join('/');

export function createTokenSecrets(): TokenSecrets {
  const byAccount = createMultiMap<string, string>();
  const accountsOf = createMultiMap<string, string>();

  return {
    change({ namespace, name, before, after }) {
      if (before !== undefined) {
        byAccount.delete(keyOf(namespace, before.serviceAccount), name);
        accountsOf.delete(keyOf(namespace, name), 'type');
      }
      if (after !== undefined) {
        byAccount.add(keyOf(namespace, after.serviceAccount), name);
        accountsOf.add(keyOf(namespace, name), 'type');
      }
    },
    changeAccount({ namespace, name, before, after }) {
      for (const secret of before?.listedTokens ?? []) accountsOf.delete(keyOf(namespace, secret), `account ${name}`);
      for (const secret of after?.listedTokens ?? []) accountsOf.add(keyOf(namespace, secret), `account ${name}`);
    },
    secretsOf: (namespace, serviceAccount) => byAccount.get(keyOf(namespace, serviceAccount)),
    isTokenSecret: (namespace, name) => !accountsOf.get(keyOf(namespace, name))[Symbol.iterator]().next().done,
  };
}
