#!/bin/sh
# Mails an article, and shows what became of it. Needs jq.
#
#   email.sh https://news.example/a.html reader@example.com
set -eu
base=${OFFPRINT_URL:-http://127.0.0.1:8080}
auth() { [ -z "${OFFPRINT_KEY:-}" ] || printf 'header = "Authorization: Bearer %s"\n' "$OFFPRINT_KEY"; }

# The same key on every try: whatever happens to an answer, nobody gets two letters.
# Take one that your system can name again, such as the number of the reader's order.
once=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
job=$(
	jq -n --arg url "$1" --arg to "$2" '{url: $url, to: [{email: $to, lang: "zh-Hans", font_size: "large"}]}' |
		{
			request=$(cat)
			auth | curl -sS --fail-with-body -K - "$base/v1/email" -H 'Content-Type: application/json' \
				-H "Idempotency-Key: $once" --data-binary "$request" --retry 5 --retry-connrefused --retry-max-time 60
		}
)
id=$(printf %s "$job" | jq -r .id)
until printf %s "$job" | jq -e '.state | IN("done", "failed", "cancelled")' >/dev/null; do
	sleep 0.5
	job=$(auth | curl -sS --fail-with-body -K - "$base/v1/jobs/$id")
done
printf %s "$job" | jq -r '.deliveries[] | "\(.recipient) \(.state) \(.code) \(.message_id)"'
