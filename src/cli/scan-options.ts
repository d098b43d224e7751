import {
  anyText,
  namespaceName,
  oneOf,
  orUndefined,
  podSecurityMinor,
  severity,
  trueOrFalse,
  type Parser,
} from './parsers.ts';
import { PATH_SEPARATOR, UsageError, type Setting, type SettingsReader } from './settings.ts';
import { setting, sharedRows } from './shared-options.ts';

/** How the verdicts are printed. */
const OUTPUT_FORMATS = ['table', 'json', 'yaml', 'sarif', 'junit', 'github'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

const paths: Parser<readonly string[]> = (text) => text.split(PATH_SEPARATOR).map(anyText);

const rows = {
  filenames: setting<readonly string[]>('--filename', {
    short: '-f',
    placeholder: '<path>',
    sort: 'paths',
    help: 'file or folder (with all below it) of YAML and JSON to judge, or - for standard input; may be repeated',
    fallback: [],
    fallbackText: 'none: a cluster is read',
    parse: paths,
  }),
  kubeconfig: sharedRows.kubeconfig,
  context: sharedRows.context,
  namespace: setting('--namespace', {
    placeholder: '<name>',
    help: 'namespace that the files will be applied to, for objects that name none',
    fallback: undefined,
    fallbackText: 'not known, and called default',
    parse: orUndefined(namespaceName),
  }),
  complete: setting('--complete', {
    placeholder: '[true|false]',
    sort: 'switch',
    help: 'the files are all there is: what is in none of them does not exist, instead of being unknown',
    fallback: false,
    parse: trueOrFalse,
  }),
  namespaces: sharedRows.namespaces,
  excludeNamespaces: sharedRows.excludeNamespaces,
  read: sharedRows.read,
  checks: sharedRows.checks,
  skip: sharedRows.skip,
  allowedRegistries: sharedRows.allowedRegistries,
  framework: setting('--framework', {
    placeholder: '<name>',
    help: 'judge by the controls of this framework only, in the sense of its own version',
    fallback: undefined,
    fallbackText: 'none',
    parse: orUndefined(anyText),
  }),
  podSecurityMinor: setting('--pod-security-version', {
    placeholder: '<version>',
    help: 'version of the Pod Security Standards to judge by: v1.N, or latest for that of the server, for files the newest known',
    fallback: undefined,
    fallbackText: 'latest',
    parse: podSecurityMinor,
  }),
  exceptions: setting<readonly string[]>('--exceptions', {
    placeholder: '<path>',
    sort: 'paths',
    help:
      'file or folder of SecurityExceptions and ClusterSecurityExceptions to honour beside those among the files or in the ' +
      'cluster; may be repeated',
    fallback: [],
    fallbackText: 'none',
    parse: paths,
  }),
  showSuppressed: setting('--show-suppressed', {
    placeholder: '[true|false]',
    sort: 'switch',
    help: 'list the findings that exceptions accept in the table too; every other format but github has them anyway',
    fallback: false,
    parse: trueOrFalse,
  }),
  failOn: setting('--fail-on', {
    placeholder: '<severity>',
    help: 'exit with 1 if there is a finding of this severity or worse that no exception accepts: critical, high, medium, low or info',
    fallback: undefined,
    fallbackText: 'never',
    parse: orUndefined(severity),
  }),
  output: setting<OutputFormat>('--output', {
    short: '-o',
    placeholder: '<format>',
    help: `how to print what was found: ${OUTPUT_FORMATS.join(', ')}`,
    fallback: 'table',
    parse: oneOf(OUTPUT_FORMATS),
  }),
  progress: setting('--progress', {
    placeholder: '[true|false]',
    sort: 'switch',
    help: 'show how far a long scan has come, where there is a terminal to show it on',
    fallback: true,
    parse: trueOrFalse,
  }),
};

/** Every setting of `plimsoll scan`, in the order of its help. */
export const SCAN_SETTINGS: readonly Setting<unknown>[] = Object.values(rows);

/** What `plimsoll scan` was told to do. */
export type ScanSettings = { readonly [Key in keyof typeof rows]: (typeof rows)[Key]['fallback'] };

/** Reads all settings. Throws a UsageError for a bad value, and for values that contradict each other. */
export function readScanSettings({ read, nameOf }: SettingsReader): ScanSettings {
  const settings: ScanSettings = {
    filenames: read(rows.filenames),
    kubeconfig: read(rows.kubeconfig),
    context: read(rows.context),
    namespace: read(rows.namespace),
    complete: read(rows.complete),
    namespaces: read(rows.namespaces),
    excludeNamespaces: read(rows.excludeNamespaces),
    read: read(rows.read),
    checks: read(rows.checks),
    skip: read(rows.skip),
    allowedRegistries: read(rows.allowedRegistries),
    framework: read(rows.framework),
    podSecurityMinor: read(rows.podSecurityMinor),
    exceptions: read(rows.exceptions),
    showSuppressed: read(rows.showSuppressed),
    failOn: read(rows.failOn),
    output: read(rows.output),
    progress: read(rows.progress),
  };
  const problem = contradiction(settings, nameOf);
  if (problem !== undefined) throw new UsageError(problem);
  return settings;
}

function contradiction(settings: ScanSettings, nameOf: SettingsReader['nameOf']): string | undefined {
  const { filenames, kubeconfig, context, namespace, framework, checks } = settings;
  // A variable may be set for other calls; a flag is meant for this one.
  const isFlag = (row: Setting<unknown>, value: unknown): boolean => value !== undefined && nameOf(row) === row.flag;
  if (filenames.length > 0 && (isFlag(rows.kubeconfig, kubeconfig) || isFlag(rows.context, context))) {
    return '--filename and a cluster cannot be scanned in one call; remove --kubeconfig and --context, or --filename';
  }
  if (filenames.length === 0 && isFlag(rows.namespace, namespace)) {
    return '--namespace is for files that name none; choose what is judged of a cluster by --namespaces';
  }
  if (framework !== undefined && checks !== rows.checks.fallback) {
    return `${nameOf(rows.framework)} chooses the checks itself; remove ${nameOf(rows.checks)}`;
  }
  return undefined;
}
