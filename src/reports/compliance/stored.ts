import type { ComplianceReport } from '../../crds/index.ts';
import type { RawObject } from '../../kube/raw-object.ts';
import type { ReflectorSink } from '../../kube/reflector-api.ts';
import { isOlder } from '../resource-version.ts';
import { complianceHash } from './report.ts';

/** What is remembered of a compliance report in the cluster: enough to see whether it is as it should be. */
export interface StoredCompliance {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly contentHash: string;
}

/** The compliance reports that are stored, whoever wrote them. */
export interface StoredCompliances {
  readonly sink: ReflectorSink;
  readonly get: (name: string) => StoredCompliance | undefined;
  readonly names: () => Iterable<string>;
  /** Notes what was just written. */
  readonly written: (name: string, stored: StoredCompliance) => void;
  readonly forget: (name: string) => void;
}

const nameOf = (object: RawObject): string => object.text('metadata.name') ?? '';

/** @param onChange is told that something was stored, edited or deleted, or that all has been read */
export function createStoredCompliances(onChange: () => void): StoredCompliances {
  const stored = new Map<string, StoredCompliance>();
  let seen = new Set<string>();
  return {
    sink: {
      startReplace: () => void (seen = new Set()),
      upsert(object) {
        const name = nameOf(object);
        seen.add(name);
        const resourceVersion = object.text('metadata.resourceVersion') ?? '';
        const known = stored.get(name);
        if (known !== undefined && !isOlder(known.resourceVersion, resourceVersion)) return;
        const report = object.parse('') as ComplianceReport;
        const uid = object.text('metadata.uid') ?? '';
        stored.set(name, { uid, resourceVersion, contentHash: complianceHash(report) });
        onChange();
      },
      remove(object) {
        const name = nameOf(object);
        if (stored.get(name)?.uid !== object.text('metadata.uid')) return;
        stored.delete(name);
        onChange();
      },
      endReplace() {
        for (const name of stored.keys()) if (!seen.has(name)) stored.delete(name);
        onChange();
      },
    },
    get: (name) => stored.get(name),
    names: () => stored.keys(),
    written: (name, each) => {
      seen.add(name);
      stored.set(name, each);
    },
    forget: (name) => void stored.delete(name),
  };
}
