import type { Severity } from '../crds/index.ts';

/** One finding, as far as people are told of it. */
export interface NotifiedFinding {
  /** The id that it has in the report; the same in every report of this finding, and of no other. */
  readonly id: string;
  readonly check: string;
  readonly severity: Severity;
  /** Absent of what is resolved. */
  readonly message?: string;
  readonly container?: string;
  readonly path?: string;
  /** When it was first seen (RFC 3339). A finding that goes and returns has another one. */
  readonly since: string;
}

/** What happened to one subject, to be told to one target. */
export interface ChangeSet {
  /** The report that says it. */
  readonly report: {
    readonly kind: 'SecurityReport' | 'ClusterSecurityReport';
    readonly namespace?: string;
    readonly name: string;
  };
  readonly subject: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  };
  readonly opened: readonly NotifiedFinding[];
  readonly resolved: readonly NotifiedFinding[];
}

/** How many findings it tells of. */
export function sizeOf({ opened, resolved }: ChangeSet): number {
  return opened.length + resolved.length;
}
