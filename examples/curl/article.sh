#!/bin/sh
# Prints an article that is on no web page yet, from JSON on standard input:
#
#   article.sh article.pdf <<END
#   {"article": {"title": "试印一页", "lang": "zh-Hans", "authors": [{"name": "林小满"}],
#    "blocks": [{"kind": "paragraph", "text": "渡口的早班船，每天六班。"}]}, "paper": "A5"}
#   END
#
# The key must be one without hosts (offprint keys create NAME --scope print): it prints
# what it is given in the paper's name. {"html": "<html>…", "base_url": "https://news.example/a.html"} prints a page's HTML.
set -eu
base=${OFFPRINT_URL:-http://127.0.0.1:8080}
auth() { [ -z "${OFFPRINT_KEY:-}" ] || printf 'header = "Authorization: Bearer %s"\n' "$OFFPRINT_KEY"; }

request=$(cat)
# wait=30: rather wait for a long document than be given a job.
status=$(auth | curl -sS -K - "$base/v1/pdf" -H 'Content-Type: application/json' -H 'Prefer: wait=30' \
	--data-binary "$request" --retry 5 --retry-max-time 60 -o "$1" -w '%{http_code}')
if [ "$status" != 200 ]; then
	cat "$1" >&2 # a problem, whose hint says what to do; or with 202 a job
	rm -f "$1"
	exit 1
fi
