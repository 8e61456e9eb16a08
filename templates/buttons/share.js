// Share: links. Nothing is asked of anybody before the reader presses one.
import { append, encode, split } from './natives.js';
import { button, dialog, h } from './dom.js';

// Name, address up to the link, and what stands between link and title.
const places = split(
  '微博 service.weibo.com/share/share.php?url= &title= '
  + 'WhatsApp wa.me/?text= %20 '
  + 'LINE social-plugins.line.me/lineit/share?url= &text= '
  + 'Facebook www.facebook.com/sharer/sharer.php?u= &text= '
  + 'X x.com/intent/post?url= &text= '
  + 'Telegram t.me/share/url?url= &text=', ' ');

export const share = (root, page, title, endpoint, pdf, words, opener) => {
  const link = (name, address) => h('a', ['part', 'button', 'href', address, 'target', '_blank'], [name]);
  const list = h('div', [], [
    button([words.copy], async () => {
      try {
        await navigator.clipboard.writeText(page);
        own.status_.textContent = '✓ ' + words.copy;
      } catch {
        own.status_.textContent = page; // plain http has no clipboard
      }
    }),
    link('PDF', pdf),
    button(['微信 WeChat'], () => {
      own.status_.textContent = '';
      append(own.status_, h('img', ['src', endpoint + '/v1/qr.svg?text=' + encode(page), 'alt', 'QR ' + '微信 WeChat']));
    }),
  ]);
  for (let i = 0; i < places.length; i += 3) {
    append(list, link(places[i], 'https://' + places[i + 1] + encode(page) + places[i + 2] + encode(title)));
  }
  const own = dialog(root, words.share, words.close, list, opener);
};
