import { createRoot } from 'react-dom/client';
import { embeddingOrigin, NO_HOST, WindowHostLink } from './embed/hostLink';
import { ChatController } from './state/controller';
import { openStore } from './state/store';
import './styles/index.css';
import { channelBase, createApi } from './transport/api';
import { EventStream } from './transport/eventStream';
import { newId } from './transport/newId';
import { App } from './ui/App';
import { focusComposer } from './ui/focus';
import { PageGuard } from './ui/PageGuard';

/** An answer may wait for the engine and a busy model; after this it counts as lost and is repeated. */
const TIMEOUT_MS = 30_000;

const base = channelBase(window.location);
const webFetch = window.fetch.bind(window);
const hostOrigin = window.parent === window ? null : embeddingOrigin(window.location);
const host = hostOrigin ? new WindowHostLink(window, hostOrigin) : null;

const controller = new ChatController({
  api: createApi({ base, timeout: TIMEOUT_MS, fetch: webFetch }),
  store: openStore(),
  host: host ?? NO_HOST,
  openStream: (handlers) => new EventStream({ base, fetch: webFetch, ...handlers }),
  newId,
  now: () => new Date(),
});

let openInHost = host === null;

function showOrHide(): void {
  controller.setVisible(openInHost && document.visibilityState === 'visible');
}

host?.onVisible((visible) => {
  openInHost = visible;
  showOrHide();
  if (visible) focusComposer();
});
host?.onUser(() => void controller.hostUserChanged());
window.addEventListener('online', () => {
  controller.reconnect();
});
document.addEventListener('visibilitychange', () => {
  showOrHide();
  if (document.visibilityState === 'visible') controller.reconnect();
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  // A dialog takes its Escape for itself.
  if (!document.querySelector('dialog[open]')) host?.close();
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <PageGuard>
      <App controller={controller} host={host} />
    </PageGuard>,
  );
}
void controller.start();
showOrHide();
