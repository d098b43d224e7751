import type { CheckParameters } from '../../checks/parameters.ts';
import { regraded, selectChecks, selectionOf, type Selection } from '../../checks/selection.ts';
import type { SecurityProfileSpec } from '../../crds/index.ts';
import { matchesAny } from '../../inventory/collections/globs.ts';
import { labelSelectorOf } from '../../inventory/projections/label-selector.ts';
import { DEFAULT_POLICY, type ExceptionPolicy } from '../../reports/exceptions/policy.ts';
import type { ScopeOptions } from '../scope.ts';

/** What the settings of the operator say, which hold where the profile says nothing. */
export interface BaseSettings {
  readonly checks: readonly string[];
  readonly skip: readonly string[];
  readonly scope: ScopeOptions;
  readonly parameters: CheckParameters;
  /** Whether the configuration of kubelets is read at all. */
  readonly judgesKubelets: boolean;
}

/** How the cluster is judged: by the settings and the profile together. */
export interface Effective {
  readonly selection: Selection;
  readonly scope: ScopeOptions;
  readonly parameters: CheckParameters;
  readonly exceptionPolicy: ExceptionPolicy;
}

const SECONDS_PER_DAY = 24 * 60 * 60;

/** Whether a word is one of these globs; of none, nothing is. */
function matching(globs: readonly string[] | undefined): (word: string) => boolean {
  return globs === undefined || globs.length === 0 ? () => false : matchesAny(globs);
}

/** The checks that were asked for; those of kubelets only if their configuration is read at all. */
function selectionBy(
  { checks, skip, judgesKubelets }: BaseSettings,
  { checks: own, severities = [] }: SecurityProfileSpec,
): Selection {
  const all = selectChecks({ include: own?.enable ?? checks, exclude: [...skip, ...(own?.disable ?? [])] });
  const selection = judgesKubelets ? all : selectionOf(all.checks.filter(({ target }) => target !== 'kubelet'));
  if (severities.length === 0) return selection;
  return regraded(selection, new Map(severities.map(({ check, severity }) => [check, severity])));
}

function scopeBy({ scope }: BaseSettings, { namespaces }: SecurityProfileSpec): ScopeOptions {
  if (namespaces === undefined) return scope;
  const { names = [], excludeNames = [], selector, excludeSelector } = namespaces;
  const path = 'spec.namespaces';
  return {
    include: names,
    exclude: excludeNames,
    selector: selector && labelSelectorOf(selector, `${path}.selector`),
    excludeSelector: excludeSelector && labelSelectorOf(excludeSelector, `${path}.excludeSelector`),
  };
}

type AnnotationRule = NonNullable<NonNullable<SecurityProfileSpec['exceptions']>['annotations']>[number];

/** A rule allows what fits all fields that it has. */
function allows({ checks, severities, namespaces }: AnnotationRule): ExceptionPolicy['allowsAnnotation'] {
  const isCheck = checks === undefined ? () => true : matching(checks);
  const isNamespace = namespaces === undefined ? () => true : matching(namespaces);
  return (check, severity, namespace) =>
    isCheck(check) && isNamespace(namespace) && (severities === undefined || severities.includes(severity));
}

function policyBy({ exceptions }: SecurityProfileSpec): ExceptionPolicy {
  if (exceptions === undefined) return DEFAULT_POLICY;
  const { expiration, maxLifetimeDays, wildcardChecks, deny, annotations = [] } = exceptions;
  const rules = annotations.map(allows);
  return {
    requiresExpiration: expiration !== 'Optional',
    maxLifetimeSeconds: maxLifetimeDays === undefined ? undefined : maxLifetimeDays * SECONDS_PER_DAY,
    allowsAllChecks: wildcardChecks === 'Allowed',
    isProtected: matching(deny?.checks),
    allowsAnnotation: (...asked) => rules.some((isAllowed) => isAllowed(...asked)),
  };
}

/** What a valid profile makes of the settings; each of its sections takes the place of what they say. */
export function effectiveOf(base: BaseSettings, spec: SecurityProfileSpec): Effective {
  return {
    selection: selectionBy(base, spec),
    scope: scopeBy(base, spec),
    parameters: { ...base.parameters, ...spec.parameters },
    exceptionPolicy: policyBy(spec),
  };
}
