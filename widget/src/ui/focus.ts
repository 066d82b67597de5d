/** The text field a conversation is typed into. */
export const COMPOSER_ID = 'composer-input';

/** Ready to type, unless that would push a phone's keyboard over the page unasked. */
export function focusComposer(): void {
  if (!window.matchMedia('(hover: hover)').matches) return;
  document.getElementById(COMPOSER_ID)?.focus();
}
