/** Shows the product that the address asks for; without a script it is the first one. */
function showProduct() {
  const wanted = new URLSearchParams(location.search).get('item');
  const product = [...document.querySelectorAll('#products li')].find((each) => each.dataset.item === wanted);
  if (product) {
    document.getElementById('name').textContent = product.textContent;
    document.getElementById('price').textContent = product.dataset.price;
    const picture = document.getElementById('picture');
    picture.src = picture.src.replace(/[^/]+$/, `${wanted}.svg`);
  }
}

/** Shows the page of the address in this document, as shops do that are one page. The address is changed before, so that Co-Pilot knows of which page the contents are. */
async function showInPage() {
  const address = location.href;
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (location.href !== address) {
    return; // Somebody was quicker.
  }
  document.title = page.title;
  const main = page.querySelector('main');
  document.querySelector('main').replaceWith(main);
  showProduct();
  main.tabIndex = -1;
  main.focus();
}

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-in-page]');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    history.pushState({}, '', link.pathname + location.search);
    void showInPage();
  }
});

window.addEventListener('popstate', () => {
  // The browser has changed the address already: what stood at the one before must be gone at once, or it would count as this page's.
  document.querySelector('main').replaceChildren();
  void showInPage();
});

showProduct();
