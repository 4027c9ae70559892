// Shows the product that the address asks for; without a script it is the first one.
const wanted = new URLSearchParams(location.search).get('item');
const product = [...document.querySelectorAll('#products li')].find((each) => each.dataset.item === wanted);

if (product) {
  document.getElementById('name').textContent = product.textContent;
  document.getElementById('price').textContent = product.dataset.price;
  const picture = document.getElementById('picture');
  picture.src = picture.src.replace(/[^/]+$/, `${wanted}.svg`);
}
