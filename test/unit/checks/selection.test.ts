import assert from 'node:assert/strict';
import { CATALOGUE } from '../../../src/checks/catalogue.ts';
import { meaningOf, selectChecks, selectionOf, unmatchedWord } from '../../../src/checks/selection.ts';
import { DEFAULT_PARAMETERS, type CheckParameters } from '../../../src/checks/parameters.ts';
import type { Target } from '../../../src/checks/check.ts';
import { hostNetwork } from '../../../src/checks/pod-security/host-namespaces.ts';

const TARGETS: readonly Target[] = [...new Set(CATALOGUE.map(({ target }) => target))];
const idsOf = (...words: Parameters<typeof selectChecks>): readonly string[] =>
  selectChecks(...words).checks.map(({ id }) => id);

describe('The selection of checks', () => {
  it('is by default every check that is no matter of taste, in the order of the catalogue', () => {
    assert.deepEqual(
      selectChecks().checks,
      CATALOGUE.filter(({ isOptIn }) => isOptIn !== true),
    );
  });

  it('is all of them where that is asked for', () => {
    assert.deepEqual(selectChecks({ include: ['all'] }).checks, CATALOGUE);
  });

  it('takes ids and globs, and leaves out what is to be left out', () => {
    assert.deepEqual(idsOf({ include: ['host-pid', 'host-i*'] }), ['host-pid', 'host-ipc']);
    assert.deepEqual(idsOf({ include: ['host-[np]*'], exclude: ['host-p*'] }), ['host-network']);
  });

  it('names a word that chooses nothing', () => {
    assert.equal(unmatchedWord(['all', 'default', 'image-*', 'host-netwrok']), 'host-netwrok');
    assert.equal(unmatchedWord(['all', 'host-network']), undefined);
  });

  it('has each check under exactly one target, in order', () => {
    const all = selectChecks({ include: ['all'] });
    for (const target of TARGETS) {
      assert.deepEqual(
        all.of(target),
        CATALOGUE.filter((check) => check.target === target),
      );
    }
  });
});

describe('the version of a selection', () => {
  const all = selectChecks({ include: ['all'] });

  it('is 12 hex digits for every target', () => {
    for (const target of TARGETS) assert.match(all.version(target), /^[0-9a-f]{12}$/);
  });

  it('is the same for pods and workloads, whose findings land on one subject', () => {
    assert.equal(all.version('pod'), all.version('workload'));
  });

  it('differs between subjects with different checks', () => {
    const others = TARGETS.filter((target) => target !== 'pod').map((target) => all.version(target));
    assert.equal(new Set(others).size, others.length);
  });

  it('changes with a check that comes or goes, and with the revision of one', () => {
    const versions = [[], [hostNetwork], [{ ...hostNetwork, revision: 2 }]].map((checks) =>
      selectionOf(checks).version('pod'),
    );
    assert.equal(new Set(versions).size, 3);
  });
});

describe('what a check means', () => {
  const check = { id: 'secret-in-plain-env', parameters: ['credentialNames', 'notCredentialNames'] } as const;
  const told = (more: Partial<CheckParameters>, of: Parameters<typeof meaningOf>[0] = check): string =>
    meaningOf(of, { ...DEFAULT_PARAMETERS, ...more });

  it('is its id as long as nothing has changed, and the revision after that', () => {
    assert.equal(told({}), 'secret-in-plain-env');
    assert.equal(told({}, { id: 'host-pid', revision: 2 }), 'host-pid@2');
  });

  it('has 8 hex digits for what it is told', () => {
    assert.match(told({ credentialNames: ['DB_*'] }), /^secret-in-plain-env\+[0-9a-f]{8}$/);
    assert.match(
      told({ credentialNames: ['DB_*'] }, { ...check, revision: 2 }),
      /^secret-in-plain-env@2\+[0-9a-f]{8}$/,
    );
  });

  it('differs with what is told, and by which parameter', () => {
    const meanings = [
      {},
      { credentialNames: ['DB_*'] },
      { credentialNames: ['DB_*', 'PIN'] },
      { notCredentialNames: ['DB_*'] },
    ].map((more) => told(more));
    assert.equal(new Set(meanings).size, meanings.length);
  });

  it('is the same whatever the order, and whatever is told to others', () => {
    assert.equal(told({ credentialNames: ['PIN', 'DB_*', 'PIN'] }), told({ credentialNames: ['DB_*', 'PIN'] }));
    assert.equal(told({ systemNamespaces: ['gke-*'] }), 'secret-in-plain-env');
  });

  it('is what the operator has written of it so far, by default', () => {
    for (const { id, revision = 1, parameters } of CATALOGUE) {
      const meaning = told({}, { id, revision, ...(parameters && { parameters }) });
      assert.equal(meaning, revision === 1 ? id : `${id}@${revision}`);
    }
  });
});
