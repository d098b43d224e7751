/** Verbs that change what is there or add to it. */
export const PUT: readonly string[] = ['create', 'update', 'patch'];
/** Verbs that change what is there. */
export const CHANGE: readonly string[] = ['update', 'patch'];
export const DELETE: readonly string[] = ['delete', 'deletecollection'];
