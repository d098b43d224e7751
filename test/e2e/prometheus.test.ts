import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { loadAll } from 'js-yaml';
import { eventually } from '../cluster/shared.ts';
import { alertRules, hastened, shippedRules, type RuleGroups } from '../monitoring/alert-rules.ts';
import { startPrometheus, type RunningPrometheus } from '../monitoring/prometheus.ts';
import { scrapeConfig } from '../monitoring/scrape-config.ts';
import { useMonitoringPrograms } from '../monitoring/shared.ts';
import { useInstalled } from '../support/installed.ts';
import { deployment } from '../support/manifests.ts';
import type { RunningOperator } from '../support/operator.ts';

const ROOT = join(import.meta.dirname, '..', '..');

describe('A Prometheus that scrapes the operator', () => {
  const installed = useInstalled();
  const programs = useMonitoringPrograms();
  const { namespace, apply, kubectl } = installed;
  let operator: RunningOperator;
  let prometheus: RunningPrometheus;
  let shop = '';

  before(async function scrapeTheOperator() {
    this.timeout(120_000);
    shop = await namespace('shop');
    await apply([deployment('web', { podSpec: { hostNetwork: true } })], shop);
    operator = await installed.operator();
    await operator.firstPassDone();
    prometheus = await startPrometheus({
      programs: programs(),
      scrapes: [scrapeConfig({ metricsUrl: operator.metricsUrl })],
      rules: hastened(shippedRules(), 60),
    });
  });
  after(async () => prometheus?.stop());

  const valueOf = async (promql: string): Promise<number> => {
    const samples = await prometheus.query(promql);
    assert.equal(samples.length, 1, `${promql} has ${samples.length} results`);
    return samples[0]?.value ?? NaN;
  };

  it('answers what the operator says of a namespace', async () => {
    await eventually('the violations are there', async () => {
      const labels = { namespace: shop, severity: 'high' };
      const violations = await valueOf(`plimsoll_violations{namespace="${shop}", severity="high"}`);
      assert.ok(violations > 0);
      assert.equal(violations, await operator.metric('plimsoll_violations', labels));
      return true;
    });
  });

  it('gives findings of cluster-scoped objects no namespace, not that of the operator', async () => {
    await eventually('they are there', async () => {
      const samples = await prometheus.query('plimsoll_violations{namespace="", severity="critical"}');
      assert.deepEqual(
        samples.map(({ metric }) => [metric['namespace'], metric['pod']]),
        [[undefined, 'plimsoll-0']],
      );
      return true;
    });
  });

  it('gives what is no finding the namespace of the operator', async () => {
    await eventually('it is up', async () => {
      assert.equal(await valueOf('up{job="plimsoll", namespace="plimsoll-system"}'), 1);
      return true;
    });
  });

  it('evaluates each of the rules that are shipped', async () => {
    await eventually('all are evaluated', async () => {
      const rules = await prometheus.rules();
      assert.deepEqual(
        rules.map(({ name, health, lastError }) => ({ name, health, lastError })),
        alertRules(shippedRules()).map(({ alert }) => ({ name: alert, health: 'ok', lastError: undefined })),
      );
      return true;
    });
  });

  it('keeps over a restart what it has scraped', async () => {
    const before = await eventually('something is scraped', async () => valueOf('count_over_time(up[1h])'));
    await prometheus.restart();
    await eventually('more is scraped', async () => (await valueOf('count_over_time(up[1h])')) > before);
  });

  it('can be tuned as docs/alerts.md shows', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plimsoll-tuning-'));
    try {
      const doc = await readFile(join(ROOT, 'docs', 'alerts.md'), 'utf8');
      const [, kustomization = ''] = /```yaml\n([^]*?)```/.exec(doc) ?? [];
      assert.match(kustomization, / plimsoll\/config\/prometheus\n/);
      const shipped = relative(folder, join(ROOT, 'config', 'prometheus'));
      const own = kustomization.replace('plimsoll/config/prometheus', shipped);
      await writeFile(join(folder, 'kustomization.yaml'), own);
      const objects = loadAll(await kubectl(['kustomize', folder])) as readonly { kind: string; spec: RuleGroups }[];
      const tuned = objects.find(({ kind }) => kind === 'PrometheusRule');
      assert.ok(tuned !== undefined);
      const [names, shippedNames] = [tuned.spec, shippedRules()].map((rules) => alertRules(rules).map((r) => r.alert));
      assert.deepEqual(
        names,
        shippedNames?.filter((name) => name !== 'PlimsollClockSkew'),
      );
      assert.match(alertRules(tuned.spec)[1]?.expr ?? '', /< time\(\) - 14 \* 86400/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
