import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request, type RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { scrapeAccess } from '../../src/cli/operator/scrape-access.ts';
import { loadKubeConfig } from '../../src/kube/auth.ts';
import { systemTimers } from '../../src/kube/timers.ts';
import { createClient } from '../../src/kube/transport.ts';
import type { Certificate } from '../../src/metrics/serving/certificate.ts';
import { selfSignedCertificate } from '../../src/metrics/serving/self-signed.ts';
import { startServer } from '../../src/metrics/serving/server.ts';
import { eventually } from '../cluster/eventually.ts';
import { useInstalled } from '../support/installed.ts';
import type { RunningOperator } from '../support/operator.ts';
import { recordingLogger } from '../support/recording-logger.ts';

const READER = 'plimsoll-metrics-reader';
const AUTH = 'plimsoll-metrics-auth';
const HOST = '127.0.0.1';

interface Reply {
  readonly status: number | undefined;
  readonly challenge: string | undefined;
  readonly body: string;
}

async function scrape(port: string | number, token?: string, options: RequestOptions = {}): Promise<Reply> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const call = request({
    host: HOST,
    port,
    path: '/metrics',
    headers,
    rejectUnauthorized: false,
    agent: false,
    ...options,
  });
  const [response] = (await once(call.end(), 'response')) as [IncomingMessage];
  const { statusCode: status, headers: answered } = response;
  return { status, challenge: answered['www-authenticate'], body: await text(response) };
}

const portOf = ({ metricsUrl }: RunningOperator): string => new URL(metricsUrl).port;

