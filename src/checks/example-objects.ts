/** Objects as they stand in one file; for the examples of checks that join several. */
export const objects = (...yaml: readonly string[]): string => yaml.map((each) => each.trim()).join('\n---\n');

/** A Namespace without labels. */
export const namespaceCalled = (name: string): string => `
apiVersion: v1
kind: Namespace
metadata: {name: ${name}}`;

/** A pod with one container, called as it is. */
export const podIn = (namespace: string, name: string): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: ${namespace}}
spec: {containers: [{name: ${name}, image: registry.example/${name}:1}]}`;

/** The Namespace `shop`, in which a pod runs. */
export const INHABITED = objects(namespaceCalled('shop'), podIn('shop', 'web'));

/** The Namespace `shop`, which enforces a level of Pod Security. */
export const enforcing = (level: string): string => `
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/enforce: ${level}}`;

/** An object `web` of the namespace `shop`, whose spec has these lines. */
export const webWith = (apiVersion: string, kind: string, ...spec: readonly string[]): string =>
  [
    `apiVersion: ${apiVersion}`,
    `kind: ${kind}`,
    'metadata: {name: web, namespace: shop}',
    'spec:',
    ...spec.map((line) => `  ${line}`),
  ].join('\n');

/** The pod `web` of the namespace `shop`, labelled as it is called. */
export const LABELLED_POD = `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web, image: registry.example/web:1}]}`;
