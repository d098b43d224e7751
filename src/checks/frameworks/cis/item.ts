import { BENCHMARKS, cis, type Benchmark } from '../../cis.ts';
import { byChecks, byHand, hidden, type FrameworkControl } from '../framework.ts';

/** In which versions of the benchmark an item is, and under which id. Default: in all of them, under the newest id. */
export interface History {
  /** The id it had up to a version. */
  readonly former?: { readonly id: string; readonly until: Benchmark };
  readonly since?: Benchmark;
  readonly until?: Benchmark;
}

/** An item of the CIS Kubernetes Benchmark over its versions. Titles are our own words: those of CIS are licensed. */
export interface CisItem {
  readonly control: FrameworkControl;
  readonly history: History;
}

export const checked = (id: string, title: string, history: History = {}): CisItem => ({
  control: byChecks(id, title),
  history,
});

export const manual = (id: string, title: string, reason: string, history: History = {}): CisItem => ({
  control: byHand(id, title, reason),
  history,
});

export const undecidable = (id: string, title: string, reason: string, history: History = {}): CisItem => ({
  control: hidden(id, title, reason),
  history,
});

/** The item as a version of the benchmark has it; undefined if that version has not. */
export function itemIn(
  version: Benchmark,
  { control, history: { former, since = '1.8', until = '1.12' } }: CisItem,
): FrameworkControl | undefined {
  const [at, first, last] = [version, since, until].map((each) => BENCHMARKS.indexOf(each)) as [number, number, number];
  if (at < first || at > last) return undefined;
  const [, id] = cis(control.id, former).find(([each]) => each === version) ?? [];
  return { ...control, id: id ?? control.id };
}
