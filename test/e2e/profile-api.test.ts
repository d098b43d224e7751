import assert from 'node:assert/strict';
import { PROFILE_LIMITS } from '../../src/crds/index.ts';
import { eventually } from '../cluster/shared.ts';
import { useInstalled } from '../support/installed.ts';
import type { Json } from '../support/objects.ts';
import { itDecidesOn, type Offer } from '../support/refusals.ts';
import { customCheck, securityProfile as profile } from '../support/written-objects.ts';

const { maxItems, maxLength } = PROFILE_LIMITS;
const parameters = (fields: Json): Json => profile({ parameters: fields });
const checking = (fields: Json): Json => profile({ customChecks: [customCheck(fields)] });
const severity = (check: string, value = 'Low'): Json => ({ check, severity: value });
const PASS = { name: 'two', object: { spec: { replicas: 2 } }, expect: 'Pass' };

const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** All that the schema allows at once: the rules have a budget, by the size that their input may have. */
const LARGEST = profile({
  severities: many(maxItems['spec.severities'], (index) => severity(`check-${index}`)),
  customChecks: many(maxItems['spec.customChecks'], (index) =>
    customCheck({
      name: `shop-${index}`,
      tests: many(maxItems['spec.customChecks.tests'], (test) => ({ ...PASS, name: `${test}`, expect: 'Fail' })),
    }),
  ),
});

const OFFERS: readonly Offer[] = [
  ['an empty profile', profile()],
  ['one without a spec', { ...profile(), spec: undefined }],
  ['words and globs for checks', profile({ checks: { enable: ['default', 'host-*', 'run-as-?'], disable: ['all'] } })],
  ['registries', parameters({ allowedRegistries: ['localhost:5000', 'ghcr.io/team', '10.0.0.1:5000'] })],
  ['parameters of custom checks in any shape', profile({ params: { classes: ['a'], depth: { of: { any: true } } } })],
  ['a custom check of workloads', checking({ match: { workloads: 'All' } })],
  [
    'an object of a test in any shape',
    checking({ tests: [{ ...PASS, expect: 'Fail', object: { a: [{ b: null }] } }] }),
  ],
  ['as much as there may be', LARGEST],

  ['a second profile', profile({}, 'strict'), /there is one SecurityProfile, and its name is default/],
  ['an unknown field', profile({ check: {} }), /unknown field "spec\.check"/],
  ['a section that says nothing', profile({ checks: {} }), /spec\.checks.*at least 1 properties/],
  ['no check at all', profile({ checks: { enable: [] } }), /spec\.checks\.enable.*at least 1 items/],
  ['a check in large letters', profile({ checks: { disable: ['Host'] } }), /spec\.checks\.disable\[0\]: Invalid value/],
  [
    'two severities for one check',
    profile({ severities: [severity('host-network'), severity('host-network', 'High')] }),
    /spec\.severities\[1\]: Duplicate value: .*\{"check":"host-network"\}/,
  ],
  ['a severity that is none', profile({ severities: [severity('a', 'low')] }), /Unsupported value: "low"/],
  [
    'a severity for a glob',
    profile({ severities: [severity('host-*')] }),
    /spec\.severities\[0\]\.check: Invalid value: "host-\*"/,
  ],
  [
    'a registry with a scheme',
    parameters({ allowedRegistries: ['https://ghcr.io'] }),
    /allowedRegistries\[0\]: Invalid/,
  ],
  ['a name without a host', parameters({ allowedRegistries: ['library'] }), /allowedRegistries\[0\]: Invalid value/],
  ['a namespace with a dot', parameters({ systemNamespaces: ['a.b'] }), /systemNamespaces\[0\]: Invalid value: "a\.b"/],
  ['a regular expression for names', parameters({ credentialNames: ['(A|B)'] }), /credentialNames\[0\]: Invalid value/],
  [
    'an end that is neither required nor optional',
    profile({ exceptions: { expiration: 'Never' } }),
    /spec\.exceptions\.expiration: Unsupported value: "Never"/,
  ],
  ['a life of no day', profile({ exceptions: { maxLifetimeDays: 0 } }), /maxLifetimeDays.*greater than or equal to 1/],
  [
    'a rule for annotations that says nothing',
    profile({ exceptions: { annotations: [{}] } }),
    /annotations\[0\].*at least/,
  ],
  ['a denial of nothing', profile({ exceptions: { deny: { checks: [] } } }), /deny\.checks.*at least 1 items/],
  [
    'too many custom checks',
    profile({
      customChecks: many(maxItems['spec.customChecks'] + 1, (index) => customCheck({ name: `shop-${index}` })),
    }),
    /spec\.customChecks: Too many: 51/,
  ],
  [
    'two custom checks of one name',
    profile({ customChecks: [customCheck(), customCheck()] }),
    /spec\.customChecks\[1\]: Duplicate value: .*\{"name":"shop-replicas"\}/,
  ],
  [
    'a name that no annotation can hold',
    checking({ name: 'x'.repeat(maxLength['spec.customChecks.name'] + 1) }),
    /customChecks\[0\]\.name: Too long/,
  ],
  [
    'an expression without end',
    checking({ expression: 'x'.repeat(maxLength['spec.customChecks.expression'] + 1) }),
    /customChecks\[0\]\.expression: Too long/,
  ],
  ['an empty expression', checking({ expression: '' }), /customChecks\[0\]\.expression.*at least 1 chars/],
  ['a check of nothing', checking({ match: {} }), /customChecks\[0\]\.match.*at least 1 properties/],
  [
    'a check of kinds and of workloads',
    checking({ match: { workloads: 'All', kinds: [{ apiVersion: 'v1', kind: 'Service' }] } }),
    /customChecks\[0\]\.match: Too many: 2/,
  ],
  [
    'a variable that expressions cannot name',
    checking({ variables: [{ name: 'class-name', expression: '1' }] }),
    /variables\[0\]\.name: Invalid value: "class-name"/,
  ],
  ['a check without tests', checking({ tests: [] }), /customChecks\[0\]\.tests.*at least 1 items/],
  ['a check that is never seen to find something', checking({ tests: [PASS] }), /one test must expect Fail/],
  [
    'a message of a test that passes',
    checking({ tests: [...(customCheck()['tests'] as readonly Json[]), { ...PASS, message: 'none' }] }),
    /tests\[1\]\.message.*a test that passes finds nothing/,
  ],
];

