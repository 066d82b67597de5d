import { lazy, Suspense, useCallback, useEffect, useMemo, useState, type ReactElement } from 'react';
import type { HostLink } from '../embed/hostLink';
import type { ChatController } from '../state/controller';
import { linkIn } from '../state/link';
import { fill, text } from '../text/text';
import { Composer } from './Composer';
import { ChatProvider, useChat, useChatState, type Chat, type Printable } from './context';
import { COMPOSER_ID, focusComposer, focusConversation } from './focus';
import { Header } from './Header';
import { HandoffBanner } from './HandoffBanner';
import { Icon } from './icons';
import { Log } from './Log';
import { useOnline } from './online';
import { usePreferences } from './preferences';
import { SignInDialog } from './SignInDialog';
import { StateScreen } from './StateScreen';

const PrintSheet = lazy(() => import('../print/PrintSheet'));
const LinkScreen = lazy(() => import('./LinkScreen'));

interface AppProps {
  controller: ChatController;
  host: HostLink | null;
}

export function App({ controller, host }: AppProps): ReactElement {
  const [printable, setPrintable] = useState<Printable | null>(null);
  const [announcement, setAnnouncement] = useState('');
  const [signingIn, setSigningIn] = useState(false);

  const chat = useMemo<Chat>(
    () => ({
      controller,
      print: setPrintable,
      announce: setAnnouncement,
      askToSignIn: () => {
        setSigningIn(true);
      },
      signInByHost: host ? () => controller.signInByHost() : null,
    }),
    [controller, host],
  );

  const closeDialog = useCallback(() => {
    setSigningIn(false);
  }, []);

  return (
    <ChatProvider value={chat}>
      <Page host={host} signingIn={signingIn} onSignInClosed={closeDialog} />
      <p className="visually-hidden" role="status" data-testid="announcement">
        {announcement}
      </p>
      {printable && (
        <Suspense fallback={null}>
          <PrintSheet
            printable={printable}
            onDone={() => {
              setPrintable(null);
            }}
          />
        </Suspense>
      )}
    </ChatProvider>
  );
}

interface PageProps {
  host: HostLink | null;
  signingIn: boolean;
  onSignInClosed: () => void;
}

function Page({ host, signingIn, onSignInClosed }: PageProps): ReactElement {
  const [preferences, changePreferences] = usePreferences();
  const { borrower, unread, phase } = useChatState();
  const [link, leaveLink] = useLink();

  useEffect(() => {
    if (!borrower) return;
    onSignInClosed();
    if (document.activeElement === document.body) focusConversation();
  }, [borrower, onSignInClosed]);

  useEffect(() => {
    // The window in a host page was opened to type into.
    if (host && phase === 'ready' && document.hasFocus()) focusComposer();
  }, [host, phase]);

  useEffect(() => {
    document.title = unread > 0 ? `(${String(unread)}) ${text.name}` : text.name;
    host?.showUnread(unread);
  }, [unread, host]);

  return (
    <div className="page" data-embedded={host !== null}>
      {phase === 'ready' && !link && (
        <a className="skip" href={`#${COMPOSER_ID}`}>
          {text.skip}
        </a>
      )}
      <Header
        preferences={preferences}
        onPreferences={changePreferences}
        onClose={
          host
            ? () => {
                host.close();
              }
            : null
        }
      />
      <SignedInStatus />
      <Body link={link} onLeaveLink={leaveLink} />
      {signingIn && phase === 'ready' && <SignInDialog onClose={onSignInClosed} />}
    </div>
  );
}

function SignedInStatus(): ReactElement {
  const { borrower } = useChatState();
  return (
    <p className="visually-hidden" role="status">
      {borrower ? fill(text.signIn.done, { name: borrower.display_name }) : ''}
    </p>
  );
}

/** The link to sign in that brought somebody here, until they leave it. */
function useLink(): [string | null, () => void] {
  const [link, setLink] = useState(() => linkIn(window.location.hash));
  useEffect(() => {
    const follow = (): void => {
      const next = linkIn(window.location.hash);
      if (next) setLink(next);
    };
    window.addEventListener('hashchange', follow);
    return () => {
      window.removeEventListener('hashchange', follow);
    };
  }, []);
  const leave = useCallback(() => {
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
    setLink(null);
  }, []);
  return [link, leave];
}

interface BodyProps {
  link: string | null;
  onLeaveLink: () => void;
}

function Body({ link, onLeaveLink }: BodyProps): ReactElement {
  const { phase, entries } = useChatState();
  if (phase === 'starting') {
    return (
      <main className="body body--quiet">
        <p className="starting" role="status">
          {text.states.starting}
        </p>
      </main>
    );
  }
  if (phase === 'ready' && link) {
    return (
      <main className="body body--quiet">
        <Suspense fallback={null}>
          <LinkScreen key={link} link={link} onLeave={onLeaveLink} />
        </Suspense>
      </main>
    );
  }
  if (phase === 'signed_out') return <SignedOut />;
  if (phase === 'unreachable' && entries.length === 0) return <Unreachable />;
  return (
    <main className="body">
      <ConnectionBanner />
      <HandoffBanner />
      <Log />
      {phase === 'expired' ? <Expired /> : <Composer />}
    </main>
  );
}

function ConnectionBanner(): ReactElement | null {
  const online = useOnline();
  if (online) return null;
  return (
    <p className="banner banner--warn" role="status">
      <Icon name="offline" />
      {text.states.offline}
    </p>
  );
}

function Unreachable(): ReactElement {
  const { controller } = useChat();
  return (
    <main className="body body--quiet">
      <StateScreen
        title={text.states.unreachableTitle}
        action={text.states.retry}
        onAction={() => void controller.start()}
      >
        <p>{text.states.unreachable}</p>
        <p>{text.states.unreachableWayOut}</p>
      </StateScreen>
    </main>
  );
}

function Expired(): ReactElement {
  const { controller } = useChat();
  return (
    <StateScreen
      title={text.states.expiredTitle}
      action={text.states.expiredAction}
      onAction={() => void controller.restart()}
    >
      <p>{text.states.expired}</p>
    </StateScreen>
  );
}

function SignedOut(): ReactElement {
  const { controller } = useChat();
  return (
    <main className="body body--quiet">
      <StateScreen
        title={text.states.signedOutTitle}
        action={text.states.signedOutAction}
        onAction={() => void controller.restart()}
      >
        <p>{text.states.signedOut}</p>
      </StateScreen>
    </main>
  );
}
