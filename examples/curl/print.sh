#!/bin/sh
# Prints the article at an address:
#
#   print.sh https://news.example/a.html article.pdf
set -eu
base=${OFFPRINT_URL:-http://127.0.0.1:8080}

# The key goes in through a pipe: on the command line, others on this machine see it.
auth() { [ -z "${OFFPRINT_KEY:-}" ] || printf 'header = "Authorization: Bearer %s"\n' "$OFFPRINT_KEY"; }

# GET leads to the document (302), which never changes under its address.
auth | curl -sS --fail-with-body -K - -L -G "$base/v1/pdf" \
	--data-urlencode "url=$1" -d font_size=large \
	--retry 5 --retry-max-time 60 -o "$2"
