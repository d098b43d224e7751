const API_VERSION = 'apiVersion: rbac.authorization.k8s.io/v1';

/** A rule as YAML, in the list `rules`. */
export function ruleYaml(group: string, resources: string, verbs: string): string {
  return `  - apiGroups: ['${group}']\n    resources: [${resources}]\n    verbs: [${verbs}]`;
}

/** A subject as YAML, in the list `subjects`. */
export const groupYaml = (name: string): string =>
  `  - apiGroup: rbac.authorization.k8s.io\n    kind: Group\n    name: ${name}`;

/** A ClusterRoleBinding as YAML. */
export const clusterBindingYaml = (clusterRole: string, subject: string): string => `${API_VERSION}
kind: ClusterRoleBinding
metadata:
  name: deployers
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: ${clusterRole}
subjects:
${subject}`;

/** A RoleBinding in the namespace shop as YAML. */
export const bindingYaml = (kind: string, role: string, subject: string): string => `${API_VERSION}
kind: RoleBinding
metadata:
  name: deployers
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ${kind}
  name: ${role}
subjects:
${subject}`;

/** A ClusterRole with these rules as YAML; `labels` is a line of metadata. */
export const clusterRoleYaml = (rules: readonly string[], labels = ''): string => `${API_VERSION}
kind: ClusterRole
metadata:
  name: deployer${labels === '' ? '' : `\n  labels:\n    ${labels}`}
rules:
${rules.join('\n')}`;

/** A Role of the namespace shop with these rules as YAML. */
export const roleYaml = (...rules: readonly string[]): string => `${API_VERSION}
kind: Role
metadata:
  name: deployer
  namespace: shop
rules:
${rules.join('\n')}`;

/** Several objects in one text. */
export const documents = (...objects: readonly string[]): string => objects.join('\n---\n');

/** A group that may do this in the whole cluster. */
export const grantedInCluster = (...rules: readonly string[]): string =>
  documents(clusterRoleYaml(rules), clusterBindingYaml('deployer', groupYaml('deployers')));

/** A group that may do this in one namespace. */
export const grantedInNamespace = (...rules: readonly string[]): string =>
  documents(roleYaml(...rules), bindingYaml('Role', 'deployer', groupYaml('deployers')));

/** A ServiceAccount of the namespace shop as YAML; `more` is a line of it. */
export const accountYaml = (name: string, more = ''): string => `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  namespace: shop${more === '' ? '' : `\n${more}`}`;

/** A ServiceAccount of the namespace shop as a subject, in the list `subjects`. */
export const subjectYaml = (name: string): string => `  - kind: ServiceAccount\n    name: ${name}\n    namespace: shop`;

/** A Deployment of the namespace shop whose pods run as this ServiceAccount, as YAML; `more` is a line of their spec. */
export const deploymentYaml = (name: string, serviceAccount: string, more = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
      serviceAccountName: ${serviceAccount}${more === '' ? '' : `\n      ${more}`}
      containers:
        - name: app
          image: registry.example/app:1.0`;
