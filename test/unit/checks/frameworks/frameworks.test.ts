import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { CATALOGUE } from '../../../../src/checks/catalogue.ts';
import { chooseFrameworks } from '../../../../src/checks/frameworks/choice.ts';
import {
  checksOf,
  cisFor,
  controlsOf,
  FRAMEWORK_NAMES,
  frameworkOf,
  frameworksAt,
  frameworkSelection,
} from '../../../../src/checks/frameworks/index.ts';
import { judge } from '../../../../src/checks/judge.ts';
import { CONTROLS } from '../../../../src/checks/pod-security/controls.ts';
import { violatedControls } from '../../../../src/checks/pod-security/evaluator.ts';
import type { Level } from '../../../../src/checks/pod-security/index.ts';
import { podView } from '../../../../src/inventory/facts/pod-view.ts';
import { UNTOLD } from '../../../support/parameters.ts';
import { podCase } from '../../../oracle/pod-security/arbitrary-pod.ts';

const NEWEST = 37;
const FRAMEWORKS = frameworksAt(NEWEST);

const idsOf = (name: string, minor = NEWEST): readonly string[] =>
  (frameworkOf(name, minor)?.controls ?? []).map(({ id }) => id);

describe('The frameworks', () => {
  for (const framework of FRAMEWORKS) {
    const { name, title, version, controls } = framework;
    describe(name, () => {
      it('has a name, a title and a version', () => {
        assert.match(name, /^[a-z]+(?:-[a-z0-9.]+)+$/);
        assert.match(title, /^[A-Z]/);
        assert.match(version, /^v?\d+(?:\.\d+)?$/);
      });

      it('has no id and no title twice', () => {
        assert.equal(new Set(controls.map(({ id }) => id)).size, controls.length);
        assert.equal(new Set(controls.map((control) => control.title)).size, controls.length);
      });

      it('has checks for each control, or says why not', () => {
        for (const control of controls) {
          const checks = checksOf(framework, control).map(({ id }) => id);
          if (control.how !== 'checks') assert.deepEqual(checks, [], `${control.id} is called ${control.how}`);
          else assert.notDeepEqual(checks, [], `${control.id} has no check`);
        }
      });

      it('gives its reasons as the rest of a sentence', () => {
        for (const control of controls) {
          if (control.how !== 'checks') assert.match(control.reason, /^[a-z].*[^.]$/, control.id);
        }
      });
    });
  }

  it('are found by name, and no others', () => {
    assert.deepEqual(
      FRAMEWORK_NAMES,
      FRAMEWORKS.map(({ name }) => name),
    );
    assert.equal(frameworkOf('cis-1.7', NEWEST), undefined);
    assert.equal(frameworkSelection('pod-security', NEWEST), undefined);
  });
});

describe('Each check', () => {
  const podSecurityIds = new Set(CONTROLS.map(({ level, id }) => `${level}/${id}`));

  for (const check of CATALOGUE) {
    const { id, references, unmapped } = check;
    it(`refers only to controls that exist: ${id}`, () => {
      for (const reference of references.podSecurity ?? []) assert.ok(podSecurityIds.has(reference), reference);
      for (const [version, item] of references.cis ?? []) {
        assert.ok(idsOf(`cis-${version}`).includes(item), `CIS ${version} has no item ${item}`);
      }
      for (const section of references.nsa ?? []) assert.ok(idsOf('nsa-1.2').includes(section), section);
      for (const item of references.checklist ?? []) assert.ok(idsOf('kubecon-2020').includes(item), item);
    });

    it(`is in a framework, or says why not: ${id}`, () => {
      const isMapped =
        references.podSecurity !== undefined || FRAMEWORKS.some((each) => controlsOf(each, check).length > 0);
      assert.equal(
        isMapped,
        unmapped === undefined,
        isMapped ? 'it is mapped, and says why not' : 'it does not say why',
      );
    });
  }
});

