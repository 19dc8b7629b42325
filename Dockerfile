# The treasure service with its sidecar. The base is an argument: any image with Node 24 in it.
ARG BASE=node:24.21.0-bookworm-slim
# npm: from the package registry; context: node_modules of the build context, where there is no registry.
ARG MODULES=npm

FROM ${BASE} AS modules-npm
WORKDIR /app
COPY package.json package-lock.json ./
# `--secret id=npmrc,src=FILE` names another registry, or whom to trust on the way there; it is in no layer.
RUN --mount=type=secret,id=npmrc NPM_CONFIG_USERCONFIG=/run/secrets/npmrc npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM ${BASE} AS modules-context
WORKDIR /app
COPY node_modules ./node_modules

FROM modules-${MODULES} AS modules

FROM ${BASE}
ENV NODE_ENV=production
WORKDIR /app
COPY --from=modules /app/node_modules ./node_modules
COPY package.json ./
COPY service ./service
COPY platforms/local/memory-limit.ts ./platforms/local/
COPY platforms/compose/image ./platforms/compose/image
# An empty volume takes owner and mode of the folder that it is mounted on.
COPY --chown=1000:1000 platforms/compose/image/empty /secrets
COPY --chown=1000:1000 platforms/compose/image/empty /code
USER 1000:1000
EXPOSE 8080 8081
CMD ["node", "--disable-warning=ExperimentalWarning", "platforms/compose/image/pod-main.ts"]
