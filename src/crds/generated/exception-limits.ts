// Generated from tools/generate/exception.schema.yaml by tools/generate/main.ts; do not edit.
/** How long the lists (in items) and strings (in code points) of an exception may be, by their path. */
export const EXCEPTION_LIMITS = {
  maxItems: {
    'spec.checks': 100,
    'spec.match.kinds': 32,
    'spec.match.names': 100,
    'spec.match.selector.matchExpressions': 32,
    'spec.match.selector.matchExpressions.values': 64,
    'spec.match.containers': 100,
    'status.conditions': 16,
  },
  maxLength: {
    'spec.checks': 128,
    'spec.match.kinds': 63,
    'spec.match.names': 253,
    'spec.match.selector.matchLabels': 63,
    'spec.match.selector.matchExpressions.key': 317,
    'spec.match.selector.matchExpressions.values': 63,
    'spec.match.containers': 63,
    'spec.reason': 1024,
    'spec.owner': 256,
    'spec.ticket': 1024,
    'status.conditions.type': 63,
    'status.conditions.reason': 63,
    'status.conditions.message': 4096,
  },
} as const;
