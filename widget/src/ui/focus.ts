/** The text field a conversation is typed into. */
export const COMPOSER_ID = 'composer-input';

/**
 * For a control that goes away when it is pressed: the keyboard's place must not be lost with it. A
 * phone gets the conversation rather than its keyboard.
 */
export function focusConversation(): void {
  const log = document.querySelector<HTMLElement>('.log-scroller');
  log?.focus({ preventScroll: true });
  focusComposer();
}

/** Ready to type, unless that would push a phone's keyboard over the page unasked. */
export function focusComposer(): void {
  if (!window.matchMedia('(hover: hover)').matches) return;
  document.getElementById(COMPOSER_ID)?.focus();
}
