// A client of offprint's API for Node 20 and later. It needs no package.

import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

// Failure is an answer that is not what was asked for. Its problem is what the
// service says (RFC 9457): type, title, status, detail, and hint: what to do.
export class Failure extends Error {
  constructor(status, problem) {
    super(`${status} ${problem?.detail ?? problem?.title ?? ''}${problem?.hint ? ` (${problem.hint})` : ''}`);
    this.status = status;
    this.problem = problem;
  }
}

export class Offprint {
  constructor({ base = process.env.OFFPRINT_URL ?? 'http://127.0.0.1:8080', key = process.env.OFFPRINT_KEY } = {}) {
    this.base = base;
    this.key = key;
  }

  // ask makes a request, again where the service is busy and says when.
  async ask(path, { method, body, headers = {}, tries = 5 } = {}) {
    const request = { method: method ?? (body ? 'POST' : 'GET'), headers: { ...headers } };
    if (this.key) request.headers.authorization = `Bearer ${this.key}`;
    if (body) {
      request.body = JSON.stringify(body);
      request.headers['content-type'] = 'application/json';
    }
    for (let n = 1; ; n++) {
      const answer = await fetch(new URL(path, this.base), { ...request, signal: AbortSignal.timeout(100_000) });
      if (answer.ok) return answer;
      if (n < tries && [429, 503].includes(answer.status)) {
        await answer.body?.cancel();
        await sleep(Number(answer.headers.get('retry-after') ?? 1));
        continue;
      }
      throw new Failure(answer.status, await answer.json().catch(() => undefined));
    }
  }

  // print gives the PDF of {url}, or with a key without hosts that of {html, base_url}
  // or {article}, with the options of
  // the contract: {font_size: 'large', paper: 'A5'}. A long one becomes a job meanwhile.
  async print(request) {
    const answer = await this.ask('/v1/pdf', { body: request, headers: { prefer: 'wait=30' } });
    if (answer.status !== 202) return Buffer.from(await answer.arrayBuffer());
    return this.document(await this.finished(await answer.json()));
  }

  // submit makes a job of the same request. callback is told when it is done.
  async submit(request) {
    const answer = await this.ask('/v1/pdf', { body: request, headers: { prefer: 'respond-async' } });
    return answer.json();
  }

  // finished waits until a job has ended.
  async finished(job, seconds = 120) {
    for (const end = Date.now() + seconds * 1000; !['done', 'failed', 'cancelled'].includes(job.state); ) {
      if (Date.now() > end) throw new Error(`job ${job.id} is still ${job.state}`);
      await sleep(0.5);
      job = await (await this.ask(`/v1/jobs/${job.id}`)).json();
    }
    return job;
  }

  // document gives the PDF that a job made.
  async document(job) {
    if (!job.result?.pdf) throw new Failure(job.error?.status ?? 0, job.error ?? { detail: `job ${job.id} is ${job.state}` });
    return Buffer.from(await (await this.ask(job.result.pdf)).arrayBuffer());
  }

  // email mails an article. once names the request: the same name never mails twice.
  async email(request, once = randomUUID()) {
    const answer = await this.ask('/v1/email', { body: request, headers: { 'idempotency-key': once } });
    return answer.json();
  }

  // tell sends a web hook, signed by Standard Webhooks with a secret whsec_….
  async tell(hook, secret, event) {
    const body = JSON.stringify(event);
    const id = `msg_${randomUUID()}`;
    const time = Math.floor(Date.now() / 1000).toString();
    const answer = await fetch(new URL(`/v1/hooks/${hook}`, this.base), {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': time,
        'webhook-signature': `v1,${sign(secret, `${id}.${time}.${body}`)}`,
      },
    });
    if (!answer.ok) throw new Failure(answer.status, await answer.json().catch(() => undefined));
    return answer.json();
  }
}

// verify gives the event of a callback, or throws. body is the body as it came,
// not parsed and written anew. An event may come twice, with the same webhook-id.
export function verify(secret, headers, body) {
  const id = headers['webhook-id'];
  const time = headers['webhook-timestamp'];
  if (!(Math.abs(Date.now() / 1000 - Number(time)) < 300)) throw new Error('the call is old, or the clock is wrong');
  const want = Buffer.from(sign(secret, `${id}.${time}.${body}`));
  // One signature a secret, while the secret is changed.
  for (const one of String(headers['webhook-signature']).split(' ')) {
    const [version, text = ''] = one.split(',');
    const have = Buffer.from(text);
    if (version === 'v1' && have.length === want.length && timingSafeEqual(have, want)) return JSON.parse(body);
  }
  throw new Error('the signature is not ours');
}

function sign(secret, text) {
  const key = Buffer.from(secret.trim().replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(text).digest('base64');
}

const sleep = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
