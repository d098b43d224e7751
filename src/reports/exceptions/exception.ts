import { matchesAny } from '../../inventory/collections/globs.ts';
import type { LabelSelector } from '../../inventory/facts/label-selector.ts';
import { labelSelectorOf } from '../../inventory/projections/label-selector.ts';
import { MalformedField, objectOf, requiredTextOf, textOf, textsOf } from '../../inventory/json-shape.ts';

/** Stands for all checks. */
export const ALL_CHECKS = '*';

export type ExceptionKind = 'SecurityException' | 'ClusterSecurityException';

/** What an exception says, read once so that asking it about a finding is cheap. */
export interface Exception {
  readonly kind: ExceptionKind;
  /** Where alone it acts; undefined for one of the whole cluster. */
  readonly namespace: string | undefined;
  readonly name: string;
  readonly uid: string;
  readonly generation: number;
  /** Undefined where it is not known, as in files. */
  readonly createdSeconds: number | undefined;
  readonly checks: ReadonlySet<string>;
  readonly reason: string;
  /** Unix time; undefined if it has no end. */
  readonly expirationSeconds: number | undefined;
  /** Which namespaces it is about; undefined for all, and for cluster-scoped subjects too. */
  readonly namespaceSelector: LabelSelector | undefined;
  readonly matchesKind: (kind: string) => boolean;
  readonly matchesName: (name: string) => boolean;
  readonly selector: LabelSelector;
  readonly matchesContainer: (container: string | undefined) => boolean;
}

const anything = (): boolean => true;

const globs = (patterns: readonly string[]): ((text: string) => boolean) =>
  patterns.length === 0 ? anything : matchesAny(patterns);

function secondsOf(value: unknown, path: string): number | undefined {
  const text = textOf(value, path);
  if (text === undefined) return undefined;
  const milliseconds = Date.parse(text);
  if (!/^\d{4}-\d\d-\d\dT/.test(text) || Number.isNaN(milliseconds))
    throw new MalformedField(path, 'a time such as 2026-12-31T00:00:00Z');
  return Math.floor(milliseconds / 1000);
}

function requiredChecks(value: unknown): ReadonlySet<string> {
  const checks = textsOf(value, 'spec.checks');
  if (checks.length === 0) throw new MalformedField('spec.checks', 'a list of at least one check');
  return new Set(checks);
}

function requiredReason(value: unknown): string {
  const reason = requiredTextOf(value, 'spec.reason').trim();
  if (reason === '') throw new MalformedField('spec.reason', 'a text that says why');
  return reason;
}

function matchOf(value: unknown): Pick<Exception, 'matchesKind' | 'matchesName' | 'selector' | 'matchesContainer'> {
  const { kinds, names, selector, containers } = objectOf(value, 'spec.match');
  const wantedKinds = new Set(textsOf(kinds, 'spec.match.kinds'));
  const wantedContainers = textsOf(containers, 'spec.match.containers');
  const matchesContainer = globs(wantedContainers);
  return {
    matchesKind: wantedKinds.size === 0 ? anything : (kind) => wantedKinds.has(kind),
    matchesName: globs(textsOf(names, 'spec.match.names')),
    selector: labelSelectorOf(selector, 'spec.match.selector'),
    matchesContainer:
      wantedContainers.length === 0 ? anything : (container) => container !== undefined && matchesContainer(container),
  };
}

/**
 * Reads an exception from the JSON of its object. Throws MalformedField, with the path, for what no API server would store:
 * files are not looked at by one.
 */
export function readException(value: unknown): Exception {
  const { kind, metadata, spec } = objectOf(value, 'the object');
  const isCluster = kind === 'ClusterSecurityException';
  const { namespace, name, uid, generation, creationTimestamp } = objectOf(metadata, 'metadata');
  const { checks, reason, expirationTime, namespaceSelector, match } = objectOf(spec, 'spec');
  return {
    kind: isCluster ? 'ClusterSecurityException' : 'SecurityException',
    namespace: isCluster ? undefined : (textOf(namespace, 'metadata.namespace') ?? ''),
    name: requiredTextOf(name, 'metadata.name'),
    uid: textOf(uid, 'metadata.uid') ?? '',
    generation: typeof generation === 'number' ? generation : 0,
    createdSeconds: secondsOf(creationTimestamp, 'metadata.creationTimestamp'),
    checks: requiredChecks(checks),
    reason: requiredReason(reason),
    expirationSeconds: secondsOf(expirationTime, 'spec.expirationTime'),
    namespaceSelector:
      isCluster && namespaceSelector !== undefined && namespaceSelector !== null
        ? labelSelectorOf(namespaceSelector, 'spec.namespaceSelector')
        : undefined,
    ...matchOf(match),
  };
}
