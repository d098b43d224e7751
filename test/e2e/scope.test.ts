import assert from 'node:assert/strict';
import { deployment } from '../support/manifests.ts';
import { useInstalled } from '../support/installed.ts';

describe('the scope of an operator', () => {
  const cluster = useInstalled();
  let inside: string;
  let outside: string;

  before(async () => {
    [inside, outside] = [await cluster.namespace('inside'), await cluster.namespace('outside')];
    for (const namespace of [inside, outside]) await cluster.apply([deployment('web')], namespace);
  });

  const namespacesWithReports = async (): Promise<readonly string[]> => [
    ...new Set((await cluster.reports()).map(({ metadata }) => metadata.namespace ?? '')),
  ];

  it('holds every namespace by default', async () => {
    const operator = await cluster.operator();
    await operator.firstPassDone();
    const namespaces = await namespacesWithReports();
    assert.ok(namespaces.includes(inside) && namespaces.includes(outside));
    await operator.stop();
  });

  it('leaves an excluded namespace without reports, also where it had some', async () => {
    const operator = await cluster.operator('--exclude-namespaces=outside-*');
    await operator.firstPassDone();
    const namespaces = await namespacesWithReports();
    assert.ok(namespaces.includes(inside) && !namespaces.includes(outside));
    await cluster.apply([deployment('late')], outside);
    await cluster.apply([deployment('late')], inside);
    await cluster.reportWhere(inside, 'deployment-late', 'is there', () => true);
    assert.ok(!(await namespacesWithReports()).includes(outside));
    await operator.stop();
  });

  it('holds only what is included, and never what is both', async () => {
    const operator = await cluster.operator('--namespaces=inside-*,out*', '--exclude-namespaces=outside-*');
    await operator.firstPassDone();
    assert.deepEqual(new Set(await namespacesWithReports()), new Set(['', inside]));
    await operator.stop();
  });
});
