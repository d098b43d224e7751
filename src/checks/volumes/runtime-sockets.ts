import { basename } from 'node:path/posix';
import { holds } from './host-directories.ts';

/** Where container runtimes listen. `/var/run` is a link to `/run` on every current node, and both are written. */
const SOCKETS: readonly string[] = [
  '/run/docker.sock',
  '/run/docker/containerd/containerd.sock',
  '/run/containerd/containerd.sock',
  '/run/crio/crio.sock',
  '/run/cri-dockerd.sock',
  '/run/dockershim.sock',
  '/run/podman/podman.sock',
  '/run/k3s/containerd/containerd.sock',
  '/run/k0s/containerd.sock',
].flatMap((socket) => [socket, `/var${socket}`]);

/** They are what they are called, wherever a distribution puts them. */
const NAMES: ReadonlySet<string> = new Set(SOCKETS.map((socket) => basename(socket)));

/** On Windows nodes the same are named pipes, written with either slash. */
const PIPE = /[\\/]pipe[\\/](?:docker_engine|containerd-containerd)$/i;

/** Whether a path of the node is the socket of a container runtime, or a directory that holds one. */
export function reachesRuntime(path: string): boolean {
  return PIPE.test(path) || NAMES.has(basename(path)) || SOCKETS.some((socket) => holds(path, socket));
}
