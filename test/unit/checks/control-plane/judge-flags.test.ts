import assert from 'node:assert/strict';
import { PASS } from '../../../../src/checks/check.ts';
import {
  apiserverAnonymousAuth,
  apiserverAuthorizationMode,
  apiserverProfiling,
  apiserverServiceAccountKeys,
  apiserverTokenAuthFile,
} from '../../../../src/checks/control-plane/api-server-access.ts';
import {
  apiserverAlwaysAdmit,
  apiserverCoreAdmissionDisabled,
  apiserverOptionalAdmission,
} from '../../../../src/checks/control-plane/api-server-admission.ts';
import {
  apiserverAuditLogging,
  apiserverSecretsNotEncrypted,
} from '../../../../src/checks/control-plane/api-server-data.ts';
import {
  apiserverEtcdTls,
  apiserverKubeletTls,
  apiserverServingTls,
} from '../../../../src/checks/control-plane/api-server-tls.ts';
import { controllerManagerHardening, schedulerHardening } from '../../../../src/checks/control-plane/controllers.ts';
import { etcdClientTls, etcdPeerTls } from '../../../../src/checks/control-plane/etcd.ts';
import { controlPlaneChecks } from '../../../../src/checks/control-plane/index.ts';
import { cluster } from '../cluster/facts.ts';
import { fails, undecided, verdicts, type Expected } from '../verdicts.ts';
import { controlPlane, KUBEADM, type Command } from './facts.ts';

type Case = readonly [name: string, input: ReturnType<typeof controlPlane>, expected: Expected];

/** A case of one component with these flags. */
const on =
  (component: string) =>
  (name: string, flags: string, expected: Expected): Case => [
    name,
    controlPlane(`${component} ${flags}`.trim()),
    expected,
  ];
const api = on('kube-apiserver');
const etcd = on('etcd');
const manager = on('kube-controller-manager');
const scheduler = on('kube-scheduler');
const kubeadm: Case[1] = controlPlane(...KUBEADM);
const many = (...commands: readonly Command[]): Case[1] => controlPlane(...commands);

verdicts(apiserverAnonymousAuth, [
  api('an API server that refuses', '--anonymous-auth=false', PASS),
  api(
    'an API server that says nothing',
    '',
    fails({ path: 'anonymous-auth', message: 'kube-apiserver does not run with --anonymous-auth=false' }),
  ),
  api('a file that may limit it', '--authentication-config=/a.yaml', undecided('NotProvided')),
  api('a refusal beside a file', '--anonymous-auth=false --authentication-config=/a.yaml', PASS),
  api('a value that a script puts in', '--anonymous-auth=$ANONYMOUS', undecided('NotProvided')),
]);

verdicts(apiserverTokenAuthFile, [
  api('no file', '', PASS),
  api('a file', '--token-auth-file=/tokens.csv', fails('token-auth-file')),
]);

verdicts(apiserverAuthorizationMode, [
  api('Node and RBAC', '--authorization-mode=Node,RBAC', PASS),
  api(
    'items that only look alike',
    '--authorization-mode=NodeX,RBAC',
    fails({ key: 'kube-apiserver authorization-mode has Node', severity: 'High' }),
  ),
  api(
    'AlwaysAllow, and says no more',
    '--authorization-mode=AlwaysAllow',
    fails({ message: '--authorization-mode of kube-apiserver has AlwaysAllow' }),
  ),
  api('AlwaysAllow, which is the default', '', fails('authorization-mode')),
  api('a file that decides', '--authorization-config=/a.yaml', undecided('NotProvided')),
]);

verdicts(apiserverServiceAccountKeys, [
  api(
    'tokens that are not extended',
    '--service-account-key-file=/sa.pub --service-account-extend-token-expiration=false',
    PASS,
  ),
  api(
    'tokens that are extended by default',
    '--service-account-key-file=/sa.pub',
    fails({ path: 'service-account-extend-token-expiration', severity: 'Low' }),
  ),
  api(
    'tokens that are not looked up',
    '--service-account-key-file=/sa.pub --service-account-extend-token-expiration=false --service-account-lookup=false',
    fails('service-account-lookup'),
  ),
]);

verdicts(apiserverProfiling, [
  api('profiling off', '--profiling=false', PASS),
  api('profiling off by a word of its own, which does nothing', '--profiling false', fails('profiling')),
]);

verdicts(apiserverAlwaysAdmit, [
  api('no plugins', '', PASS),
  api('plugins with it', '--enable-admission-plugins=NodeRestriction,AlwaysAdmit', fails('enable-admission-plugins')),
]);

verdicts(apiserverCoreAdmissionDisabled, [
  ['kubeadm', kubeadm, PASS],
  api('NodeRestriction not switched on', '', fails('enable-admission-plugins')),
  api(
    'PodSecurity switched off',
    '--enable-admission-plugins=NodeRestriction --disable-admission-plugins=PodSecurity',
    fails({ key: 'kube-apiserver disable-admission-plugins lacks PodSecurity' }),
  ),
]);

verdicts(apiserverOptionalAdmission, [
  api('all of them', '--enable-admission-plugins=EventRateLimit,AlwaysPullImages,DenyServiceExternalIPs', PASS),
  ['none of them', kubeadm, fails('enable-admission-plugins', 'enable-admission-plugins', 'enable-admission-plugins')],
]);

