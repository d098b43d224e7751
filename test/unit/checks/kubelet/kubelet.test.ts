import assert from 'node:assert/strict';
import { PASS } from '../../../../src/checks/check.ts';
import type { KubeletInput } from '../../../../src/checks/check.ts';
import {
  kubeletAnonymousAuth,
  kubeletAuthorizationAlwaysAllow,
  kubeletClientCaMissing,
  kubeletReadOnlyPort,
} from '../../../../src/checks/kubelet/access.ts';
import {
  kubeletCertRotationDisabled,
  kubeletServingCert,
  kubeletWeakCiphers,
} from '../../../../src/checks/kubelet/certificates.ts';
import {
  kubeletEventQps,
  kubeletIptablesChainsDisabled,
  kubeletPodPidsUnlimited,
  kubeletProtectKernelDefaults,
  kubeletSeccompDefaultOff,
  kubeletStreamingTimeoutDisabled,
} from '../../../../src/checks/kubelet/hardening.ts';
import { kubeletChecks } from '../../../../src/checks/kubelet/index.ts';
import { configurationOf, KUBELET_FIELDS } from '../../../../src/inventory/projections/configuration.ts';
import { fails, undecided, verdicts } from '../verdicts.ts';

/** As the ConfigMap declares it. */
const declared = (config: KubeletInput['config'] = {}): KubeletInput => ({ config, observed: 'Declared' });
/** As the kubelet itself says. */
const effective = (config: KubeletInput['config']): KubeletInput => ({ config, observed: 'Effective' });

verdicts(kubeletAnonymousAuth, [
  ['nothing, which means no', declared(), PASS],
  ['a refusal', declared({ authentication: { anonymous: { enabled: false } } }), PASS],
  [
    'an invitation',
    declared({ authentication: { anonymous: { enabled: true } } }),
    fails({ path: 'authentication.anonymous.enabled', key: 'authentication.anonymous.enabled' }),
  ],
  ['a wrong type', declared({ authentication: { anonymous: { enabled: 'yes' } } }), undecided('Malformed')],
  ['a wrong type above the field', declared({ authentication: [] }), undecided('Malformed')],
]);

verdicts(kubeletAuthorizationAlwaysAllow, [
  ['nothing, which means Webhook', declared(), PASS],
  ['Webhook', declared({ authorization: { mode: 'Webhook' } }), PASS],
  ['AlwaysAllow', declared({ authorization: { mode: 'AlwaysAllow' } }), fails('authorization.mode')],
  ['a wrong type', declared({ authorization: { mode: ['Webhook'] } }), undecided('Malformed')],
]);

verdicts(kubeletClientCaMissing, [
  ['a file', declared({ authentication: { x509: { clientCAFile: '/ca.crt' } } }), PASS],
  ['nothing', declared(), fails('authentication.x509.clientCAFile')],
  [
    'an empty name, as a kubelet shows nothing',
    effective({ authentication: { x509: { clientCAFile: '' } } }),
    fails('authentication.x509.clientCAFile'),
  ],
  ['a wrong type', declared({ authentication: { x509: '/ca.crt' } }), undecided('Malformed')],
]);

verdicts(kubeletReadOnlyPort, [
  ['nothing, which means none', declared(), PASS],
  ['0', declared({ readOnlyPort: 0 }), PASS],
  ['a port', declared({ readOnlyPort: 10_255 }), fails('readOnlyPort')],
  ['a port in quotes', declared({ readOnlyPort: '10255' }), undecided('Malformed')],
]);

verdicts(kubeletServingCert, [
  ['certificates that the cluster signs', declared({ serverTLSBootstrap: true }), PASS],
  ['files', declared({ tlsCertFile: '/c', tlsPrivateKeyFile: '/k' }), PASS],
  ['a certificate without its key', declared({ tlsCertFile: '/c' }), fails('serverTLSBootstrap')],
  ['nothing', declared(), fails('serverTLSBootstrap')],
  [
    'certificates that are not renewed',
    declared({ serverTLSBootstrap: true, featureGates: { RotateKubeletServerCertificate: false } }),
    fails({
      message: 'the serving certificate is not renewed: the feature gate RotateKubeletServerCertificate is off',
    }),
  ],
  [
    'a feature gate in quotes',
    declared({ serverTLSBootstrap: true, featureGates: { RotateKubeletServerCertificate: 'false' } }),
    undecided('Malformed'),
  ],
]);

verdicts(kubeletCertRotationDisabled, [
  ['true', declared({ rotateCertificates: true }), PASS],
  ['nothing, for which there is no default', declared(), fails('rotateCertificates')],
  ['true in quotes', declared({ rotateCertificates: 'true' }), undecided('Malformed')],
]);

verdicts(kubeletPodPidsUnlimited, [
  ['a limit', declared({ podPidsLimit: 4096 }), PASS],
  ['nothing', declared(), fails('podPidsLimit')],
  ['-1, as a kubelet shows nothing', effective({ podPidsLimit: -1 }), fails('podPidsLimit')],
  ['a limit in quotes', declared({ podPidsLimit: '4096' }), undecided('Malformed')],
]);

