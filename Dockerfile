# The bundle is JavaScript, the same for every platform: it is built once, on the builder's own.
# Both images are pinned by tag, as their digests were not known when this was written: pin those where releases are built.
FROM --platform=$BUILDPLATFORM docker.io/library/node:24.21.0-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# No package may run anything at install time; none of ours needs to.
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY tools/build.ts tools/
COPY src src
# What `plimsoll --version` says beside the version.
ARG GIT_REVISION
RUN npm run build

# No shell, no package manager: Node, its libraries, CA certificates, and the user nonroot (65532).
FROM gcr.io/distroless/nodejs24-debian12:nonroot
LABEL org.opencontainers.image.title="plimsoll" \
      org.opencontainers.image.description="Judges a Kubernetes cluster's security posture and reports what is wrong, and what is new" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
# Says that the bundle is made of ES modules.
COPY --from=build /build/package.json ./
COPY --from=build /build/dist ./
COPY LICENSE ./
# A number, so that the kubelet can tell without the image that it is not root.
USER 65532:65532
# The C library keeps heaps for each thread otherwise, which takes some 7 MiB more and saves no time that could be measured.
ENV MALLOC_ARENA_MAX=1
ENTRYPOINT ["/nodejs/bin/node", "/app/plimsoll.js"]
