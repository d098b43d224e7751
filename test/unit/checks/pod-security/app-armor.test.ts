import { PASS } from '../../../../src/checks/check.ts';
import { appArmorUnconfined } from '../../../../src/checks/pod-security/app-armor.ts';
import { container, fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const profile = (type: string): { securityContext: { appArmorProfile: { type: string } } } => ({
  securityContext: { appArmorProfile: { type } },
});
const key = 'container.apparmor.security.beta.kubernetes.io/app';
const ofPod = 'spec.securityContext.appArmorProfile.type';
const ofApp = 'spec.containers[app].securityContext.appArmorProfile.type';

verdicts(appArmorUnconfined, [
  ['a pod that says nothing', pod(), PASS],
  [
    'RuntimeDefault and Localhost',
    pod({ ...profile('RuntimeDefault'), containers: [container(profile('Localhost'))] }),
    PASS,
  ],
  ['an unconfined pod', pod(profile('Unconfined')), fails(ofPod)],
  [
    'an unconfined container',
    pod({ containers: [container(profile('Unconfined'))] }),
    fails({ container: 'app', path: ofApp }),
  ],
  ['a field at the oldest policy version', pod(profile('Unconfined'), {}, 0), fails(ofPod)],
  ['annotations that confine', pod({}, { [key]: 'runtime/default', [`${key}-2`]: 'localhost/profile' }), PASS],
  ['an empty annotation', pod({}, { [key]: '' }), PASS],
  [
    'an annotation that does not confine',
    pod({}, { [key]: 'unconfined' }),
    fails({ container: 'app', path: `metadata.annotations[${key}]` }),
  ],
  [
    'such an annotation at the newest policy version also',
    pod({}, { [key]: 'unconfined' }, 37),
    fails({ container: 'app' }),
  ],
  [
    'the annotation of a container that is not there',
    pod({}, { [`${key}-2`]: 'unconfined' }),
    fails({ container: 'app-2' }),
  ],
  [
    'an annotation and its copy in the field, once',
    pod({ containers: [container(profile('Unconfined'))] }, { [key]: 'unconfined' }),
    fails(ofApp),
  ],
  ['another annotation', pod({}, { 'example.com/apparmor': 'unconfined' }), PASS],
  ['an annotation that is no string', pod({}, malformed({}, { [key]: null })), undecided('Malformed')],
]);
