import assert from 'node:assert/strict';
import { celValue, isMap } from '../../../../src/checks/custom/cel/values.ts';
import { compile } from '../../../../src/checks/custom/compile.ts';
import type { CustomCheck, Json, JsonObject } from '../../../../src/checks/custom/custom-check.ts';
import { evaluateCheck } from '../../../../src/checks/custom/evaluate.ts';
import type { Outcome } from '../../../../src/checks/outcome.ts';

/** A check for all workloads that always holds, and what is given. */
export const customCheck = (more: Partial<CustomCheck> = {}): CustomCheck => ({
  name: 'rule',
  severity: 'High',
  title: 'The rule is violated',
  match: { kinds: [{ kind: 'Workload' }] },
  expression: 'true',
  ...more,
});

/** What surrounds an object. */
export interface Around {
  readonly namespaceObject?: JsonObject;
  readonly params?: Json;
}

/** What a check says of an object, in this thread. */
export function judged(
  check: CustomCheck,
  object: JsonObject,
  { namespaceObject, params = null }: Around = {},
): Outcome {
  const compiled = compile(check, celValue(JSON.stringify(params)));
  if ('problems' in compiled) assert.fail(JSON.stringify(compiled.problems));
  const value = celValue(JSON.stringify(object));
  assert.ok(isMap(value));
  return evaluateCheck(
    compiled,
    { object: value, namespaceObject: celValue(JSON.stringify(namespaceObject ?? null)) },
    () => {},
  );
}

const POD_SPEC = { containers: [{ name: 'app', image: 'registry.example.com/shop/web:1.0' }] };

/** A Deployment `web` with one container, and what is given of its pods' spec and of its metadata. */
export const deployment = (podSpec: JsonObject = {}, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', ...metadata },
  spec: { replicas: 3, template: { spec: { ...POD_SPEC, ...podSpec } } },
});
