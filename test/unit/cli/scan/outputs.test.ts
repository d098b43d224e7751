import assert from 'node:assert/strict';
import { styleText } from 'node:util';
import { load, loadAll } from 'js-yaml';
import { selectionOf } from '../../../../src/checks/selection.ts';
import type { SecurityReport } from '../../../../src/crds/index.ts';
import { PRINTERS, type PrinterOptions } from '../../../../src/cli/scan/outputs/index.ts';
import { printable } from '../../../../src/cli/text.ts';
import type { ScannedReport, ScanTotals } from '../../../../src/cli/scan/scan-event.ts';
import type { OutputFormat } from '../../../../src/cli/scan-options.ts';
import { ALL } from '../../../support/all-checks.ts';

const ESC = '\u001B';
const NAME = `evil${ESC}[31m,:%\n`;

const REPORT: SecurityReport = {
  apiVersion: 'plimsoll.dev/v1alpha1',
  kind: 'SecurityReport',
  metadata: { name: 'deployment-web', namespace: 'shop' },
  subject: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'unknown' },
  summary: { critical: 1, high: 0, medium: 0, low: 1, info: 0, suppressed: 0, unknown: 2, passed: 7 },
  findings: [
    {
      id: '0123456789abcdef',
      check: 'privileged-container',
      severity: 'Critical',
      container: 'app',
      path: 'spec.template.spec.containers[app].securityContext.privileged',
      message: `privileged is true ${NAME}`,
      seenIn: 'Template',
      firstSeenTime: '2026-11-24T12:00:00Z',
      origin: 'Baseline',
      source: { file: 'deploy/a b,c.yaml', line: 8, column: 3 },
    },
    {
      id: 'fedcba9876543210',
      check: 'image-digest-not-pinned',
      severity: 'Low',
      message: 'image nginx has no digest',
      firstSeenTime: '2026-11-24T12:00:00Z',
      origin: 'Baseline',
      source: { file: 'deploy/a b,c.yaml', line: 2, column: 1 },
    },
  ],
  unknown: [
    { check: 'run-as-user-zero', reason: 'Malformed', message: 'runAsUser is not a number' },
    { check: 'pod-not-isolated', reason: 'NotProvided', message: 'no NetworkPolicy is among the files' },
  ],
  basis: { catalogueVersion: '0123456789ab', podSecurityVersion: 'v1.37' },
};
const CLEAN: SecurityReport = {
  ...REPORT,
  metadata: { name: 'role-few', namespace: 'shop' },
  subject: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', name: 'few', uid: 'unknown' },
  summary: { ...REPORT.summary, critical: 0, low: 0, unknown: 0, passed: 2 },
  findings: [],
  unknown: [],
};
const SCANNED: readonly ScannedReport[] = [
  { report: REPORT, source: { file: 'deploy/a b,c.yaml', line: 1, column: 1 } },
  { report: CLEAN, source: { file: 'deploy/a b,c.yaml', line: 20, column: 1 } },
];
const TOTALS: ScanTotals = {
  files: 1,
  judged: 2,
  ignored: 1,
  malformed: 1,
  findings: { Critical: 1, High: 0, Medium: 0, Low: 1, Info: 0 },
  suppressed: 0,
  unknown: 2,
};
const MALFORMED = { file: 'deploy/b.yaml', line: 3, column: 5, message: 'duplicated mapping key' };

const OPTIONS: PrinterOptions = {
  version: '1.2.3',
  checks: selectionOf(ALL.checks.filter(({ id }) => id === 'privileged-container')).checks,
  columns: 100,
  showsSuppressed: false,
  paint: (_how, text) => text,
};

async function print(format: OutputFormat, options: Partial<PrinterOptions> = {}): Promise<string> {
  const printer = (await PRINTERS[format]())({ ...OPTIONS, ...options });
  return [
    printer.begin(),
    ...SCANNED.map((scanned) => printer.report(scanned)),
    printer.malformed(MALFORMED),
    printer.end(TOTALS),
  ].join('');
}

