/** The only behaviour of the demo page: open a panel beside the others, close it, copy an account. */
export const demoScript = `
const stage = document.querySelector('#stage');
const opened = new Map();
function remember() {
  history.replaceState(null, '', opened.size ? '#' + [...opened.keys()].join(',') : location.pathname);
  document.body.classList.toggle('open', opened.size > 0);
}
function toggle(button) {
  const { panel, src, width, title } = button.dataset;
  const known = opened.get(panel);
  if (known) { known.remove(); opened.delete(panel); }
  else {
    const figure = document.createElement('figure');
    figure.style.setProperty('--width', width + 'px');
    const caption = document.createElement('figcaption');
    caption.textContent = title;
    const link = document.createElement('a');
    link.href = src; link.target = '_blank'; link.rel = 'noopener'; link.textContent = '新窗口打开';
    const close = document.createElement('button');
    close.type = 'button'; close.textContent = '关闭'; close.setAttribute('aria-label', '关闭' + title);
    close.addEventListener('click', () => toggle(button));
    caption.append(link, close);
    const frame = document.createElement('iframe');
    frame.src = src; frame.title = title; frame.allow = 'autoplay; clipboard-write';
    figure.append(caption, frame);
    stage.append(figure);
    opened.set(panel, figure);
    figure.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }
  button.setAttribute('aria-pressed', String(opened.has(panel)));
  remember();
}
for (const button of document.querySelectorAll('[data-panel]')) {
  button.addEventListener('click', () => toggle(button));
}
const wanted = location.hash.slice(1).split(',').filter(Boolean);
for (const name of wanted) document.querySelector('[data-panel="' + CSS.escape(name) + '"]')?.click();
for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', async () => {
    try { await navigator.clipboard.writeText(button.dataset.copy); button.textContent = '已复制'; }
    catch { button.textContent = button.dataset.copy; }
    setTimeout(() => { button.textContent = '复制'; }, 1500);
  });
}
`;
