/** How an object, or a subject of a binding, is called. */
export interface Named {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** The same for the same name; no part of it can hold a slash but the name of a subject, which comes last. */
export const keyOf = ({ kind, namespace = '', name }: Named): string => [kind, namespace, name].join('/');

/** The name for people: `ServiceAccount shop/ci`, `Group admins`. */
export const nameOf = ({ kind, namespace, name }: Named): string =>
  `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
