// What the browser offers, kept as it is when the script starts: a page that
// changes prototypes or globals afterwards changes nothing here. uncurry turns
// a method into a function whose first argument is the object.
const uncurry = Function.prototype.bind.bind(Function.prototype.call);
const element = HTMLElement.prototype;
const modal = HTMLDialogElement.prototype;

export const append = uncurry(element.append);
export const drop = uncurry(element.remove);
export const setAttribute = uncurry(element.setAttribute);
export const getAttribute = uncurry(element.getAttribute);
export const toggle = uncurry(element.toggleAttribute);
export const closest = uncurry(element.closest);
export const queryAll = uncurry(element.querySelectorAll);
export const shadow = uncurry(element.attachShadow);
export const focus = uncurry(element.focus);
export const dispatch = uncurry(element.dispatchEvent);
export const listen = uncurry(element.addEventListener);
export const showModal = uncurry(modal.showModal);
export const shut = uncurry(modal.close);
export const prevent = uncurry(Event.prototype.preventDefault);
export const setProperty = uncurry(CSSStyleDeclaration.prototype.setProperty);
export const replaceSheet = uncurry(CSSStyleSheet.prototype.replaceSync);
export const exec = uncurry(RegExp.prototype.exec);
export const charCode = uncurry(''.charCodeAt);
export const split = uncurry(''.split);

const bound = (object, method) => object[method].bind(object);
export const find = bound(document, 'querySelector');
export const create = bound(document, 'createElement');
export const createNS = bound(document, 'createElementNS');
export const fetch = bound(window, 'fetch');
export const openTab = bound(window, 'open');
export const printPage = bound(window, 'print');
export const computed = bound(window, 'getComputedStyle');
export const later = bound(window, 'setTimeout');
export const now = bound(Date, 'now');
export const expire = bound(AbortSignal, 'timeout');
export const encode = encodeURIComponent;
export const Sheet = CSSStyleSheet;

// wait ends after so many milliseconds.
export const wait = (ms) => new Promise((done) => later(done, ms));
