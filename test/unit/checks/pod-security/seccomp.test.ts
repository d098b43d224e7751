import { PASS, SKIP } from '../../../../src/checks/check.ts';
import { seccompProfileMissing, seccompUnconfined } from '../../../../src/checks/pod-security/seccomp.ts';
import { container, fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const profile = (type: string): { securityContext: { seccompProfile: { type: string } } } => ({
  securityContext: { seccompProfile: { type } },
});
const confined = profile('RuntimeDefault');
const unconfined = profile('Unconfined');
const ofPod = 'spec.securityContext.seccompProfile.type';
const ofApp = 'spec.containers[app].securityContext.seccompProfile.type';

const podKey = 'seccomp.security.alpha.kubernetes.io/pod';
const appKey = 'container.seccomp.security.alpha.kubernetes.io/app';

verdicts(seccompUnconfined, [
  ['a pod that says nothing', pod(), PASS],
  ['RuntimeDefault and Localhost', pod({ ...confined, containers: [container(profile('Localhost'))] }), PASS],
  ['an unconfined container', pod({ containers: [container(unconfined)] }), fails({ container: 'app', path: ofApp })],
  [
    'an unconfined pod, once',
    pod({ ...unconfined, containers: [container(), container({ name: 'b' })] }),
    fails(ofPod),
  ],
  [
    'an unconfined pod, although its container overrides it',
    pod({ ...unconfined, containers: [container(confined)] }),
    fails(ofPod),
  ],
  ['an unknown type', pod(profile('runtimeDefault')), fails(ofPod)],
  ['a profile without a type', pod({ securityContext: malformed({}, { seccompProfile: {} }) }), fails(ofPod)],
  [
    'a type that is no string',
    pod({ securityContext: malformed({}, { seccompProfile: { type: 1 } }) }),
    undecided('Malformed'),
  ],
  ['an annotation from policy v1.19 on', pod({}, { [podKey]: 'unconfined', [appKey]: 'unconfined' }, 19), PASS],
  ['an unconfined field at policy v1.19', pod(unconfined, {}, 19), fails(ofPod)],
  ['an unconfined field at policy v1.18', pod(unconfined, {}, 18), PASS],
  [
    'annotations that confine, at policy v1.18',
    pod({}, { [podKey]: 'docker/default', [appKey]: 'localhost/profile' }, 18),
    PASS,
  ],
  ['runtime/default, at the oldest policy version', pod({}, { [podKey]: 'runtime/default' }, 0), PASS],
  [
    'annotations that do not, at policy v1.18',
    pod({}, { [podKey]: 'unconfined', [appKey]: 'unconfined' }, 18),
    fails(`metadata.annotations[${podKey}]`, { container: 'app', path: `metadata.annotations[${appKey}]` }),
  ],
  ['an empty annotation, at policy v1.18', pod({}, { [podKey]: '' }, 18), fails(`metadata.annotations[${podKey}]`)],
  [
    'the annotation of a container that is not there, at policy v1.18',
    pod({}, { [`${appKey}-2`]: 'unconfined' }, 18),
    PASS,
  ],
  [
    'an annotation that is no string, at policy v1.18',
    pod({}, malformed({}, { [podKey]: 1 }), 18),
    undecided('Malformed'),
  ],
]);

verdicts(seccompProfileMissing, [
  ['a pod with a profile', pod(confined), PASS],
  [
    'containers with profiles',
    pod({ containers: [container(confined), container({ name: 'b', ...profile('Localhost') })] }),
    PASS,
  ],
  [
    'a container that nobody speaks for',
    pod(),
    fails({ container: 'app', path: 'spec.containers[app].securityContext.seccompProfile' }),
  ],
  [
    'the one container that nobody speaks for',
    pod({ containers: [container(confined), container({ name: 'b' })] }),
    fails({ container: 'b' }),
  ],
  [
    'an unconfined container',
    pod({ ...confined, containers: [container(unconfined)] }),
    fails({ container: 'app', path: ofApp }),
  ],
  [
    'an unconfined pod, once',
    pod({ ...unconfined, containers: [container(), container({ name: 'b' })] }),
    fails(ofPod),
  ],
  [
    'an unconfined pod, although its container overrides it',
    pod({ ...unconfined, containers: [container(confined)] }),
    fails(ofPod),
  ],
  ['an annotation alone', pod({}, { [podKey]: 'runtime/default' }), fails({ container: 'app' })],
  ['policy v1.18, before the control existed', pod({}, {}, 18), SKIP],
  ['policy v1.19', pod({}, {}, 19), fails({ container: 'app' })],
  ['a Windows pod at policy v1.24', pod({ os: { name: 'windows' } }, {}, 24), fails({ container: 'app' })],
  ['a Windows pod at policy v1.25', pod({ os: { name: 'windows' } }, {}, 25), SKIP],
  [
    'a name in place of a profile',
    pod({ securityContext: malformed({}, { seccompProfile: 'RuntimeDefault' }) }),
    undecided('Malformed'),
  ],
]);
