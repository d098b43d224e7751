import * as fc from 'fast-check';
import type { PolicyRule, RbacSubject } from '../../../src/inventory/facts/rbac.ts';
import type { Identity } from '../../../src/inventory/rbac/identity.ts';
import * as words from './vocabulary.ts';
import { roleOf, rulesIn, type BindingManifest, type World } from './world.ts';

/** What may differ from what a rule allows to whom it is bound. */
export const ASPECTS = ['identity', 'verb', 'group', 'resource', 'subresource', 'name', 'namespace', 'path'] as const;
export type Aspect = (typeof ASPECTS)[number];

/** Whether a request for a path, or one for a resource, has this aspect. */
function isAsked(aspect: Aspect, isPath: boolean): boolean {
  if (aspect === 'identity' || aspect === 'verb') return true;
  return isPath === (aspect === 'path');
}

/** Everything that can be asked of an authorizer, for resources and for paths. */
interface Parts {
  readonly identity: Identity;
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  readonly name: string;
  readonly namespace: string;
  readonly path: string;
}

/** Whether somebody may do something. */
export interface Question extends Parts {
  /** `path` is asked for if it is true, otherwise all the others. */
  readonly isPath: boolean;
  /** In what the question differs from what a rule of the world allows, as far as it was made so. */
  readonly changed: readonly Aspect[];
}

/** A rule, to whom it is given, and where. */
interface Aim {
  readonly binding: BindingManifest;
  readonly subject: RbacSubject;
  readonly rule: Partial<PolicyRule>;
}

function aimsAt(world: World): readonly Aim[] {
  return world.bindings.flatMap((binding) => {
    const role = roleOf(binding, world);
    const rules = role === undefined ? [] : rulesIn(role);
    return (binding.subjects ?? []).flatMap((subject) => rules.map((rule) => ({ binding, subject, rule })));
  });
}

/** As the API server knows the holder of a token. */
const accountIdentity = (namespace: string, name: string): Identity => ({
  user: `system:serviceaccount:${namespace}:${name}`,
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
});

function looseIdentity(namespaces: readonly string[]): fc.Arbitrary<Identity> {
  const user = fc.constantFrom(...words.USERS, ...words.accountUsers(namespaces));
  const groups = fc.subarray([...words.TEAMS, ...words.accountGroups(namespaces)], { maxLength: 2 });
  return fc.oneof(
    { weight: 6, arbitrary: fc.record({ user, groups }) },
    {
      weight: 6,
      arbitrary: fc
        .record({ namespace: fc.constantFrom(...namespaces), name: fc.constantFrom(...words.ACCOUNTS) })
        .map(({ namespace, name }) => accountIdentity(namespace, name)),
    },
    { weight: 1, arbitrary: fc.constant({ user: 'root', groups: ['system:masters'] }) },
  );
}

/** Somebody whom a subject of a binding means. */
function identityOf({ kind, name, namespace }: RbacSubject, home: string): Identity {
  if (kind === 'ServiceAccount') return accountIdentity(namespace ?? home, name);
  return kind === 'User'
    ? { user: name, groups: ['system:authenticated'] }
    : { user: 'carl', groups: [name, 'system:authenticated'] };
}

function looseParts(namespaces: readonly string[]): fc.Arbitrary<Parts> {
  const word = (from: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...from);
  return fc.record({
    identity: looseIdentity(namespaces),
    verb: word(words.VERBS),
    group: word(words.GROUPS),
    resource: word(words.ASKED_RESOURCES),
    subresource: word(words.ASKED_SUBRESOURCES),
    name: word(words.NAMES),
    namespace: word(['', ...namespaces, 'default']),
    path: word(words.PATHS),
  });
}

/** The word, or anything that a star stands for. */
const unlessStar = (chosen: string | undefined, other: string): string =>
  chosen === undefined || chosen === '*' ? other : chosen;

/** What a rule allows: its own words, and where it says `*` those of `other`. */
function partsOf(
  { binding, subject, rule }: Aim,
  pick: (from: readonly string[]) => string | undefined,
  other: Parts,
): Parts {
  const [resource, ...subresource] = unlessStar(
    pick(rule.resources ?? []),
    `${other.resource}/${other.subresource}`,
  ).split('/');
  const home = binding.metadata.namespace ?? '';
  const url = unlessStar(pick(rule.nonResourceURLs ?? []), other.path);
  return {
    identity: identityOf(subject, home),
    verb: unlessStar(pick(rule.verbs ?? []), other.verb),
    group: unlessStar(pick(rule.apiGroups ?? []), other.group),
    resource: unlessStar(resource, other.resource),
    subresource: subresource.join('/'),
    name: pick(rule.resourceNames ?? []) ?? other.name,
    namespace: binding.kind === 'RoleBinding' ? home : other.namespace,
    path: url.endsWith('*') ? url.replace(/\*+$/, other.path.slice(1)) : url,
  };
}

function aimedQuestion(
  aims: readonly Aim[],
  other: fc.Arbitrary<Parts>,
  changed: fc.Arbitrary<readonly Aspect[]>,
): fc.Arbitrary<Question> {
  return fc
    .record({ aim: fc.constantFrom(...aims), choice: fc.nat(5), base: other, instead: other, changed })
    .map((drawn) => {
      const { aim, choice, base, instead } = drawn;
      const pick = (from: readonly string[]): string | undefined => from[choice % from.length];
      const isPath = (aim.rule.nonResourceURLs ?? []).length > 0;
      const parts = partsOf(aim, pick, base);
      const replaced = Object.fromEntries(drawn.changed.map((aspect) => [aspect, instead[aspect]]));
      const relevant = drawn.changed.filter((aspect) => isAsked(aspect, isPath));
      const differs = relevant.filter((aspect) => JSON.stringify(instead[aspect]) !== JSON.stringify(parts[aspect]));
      return { ...parts, ...replaced, isPath, changed: differs };
    });
}

/**
 * Questions to a world: half of them ask for what a rule of it allows to whom it is bound, most others differ from that in
 * one or two aspects, and some have nothing to do with it. Few are about what Kubernetes itself binds.
 */
export function arbitraryQuestion(world: World, namespaces: readonly string[]): fc.Arbitrary<Question> {
  const isDrawn = ({ binding }: Aim): boolean => binding.metadata.labels?.[words.RUN_LABEL] !== undefined;
  const { drawn = [], builtIn = [] } = Object.groupBy(aimsAt(world), (aim) => (isDrawn(aim) ? 'drawn' : 'builtIn'));
  const loose = looseParts(namespaces);
  const few = fc.uniqueArray(fc.constantFrom(...ASPECTS), { minLength: 1, maxLength: 2 });
  const stray = fc.record({ parts: loose, isPath: fc.boolean() }).map(({ parts, isPath }) => ({
    ...parts,
    isPath,
    changed: ASPECTS,
  }));
  const weightOf = (aims: readonly Aim[], weight: number): number => (aims.length === 0 ? 0 : weight);
  return fc.oneof(
    { weight: weightOf(drawn, 8), arbitrary: aimedQuestion(drawn, loose, fc.constant([])) },
    { weight: weightOf(drawn, 8), arbitrary: aimedQuestion(drawn, loose, few) },
    { weight: weightOf(builtIn, 1), arbitrary: aimedQuestion(builtIn, loose, fc.constant([])) },
    { weight: weightOf(builtIn, 1), arbitrary: aimedQuestion(builtIn, loose, few) },
    { weight: 4, arbitrary: stray },
  );
}
