# Build: docker build -t vigie .          Without a network: `make wheels` first, on the same kind of machine.
# Run:   see deploy/compose.yaml

FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build

# wheels/ need not exist: the bracket makes it a pattern, and a pattern may match nothing.
COPY requirements.lock requirements-build.lock wheel[s] wheels/
RUN ls wheels/*.whl >/dev/null 2>&1 || { \
      pip download --only-binary :all: --require-hashes -r wheels/requirements.lock -d wheels && \
      pip download --only-binary :all: --require-hashes -r wheels/requirements-build.lock -d wheels; }

# From here on nothing is fetched, and every file must have the hash in the lock.
ENV PIP_NO_INDEX=1 PIP_FIND_LINKS=/build/wheels
RUN python -m venv /opt/vigie && /opt/vigie/bin/pip install --require-hashes -r wheels/requirements.lock
RUN pip install --require-hashes -r wheels/requirements-build.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY locales locales
RUN pip wheel --no-deps --no-build-isolation -w dist . && /opt/vigie/bin/pip install --no-deps dist/vigie-*.whl

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin vigie \
    && install -d -o vigie -g vigie -m 0700 /data
COPY --from=build /opt/vigie /opt/vigie
ENV PATH=/opt/vigie/bin:$PATH PYTHONUNBUFFERED=1 \
    VIGIE_DATA_DIR=/data VIGIE_WEB_BIND=0.0.0.0:8080 VIGIE_LOG_FORMAT=json
USER vigie
WORKDIR /data
VOLUME /data
EXPOSE 8080
# It asks for /healthz where VIGIE_WEB_BIND says.
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s --retries=3 \
    CMD ["python", "-m", "bot.web.probe"]
ENTRYPOINT ["vigie"]
CMD ["run"]
