import assert from 'node:assert/strict';
import type { SecurityException } from '../../src/crds/index.ts';
import { eventually } from '../cluster/shared.ts';
import { useInstalled } from '../support/installed.ts';
import type { Json } from '../support/objects.ts';
import { EXCEPTION_OFFERS } from '../support/exception-offers.ts';
import { itDecidesOn } from '../support/refusals.ts';
import { securityException as exception } from '../support/written-objects.ts';

describe('the API of exceptions', () => {
  const cluster = useInstalled();
  const { kubectl } = cluster;
  let namespace = '';

  const condition = (type: string, status: string, reason: string): Json => ({
    type,
    status,
    reason,
    message: '',
    lastTransitionTime: '2026-12-01T00:00:00Z',
  });
  const read = async (): Promise<SecurityException & { readonly metadata: { readonly generation: number } }> =>
    JSON.parse(
      await kubectl(['get', 'secex', 'routes-traffic', `--namespace=${namespace}`, '--output=json']),
    ) as Awaited<ReturnType<typeof read>>;
  const patch = async (body: Json, ...args: readonly string[]): Promise<string> =>
    kubectl([
      'patch',
      'secex',
      'routes-traffic',
      `--namespace=${namespace}`,
      '--type=merge',
      `--patch=${JSON.stringify(body)}`,
      ...args,
    ]);

  before(async () => {
    namespace = await cluster.namespace('exceptions');
    const stated = { ...exception({ owner: 'team-network' }, namespace), status: { matchedFindings: 7 } };
    await cluster.apply([stated], namespace);
  });

  itDecidesOn(kubectl, EXCEPTION_OFFERS);

  it('keeps who writes the spec from writing the status, and the other way round', async () => {
    assert.equal((await read()).status, undefined);
    const { generation } = (await read()).metadata;
    await patch({ status: { matchedFindings: 2 }, spec: { owner: 'nobody' } }, '--subresource=status');
    const { spec, status, metadata } = await read();
    assert.deepEqual([status?.matchedFindings, spec.owner], [2, 'team-network']);
    assert.equal(metadata.generation, generation);
  });

  it('has one condition of each type', async () => {
    const twice = [condition('Active', 'True', 'Active'), condition('Active', 'False', 'Expired')];
    await assert.rejects(
      patch({ status: { conditions: twice } }, '--subresource=status'),
      /status\.conditions\[1\]: Duplicate value: .*\{"type":"Active"\}/,
    );
  });

  it('shows the state, who answers for it, and until when; and what it is about when asked for more', async () => {
    const conditions = [condition('Active', 'False', 'Expired'), condition('Expired', 'True', 'Expired')];
    await patch({ status: { conditions, matchedFindings: 0 } }, '--subresource=status');
    const list = async (...args: readonly string[]): Promise<readonly string[]> =>
      (await kubectl(['get', 'secex', `--namespace=${namespace}`, ...args])).trim().split('\n');
    const [head = '', row = ''] = await list();
    assert.deepEqual(head.split(/ +/), ['NAME', 'STATE', 'MATCHED', 'OWNER', 'EXPIRES', 'AGE']);
    assert.match(row, /^routes-traffic +Expired +0 +team-network +2027-06-30T00:00:00Z +\d+s$/);
    const [wideHead = '', wide = ''] = await list('--output=wide');
    assert.match(wideHead, /AGE +CHECKS +TICKET +REASON$/);
    assert.match(wide, / \["host-network"\] +It routes the traffic of its node$/);
  });

  it('is found by its category', async () => {
    const names = await kubectl(['get', 'plimsoll', `--namespace=${namespace}`, '--output=name']);
    assert.match(names, /securityexception\.plimsoll\.dev\/routes-traffic/);
  });

  it('explains itself', async () => {
    const reason = await eventually('the kind is explained', async () => kubectl(['explain', 'secex.spec.reason']));
    assert.match(reason, /Why this is accepted/);
    const selector = await kubectl(['explain', 'csecex.spec.namespaceSelector']);
    assert.match(selector, /If absent, the subjects of all namespaces and the\s+cluster-scoped ones/);
  });

  it('lets viewers of a namespace read exceptions, and its admins write none until they get that role too', async function () {
    if (!cluster.controlPlane().hasControllerManager) this.skip();
    const user = `admin-of-${namespace}`;
    const bind = async (role: string): Promise<string> =>
      kubectl(['create', 'rolebinding', role, `--clusterrole=${role}`, `--user=${user}`, `--namespace=${namespace}`]);
    const edit = async (): Promise<string> => patch({ spec: { ticket: 'NET-1' } }, `--as=${user}`);
    await bind('admin');
    await eventually('the viewing role is aggregated', async () =>
      kubectl(['get', 'secex', `--namespace=${namespace}`, `--as=${user}`]),
    );
    await assert.rejects(edit, /forbidden/);
    await assert.rejects(kubectl(['get', 'csecex', `--as=${user}`]), /forbidden/);
    await bind('plimsoll-securityexception-editor');
    await eventually('the role is bound', edit);
    await assert.rejects(
      patch({ status: { matchedFindings: 0 } }, `--as=${user}`, '--subresource=status'),
      /forbidden/,
    );
  });
});
