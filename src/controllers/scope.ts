import picomatch from 'picomatch';
import { selects, type Labels, type LabelSelector } from '../inventory/facts/label-selector.ts';
import { reportNamespace } from '../reports/naming.ts';
import type { Subject } from '../inventory/subject-key.ts';

/** Which namespaces are judged. Cluster-scoped subjects always are. */
export interface Scope {
  readonly covers: (subject: Subject) => boolean;
  readonly coversNamespace: (namespace: string) => boolean;
}

export interface ScopeOptions {
  /** Globs; empty means every namespace. */
  readonly include: readonly string[];
  /** Globs; they win over `include`. */
  readonly exclude: readonly string[];
  /** Labels that a namespace must have. Default: any. */
  readonly selector?: LabelSelector | undefined;
  /** Labels by which a namespace is left out. Default: none is. */
  readonly excludeSelector?: LabelSelector | undefined;
}

/** @param labelsOf the labels of a namespace; undefined if they are not known, and then they leave nothing out */
export function createScope(
  { include, exclude, selector = [], excludeSelector }: ScopeOptions,
  labelsOf: (namespace: string) => Labels | undefined = () => undefined,
): Scope {
  const isIncluded = include.length === 0 ? (): boolean => true : picomatch([...include]);
  const isExcluded = exclude.length === 0 ? (): boolean => false : picomatch([...exclude]);
  const isSelected = (labels: Labels | undefined): boolean =>
    labels === undefined ||
    (selects(selector, labels) && !(excludeSelector !== undefined && selects(excludeSelector, labels)));
  const coversNamespace = (namespace: string): boolean =>
    isIncluded(namespace) && !isExcluded(namespace) && isSelected(labelsOf(namespace));
  return {
    coversNamespace,
    covers(subject) {
      const namespace = reportNamespace(subject);
      return namespace === '' || coversNamespace(namespace);
    },
  };
}
