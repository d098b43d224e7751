/** Why an object cannot be judged: what is wrong with a field. */
export interface ShapeProblem {
  readonly path: string;
  /** Completes the sentence: `is not a list`. */
  readonly what: string;
}

/** What a value must be for an object to be read at all. Null and absent are the same, as for the API server. */
export type Shape = (value: unknown, path: string) => ShapeProblem | undefined;

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const optional =
  (is: (value: unknown) => boolean, expected: string): Shape =>
  (value, path) =>
    value === undefined || value === null || is(value) ? undefined : { path, what: `is not ${expected}` };

const text = optional((value) => typeof value === 'string', 'a string');
const flag = optional((value) => typeof value === 'boolean', 'true or false');
const texts = optional(
  (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  'a list of strings',
);
/** Labels and annotations; a number or a boolean in them is taken for its text, as no check depends on the difference. */
const map = optional(
  (value) => isObject(value) && Object.values(value).every((each) => typeof each !== 'object' || each === null),
  'a map of strings',
);

function object(fields: Readonly<Record<string, Shape>> = {}): Shape {
  return (value, path) => {
    if (value === undefined || value === null) return undefined;
    if (!isObject(value)) return { path, what: 'is not an object' };
    return firstProblem(
      Object.entries(fields).map(
        ([name, shape]) =>
          () =>
            shape(value[name], path === '' ? name : `${path}.${name}`),
      ),
    );
  };
}

function list(item: Shape): Shape {
  return (value, path) => {
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value)) return { path, what: 'is not a list' };
    return firstProblem(value.map((each: unknown, index) => () => required(item)(each, `${path}[${index}]`)));
  };
}

function required(shape: Shape): Shape {
  return (value, path) => (value === undefined || value === null ? { path, what: 'is missing' } : shape(value, path));
}

function firstProblem(problems: readonly (() => ShapeProblem | undefined)[]): ShapeProblem | undefined {
  for (const problem of problems) {
    const found = problem();
    if (found !== undefined) return found;
  }
  return undefined;
}

const METADATA = object({
  name: text,
  generateName: text,
  namespace: text,
  uid: text,
  labels: map,
  annotations: map,
  creationTimestamp: text,
  ownerReferences: list(
    object({ apiVersion: required(text), kind: required(text), name: required(text), controller: flag }),
  ),
});

const CONTAINERS = list(object({ name: text, volumeMounts: list(object({ name: text })) }));

const POD_SPEC = required(
  object({
    containers: required(CONTAINERS),
    initContainers: CONTAINERS,
    ephemeralContainers: CONTAINERS,
    volumes: list(object({ name: text, projected: object({ sources: list(object()) }) })),
    serviceAccountName: text,
    serviceAccount: text,
    automountServiceAccountToken: flag,
    nodeName: text,
  }),
);

const TEMPLATE = required(object({ metadata: object({ labels: map, annotations: map }), spec: POD_SPEC }));
const CONTROLLER = object({ spec: required(object({ template: TEMPLATE })) });

const RULES = list(
  object({ apiGroups: texts, resources: texts, verbs: texts, resourceNames: texts, nonResourceURLs: texts }),
);
const ROLE = object({ rules: RULES });
const BINDING = object({
  roleRef: required(object({ kind: required(text), name: required(text) })),
  subjects: list(object({ kind: required(text), name: required(text), namespace: text })),
});

const SHAPES: Readonly<Record<string, Shape>> = {
  Pod: object({ spec: POD_SPEC }),
  Deployment: CONTROLLER,
  StatefulSet: CONTROLLER,
  DaemonSet: CONTROLLER,
  ReplicaSet: CONTROLLER,
  ReplicationController: CONTROLLER,
  Job: CONTROLLER,
  CronJob: object({ spec: required(object({ jobTemplate: required(CONTROLLER) })) }),
  ServiceAccount: object({ automountServiceAccountToken: flag }),
  Role: ROLE,
  ClusterRole: ROLE,
  RoleBinding: BINDING,
  ClusterRoleBinding: BINDING,
};

/**
 * Why an object cannot be judged: what its kind cannot be read without is missing, or of a wrong type. Fields that only
 * single checks read are theirs to doubt. Undefined if it can.
 */
export function shapeProblem(kind: string, value: Json): ShapeProblem | undefined {
  const { metadata } = value;
  const problem = required(METADATA)(metadata, 'metadata');
  if (problem !== undefined) return problem;
  if (isObject(metadata) && nameOf(metadata) === undefined) return { path: 'metadata.name', what: 'is missing' };
  return Object.hasOwn(SHAPES, kind) ? SHAPES[kind]?.(value, '') : undefined;
}

/** The name, or the beginning of the one that the API server will make. */
export function nameOf({ name, generateName }: Json): string | undefined {
  return [name, generateName].find((each): each is string => typeof each === 'string' && each !== '');
}

/** Why a pod template in an object of a foreign kind cannot be judged. */
export const templateProblem: Shape = TEMPLATE;
