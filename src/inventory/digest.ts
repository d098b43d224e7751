import { hash } from 'node:crypto';
import type { RawObject } from '../kube/raw-object.ts';

/** What the API server appends to the name of the token volume that it injects, so that no two pods share it. */
const INJECTED_VOLUME = 'kube-api-access-';
const INJECTED_SUFFIX_LENGTH = 5;
const DIGEST_BYTES = 16;
const SEPARATOR = Buffer.from([0]);

let scratch = Buffer.allocUnsafe(64 * 1024);
let used = 0;

function append(bytes: Buffer): void {
  if (used + bytes.length > scratch.length) {
    const larger = Buffer.allocUnsafe(Math.max(scratch.length * 2, used + bytes.length));
    scratch.copy(larger, 0, 0, used);
    scratch = larger;
  }
  used += bytes.copy(scratch, used);
}

function finish(): string {
  // 128 bits as Latin-1 are 16 characters. A substring of the whole digest would keep the whole digest alive.
  return hash('sha256', scratch.subarray(0, used), 'buffer').toString('latin1', 0, DIGEST_BYTES);
}

/** A digest over the raw bytes of some fields: equal digests mean that nothing of interest changed. */
export function digestOf(object: RawObject, fields: readonly string[]): string {
  used = 0;
  for (const field of fields) {
    const bytes = object.slice(field);
    if (bytes !== undefined) append(bytes);
    append(SEPARATOR);
  }
  return finish();
}

/**
 * A digest that all pods of one template share: without the node, and without the random suffix of the token volume
 * that the API server injects. `spec` is the path of a pod spec, `annotations` those that are judged, as text.
 */
export function podSpecDigest(object: RawObject, spec: string, annotations: string): string {
  used = 0;
  const bytes = object.slice(spec);
  if (bytes !== undefined) {
    const node = object.slice(`${spec}.nodeName`);
    const cut = node === undefined ? bytes.length : node.byteOffset - bytes.byteOffset;
    append(bytes.subarray(0, cut));
    append(bytes.subarray(cut + (node?.length ?? 0)));
    blankInjectedSuffixes();
  }
  append(SEPARATOR);
  append(Buffer.from(annotations));
  return finish();
}

function blankInjectedSuffixes(): void {
  const text = scratch.subarray(0, used);
  for (let at = text.indexOf(INJECTED_VOLUME); at !== -1; at = text.indexOf(INJECTED_VOLUME, at + 1)) {
    const suffix = at + INJECTED_VOLUME.length;
    text.fill('x', suffix, Math.min(suffix + INJECTED_SUFFIX_LENGTH, used));
  }
}
