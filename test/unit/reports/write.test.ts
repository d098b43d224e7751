import assert from 'node:assert/strict';
import type { SecurityReport } from '../../../src/crds/index.ts';
import { subjectKey } from '../../../src/inventory/subject-key.ts';
import { ApiError } from '../../../src/kube/api-error.ts';
import type { KubeClient, RequestOptions } from '../../../src/kube/client.ts';
import { systemTimers } from '../../../src/kube/timers.ts';
import { assemble } from '../../../src/reports/assemble.ts';
import { reportKey } from '../../../src/reports/naming.ts';
import { createReportRecords, type ReportRecord, type ReportRecords } from '../../../src/reports/records.ts';
import { createReportWriter, failedWrite, type ReportWriter, type WriteHooks } from '../../../src/reports/write.ts';
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
  writeHooks: WriteHooks = {},
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
    writer: createReportWriter({
      client,
      records,
      writesPerSecond: 1000,
      concurrency: 2,
      timers: systemTimers,
      writeHooks,
    }),
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

describe('telling of writes', () => {
  const idsOf = (record: ReportRecord | undefined): readonly string[] | undefined =>
    record?.findings.map(({ check }) => check);

  /** What was told: the checks before and after, and the sizes. */
  function told(): { readonly changes: unknown[]; readonly sizes: number[]; readonly hooks: WriteHooks } {
    const [changes, sizes]: [unknown[], number[]] = [[], []];
    return {
      changes,
      sizes,
      hooks: {
        onChange: (before, after) => changes.push([idsOf(before), idsOf(after)]),
        onSize: (sizeBytes) => sizes.push(sizeBytes),
      },
    };
  }

  it('tells what was remembered before, though the watch may show a report before its write is answered', async () => {
    const { changes, hooks } = told();
    const { writer, records } = bench(({ method, body }) => {
      const metadata = { ...report().metadata, uid: 'u', resourceVersion: '5' };
      if (method === 'PATCH') records.sink('Namespaced').upsert(raw({ ...(body as SecurityReport), metadata }));
      return { metadata };
    }, hooks);
    await writer.write(SUBJECT, report('host-network'));
    assert.deepEqual(changes, [[undefined, ['host-network']]]);
  });

  it('says nothing where nothing is written, and what went with a report that is deleted', async () => {
    const { changes, hooks } = told();
    const { writer } = bench(undefined, hooks);
    for (let times = 0; times < 2; times++) await writer.write(SUBJECT, report('host-network'));
    await writer.remove(KEY);
    await writer.remove(KEY);
    assert.deepEqual(changes, [
      [undefined, ['host-network']],
      [['host-network'], undefined],
    ]);
  });

  it('tells of a report that others have deleted when it comes back, with what it had, or goes for good', async () => {
    const { changes, hooks } = told();
    const { writer, records } = bench(undefined, hooks);
    await writer.write(SUBJECT, report('host-network'));
    const gone = raw({ metadata: { ...report().metadata, uid: 'u' } });
    records.sink('Namespaced').remove(gone);
    await writer.write(SUBJECT, report('host-network'));
    records.sink('Namespaced').remove(gone);
    await writer.remove(KEY);
    assert.deepEqual(changes.slice(1), [
      [['host-network'], ['host-network']],
      [['host-network'], undefined],
    ]);
  });

  it('measures what is sent', async () => {
    const { sizes, hooks } = told();
    const bodies: (string | undefined)[] = [];
    const { writer } = bench(({ bodyText }) => {
      bodies.push(bodyText);
      return { metadata: { uid: 'u', resourceVersion: '5' } };
    }, hooks);
    await writer.write(SUBJECT, report('host-network'));
    assert.deepEqual(
      sizes,
      bodies.map((body) => Buffer.byteLength(body ?? '')),
    );
    assert.ok((sizes[0] ?? 0) > 300);
  });

  it('tells how long a write had to wait for its turn', async () => {
    const delays: string[] = [];
    const { writer } = bench(undefined, { onDelay: (method, seconds) => delays.push(`${method} ${seconds >= 0}`) });
    await writer.write(SUBJECT, report('host-network'));
    await writer.remove(KEY);
    assert.deepEqual(delays, ['PATCH true', 'DELETE true']);
  });

  const failures: readonly (readonly [string, unknown, string])[] = [
    [
      'one who wrote at the same time',
      new ApiError('PATCH', 409, { message: 'the object has been modified' }),
      'conflict',
    ],
    ['a request over the limit of the server', new ApiError('PATCH', 413), 'too_large'],
    [
      'a request over the limit of etcd',
      new ApiError('PATCH', 500, { message: 'etcdserver: request is too large' }),
      'too_large',
    ],
    ['a refusal that speaks of size', new ApiError('PATCH', 422, { message: 'request is too large' }), 'error'],
    ['a server that is down', new ApiError('PATCH', 503), 'error'],
    ['a mistake of ours', new TypeError('x'), 'error'],
  ];
  for (const [what, error, expected] of failures) {
    it(`takes ${what} for ${expected}`, () => assert.equal(failedWrite(error), expected));
  }
});

describe('reading findings back', () => {
  it('gives them in full', async () => {
    const stored = report('host-network', 'host-pid');
    const { writer, sent } = bench(() => stored);
    assert.deepEqual(await writer.storedFindings(KEY), stored.findings);
    assert.deepEqual(sent, [`GET ${PATH}`]);
  });
});
