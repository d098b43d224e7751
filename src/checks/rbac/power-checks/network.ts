import { grantedInCluster, ruleYaml } from '../examples.ts';
import { powerCheck } from '../power-check.ts';

const NSA = ['Authentication and authorization'];

/** Services and their endpoints say where traffic goes, policies whether it may. */
export const networkConfigWrite = powerCheck('network-config-write', {
  severity: 'Medium',
  title: 'Binding allows to redirect or open network traffic',
  why: 'A changed Service, endpoint or route leads traffic to another place; a changed NetworkPolicy lets it through.',
  fix: 'Leave endpoints to the controllers, and grant the rest in the namespaces where it is needed.',
  references: { nsa: [...NSA, 'Network policies'], mitre: ['T1557'], trivy: ['KSV-0056'] },
  example: {
    before: grantedInCluster(ruleYaml('', 'services', 'create, update')),
    after: grantedInCluster(ruleYaml('', 'services', 'get, list')),
  },
});

/** In ordinary namespaces the ConfigMaps are those of their owners, and there is nothing to say. */
export const configmapWriteSensitive = powerCheck('configmap-write-sensitive', {
  severity: 'Medium',
  title: 'Binding allows to write ConfigMaps of the cluster',
  why: 'ConfigMaps of kube-system configure cluster DNS and kube-proxy; aws-auth of Amazon EKS decides who is an administrator.',
  fix: 'Grant it in the namespaces where it is needed, or limit it by resourceNames.',
  references: { nsa: NSA, mitre: ['T1565'], trivy: ['KSV-0049', 'KSV-0115'], kubescape: ['C-0037'] },
  example: {
    before: grantedInCluster(ruleYaml('', 'configmaps', 'update')),
    after: grantedInCluster(ruleYaml('', 'configmaps', 'get')),
  },
});

/** CVE-2020-8554: an address of a load balancer that is written into the status draws its traffic to the Service. */
export const serviceStatusWrite = powerCheck('service-status-write', {
  severity: 'Low',
  title: 'Binding allows to forge the status of Services or pods',
  why: 'The status of a Service can draw traffic of foreign addresses to it (CVE-2020-8554), that of a pod its endpoints.',
  fix: 'Leave the status to the kubelets and to the controllers that come with the cluster.',
  references: { nsa: NSA, mitre: ['T1557'], urls: ['https://github.com/kubernetes/kubernetes/issues/97076'] },
  example: {
    before: grantedInCluster(ruleYaml('', 'services/status', 'patch')),
    after: grantedInCluster(ruleYaml('', 'services/status', 'get')),
  },
});
