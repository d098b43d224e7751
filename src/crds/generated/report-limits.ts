// Generated from tools/generate/report.schema.yaml by tools/generate/main.ts; do not edit.
/** How long the lists (in items) and strings (in code points) of a report may be, by their path. */
export const REPORT_LIMITS = {
  maxItems: { findings: 1000, 'findings.implies': 64, unknown: 500, ineffectiveAnnotations: 100 },
  maxLength: {
    'subject.apiVersion': 317,
    'subject.kind': 63,
    'subject.name': 65536,
    'subject.uid': 128,
    'findings.id': 16,
    'findings.check': 128,
    'findings.container': 63,
    'findings.path': 1024,
    'findings.message': 1024,
    'findings.implies': 128,
    'findings.suppressedBy.kind': 63,
    'findings.suppressedBy.name': 253,
    'findings.suppressedBy.reason': 1024,
    'findings.source.file': 4096,
    'unknown.check': 128,
    'unknown.message': 1024,
    'ineffectiveAnnotations.name': 317,
    'ineffectiveAnnotations.message': 1024,
    'basis.catalogueVersion': 64,
    'basis.podSecurityVersion': 16,
  },
} as const;
