# syntax=docker/dockerfile:1

FROM python:3.12-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
# requirements-sentry.txt, to report faults, or requirements.txt
ARG REQUIREMENTS=requirements.txt
COPY requirements.txt requirements-sentry.txt ./
RUN /venv/bin/pip install --require-hashes -r $REQUIREMENTS
WORKDIR /app
COPY manage.py ./
COPY retention retention
COPY articles articles
COPY templates templates
COPY static static
COPY locale locale
# Catalogues, static files and dictionaries need no secret; the key of this step stays in this stage.
RUN SECRET_KEY=$(python -c "import secrets; print(secrets.token_urlsafe(50))") /venv/bin/python manage.py build \
    && mkdir --parents var/share-images

FROM python:3.12-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOST=0.0.0.0 MALLOC_ARENA_MAX=1
RUN useradd --system --uid 10001 --home-dir /app retention
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build --chown=10001 /app /app
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["gunicorn", "-c", "python:retention.gunicorn"]
