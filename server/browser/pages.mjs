// A newspaper's page and a service for the tests, each at an address of its own
// on loopback, so that the page asks across origins as it does in life.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const root = new URL('../../', import.meta.url).pathname;
const hash = 'ab'.repeat(32);
const listening = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${server.address().port}`)));

// service answers as the readers' side does. mode: ok, slow, down, often.
export const service = async () => {
  const made = { mode: 'ok', asked: [], letters: [], note: false, bits: 14 };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://service');
    const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'Content-Type' };
    const answer = (status, type, body, more) => response.writeHead(status, { 'Content-Type': type, ...headers, ...more }).end(body);
    const json = (status, value) => answer(status, 'application/json', JSON.stringify(value));
    if (request.method === 'OPTIONS') return answer(204, 'text/plain', '');
    made.asked.push(request.url);
    const web = { '/buttons.js': 'text/javascript', '/print.css': 'text/css' }[url.pathname];
    if (web) return answer(200, web, await readFile(`${root}templates/web${url.pathname}`));
    if (made.mode === 'down') return answer(503, 'application/problem+json', '{"type":"/problems/busy"}');
    if (made.mode === 'slow' && url.pathname === '/v1/pdf') return; // never
    switch (url.pathname) {
      case '/v1/pdf': return answer(302, 'text/plain', '', { Location: `/v1/pdf/${hash}.pdf` });
      case `/v1/pdf/${hash}.pdf`: return answer(200, 'application/pdf', '%PDF-1.7');
      case `/print/${hash}`: return answer(200, 'text/html', '<!doctype html><html lang=en><title>the PDF</title><h1>printed</h1>');
      case '/v1/qr.svg': return answer(200, 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h3v3H1zM6 6h2v2H6z"/></svg>');
      case '/page.svg': return answer(200, 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297"><path fill="#999" d="M20 30h120v9H20zM20 60h170v3H20zM20 70h170v3H20zM20 80h150v3H20z"/></svg>');
      case '/v1/challenge': return json(200, {
        challenge: 'c0ffee.' + 'x'.repeat(70), bits: made.bits, not_before: Math.floor(Date.now() / 1000) + 5, expires: 4e9, note: made.note,
        subject: '渡轮码头的清晨 - 港湾日报', sender_name: '港湾日报', pages: [`http://${request.headers.host}/page.svg`],
      });
      case '/v1/share-email': {
        if (made.mode === 'often') return json(429, { type: '/problems/rate-limited' });
        let body = '';
        for await (const part of request) body += part;
        const letter = JSON.parse(body);
        const digest = createHash('sha256').update(`${letter.challenge}.${letter.solution}`).digest();
        if (digest.readUInt32BE(0) >>> (32 - made.bits)) return json(403, { type: '/problems/forbidden' });
        made.letters.push(letter);
        return json(202, { accepted: true });
      }
      default: return answer(404, 'text/plain', 'no');
    }
  });
  made.address = await listening(server);
  made.close = () => { server.closeAllConnections(); server.close(); };
  return made;
};

const strict = (at) => `default-src 'none'; script-src ${at}; connect-src ${at}; style-src 'self'; img-src 'self' ${at}; `
  + `frame-src ${at}; require-trusted-types-for 'script'; trusted-types 'none'`;

// The snippet of docs/guide/buttons.md.
const snippet = `article-tools { display: block; min-height: 48px; }
article-tools:not(:defined) { display: flex; align-items: center; gap: 1.25em; height: 48px; overflow: hidden; white-space: nowrap; }`;

const texts = {
  en: ['Morning at the ferry pier', 'The first boat leaves before the sun is up.'],
  'zh-Hans': ['渡轮码头的清晨', '头班船在日出之前开出，乘客不多，都带着昨夜的报纸。'],
  'zh-Hant': ['渡輪碼頭的清晨', '頭班船在日出之前開出，乘客不多，都帶着昨夜的報紙。'],
  ja: ['渡船場の朝', '始発の船は日の出前に出る。乗客は少なく、みな昨日の新聞を手にしている。'],
  ko: ['나루터의 아침', '첫 배는 해가 뜨기 전에 떠난다. 손님은 많지 않다.'],
};

