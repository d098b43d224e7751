/**
 * TO BE DELETED once the rest of the catalogue is there, together with its one use: controls whose checks are still being
 * written, by framework; those of the CIS benchmark by their ids in 1.12.
 */
const IDS: Readonly<Record<string, string>> = {
  'cis-1.12': `
    1.2.2 1.2.3 1.2.4 1.2.5 1.2.6 1.2.7 1.2.8 1.2.9 1.2.10 1.2.11 1.2.12 1.2.13 1.2.14 1.2.15 1.2.16 1.2.17 1.2.18 1.2.19
    1.2.21 1.2.22 1.2.23 1.2.24 1.2.25 1.2.26 1.2.27 1.2.28 1.2.29 1.2.30 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.3.6 1.3.7 1.4.1 1.4.2
    2.1 2.2 2.3 2.4 2.5 2.6 2.7 3.1.2 3.2.1 4.2.1 4.2.2 4.2.3 4.2.4 4.2.5 4.2.6 4.2.8 4.2.9 4.2.10 4.2.11 4.2.12 4.2.13
    4.2.14 4.3.1 5.1.2 5.1.4 5.1.8 5.1.9 5.1.10 5.1.11 5.1.12 5.1.13 5.2.8 5.3.1 5.4.2 5.5.1 5.6.1`,
  'nsa-1.2': 'Resource-policies Control-plane-hardening Audit-logging Image-scanning',
  'kubecon-2020': 'scanners',
};

const isListed = (framework: string, id: string): boolean =>
  (IDS[framework] ?? '').split(/\s+/).includes(id.replaceAll(' ', '-'));

/** Titles of the controls that wait for their checks: over the versions of a benchmark they stay, while ids move. */
export function pendingTitles(
  frameworks: readonly { readonly name: string; readonly controls: readonly { id: string; title: string }[] }[],
): ReadonlySet<string> {
  return new Set(
    frameworks.flatMap(({ name, controls }) =>
      controls.filter(({ id }) => isListed(name, id)).map(({ title }) => title),
    ),
  );
}