describe('a scan printed', () => {
  it('as a table says what is wrong where, and the sum of it', async () => {
    assert.equal(
      await print('table'),
      `deploy/a b,c.yaml
Deployment web in shop  1 critical, 1 low, 2 unknown
  Critical  8:3      privileged-container                 app: privileged is true
                                                          evil\\u001b[31m,:%\\u000a
  Low       2:1      image-digest-not-pinned              image nginx has no digest
  Unknown            run-as-user-zero                     Malformed: runAsUser is not a number

2 findings (1 critical, 1 low) in 2 objects of 1 file
2 verdicts unknown (-o yaml says why)
1 document that no check is about
1 malformed document, not judged
`,
    );
  });

  it('as a table tells the place of what stands in another file than its subject in full', async () => {
    const [first] = SCANNED;
    const printer = (await PRINTERS.table())(OPTIONS);
    const text = first === undefined ? '' : printer.report({ ...first, source: undefined });
    assert.match(text, /^  Low +image-digest-not-pinned +image nginx has no digest \(deploy\/a\s+b,c.yaml:2:1\)$/m);
  });

  it('as a table fits the terminal, and is painted if that is wanted', async () => {
    const text = await print('table', { columns: 84 });
    assert.ok(
      text.split('\n').every((line) => line.length <= 84),
      text,
    );
    const painted = await print('table', { paint: (_how, what) => styleText('red', what, { validateStream: false }) });
    assert.ok(painted.includes(`${ESC}[31mCritical  ${ESC}[39m`));
    assert.ok(painted.includes(`${ESC}[31m2 findings${ESC}[39m`));
  });

  it('as json is one array of reports', async () => {
    assert.deepEqual(JSON.parse(await print('json')), [REPORT, CLEAN]);
    const empty = (await PRINTERS.json())(OPTIONS);
    assert.deepEqual(JSON.parse(empty.begin() + empty.end(TOTALS)), []);
  });

  it('as yaml is a document for each report', async () => {
    assert.deepEqual(loadAll(await print('yaml')), [REPORT, CLEAN]);
  });

  it('for GitHub is one command in one line for each finding', async () => {
    assert.equal(
      await print('github'),
      `::error file=deploy/a b%2Cc.yaml,line=8,col=3,title=privileged-container (Critical)::Deployment web, container app: privileged is true evil\\u001b[31m,:%25\\u000a
::notice file=deploy/a b%2Cc.yaml,line=2,col=1,title=image-digest-not-pinned (Low)::Deployment web: image nginx has no digest
::error file=deploy/b.yaml,line=3,col=5,title=malformed document::duplicated mapping key
2 findings in 2 objects
`,
    );
  });

  it('as JUnit is a suite for each subject', async () => {
    const text = await print('junit');
    assert.equal(
      text,
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="plimsoll">
<testsuite name="shop/Deployment web" tests="5" failures="2" skipped="2">
  <testcase classname="shop/Deployment web" name="privileged-container" file="deploy/a b,c.yaml" line="8">
    <failure type="Critical" message="privileged is true evil\\u001b[31m,:%\\u000a">deploy/a b,c.yaml:8:3 spec.template.spec.containers[app].securityContext.privileged container app</failure>
  </testcase>
  <testcase classname="shop/Deployment web" name="image-digest-not-pinned" file="deploy/a b,c.yaml" line="2">
    <failure type="Low" message="image nginx has no digest">deploy/a b,c.yaml:2:1</failure>
  </testcase>
  <testcase classname="shop/Deployment web" name="run-as-user-zero">
    <skipped message="Malformed: runAsUser is not a number"/>
  </testcase>
  <testcase classname="shop/Deployment web" name="pod-not-isolated">
    <skipped message="NotProvided: no NetworkPolicy is among the files"/>
  </testcase>
  <testcase classname="shop/Deployment web" name="7 checks that passed"/>
</testsuite>
<testsuite name="shop/Role few" tests="1" failures="0" skipped="0">
  <testcase classname="shop/Role few" name="2 checks that passed"/>
</testsuite>
<testsuite name="deploy/b.yaml" tests="1" errors="1">
  <testcase classname="deploy/b.yaml" name="line 3">
    <error type="Malformed" message="deploy/b.yaml:3:5: duplicated mapping key"/>
  </testcase>
</testsuite>
</testsuites>
`,
    );
  });

  it('as SARIF names rules, places and fingerprints', async () => {
    const { version, runs } = load(await print('sarif')) as {
      version: string;
      runs: readonly Record<string, never>[];
    };
    assert.equal(version, '2.1.0');
    const [run] = runs as readonly [Record<'tool' | 'results' | 'invocations', never>];
    const { rules } = (run.tool as { driver: { rules: readonly { id: string; help: { text: string } }[] } }).driver;
    assert.deepEqual(
      rules.map(({ id }) => id),
      ['privileged-container'],
    );
    assert.ok((rules[0]?.help.text ?? '').length > 20);
    const [first, second] = run.results as readonly Record<string, unknown>[];
    assert.deepEqual(first, {
      ruleId: 'privileged-container',
      ruleIndex: 0,
      level: 'error',
      message: { text: `Deployment web, container app: privileged is true ${NAME}` },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'deploy/a%20b%2Cc.yaml' },
            region: { startLine: 8, startColumn: 3 },
          },
          logicalLocations: [
            {
              fullyQualifiedName: 'shop/Deployment/web/spec.template.spec.containers[app].securityContext.privileged',
              kind: 'resource',
            },
          ],
        },
      ],
      suppressions: [],
      partialFingerprints: { 'plimsollFindingId/v1': '0123456789abcdef' },
      properties: { severity: 'Critical', 'security-severity': '9.5' },
    });
    assert.equal(second?.['level'], 'note');
    assert.equal('ruleIndex' in (second ?? {}), false);
    const [invocation] = run.invocations as readonly Record<string, unknown>[];
    assert.equal(invocation?.['executionSuccessful'], false);
  });

  describe('with findings that exceptions accept', () => {
    const [bad, low] = REPORT.findings;
    assert.ok(bad && low);
    const kind = 'SecurityException';
    const accepted: SecurityReport = {
      ...REPORT,
      summary: { ...REPORT.summary, critical: 0, suppressed: 1, unknown: 0 },
      findings: [low, { ...bad, suppressedBy: { kind, name: 'ci', reason: 'runs <builds>' } }],
      unknown: [],
      ineffectiveAnnotations: [
        { name: 'plimsoll.dev/ignore.image-digest-not-pinned', message: 'use a SecurityException.' },
      ],
    };
    const scanned: ScannedReport = { report: accepted, source: { file: 'a.yaml', line: 1, column: 1 } };
    const totals: ScanTotals = {
      ...TOTALS,
      ignored: 0,
      malformed: 0,
      findings: { ...TOTALS.findings, Critical: 0 },
      suppressed: 1,
      unknown: 0,
    };
    const printed = async (format: OutputFormat, showsSuppressed = false): Promise<string> => {
      const printer = (await PRINTERS[format]())({ ...OPTIONS, columns: 140, showsSuppressed });
      return printer.begin() + printer.report(scanned) + printer.end(totals);
    };
    const HEAD = 'a.yaml\nDeployment web in shop  1 low, 1 accepted\n';
    const LOW =
      '  Low                image-digest-not-pinned              image nginx has no digest (deploy/a b,c.yaml:2:1)\n';
    const NOTE =
      '  Note               image-digest-not-pinned              the annotation plimsoll.dev/ignore.image-digest-not-pinned has no effect: use a\n' +
      '                                                          SecurityException.\n';

    it('as a table counts them, and tells of annotations without an effect', async () => {
      const end =
        '\n1 finding (1 low) in 2 objects of 1 file\n1 finding accepted by exceptions (--show-suppressed lists them)\n';
      assert.equal(await printed('table'), `${HEAD}${LOW}${NOTE}${end}`);
    });

    it('as a table lists them if that is wanted', async () => {
      const end = '\n1 finding (1 low) in 2 objects of 1 file\n1 finding accepted by exceptions\n';
      const text = await printed('table', true);
      assert.match(text, /^  Critical .*privileged-container[^]*; accepted\s+by SecurityException ci: runs <builds>$/m);
      assert.ok(text.startsWith(`${HEAD}${LOW}`) && text.endsWith(`${NOTE}${end}`));
    });

    it('as json and yaml says of each what accepts it', async () => {
      assert.deepEqual(JSON.parse(await printed('json')), [accepted]);
      assert.deepEqual(loadAll(await printed('yaml')), [accepted]);
    });

    it('as SARIF says of each result whether it is suppressed, and why', async () => {
      const { runs } = load(await printed('sarif')) as {
        runs: readonly { results: readonly { suppressions: unknown }[] }[];
      };
      assert.deepEqual(
        runs[0]?.results.map(({ suppressions }) => suppressions),
        [
          [],
          [
            {
              kind: 'external',
              status: 'accepted',
              justification: 'runs <builds>',
              properties: { by: 'SecurityException/ci' },
            },
          ],
        ],
      );
    });

    it('as JUnit skips them', async () => {
      const text = await printed('junit');
      assert.match(text, /tests="3" failures="1" skipped="1"/);
      assert.match(text, /<skipped message="SecurityException ci: runs &lt;builds&gt; \(privileged is true /);
    });

    it('for GitHub leaves them out, and says how many there are', async () => {
      const text = await printed('github');
      assert.ok(!text.includes('privileged-container'));
      assert.match(text, /\n1 finding in 2 objects; exceptions accept 1 more\n$/);
    });
  });

  it('shows what would steer a terminal instead of sending it', () => {
    assert.equal(printable(`a${ESC}[2J\u202Eb\u0007\u009B`), 'a\\u001b[2J\\u202eb\\u0007\\u009b');
  });
});
