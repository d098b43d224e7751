import type { JudgeConfigValue } from '../../inventory/facts/config-map.ts';
import { configMapCheck, finding, verdict } from '../check.ts';
import { cis } from '../cis.ts';
import type { CompiledParameters } from '../parameters.ts';
import { cannotBeCredential, credentialShape } from './credential-values.ts';

/** `name = value`, `name: value`, `export NAME="value"`: a line of a file that a ConfigMap holds. The bounds keep the search linear. */
const ASSIGNMENT = /^\s{0,64}(?:export\s{1,8})?["']?([A-Za-z][A-Za-z0-9_.-]{0,63})["']?\s{0,8}[:=]\s{0,8}(.{1,1024})$/;

/** What a value of YAML, JSON or INI begins with when it is not yet the text itself: a list, a block, an alias, a comment. */
const STRUCTURE = /^[[{|>&*#!]/;

/** In a file, `secret: db` and `tokenSecret: db` mostly name an object. */
const isObjectName = (name: string, value: string): boolean =>
  /secrets?$/i.test(name) && /^[a-z][a-z0-9.-]*$/.test(value);

function unquoted(text: string): string {
  return text
    .trim()
    .replace(/,$/, '')
    .replace(/^(["'])(.*)\1$/, '$2');
}

function isCredentialLine(line: string, { isCredentialName }: CompiledParameters): boolean {
  const [, name = '', rest = ''] = ASSIGNMENT.exec(line) ?? [];
  if (name === '' || !isCredentialName(name)) return false;
  const value = unquoted(rest);
  return value !== '' && !STRUCTURE.test(value) && !cannotBeCredential(value) && !isObjectName(name, value);
}

/** What makes a value of a ConfigMap look like a credential, as the end of a sentence about its key. Never the value itself. */
export function credentialBy(parameters: CompiledParameters): JudgeConfigValue {
  return (key, value) => {
    const shape = credentialShape(value);
    if (shape !== undefined) return `holds what looks like ${shape}`;
    const isFile = value.trim().includes('\n');
    if (!isFile && parameters.isCredentialName(key) && !cannotBeCredential(value)) return 'is called like a credential';
    const hasLine = value.split('\n').some((line) => isCredentialLine(line, parameters));
    return hasLine ? 'has a line that is called like a credential' : undefined;
  };
}

/** Its values are judged while they are handed over; only the keys are known here. */
export const configMapContainsSecret = configMapCheck({
  id: 'configmap-contains-secret',
  severity: 'High',
  title: 'ConfigMap holds a credential',
  why: 'ConfigMaps are readable for many who may not read Secrets, and are not encrypted at rest.',
  fix: 'Replace the credential, and put the new one into a Secret.',
  references: {
    cis: cis('5.4.1'),
    nsa: ['Secrets'],
    mitre: ['T1552'],
    trivy: ['KSV-0109', 'KSV-01010'],
    kubescape: ['C-0012'],
    polaris: ['sensitiveConfigmapContent'],
    checklist: ['use-secrets'],
  },
  parameters: ['credentialNames', 'notCredentialNames'],
  evaluate: ({ configMap: { credentials } }) =>
    verdict(credentials.map(({ key, evidence }) => finding(`data[${key}]`, `key ${key} ${evidence}`, { key }))),
  example: {
    before: `
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {DB_PASSWORD: correct-horse}
`,
    after: `
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {DB_PASSWORD_FILE: /run/secrets/db}
`,
  },
});
