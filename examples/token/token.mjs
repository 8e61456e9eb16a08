// The token of an article's page, for the buttons: node token.mjs SECRET_FILE URL.
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'

// url is the article's canonical address.
export function offprintToken(secret, url, days = 7) {
  const exp = Math.floor(Date.now() / 1000) + days * 86400 // at most 30 days: as long as caches keep the page
  return exp + '.' + createHmac('sha256', secret).update(url + '\n' + exp).digest('base64url')
}

const secret = readFileSync(process.argv[2], 'utf8').split('\n')[0].trim() // the file's first line
console.log(offprintToken(secret, process.argv[3]))
