import { useEffect, useRef, useState, type ReactElement, type RefObject } from 'react';
import { fill, text } from '../text/text';
import { useChat, useChatState } from './context';
import { Icon, Mark } from './icons';
import { Menu } from './Menu';
import type { Preferences } from './preferences';

interface HeaderProps {
  preferences: Preferences;
  onPreferences: (change: Partial<Preferences>) => void;
  /** Closes the window in the host page; null on a page of its own. */
  onClose: (() => void) | null;
}

function useDismiss(open: boolean, dismiss: () => void): RefObject<HTMLDivElement> {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const onPointer = (event: Event): void => {
      if (event.target instanceof Node && !ref.current?.contains(event.target)) dismiss();
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      // The window in the host page stays open: this Escape was for the menu.
      event.preventDefault();
      dismiss();
      ref.current?.querySelector('button')?.focus();
    };
    document.addEventListener('pointerdown', onPointer);
    document.addEventListener('keydown', onKey, { capture: true });
    return () => {
      document.removeEventListener('pointerdown', onPointer);
      document.removeEventListener('keydown', onKey, { capture: true });
    };
  }, [open, dismiss]);
  return ref;
}

export function Header({ preferences, onPreferences, onClose }: HeaderProps): ReactElement {
  const { askToSignIn } = useChat();
  const { phase, borrower } = useChatState();
  const [open, setOpen] = useState(false);
  const [dismiss] = useState(() => () => {
    setOpen(false);
  });
  const region = useDismiss(open, dismiss);
  return (
    <header className="header">
      <Mark />
      <div className="header-title">
        <h1>{text.name}</h1>
        <span className="ai-badge">{text.ai.badge}</span>
      </div>
      <div className="header-tools">
        {phase === 'ready' &&
          (borrower ? (
            <span className="who" title={fill(text.header.signedIn, { name: borrower.display_name })}>
              <Icon name="user" />
              <span>{borrower.display_name}</span>
            </span>
          ) : (
            <button type="button" className="header-sign-in" onClick={askToSignIn}>
              {text.header.signIn}
            </button>
          ))}
        <div ref={region} className="menu-anchor">
          <button
            type="button"
            className="icon-button"
            aria-label={text.header.menu}
            aria-expanded={open}
            aria-controls="menu"
            onClick={() => {
              setOpen(!open);
            }}
          >
            <Icon name="more" />
          </button>
          {open && <Menu preferences={preferences} onPreferences={onPreferences} onDone={dismiss} />}
        </div>
        {onClose && (
          <button
            type="button"
            className="icon-button"
            aria-label={text.header.close}
            onClick={onClose}
          >
            <Icon name="close" />
          </button>
        )}
      </div>
    </header>
  );
}
