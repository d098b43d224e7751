import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** The text of a golden file beside the tests. */
export function assertGolden(name: string, value: unknown): void {
  const golden: unknown = JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8'));
  // Through JSON, as it is sent: fields that are undefined are not there.
  assert.deepEqual(JSON.parse(JSON.stringify(value)), golden);
}
