import { CLUSTER_SECURITY_REPORTS, SECURITY_REPORTS, type Finding, type SecurityReport } from '../crds/index.ts';
import type { SubjectKey } from '../inventory/subject-key.ts';
import { ApiError } from '../kube/api-error.ts';
import { applyObject, deleteObject } from '../kube/apply.ts';
import { resourcePath, type Resource } from '../kube/resource.ts';
import type { KubeClient } from '../kube/client.ts';
import { contentHash } from './content.ts';
import { reportKey, type ReportKey } from './naming.ts';
import type { ReportRecord, ReportRecords } from './records.ts';
import { createTurns, type TurnsOptions } from './turns.ts';

/** The one field manager of everything we write. */
export const FIELD_MANAGER = 'plimsoll';

/** What became of a report; the label values of `plimsoll_report_writes_total`. */
export const WRITE_RESULTS = ['created', 'updated', 'unchanged', 'deleted', 'conflict', 'too_large', 'error'] as const;
export type WriteResult = (typeof WRITE_RESULTS)[number];

/** As etcd says it, whose limit the API server hands on as an error of its own. */
const TOO_LARGE = /request is too large|larger than max/;

/** What has become of a report that could not be written. */
export function failedWrite(error: unknown): WriteResult {
  if (!(error instanceof ApiError)) return 'error';
  if (error.status === 413 || (error.code === 'ServerError' && TOO_LARGE.test(error.message))) return 'too_large';
  return error.code === 'Conflict' ? 'conflict' : 'error';
}

export interface ReportWriter {
  /** Stores a report unless an equal one is stored. */
  readonly write: (subject: SubjectKey, report: SecurityReport) => Promise<WriteResult>;
  /** Deletes a report if there is one. */
  readonly remove: (key: ReportKey) => Promise<WriteResult>;
  /** The findings of a stored report in full: what is kept in memory of them is not enough to show them. */
  readonly storedFindings: (key: ReportKey) => Promise<readonly Finding[]>;
}

/** What metrics want to know of writes. */
export interface WriteHooks {
  /** What was remembered of a report before we wrote or deleted it, and what is now: not told of what others do. */
  readonly onChange?: (before: ReportRecord | undefined, after: ReportRecord | undefined) => void;
  /** A report was stored, of so many bytes of JSON. */
  readonly onSize?: (sizeBytes: number) => void;
  readonly onDelay?: TurnsOptions['onDelay'];
}

export interface ReportWriterOptions extends Omit<TurnsOptions, 'onDelay'> {
  readonly client: KubeClient;
  readonly records: ReportRecords;
  readonly writeHooks?: WriteHooks;
}

function resourceOf(key: ReportKey): Resource {
  return key.startsWith('/') ? CLUSTER_SECURITY_REPORTS : SECURITY_REPORTS;
}

const keyOf = ({ metadata }: SecurityReport): ReportKey => reportKey(metadata.namespace ?? '', metadata.name ?? '');

function placeOf(key: ReportKey): { readonly namespace?: string; readonly name: string } {
  const slash = key.indexOf('/');
  const name = key.slice(slash + 1);
  return slash === 0 ? { name } : { namespace: key.slice(0, slash), name };
}

/** A namespace that is being deleted, or is gone, takes no new objects, and its reports went with it: that is no failure. */
function hasLostNamespace(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  if (error.code === 'Forbidden') return error.message.includes('being terminated');
  return error.code === 'NotFound' && error.message.includes('namespaces "');
}

export function createReportWriter({
  client,
  records,
  writeHooks: hooks = {},
  ...turns
}: ReportWriterOptions): ReportWriter {
  const inTurn = createTurns({ ...turns, onDelay: hooks.onDelay });

  function forget(key: ReportKey, known: ReportRecord | undefined): void {
    records.forget(key);
    hooks.onChange?.(known, undefined);
  }

  /** Answers whether the report is gone; another one of its name that has come since is not touched, and will be watched. */
  async function deleteIfOurs(key: ReportKey, uid: string): Promise<boolean> {
    try {
      await inTurn('DELETE', () => deleteObject(client, resourceOf(key), placeOf(key), { uid }));
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'Conflict') return false;
      throw error;
    }
  }

  async function apply(
    key: ReportKey,
    subject: SubjectKey,
    report: SecurityReport,
    hash: string,
  ): Promise<ReportRecord> {
    records.expect(key, hash);
    const { uid, resourceVersion, sizeBytes } = await inTurn('PATCH', () =>
      applyObject(client, resourceOf(key), report, { fieldManager: FIELD_MANAGER }),
    );
    hooks.onSize?.(sizeBytes);
    const stored = { uid, resourceVersion, contentHash: hash, subject, isStored: true };
    return { ...stored, ...records.remembered(report) };
  }

  return {
    async write(subject, report) {
      const key = keyOf(report);
      const known = records.get(key);
      const hash = contentHash(report);
      if (known?.isStored === true && known.contentHash === hash) return 'unchanged';
      try {
        const record = await apply(key, subject, report, hash);
        records.written(key, record);
        hooks.onChange?.(known, record);
        return known?.isStored === true ? 'updated' : 'created';
      } catch (error) {
        if (!hasLostNamespace(error)) throw error;
        forget(key, known);
        return 'unchanged';
      }
    },
    async remove(key) {
      const known = records.get(key);
      if (known === undefined) return 'unchanged';
      records.expectGone(key);
      const isDeleted = known.isStored && (await deleteIfOurs(key, known.uid));
      forget(key, known);
      return isDeleted ? 'deleted' : 'unchanged';
    },
    async storedFindings(key) {
      const path = resourcePath(resourceOf(key), placeOf(key));
      return (await client.request<SecurityReport>({ method: 'GET', path })).findings;
    },
  };
}
