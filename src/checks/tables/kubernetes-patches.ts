/** The round of patch releases that the table knows; there is one about every month. */
export const PATCHES_AS_OF = '2026-10-13';

/** The day from which nobody may be told by this table that his patch is the newest. */
export const PATCHES_HORIZON = '2027-01-31';

/**
 * Newest patch of each minor of Kubernetes 1: final ones from kubernetes/website, data/releases/eol.yaml, those of minors
 * that are still patched by the tags of k8s.io/client-go; of 1.29 too, which got one more patch than eol.yaml has.
 */
const NEWEST_PATCH: ReadonlyMap<number, number> = new Map([
  [18, 20],
  [19, 16],
  [20, 15],
  [21, 14],
  [22, 17],
  [23, 17],
  [24, 17],
  [25, 16],
  [26, 15],
  [27, 16],
  [28, 15],
  [29, 15],
  [30, 14],
  [31, 14],
  [32, 13],
  [33, 13],
  [34, 13],
  [35, 10],
  [36, 6],
  [37, 2],
]);

/** The newest patch that is known of a minor. */
export const newestPatchOf = (minor: number): number | undefined => NEWEST_PATCH.get(minor);
