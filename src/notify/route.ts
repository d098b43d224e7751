import picomatch from 'picomatch';
import { SEVERITIES } from '../crds/index.ts';
import { sizeOf, type ChangeSet, type NotifiedFinding } from './change-set.ts';
import type { NotifyConfig, Target } from './config/config.ts';

/** Which targets are to be told of which of these findings, by name; targets that have nothing to hear are left out. */
export type Route = (changes: ChangeSet) => ReadonlyMap<string, ChangeSet>;

type Narrow = (changes: ChangeSet) => ChangeSet | undefined;

function narrowFor({ namespaces, excludeNamespaces, clusterScoped, minSeverity, sendResolved }: Target): Narrow {
  const isIncluded = namespaces.length === 0 ? (): boolean => true : picomatch([...namespaces]);
  const isExcluded = excludeNamespaces.length === 0 ? (): boolean => false : picomatch([...excludeNamespaces]);
  const floor = SEVERITIES.indexOf(minSeverity);
  const isSevere = ({ severity }: NotifiedFinding): boolean => SEVERITIES.indexOf(severity) <= floor;
  const concerns = ({ report: { namespace } }: ChangeSet): boolean =>
    namespace === undefined ? clusterScoped : isIncluded(namespace) && !isExcluded(namespace);
  return (changes) => {
    if (!concerns(changes)) return undefined;
    const opened = changes.opened.filter(isSevere);
    const resolved = sendResolved ? changes.resolved.filter(isSevere) : [];
    const narrowed = { ...changes, opened, resolved };
    return sizeOf(narrowed) === 0 ? undefined : narrowed;
  };
}

export function createRoute({ targets }: NotifyConfig): Route {
  const rows = targets.map((target) => [target.name, narrowFor(target)] as const);
  return (changes) =>
    new Map(
      rows.flatMap(([name, narrow]) => {
        const narrowed = narrow(changes);
        return narrowed === undefined ? [] : [[name, narrowed] as const];
      }),
    );
}
