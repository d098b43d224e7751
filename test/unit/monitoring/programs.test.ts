import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { silentProgress } from '../../cluster/progress.ts';
import { ensureMonitoringPrograms, type MonitoringPrograms } from '../../monitoring/programs.ts';
import { useTempFolder } from '../cluster/temp-folder.ts';

/** Stands for apt-get: notes its calls beside itself, and has the packages only once its lists are new where $LISTS is stale. */
const FAKE_APT = `#!/bin/sh
echo "$@" >> "$0.calls"
case "$1 $*" in
  update*) if [ "$LISTS" = unreachable ]; then echo "E: Failed to fetch the lists" >&2; exit 100; fi ;;
  download*Dir::State::lists=*) [ "$LISTS" = stale ] || { echo "E: Unable to locate package" >&2; exit 100; } ;;
  download*) [ "$LISTS" = fresh ] || { echo "E: 404" >&2; exit 100; } ;;
esac
case "$1" in download) touch prometheus.deb prometheus-alertmanager.deb ;; esac
`;

/** Stands for dpkg-deb: each package has the programs that Debian's has. */
const FAKE_DPKG_DEB = `#!/bin/sh
mkdir -p "$3/usr/bin"
case "$2" in
  */prometheus.deb) programs="prometheus promtool" ;;
  *) programs="prometheus-alertmanager amtool" ;;
esac
for each in $programs; do
  echo "$each reads /usr/share/prometheus/alertmanager/a and /usr/share/prometheus/alertmanager/b" > "$3/usr/bin/$each"
  chmod +x "$3/usr/bin/$each"
done
mkdir -p "$3/usr/share/prometheus/alertmanager"
echo template > "$3/usr/share/prometheus/alertmanager/default.tmpl"
`;

const NAMES = ['prometheus', 'promtool', 'alertmanager', 'amtool'];

describe('The programs of the monitoring', () => {
  const folder = useTempFolder();
  const bin = (): string => join(folder(), 'bin');
  const calls = (): readonly string[] => readFileSync(join(bin(), 'apt-get.calls'), 'utf8').trim().split('\n');
  const programs = (name: string, files: readonly string[]): string => {
    const path = join(folder(), name);
    mkdirSync(path);
    for (const file of files) writeFileSync(join(path, file), '', { mode: 0o755 });
    return path;
  };
  const installApt = (): void => {
    mkdirSync(bin());
    writeFileSync(join(bin(), 'apt-get'), FAKE_APT, { mode: 0o755 });
    writeFileSync(join(bin(), 'dpkg-deb'), FAKE_DPKG_DEB, { mode: 0o755 });
  };
  const ensure = async (more: Readonly<Record<string, string>> = {}): Promise<MonitoringPrograms> => {
    const env = { PATH: [bin(), '/usr/bin', '/bin'].join(delimiter), HOME: folder(), LISTS: 'fresh', ...more };
    return ensureMonitoringPrograms({ env, progress: silentProgress });
  };

  it('come from PROMETHEUS_ASSETS when it is set', async () => {
    const assets = programs('assets', NAMES);
    const found = await ensure({ PROMETHEUS_ASSETS: assets });
    assert.deepEqual(found, Object.fromEntries(NAMES.map((name) => [name, join(assets, name)])));
  });

  it('are refused when PROMETHEUS_ASSETS lacks some, which are named', async () => {
    const assets = programs('assets', ['prometheus', 'alertmanager']);
    await assert.rejects(ensure({ PROMETHEUS_ASSETS: assets }), {
      code: 'MonitoringPrograms',
      message: `PROMETHEUS_ASSETS is ${assets}, which has no promtool, no amtool`,
    });
  });

  it('come from PATH when all are there, whatever Debian calls them', async () => {
    const [one, other] = [
      programs('one', ['prometheus', 'promtool']),
      programs('other', ['prometheus-alertmanager', 'amtool']),
    ];
    const found = await ensure({ PATH: [one, other].join(delimiter) });
    assert.equal(found.promtool, join(one, 'promtool'));
    assert.equal(found.alertmanager, join(other, 'prometheus-alertmanager'));
  });

  it('are unpacked from Debian packages of pinned versions once, and come from the cache afterwards, also without apt', async () => {
    installApt();
    const found = await ensure();
    assert.match(calls()[0] ?? '', /^download prometheus=2\.42\.0\S* prometheus-alertmanager=0\.25\.0\S*/);
    assert.match(readFileSync(found.alertmanager, 'utf8'), /^prometheus-alertmanager reads /);
    assert.equal(dirname(dirname(found.alertmanager)), join(folder(), '.cache', 'plimsoll', 'monitoring'));
    assert.deepEqual(readdirSync(dirname(found.alertmanager)).sort(), [...NAMES, 'alertmanager-templates'].sort());
    assert.deepEqual(readdirSync(dirname(dirname(found.alertmanager))), [basename(dirname(found.alertmanager))]);
    assert.deepEqual(await ensure({ PATH: '' }), found);
    assert.equal(calls().length, 1);
  });

  it('have an Alertmanager that reads its templates beside itself, at paths as long as before', async () => {
    installApt();
    const { alertmanager } = await ensure();
    const text = readFileSync(alertmanager, 'utf8');
    const paths = text.match(/alertmanager-templates\/+[ab]/g) ?? [];
    const lengths = paths.map((path) => path.length);
    assert.deepEqual(lengths, [36, 36], text);
    const template = join(dirname(alertmanager), 'alertmanager-templates////default.tmpl');
    assert.equal(readFileSync(template, 'utf8'), 'template\n');
  });

  it('are unpacked once by two runs at a time', async () => {
    installApt();
    const [one, other] = await Promise.all([ensure(), ensure()]);
    assert.deepEqual(one, other);
    assert.equal(calls().length, 1);
  });

  it('are had by lists of our own where those of the machine are missing or old', async () => {
    installApt();
    await ensure({ LISTS: 'stale' });
    assert.deepEqual(
      calls().map((call) => call.replace(/ .*/, '')),
      ['download', 'update', 'download'],
    );
  });

  it('are refused with what apt says of its lists and of the packages, and a way out', async () => {
    installApt();
    await assert.rejects(ensure({ LISTS: 'unreachable' }), {
      code: 'MonitoringPrograms',
      message: /Failed to fetch the lists[^]*Unable to locate package[^]*set PROMETHEUS_ASSETS/,
    });
  });

  it('are refused with a way out where there is no apt', async () => {
    await assert.rejects(ensure({ PATH: programs('one', ['prometheus']) }), {
      code: 'MonitoringPrograms',
      message: /apt-get.*Have prometheus, promtool, alertmanager and amtool in PATH/,
    });
  });
});
