/**
 * On a phone the panel fills the screen. A keyboard covers the lower part of it without changing any CSS unit on some phones, so the panel is
 * fitted to what is really visible.
 */
export function fitToVisibleScreen(panel: HTMLElement): void {
  const visible = window.visualViewport;
  const isSmall = matchMedia('(max-width: 480px), (max-height: 480px)');
  if (!visible) {
    return;
  }
  const fit = () => {
    const isZoomed = visible.scale > 1.01;
    panel.style.height = isSmall.matches && !isZoomed ? `${visible.height}px` : '';
    panel.style.top = isSmall.matches && !isZoomed ? `${visible.offsetTop}px` : '';
  };
  visible.addEventListener('resize', fit);
  visible.addEventListener('scroll', fit);
  isSmall.addEventListener('change', fit);
  fit();
}
