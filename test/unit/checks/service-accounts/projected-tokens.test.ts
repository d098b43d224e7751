import type { V1ServiceAccountTokenProjection, V1Volume } from '@kubernetes/client-node';
import { PASS } from '../../../../src/checks/check.ts';
import { projectedTokenOverbroad } from '../../../../src/checks/service-accounts/projected-tokens.ts';
import { fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const DAY = 24 * 60 * 60;

const token = (more: Partial<V1ServiceAccountTokenProjection> = {}, name = 'token'): V1Volume => ({
  name,
  projected: { sources: [{ configMap: { name: 'ca' } }, { serviceAccountToken: { path: 'token', ...more } }] },
});

verdicts(projectedTokenOverbroad, [
  ['no volumes', pod(), PASS],
  ['a projected volume without a token', pod({ volumes: [{ name: 'ca', projected: { sources: [] } }] }), PASS],
  [
    'a token for one service',
    pod({ automountServiceAccountToken: false, volumes: [token({ audience: 'vault' })] }),
    PASS,
  ],
  ['a token that lives for a day', pod({ volumes: [token({ expirationSeconds: DAY })] }), PASS],
  ['a token for the API server where automounting is on', pod({ volumes: [token()] }), PASS],
  [
    'the token that the API server injects',
    pod({
      automountServiceAccountToken: false,
      volumes: [token({ expirationSeconds: 3607 }, 'kube-api-access-x7f2k')],
    }),
    PASS,
  ],
  [
    'a token of the author in a volume that is called like it',
    pod({ volumes: [token({ expirationSeconds: 2 * DAY }, 'kube-api-access-x7f2k')] }),
    fails({ key: 'kube-api-access-x7f2k' }),
  ],
  [
    'a token of the author in a volume that is nearly called like it',
    pod({ automountServiceAccountToken: false, volumes: [token({}, 'kube-api-access-mine-too')] }),
    fails({ key: 'kube-api-access-mine-too' }),
  ],
  [
    'a token that lives for longer',
    pod({ volumes: [token({ audience: 'vault', expirationSeconds: DAY + 1 })] }),
    fails({
      key: 'token',
      path: 'spec.volumes[token].projected',
      message: 'a token in volume token lives for more than a day',
    }),
  ],
  [
    'a token for the API server where automounting is off',
    pod({ automountServiceAccountToken: false, volumes: [token({ audience: '' })] }),
    fails({ key: 'token' }),
  ],
  [
    'both faults of a volume once',
    pod({ automountServiceAccountToken: false, volumes: [token({ expirationSeconds: 7 * DAY })] }),
    fails({ key: 'token' }),
  ],
  [
    'a lifetime that is a string',
    pod({ volumes: [token(malformed({}, { expirationSeconds: '1h' }))] }),
    undecided('Malformed'),
  ],
]);
