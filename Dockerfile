# The portal's image: one for web, worker, beat and the commands. Built in two steps, so that the image carries no compiler
# and no package cache; runs as an account without rights.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /portal
RUN python -m venv /portal/.venv
COPY requirements.lock ./
RUN .venv/bin/python -m pip install --no-deps --require-hashes -r requirements.lock

FROM python:3.11-slim-bookworm
# Pango draws the documents; postgresql-client is for backup and restore (as new as the server, or newer).
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core postgresql-client-15 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /portal --shell /usr/sbin/nologin portal
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/portal/.venv/bin:$PATH VAR_DIR=/portal/var MEDIA_ROOT=/portal/media
WORKDIR /portal
COPY --from=build /portal/.venv .venv
COPY manage.py LICENSE ./
COPY oltreiperimetri oltreiperimetri
COPY partners partners
COPY beneficiaries beneficiaries
COPY orafo orafo
COPY generazioni generazioni
COPY templates templates
COPY static static
COPY locale locale
# The names of static files carry their content: they are made here, once, with keys that serve for nothing else.
RUN mkdir -p var media \
 && DJANGO_ENV=production SECRET_KEY=build FIELD_KEYS=build INDEX_KEY=build SITE_URL=https://build.invalid \
    ALLOWED_HOSTS=build.invalid EMAIL_URL=smtp://build.invalid DATABASE_URL=postgres://build.invalid/build \
    python manage.py collectstatic --noinput --verbosity 0 \
 && chown -R portal:portal var media
USER portal
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/healthz', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0]}), timeout=4)"]
CMD ["gunicorn", "oltreiperimetri.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
