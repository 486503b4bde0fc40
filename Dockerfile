# One image for both processes: the api is its default command, the worker is `node apps/api/dist/worker.js`.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY . .
# `npm install --no-save` and not `npm ci`: tools/lib/install.mjs says why.
RUN npm install --no-save --no-audit --no-fund && node tools/build.mjs --api --hall --h5

FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY . .
RUN npm install --no-save --no-audit --no-fund --omit=dev --workspace @haoban/api

FROM node:22-bookworm-slim
WORKDIR /app
COPY package.json ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/libs ./libs
COPY --from=build /app/apps/api ./apps/api
COPY --from=build /app/apps/hall/dist ./apps/hall/dist
COPY --from=build /app/apps/miniapp/dist/h5 ./apps/miniapp/dist/h5
# PROBE_PORT: where the health check below looks; the worker answers on WORKER_PORT.
ENV NODE_ENV=production APP_MODE=production HOST=0.0.0.0 PORT=3000 WORKER_PORT=3001 PROBE_PORT=3000
USER node
EXPOSE 3000 3001
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PROBE_PORT}/health/live`).then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "--max-semi-space-size=128", "apps/api/dist/main.js"]
