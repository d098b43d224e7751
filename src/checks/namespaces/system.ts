export { isSystemNamespace } from '../../inventory/system-namespaces.ts';