describe('the metrics of an operator', () => {
  const cluster = useInstalled();
  let namespace: string;

  /** A ServiceAccount's token. */
  async function tokenOf(name: string): Promise<string> {
    await cluster.apply([{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } }], namespace);
    return cluster.controlPlane().serviceAccountToken(namespace, name);
  }
  const bindingOf = (name: string): string => `${READER}-${namespace}-${name}`;
  const letScrape = async (name: string): Promise<void> => {
    const who = `--serviceaccount=${namespace}:${name}`;
    await cluster.kubectl(['create', 'clusterrolebinding', bindingOf(name), `--clusterrole=${READER}`, who]);
  };
  const letScrapeNoMore = async (name: string): Promise<void> => {
    await cluster.kubectl(['delete', 'clusterrolebinding', bindingOf(name)]);
  };

  before(async () => {
    namespace = await cluster.namespace('monitoring');
  });

  describe('by default', () => {
    let port: string;
    let operator: RunningOperator;

    before(async () => {
      operator = await cluster.operator('--metrics-secure');
      await operator.ready();
      port = portOf(operator);
    });
    after(async () => operator.stop());

    it('are not for those without a token', async () => {
      assert.deepEqual(await scrape(port), {
        status: 401,
        challenge: 'Bearer',
        body: 'a bearer token is needed\n',
      });
    });

    const forged = ['garbage', 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl'];
    for (const token of forged) {
      it(`are not for a token that the API server has not issued: ${token.slice(0, 7)}`, async () => {
        const { status, challenge } = await scrape(port, token);
        assert.deepEqual([status, challenge], [401, 'Bearer']);
      });
    }

    it('are not for a ServiceAccount that may not get them', async () => {
      assert.equal((await scrape(port, await tokenOf('stranger'))).status, 403);
    });

    it('are not for those whose token is for another audience', async () => {
      await tokenOf('elsewhere');
      await letScrape('elsewhere');
      const output = await cluster.kubectl([
        'create',
        'token',
        'elsewhere',
        '--audience=https://elsewhere.example',
        `--namespace=${namespace}`,
      ]);
      assert.equal((await scrape(port, output.trim())).status, 401);
      await letScrapeNoMore('elsewhere');
    });

    it('are for a ServiceAccount that the ClusterRole for readers is bound to', async () => {
      const token = await tokenOf('prometheus');
      await letScrape('prometheus');
      const { status, body } = await scrape(port, token);
      assert.equal(status, 200);
      assert.match(body, /^plimsoll_build_info\{/m);
      await letScrapeNoMore('prometheus');
    });

    it('are not served over plain HTTP', async () => {
      await assert.rejects(fetch(operator.metricsUrl));
    });

    it('leave no token in the log', () => {
      assert.doesNotMatch(operator.log(), /eyJ|garbage/);
      assert.doesNotMatch(operator.log(), / (WARN|ERROR) /);
    });
  });

  it('are given and kept back as roles are bound and unbound, once the answers before have served their time', async () => {
    const kubeconfig = await cluster
      .controlPlane()
      .kubeconfigFor({ serviceAccount: { namespace: 'plimsoll-system', name: 'plimsoll' } });
    const client = createClient({ loadConfig: () => loadKubeConfig({ kubeconfig }), userAgent: 'plimsoll/test' });
    // A minute is too long for a test: all else is as the operator does it.
    const server = await startServer({
      metricsAddress: { host: HOST, port: 0 },
      metrics: { render: async () => Promise.resolve('up 1\n'), contentType: 'text/plain' },
      metricsSecurity: {
        askAccess: scrapeAccess(client),
        accessLimits: { allowedMs: 200, refusedMs: 200 },
        timers: systemTimers,
      },
      alive: [],
      ready: [],
      nowMs: systemTimers.now,
      logger: recordingLogger().logger,
    });
    const answers = async (token: string, status: number): Promise<void> =>
      void (await eventually(`the answer is ${status}`, async () => {
        assert.equal((await scrape(server.metrics?.port ?? 0, token)).status, status);
        return true;
      }));
    try {
      const token = await tokenOf('reader');
      await answers(token, 403);
      await letScrape('reader');
      await answers(token, 200);
      await letScrapeNoMore('reader');
      await answers(token, 403);
      await letScrape('reader');
      await answers(token, 200);
      await cluster.kubectl(['delete', 'serviceaccount', 'reader', `--namespace=${namespace}`]);
      await answers(token, 401);
      await letScrapeNoMore('reader');
    } finally {
      await server.close();
      await client.close();
    }
  });

  it('are served with the certificate of a folder, and with the next one when that is there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-serving-'));
    const mount = ({ cert, key }: Certificate): void => {
      writeFileSync(join(folder, 'tls.key'), key);
      writeFileSync(join(folder, 'tls.crt'), cert);
    };
    const named = (name: string): Certificate => selfSignedCertificate({ name, now: new Date() });
    const [first, second] = [named('first.example'), named('second.example')];
    try {
      mount(first);
      const operator = await cluster.operator('--metrics-secure', `--metrics-cert-dir=${folder}`);
      await operator.ready();
      const verified = async ({ cert: ca }: Certificate, servername: string): Promise<boolean> => {
        const { status } = await scrape(portOf(operator), undefined, { rejectUnauthorized: true, ca, servername });
        return status === 401;
      };
      assert.ok(await verified(first, 'first.example'));
      await assert.rejects(verified(second, 'second.example'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
      mount(second);
      await eventually('the next certificate is served', async () => verified(second, 'second.example'));
      assert.deepEqual(await operator.stop().then(({ code }) => code), 0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  describe('that may not ask who somebody is', () => {
    before(async () => {
      await cluster.kubectl(['delete', 'clusterrolebinding', AUTH]);
    });
    after(async () => {
      const who = '--serviceaccount=plimsoll-system:plimsoll';
      await cluster.kubectl(['create', 'clusterrolebinding', AUTH, `--clusterrole=${AUTH}`, who]);
    });

    it('are given to nobody, and the log says which role is missing, but it works', async () => {
      const token = await tokenOf('trusted');
      await letScrape('trusted');
      const operator = await cluster.operator('--metrics-secure');
      await operator.ready();
      const { status, body } = await scrape(portOf(operator), token);
      assert.equal(status, 503);
      assert.doesNotMatch(body, /plimsoll_/);
      assert.equal((await scrape(portOf(operator))).status, 401);
      assert.match(operator.log(), /WARN .*bind the ClusterRole plimsoll-metrics-auth to its ServiceAccount/);
      assert.doesNotMatch(operator.log(), /eyJ/);
      await operator.stop();
      await letScrapeNoMore('trusted');
    });
  });
});
