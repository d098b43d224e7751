import assert from 'node:assert/strict';
import type { SecurityReport } from '../../../src/crds/index.ts';
import { subjectKey } from '../../../src/inventory/subject-key.ts';
import { ApiError } from '../../../src/kube/api-error.ts';
import type { KubeClient, RequestOptions } from '../../../src/kube/client.ts';
import { assemble } from '../../../src/reports/assemble.ts';
import { reportKey } from '../../../src/reports/naming.ts';
import { createReportRecords, type ReportRecords } from '../../../src/reports/records.ts';
import { createReportWriter, type ReportWriter } from '../../../src/reports/write.ts';
import { raw } from '../../support/objects.ts';
import { assessment } from '../../support/reports.ts';

const SUBJECT = subjectKey('apps', 'Deployment', 'shop', 'web');
const KEY = reportKey('shop', 'deployment-web');
const PATH = '/apis/plimsoll.dev/v1alpha1/namespaces/shop/securityreports/deployment-web';

function report(...checks: readonly string[]): SecurityReport {
  const findings = checks.map((check) => ({ check, severity: 'High' as const, message: check }));
  const memory = { hasBaseline: true, knownChecks: new Set(checks), watchedUntilSeconds: undefined };
  const made = assemble(assessment({ findings }), undefined, { memory, now: new Date('2026-05-01'), retained: [] });
  assert.ok(made !== undefined);
  return made;
}

interface Bench {
  readonly writer: ReportWriter;
  readonly records: ReportRecords;
  /** Subjects whose reports others have deleted. */
  readonly lost: string[];
  /** `METHOD path` of every request. */
  readonly sent: string[];
}

function bench(
  answer: (options: RequestOptions) => unknown = () => ({ metadata: { uid: 'u', resourceVersion: '5' } }),
): Bench {
  const sent: string[] = [];
  const lost: string[] = [];
  const client: KubeClient = {
    request: async <T>(options: RequestOptions) => {
      sent.push(`${options.method} ${options.path}`);
      return Promise.resolve(answer(options) as T);
    },
    stream: () => Promise.reject(new Error('nothing is streamed')),
    close: () => Promise.resolve(),
  };
  const records = createReportRecords({
    onForeignChange: () => undefined,
    onDeleted: (subject) => lost.push(subject),
    onChange: () => undefined,
    isAuthor: () => true,
  });
  return {
    writer: createReportWriter({ client, records, writesPerSecond: 1000, concurrency: 2 }),
    records,
    sent,
    lost,
  };
}

const refuses = (status: number, message: string) => (): never => {
  throw new ApiError('request', status, { message });
};

describe('writing a report', () => {
  it('applies it once, and not again while it says the same', async () => {
    const { writer, sent } = bench();
    assert.equal(await writer.write(SUBJECT, report('host-network')), 'created');
    assert.equal(await writer.write(SUBJECT, report('host-network')), 'unchanged');
    assert.equal(await writer.write(SUBJECT, report('host-network', 'host-pid')), 'updated');
    assert.deepEqual(sent, [`PATCH ${PATH}`, `PATCH ${PATH}`]);
  });

  it('does not take a failure for done', async () => {
    let isDown = true;
    const { writer } = bench(() =>
      isDown ? refuses(500, 'etcd is away')() : { metadata: { uid: 'u', resourceVersion: '5' } },
    );
    await assert.rejects(writer.write(SUBJECT, report('host-network')), /etcd is away/);
    isDown = false;
    assert.equal(await writer.write(SUBJECT, report('host-network')), 'created');
  });

  for (const [what, status, message] of [
    [
      'is being deleted',
      403,
      'forbidden: unable to create new content in namespace shop because it is being terminated',
    ],
    ['is gone', 404, 'namespaces "shop" not found'],
  ] as const) {
    it(`lets it be where the namespace ${what}`, async () => {
      const { writer, records } = bench(refuses(status, message));
      assert.equal(await writer.write(SUBJECT, report('host-network')), 'unchanged');
      assert.equal(records.get(KEY), undefined);
    });
  }

  it('does not confuse that with a permission that is missing', async () => {
    const { writer } = bench(refuses(403, 'User "x" cannot patch resource'));
    await assert.rejects(writer.write(SUBJECT, report('host-network')), /cannot patch/);
    const { writer: other } = bench(refuses(404, 'the server could not find the requested resource'));
    await assert.rejects(other.write(SUBJECT, report('host-network')), /could not find/);
  });
});

describe('removing a report', () => {
  it('deletes what is stored, by its uid, and forgets it', async () => {
    const bodies: unknown[] = [];
    const { writer, records, sent } = bench(({ body }) => {
      bodies.push(body);
      return { metadata: { uid: 'u', resourceVersion: '5' } };
    });
    await writer.write(SUBJECT, report('host-network'));
    assert.equal(await writer.remove(KEY), 'deleted');
    assert.equal(records.get(KEY), undefined);
    assert.deepEqual(sent.at(-1), `DELETE ${PATH}`);
    assert.match(JSON.stringify(bodies.at(-1)), /"uid":"u"/);
  });

  it('is not taken for the doing of others, though the watch tells of it before it is answered', async () => {
    const { writer, records, lost } = bench(({ method }) => {
      const { metadata } = report('host-network');
      if (method === 'DELETE') records.sink('Namespaced').remove(raw({ metadata: { ...metadata, uid: 'u' } }));
      return { metadata: { uid: 'u', resourceVersion: '5' } };
    });
    await writer.write(SUBJECT, report('host-network'));
    assert.equal(await writer.remove(KEY), 'deleted');
    assert.deepEqual(lost, []);
  });

  it('asks nothing where there is none', async () => {
    const { writer, sent } = bench();
    assert.equal(await writer.remove(KEY), 'unchanged');
    assert.deepEqual(sent, []);
  });

  it('leaves alone another report of that name', async () => {
    const { writer, records } = bench(({ method }) =>
      method === 'DELETE'
        ? refuses(409, 'the UID in the precondition does not match')()
        : { metadata: { uid: 'u', resourceVersion: '5' } },
    );
    await writer.write(SUBJECT, report('host-network'));
    assert.equal(await writer.remove(KEY), 'unchanged');
    assert.equal(records.get(KEY), undefined);
  });
});

describe('reading findings back', () => {
  it('gives them in full', async () => {
    const stored = report('host-network', 'host-pid');
    const { writer, sent } = bench(() => stored);
    assert.deepEqual(await writer.storedFindings(KEY), stored.findings);
    assert.deepEqual(sent, [`GET ${PATH}`]);
  });
});