// Everything that a page may do to others: rules for all elements, prototypes
// changed before the buttons load (as old libraries do) and after.
const hostileCSS = `* { all: revert; font-size: 41px !important; letter-spacing: 9px !important; text-transform: uppercase !important; float: left !important;
  padding: 13px !important; line-height: 5 !important; display: inline !important; word-spacing: 40px !important; }
button, a, svg, dialog { display: none !important; }`;
const hostileBefore = `Array.prototype.toJSON = () => 'stolen'; String.prototype.toJSON = () => 'stolen'; Object.prototype.method = 'PUT';
Object.prototype.evil = function () {}; Array.prototype.evil = 1;`;
const hostileAfter = `addEventListener('load', () => {
  const broken = () => { throw new Error('broken by the page'); };
  for (const type of [Node, Element, HTMLElement, EventTarget, HTMLDialogElement, Event, Array, String, RegExp, CSSStyleDeclaration, CSSStyleSheet, Storage]) {
    for (const name of Object.getOwnPropertyNames(type.prototype)) {
      const own = Object.getOwnPropertyDescriptor(type.prototype, name);
      if (name !== 'constructor' && own.writable && typeof own.value === 'function') type.prototype[name] = broken;
    }
  }
  for (const name of ['fetch', 'open', 'print', 'setTimeout', 'getComputedStyle', 'encodeURIComponent']) window[name] = broken;
  document.createElement = document.createElementNS = document.querySelector = document.getElementById = broken;
});`;

// site serves the newspaper: /?lang=&css=&csp=&tools=&dir=&hostile=
export const site = async (at) => {
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://site');
    const ask = (name) => url.searchParams.get(name) ?? '';
    const files = { '/px.css': 'body { font-size: 18px } p { font-size: 17px; line-height: 27px }', '/own.css': hostileCSS,
      '/var.css': 'p { font-size: calc(17px * var(--offprint-scale, 1)) }', '/snippet.css': `${snippet} body { margin: 16px }` };
    if (files[url.pathname]) return response.writeHead(200, { 'Content-Type': 'text/css' }).end(files[url.pathname]);
    if (url.pathname !== '/') return response.writeHead(404).end();
    const lang = ask('lang') || 'en';
    const [title, text] = texts[lang.startsWith('zh-HK') ? 'zh-Hant' : lang] ?? texts.en;
    const sheet = (name) => `<link rel="stylesheet" href="/${name}.css">`;
    const headers = { 'Content-Type': 'text/html; charset=utf-8' };
    if (ask('csp')) headers['Content-Security-Policy'] = strict(at);
    response.writeHead(200, headers).end(`<!doctype html>
<html lang="${lang}"${ask('dir') && ` dir="${ask('dir')}"`}><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${ask('dark') && '<meta name="color-scheme" content="light dark">'}
<link rel="canonical" href="https://news.example/a.html">${sheet('snippet')}${ask('css') && sheet(ask('css'))}
${ask('hostile') && `<script>${hostileBefore}</script>`}
<script type="module" src="${at}/buttons.js"></script>
${ask('hostile') && `<script>${hostileAfter}</script>`}</head>
<body><header><p>港湾日报</p></header><main><h1>${title}</h1>
<article-tools endpoint="${at}" for="story" token="2000000000.dG9rZW4"${ask('tools') && ` tools="${ask('tools')}"`}><a href="${at}/v1/pdf?url=https%3A%2F%2Fnews.example%2Fa.html">PDF</a> <a href="mailto:?body=https%3A%2F%2Fnews.example%2Fa.html">Email</a></article-tools>
<article id="story"><p>${text}</p><p>${text.repeat(4)}</p></article></main></body></html>`);
  });
  const address = await listening(server);
  return { address, close: () => { server.closeAllConnections(); server.close(); } };
};
