import { OPTIONAL_READS, type OptionalRead } from '../inventory/watched.ts';
import {
  anyText,
  checkWords,
  existingFile,
  listOf,
  namespaceGlobs,
  oneOf,
  orUndefined,
  registries,
} from './parsers.ts';
import { ENV_PREFIX, type Setting } from './settings.ts';

type Details<T> = Omit<Setting<T>, 'flag' | 'env' | 'fallbackText' | 'sort'> &
  Partial<Pick<Setting<T>, 'fallbackText' | 'sort'>>;

/** A row whose variable is called like its flag: `--log-level` is PLIMSOLL_LOG_LEVEL. */
export function setting<T>(flag: string, details: Details<T>): Setting<T> {
  const env = `${ENV_PREFIX}${flag.slice(2).replaceAll('-', '_').toUpperCase()}`;
  return { flag, env, sort: 'value', fallbackText: String(details.fallback), ...details };
}

/** Settings that more than one command has, by name. */
export const sharedRows = {
  /** For those who run a command themselves; the operator is at home in a pod. */
  kubeconfig: setting('--kubeconfig', {
    placeholder: '<path>',
    help: 'file that says how to reach the cluster',
    fallback: undefined,
    fallbackText: 'as kubectl finds it',
    parse: orUndefined(existingFile),
  }),
  context: setting('--context', {
    placeholder: '<name>',
    help: 'context of the kubeconfig to use',
    fallback: undefined,
    fallbackText: 'its current context',
    parse: orUndefined(anyText),
  }),
  namespaces: setting<readonly string[]>('--namespaces', {
    placeholder: '<globs>',
    sort: 'list',
    help: 'judge only what is in these namespaces; comma-separated or repeated, with * and ?',
    fallback: [],
    fallbackText: 'all',
    parse: namespaceGlobs,
  }),
  excludeNamespaces: setting<readonly string[]>('--exclude-namespaces', {
    placeholder: '<globs>',
    sort: 'list',
    help: 'judge nothing in these namespaces, also if --namespaces names them',
    fallback: [],
    fallbackText: 'none',
    parse: namespaceGlobs,
  }),
  checks: setting<readonly string[]>('--checks', {
    placeholder: '<checks>',
    sort: 'list',
    help: 'run these checks: ids, globs, default (all that are no matter of taste) and all; comma-separated or repeated',
    fallback: ['default'],
    fallbackText: 'default',
    parse: checkWords,
  }),
  skip: setting<readonly string[]>('--skip', {
    placeholder: '<checks>',
    sort: 'list',
    help: 'do not run these checks, also if --checks names them',
    fallback: [],
    fallbackText: 'none',
    parse: checkWords,
  }),
  allowedRegistries: setting<readonly string[]>('--allowed-registries', {
    placeholder: '<registries>',
    sort: 'list',
    help: 'images may come from these registries, as host, host:port or host/path; comma-separated or repeated',
    fallback: [],
    fallbackText: 'any',
    parse: registries,
  }),
  read: setting<readonly OptionalRead[]>('--read', {
    placeholder: '<kinds>',
    sort: 'list',
    help:
      `read these too, which the manifests do not grant (config/optional does): ${OPTIONAL_READS.join(', ')}; of Secrets ` +
      'only the metadata of those with tokens of ServiceAccounts; comma-separated or repeated',
    fallback: [],
    fallbackText: 'none',
    parse: listOf(oneOf(OPTIONAL_READS)),
  }),
};
