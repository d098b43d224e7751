import { selectChecks, selectionOf, type Selection } from '../../checks/selection.ts';
import { nearest } from '../nearest.ts';
import type { ScanSettings } from '../scan-options.ts';
import { UsageError } from '../settings.ts';
import type { Frameworks } from './frameworks.ts';

/** The checks that a scan was told to run. Throws a UsageError for a framework that does not exist, and for none at all. */
export function selectionFor(
  { framework, checks, skip }: Pick<ScanSettings, 'framework' | 'checks' | 'skip'>,
  podSecurityMinor: number,
  frameworks: Frameworks,
): Selection {
  const selection =
    framework === undefined
      ? selectChecks({ include: checks, exclude: skip })
      : without(skip, frameworkSelection(framework, podSecurityMinor, frameworks));
  if (selection.checks.length === 0) throw new UsageError('--skip leaves no check to run; name fewer');
  return selection;
}

function frameworkSelection(name: string, podSecurityMinor: number, { names, selection }: Frameworks): Selection {
  const found = selection(name, podSecurityMinor);
  if (found !== undefined) return found;
  const similar = nearest(name, names);
  const advice = similar === undefined ? `there are: ${names.join(', ') || 'none'}` : `did you mean ${similar}?`;
  throw new UsageError(`--framework: ${JSON.stringify(name)} is not known; ${advice}`);
}

function without(skip: readonly string[], selection: Selection): Selection {
  const left = new Set(selectChecks({ include: ['all'], exclude: skip }).checks.map(({ id }) => id));
  return selectionOf(selection.checks.filter(({ id }) => left.has(id)));
}
