// Generated from tools/generate/exception.schema.yaml by tools/generate/main.ts; do not edit.
import type { ObjectSchema } from '../schema.ts';

/** What the spec of an exception must be like, by its kind. */
export const EXCEPTION_SPEC_SCHEMAS: Readonly<Record<'SecurityException' | 'ClusterSecurityException', ObjectSchema>> =
  {
    SecurityException: {
      type: 'object',
      required: ['checks', 'reason'],
      properties: {
        checks: {
          type: 'array',
          minItems: 1,
          maxItems: 100,
          items: { type: 'string', minLength: 1, maxLength: 128, pattern: '^(\\*|[a-z0-9]+(-[a-z0-9]+)*)$' },
          isSet: true,
        },
        match: {
          type: 'object',
          minProperties: 1,
          properties: {
            kinds: {
              type: 'array',
              minItems: 1,
              maxItems: 32,
              items: { type: 'string', minLength: 1, maxLength: 63, pattern: '^[A-Z][A-Za-z0-9]*$' },
              isSet: true,
            },
            names: {
              type: 'array',
              minItems: 1,
              maxItems: 100,
              items: { type: 'string', minLength: 1, maxLength: 253, pattern: '^[^\\s/\\\\!(){}\\[\\]|]+$' },
              isSet: true,
            },
            selector: {
              type: 'object',
              properties: {
                matchLabels: {
                  type: 'object',
                  maxProperties: 32,
                  additionalProperties: {
                    type: 'string',
                    maxLength: 63,
                    pattern: '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$',
                  },
                },
                matchExpressions: {
                  type: 'array',
                  maxItems: 32,
                  items: {
                    type: 'object',
                    required: ['key', 'operator'],
                    properties: {
                      key: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 317,
                        pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$',
                      },
                      operator: { type: 'string', enum: ['In', 'NotIn', 'Exists', 'DoesNotExist'] },
                      values: {
                        type: 'array',
                        maxItems: 64,
                        items: {
                          type: 'string',
                          maxLength: 63,
                          pattern: '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$',
                        },
                      },
                    },
                  },
                },
              },
            },
            containers: {
              type: 'array',
              minItems: 1,
              maxItems: 100,
              items: { type: 'string', minLength: 1, maxLength: 63, pattern: '^[a-z0-9*?]([-a-z0-9*?]*[a-z0-9*?])?$' },
              isSet: true,
            },
          },
        },
        reason: { type: 'string', minLength: 10, maxLength: 1024, pattern: '\\S' },
        owner: { type: 'string', minLength: 1, maxLength: 256 },
        ticket: { type: 'string', minLength: 1, maxLength: 1024 },
        expirationTime: { type: 'string', format: 'date-time' },
      },
    },
    ClusterSecurityException: {
      type: 'object',
      required: ['checks', 'reason'],
      properties: {
        checks: {
          type: 'array',
          minItems: 1,
          maxItems: 100,
          items: { type: 'string', minLength: 1, maxLength: 128, pattern: '^(\\*|[a-z0-9]+(-[a-z0-9]+)*)$' },
          isSet: true,
        },
        match: {
          type: 'object',
          minProperties: 1,
          properties: {
            kinds: {
              type: 'array',
              minItems: 1,
              maxItems: 32,
              items: { type: 'string', minLength: 1, maxLength: 63, pattern: '^[A-Z][A-Za-z0-9]*$' },
              isSet: true,
            },
            names: {
              type: 'array',
              minItems: 1,
              maxItems: 100,
              items: { type: 'string', minLength: 1, maxLength: 253, pattern: '^[^\\s/\\\\!(){}\\[\\]|]+$' },
              isSet: true,
            },
            selector: {
              type: 'object',
              properties: {
                matchLabels: {
                  type: 'object',
                  maxProperties: 32,
                  additionalProperties: {
                    type: 'string',
                    maxLength: 63,
                    pattern: '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$',
                  },
                },
                matchExpressions: {
                  type: 'array',
                  maxItems: 32,
                  items: {
                    type: 'object',
                    required: ['key', 'operator'],
                    properties: {
                      key: {
                        type: 'string',
                        minLength: 1,
                        maxLength: 317,
                        pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$',
                      },
                      operator: { type: 'string', enum: ['In', 'NotIn', 'Exists', 'DoesNotExist'] },
                      values: {
                        type: 'array',
                        maxItems: 64,
                        items: {
                          type: 'string',
                          maxLength: 63,
                          pattern: '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$',
                        },
                      },
                    },
                  },
                },
              },
            },
            containers: {
              type: 'array',
              minItems: 1,
              maxItems: 100,
              items: { type: 'string', minLength: 1, maxLength: 63, pattern: '^[a-z0-9*?]([-a-z0-9*?]*[a-z0-9*?])?$' },
              isSet: true,
            },
          },
        },
        reason: { type: 'string', minLength: 10, maxLength: 1024, pattern: '\\S' },
        owner: { type: 'string', minLength: 1, maxLength: 256 },
        ticket: { type: 'string', minLength: 1, maxLength: 1024 },
        expirationTime: { type: 'string', format: 'date-time' },
        namespaceSelector: {
          type: 'object',
          properties: {
            matchLabels: {
              type: 'object',
              maxProperties: 32,
              additionalProperties: {
                type: 'string',
                maxLength: 63,
                pattern: '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$',
              },
            },
            matchExpressions: {
              type: 'array',
              maxItems: 32,
              items: {
                type: 'object',
                required: ['key', 'operator'],
                properties: {
                  key: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 317,
                    pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$',
                  },
                  operator: { type: 'string', enum: ['In', 'NotIn', 'Exists', 'DoesNotExist'] },
                  values: {
                    type: 'array',
                    maxItems: 64,
                    items: { type: 'string', maxLength: 63, pattern: '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$' },
                  },
                },
              },
            },
          },
        },
      },
    },
  };
