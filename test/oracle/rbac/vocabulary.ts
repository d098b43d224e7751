/** The words of which worlds and questions are made. Few, so that they meet; odd ones, so that nothing is taken for granted. */
export const VERBS = [
  'get',
  'list',
  'create',
  'update',
  'delete',
  'deletecollection',
  'impersonate',
  'bind',
  'GET',
  '*',
];

export const GROUPS = ['', 'apps', 'rbac.authorization.k8s.io', 'app', '*'];

/** As they stand in rules: only some of these mean anything with a star. */
export const RESOURCES = [
  'pods',
  'secrets',
  'deployments',
  'nodes',
  'pods/exec',
  'pods/log',
  'deployments/scale',
  'serviceaccounts/token',
  '*/exec',
  '*/scale',
  '*/*',
  '*/',
  'pods/*',
  'pod',
  '*',
];

export const ASKED_RESOURCES = ['pods', 'secrets', 'deployments', 'nodes', 'serviceaccounts', 'exec', 'pods/exec', '*'];
export const ASKED_SUBRESOURCES = ['', 'exec', 'log', 'scale', 'token', '*'];

/** An asterisk is a name like any other, and the empty one matches a request without a name. */
export const NAMES = ['a', 'b', 'a.b', '*', ''];

export const URLS = [
  '/metrics',
  '/healthz',
  '/healthz/*',
  '/healthz*',
  '/a/*/b',
  '/logs/',
  '/*',
  '*',
  '/api**',
  'metrics',
];
export const PATHS = [
  '/metrics',
  '/metrics/',
  '/healthz',
  '/healthz/',
  '/healthz/etcd',
  '/a/x/b',
  '/a/*/b',
  '/logs',
  '/apis',
  '*',
  '',
];

export const USERS = ['ann', 'Ann', 'ann:x', 'dev', 'system:anonymous', 'system:kube-scheduler'];
export const TEAMS = ['dev', 'Dev', 'system:unauthenticated', 'system:nodes', 'system:monitoring'];
export const ACCOUNTS = ['default', 'runner', 'r.x'];

/** Users and groups as which ServiceAccounts appear, and look-alikes. */
export function accountUsers(namespaces: readonly string[]): readonly string[] {
  const real = namespaces.flatMap((namespace) => ACCOUNTS.map((name) => `system:serviceaccount:${namespace}:${name}`));
  return [...real, `system:serviceaccount:${namespaces[0]}`, `system:serviceaccount:${namespaces[0]}:runner:x`];
}

export function accountGroups(namespaces: readonly string[]): readonly string[] {
  const ofNamespaces = namespaces.map((namespace) => `system:serviceaccounts:${namespace}`);
  return ['system:serviceaccounts', ...ofNamespaces, 'system:authenticated', 'system:serviceaccounts:'];
}

/** The label by which drawn objects are found again. */
export const RUN_LABEL = 'plimsoll.dev/oracle';

/** Labels by which roles are aggregated; by the last one they become part of a role that Kubernetes brings. */
export const LABELS = ['oracle.example/x', 'oracle.example/y', 'rbac.authorization.k8s.io/aggregate-to-view'];
export const LABEL_VALUES = ['true', 'false', ''];

/** Of roles and bindings. Those of RBAC may hold nearly any character. */
export const OBJECT_NAMES = ['o-a', 'o-b', 'O-a', 'o:c|d', 'o ünï e'];
/** Of a role that aggregates another that aggregates, and of that one. */
export const OUTER_ROLE = 'o-outer';
export const INNER_ROLE = 'o-inner';
export const BUILT_IN_ROLES = ['view', 'edit', 'cluster-admin', 'system:discovery', 'system:basic-user'];
