import assert from 'node:assert/strict';
import { scrapeAccess } from '../../../../src/cli/operator/scrape-access.ts';
import type { KubeClient } from '../../../../src/kube/client.ts';
import type { Access } from '../../../../src/metrics/serving/access.ts';
import {
  clientFor,
  inTurn,
  json,
  refusal,
  reset,
  startFakeServer,
  type Answer,
  type FakeServer,
} from '../../kube/fake-server.ts';

const USER = {
  username: 'system:serviceaccount:monitoring:prometheus',
  uid: '5f0c',
  groups: ['system:serviceaccounts', 'system:authenticated'],
  extra: { 'authentication.kubernetes.io/pod-name': ['prometheus-0'] },
};
const tokenReview = (status: unknown): Answer => json(201, { kind: 'TokenReview', status });
const accessReview = (status: unknown): Answer => json(201, { kind: 'SubjectAccessReview', status });
const known = tokenReview({ authenticated: true, user: USER });

describe('access to the metrics', () => {
  let server: FakeServer;
  let client: KubeClient;

  async function answering(...answers: readonly Answer[]): Promise<(token: string) => Promise<Access>> {
    server = await startFakeServer(inTurn(...answers));
    client = clientFor(server);
    return scrapeAccess(client);
  }
  afterEach(async () => {
    await client.close();
    await server.close();
  });

  it('is asked of the API server: whose token it is, and what they may do', async () => {
    const accessOf = await answering(known, accessReview({ allowed: true }));
    assert.equal(await accessOf('the-token'), 'Allowed');
    const asked = server.requests.map(({ method, path, body }) => [method, path, JSON.parse(body) as unknown]);
    const { username: user, ...rest } = USER;
    assert.deepEqual(asked, [
      [
        'POST',
        '/apis/authentication.k8s.io/v1/tokenreviews',
        { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token: 'the-token' } },
      ],
      [
        'POST',
        '/apis/authorization.k8s.io/v1/subjectaccessreviews',
        {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SubjectAccessReview',
          spec: { user, ...rest, nonResourceAttributes: { path: '/metrics', verb: 'get' } },
        },
      ],
    ]);
  });

  const strangers: readonly (readonly [name: string, status: unknown])[] = [
    ['a token of nobody', { authenticated: false }],
    ['a token that cannot be read', { error: '[invalid bearer token, token lookup failed]' }],
    ['an answer without a status', undefined],
    ['an answer in which there is no user', { authenticated: true }],
    ['a user without a name', { authenticated: true, user: { username: '', groups: ['system:masters'] } }],
    ['a yes that is none', { authenticated: 'true', user: USER }],
  ];
  for (const [name, status] of strangers) {
    it(`is refused, and no more asked: ${name}`, async () => {
      const accessOf = await answering(tokenReview(status));
      assert.equal(await accessOf('t'), 'Unauthenticated');
      assert.equal(server.requests.length, 1);
    });
  }

  const forbidden: readonly (readonly [name: string, status: unknown])[] = [
    ['nobody allows it', { allowed: false }],
    ['somebody denies it', { allowed: false, denied: true }],
    ['one allows it and another denies it', { allowed: true, denied: true }],
    ['the rules cannot be evaluated', { allowed: false, evaluationError: 'no such role' }],
    ['there is no status', undefined],
    ['the yes is none', { allowed: 'true' }],
  ];
  for (const [name, status] of forbidden) {
    it(`is forbidden if ${name}`, async () => {
      const accessOf = await answering(known, accessReview(status));
      assert.equal(await accessOf('t'), 'Forbidden');
    });
  }

  const MISSING = 'the operator may not ask: bind the ClusterRole plimsoll-metrics-auth to its ServiceAccount';
  const failing: readonly (readonly [name: string, answers: readonly Answer[], says: RegExp])[] = [
    ['the operator may not review tokens', [refusal(403, 'Forbidden')], new RegExp(`^${MISSING}$`)],
    ['the operator may not review access', [known, refusal(403, 'Forbidden')], new RegExp(`^${MISSING}$`)],
    ['the API server fails', [refusal(500, 'InternalError')], /tokenreviews: 500 /],
    ['it fails at the second question', [known, refusal(503, 'ServiceUnavailable')], /subjectaccessreviews: 503 /],
    ['the connection breaks', [reset], /tokenreviews: /],
    ['the answer is no JSON', [(response) => void response.end('<html>')], /\(MalformedBody\)$/],
  ];
  for (const [name, answers, says] of failing) {
    it(`is not known if ${name}`, async () => {
      const accessOf = await answering(...answers);
      await assert.rejects(accessOf('the-token'), (error: Error) => {
        assert.match(error.message, says);
        assert.ok(!error.message.includes('the-token'));
        return true;
      });
    });
  }
});
