/**
 * What checks of a profile may hold, and what they may make. An expression beyond these is refused, a value ends its evaluation
 * with an error. They bound what one evaluation takes before the deadline of its thread ends it, and keep single allocations
 * so small that V8 ends the thread, and not the process, when its memory is used up (docs/adr/0013-custom-checks.md).
 */
export const CUSTOM_LIMITS = {
  checks: 100,
  kinds: 50,
  variables: 20,
  tests: 50,
  /** `custom-` and a name make an id, of which a report takes 63 characters. */
  nameLength: 56,
  expressionLength: 8192,
  /** Of messages and paths; what is longer is cut. */
  messageLength: 1024,
  /** Of the JSON text of one object. etcd takes 1.5 MiB by default. */
  objectLength: 1.5 * 1024 * 1024,
  /** Of a string that an expression makes. One in the object may be longer. */
  stringLength: 1024 * 1024,
  /** Of a list that an expression makes. One in the object may be longer. */
  listLength: 100_000,
  patternLength: 1024,
} as const;
