# One image a service, from one build. LTS pinned; Debian slim, since the embedded database's binaries need glibc.
FROM node:24.11.1-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY apps apps
COPY libs libs
COPY e2e e2e
COPY bench bench
COPY tsconfig.json tsconfig.base.json ./
COPY scripts/console.mjs scripts/console.mjs
RUN npm ci --no-fund --no-audit && npx tsc -b apps/api-gateway apps/payments apps/sms-matching apps/webhook-dispatch apps/ops \
 && node scripts/console.mjs \
 && npm prune --omit=dev --omit=optional --no-fund --no-audit \
 && find apps libs \( -name src -o -name '*.tsbuildinfo' \) -prune -exec rm -rf {} +

FROM node:24.11.1-bookworm-slim AS runtime
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules node_modules
COPY --from=build --chown=root:root /app/libs libs
COPY docker/healthcheck.sh docker/healthcheck.sh
USER node
EXPOSE 3000

FROM runtime AS payments
COPY --from=build /app/apps/payments apps/payments
CMD ["node", "--enable-source-maps", "apps/payments/dist/main.js"]

FROM runtime AS sms-matching
COPY --from=build /app/apps/sms-matching apps/sms-matching
CMD ["node", "--enable-source-maps", "apps/sms-matching/dist/main.js"]

FROM runtime AS webhook-dispatch
COPY --from=build /app/apps/webhook-dispatch apps/webhook-dispatch
CMD ["node", "--enable-source-maps", "apps/webhook-dispatch/dist/main.js"]

FROM runtime AS api-gateway
COPY --from=build /app/apps/api-gateway apps/api-gateway
COPY --from=build /app/apps/console-web/dist/web apps/console-web/dist/web
CMD ["node", "--enable-source-maps", "apps/api-gateway/dist/main.js"]

FROM runtime AS ops
COPY --from=build /app/apps/ops apps/ops
ENTRYPOINT []
CMD ["node", "apps/ops/dist/main.js", "--help"]
