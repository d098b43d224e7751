import { PASS } from '../../../../src/checks/check.ts';
import { hostProcess } from '../../../../src/checks/pod-security/windows.ts';
import { container, fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const host = { securityContext: { windowsOptions: { hostProcess: true } } };
const own = { securityContext: { windowsOptions: { hostProcess: false } } };
const ofPod = 'spec.securityContext.windowsOptions.hostProcess';

verdicts(hostProcess, [
  ['a pod that says nothing', pod(), PASS],
  ['hostProcess: false', pod({ ...own, containers: [container(own)] }), PASS],
  [
    'a pod of host processes, once',
    pod({ ...host, containers: [container(), container({ name: 'b' })] }),
    fails(ofPod),
  ],
  [
    'a container',
    pod({ containers: [container(host)] }),
    fails({ container: 'app', path: 'spec.containers[app].securityContext.windowsOptions.hostProcess' }),
  ],
  ['a Windows pod', pod({ os: { name: 'windows' }, ...host }), fails(ofPod)],
  [
    'a value that is no boolean',
    pod({ securityContext: { windowsOptions: malformed({}, { hostProcess: 'true' }) } }),
    undecided('Malformed'),
  ],
]);
