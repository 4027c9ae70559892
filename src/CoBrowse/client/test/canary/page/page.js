// What a shop's page does after it was loaded: every way in which something new can come into it.
// The page has a policy of its own; the recorder must do without any.
const trusted = trustedTypes.createPolicy('page', { createHTML: (html) => html });
const open = document.querySelector('#open').attachShadow({ mode: 'open' });
const add = (parent, name, attributes = {}, text = '') => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(text);
  parent.append(element);
  return element;
};
const sheet = new CSSStyleSheet();
sheet.replaceSync(
  ".ZQ200SECRET::before { content: 'ZQ201SECRET'; --ZQ202SECRET: 1; background: url(/pixel.png?ZQ203SECRET) }",
);
open.adoptedStyleSheets = [sheet];
add(open, 'p', { title: 'ZQ204SECRET', class: 'ZQ205SECRET' }, 'ZQ206SECRET');
add(open, 'input', { placeholder: 'ZQ207SECRET', value: 'ZQ208SECRET' });
add(open, 'style', {}, ".ZQ209SECRET { content: 'ZQ210SECRET' }");
const nested = add(open, 'nested-host').attachShadow({ mode: 'open' });
add(nested, 'p', {}, 'ZQ211SECRET');
customElements.define(
  'closed-host',
  class extends HTMLElement {
    constructor() {
      super();
      const root = this.attachShadow({ mode: 'closed' });
      const box = document.createElement('div');
      box.style.cssText = 'display:block;width:70px;height:30px';
      box.append('ZQ212SECRET');
      root.append(box);
      root.host.style.display = 'inline-block';
    }
  },
);

