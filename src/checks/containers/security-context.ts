import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import { cis } from '../cis.ts';
import { containerCheck } from '../container-check.ts';
import { containerWith } from '../example-pods.ts';
import { booleanAt, objectAt, podOf, violationAt } from '../fields.ts';
import type { Place } from '../fields.ts';
import { isWindows } from '../pod-security/exemptions.ts';

const READ_ONLY = 'securityContext.readOnlyRootFilesystem';

/** Windows containers need a writable root, and the API server refuses the field there. */
export const writableRootFilesystem = containerCheck({
  id: 'writable-root-filesystem',
  severity: 'Low',
  title: 'Container may change its own file system',
  why: 'An intruder can replace programs of the container, and leave tools there that the next process starts.',
  fix: 'Set securityContext.readOnlyRootFilesystem to true, and mount an emptyDir where the program must write.',
  references: {
    cis: cis('5.6.3', { id: '5.7.3', until: '1.10' }),
    nsa: ['Pod security'],
    trivy: ['KSV-0014'],
    kubescape: ['C-0017'],
    polaris: ['notReadOnlyRootFilesystem'],
    kubeLinter: ['no-read-only-root-fs'],
    kubeScore: ['container-security-context-readonlyrootfilesystem'],
    checkov: ['CKV_K8S_22'],
    kubesec: ['ReadOnlyRootFilesystem'],
    kyverno: ['require-ro-rootfs'],
  },
  example: {
    before: containerWith(),
    after: containerWith('securityContext:\n  readOnlyRootFilesystem: true'),
  },
  skips: isWindows,
  evaluate: (container) =>
    booleanAt(container, READ_ONLY) === true
      ? []
      : [violationAt(container, READ_ONLY, 'readOnlyRootFilesystem is not true')],
});

/** The API server gives every live pod an empty securityContext: an empty one says as little as none. */
export const securityContextMissing = containerCheck({
  id: 'security-context-missing',
  severity: 'Low',
  title: 'Neither container nor pod has a security context',
  why: 'Nobody has decided what the container may do, so that everything is as lax as the defaults are.',
  fix:
    'Give the pod a securityContext with runAsNonRoot: true and seccompProfile RuntimeDefault, and each container one with ' +
    'allowPrivilegeEscalation: false and capabilities that drop ALL.',
  references: {
    cis: cis('5.6.3', { id: '5.7.3', until: '1.10' }),
    nsa: ['Pod security'],
    trivy: ['KSV-0118'],
    kubescape: ['C-0211'],
    polaris: ['linuxHardening'],
    checkov: ['CKV_K8S_29', 'CKV_K8S_30'],
  },
  example: {
    before: containerWith(),
    after: containerWith('securityContext:\n  allowPrivilegeEscalation: false'),
  },
  evaluate: (container, pod) =>
    hasSecurityContext(container) || hasSecurityContext(podOf(pod))
      ? []
      : [violationAt(container, 'securityContext', 'securityContext is set neither here nor on the pod')],
});

function hasSecurityContext(place: Place<V1Container> | Place<V1PodSpec>): boolean {
  const context = objectAt<V1Container | V1PodSpec>(place, 'securityContext') ?? {};
  return Object.values(context).some((value) => value !== undefined && value !== null);
}
