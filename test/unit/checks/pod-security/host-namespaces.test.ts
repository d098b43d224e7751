import { PASS } from '../../../../src/checks/check.ts';
import { hostIpc, hostNetwork, hostPid } from '../../../../src/checks/pod-security/host-namespaces.ts';
import { fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const all = { hostNetwork: true, hostPID: true, hostIPC: true };

verdicts(hostNetwork, [
  ['a pod on its own network', pod(), PASS],
  ['hostNetwork: false', pod({ hostNetwork: false }), PASS],
  ['a pod that shares other namespaces of its node', pod({ hostPID: true, hostIPC: true }), PASS],
  ['a pod on the network of its node', pod({ hostNetwork: true }), fails('spec.hostNetwork')],
  ['a pod that shares all namespaces, once', pod(all), fails('spec.hostNetwork')],
  ['the oldest policy version', pod({ hostNetwork: true }, {}, 0), fails('spec.hostNetwork')],
  ['a value that is no boolean', pod(malformed({}, { hostNetwork: 'true' })), undecided('Malformed')],
  ['null, which is unset', pod(malformed({}, { hostNetwork: null })), PASS],
]);

verdicts(hostPid, [
  ['a pod with processes of its own', pod({ hostNetwork: true, hostIPC: true }), PASS],
  ['a pod that sees the processes of its node', pod(all), fails('spec.hostPID')],
  ['a value that is no boolean', pod(malformed({}, { hostPID: 1 })), undecided('Malformed')],
]);

verdicts(hostIpc, [
  ['a pod with shared memory of its own', pod({ hostNetwork: true, hostPID: true }), PASS],
  ['a pod that shares the memory of its node', pod(all), fails('spec.hostIPC')],
  ['a value that is no boolean', pod(malformed({}, { hostIPC: {} })), undecided('Malformed')],
]);