window.changeLater = async () => {
  const tick = () => new Promise((resolve) => setTimeout(resolve, 30));
  const grow = document.querySelector('#grow');
  const p = add(
    grow,
    'p',
    {
      id: 'ZQ300SECRET',
      class: 'ZQ301SECRET',
      title: 'ZQ302SECRET',
      'data-n': 'ZQ303SECRET',
      style: "--n: ZQ304SECRET; content: 'ZQ305SECRET'",
    },
    'ZQ306SECRET hamblotine',
  );
  await tick();
  p.title = 'ZQ307SECRET';
  p.setAttribute('aria-label', 'ZQ308SECRET');
  p.setAttribute('data-new', 'ZQ309SECRET');
  p.className = 'ZQ310SECRET';
  p.id = 'ZQ311SECRET';
  p.style.setProperty('--late', 'ZQ312SECRET');
  p.style.background = 'url(/pixel.png?ZQ313SECRET)';
  p.firstChild.data = 'ZQ314SECRET';
  await tick();
  add(grow, 'input', { placeholder: 'ZQ315SECRET', value: 'ZQ316SECRET', name: 'ZQ317SECRET' });
  add(grow, 'input', { type: 'hidden', value: 'ZQ318SECRET' });
  const radio = add(grow, 'input', { type: 'radio', value: 'ZQ319SECRET' });
  radio.checked = true;
  const select = document.querySelector('#select');
  add(select, 'option', { value: 'ZQ320SECRET', label: 'ZQ321SECRET' }, 'ZQ322SECRET');
  select.selectedIndex = 2;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  const style = add(
    document.head,
    'style',
    { title: 'ZQ323SECRET' },
    ".ZQ324SECRET { content: 'ZQ325SECRET'; background: url(/pixel.png?ZQ326SECRET) }",
  );
  await tick();
  style.sheet.insertRule(".ZQ327SECRET::after { content: 'ZQ328SECRET'; --ZQ329SECRET: ZQ330SECRET }", 0);
  style.sheet.insertRule('@media (min-width: 1px) { .ZQ331SECRET { color: red } }', 1);
  style.sheet.cssRules[1].insertRule(".ZQ332SECRET { content: 'ZQ333SECRET' }", 0);
  style.sheet.cssRules[0].style.setProperty('--ZQ334SECRET', 'ZQ335SECRET');
  style.sheet.cssRules[0].style.setProperty('content', "'ZQ336SECRET'");
  style.sheet.deleteRule(1);
  await tick();
  style.textContent = ".ZQ337SECRET { content: 'ZQ338SECRET' }";
  const adopted = new CSSStyleSheet();
  adopted.replaceSync(".ZQ339SECRET { content: 'ZQ340SECRET' }");
  document.adoptedStyleSheets = [adopted];
  await tick();
  adopted.insertRule(".ZQ341SECRET { content: 'ZQ342SECRET' }");
  adopted.cssRules[0].style.setProperty('quotes', "'ZQ343SECRET' 'x'");
  adopted.replaceSync(".ZQ344SECRET { content: 'ZQ345SECRET' }");
  await tick();
  add(document.head, 'link', { rel: 'stylesheet', href: '/page.css?ZQ346SECRET' });
  add(grow, 'iframe', { srcdoc: trusted.createHTML('<p>ZQ347SECRET</p>') });
  add(grow, 'img', { src: '/pixel.png?ZQ348SECRET', alt: 'ZQ349SECRET' });
  add(grow, 'a', { href: '/?ZQ350SECRET' }, 'ZQ351SECRET');
  add(grow, 'zq352-secret', {}, 'ZQ353SECRET');
  add(grow, 'video', { poster: '/p?ZQ354SECRET' });
  grow.append(document.createComment('ZQ355SECRET'));
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.append(
    Object.assign(document.createElementNS('http://www.w3.org/2000/svg', 'text'), { textContent: 'ZQ356SECRET' }),
  );
  grow.append(svg);
  document.title = 'ZQ357SECRET';
  history.pushState({}, '', '/secret/ZQ358SECRET?ZQ359SECRET#ZQ360SECRET');
  await tick();
  // The fields show what was typed, and the page's own state changes.
  const password = document.querySelector('#password');
  password.type = 'text';
  password.value = 'ZQ361SECRET';
  password.dispatchEvent(new Event('input', { bubbles: true }));
  document.querySelector('#plain').setAttribute('value', 'ZQ362SECRET');
  document.querySelector('#area').value = 'ZQ363SECRET';
  document.querySelector('#area').append('ZQ364SECRET');
  document.querySelector('output').value = 'ZQ365SECRET';
  document.querySelector('details').open = true;
  document.querySelector('[contenteditable] b').textContent = 'ZQ366SECRET';
  await tick();
  // Regions that come, go and move.
  const shown = document.querySelector('#shown');
  add(shown, 'p', {}, 'SHOWNLATER');
  add(shown, 'p', { 'data-copilot-hide': '' }, 'ZQ367SECRET');
  const moved = add(grow, 'p', {}, 'SHOWNMOVED');
  await tick();
  shown.append(moved);
  const hidden = add(shown, 'p', { 'data-copilot-hide': '' }, 'ZQ368SECRET');
  await tick();
  hidden.firstChild.data = 'ZQ369SECRET';
  document.body.append(hidden);
  hidden.removeAttribute('data-copilot-hide');
  await tick();
  // Hidden first and changed in one go: the text is judged by where the page ended up.
  const price = document.querySelector('#price');
  price.firstChild.data = 'ZQ370SECRET';
  shown.removeAttribute('data-copilot-show');
  await tick();
  add(shown, 'p', { title: 'ZQ371SECRET' }, 'ZQ372SECRET');
  const selected = document.querySelector('#selected');
  selected.firstChild.data = 'ZQ373SECRET';
  selected.className = '';
  const editable = add(document.body, 'div', { 'data-copilot-show': '' }, 'SHOWNEDITABLE');
  await tick();
  editable.contentEditable = 'true';
  editable.firstChild.data = 'ZQ374SECRET';
  await tick();
  open.querySelector('p').firstChild.data = 'ZQ375SECRET';
  add(open, 'p', { title: 'ZQ376SECRET' }, 'ZQ377SECRET');
  nested.querySelector('p').textContent = 'ZQ378SECRET';
  getSelection().selectAllChildren(document.querySelector('h1'));
  await tick();
  await tick();
};
