import assert from 'node:assert/strict';
import { reshape } from '../../../tools/generate/types.ts';

const KIND = 'export interface SecurityReport {\n  findings: Finding[];\n}\n';

const made = (generated: string): string =>
  reshape(generated, 'SecurityReport', { aliases: ['ClusterSecurityReport'] });

const CASES: readonly (readonly [name: string, generated: string, reshaped: string])[] = [
  [
    'makes an enum a union of its values, not of its names',
    'export enum Reason {\n  APIAbsent = "ApiAbsent",\n  Error = "Error",\n}',
    "export type Reason = 'ApiAbsent' | 'Error';",
  ],
  ['makes a time the string that JSON has', '  firstSeenTime?: Date;', '  readonly firstSeenTime?: string;'],
  ['makes a list read-only', '  implies?: string[];', '  readonly implies?: readonly string[];'],
  [
    'makes a map read-only',
    '  matchLabels?: { [key: string]: string };',
    '  readonly matchLabels?: Readonly<Record<string, string>>;',
  ],
  [
    'makes an object of whatever fields one whose values nobody knows',
    '  params?: { [key: string]: any };',
    '  readonly params?: Readonly<Record<string, unknown>>;',
  ],
  ['leaves words of descriptions alone', '/** Any Date of an enum: any. */', '/** Any Date of an enum: any. */'],
];

describe('the step after kubernetes-fluent-client', () => {
  for (const [name, generated, reshaped] of CASES) {
    it(name, () => {
      assert.ok(made(`${KIND}${generated}`).includes(`}\n${reshaped}\n`), made(`${KIND}${generated}`));
    });
  }

  it('adds what every object has, and the cluster-scoped kind', () => {
    const types = made(KIND);
    assert.match(types, /readonly apiVersion: 'plimsoll\.dev\/v1alpha1';/);
    assert.match(types, /readonly kind: 'SecurityReport' \| 'ClusterSecurityReport';/);
    assert.match(types, /export type ClusterSecurityReport = SecurityReport;/);
  });

  it('gives a kind without a twin no other name', () => {
    const types = reshape('export interface ComplianceReport {\n}\n', 'ComplianceReport');
    assert.match(types, /readonly kind: 'ComplianceReport';/);
    assert.doesNotMatch(types, /SecurityReport/);
  });

  it('gives a kind with a status its times of creation and deletion', () => {
    assert.match(reshape(KIND, 'SecurityReport', { hasStatus: true }), /readonly creationTimestamp\?: string;/);
    assert.doesNotMatch(made(KIND), /readonly creationTimestamp/);
  });

  it('refuses what it does not know how to reshape', () => {
    assert.throws(() => made(`${KIND}  property: any;`), /"any", which is not reshaped yet/);
    assert.throws(() => made('export interface Other {\n}\n'), /do not declare SecurityReport/);
  });
});
