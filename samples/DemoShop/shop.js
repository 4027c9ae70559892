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

/** The page that is shown, without the part of it that a link within it leads to. */
const shown = () => location.pathname + location.search;
let last = shown();

/** Shows the page of the address in this document, as shops do that are one page. The address is changed before, so that Co-Pilot knows of which page the contents are. */
async function showInPage() {
  const address = (last = shown());
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (shown() !== address) {
    return; // Somebody was quicker.
  }
  document.title = page.title;
  const main = page.querySelector('main');
  document.querySelector('main').replaceWith(main);
  showProduct();
  main.tabIndex = -1;
  main.focus();
}

/** The browser says better what is wrong. */
const reload = () => location.reload();

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-in-page]');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    history.pushState({}, '', link.pathname + location.search);
    showInPage().catch(reload);
  }
});

window.addEventListener('popstate', () => {
  if (shown() === last) {
    return; // Within the page, as by the link to the contents.
  }
  // The browser has changed the address already: what stood at the one before must be gone at once, or it would count as this page's.
  document.querySelector('main').replaceChildren();
  showInPage().catch(reload);
});

showProduct();
