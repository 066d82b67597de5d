/** Copies the words; false when the browser will not. */
export async function copyText(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return copyBySelection(words);
  }
}

/** For pages without the clipboard permission: an iframe, an old WebView, plain HTTP. */
function copyBySelection(words: string): boolean {
  const area = document.createElement('textarea');
  area.value = words;
  area.className = 'visually-hidden';
  area.setAttribute('aria-hidden', 'true');
  document.body.append(area);
  area.select();
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way left in that case
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
  }
}
