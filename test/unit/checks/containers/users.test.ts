import { PASS, SKIP } from '../../../../src/checks/check.ts';
import { runAsLowId, runAsRootGroup } from '../../../../src/checks/containers/users.ts';
import { container, fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

verdicts(runAsRootGroup, [
  ['nothing said', pod(), PASS],
  ['other groups', pod({ securityContext: { runAsGroup: 1, fsGroup: 2, supplementalGroups: [3] } }), PASS],
  [
    'a root group of the pod that every container overrides',
    pod({ securityContext: { runAsGroup: 0 }, containers: [container({ securityContext: { runAsGroup: 7 } })] }),
    PASS,
  ],
  ['a Windows pod', pod({ os: { name: 'windows' }, securityContext: { fsGroup: 0 } }), SKIP],
  ['root in a user namespace of its own', pod({ hostUsers: false, securityContext: { runAsGroup: 0 } }), SKIP],
  [
    'a root group of the pod, once, where a container takes it over',
    pod({ securityContext: { runAsGroup: 0 }, containers: [container(), container({ name: 'b' })] }),
    fails({ path: 'spec.securityContext.runAsGroup', key: 'runAsGroup' }),
  ],
  [
    'a root group of a container',
    pod({ securityContext: { runAsGroup: 7 }, containers: [container({ securityContext: { runAsGroup: 0 } })] }),
    fails({ container: 'app', path: 'spec.containers[app].securityContext.runAsGroup' }),
  ],
  [
    'groups of volumes, and further groups',
    pod({ securityContext: { fsGroup: 0, supplementalGroups: [1000, 0] } }),
    fails({ key: 'fsGroup' }, { key: 'supplementalGroups' }),
  ],
  ['a group that is a word', pod({ securityContext: malformed({}, { fsGroup: 'root' }) }), undecided('Malformed')],
]);

verdicts(runAsLowId, [
  ['high ids on the pod', pod({ securityContext: { runAsUser: 10_001, runAsGroup: 10_001 } }), PASS],
  [
    'low ids on the pod that the container overrides',
    pod({
      securityContext: { runAsUser: 1, runAsGroup: 1 },
      containers: [container({ securityContext: { runAsUser: 20_000, runAsGroup: 20_000 } })],
    }),
    PASS,
  ],
  ['a Windows pod', pod({ os: { name: 'windows' } }), SKIP],
  ['nothing said', pod(), fails({ container: 'app', key: 'runAsUser' }, { key: 'runAsGroup' })],
  [
    'the last low id',
    pod({ securityContext: { runAsUser: 10_000, runAsGroup: 10_001 } }),
    fails({ key: 'runAsUser', message: 'runAsUser is 10000' }),
  ],
  ['an id that is a string', pod({ securityContext: malformed({}, { runAsUser: '20000' }) }), undecided('Malformed')],
]);
