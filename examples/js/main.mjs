// What the client can do, from the command line:
//
//   node main.mjs print https://news.example/a.html article.pdf
//   node main.mjs article article.json article.pdf
//   node main.mjs job https://news.example/a.html article.pdf [callback]
//   node main.mjs email https://news.example/a.html reader@example.com
//   node main.mjs hook cms cms.secret https://news.example/a.html
//   node main.mjs receive 9000 callbacks.secret

import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { Offprint, verify } from './offprint.mjs';

const offprint = new Offprint();
const [verb, ...args] = process.argv.slice(2);
const verbs = {
  async print(url, file) {
    await writeFile(file, await offprint.print({ url, font_size: 'large' }));
  },
  async article(json, file) {
    await writeFile(file, await offprint.print({ article: JSON.parse(await readFile(json)), paper: 'A5' }));
  },
  async job(url, file, callback) {
    const job = await offprint.submit({ url, font_size: 'large', callback, callback_data: callback && { desk: 7 } });
    await writeFile(file, await offprint.document(await offprint.finished(job)));
  },
  async email(url, to) {
    const job = await offprint.finished(await offprint.email({ url, to: [to] }));
    for (const d of job.deliveries) console.log(d.recipient, d.state, d.code, d.message_id);
  },
  async hook(name, secretFile, url) {
    const secret = await readFile(secretFile, 'utf8');
    const event = { type: 'article.published', timestamp: new Date().toISOString(), data: { url, lang: 'zh-Hans' } };
    console.log(JSON.stringify(await offprint.tell(name, secret, event)));
  },
  async receive(port, secretFile) {
    const secret = await readFile(secretFile, 'utf8');
    const seen = new Set(); // in earnest: in a database
    createServer(async (request, response) => {
      try {
        const chunks = [];
        for await (const chunk of request) chunks.push(chunk);
        const event = verify(secret, request.headers, Buffer.concat(chunks).toString());
        if (!seen.has(request.headers['webhook-id'])) {
          seen.add(request.headers['webhook-id']);
          console.log(event.type, event.data.state, JSON.stringify(event.data.callback_data));
        }
        response.writeHead(204).end(); // at once: what takes long is done afterwards
      } catch (error) {
        response.writeHead(401).end(error.message);
      }
    }).listen(Number(port), '127.0.0.1');
  },
};
if (!verbs[verb]) {
  console.error(`verbs: ${Object.keys(verbs).join(' ')}`);
  process.exit(2);
}
try {
  await verbs[verb](...args);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
