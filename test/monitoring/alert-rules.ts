import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';

/** A rule as Prometheus has it. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  /** Fires once the expression has had a result for that long. Default: at once. */
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<'summary' | 'description' | 'runbook_url', string>>;
}

/** The content of a file of rules, and the `spec` of a PrometheusRule. */
export interface RuleGroups {
  readonly groups: readonly { readonly name: string; readonly rules: readonly AlertRule[] }[];
}

const MANIFEST = join(import.meta.dirname, '..', '..', 'config', 'prometheus', 'rules.yaml');

/** What is shipped; everything that a test asks Prometheus about is made of this. */
export function shippedRules(): RuleGroups {
  const manifest = load(readFileSync(MANIFEST, 'utf8')) as { readonly spec: RuleGroups };
  return manifest.spec;
}

/** All rules, whatever their group. */
export function alertRules({ groups }: RuleGroups): readonly AlertRule[] {
  return groups.flatMap(({ rules }) => rules);
}

/** A file of rules as Prometheus reads it; a PrometheusRule is one in an envelope. */
export function rulesFile(rules: RuleGroups): string {
  return dump(rules, { lineWidth: -1 });
}

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
/** `10m`, as in `for: 10m` and `[10m]`. */
const DURATION = /^(?<count>\d+)(?<unit>[smhd])$/;
/** `1 * 3600`, as times in expressions stand. */
const PRODUCT = /\b(\d+) \* (60|3600|86400)\b/g;

/**
 * The same rules for those who cannot wait: every time in them, be it a window, a threshold or how long a state must last, is
 * divided by `factor`. Nothing else changes.
 */
export function hastened(rules: RuleGroups, factor: number): RuleGroups {
  const shorter = (duration: string): string => `${Math.ceil((secondsOf(duration) * 1000) / factor)}ms`;
  const hasten = (rule: AlertRule): AlertRule => ({
    ...rule,
    expr: rule.expr
      .replaceAll(/\[(\w+)\]/g, (_, duration: string) => `[${shorter(duration)}]`)
      .replaceAll(PRODUCT, (_, count: string, unit: string) => String((Number(count) * Number(unit)) / factor)),
    ...(rule.for === undefined ? {} : { for: shorter(rule.for) }),
  });
  return { groups: rules.groups.map(({ name, rules: each }) => ({ name, rules: each.map(hasten) })) };
}

function secondsOf(duration: string): number {
  const { count, unit } = DURATION.exec(duration)?.groups ?? {};
  if (count === undefined || unit === undefined) throw new Error(`${duration} is not a duration of one unit`);
  return Number(count) * SECONDS[unit as keyof typeof SECONDS];
}
