// Generated from tools/generate/compliance.schema.yaml by tools/generate/main.ts; do not edit.
/** How long the lists (in items) and strings (in code points) of a compliance report may be, by their path. */
export const COMPLIANCE_LIMITS = {
  maxItems: { controls: 250, 'controls.checks': 64 },
  maxLength: {
    'framework.name': 63,
    'framework.title': 128,
    'framework.version': 16,
    'controls.id': 63,
    'controls.title': 256,
    'controls.checks': 128,
    'controls.message': 1024,
    'basis.catalogueVersion': 64,
  },
} as const;
