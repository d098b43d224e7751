import assert from 'node:assert/strict';
import { CATALOGUE } from '../../../src/checks/catalogue.ts';
import type { Target } from '../../../src/checks/check.ts';
import { SEVERITIES } from '../../../src/crds/index.ts';
import { ALL } from '../../support/all-checks.ts';

const TARGETS: readonly Target[] = [
  'pod',
  'workload',
  'serviceAccount',
  'role',
  'binding',
  'grant',
  'node',
  'namespace',
  'service',
  'ingress',
  'networkPolicy',
  'configMap',
  'cluster',
  'kubelet',
  'admissionWebhook',
];

/** Findings are remembered by these ids; one that is gone from here was renamed, which must never happen. */
const IDS = `
  privileged-container privilege-escalation-allowed capabilities-added-non-default capabilities-not-dropped
  capabilities-added-restricted run-as-root-allowed run-as-user-zero seccomp-unconfined seccomp-profile-missing
  apparmor-unconfined selinux-custom-options proc-mount-unmasked proc-mount-unmasked-restricted host-port
  windows-host-process probe-host-field host-network host-pid host-ipc host-path-volume restricted-volume-type unsafe-sysctl
  service-account-token-automounted service-account-token-stale default-service-account-used default-sa-automount-enabled
  default-sa-has-grants secret-in-plain-env secret-env-reference image-tag-mutable image-digest-not-pinned
  cluster-admin-binding wildcard-in-role user-bound-directly masters-group-binding anonymous-binding node-public-ip
  kubelet-version-unsupported kubelet-version-skew cluster-version-unsupported namespace-without-network-policy
  namespace-psa-not-enforced default-namespace-used
  dangerous-capability net-raw-capability writable-root-filesystem security-context-missing run-as-root-group run-as-low-id
  host-path-sensitive host-path-writable container-runtime-socket share-process-namespace user-namespace-not-used
  host-aliases ssh-port-exposed privileged-port-bound ephemeral-debug-container service-account-not-found
  projected-token-overbroad image-registry-not-allowed image-registry-deprecated image-pull-policy-not-always
  resource-limits-missing resource-requests-missing naked-pod workload-in-system-namespace control-plane-toleration
  cluster-dashboard-deployed tiller-deployed namespace-without-limit-range
  node-os-end-of-life node-runtime-outdated node-kernel-vulnerable control-plane-node-schedulable kubelet-anonymous-auth
  kubelet-authorization-always-allow kubelet-client-ca-missing kubelet-read-only-port kubelet-serving-cert
  kubelet-cert-rotation-disabled kubelet-pod-pids-unlimited kubelet-seccomp-default-off kubelet-streaming-timeout-disabled
  kubelet-iptables-chains-disabled kubelet-weak-ciphers kubelet-event-qps kubelet-protect-kernel-defaults
  kube-proxy-metrics-exposed cluster-patch-outdated api-server-public cni-without-network-policy
  admission-policy-engine-missing policy-engine-audit-only admission-webhook-fail-open external-secret-store-absent
  security-scanner-missing deprecated-api-in-use apiserver-anonymous-auth apiserver-token-auth-file
  apiserver-authorization-mode apiserver-always-admit apiserver-core-admission-disabled apiserver-audit-logging
  apiserver-secrets-not-encrypted apiserver-kubelet-tls apiserver-etcd-tls apiserver-serving-tls
  apiserver-service-account-keys apiserver-profiling apiserver-optional-admission etcd-client-tls etcd-peer-tls
  controller-manager-hardening scheduler-hardening
  sa-long-lived-token legacy-token-secret-mounted host-path-claim
  configmap-contains-secret namespace-without-default-deny namespace-psa-privileged namespace-psa-would-fail
  namespace-without-resource-quota namespaces-not-separated pod-not-isolated network-policy-allows-all
  network-policy-selects-nothing service-public-load-balancer service-node-port service-external-ips ingress-without-tls
  ingress-wildcard-host ingress-nginx-unsafe-annotation
  powerful-service-account service-account-shared sa-automount-enabled sa-unused-with-grants sa-cross-namespace-use
  sa-cloud-identity admin-equivalent-role authenticated-group-binding all-service-accounts-binding secrets-read secrets-write
  token-request impersonate escalate-or-bind rbac-write csr-approve pod-create workload-write pod-exec-attach
  pod-ephemeral-containers-write pod-port-forward nodes-proxy node-write namespace-label-write webhook-config-write
  persistent-volume-create excessive-delete audit-trail-delete network-config-write configmap-write-sensitive
  service-status-write nonresource-url-wildcard aggregated-role-broadened role-ref-missing binding-subject-missing
  cross-namespace-subject`
  .trim()
  .split(/\s+/);

describe('The catalogue', () => {
  it('has every check that was ever released', () => {
    assert.deepEqual(
      CATALOGUE.map(({ id }) => id)
        .filter((id) => IDS.includes(id))
        .sort(),
      [...IDS].sort(),
    );
  });

  it('has no id twice', () => {
    assert.equal(new Set(CATALOGUE.map(({ id }) => id)).size, CATALOGUE.length);
  });

  it('has each check under exactly one target, in order', () => {
    assert.deepEqual(
      TARGETS.flatMap((target) => ALL.of(target))
        .map(({ id }) => id)
        .sort(),
      CATALOGUE.map(({ id }) => id).sort(),
    );
    for (const target of TARGETS) {
      assert.deepEqual(
        ALL.of(target),
        CATALOGUE.filter((check) => check.target === target),
      );
    }
  });

  for (const { id, severity, title, why, fix, references, revision = 1, reads = [], alsoReads = [] } of CATALOGUE) {
    describe(id, () => {
      it('is called in kebab case', () => assert.match(id, /^[a-z]+(?:-[a-z]+)*$/));
      it('has a known severity', () => assert.ok(SEVERITIES.includes(severity)));
      it('has a title without a full stop', () => assert.match(title, /^[A-Z/].{10,78}[^.\s]$/));
      it('says in sentences why it matters and how to fix it', () => {
        for (const text of [why, fix]) assert.match(text, /^[A-Z].+\.$/);
      });
      it('refers to other catalogues by well-formed ids', () => {
        for (const [version, item] of references.cis ?? [])
          assert.match(`${version} ${item}`, /^1\.\d+ \d+(?:\.\d+)+$/);
        for (const trivy of references.trivy ?? []) assert.match(trivy, /^(?:KSV|KCV|KUBE)-\d{4,5}$/);
        for (const kubescape of references.kubescape ?? []) assert.match(kubescape, /^C-\d{4}$/);
        for (const mitre of references.mitre ?? []) assert.match(mitre, /^T\d{4}(?:\.\d{3})?$/);
        for (const url of references.urls ?? []) assert.equal(new URL(url).protocol, 'https:');
      });
      it('has a whole revision, and reads no kind twice', () => {
        assert.ok(Number.isInteger(revision) && revision >= 1);
        assert.equal(new Set([...reads, ...alsoReads]).size, reads.length + alsoReads.length);
      });
    });
  }
});
