// Email: a form whose letter the service writes. The reader gives recipients, a
// name and, where the publisher allows it, a message.
import { append, charCode, encode, exec, fetch, focus, listen, prevent, wait } from './natives.js';
import { dialog, h } from './dom.js';
import { solve } from './proof.js';

// quote writes a string of JSON. A page's toJSON does not reach it.
const quote = (text) => {
  let out = '"';
  for (let i = 0; i < text.length; i++) {
    const code = charCode(text, i);
    out += code < 32 ? ' ' : (code === 34 || code === 92 ? '\\' : '') + text[i];
  }
  return out + '"';
};

// One to five addresses, with white space or commas between.
const gaps = '\\s,;，；、';
const part = `[^${gaps}@]+`;
const address = `${part}@${part}[.]${part}`;
const addresses = `${address}([${gaps}]+${address}){0,4}[${gaps}]*`;

export const email = (root, endpoint, page, token, fontSize, lang, words, opener, sent) => {
  const label = (word, input) => h('label', [], [word, input]);
  const to = h('input', ['inputmode', 'email', 'autocomplete', 'off', 'required', '', 'pattern', addresses]);
  const name = h('input', ['autocomplete', 'name', 'maxlength', 40]);
  const note = h('textarea', []);
  const trap = h('input', ['tabindex', -1, 'autocomplete', 'off', 'aria-hidden', 'true', 'class', 'trap']);
  const letter = h('div', []);
  const form = h('form', [], [
    label(words.to, to), label(words.name, name), letter, trap, h('button', ['part', 'button', 'class', 'main'], [words.send]),
  ]);
  const own = dialog(root, words.email, words.close, form, opener);

  // prepare fetches a challenge, shows what it tells of the letter, and solves
  // it while the reader types.
  const prepare = async () => {
    const answer = await fetch(endpoint + '/v1/challenge?url=' + encode(page) + '&token=' + encode(token) + '&lang=' + lang);
    const task = await answer.json();
    // A challenge is good from 5 s on; the reader's clock may be wrong.
    const ready = wait(5500);
    if (!letter.firstChild) {
      if (task.note) append(letter, label(words.note, note));
      append(letter, h('p', ['class', 'letter'], [
        task.pages && h('img', ['src', task.pages[0], 'alt', 'PDF']), task.subject,
      ]));
      append(letter, task.sender_name + words.once);
    }
    task.solution = await solve(task.challenge, task.bits, own.box_);
    await ready;
    return task;
  };
  let task;
  const renew = () => {
    task = prepare();
    task.catch(() => {});
  };
  renew();

  let busy;
  listen(form, 'submit', async (event) => {
    prevent(event);
    if (busy) return;
    busy = true;
    own.status_.textContent = words.send + '…';
    try {
      const { challenge, solution } = await task;
      if (!own.box_.open) return;
      let body = '';
      const fields = ['url', page, 'token', token, 'challenge', challenge, 'solution', solution, 'sender', name.value, 'note', note.value,
        'font_size', fontSize, 'lang', lang, 'website', trap.value];
      for (let i = 0; i < fields.length; i++) body += quote(fields[i]) + (i % 2 ? ',' : ':');
      body += '"to":[';
      const word = RegExp(`[^${gaps}]+`, 'g');
      for (let found, comma = ''; (found = exec(word, to.value)); comma = ',') body += comma + quote(found[0]);
      const answer = await fetch(endpoint + '/v1/share-email', {
        __proto__: null, method: 'POST', headers: { __proto__: null, 'Content-Type': 'application/json' }, body: '{' + body + ']}',
      });
      if (!answer.ok) throw 0;
      form.hidden = true;
      own.status_.textContent = words.sent;
      focus(own.close_);
      sent();
    } catch {
      own.status_.textContent = words.fail;
      renew(); // a challenge serves once
    }
    busy = false;
  });
};
