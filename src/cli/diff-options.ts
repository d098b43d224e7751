import type { Severity } from '../crds/index.ts';
import { namespaceGlobs, oneOf, severity, since, trueOrFalse, type Since } from './parsers.ts';
import type { Setting, SettingsReader } from './settings.ts';
import { setting, sharedRows } from './shared-options.ts';

const OUTPUT_FORMATS = ['table', 'json', 'yaml'] as const;

const rows = {
  since: setting<Since>('--since', {
    placeholder: '<time>',
    help:
      'show what is new since then: so long ago (30m, 24h, 7d, 1d12h), or a time (2026-11-24T09:00:00Z); by the clock of the ' +
      'API server',
    fallback: { agoSeconds: 24 * 60 * 60 },
    fallbackText: '24h',
    parse: since,
  }),
  kubeconfig: sharedRows.kubeconfig,
  context: sharedRows.context,
  namespaces: setting<readonly string[]>('--namespaces', {
    short: '-n',
    placeholder: '<globs>',
    sort: 'list',
    help:
      'show only what is in these namespaces, and nothing that is in none; comma-separated or repeated, with * and ?, which ' +
      'take the right to list reports in all namespaces',
    fallback: [],
    fallbackText: 'all, and the cluster',
    parse: namespaceGlobs,
  }),
  excludeNamespaces: setting<readonly string[]>('--exclude-namespaces', {
    placeholder: '<globs>',
    sort: 'list',
    help: 'show nothing in these namespaces, also if --namespaces names them',
    fallback: [],
    fallbackText: 'none',
    parse: namespaceGlobs,
  }),
  severity: setting<Severity>('--severity', {
    placeholder: '<severity>',
    help: 'show findings of this severity or worse: critical, high, medium, low or info',
    fallback: 'Info',
    fallbackText: 'info',
    parse: severity,
  }),
  output: setting<(typeof OUTPUT_FORMATS)[number]>('--output', {
    short: '-o',
    placeholder: '<format>',
    help: `how to print what is new: ${OUTPUT_FORMATS.join(', ')}`,
    fallback: 'table',
    parse: oneOf(OUTPUT_FORMATS),
  }),
  exitCode: setting('--exit-code', {
    placeholder: '[true|false]',
    sort: 'switch',
    help: 'exit with 1 if something is new',
    fallback: false,
    parse: trueOrFalse,
  }),
};

/** Every setting of `plimsoll diff`, in the order of its help. */
export const DIFF_SETTINGS: readonly Setting<unknown>[] = Object.values(rows);

/** What `plimsoll diff` was told to do. */
export type DiffSettings = { readonly [Key in keyof typeof rows]: (typeof rows)[Key]['fallback'] };

/** Reads all settings. Throws a UsageError for a bad value. */
export function readDiffSettings({ read }: Pick<SettingsReader, 'read'>): DiffSettings {
  return {
    since: read(rows.since),
    kubeconfig: read(rows.kubeconfig),
    context: read(rows.context),
    namespaces: read(rows.namespaces),
    excludeNamespaces: read(rows.excludeNamespaces),
    severity: read(rows.severity),
    output: read(rows.output),
    exitCode: read(rows.exitCode),
  };
}