interface OpenApi {
  readonly components: { readonly schemas: Readonly<Record<string, Node>> };
}

/** A schema as the API server publishes it, which is what `kubectl explain` reads. */
interface Node {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}

function* undescribed(node: Node, path: string): Generator<string> {
  if (node.description === undefined || node.description === '') yield path;
  for (const [name, property] of Object.entries(node.properties ?? {})) yield* undescribed(property, `${path}.${name}`);
  if (node.items?.properties !== undefined) yield* undescribed(node.items, path);
}

describe('the API of the profile', () => {
  const cluster = useInstalled();
  const { kubectl } = cluster;

  itDecidesOn(kubectl, OFFERS);

  it('has a text for every field of what people write', async () => {
    const kinds = await eventually('the kinds are published', async () => {
      const { components } = JSON.parse(
        await kubectl(['get', '--raw', '/openapi/v3/apis/plimsoll.dev/v1alpha1']),
      ) as OpenApi;
      const names = ['SecurityException', 'ClusterSecurityException', 'SecurityProfile'];
      const found = names.map((name) => [name, components.schemas[`dev.plimsoll.v1alpha1.${name}`]] as const);
      return found.every(([, schema]) => schema?.properties?.['spec'] !== undefined) ? found : undefined;
    });
    for (const [name, schema] of kinds) {
      const { spec = {}, status = {} } = schema?.properties ?? {};
      assert.deepEqual([...undescribed(spec, `${name}.spec`), ...undescribed(status, `${name}.status`)], []);
      assert.ok(Object.keys(status.properties ?? {}).length > 0);
    }
    assert.match(await kubectl(['explain', 'secprof.spec.customChecks.tests']), /expect\s<string> -required-/);
  });

  it('says whether it is valid and in use', async () => {
    const status = (type: string, value: string): Json => ({
      type,
      status: value,
      reason: 'Tried',
      message: 'spec.checks.disable[0] names no check',
      lastTransitionTime: '2026-12-01T00:00:00Z',
    });
    await cluster.apply([profile({ checks: { disable: ['no-such-check'] } })]);
    try {
      const conditions = [status('Accepted', 'False'), status('Ready', 'True')];
      const patch = JSON.stringify({ status: { conditions, activeSpec: { params: { any: ['shape'] } } } });
      await kubectl(['patch', 'secprof', 'default', '--subresource=status', '--type=merge', `--patch=${patch}`]);
      const [head = '', row = ''] = (await kubectl(['get', 'secprof', '--output=wide'])).trim().split('\n');
      assert.deepEqual(head.trim().split(/ +/), ['NAME', 'ACCEPTED', 'READY', 'AGE', 'MESSAGE']);
      assert.match(row, /^default +False +True +\d+s +spec\.checks\.disable\[0\] names no check/);
    } finally {
      await kubectl(['delete', 'secprof', 'default']);
    }
  });
});
