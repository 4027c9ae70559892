const paths = {
  back: 'M15 5l-7 7 7 7',
  minimise: 'M6 9l6 6 6-6',
  send: 'M4 12 20 4l-4 16-4.5-6.5ZM11.5 13.5 20 4',
  next: 'M9 6l6 6-6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  phone: 'M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3Z',
} as const;

export function icon(name: keyof typeof paths): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon icon-${name}`);
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
