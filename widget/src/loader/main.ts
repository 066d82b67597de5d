import { readConfig } from './config';
import { embed, type YuqiChat } from './embed';

declare global {
  interface Window {
    YuqiChat?: YuqiChat;
  }
}

// `currentScript` is only there while the script runs, so it is read at once.
const script = document.currentScript;
const config = readConfig(script instanceof HTMLScriptElement ? script : null);

function start(): void {
  // A page that includes the tag twice still gets one launcher.
  window.YuqiChat ??= embed(window, config);
}

// An `async` script may run before the body is there.
if (document.body as HTMLElement | null) start();
else document.addEventListener('DOMContentLoaded', start);
