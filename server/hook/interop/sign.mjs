// Signs requests with the standard's own library: reads {secret, id, time, body}
// as JSON lines, time in seconds, and writes the headers of each.
import { createInterface } from 'node:readline'
import { Webhook } from 'standardwebhooks'

for await (const line of createInterface({ input: process.stdin })) {
  const { secret, id, time, body } = JSON.parse(line)
  const signature = new Webhook(secret).sign(id, new Date(time * 1000), body)
  console.log(JSON.stringify({ 'webhook-id': id, 'webhook-timestamp': String(time), 'webhook-signature': signature }))
}
