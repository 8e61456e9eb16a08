#!/bin/sh
# Tells offprint that an article was published, signed by Standard Webhooks:
#
#   hook.sh cms cms.secret https://news.example/a.html
#
# cms is the NAME of [hooks.NAME] with source = "standard-webhooks"; cms.secret is its
# secret_file: a line whsec_…. Needs jq and openssl.
set -eu
base=${OFFPRINT_URL:-http://127.0.0.1:8080}

key=$(sed -n '1s/^whsec_//p' "$2" | base64 -d | od -An -v -tx1 | tr -d ' \n')
id=msg_$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
time=$(date +%s)
body=$(jq -cn --arg url "$3" '{type: "article.published", timestamp: (now | todate), data: {url: $url, lang: "zh-Hans"}}')
signature=$(printf %s "$id.$time.$body" | openssl dgst -sha256 -mac HMAC -macopt hexkey:"$key" -binary | base64)

curl -sS --fail-with-body "$base/v1/hooks/$1" -H 'Content-Type: application/json' \
	-H "webhook-id: $id" -H "webhook-timestamp: $time" -H "webhook-signature: v1,$signature" \
	--data-binary "$body" --retry 5 --retry-max-time 60
