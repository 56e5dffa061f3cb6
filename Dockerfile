# The image of Longshore: the binary on a base without a shell.
#
#   docker build --tag longshore .
#   docker run --read-only --volume longshore:/data --publish 127.0.0.1:5050:5050 longshore
#
# What is always true in the image: it runs as 65532, never as root; it writes nowhere but below /data, and there only
# without --database; settings are LONGSHORE_… variables, which the health check reads too. Both builders of docker take this file.
#
# The bases can be exchanged, for a mirror or for a machine without a network: BUILDER needs cargo, a C compiler and a
# shell; RUNTIME needs glibc, no older than the builder's, libgcc, and certificates of authorities.
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
# A named volume takes its owner from here.
COPY --from=build --chown=65532:65532 /out/data /data
# Inside, it listens for whoever reaches the container; what is published outside is the engine's affair.
ENV LONGSHORE_LISTEN=0.0.0.0:5050 \
    LONGSHORE_DATA=/data
WORKDIR /data
USER 65532:65532
EXPOSE 5050
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["longshore", "health"]
ENTRYPOINT ["longshore"]
CMD ["serve"]
