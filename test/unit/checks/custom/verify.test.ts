import assert from 'node:assert/strict';
import type { CustomCheck, Json } from '../../../../src/checks/custom/custom-check.ts';
import { verifyCustomChecks } from '../../../../src/checks/custom/index.ts';
import { customCheck, deployment } from './custom-checks.ts';

async function told(checks: readonly CustomCheck[], params?: Json): Promise<string[]> {
  const problems = await verifyCustomChecks(checks, params, { deadlineMs: 500 });
  return problems.map(({ check, field, message }) => `${check} ${field}: ${message}`);
}

const endless = `${'podSpec.containers.all(c, '.repeat(5)}true${')'.repeat(5)}`;
const crowd = deployment({ containers: Array.from({ length: 60 }, (_, index) => ({ name: `c${index}` })) });

describe('verifying the checks of a profile', () => {
  it('finds nothing in what is right', async () => {
    const tests = [{ name: 't', object: deployment(), expect: 'pass' as const }];
    assert.deepEqual(
      await told([customCheck({ tests, expression: 'params.team == object.spec.replicas' })], { team: 3 }),
      [],
    );
  });

  it('finds nothing in no checks', async () => assert.deepEqual(await told([]), []));

  it('tells all problems of all checks', async () => {
    const problems = await told([
      customCheck({ name: 'a', expression: '(', messageExpression: '1' }),
      customCheck({ name: 'b', tests: [{ name: 't', object: deployment(), expect: 'fail' }] }),
    ]);
    assert.deepEqual(problems, [
      'a expression: Unexpected token: EOF (at 1:2)',
      'a messageExpression: must give a string, and gives a int',
      'b tests[t]: expected fail, but the object passes',
    ]);
  });

  it('does not read expressions while definitions are wrong', async () => {
    const problems = await told([
      customCheck({ name: 'a', expression: '(' }),
      customCheck({ name: 'b', match: { kinds: [] } }),
    ]);
    assert.deepEqual(problems, ['b match.kinds: is empty: the check would judge nothing']);
  });

  it('ends a test case that does not end, and runs those of the other checks', async () => {
    const problems = await told([
      customCheck({ name: 'a', expression: endless, tests: [{ name: 't', object: crowd, expect: 'pass' }] }),
      customCheck({ name: 'b', expression: 'false', tests: [{ name: 't', object: crowd, expect: 'pass' }] }),
    ]);
    assert.deepEqual(problems, [
      'a expression: runs longer than 500 ms',
      'b tests[t]: expected pass, but the object fails: The rule is violated',
    ]);
  });

  it('says so if the thread cannot read the parameters', async () => {
    const deep = JSON.parse(`${'['.repeat(4000)}${']'.repeat(4000)}`) as Json;
    assert.deepEqual(await told([customCheck()], deep), ['rule expression: Maximum call stack size exceeded']);
  });
});