verdicts(kubeletSeccompDefaultOff, [
  ['true', declared({ seccompDefault: true }), PASS],
  ['false, as a kubelet shows nothing', effective({ seccompDefault: false }), fails('seccompDefault')],
  ['nothing', declared(), fails('seccompDefault')],
  ['true in quotes', declared({ seccompDefault: 'true' }), undecided('Malformed')],
]);

verdicts(kubeletStreamingTimeoutDisabled, [
  ['the zero that kubeadm writes and that means four hours', declared({ streamingConnectionIdleTimeout: '0s' }), PASS],
  ['four hours', effective({ streamingConnectionIdleTimeout: '4h0m0s' }), PASS],
  ['a tenth of a second', effective({ streamingConnectionIdleTimeout: '0.1s' }), PASS],
  [
    'a zero that a kubelet really has',
    effective({ streamingConnectionIdleTimeout: '0s' }),
    fails('streamingConnectionIdleTimeout'),
  ],
  ['a zero in full', effective({ streamingConnectionIdleTimeout: '0h0m0s' }), fails('streamingConnectionIdleTimeout')],
  ['a number, which no duration is', declared({ streamingConnectionIdleTimeout: 0 }), undecided('Malformed')],
]);

verdicts(kubeletIptablesChainsDisabled, [
  ['nothing, which means yes', declared(), PASS],
  ['false', declared({ makeIPTablesUtilChains: false }), fails('makeIPTablesUtilChains')],
  ['false in quotes', declared({ makeIPTablesUtilChains: 'false' }), undecided('Malformed')],
]);

verdicts(kubeletEventQps, [
  ['nothing, which means 50', declared(), PASS],
  ['0, which means no limit', declared({ eventRecordQPS: 0 }), PASS],
  ['the default of old', declared({ eventRecordQPS: 5 }), PASS],
  ['less than that', declared({ eventRecordQPS: 4 }), fails('eventRecordQPS')],
  ['a rate in quotes', declared({ eventRecordQPS: '4' }), undecided('Malformed')],
]);

verdicts(kubeletWeakCiphers, [
  ["nothing, which means Go's own choice", declared(), PASS],
  ['a strong suite', declared({ tlsCipherSuites: ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'] }), PASS],
  [
    'weak suites, each named once',
    declared({
      tlsCipherSuites: ['TLS_RSA_WITH_RC4_128_SHA', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_RC4_128_SHA'],
    }),
    fails({ message: 'weak suites are offered: TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, TLS_RSA_WITH_RC4_128_SHA' }),
  ],
  ['one string in place of a list', declared({ tlsCipherSuites: 'TLS_RSA_WITH_RC4_128_SHA' }), undecided('Malformed')],
]);

verdicts(kubeletProtectKernelDefaults, [
  ['true', declared({ protectKernelDefaults: true }), PASS],
  ['nothing', declared(), fails('protectKernelDefaults')],
  ['true in quotes', declared({ protectKernelDefaults: 'true' }), undecided('Malformed')],
]);

/** What `kubeadm init` 1.37 uploads, with the zeros that Go writes for what is not set. */
const KUBEADM = `
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication:
  anonymous: {enabled: false}
  webhook: {cacheTTL: 0s, enabled: true}
  x509: {clientCAFile: /etc/kubernetes/pki/ca.crt}
authorization:
  mode: Webhook
  webhook: {cacheAuthorizedTTL: 0s, cacheUnauthorizedTTL: 0s}
cgroupDriver: systemd
rotateCertificates: true
staticPodPath: /etc/kubernetes/manifests
streamingConnectionIdleTimeout: 0s
`;

describe('The kubelet configuration of kubeadm', () => {
  const configuration = configurationOf(KUBEADM, KUBELET_FIELDS);
  const failing = kubeletChecks.filter(
    ({ evaluate }) => 'fields' in configuration && evaluate(declared(configuration.fields)) !== PASS,
  );

  it('fails what kube-bench warns of: 4.2.9, 4.2.13 and 4.2.14, and the opt-in check that no benchmark has any more', () => {
    // Of 4.2.12 kube-bench warns too, because no suites are chosen: Go's own choice is sound.
    assert.deepEqual(failing.map(({ id }) => id).sort(), [
      'kubelet-pod-pids-unlimited',
      'kubelet-protect-kernel-defaults',
      'kubelet-seccomp-default-off',
      'kubelet-serving-cert',
    ]);
  });
});

describe('A configuration in a ConfigMap', () => {
  it('is read as Kubernetes reads YAML, and only as far as it is judged', () => {
    assert.deepEqual(configurationOf('readOnlyPort: 0\nseccompDefault: yes\nmaxPods: 5', KUBELET_FIELDS), {
      fields: { readOnlyPort: 0, seccompDefault: true },
    });
  });

  const odd: readonly (readonly [what: string, text: unknown])[] = [
    ['missing', undefined],
    ['no YAML', 'a: [b'],
    ['a list', '- a'],
    ['empty', ''],
    ['longer than any configuration', `a: ${'b'.repeat(300_000)}`],
  ];
  for (const [what, text] of odd) {
    it(`says so if it is ${what}`, () => assert.ok('problem' in configurationOf(text, KUBELET_FIELDS)));
  }
});