describe('The CIS benchmark', () => {
  /** As counted in the profiles of kube-bench. */
  const sizes: Readonly<Record<string, number>> = { '1.8': 130, '1.9': 130, '1.10': 130, '1.11': 133, '1.12': 131 };
  for (const [version, size] of Object.entries(sizes)) {
    it(`${version} has ${size} items`, () => assert.equal(idsOf(`cis-${version}`).length, size));
  }

  const titleOf = (version: string, id: string): string | undefined =>
    frameworkOf(`cis-${version}`, NEWEST)?.controls.find((control) => control.id === id)?.title;
  const moves: readonly (readonly [before: readonly [string, string], after: readonly [string, string]])[] = [
    [
      ['1.8', '1.2.13'],
      ['1.9', '1.2.12'],
    ],
    [
      ['1.8', '1.2.30'],
      ['1.9', '1.2.29'],
    ],
    [
      ['1.10', '5.7.1'],
      ['1.11', '5.6.1'],
    ],
    [
      ['1.11', '5.2.10'],
      ['1.12', '5.2.9'],
    ],
    [
      ['1.11', '5.2.13'],
      ['1.12', '5.2.12'],
    ],
    [
      ['1.8', '5.1.13'],
      ['1.12', '5.1.13'],
    ],
  ];
  for (const [before, after] of moves) {
    it(`${before.join(' ')} is the same as ${after.join(' ')}`, () => {
      assert.ok(titleOf(...before) !== undefined);
      assert.equal(titleOf(...after), titleOf(...before));
    });
  }

  it('has what came and went only where it was', () => {
    const has = (id: string): readonly string[] =>
      Object.keys(sizes).filter((version) => titleOf(version, id) !== undefined);
    assert.deepEqual(has('4.3.1'), ['1.9', '1.10', '1.11', '1.12']);
    assert.deepEqual(has('4.2.14'), ['1.11', '1.12']);
    assert.deepEqual(has('4.2.15'), ['1.11']);
    assert.deepEqual(has('1.2.30'), ['1.8', '1.11', '1.12']);
    assert.deepEqual(has('5.2.13'), ['1.8', '1.9', '1.10', '1.11']);
  });

  it('lists its items in their order', () => {
    const order = (id: string): readonly number[] => id.split('.').map(Number);
    for (const version of Object.keys(sizes)) {
      const ids = idsOf(`cis-${version}`);
      const sorted = ids.toSorted((a, b) => {
        const [left, right] = [order(a), order(b)];
        return left.map((part, index) => part - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
      });
      assert.deepEqual(ids, sorted, version);
    }
  });

  it('is chosen by the minor of the server', () => {
    const chosen = [20, 26, 27, 28, 29, 31, 32, 37].map((minor) => cisFor(minor).slice('cis-'.length));
    assert.deepEqual(chosen, ['1.8', '1.8', '1.9', '1.10', '1.11', '1.11', '1.12', '1.12']);
  });
});

describe('The choice of frameworks', () => {
  const chosen = (...words: readonly string[]): readonly string[] =>
    chooseFrameworks(words, 31, 25).map(({ name }) => name);

  it('is by default one of each sort, with the benchmark that fits the server', () => {
    const expected = ['pod-security-baseline', 'pod-security-restricted', 'cis-1.11', 'nsa-1.2', 'kubecon-2020'];
    assert.deepEqual(chosen('default'), expected);
  });

  it('is what the words say, each once, in the order of the list', () => {
    assert.deepEqual(chosen('kubecon-2020', 'cis', 'cis-1.11', 'cis-1.8'), ['cis-1.8', 'cis-1.11', 'kubecon-2020']);
    assert.deepEqual(chosen('all'), FRAMEWORK_NAMES);
    assert.deepEqual(chosen('none'), []);
  });

  it('is of Pod Security at the version that judges', () => {
    assert.equal(chooseFrameworks(['pod-security-restricted'], 31, 25)[0]?.version, 'v1.25');
  });
});

describe('The selection of a framework', () => {
  const selected = (name: string, minor: number): readonly string[] =>
    (frameworkSelection(name, minor)?.checks ?? []).map(({ id }) => id);

  it('leaves out controls that others replace, and those that do not exist yet', () => {
    assert.ok(selected('pod-security-baseline', 22).includes('host-path-volume'));
    const restricted = selected('pod-security-restricted', 22);
    assert.ok(!restricted.includes('host-path-volume'), 'restrictedVolumes stands in its place');
    assert.ok(restricted.includes('restricted-volume-type'));
    assert.ok(!restricted.includes('run-as-user-zero'), 'it came with v1.23');
    assert.ok(!restricted.includes('secret-env-reference'), 'it is of another framework');
  });

  it('has opt-in checks too', () => {
    for (const name of FRAMEWORK_NAMES) {
      const framework = frameworkOf(name, NEWEST);
      assert.ok(framework !== undefined);
      const expected = CATALOGUE.filter((check) => controlsOf(framework, check).length > 0);
      assert.deepEqual(frameworkSelection(name, NEWEST)?.checks, expected);
    }
  });

  it('forbids just what the policy forbids, at each level and version', () => {
    fc.assert(
      fc.property(podCase, ({ level, minor, annotations, spec }) => {
        const pod = podView(spec, annotations);
        assert.deepEqual(violatedByChecks(level, minor, pod), violatedControls(pod, level, minor));
      }),
      { numRuns: 500 },
    );
  });

  /** The controls of a level to which the checks refer that a pod violates. */
  function violatedByChecks(level: Level, minor: number, pod: ReturnType<typeof podView>): readonly string[] {
    const framework = frameworkOf(`pod-security-${level}`, minor);
    const checks = frameworkSelection(`pod-security-${level}`, minor)?.of('pod') ?? [];
    assert.ok(framework !== undefined);
    const { findings } = judge(checks, { ...pod, podSecurityMinor: minor, parameters: UNTOLD }, assert.fail);
    const violated = new Set(findings.map(({ check }) => check));
    return framework.controls
      .filter((control) => checksOf(framework, control).some(({ id }) => violated.has(id)))
      .map(({ id }) => id)
      .sort();
  }
});
