import { COMPLIANCE_REPORTS, type ComplianceReport } from '../../crds/index.ts';
import { ApiError } from '../../kube/api-error.ts';
import { applyObject, deleteObject } from '../../kube/apply.ts';
import type { KubeClient } from '../../kube/client.ts';
import { FIELD_MANAGER, type WriteResult } from '../write.ts';
import { complianceHash } from './report.ts';
import type { StoredCompliances } from './stored.ts';

export interface ComplianceWriter {
  /** Stores a compliance report unless an equal one is stored. */
  readonly write: (report: ComplianceReport) => Promise<WriteResult>;
  /** Deletes one if it is there. */
  readonly remove: (name: string) => Promise<WriteResult>;
}

export function createComplianceWriter(client: KubeClient, stored: StoredCompliances): ComplianceWriter {
  return {
    async write(report) {
      const name = report.metadata.name ?? '';
      const known = stored.get(name);
      const contentHash = complianceHash(report);
      if (known?.contentHash === contentHash) return 'unchanged';
      const { uid, resourceVersion } = await applyObject(client, COMPLIANCE_REPORTS, report, {
        fieldManager: FIELD_MANAGER,
      });
      stored.written(name, { uid, resourceVersion, contentHash });
      return known === undefined ? 'created' : 'updated';
    },
    async remove(name) {
      const known = stored.get(name);
      if (known === undefined) return 'unchanged';
      try {
        await deleteObject(client, COMPLIANCE_REPORTS, { name }, { uid: known.uid });
      } catch (error) {
        // Another one of the name has come since; it will be watched, and removed.
        if (error instanceof ApiError && error.code === 'Conflict') return 'unchanged';
        throw error;
      }
      stored.forget(name);
      return 'deleted';
    },
  };
}
