import { addressesClash, formatAddress } from '../metrics/address.ts';
import { LOG_FORMATS, LOG_LEVELS, type LogFormat, type LogLevel } from './log-levels.ts';
import {
  existingFile,
  frameworkWords,
  namespaceName,
  objectName,
  oneOf,
  orUndefined,
  podSecurityMinor,
  trueOrFalse,
  wholeNumber,
} from './parsers.ts';
import { UsageError, type Environment, type Setting, type SettingsReader } from './settings.ts';
import { servingRows } from './serving-options.ts';
import { setting, sharedRows } from './shared-options.ts';

const KUBELET_CONFIG_SOURCES = ['configmap', 'direct', 'proxy', 'off'] as const;

/** Where the configuration of kubelets is read. */
export type KubeletConfigSource = (typeof KUBELET_CONFIG_SOURCES)[number];

const rows = {
  kubeconfig: setting('--kubeconfig', {
    placeholder: '<path>',
    help: 'file that says how to reach the cluster; inside a cluster the ServiceAccount of the pod does',
    fallback: undefined,
    fallbackText: 'in-cluster',
    parse: orUndefined(existingFile),
  }),
  context: sharedRows.context,
  namespaces: sharedRows.namespaces,
  excludeNamespaces: sharedRows.excludeNamespaces,
  ...servingRows,
  leaderElect: setting('--leader-elect', {
    placeholder: '[true|false]',
    sort: 'switch',
    help: 'let only the holder of a Lease write, so that several replicas can run',
    fallback: true,
    parse: trueOrFalse,
  }),
  leaderElectionNamespace: setting('--leader-election-namespace', {
    placeholder: '<name>',
    help: 'namespace of the Lease',
    fallback: undefined,
    fallbackText: 'that of the pod',
    parse: orUndefined(namespaceName),
  }),
  leaseName: setting('--lease-name', {
    placeholder: '<name>',
    help: 'name of the Lease',
    fallback: 'plimsoll',
    parse: objectName,
  }),
  logLevel: setting<LogLevel>('--log-level', {
    placeholder: '<level>',
    help: `least severe level that is logged: ${LOG_LEVELS.join(', ')}`,
    fallback: 'info',
    parse: oneOf(LOG_LEVELS),
  }),
  logFormat: setting<LogFormat>('--log-format', {
    placeholder: '<format>',
    help: 'json for machines or text for people',
    fallback: 'json',
    parse: oneOf(LOG_FORMATS),
  }),
  concurrency: setting('--concurrency', {
    placeholder: '<workers>',
    help: 'subjects judged and written at a time, 1 to 64',
    fallback: 8,
    parse: wholeNumber(1, 64),
  }),
  writeQps: setting('--write-qps', {
    placeholder: '<requests>',
    help: 'writes to the API server per second, 1 to 1000; matters at the first pass only, as later only changes are written',
    fallback: 100,
    parse: wholeNumber(1, 1000),
  }),
  checks: sharedRows.checks,
  skip: sharedRows.skip,
  allowedRegistries: sharedRows.allowedRegistries,
  frameworks: setting<readonly string[]>('--frameworks', {
    placeholder: '<names>',
    sort: 'list',
    help: 'keep a ComplianceReport on these frameworks: names, cis (the benchmark that fits the server), default (that, both Pod Security levels, the NSA guide and the KubeCon checklist), all and none; comma-separated or repeated',
    fallback: ['default'],
    fallbackText: 'default',
    parse: frameworkWords,
  }),
  read: sharedRows.read,
  podSecurityMinor: setting('--pod-security-version', {
    placeholder: '<version>',
    help: 'version of the Pod Security Standards to judge by: v1.N, or latest for that of the server',
    fallback: undefined,
    fallbackText: 'latest',
    parse: podSecurityMinor,
  }),
  kubeletConfigSource: setting<KubeletConfigSource>('--kubelet-config-source', {
    placeholder: '<source>',
    help:
      'where the configuration of kubelets is read: configmap (kube-system/kubelet-config), direct (each kubelet, which needs ' +
      'get on nodes/configz), proxy (through the API server, which needs get on nodes/proxy: not advised) or off',
    fallback: 'configmap',
    parse: oneOf(KUBELET_CONFIG_SOURCES),
  }),
  kubeletInsecureTls: setting('--kubelet-insecure-tls', {
    placeholder: '[true|false]',
    sort: 'switch',
    help: 'do not verify the certificates of kubelets that are asked directly; whoever poses as one gets the token of the operator',
    fallback: false,
    parse: trueOrFalse,
  }),
  notifyConfig: setting('--notify-config', {
    placeholder: '<path>',
    help: 'file that says whom to tell of new and resolved findings, see docs/notifications.md; changes of it count without a restart',
    fallback: undefined,
    fallbackText: 'nobody is told',
    parse: orUndefined(existingFile),
  }),
  shutdownTimeoutSeconds: setting('--shutdown-timeout', {
    placeholder: '<seconds>',
    help: 'how long work under way may take to finish at the end, 1 to 600; less than the grace period of the pod',
    fallback: 8,
    parse: wholeNumber(1, 600),
  }),
};

