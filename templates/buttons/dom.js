// Elements, made by calls alone: Trusted Types and a strict CSP let these pass.
import { append, create, createNS, drop, focus, listen, setAttribute, showModal, shut } from './natives.js';

// set gives attributes: name, value, name, value …
export const set = (element, attributes) => {
  for (let i = 0; i < attributes.length; i += 2) setAttribute(element, attributes[i], attributes[i + 1]);
  return element;
};

// h makes an element of attributes and children: nodes, strings or nothing.
export const h = (tag, attributes, children = []) => {
  const element = set(create(tag), attributes);
  for (let i = 0; i < children.length; i++) if (children[i]) append(element, children[i]);
  return element;
};

export const button = (children, press) => {
  const element = h('button', ['part', 'button'], children);
  listen(element, 'click', press);
  return element;
};

// icon draws strokes of ours on a grid of 24.
export const icon = (strokes) => {
  const svg = 'http://www.w3.org/2000/svg';
  const drawing = set(createNS(svg, 'svg'), ['viewBox', '0 0 24 24']);
  append(drawing, set(createNS(svg, 'path'), ['d', strokes]));
  return drawing;
};

// dialog shows one: modal, closed by Esc or its button, and then the focus goes
// back to what opened it. The status says aloud what is written to it.
export const dialog = (root, title, close, child, opener) => {
  const status = h('p', ['role', 'status']);
  const last = button([close], () => shut(box));
  const box = h('dialog', ['part', 'dialog', 'aria-label', title], [h('h2', [], [title]), child, status, last]);
  listen(box, 'close', () => {
    drop(box);
    focus(opener);
  });
  append(root, box);
  showModal(box);
  return { box_: box, close_: last, status_: status };
};
