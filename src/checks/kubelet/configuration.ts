import { finding, kubeletCheck, PASS } from '../check.ts';
import type { CheckOf, CheckRow, KubeletInput } from '../check.ts';
import { unlessMalformed, type Place } from '../fields.ts';

/** The fields of a KubeletConfiguration (kubelet.config.k8s.io/v1beta1) that are judged. */
export interface KubeletConfiguration {
  readonly authentication?: {
    readonly anonymous?: { readonly enabled?: boolean };
    readonly x509?: { readonly clientCAFile?: string };
  };
  readonly authorization?: { readonly mode?: string };
  readonly eventRecordQPS?: number;
  readonly featureGates?: { readonly RotateKubeletServerCertificate?: boolean };
  readonly makeIPTablesUtilChains?: boolean;
  readonly podPidsLimit?: number;
  readonly protectKernelDefaults?: boolean;
  readonly readOnlyPort?: number;
  readonly rotateCertificates?: boolean;
  readonly seccompDefault?: boolean;
  readonly serverTLSBootstrap?: boolean;
  readonly streamingConnectionIdleTimeout?: string;
  readonly tlsCertFile?: string;
  readonly tlsCipherSuites?: string[];
  readonly tlsPrivateKeyFile?: string;
}

/** A configuration, with whether defaults have been filled in. */
export interface KubeletPlace extends Place<KubeletConfiguration> {
  readonly observed: KubeletInput['observed'];
}

/** What is wrong, if anything, for people. */
type Complaint = string | undefined;

/** A check of one field: the first thing that is wrong with it is found, and the field tells it from others. */
export function kubeletFieldCheck(
  row: CheckRow,
  field: string,
  complaintOf: (config: KubeletPlace) => Complaint,
): CheckOf<'kubelet'> {
  return kubeletCheck({
    ...row,
    mayBeUndecided: true,
    evaluate: ({ config, observed }) =>
      unlessMalformed(() => {
        const message = complaintOf({
          path: 'the kubelet configuration',
          container: undefined,
          spec: config,
          observed,
        });
        return message === undefined ? PASS : [finding(field, message, { key: field })];
      }),
  });
}

/** The ConfigMap that hands this configuration to every node, for examples. */
export function kubeletConfigMap(...lines: readonly string[]): string {
  return [
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata:',
    '  name: kubelet-config',
    '  namespace: kube-system',
    'data:',
    '  kubelet: |',
    '    apiVersion: kubelet.config.k8s.io/v1beta1',
    '    kind: KubeletConfiguration',
    ...lines.map((line) => `    ${line}`),
  ].join('\n');
}