verdicts(apiserverAuditLogging, [
  api(
    'a log that is kept',
    '--audit-policy-file=/p --audit-log-path=/l --audit-log-maxage=30 --audit-log-maxbackup=10 --audit-log-maxsize=100',
    PASS,
  ),
  api('a webhook', '--audit-policy-file=/p --audit-webhook-config-file=/w', PASS),
  api('the standard output, which others rotate', '--audit-policy-file=/p --audit-log-path=-', PASS),
  api('nothing, in two findings', '', fails('audit-policy-file', 'audit-log-path')),
  api(
    'limits that are too low or missing',
    '--audit-policy-file=/p --audit-log-path=/l --audit-log-maxage=29 --audit-log-maxsize=x',
    fails('audit-log-maxage', 'audit-log-maxbackup', 'audit-log-maxsize'),
  ),
]);

verdicts(apiserverSecretsNotEncrypted, [
  api('no configuration', '', fails('encryption-provider-config')),
  api('a configuration that nobody sees', '--encryption-provider-config=/e.yaml', undecided('NotProvided')),
]);

verdicts(apiserverKubeletTls, [
  api(
    'certificates and an authority',
    '--kubelet-client-certificate=/c --kubelet-client-key=/k --kubelet-certificate-authority=/a',
    PASS,
  ),
  ['kubeadm, which verifies no kubelet', kubeadm, fails('kubelet-certificate-authority')],
  api(
    'an empty value',
    '--kubelet-client-certificate= --kubelet-client-key=/k --kubelet-certificate-authority=/a',
    fails('kubelet-client-certificate'),
  ),
]);

verdicts(apiserverEtcdTls, [
  ['kubeadm', kubeadm, PASS],
  api('no certificates', '', fails('etcd-certfile', 'etcd-keyfile', 'etcd-cafile')),
]);

const SERVING = '--tls-cert-file=/c --tls-private-key-file=/k --client-ca-file=/a';
verdicts(apiserverServingTls, [
  ['kubeadm', kubeadm, PASS],
  api(
    'strong suites',
    `${SERVING} --tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_AES_128_GCM_SHA256`,
    PASS,
  ),
  api(
    'a weak suite among strong ones',
    `${SERVING} --tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_RSA_WITH_RC4_128_SHA`,
    fails({ path: 'tls-cipher-suites', severity: 'Low' }),
  ),
  api('a certificate of its own making', '--client-ca-file=/a', fails('tls-cert-file', 'tls-private-key-file')),
]);

verdicts(etcdClientTls, [
  ['kubeadm', kubeadm, PASS],
  etcd('clients without certificates', '--cert-file=/c --key-file=/k', fails('client-cert-auth')),
  etcd(
    'certificates of its own making',
    '--cert-file=/c --key-file=/k --client-cert-auth --auto-tls',
    fails('auto-tls'),
  ),
  etcd('a file that decides, whatever the flags', '--config-file=/etcd.yaml --auto-tls', undecided('NotProvided')),
]);

verdicts(etcdPeerTls, [
  ['kubeadm', kubeadm, PASS],
  etcd(
    'peers without anything',
    '',
    fails('peer-cert-file', 'peer-key-file', 'peer-client-cert-auth', 'trusted-ca-file'),
  ),
  [
    'the authority that also signs for users',
    many(
      'etcd --peer-cert-file=/c --peer-key-file=/k --peer-client-cert-auth --trusted-ca-file=/ca.crt',
      'kube-apiserver --client-ca-file=/ca.crt',
    ),
    fails({ key: 'etcd trusted-ca-file differs' }),
  ],
]);

verdicts(controllerManagerHardening, [
  ['kubeadm, which profiles', kubeadm, fails({ path: 'profiling', severity: 'Low' })],
  manager(
    'one that is hardened',
    '--bind-address=::1 --profiling=false --use-service-account-credentials --root-ca-file=/r --service-account-private-key-file=/k',
    PASS,
  ),
  manager(
    'one that serves nothing',
    '--secure-port=0 --profiling=false --use-service-account-credentials --root-ca-file=/r --service-account-private-key-file=/k',
    PASS,
  ),
  manager(
    'one on all addresses, which is the default, that keeps every pod',
    '--profiling=false --use-service-account-credentials --root-ca-file=/r --service-account-private-key-file=/k --terminated-pod-gc-threshold=0',
    fails('bind-address', 'terminated-pod-gc-threshold'),
  ),
]);

verdicts(schedulerHardening, [
  scheduler('one that is hardened', '--bind-address=127.0.0.1 --profiling=false', PASS),
  scheduler(
    'one with a file, by which the flag is ignored',
    '--bind-address=127.0.0.1 --profiling=true --config=/s.yaml',
    undecided('NotProvided'),
  ),
  scheduler('one with a file on all addresses', '--config=/s.yaml', fails('bind-address')),
]);

describe('Several nodes of the control plane', () => {
  const outcomeOf = (...commands: readonly Command[]): unknown => apiserverProfiling.evaluate(many(...commands));

  it('are as bad as the worst of them, which is named', () => {
    assert.deepEqual(
      outcomeOf(['kube-apiserver --profiling=false', 'a'], ['kube-apiserver', 'c'], ['kube-apiserver', 'b']),
      [
        {
          path: 'profiling',
          message: 'kube-apiserver does not run with --profiling=false, on b and c',
          key: 'kube-apiserver profiling',
        },
      ],
    );
  });

  it('are not named where all agree, so that a new one changes nothing', () => {
    const one = outcomeOf(['kube-apiserver', 'a']);
    assert.deepEqual(outcomeOf(['kube-apiserver', 'a'], ['kube-apiserver', 'b']), one);
  });
});

for (const check of controlPlaneChecks) {
  verdicts(check, [['a control plane that its provider hides', cluster(), undecided('ManagedControlPlane')]]);
}
