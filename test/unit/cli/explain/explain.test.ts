import assert from 'node:assert/strict';
import { load } from 'js-yaml';
import { CATALOGUE } from '../../../../src/checks/catalogue.ts';
import { explanationOf, type Explanation } from '../../../../src/checks/explanation.ts';
import { explain, type ExplainRequest, type ExplainTarget } from '../../../../src/cli/explain/explain.ts';
import { explanationText, listText, wrap } from '../../../../src/cli/explain/text.ts';
import { UsageError } from '../../../../src/cli/settings.ts';

const PLAIN = { isColourful: false, columns: 80 };

/** What is printed for a request. */
function printed(
  request: Partial<ExplainRequest>,
  more: Partial<ExplainTarget['stdout']> = {},
  env: ExplainTarget['env'] = {},
): string {
  let text = '';
  const stdout = { ...more, write: (chunk: string | Uint8Array) => (text += String(chunk)) !== '' };
  assert.equal(explain({ check: undefined, output: 'text', ...request }, { stdout, env }), 0);
  return text;
}

const explained: Explanation = {
  id: 'host-tea',
  title: 'Pod drinks the tea of its node',
  severity: 'Low',
  isOnByDefault: false,
  topic: 'Pods and containers',
  judges: 'a pod',
  reads: ['Node'],
  parameters: ['systemNamespaces'],
  why: 'There is less tea for the node.',
  fix: 'Remove hostTea.',
  example: { before: 'spec:\n  hostTea: true', after: 'spec: {}' },
  standsFor: ['host-milk', 'host-sugar'],
  standsUnder: ['host-kitchen'],
  frameworks: [
    { framework: 'tea-1', title: 'Tea Standard', version: '1', controls: ['1.1'] },
    { framework: 'tea-2', title: 'Tea Standard', version: '2', controls: ['1.1'] },
    { framework: 'tea-3', title: 'Tea Standard', version: '3', controls: ['2.1', '2.2'] },
  ],
  otherTools: { Trivy: ['KSV-9999'], Polaris: ['tea'] },
  links: ['https://example.com/tea'],
};

describe('The explanation of a check', () => {
  it('says all in a text', () => {
    assert.equal(
      explanationText(explained, PLAIN),
      `host-tea
Pod drinks the tea of its node

There is less tea for the node.

  Severity      Low
  Runs          if it is asked for: --checks default,host-tea
  Judges        a pod
  Joins         Node
  Goes by       parameters of the profile: systemNamespaces
  Stands for    host-milk, host-sugar
  Stands under  host-kitchen

Fix
  Remove hostTea.

Before
  spec:
    hostTea: true

After
  spec: {}

Frameworks
  Tea Standard 1 to 2  1.1
  Tea Standard 3       2.1, 2.2

In other tools
  Trivy    KSV-9999
  Polaris  tea

Read more
  https://example.com/tea
`,
    );
  });

  it('says why no framework has it', () => {
    const text = explanationText({ ...explained, frameworks: [], unmapped: 'nobody else drinks tea' }, PLAIN);
    assert.match(text, /Frameworks\n {2}None: nobody else drinks tea\.\n/);
  });

  for (const check of CATALOGUE) {
    it(`can be given for ${check.id}, within the width`, () => {
      const text = explanationText(explanationOf(check), PLAIN);
      assert.ok(text.startsWith(`${check.id}\n${check.title}\n`));
      assert.doesNotMatch(text, /undefined|\n\n\n/);
    });
  }
});

describe('The list of checks', () => {
  it('has every check in one line, and marks those that are off by default', () => {
    const text = listText(
      [explained, { ...explained, id: 'host-t', severity: 'Critical', isOnByDefault: true }],
      PLAIN,
    );
    assert.equal(
      text,
      `Pods and containers
  host-tea  Low       Pod drinks the tea of its node (off)
  host-t    Critical  Pod drinks the tea of its node

2 checks. 1 are off unless --checks names them. plimsoll explain CHECK tells all of one.
`,
    );
    const lines = printed({}).split('\n');
    for (const { id } of CATALOGUE) {
      assert.equal(lines.filter((line) => line.startsWith(`  ${id} `)).length, 1, id);
    }
  });
});

describe('Explaining', () => {
  it('prints one object, or a list of all, as JSON and as YAML', () => {
    const one = JSON.parse(printed({ check: 'host-pid', output: 'json' })) as Explanation;
    assert.equal(one.id, 'host-pid');
    assert.deepEqual(load(printed({ check: 'host-pid', output: 'yaml' })), one);
    const all = JSON.parse(printed({ output: 'json' })) as readonly Explanation[];
    assert.deepEqual(
      all.map(({ id }) => id),
      CATALOGUE.map(({ id }) => id),
    );
  });

  it('is in bold on a terminal only, and not where colour is unwanted', () => {
    const bold = '\u001B[1mhost-pid\u001B[22m';
    assert.ok(printed({ check: 'host-pid' }, { isTTY: true, columns: 60 }).startsWith(bold));
    assert.ok(printed({ check: 'host-pid' }).startsWith('host-pid\n'));
    assert.ok(printed({ check: 'host-pid' }, { isTTY: true }, { NO_COLOR: '1' }).startsWith('host-pid\n'));
  });

  it('wraps texts to the width of the terminal', () => {
    assert.equal(wrap('one two three four', 9, ' '), ' one two\n three\n four');
    assert.equal(wrap('unbreakable', 4), 'unbreakable');
  });

  it('suggests the nearest check for one that does not exist', () => {
    assert.throws(() => printed({ check: 'host-netwrk' }), {
      name: UsageError.prototype.name,
      message: 'there is no check "host-netwrk"; did you mean host-network?',
    });
    assert.throws(() => printed({ check: 'x' }), { message: 'there is no check "x"; plimsoll explain lists all' });
  });
});
