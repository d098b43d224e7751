import assert from 'node:assert/strict';
import { PASS } from '../../../../src/checks/check.ts';
import { ephemeralDebugContainer } from '../../../../src/checks/containers/ephemeral.ts';
import { judge } from '../../../../src/checks/judge.ts';
import { unite } from '../../../../src/checks/union.ts';
import { fails, pod, verdicts } from '../verdicts.ts';

const debugged = pod({ ephemeralContainers: [{ name: 'debugger', image: 'busybox' }] });

verdicts(ephemeralDebugContainer, [
  ['a pod as its template is', pod(), PASS],
  ['an empty list', pod({ ephemeralContainers: [] }), PASS],
  ['a debug container', debugged, fails({ container: 'debugger', path: 'spec.ephemeralContainers[debugger]' })],
]);

describe('A debug container', () => {
  it('is seen in a pod, and not in its template', () => {
    const judged = [pod(), debugged].map((input) => judge([ephemeralDebugContainer], input, assert.fail));
    const [template, live] = judged;
    assert.ok(template !== undefined && live !== undefined);
    assert.deepEqual(
      unite(template, [live]).findings.map(({ seenIn }) => seenIn),
      ['Pod'],
    );
  });
});
