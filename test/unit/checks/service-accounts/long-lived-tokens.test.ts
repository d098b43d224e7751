import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { ServiceAccountInput, WorkloadInput } from '../../../../src/checks/check.ts';
import {
  legacyTokenSecretMounted,
  saLongLivedToken,
} from '../../../../src/checks/service-accounts/long-lived-tokens.ts';
import { specFacts, webRef, workload as workloadInput } from '../inputs.ts';
import { fails, verdicts } from '../verdicts.ts';
import { SERVER } from '../../../support/server.ts';
import { UNTOLD } from '../../../support/parameters.ts';

const account = (tokenSecrets?: readonly string[], listedTokens: readonly string[] = []): ServiceAccountInput => ({
  serviceAccount: {
    ref: webRef('v1', 'ServiceAccount'),
    automountServiceAccountToken: undefined,
    cloudIdentities: [],
    listedTokens,
  },
  grants: [],
  workloads: [],
  hasNeighbours: false,
  server: SERVER,
  parameters: UNTOLD,
  tokenSecrets,
});

verdicts(saLongLivedToken, [
  ['no Secret with a token of it', account([]), PASS],
  ['an account that lists none, where Secrets are not read', account(), SKIP],
  [
    'a Secret that it lists, where Secrets are not read',
    account(undefined, ['web-token-x7k2p']),
    fails({ path: 'secrets', key: 'web-token-x7k2p' }),
  ],
  [
    'a Secret of that type, and one that is listed too',
    account(['web', 'web-token-x7k2p'], ['web-token-x7k2p']),
    fails({ key: 'web' }, { key: 'web-token-x7k2p' }),
  ],
]);

const using = (secrets: readonly string[], isTokenSecret: (name: string) => boolean | undefined): WorkloadInput =>
  workloadInput({ specs: [specFacts({ secrets })], isTokenSecret });

verdicts(legacyTokenSecretMounted, [
  ['no Secret at all, where Secrets are not read', using([], () => undefined), PASS],
  ['Secrets without a token', using(['tls'], () => false), PASS],
  ['Secrets of which nobody says what they hold', using(['tls'], () => undefined), SKIP],
  [
    'a Secret with a token among others',
    using(['tls', 'token'], (name) => (name === 'token' ? true : undefined)),
    fails({ path: 'spec.volumes', key: 'token' }),
  ],
]);