/** Every setting of `plimsoll operator`, in the order of its help. */
export const OPERATOR_SETTINGS: readonly Setting<unknown>[] = Object.values(rows);

/** What `plimsoll operator` was told to do. */
export type OperatorSettings = { readonly [Key in keyof typeof rows]: (typeof rows)[Key]['fallback'] };

/** Reads all settings. Throws a UsageError for a bad value, and for values that contradict each other. */
export function readOperatorSettings({ read, nameOf }: SettingsReader, env: Environment): OperatorSettings {
  const settings: OperatorSettings = {
    kubeconfig: read(rows.kubeconfig),
    context: read(rows.context),
    namespaces: read(rows.namespaces),
    excludeNamespaces: read(rows.excludeNamespaces),
    metricsAddress: read(rows.metricsAddress),
    metricsSecure: read(rows.metricsSecure),
    metricsCertDir: read(rows.metricsCertDir),
    metricsLevel: read(rows.metricsLevel),
    metricsMaxSeries: read(rows.metricsMaxSeries),
    healthAddress: read(rows.healthAddress),
    leaderElect: read(rows.leaderElect),
    leaderElectionNamespace: read(rows.leaderElectionNamespace),
    leaseName: read(rows.leaseName),
    logLevel: read(rows.logLevel),
    logFormat: read(rows.logFormat),
    concurrency: read(rows.concurrency),
    writeQps: read(rows.writeQps),
    checks: read(rows.checks),
    skip: read(rows.skip),
    allowedRegistries: read(rows.allowedRegistries),
    frameworks: read(rows.frameworks),
    read: read(rows.read),
    podSecurityMinor: read(rows.podSecurityMinor),
    kubeletConfigSource: read(rows.kubeletConfigSource),
    kubeletInsecureTls: read(rows.kubeletInsecureTls),
    notifyConfig: read(rows.notifyConfig),
    shutdownTimeoutSeconds: read(rows.shutdownTimeoutSeconds),
  };
  const problem =
    clusterProblem(settings, nameOf, env) ??
    namespacesProblem(settings, nameOf) ??
    addressProblem(settings, nameOf) ??
    certificateProblem(settings, nameOf);
  if (problem !== undefined) throw new UsageError(problem);
  return settings;
}

type NameOf = SettingsReader['nameOf'];

/** Which cluster, and where its Lease is, must be clear: nothing is guessed. */
function clusterProblem(
  { kubeconfig, context, leaderElect, leaderElectionNamespace }: OperatorSettings,
  nameOf: NameOf,
  env: Environment,
): string | undefined {
  if (kubeconfig === undefined && context !== undefined) {
    return `${nameOf(rows.context)} needs a kubeconfig to find the context in; set --kubeconfig`;
  }
  if (kubeconfig === undefined && env['KUBERNETES_SERVICE_HOST'] === undefined) {
    return 'this is not a pod in a cluster (KUBERNETES_SERVICE_HOST is not set); set --kubeconfig';
  }
  if (kubeconfig !== undefined && leaderElect && leaderElectionNamespace === undefined) {
    return `${nameOf(rows.kubeconfig)} leaves open where the Lease is; set --leader-election-namespace or --no-leader-elect`;
  }
  return undefined;
}

function namespacesProblem({ namespaces, excludeNamespaces }: OperatorSettings, nameOf: NameOf): string | undefined {
  const both = namespaces.find((glob) => excludeNamespaces.includes(glob));
  if (both !== undefined) {
    const [inside, outside] = [nameOf(rows.namespaces), nameOf(rows.excludeNamespaces)];
    return `${inside} and ${outside} both name "${both}"; remove it from one of them`;
  }
  if (excludeNamespaces.includes('*')) {
    return `${nameOf(rows.excludeNamespaces)}: "*" leaves no namespace to judge; name those to leave out`;
  }
  return undefined;
}

function addressProblem({ metricsAddress, healthAddress }: OperatorSettings, nameOf: NameOf): string | undefined {
  if (metricsAddress === undefined || healthAddress === undefined) return undefined;
  if (!addressesClash(metricsAddress, healthAddress)) return undefined;
  const [metrics, health] = [nameOf(rows.metricsAddress), nameOf(rows.healthAddress)];
  return `${metrics} ${formatAddress(metricsAddress)} and ${health} ${formatAddress(healthAddress)} clash; choose different ports`;
}

function certificateProblem(
  { metricsAddress, metricsSecure, metricsCertDir }: OperatorSettings,
  nameOf: NameOf,
): string | undefined {
  if (metricsCertDir === undefined) return undefined;
  const certDir = nameOf(rows.metricsCertDir);
  if (metricsAddress === undefined)
    return `${certDir} is of no use without metrics; remove it or set ${nameOf(rows.metricsAddress)}`;
  if (metricsSecure) return undefined;
  return `${certDir} and ${nameOf(rows.metricsSecure)}=false contradict each other; remove one of them`;
}
