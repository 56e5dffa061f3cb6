# The image of Longshore: the binary on a base without a shell.
#
#   docker build --tag longshore .
#   docker run --read-only --volume longshore:/data --publish 127.0.0.1:5050:5050 longshore
#
# The image always runs as user 65532, never as root. It writes only below /data, and only without
# --database. Settings are LONGSHORE_… variables, which the health check reads too. Both of docker's
# builders accept this file.
#
# The bases can be replaced, for a mirror or for a machine without a network: BUILDER needs cargo, a
# C compiler and a shell; RUNTIME needs a glibc no older than the builder's, libgcc, and the
# certificates of authorities.
ARG BUILDER=docker.io/library/rust:1.95-trixie
ARG RUNTIME=gcr.io/distroless/cc-debian13:nonroot

FROM ${BUILDER} AS build
WORKDIR /src
COPY . .
RUN cargo build --locked --profile dist --package longshore \
 && mkdir -p /out/data \
 && cp target/dist/longshore /out/longshore

FROM ${RUNTIME}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Longshore" \
      org.opencontainers.image.description="An open Elastic Container Registry" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /out/longshore /usr/local/bin/longshore
# A named volume gets its owner from this folder.
COPY --from=build --chown=65532:65532 /out/data /data
# Inside the container it listens on all addresses; the container engine decides what is published.
ENV LONGSHORE_LISTEN=0.0.0.0:5050 \
    LONGSHORE_DATA=/data
WORKDIR /data
USER 65532:65532
EXPOSE 5050
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["longshore", "health"]
ENTRYPOINT ["longshore"]
CMD ["serve"]
