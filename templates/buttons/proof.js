// The proof of work of the email form: a number N such that SHA-256 of
// "challenge.N" begins with so many zero bits. crypto.subtle is absent from
// plain http, and asynchronous, so the hash is our own (FIPS 180-4).
import { charCode, now, wait } from './natives.js';

// The first 32 bits of the fractional parts of the square roots (for the state)
// and cube roots (for the rounds) of the first primes.
const start = new Int32Array(8);
const constants = new Int32Array(64);
for (let n = 2, count = 0; count < 64; n++) {
  let d = 2;
  while (n % d) d++;
  if (d < n) continue;
  start[count] = n ** (1 / 2) % 1 * 2 ** 32; // from the ninth on there is no such place
  constants[count++] = n ** (1 / 3) % 1 * 2 ** 32;
}

const schedule = new Int32Array(64);
const turn = (x, n) => x >>> n | x << 32 - n;

// compress adds the 64 bytes of a text from one place on to a state; behind the
// text's end stand a 1 bit and, in the last block, its length in bits.
const compress = (state, text, from) => {
  const w = schedule;
  const size = text.length;
  for (let i = 0; i < 16; i++) w[i] = 0;
  for (let i = from; i <= size && i < from + 64; i++) w[i - from >> 2] |= (i < size ? charCode(text, i) : 128) << 24 - i % 4 * 8;
  if (from + 55 >= size) w[15] = size * 8;
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15];
    const y = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (turn(x, 7) ^ turn(x, 18) ^ x >>> 3) + (turn(y, 17) ^ turn(y, 19) ^ y >>> 10);
  }
  let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
  for (let i = 0; i < 64; i++) {
    const t = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + constants[i] + w[i] | 0;
    const u = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
    h = g; g = f; f = e; e = d + t | 0;
    d = c; c = b; b = a; a = t + u | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
};

// solve finds the number in slices of 12 ms, so that the page stays alive, and
// gives up when the dialog is closed.
export const solve = async (challenge, bits, dialog) => {
  const state = new Int32Array(8);
  for (let n = 0, pause = 0; dialog.open; n++) {
    const text = challenge + '.' + n;
    for (let i = 0; i < 8; i++) state[i] = start[i];
    for (let from = 0; from < text.length + 9; from += 64) compress(state, text, from);
    if (!(state[0] >>> 32 - bits)) return '' + n;
    if (n % 256 < 1 && now() > pause) {
      await wait(0);
      pause = now() + 12;
    }
  }
};
