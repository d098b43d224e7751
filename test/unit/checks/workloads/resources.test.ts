import type { V1Container, V1ResourceRequirements } from '@kubernetes/client-node';
import { PASS } from '../../../../src/checks/check.ts';
import type { WorkloadInput } from '../../../../src/checks/check.ts';
import { resourceLimitsMissing, resourceRequestsMissing } from '../../../../src/checks/workloads/resources.ts';
import { container, fails, malformed, undecided, verdicts } from '../verdicts.ts';
import { limitRange, specOf, workload } from '../inputs.ts';

const withResources = (resources: V1ResourceRequirements): WorkloadInput =>
  workload({ specs: [specOf({ containers: [container({ resources })] })] });
const sidecar = (resources: V1ResourceRequirements): V1Container =>
  container({ name: 'proxy', restartPolicy: 'Always', resources });
const LIMITED = container({ resources: { limits: { cpu: '1', memory: '1Gi' } } });
const broken = workload({ specs: [specOf({ containers: [malformed(container(), { resources: '1Gi' })] })] });
const bare = specOf();

verdicts(resourceLimitsMissing, [
  ['a limit of memory, without one of CPU', withResources({ limits: { memory: '64Mi' } }), PASS],
  [
    'a limit of the pod',
    workload({ specs: [specOf(malformed({}, { resources: { limits: { memory: '1Gi' } } }))] }),
    PASS,
  ],
  ['a limit that a LimitRange will give', workload({ limitRanges: [limitRange('limits.memory')] }), PASS],
  [
    'an init container that is soon over',
    workload({ specs: [specOf({ initContainers: [container({ name: 'init' })], containers: [LIMITED] })] }),
    PASS,
  ],
  [
    'a debug container, which cannot have limits',
    workload({ specs: [specOf({ ephemeralContainers: [{ name: 'debug' }], containers: [LIMITED] })] }),
    PASS,
  ],
  [
    'no limit',
    workload(),
    fails({ container: 'app', key: 'limits.memory', path: 'spec.containers[app].resources.limits.memory' }),
  ],
  ['a request alone', withResources({ requests: { memory: '64Mi' } }), fails({ container: 'app' })],
  ['a limit of zero, which is none', withResources({ limits: { memory: '0' } }), fails({ container: 'app' })],
  [
    'a sidecar',
    workload({ specs: [specOf({ initContainers: [sidecar({})], containers: [LIMITED] })] }),
    fails({ container: 'proxy' }),
  ],
  [
    'a LimitRange that gives something else',
    workload({ limitRanges: [limitRange('requests.memory')] }),
    fails({ container: 'app' }),
  ],
  [
    'a live pod from before the LimitRange',
    workload({ specs: [specOf(), bare], admitted: [bare], limitRanges: [limitRange('limits.memory')] }),
    fails({ container: 'app' }),
  ],
  [
    'a template and its pods once',
    workload({ specs: [specOf(), bare], admitted: [bare] }),
    fails({ container: 'app' }),
  ],
  ['resources that are a string', broken, undecided('Malformed')],
]);

verdicts(resourceRequestsMissing, [
  ['requests', withResources({ requests: { cpu: '10m', memory: '64Mi' } }), PASS],
  ['limits, which are requests too', withResources({ limits: { cpu: '1', memory: '64Mi' } }), PASS],
  [
    'requests of the pod',
    workload({ specs: [specOf(malformed({}, { resources: { requests: { cpu: 1, memory: '1Gi' } } }))] }),
    PASS,
  ],
  [
    'requests that LimitRanges will give',
    workload({ limitRanges: [limitRange('requests.cpu'), limitRange('requests.memory')] }),
    PASS,
  ],
  ['nothing said', workload(), fails({ key: 'requests.cpu' }, { key: 'requests.memory' })],
  ['one of the two', withResources({ requests: { cpu: '10m' } }), fails({ key: 'requests.memory', container: 'app' })],
  ['resources that are a string', broken, undecided('Malformed')],
]);
