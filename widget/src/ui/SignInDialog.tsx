import { useEffect, useRef, type ReactElement } from 'react';
import { text } from '../text/text';
import { Icon } from './icons';
import { SignInPanel } from './SignInPanel';

/** The native dialog: it keeps the focus inside, closes with Escape and gives the focus back. */
export function SignInDialog({ onClose }: { onClose: () => void }): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element) return undefined;
    // Old web views know no dialogs: there it stands on the page without a curtain.
    if ('showModal' in element) element.showModal();
    else (element as HTMLElement).setAttribute('open', '');
    return () => {
      if ('close' in element) element.close();
    };
  }, []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="sign-in-title" onClose={onClose}>
      <div className="dialog-head">
        <h2 id="sign-in-title">{text.signIn.title}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={text.signIn.close}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      <SignInPanel heading="h3" />
    </dialog>
  );
}
