import assert from 'node:assert/strict';
import { withToken } from '../../../tools/demo/kubeconfig.ts';

describe('the kubeconfig of the operator', () => {
  it('is that of the administrator with another user, of whom nothing is left', () => {
    const cluster = { server: 'https://10.0.0.1', 'certificate-authority-data': 'Q0E=', 'tls-server-name': 'api' };
    const administrator = {
      kind: 'Config',
      clusters: [{ name: 'shop', cluster }],
      contexts: [{ name: 'work', context: { cluster: 'shop', user: 'anna', namespace: 'ci' } }],
      users: [{ name: 'anna', user: { 'client-key-data': 'S0VZ' } }],
      'current-context': 'work',
    };
    assert.deepEqual(JSON.parse(withToken(JSON.stringify(administrator), 'abc')), {
      ...administrator,
      users: [{ name: 'anna', user: { token: 'abc' } }],
    });
  });
});
